#include "services/platform/cidr.h"
#include "services/platform/config.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace platform;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

const QString prefix32(32, QLatin1Char('x'));

} // namespace

class TstConfig : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    QString write(const QByteArray &yaml)
    {
        const QString path = m_dir.filePath(QStringLiteral("server.yaml"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(yaml) != yaml.size())
            qFatal("cannot write the test's file");
        return path;
    }

    static QProcessEnvironment env(std::initializer_list<std::pair<const char *, QString>> values)
    {
        QProcessEnvironment environment;
        for (const auto &[name, value] : values)
            environment.insert(s(name), value);
        return environment;
    }

    static QString problem(const char *name, const QString &value)
    {
        const auto loaded = ServerConfig::load({}, env({{name, value}}));
        if (loaded)
            return s("accepted");
        return loaded.error().key == s("invalid_config") ? loaded.error().fields.value(s(name)) : loaded.error().key;
    }

private slots:
    void defaultsCloseWhatIsDangerous()
    {
        const auto config = ServerConfig::load({}, {});
        QVERIFY(config.ok());
        QCOMPARE(config->listenHost, s("127.0.0.1"));
        QCOMPARE(config->listenPort, 8080);
        QVERIFY(config->adminPathPrefix.isEmpty());
        QVERIFY(config->adminEmails.isEmpty());
        QVERIFY(config->jwtSecret.isEmpty());
        QVERIFY(config->trustedProxies.isEmpty());
        QCOMPARE(config->pool, PoolSettings{});
        QCOMPARE(config->pool.maxOpen, 15);
        QCOMPARE(config->adminRateLimit, 30);
        QCOMPARE(config->adminRateLimitOperator, 600);
        QVERIFY(config->corsOrigins.contains(s("https://instanode.dev")));
        QVERIFY(config->corsOrigins.contains(s("http://localhost:5173")));
        QVERIFY(!config->isAdmin(s("founder@instanode.dev")));
        QVERIFY(config->warnings.isEmpty());
    }

    void environmentWinsOverTheFile()
    {
        const QString path = write("listen: 0.0.0.0:9000\nenvironment: production\nadmin_emails: [A@x.dev, b@x.dev]\n"
                                   "api_pg_conn_max_lifetime: 5m\n");
        const auto config = ServerConfig::load(path, env({{"LISTEN", s("[::1]:9100")}, {"LOG_LEVEL", s("  ")}}));
        QVERIFY2(config.ok(), config ? "" : qPrintable(config.error().detail));
        QCOMPARE(config->listenHost, s("::1"));
        QCOMPARE(config->listenPort, 9100);
        QVERIFY(config->isProduction());
        QCOMPARE(config->adminEmails, QStringList({s("a@x.dev"), s("b@x.dev")}));
        QCOMPARE(config->pool.maxLifetimeSeconds, 300);
        QCOMPARE(config->logLevel, s("info"));
        QVERIFY(!config->corsOrigins.contains(s("http://localhost:5173")));
    }

    void allowListIsTolerantButNeverEmptyForNobody()
    {
        const auto config = ServerConfig::load({}, env({{"ADMIN_EMAILS", s(" ,A@X.dev ,, b@x.dev,")}}));
        QVERIFY(config.ok());
        QCOMPARE(config->adminEmails, QStringList({s("a@x.dev"), s("b@x.dev")}));
        QVERIFY(config->isAdmin(s("  A@x.DEV ")));
        QVERIFY(!config->isAdmin(s("c@x.dev")));
        QVERIFY(!config->isAdmin(QString()));
        const auto blank = ServerConfig::load({}, env({{"ADMIN_EMAILS", s(" ,, ")}}));
        QVERIFY(blank.ok());
        QVERIFY(!blank->isAdmin(QString()));
    }

    void prefixRules()
    {
        QVERIFY(ServerConfig::load({}, env({{"ADMIN_PATH_PREFIX", prefix32}})).ok());
        QVERIFY(ServerConfig::load({}, env({{"ADMIN_PATH_PREFIX", s("0123456789abcdefABCDEF").repeated(3)}})).ok());
        QVERIFY(ServerConfig::load({}, env({{"ADMIN_PATH_PREFIX", QString()}})).ok());
        const QString tooShort = problem("ADMIN_PATH_PREFIX", prefix32.chopped(1));
        QVERIFY2(tooShort.contains(s("ADMIN_PATH_PREFIX")) && tooShort.contains(s("32")), qPrintable(tooShort));
        for (const char *odd : {"-", " ", "/", "—", "é", "."}) {
            const QString text = problem("ADMIN_PATH_PREFIX", prefix32.chopped(1) + s(odd) + s("x"));
            QVERIFY2(text.contains(s("alphanumeric")), odd);
            QVERIFY2(!text.contains(prefix32.chopped(1)), "the message repeats the prefix");
        }
    }

    void wrongValuesAreNamed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *name, const char *value) {
            QTest::addRow("%s=%s", name, value) << s(name) << s(value);
        };
        for (const char *value : {"8080x", "host:", ":70000", "a b:80", "[127.0.0.1]:80", "::1:80", "http://x:80"})
            row("LISTEN", value);
        row("ADMIN_EMAILS", "a@x.dev,nobody");
        row("ENVIRONMENT", "prod");
        row("JWT_SECRET", "too-short");
        row("TRUSTED_PROXY_CIDRS", "10.0.0.0/8,everything");
        row("TRUSTED_PROXY_CIDRS", "10.0.0.0/33");
        row("PUBLIC_BASE_URL", "api.example.com");
        row("PUBLIC_BASE_URL", "ftp://api.example.com");
        row("PUBLIC_BASE_URL", "https://user:pw@api.example.com");
        row("CORS_ORIGINS", "https://a.dev,*");
        row("CORS_ORIGINS", "https://a.dev/path");
        row("ADMIN_RATE_LIMIT", "0");
        row("ADMIN_RATE_LIMIT", "-5");
        row("ADMIN_RATE_LIMIT_OPERATOR", "many");
        row("LOG_LEVEL", "verbose");
        row("LOG_FORMAT", "xml");
        row("EMAIL_PROVIDER", "pigeon");
        row("EMAIL_PROVIDER_FALLBACK", "smtp,pigeon");
        row("EMAIL_FROM", "InstaNode <noreply@instanode.dev>");
        row("EMAIL_FROM", "a@x.dev,b@x.dev");
        row("EMAIL_FROM", "a@x.dev\r\nBcc: b@x.dev");
        row("EMAIL_FROM_NAME", "Ops\r\nBcc: b@x.dev");
        row("EMAIL_TIMEOUT_MS", "10s");
        row("EMAIL_TIMEOUT_MS", "99");
        row("EMAIL_CONCURRENCY", "0");
        row("BREVO_API_KEY", "too-short\r\nX-Other: 1");
        row("BREVO_BASE_URL", "http://api.brevo.com");
        row("BREVO_BASE_URL", "https://api.brevo.com/v3");
        row("BREVO_BASE_URL", "https://user:pw@api.brevo.com");
        row("BREVO_WEBHOOK_SECRET", "too-short secret");
        for (const char *value : {"mail.example.com", "http://u:pw@mail.example.com", "smtp://u:pw@", "smtp://:pw@h",
                                  "smtp://u:pw@h/path", "smtp://u:pw@h?starttls=no"})
            row("SMTP_URL", value);
        row("SES_TOPIC_ARN", "topic");
        row("SES_TOPIC_ARN", "arn:aws:sqs:eu-west-1:123456789012:bounces");
        row("WEBHOOK_RETENTION_DAYS", "0");
        row("WEBHOOK_INBOX_MAX_ROWS", "999");
    }
    void wrongValuesAreNamed()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        const QString text = problem(name.toLatin1().constData(), value);
        QVERIFY2(text.startsWith(name + QLatin1Char(' ')), qPrintable(text));
        QVERIFY2(!text.contains(s(":pw@")) && !text.contains(s("too-short")), qPrintable(text));
    }

    void allProblemsComeAtOnce()
    {
        const auto loaded =
            ServerConfig::load({}, env({{"LISTEN", s("x")}, {"LOG_LEVEL", s("y")}, {"TLS_KEY_FILE", s("/k")}}));
        QVERIFY(!loaded.ok());
        QCOMPARE(loaded.error().fields.size(), 3);
        QVERIFY(loaded.error().fields.value(s("TLS_CERT_FILE")).contains(s("belong together")));
        QVERIFY(loaded.error().detail.contains(s("LISTEN")) && loaded.error().detail.contains(s("LOG_LEVEL")));
    }

    void poolValuesFallBackWithAWarning()
    {
        const auto config = ServerConfig::load({}, env({{"API_PG_MAX_OPEN_CONNS", s("lots")},
                                                        {"API_PG_MAX_IDLE_CONNS", s("-1")},
                                                        {"API_PG_CONN_MAX_LIFETIME", s("5 minutes")},
                                                        {"API_PG_CONN_MAX_IDLE_TIME", s("1m30s")}}));
        QVERIFY(config.ok());
        QCOMPARE(config->pool, PoolSettings{});
        QCOMPARE(config->warnings.size(), 3);
        QVERIFY(config->warnings.first().contains(s("using 15")));
        const auto few = ServerConfig::load({}, env({{"API_PG_MAX_OPEN_CONNS", s("3")}}));
        QCOMPARE(few->pool.maxIdle, 3);
        QCOMPARE(few->warnings.size(), 1);
    }

    void unknownKeysAreRefusedWithASuggestion()
    {
        const auto loaded = ServerConfig::load(write("listen: :8080\ndatabse_url: sqlite:/x\n"), {});
        QVERIFY(!loaded.ok());
        QCOMPARE(loaded.error().key, s("config_unknown_key"));
        QVERIFY2(loaded.error().detail.contains(s("'database_url'")), qPrintable(loaded.error().detail));
        QVERIFY(loaded.error().detail.contains(s("line 2")));
        const auto odd = ServerConfig::load(write("qqqqqqqqqqqq: 1\n"), {});
        QVERIFY(!odd.error().detail.contains(s("did you mean")));
    }

    void brokenFilesAreRefused()
    {
        QCOMPARE(ServerConfig::load(m_dir.filePath(s("absent.yaml")), {}).error().key, s("config_unreadable"));
        const auto broken = ServerConfig::load(write("jwt_secret: [topsecret\n  x: :\n"), {});
        QCOMPARE(broken.error().key, s("config_invalid_yaml"));
        QVERIFY(!broken.error().detail.contains(s("topsecret")));
        QCOMPARE(ServerConfig::load(write("- a\n"), {}).error().key, s("config_invalid_yaml"));
        QCOMPARE(ServerConfig::load(write("listen: {a: b}\n"), {}).error().key, s("invalid_config"));
        QVERIFY(ServerConfig::load(write(""), {}).ok());
        QVERIFY(ServerConfig::load(write("# nothing\n"), {}).ok());
    }

    void mailIsOffUntilItIsAskedFor()
    {
        const auto config = ServerConfig::load({}, {});
        QVERIFY(config.ok());
        QCOMPARE(config->mail, MailSettings{});
        QVERIFY(config->mail.chain().isEmpty());
        QCOMPARE(config->mail.brevoBaseUrl, s("https://api.brevo.com"));
        QCOMPARE(config->mail.from, s("noreply@instanode.dev"));
        QCOMPARE(config->mail.timeoutMs, 10'000);
        QCOMPARE(config->mail.concurrency, 8);
        QCOMPARE(config->webhooks.retentionDays, 30);
        QCOMPARE(config->webhooks.inboxMaxRows, 1'000'000);
        for (const char *off : {"none", "noop", " None "})
            QVERIFY(ServerConfig::load({}, env({{"EMAIL_PROVIDER", s(off)}}))->mail.chain().isEmpty());
    }

    void mailIsReadFromBothSources()
    {
        const auto config = ServerConfig::load(
            write("email_provider: Brevo\nemail_provider_fallback: [none, smtp, brevo]\nemail_from: ops@x.dev\n"
                  "email_from_name: Ops Team\nbrevo_base_url: http://127.0.0.1:9/\nwebhook_retention_days: 7\n"
                  "ses_topic_arn: arn:aws:sns:eu-west-1:123456789012:bounces\n"),
            env({{"BREVO_API_KEY", s(" key ")},
                 {"SMTP_URL", s("smtp://u:p%40w@mail.example.com:2525")},
                 {"BREVO_WEBHOOK_SECRET", s("now")},
                 {"BREVO_WEBHOOK_SECRET_PREVIOUS", s("before")},
                 {"EMAIL_TIMEOUT_MS", s("2500")}}));
        QVERIFY2(config.ok(), config ? "" : qPrintable(config.error().detail));
        QCOMPARE(config->mail.chain(), QStringList({s("brevo"), s("smtp")}));
        QCOMPARE(config->mail.brevoApiKey, s("key"));
        QCOMPARE(config->mail.brevoBaseUrl, s("http://127.0.0.1:9"));
        QCOMPARE(config->mail.smtpUrl, s("smtp://u:p%40w@mail.example.com:2525"));
        QCOMPARE(config->mail.from, s("ops@x.dev"));
        QCOMPARE(config->mail.fromName, s("Ops Team"));
        QCOMPARE(config->mail.timeoutMs, 2500);
        QCOMPARE(config->webhooks.brevoSecret, QByteArray("now"));
        QCOMPARE(config->webhooks.brevoPreviousSecret, QByteArray("before"));
        QCOMPARE(config->webhooks.sesTopicArn, s("arn:aws:sns:eu-west-1:123456789012:bounces"));
        QCOMPARE(config->webhooks.retentionDays, 7);
    }

    void halfConfiguredMailStopsTheStart()
    {
        const auto fields = [](std::initializer_list<std::pair<const char *, QString>> values) {
            const auto loaded = ServerConfig::load({}, env(values));
            return loaded ? QHash<QString, QString>{} : loaded.error().fields;
        };
        QVERIFY(fields({{"EMAIL_PROVIDER", s("brevo")}}).value(s("BREVO_API_KEY")).contains(s("is missing")));
        QVERIFY(
            fields({{"EMAIL_PROVIDER", s("brevo")}, {"BREVO_API_KEY", s("change_me")}}).contains(s("BREVO_API_KEY")));
        QVERIFY(fields({{"EMAIL_PROVIDER", s("smtp")}}).value(s("SMTP_URL")).contains(s("is missing")));
        const auto both = fields({{"EMAIL_PROVIDER", s("brevo")}, {"EMAIL_PROVIDER_FALLBACK", s("smtp")}});
        QVERIFY(both.contains(s("BREVO_API_KEY")) && both.contains(s("SMTP_URL")));
        QVERIFY(fields({{"EMAIL_PROVIDER_FALLBACK", s("smtp")}, {"SMTP_URL", s("smtp://h")}})
                    .contains(s("EMAIL_PROVIDER")));
        // A wrong value is reported as what it is, not as missing.
        QVERIFY(fields({{"EMAIL_PROVIDER", s("smtp")}, {"SMTP_URL", s("nothing")}})
                    .value(s("SMTP_URL"))
                    .contains(s("smtp://user:password@host:587")));
    }

    void placeholdersCountAsNotSet()
    {
        const auto config = ServerConfig::load({}, env({{"BREVO_API_KEY", s("CHANGE_ME")},
                                                        {"SMTP_URL", s("CHANGE_ME")},
                                                        {"BREVO_WEBHOOK_SECRET", s(" Change_Me ")}}));
        QVERIFY(config.ok());
        QVERIFY(config->mail.brevoApiKey.isEmpty());
        QVERIFY(config->mail.smtpUrl.isEmpty());
        QVERIFY(config->webhooks.brevoSecret.isEmpty());
        QCOMPARE(config->warnings.size(), 3);
        QVERIFY(config->warnings.first().contains(s("placeholder")));
        for (const SettingLine &line : config->describe())
            QVERIFY2(!line.isSet, qPrintable(line.name));
    }

    void doctorShowsEverythingButSecrets()
    {
        const QString secret = s("a secret of the right length, 32+");
        const auto config = ServerConfig::load(write("database_url: postgres://u:hunter2@h/db\nlog_level: debug\n"),
                                               env({{"JWT_SECRET", secret},
                                                    {"METRICS_TOKEN", secret},
                                                    {"ADMIN_PATH_PREFIX", prefix32},
                                                    {"BREVO_API_KEY", s("hunter2-key")},
                                                    {"SMTP_URL", s("smtp://u:hunter2@mail.example.com")},
                                                    {"BREVO_WEBHOOK_SECRET", s("hunter2-hook")},
                                                    {"BREVO_WEBHOOK_SECRET_PREVIOUS", s("hunter2-before")}}));
        QVERIFY2(config.ok(), config ? "" : qPrintable(config.error().detail));
        QHash<QString, SettingLine> lines;
        for (const SettingLine &line : config->describe()) {
            QVERIFY2(!line.shown.contains(secret) && !line.shown.contains(s("hunter2")) &&
                         !line.shown.contains(prefix32),
                     qPrintable(line.name));
            QVERIFY(!lines.contains(line.name));
            lines.insert(line.name, line);
        }
        QCOMPARE(lines.size(), 34);
        for (const char *name : {"BREVO_API_KEY", "SMTP_URL", "BREVO_WEBHOOK_SECRET", "BREVO_WEBHOOK_SECRET_PREVIOUS"})
            QCOMPARE(lines[s(name)].shown, s("set, hidden"));
        QVERIFY(lines[s("EMAIL_PROVIDER")].closedWithout.contains(s("no mail is sent")));
        QVERIFY(lines[s("SES_TOPIC_ARN")].closedWithout.contains(s("refuses")));
        QCOMPARE(lines[s("EMAIL_CONCURRENCY")].shown, s("8"));
        QCOMPARE(lines[s("JWT_SECRET")].shown, s("set, hidden"));
        QCOMPARE(lines[s("JWT_SECRET")].source, SettingSource::Environment);
        QCOMPARE(lines[s("DATABASE_URL")].source, SettingSource::File);
        QCOMPARE(lines[s("LOG_LEVEL")].shown, s("debug"));
        QCOMPARE(lines[s("LISTEN")].shown, s("127.0.0.1:8080"));
        QVERIFY(!lines[s("LISTEN")].isSet);
        QVERIFY(lines[s("JWT_SECRET")].closedWithout.isEmpty());
        QVERIFY(!lines[s("ADMIN_EMAILS")].isSet);
        QVERIFY(lines[s("ADMIN_EMAILS")].closedWithout.contains(s("403")));
        QVERIFY(lines[s("TLS_CERT_FILE")].closedWithout.contains(s("HTTPS")));
        QCOMPARE(lines[s("API_PG_CONN_MAX_LIFETIME")].shown, s("240s"));
    }

    void durations()
    {
        QCOMPARE(parseDurationMs(s("90s")), 90'000);
        QCOMPARE(parseDurationMs(s("4m")), 240'000);
        QCOMPARE(parseDurationMs(s("1h30m")), 5'400'000);
        QCOMPARE(parseDurationMs(s("500ms")), 500);
        QCOMPARE(parseDurationMs(s("1.5s")), 1500);
        QCOMPARE(parseDurationMs(s("0")), 0);
        for (const char *bad : {"", "5", "s", "-5s", "5 s", "5d", "5s5", "99999999999999999h"})
            QVERIFY2(!parseDurationMs(s(bad)), bad);
    }

    void networks_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("inside");
        const auto row = [](const char *network, const char *address, bool inside) {
            QTest::addRow("%s %s", network, address) << s(network) << s(address) << inside;
        };
        row("10.0.0.0/8", "10.255.0.1", true);
        row("10.0.0.0/8", "11.0.0.1", false);
        row("10.1.2.3/8", "10.9.9.9", true);
        row("192.168.1.7", "192.168.1.7", true);
        row("192.168.1.7", "192.168.1.8", false);
        row("0.0.0.0/0", "8.8.8.8", true);
        row("0.0.0.0/0", "::1", false);
        row("0.0.0.0/0", "8.8.8.8", true);
        row("192.168.4.0/22", "192.168.7.255", true);
        row("192.168.4.0/22", "192.168.8.0", false);
        row("::1", "::2", false);
        row("10.0.0.0/8", "::ffff:10.1.2.3", true);
        row("::ffff:10.0.0.0/104", "10.1.2.3", true);
        row("::1", "::1", true);
        row("fd00::/8", "fdab::1", true);
        row("fd00::/8", "fe80::1", false);
        row("::/0", "2001:db8::1", true);
        row("172.16.0.0/12", "172.31.255.255", true);
        row("172.16.0.0/12", "172.32.0.0", false);
    }
    void networks()
    {
        QFETCH(QString, network);
        QFETCH(QString, address);
        QFETCH(bool, inside);
        const auto cidr = Cidr::parse(network);
        QVERIFY(cidr);
        QCOMPARE(cidr->contains(QHostAddress(address)), inside);
        QCOMPARE(Cidr::parse(cidr->toString()), cidr);
    }

    void oddNetworksAreRefused()
    {
        for (const char *bad : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/8x", "10.1",
                                "300.1.1.1", "localhost", "10.0.0.0/8/8", "fe80::1%eth0", "0x7f.0.0.1", "10.0.0.0/ 8"})
            QVERIFY2(!Cidr::parse(s(bad)), bad);
    }
};

REGISTER_SUITE(config, TstConfig)
#include "tst_config.moc"
