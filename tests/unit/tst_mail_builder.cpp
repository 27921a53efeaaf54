#include "models/domain/audit_kind_names.h"
#include "services/usecases/mail_builder.h"
#include "services/usecases/mail_words.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using domain::MailParams;
namespace kinds = domain::kinds;
namespace words = usecases::words;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

domain::AuditEntry entry(const QString &kind, const QByteArray &metadata = {})
{
    domain::AuditEntry row;
    row.id = domain::AuditId::random();
    row.team = domain::TeamId::random();
    row.kind = kind;
    row.summary = s("What happened");
    row.metadata = metadata;
    row.createdAt = QDateTime(QDate(2026, 11, 20), QTime(9, 14), Qt::UTC);
    return row;
}

MailParams paramsOf(QLatin1StringView kind, const QByteArray &metadata)
{
    return usecases::buildMailParams(entry(kind, metadata)).value_or(MailParams{});
}

/// Every key of the kind table and every param, with one value.
QByteArray everything(const QJsonValue &value)
{
    QJsonObject all;
    for (const domain::AuditKind &row : domain::auditKinds()) {
        for (const char *key : row.keys)
            all.insert(QLatin1StringView(key), value);
        for (const QString &param : usecases::mailParamNames(s(row.kind)).all)
            all.insert(param, value);
    }
    return QJsonDocument(all).toJson();
}

/// JSON with single quotes.
QByteArray j(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

} // namespace

class TstMailBuilder : public QObject {
    Q_OBJECT

private slots:
    void mailedKindsAndBuildersAreTheSame()
    {
        QStringList mailed;
        for (const domain::AuditKind &row : domain::auditKinds()) {
            const QString kind = s(row.kind);
            QVERIFY2(row.mailsCustomer == usecases::buildMailParams(entry(kind)).has_value(), row.kind);
            QVERIFY2(row.mailsCustomer == !usecases::mailParamNames(kind).all.isEmpty(), row.kind);
            if (row.mailsCustomer)
                mailed.append(kind);
        }
        QCOMPARE(usecases::mailBuilderKinds(), mailed);
        QCOMPARE(mailed.size(), 31);
        QVERIFY(!mailed.contains(QString(kinds::deployDeletionRequested)));
        QVERIFY(!usecases::buildMailParams(entry(kinds::deployDeletionRequested)));
        QVERIFY(!usecases::buildMailParams(entry(s("no.such.kind"))));
    }

    void everyBuilderNamesTheTeam()
    {
        for (const QString &kind : usecases::mailBuilderKinds()) {
            domain::AuditEntry row = entry(kind, j("{'team_id': 'of the metadata'}"));
            const MailParams params = *usecases::buildMailParams(row);
            QCOMPARE(params.value(s("team_id")), row.team->toString());
            QCOMPARE(params.value(s("summary")), row.summary);
            QCOMPARE(params.value(s("dashboard_url")), s("https://instanode.dev"));
            row.team.reset();
            QVERIFY2(!usecases::buildMailParams(row)->contains(s("team_id")), qPrintable(kind));
        }
    }

    void dashboardIsTheCallers()
    {
        const auto row = entry(kinds::onboardingClaimed);
        QCOMPARE(usecases::buildMailParams(row, s("https://console.example.dev/"))->value(s("dashboard_url")),
                 s("https://console.example.dev"));
        for (const char *wrong : {"", "console.example.dev", "javascript:alert(1)", "ftp://x.example"})
            QCOMPARE(usecases::dashboardUrlOr(s(wrong)), s("https://instanode.dev"));
    }

    void unreadableMetadataLeavesTheBase_data()
    {
        QTest::addColumn<QByteArray>("metadata");
        for (const char *text : {"", "null", "{", "[1,2]", "\"text\"", "49", "{\"expires_at\": }", "\xff\xfe"})
            QTest::newRow(text[0] ? text : "none") << QByteArray(text);
    }
    void unreadableMetadataLeavesTheBase()
    {
        QFETCH(QByteArray, metadata);
        for (const QString &kind : usecases::mailBuilderKinds()) {
            const auto params = usecases::buildMailParams(entry(kind, metadata));
            QVERIFY(params);
            QStringList expected = usecases::mailParamNames(kind).always + QStringList{s("team_id"), s("summary")};
            expected.sort();
            QVERIFY2(params->keys() == expected, qPrintable(kind + QLatin1Char(' ') + params->keys().join(u',')));
        }
    }

    /// Values of any type: only known params, none blank, each on one line.
    void anyValueIsSurvived_data()
    {
        QTest::addColumn<QByteArray>("metadata");
        QTest::newRow("null") << everything(QJsonValue::Null);
        QTest::newRow("blank") << everything(s("  \n "));
        QTest::newRow("text") << everything(s("a\nb\tc"));
        QTest::newRow("long") << everything(QString(5000, u'x'));
        QTest::newRow("true") << everything(true);
        QTest::newRow("negative") << everything(-3);
        QTest::newRow("huge") << everything(1e300);
        QTest::newRow("list") << everything(QJsonArray{1, s("two"), QJsonValue::Null});
        QTest::newRow("map") << everything(QJsonObject{{s("postgres"), 2}, {s("x"), s("y")}});
    }
    void anyValueIsSurvived()
    {
        QFETCH(QByteArray, metadata);
        for (const QString &kind : usecases::mailBuilderKinds()) {
            const QStringList known = usecases::mailParamNames(kind).all;
            const MailParams params = *usecases::buildMailParams(entry(kind, metadata));
            for (auto it = params.cbegin(); it != params.cend(); ++it) {
                QVERIFY2(known.contains(it.key()), qPrintable(kind + QLatin1Char(' ') + it.key()));
                QVERIFY2(!it->trimmed().isEmpty() && it->size() <= 300, qPrintable(kind + QLatin1Char(' ') + it.key()));
                QCOMPARE(it->simplified(), *it);
            }
            for (const QString &param : usecases::mailParamNames(kind).always)
                QVERIFY2(params.contains(param), qPrintable(param));
        }
    }

    void numbersHaveNoDecimals()
    {
        QCOMPARE(words::plain(QJsonValue(49.0)), s("49"));
        QCOMPARE(words::plain(QJsonValue(0.1)), s("0.1"));
        QCOMPARE(words::plain(QJsonValue(-2.5)), s("-2.5"));
        QCOMPARE(words::plain(QJsonValue(qint64(9007199254740993))), s("9007199254740993"));
        const QByteArray metadata = everything(49.0);
        QVERIFY(metadata.contains("49"));
        int seen = 0;
        for (const QString &kind : usecases::mailBuilderKinds()) {
            QByteArray go = metadata;
            go.replace(": 49", ": 49.000000");
            const MailParams params = *usecases::buildMailParams(entry(kind, go));
            for (auto it = params.cbegin(); it != params.cend(); ++it) {
                const bool money = it.key() == s("attempted_amount") || it.key() == s("offer_cap");
                QVERIFY2(money || !it->contains(s("49.0")), qPrintable(kind + it.key() + *it));
                seen += *it == s("49");
            }
        }
        QVERIFY(seen > 20);
        QCOMPARE(paramsOf(kinds::subscriptionUpgraded, j("{'mrr': 49.000000}")).value(s("mrr")), s("49"));
    }

    void metadataKeysOfTheConsoleAreUnderstood()
    {
        const MailParams ours =
            paramsOf(kinds::adminTierChanged, j("{'from': 'hobby_plus', 'to': 'pro_yearly', 'by_admin_email': 'm@x'}"));
        QCOMPARE(ours.value(s("from_tier")), s("Hobby Plus"));
        QCOMPARE(ours.value(s("to_tier")), s("Pro (yearly)"));
        QCOMPARE(ours.value(s("by_admin")), s("m@x"));
        const MailParams theirs =
            paramsOf(kinds::adminTierChanged, j("{'from_tier': 'free', 'to_tier': 'team', 'by_admin': 'm@x'}"));
        QCOMPARE(theirs.value(s("from_tier")), s("Free"));
        QCOMPARE(theirs.value(s("to_tier")), s("Team"));
        QCOMPARE(theirs.value(s("by_admin")), s("m@x"));
    }

    void remindersHaveTheirStage()
    {
        const auto prefix = [](QLatin1StringView kind, const QByteArray &metadata) {
            return paramsOf(kind, metadata).value(s("stage_prefix"));
        };
        for (const QLatin1StringView kind : {kinds::anonExpiryWarning, kinds::deployExpiringSoon}) {
            QCOMPARE(prefix(kind, j("{'reminder_index': 1}")), s("Heads-up"));
            QCOMPARE(prefix(kind, j("{'reminder_index': 2}")), s("Reminder"));
            QCOMPARE(prefix(kind, j("{'reminder_index': '3'}")), s("Final reminder"));
            for (const QByteArray &other : {j("{}"), j("{'reminder_index': 4}"), j("{'reminder_index': 'x'}")})
                QCOMPARE(prefix(kind, other), s("Heads-up"));
        }
        const MailParams imminent = paramsOf(kinds::resourceExpiryImminent, j("{'reminder_index': 3}"));
        QCOMPARE(imminent.value(s("reminder_index")), s("1"));
        QCOMPARE(imminent.value(s("stage_prefix")), s("Heads-up"));
        QCOMPARE(imminent.value(s("audit_kind")), QString(kinds::resourceExpiryImminent));
    }

    void resourceTypeComesFromTheColumnFirst()
    {
        domain::AuditEntry row = entry(kinds::anonExpiryWarning, j("{'resource_type': 'redis'}"));
        QCOMPARE(usecases::buildMailParams(row)->value(s("resource_type")), s("Redis cache"));
        row.resourceType = s("postgres");
        QCOMPARE(usecases::buildMailParams(row)->value(s("resource_type")), s("PostgreSQL database"));
    }

    void anAppsIdIsNoName()
    {
        for (const QString &kind : usecases::mailBuilderKinds()) {
            QVERIFY(!usecases::mailParamNames(kind).all.contains(s("deploy_name")));
            QVERIFY(!usecases::mailParamNames(kind).all.contains(s("app_id")));
        }
        const MailParams params = paramsOf(kinds::deployExpiringSoon, j("{'app_id': 'k3f9x2ab', 'deploy_id': 'd'}"));
        QVERIFY(!params.values().contains(s("k3f9x2ab")));
        QVERIFY(!usecases::mailParamNames(QString(kinds::deployCreated)).all.contains(s("app_url")));
    }

    void wholeTokensDoNotTravel()
    {
        for (const QLatin1StringView kind : {kinds::anonExpiryWarning, kinds::resourceExpiryImminent}) {
            const MailParams params =
                paramsOf(kind, j("{'token': '0123456789abcdef', 'token_prefix': '0123456789abcdef'}"));
            QCOMPARE(params.value(s("token_prefix")), s("01234567"));
            QVERIFY(!params.contains(s("token")));
        }
    }

    void internalNamesAreTranslatedOrLeftOut_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("param");
        QTest::addColumn<QString>("known");
        QTest::addColumn<QString>("words");
        const auto row = [](QLatin1StringView kind, const char *key, const char *known, const char *text) {
            QTest::addRow("%s %s", kind.data(), known) << QString(kind) << s(key) << s(key) << s(known) << s(text);
        };
        row(kinds::experimentConversion, "experiment", "upgrade_button", "the upgrade button");
        row(kinds::experimentConversion, "variant", "urgent", "the wording about running out of room");
        row(kinds::experimentConversion, "action_taken", "checkout_started", "started a checkout");
        row(kinds::deployMadePermanent, "source", "make_permanent_endpoint", "a request from your team");
        row(kinds::deployMadePermanent, "source", "deploy_new", "the choice made when it was deployed");
        row(kinds::deployMadePermanent, "source", "tier_upgrade", "the upgrade of your plan");
        row(kinds::deployMadePermanent, "source", "team_setting", "your team's default setting");
        row(kinds::deployMadePermanent, "source", "default_deployment_ttl_policy", "your team's default setting");
        row(kinds::deployMadePermanent, "previous_ttl_policy", "auto_24h", "24 hours, unless made permanent");
        row(kinds::deployExpired, "ttl_policy", "custom", "a time that your team chose");
        row(kinds::subscriptionDowngraded, "reason", "customer_request", "at your request");
        row(kinds::deployFailed, "failure_stage", "rollout", "rollout");
        row(kinds::nearQuotaWall, "axis", "provisions", "resources");
        row(kinds::adminPromoIssued, "kind", "first_month_free", "the first month free");
    }
    void internalNamesAreTranslatedOrLeftOut()
    {
        QFETCH(QString, kind);
        QFETCH(QString, key);
        QFETCH(QString, param);
        QFETCH(QString, known);
        const auto told = [&kind, &key](const QJsonValue &value) {
            return *usecases::buildMailParams(
                entry(kind, QJsonDocument(QJsonObject{{key, value}}).toJson(QJsonDocument::Compact)));
        };
        QTEST(told(known).value(param), "words");
        for (const QJsonValue &unknown : {QJsonValue(s("some_new_enum")), QJsonValue(7), QJsonValue(true)}) {
            const MailParams params = told(unknown);
            QVERIFY(!params.contains(param));
            QVERIFY(!params.values().contains(s("some_new_enum")));
        }
    }

    void promosAreInWords()
    {
        const auto told = [](const QByteArray &metadata) { return paramsOf(kinds::adminPromoIssued, metadata); };
        const MailParams percent =
            told(j("{'kind': 'percent_off', 'value': 20, 'applies_to': 10000, 'valid_for_days': 30}"));
        QCOMPARE(percent.value(s("offer")), s("20 % off"));
        QCOMPARE(percent.value(s("offer_cap")), s("$100.00"));
        QCOMPARE(percent.value(s("expires_at")), s("20 Dec 2026, 09:14 UTC"));
        QCOMPARE(told(j("{'kind': 'amount_off', 'value': 500}")).value(s("offer")), s("$5.00 off"));
        QVERIFY(!told(j("{'kind': 'amount_off', 'value': 500, 'applies_to': 9}")).contains(s("offer_cap")));
        QCOMPARE(told(j("{'kind': 'first_month_free', 'value': 0}")).value(s("offer")), s("a free first month"));
        QCOMPARE(told(j("{'expires_at': '2027-01-01T00:00:00Z', 'valid_for_days': 3}")).value(s("expires_at")),
                 s("1 Jan 2027, 00:00 UTC"));
        for (const QByteArray &unknown :
             {j("{'kind': 'percent_off', 'value': 150}"), j("{'kind': 'half_off', 'value': 50}"),
              j("{'kind': 'amount_off'}"), j("{'valid_for_days': -1}")}) {
            QVERIFY2(!told(unknown).contains(s("offer")), unknown.constData());
            QVERIFY2(!told(unknown).contains(s("expires_at")), unknown.constData());
        }
    }

    void amountsOnlyWhenKnown()
    {
        const auto amount = [](const QByteArray &value) {
            return paramsOf(kinds::paymentGraceStarted, "{\"attempted_amount\": " + value + "}")
                .value(s("attempted_amount"));
        };
        QCOMPARE(amount("249900"), s("₹2,499.00"));
        QCOMPARE(amount("15000000"), s("₹1,50,000.00"));
        for (const char *unknown : {"null", "0", "-100", "12.5", "\"249900\"", "{}"})
            QVERIFY2(amount(unknown).isEmpty(), unknown);
    }

    void timesAreUtcForPeople()
    {
        const auto time = [](const char *text) { return words::time(QJsonValue(s(text))); };
        QCOMPARE(time("2026-11-27T09:13:58Z"), s("27 Nov 2026, 09:13 UTC"));
        QCOMPARE(time("2026-11-27T09:13:58.123456789Z"), s("27 Nov 2026, 09:13 UTC"));
        QCOMPARE(time("2026-11-27T01:00:00+05:30"), s("26 Nov 2026, 19:30 UTC"));
        for (const char *wrong : {"", "soon", "2026-11-27T09:13:58", "2026-13-01T00:00:00Z", "1795770000"})
            QVERIFY2(time(wrong).isEmpty(), wrong);
        QVERIFY(words::time(QJsonValue(1795770000)).isEmpty());
    }

    void spansAreInWords()
    {
        QCOMPARE(words::hours(6), s("6 hours"));
        QCOMPARE(words::hours(0.8), s("1 hour"));
        QCOMPARE(words::hours(0), s("1 hour"));
        QCOMPARE(words::hours(QJsonValue(s("6"))), s("6 hours"));
        QCOMPARE(words::hours(47.2), s("2 days"));
        QCOMPARE(words::hours(65.8), s("2 days 18 hours"));
        QCOMPARE(words::hours(49), s("2 days 1 hour"));
        QVERIFY(words::hours(QJsonValue(s("soon"))).isEmpty());
        QVERIFY(words::hours(-1).isEmpty());
        QCOMPARE(words::days(1), s("1 day"));
        QCOMPARE(words::days(23), s("23 days"));
        QVERIFY(words::days(0).isEmpty());
        QVERIFY(words::activeResources(0).isEmpty());
        QCOMPARE(words::seconds(42), s("42 s"));
        QCOMPARE(words::seconds(74), s("1 min 14 s"));
        QCOMPARE(words::seconds(900), s("15 min"));
        QCOMPARE(words::seconds(12'000), s("3 h 20 min"));
        QCOMPARE(words::activeResources(1), s("1 active resource"));
        QCOMPARE(words::breakdown(QJsonObject{{s("postgres"), 2}, {s("redis"), 1}, {s("queue"), 0}}),
                 s("2 PostgreSQL databases, 1 Redis cache"));
        QCOMPARE(words::breakdown(s("3 postgres")), s("3 postgres"));
    }

    void onlyWebAddressesAreAddresses()
    {
        const auto url = [](const char *text) { return words::url(QJsonValue(s(text))); };
        QCOMPARE(url("https://a.example/x?y=1#z"), s("https://a.example/x?y=1#z"));
        QCOMPARE(url("HTTP://a.example"), s("http://a.example"));
        for (const char *wrong : {"", "javascript:alert(1)", "data:text/html,x", "//a.example", "a.example", "https://",
                                  "https://instanode.dev@evil.example/", "https://a.example/\"onclick=\"x", "file:///x",
                                  "https://a b.example"})
            QVERIFY2(url(wrong).isEmpty(), wrong);
        QVERIFY(!paramsOf(kinds::deployHealthy, j("{'app_url': 'javascript:alert(1)'}")).contains(s("app_url")));
    }

    void textIsOneCleanLine()
    {
        QCOMPARE(words::clean(s("a\r\nb\tc\x01 d\u2028e")), s("a b c d e"));
        QCOMPARE(words::clean(QStringLiteral("txt\u202egpj.exe")), s("txtgpj.exe"));
        QCOMPARE(words::clean(QString(u'x') + QChar(0xd800) + u'y'), QStringLiteral("x\ufffdy"));
        const QString cut = words::clean(QStringLiteral("😀").repeated(10), 6);
        QCOMPARE(cut, QStringLiteral("😀😀…"));
        QCOMPARE(words::clean(s("short"), 5), s("short"));
    }
};

REGISTER_SUITE(mail_builder, TstMailBuilder)
#include "tst_mail_builder.moc"
