#pragma once
#include <QCommandLineOption>

/// Options that several commands share.
namespace commands {

inline QCommandLineOption configOption()
{
    return {QStringLiteral("config"), QStringLiteral("YAML file with the settings; the environment wins."),
            QStringLiteral("file")};
}
inline QCommandLineOption databaseOption()
{
    return {QStringLiteral("database"),
            QStringLiteral("postgresql://… or sqlite:/path; default: DATABASE_URL, else your own SQLite file."),
            QStringLiteral("url")};
}

} // namespace commands
