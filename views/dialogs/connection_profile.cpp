#include "views/dialogs/connection_profile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QUrl>

namespace dialogs {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConnectionProfile", text);
}

} // namespace

QString connectionKindTitle(ConnectionKind kind)
{
    switch (kind) {
    case ConnectionKind::Sqlite:
        return tr("This machine");
    case ConnectionKind::Postgres:
        return tr("PostgreSQL");
    case ConnectionKind::Headless:
        return tr("Headless server");
    }
    Q_UNREACHABLE();
}

QString connectionKindIcon(ConnectionKind kind)
{
    switch (kind) {
    case ConnectionKind::Sqlite:
        return QStringLiteral("local");
    case ConnectionKind::Postgres:
        return QStringLiteral("database");
    case ConnectionKind::Headless:
        return QStringLiteral("server");
    }
    Q_UNREACHABLE();
}

QString ConnectionProfile::place() const
{
    switch (kind) {
    case ConnectionKind::Sqlite:
        return sqliteFile.isEmpty() ? QStringLiteral("console.sqlite") : QFileInfo(sqliteFile).fileName();
    case ConnectionKind::Postgres:
        return database + u'@' + host;
    case ConnectionKind::Headless: {
        const QUrl parsed(url);
        return parsed.port() > 0 ? QStringLiteral("%1:%2").arg(parsed.host()).arg(parsed.port()) : parsed.host();
    }
    }
    Q_UNREACHABLE();
}

widgets::Environment ConnectionProfile::toEnvironment() const
{
    return {name, place(), environment, hue, safeMode, {}};
}

QHash<QString, QString> problemsOf(const ConnectionProfile &p)
{
    QHash<QString, QString> problems;
    if (p.name.trimmed().isEmpty())
        problems.insert(QStringLiteral("name"), tr("Give it a name"));
    switch (p.kind) {
    case ConnectionKind::Sqlite:
        break;
    case ConnectionKind::Postgres:
        if (p.host.trimmed().isEmpty())
            problems.insert(QStringLiteral("host"), tr("Which host?"));
        if (p.database.trimmed().isEmpty())
            problems.insert(QStringLiteral("database"), tr("Which database?"));
        if (p.port < 1 || p.port > 65535)
            problems.insert(QStringLiteral("port"), tr("1 to 65535"));
        break;
    case ConnectionKind::Headless: {
        const QUrl url(p.url.trimmed(), QUrl::StrictMode);
        const bool web = url.scheme() == QLatin1StringView("https") || url.scheme() == QLatin1StringView("http");
        if (!url.isValid() || !web || url.host().isEmpty())
            problems.insert(QStringLiteral("url"), tr("An address like https://console.example.dev:8443"));
        else if (!url.userInfo().isEmpty())
            problems.insert(QStringLiteral("url"), tr("Put the token into its own field, not into the address"));
        break;
    }
    }
    return problems;
}

} // namespace dialogs
