#include "services/platform/config_settings.h"

#include "services/platform/config_values.h"

#include <tuple>

namespace platform {
namespace {

Outcome wrong(const QString &what)
{
    return {Outcome::Kind::Wrong, what};
}

std::function<Outcome(ServerConfig &, const QString &)> oneOf(QString ServerConfig::*member, QStringList allowed)
{
    return [member, allowed](ServerConfig &config, const QString &text) -> Outcome {
        const QString value = text.trimmed().toLower();
        if (!allowed.contains(value))
            return wrong(QStringLiteral("must be one of %1").arg(allowed.join(QStringLiteral(", "))));
        config.*member = value;
        return {};
    };
}

std::function<Outcome(ServerConfig &, const QString &)> plainText(QString ServerConfig::*member)
{
    return [member](ServerConfig &config, const QString &text) -> Outcome {
        config.*member = text.trimmed();
        return {};
    };
}

std::function<QString(const ServerConfig &)> showText(QString ServerConfig::*member)
{
    return [member](const ServerConfig &config) { return config.*member; };
}

Setting count(const char *name, int ServerConfig::*member, int lowest, int highest)
{
    return {name, false, "",
            [=](ServerConfig &config, const QString &text) -> Outcome {
                const auto value = values::integer(text, lowest, highest);
                if (!value)
                    return wrong(QStringLiteral("must be a whole number from %1 to %2").arg(lowest).arg(highest));
                config.*member = *value;
                return {};
            },
            [=](const ServerConfig &config) { return QString::number(config.*member); }};
}

Setting poolCount(const char *name, int PoolSettings::*member)
{
    constexpr int highest = 1000;
    return {name, false, "",
            [=](ServerConfig &config, const QString &text) -> Outcome {
                const auto value = values::integer(text, 1, highest);
                if (!value)
                    return {Outcome::Kind::FellBack, QStringLiteral("is not a whole number from 1 to 1000")};
                config.pool.*member = *value;
                return {};
            },
            [=](const ServerConfig &config) { return QString::number(config.pool.*member); }};
}

Setting poolTime(const char *name, int PoolSettings::*member)
{
    constexpr qint64 longestMs = 7LL * 24 * 3600 * 1000;
    return {name, false, "",
            [=](ServerConfig &config, const QString &text) -> Outcome {
                const auto ms = parseDurationMs(text.trimmed());
                if (!ms || *ms < 1000 || *ms > longestMs)
                    return {Outcome::Kind::FellBack,
                            QStringLiteral("is not a duration from 1s to 168h, such as 90s or 4m")};
                config.pool.*member = static_cast<int>(*ms / 1000);
                return {};
            },
            [=](const ServerConfig &config) { return QString::number(config.pool.*member) + QLatin1Char('s'); }};
}

Outcome applyListen(ServerConfig &config, const QString &text)
{
    const auto address = values::listenAddress(text);
    if (!address)
        return wrong(QStringLiteral("must be host:port, such as 127.0.0.1:8080 or [::1]:8080"));
    std::tie(config.listenHost, config.listenPort) = *address;
    return {};
}

QString shownListen(const ServerConfig &config)
{
    const bool v6 = config.listenHost.contains(QLatin1Char(':'));
    return (v6 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(config.listenHost).arg(config.listenPort);
}

Outcome applyEmails(ServerConfig &config, const QString &text)
{
    const QStringList emails = values::commaList(text.toLower());
    for (const QString &email : emails) {
        if (email.count(QLatin1Char('@')) != 1)
            return wrong(QStringLiteral("'%1' is not an e-mail address").arg(email));
    }
    config.adminEmails = emails;
    return {};
}

Outcome applyPrefix(ServerConfig &config, const QString &text)
{
    if (const QString problem = values::prefixProblem(text); !problem.isEmpty())
        return wrong(problem);
    config.adminPathPrefix = text;
    return {};
}

Outcome applyProxies(ServerConfig &config, const QString &text)
{
    QList<Cidr> networks;
    for (const QString &part : values::commaList(text)) {
        const auto network = Cidr::parse(part);
        if (!network)
            return wrong(QStringLiteral("'%1' is not a network such as 10.0.0.0/8").arg(part));
        networks.append(*network);
    }
    config.trustedProxies = networks;
    return {};
}

Outcome applyJwtSecret(ServerConfig &config, const QString &text)
{
    constexpr qsizetype shortest = 32;
    const QByteArray secret = text.toUtf8();
    if (!secret.isEmpty() && secret.size() < shortest)
        return wrong(QStringLiteral("must have at least 32 bytes"));
    config.jwtSecret = secret;
    return {};
}

Outcome applyBaseUrl(ServerConfig &config, const QString &text)
{
    QString url = text.trimmed();
    while (url.endsWith(QLatin1Char('/')))
        url.chop(1);
    if (const QString problem = url.isEmpty() ? QString() : values::originProblem(url); !problem.isEmpty())
        return wrong(problem);
    config.publicBaseUrl = url;
    return {};
}

Outcome applyOrigins(ServerConfig &config, const QString &text)
{
    const QStringList origins = values::commaList(text);
    for (const QString &origin : origins) {
        if (const QString problem = values::originProblem(origin); !problem.isEmpty())
            return wrong(problem);
    }
    config.corsOrigins = origins;
    return {};
}

} // namespace

const QList<Setting> &settings()
{
    const auto joined = [](const QStringList &parts) { return parts.join(QStringLiteral(", ")); };
    static const QList<Setting> all =
        QList<Setting>{
            {"LISTEN", false, "", applyListen, shownListen},
            {"DATABASE_URL", true, "", plainText(&ServerConfig::databaseUrl), showText(&ServerConfig::databaseUrl)},
            {"ENVIRONMENT", false, "",
             oneOf(&ServerConfig::environment, {QStringLiteral("development"), QStringLiteral("staging"),
                                                QStringLiteral("production"), QStringLiteral("test")}),
             showText(&ServerConfig::environment)},
            {"ADMIN_PATH_PREFIX", true, "the admin API is not mounted: every admin route answers 404", applyPrefix,
             showText(&ServerConfig::adminPathPrefix)},
            {"ADMIN_EMAILS", false, "nobody is an operator: the admin API answers 403", applyEmails,
             [joined](const ServerConfig &c) { return joined(c.adminEmails); }},
            {"JWT_SECRET", true, "no customer session is accepted; operator tokens still are", applyJwtSecret,
             [](const ServerConfig &c) { return QString::fromUtf8(c.jwtSecret); }},
            {"METRICS_TOKEN", true, "nothing is closed: /metrics is open to everybody who reaches the port",
             [](ServerConfig &c, const QString &text) -> Outcome {
                 c.metricsToken = text.trimmed().toUtf8();
                 return {};
             },
             [](const ServerConfig &c) { return QString::fromUtf8(c.metricsToken); }},
            {"TLS_CERT_FILE", false, "HTTPS: the server speaks plain HTTP, for use behind a proxy",
             plainText(&ServerConfig::tlsCertFile), showText(&ServerConfig::tlsCertFile)},
            {"TLS_KEY_FILE", false, "", plainText(&ServerConfig::tlsKeyFile), showText(&ServerConfig::tlsKeyFile)},
            {"TRUSTED_PROXY_CIDRS", false, "X-Forwarded-For is ignored: the peer's address counts", applyProxies,
             [joined](const ServerConfig &c) {
                 QStringList networks;
                 for (const Cidr &network : c.trustedProxies)
                     networks.append(network.toString());
                 return joined(networks);
             }},
            {"PUBLIC_BASE_URL", false, "the audience of sessions is not checked", applyBaseUrl,
             showText(&ServerConfig::publicBaseUrl)},
            {"CORS_ORIGINS", false, "", applyOrigins,
             [joined](const ServerConfig &c) { return joined(c.corsOrigins); }},
            count("ADMIN_RATE_LIMIT", &ServerConfig::adminRateLimit, 1, 1'000'000),
            count("ADMIN_RATE_LIMIT_OPERATOR", &ServerConfig::adminRateLimitOperator, 1, 1'000'000),
            poolCount("API_PG_MAX_OPEN_CONNS", &PoolSettings::maxOpen),
            poolCount("API_PG_MAX_IDLE_CONNS", &PoolSettings::maxIdle),
            poolTime("API_PG_CONN_MAX_LIFETIME", &PoolSettings::maxLifetimeSeconds),
            poolTime("API_PG_CONN_MAX_IDLE_TIME", &PoolSettings::maxIdleSeconds),
            {"LOG_LEVEL", false, "",
             oneOf(&ServerConfig::logLevel, {QStringLiteral("debug"), QStringLiteral("info"), QStringLiteral("warning"),
                                             QStringLiteral("error")}),
             showText(&ServerConfig::logLevel)},
            {"LOG_FORMAT", false, "", oneOf(&ServerConfig::logFormat, {QStringLiteral("text"), QStringLiteral("json")}),
             showText(&ServerConfig::logFormat)},
        } +
        mailSettings();
    return all;
}

} // namespace platform
