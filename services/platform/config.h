#pragma once
#include "models/domain/result.h"
#include "services/platform/cidr.h"

#include <QByteArray>
#include <QList>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

/// What the headless server is told by its YAML file and its environment; the environment wins.
/// A YAML key is the lower-case name of its variable (`database_url` for DATABASE_URL).
namespace platform {

enum class SettingSource { Default, File, Environment };
QString settingSourceName(SettingSource source); ///< default, file, environment

/// One line of `doctor`.
struct SettingLine {
    QString name; ///< `DATABASE_URL`
    bool isSet = false;
    SettingSource source = SettingSource::Default;
    QString shown;         ///< the value in force; "set, hidden" for a secret; empty when there is none
    QString closedWithout; ///< what the server refuses or leaves out while it is not set; empty = nothing
    bool operator==(const SettingLine &) const = default;
};

/// Pool of database connections (spec 03 §3.5).
struct PoolSettings {
    int maxOpen = 15;
    int maxIdle = 5;
    int maxLifetimeSeconds = 240;
    int maxIdleSeconds = 90;
    bool operator==(const PoolSettings &) const = default;
};

/// Outgoing mail (spec 02 §3.3).
struct MailSettings {
    QString provider;     ///< `brevo`, `smtp`, `none`; empty as `none`
    QStringList fallback; ///< asked in this order when the provider does not accept
    QString brevoApiKey;  ///< secret
    QString brevoBaseUrl = QStringLiteral("https://api.brevo.com"); ///< no trailing slash; http only to this machine
    QString from = QStringLiteral("noreply@instanode.dev");
    QString fromName = QStringLiteral("instanode");
    QString smtpUrl; ///< secret: smtp://user:password@host:587
    int timeoutMs = 10'000;
    int concurrency = 8; ///< mails under way at once

    /// The providers in the order in which they are asked, each once, without `none`; empty = no mail is sent.
    QStringList chain() const;
    bool operator==(const MailSettings &) const = default;
};

/// Incoming webhooks (spec 02 §3.7 and §4.1).
struct WebhookSettings {
    QByteArray brevoSecret, brevoPreviousSecret; ///< both are accepted; empty = never matches
    QString sesTopicArn;                         ///< empty = no notification is accepted
    int retentionDays = 30;                      ///< of the inbox
    int inboxMaxRows = 1'000'000;
    bool operator==(const WebhookSettings &) const = default;
};

struct ServerConfig {
    QString listenHost = QStringLiteral("127.0.0.1"); ///< name or address, IPv6 without brackets
    quint16 listenPort = 8080;                        ///< 0 = any free port
    QString databaseUrl;                              ///< secret; empty = this user's SQLite database
    QStringList adminEmails;                          ///< trimmed, lower case; empty = nobody (spec 01 §2.1 gate B)
    QString adminPathPrefix;                          ///< secret; empty = no admin routes (spec 01 §2.1 gate A)
    QByteArray jwtSecret;                             ///< empty = no customer session is accepted
    QByteArray metricsToken;                          ///< empty = /metrics is open (spec 03 §7.4)
    QList<Cidr> trustedProxies;                       ///< peers whose X-Forwarded-For is believed
    QString environment = QStringLiteral("development");
    QString tlsCertFile, tlsKeyFile; ///< both or none
    PoolSettings pool;
    int adminRateLimit = 30;          ///< hits per rateWindowSeconds and caller (spec 01 §2.1 gate C)
    int adminRateLimitOperator = 600; ///< the same for a valid operator token of an allow-listed operator
    int rateWindowSeconds = 60;
    QString publicBaseUrl;                      ///< no trailing slash; audience of sessions, links in answers
    QStringList corsOrigins;                    ///< default: spec 04 §6.6
    QString logLevel = QStringLiteral("info");  ///< debug, info, warning, error
    QString logFormat = QStringLiteral("text"); ///< text, json
    MailSettings mail;
    WebhookSettings webhooks;

    QStringList warnings; ///< values that were replaced by their default; to be logged at the start

    bool isProduction() const { return environment == QLatin1StringView("production"); }
    bool hasTls() const { return !tlsCertFile.isEmpty(); }
    bool isAdmin(const QString &email) const;

    /// `path` empty = environment only. Errors (InvalidInput, `fields` by variable name): `config_unreadable`,
    /// `config_invalid_yaml`, `config_unknown_key` (with the nearest known one), `invalid_config`. Every wrong setting
    /// is reported at once. No message repeats a secret. Pool values that cannot be read fall back with a warning.
    static domain::Result<ServerConfig> load(const QString &path, const QProcessEnvironment &environment);
    /// Every setting in a fixed order, for `doctor`.
    QList<SettingLine> describe() const;

private:
    QHash<QString, SettingSource> m_sources;
};

/// Go's notation: `90s`, `4m`, `1h30m`, `500ms`; a bare 0 is allowed. Milliseconds, nullopt when malformed or negative.
std::optional<qint64> parseDurationMs(const QString &text);

} // namespace platform
