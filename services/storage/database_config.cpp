#include "services/storage/connection.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

namespace storage {

using domain::Result;

namespace {

domain::Error invalidUrl(const QString &what)
{
    return domain::invalidInput(QStringLiteral("invalid_database_url"), QStringLiteral("database_url"), what);
}

/// libpq parameters that a URL may carry beside those that the configuration has fields for.
const QStringList &allowedOptions()
{
    static const QStringList all = {
        QStringLiteral("sslmode"),          QStringLiteral("sslrootcert"),
        QStringLiteral("sslcert"),          QStringLiteral("sslkey"),
        QStringLiteral("sslcrl"),           QStringLiteral("ssl_min_protocol_version"),
        QStringLiteral("channel_binding"),  QStringLiteral("target_session_attrs"),
        QStringLiteral("application_name"), QStringLiteral("gssencmode"),
        QStringLiteral("krbsrvname"),
    };
    return all;
}

/// Qt joins connect options with `;`, and libpq wants quotes around odd values: refuse what could break out of either.
bool safeOptionValue(const QString &value)
{
    for (const QChar c : value) {
        if (c == QLatin1Char(';') || c == QLatin1Char('\'') || c == QLatin1Char('\\') || c.isSpace() ||
            c.unicode() < 0x20)
            return false;
    }
    return !value.isEmpty();
}

Result<domain::Done> readOption(DatabaseConfig &config, QStringList &options, const QString &key, const QString &value)
{
    if (key == QLatin1StringView("host")) {
        config.host = value;
        return domain::Done{};
    }
    if (key == QLatin1StringView("port") || key == QLatin1StringView("connect_timeout")) {
        bool ok = false;
        const int number = value.toInt(&ok);
        if (!ok || number < 1 || number > 65535)
            return invalidUrl(QStringLiteral("%1 must be a number from 1 to 65535").arg(key));
        (key == QLatin1StringView("port") ? config.port : config.connectTimeoutSeconds) = number;
        return domain::Done{};
    }
    if (!allowedOptions().contains(key))
        return invalidUrl(QStringLiteral("the option '%1' is not known").arg(key.left(40)));
    if (!safeOptionValue(value))
        return invalidUrl(QStringLiteral("the value of the option '%1' is empty or has forbidden characters").arg(key));
    options << key + QLatin1Char('=') + value;
    return domain::Done{};
}

Result<DatabaseConfig> fromPostgresUrl(const QString &text)
{
    // libpq's own form for a socket, postgres://user@/db?host=/run/postgresql, has a user without a host.
    static const QRegularExpression hostless(QStringLiteral("^(postgres(?:ql)?://[^/?#]*@)(?=[/?])"));
    const QUrl url(QString(text).replace(hostless, QStringLiteral("\\1localhost")), QUrl::StrictMode);
    if (!url.isValid())
        return invalidUrl(QStringLiteral("not a URL of the form postgres://user:password@host:port/database"));
    DatabaseConfig config;
    config.engine = Engine::PostgreSql;
    config.host = url.host(QUrl::FullyDecoded);
    config.port = url.port(5432);
    config.user = url.userName(QUrl::FullyDecoded);
    config.password = url.password(QUrl::FullyDecoded);
    config.database = url.path(QUrl::FullyDecoded).mid(1);
    if (url.hasFragment())
        return invalidUrl(QStringLiteral("a '#' in the password must be written as %23"));
    QStringList options;
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[key, value] : items) {
        if (auto read = readOption(config, options, key, value); !read)
            return read.error();
    }
    config.options = options.join(QLatin1Char(' '));
    if (config.database.isEmpty() || config.database.contains(QLatin1Char('/')))
        return invalidUrl(QStringLiteral("the URL must end in the name of one database"));
    if (config.host.isEmpty())
        config.host = QStringLiteral("localhost");
    return config;
}

Result<DatabaseConfig> fromFile(const QString &path)
{
    if (path.trimmed().isEmpty())
        return invalidUrl(QStringLiteral("the path of the SQLite file is missing"));
    if (path.contains(QLatin1StringView(":memory:")) || path.contains(QChar(u'\0')))
        return invalidUrl(QStringLiteral("the database must be a file"));
    const QFileInfo info(path);
    if (info.isDir())
        return invalidUrl(QStringLiteral("'%1' is a folder, not a file").arg(path));
    DatabaseConfig config;
    config.engine = Engine::Sqlite;
    config.sqliteFile = info.absoluteFilePath();
    return config;
}

} // namespace

QString DatabaseConfig::describe() const
{
    switch (engine) {
    case Engine::Sqlite:
        return QStringLiteral("SQLite ") + sqliteFile;
    case Engine::PostgreSql:
        return QStringLiteral("PostgreSQL %1@%2").arg(database, host);
    }
    return {};
}

Result<DatabaseConfig> DatabaseConfig::fromUrl(const QString &url)
{
    const QString text = url.trimmed();
    if (text.isEmpty())
        return invalidUrl(QStringLiteral("the database URL is empty"));
    if (text.startsWith(QLatin1StringView("postgres://")) || text.startsWith(QLatin1StringView("postgresql://")))
        return fromPostgresUrl(text);
    if (text.startsWith(QLatin1StringView("sqlite:"))) {
        QString path = text.mid(7);
        if (path.startsWith(QLatin1StringView("//"))) {
            path = path.mid(2);
            if (!path.startsWith(QLatin1Char('/')))
                return invalidUrl(QStringLiteral("write sqlite:/path/to/file"));
        }
        return fromFile(path);
    }
    if (text.contains(QLatin1StringView("://")))
        return invalidUrl(QStringLiteral("the scheme must be postgres or sqlite"));
    return fromFile(text);
}

} // namespace storage
