#include "services/wire/audit_codec.h"
#include "services/wire/customer_codec.h"
#include "services/wire/event_stream.h"
#include "services/wire/health_codec.h"
#include "services/wire/note_codec.h"
#include "services/wire/overview_codec.h"
#include "services/wire/query_codec.h"
#include "services/wire/raw_json.h"
#include "services/wire/session_codec.h"
#include "services/wire/tier_change_codec.h"
#include "services/wire/time_text.h"
#include "services/wire/view_codec.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

namespace {

/// One more than a double can tell apart.
constexpr qint64 beyondDouble = 9'007'199'254'740'993;
constexpr qint64 largest = std::numeric_limits<qint64>::max();

QDateTime at(const char *text)
{
    return wire::parseTime(QString::fromLatin1(text)).value();
}

domain::TeamId team(const char *text = "0000000a-0000-4000-8000-00000000000a")
{
    return domain::TeamId::parse(QString::fromLatin1(text)).value();
}

ports::CustomerRow fullRow()
{
    ports::CustomerRow row;
    row.id = team();
    row.name = QStringLiteral("Ärger & Söhne \"GmbH\" \u2028 \U0001F600");
    row.primaryEmail = QStringLiteral("a@example.com");
    row.tier = QStringLiteral("hobby_plus");
    row.status = QStringLiteral("active");
    row.mrrListCents = 1900;
    row.storageBytes = beyondDouble;
    row.storageLimitBytes = -1;
    row.resourceCount = 3;
    row.deploymentsActive = 2;
    row.userCount = 4;
    row.hasNotes = true;
    row.lastSeenAt = at("2026-06-01T12:00:00.123Z");
    row.createdAt = at("2025-01-02T03:04:05.006Z");
    return row;
}

domain::AuditEntry entry(const QByteArray &metadata)
{
    domain::AuditEntry e;
    e.id = domain::AuditId::random();
    e.team = team();
    e.teamName = QStringLiteral("Acme");
    e.user = domain::UserId::random();
    e.actor = QStringLiteral("admin");
    e.kind = QStringLiteral("admin.tier_changed");
    e.resourceType = QStringLiteral("postgres");
    e.resource = QUuid::createUuid();
    e.summary = QStringLiteral("free → pro");
    e.metadata = metadata;
    e.createdAt = at("2026-06-01T12:00:00.999Z");
    return e;
}

QJsonObject parsed(const QByteArray &body)
{
    return QJsonDocument::fromJson(body).object();
}

QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

class TstCodecs : public QObject {
    Q_OBJECT
private slots:
    void customerPageSurvivesTheWire()
    {
        ports::CustomerRow bare;
        bare.id = team();
        bare.createdAt = at("2026-01-01T00:00:00Z");
        const ports::Page<ports::CustomerRow> page{{fullRow(), bare}, QStringLiteral("cursor=="), largest};
        const QByteArray body = wire::encodeCustomerPage(page);
        const auto decoded = wire::decodeCustomerPage(body);
        QVERIFY2(decoded.ok(), qPrintable(decoded.ok() ? QString() : decoded.error().detail));
        QVERIFY(*decoded == page);
        QVERIFY(body.contains("9007199254740993"));
    }

    void customerPageKeepsTheReferenceNames()
    {
        const QJsonObject body = parsed(wire::encodeCustomerPage({{fullRow()}, {}, 1}));
        QCOMPARE(body.value(QLatin1StringView("ok")), QJsonValue(true));
        QCOMPARE(body.value(QLatin1StringView("total")), QJsonValue(1));
        QVERIFY(body.value(QLatin1StringView("next_cursor")).isNull());
        const QJsonObject item = body.value(QLatin1StringView("customers")).toArray().at(0).toObject();
        for (const char *name : {"team_id", "primary_email", "name", "tier", "mrr_monthly", "mrr_yearly",
                                 "storage_bytes", "deployments_active", "last_active", "created_at"})
            QVERIFY2(item.contains(QLatin1StringView(name)), name);
        QCOMPARE(item.value(QLatin1StringView("mrr_yearly")).toInteger(), 1900 * 12);
        QCOMPARE(item.value(QLatin1StringView("created_at")).toString(), QStringLiteral("2025-01-02T03:04:05.006Z"));
        const QJsonObject empty = parsed(wire::encodeCustomerPage({{}, {}, 0}));
        QVERIFY(empty.value(QLatin1StringView("customers")).isArray());
    }

    void customerSumsSurviveTheWire()
    {
        const ports::CustomerSums sums{largest, 2, beyondDouble, 4, 5, 6};
        QVERIFY(wire::decodeCustomerSums(wire::encodeCustomerSums(sums)).value() == sums);
    }

    void customerDetailSurvivesTheWire()
    {
        ports::CustomerDetail detail;
        detail.row = fullRow();
        detail.subscriptionId = QStringLiteral("sub_1");
        detail.users = {{domain::UserId::random(), QStringLiteral("a@example.com"), QStringLiteral("owner"), true,
                         false, at("2026-01-01T00:00:00Z")}};
        detail.usage = {{QStringLiteral("postgres"), 2, beyondDouble, largest},
                        {QStringLiteral("webhook"), 1, 12, 1000}};
        detail.counts = {{QStringLiteral("deployments_apps"), 1, -1}};
        domain::Resource hook;
        hook.id = domain::ResourceId::random();
        hook.type = QStringLiteral("webhook");
        hook.status = QStringLiteral("active");
        hook.storageBytes = 77;
        hook.createdAt = at("2026-01-01T00:00:00Z");
        hook.expiresAt = at("2026-01-02T00:00:00Z");
        detail.resources = {hook};
        domain::Deployment deployment;
        deployment.id = domain::DeploymentId::random();
        deployment.appName = QStringLiteral("web");
        deployment.createdAt = at("2026-01-01T00:00:00Z");
        detail.deployments = {deployment};
        detail.recentAudit = {entry("{\"z\":1,  \"a\":1.10}"), entry({})};

        const QByteArray body = wire::encodeCustomerDetail(detail);
        const auto decoded = wire::decodeCustomerDetail(body);
        QVERIFY2(decoded.ok(), qPrintable(decoded.ok() ? QString() : decoded.error().detail));
        QVERIFY(*decoded == detail);

        const QJsonObject customer = parsed(body).value(QLatin1StringView("customer")).toObject();
        const QJsonArray totals = customer.value(QLatin1StringView("resources")).toArray();
        QCOMPARE(totals.size(), 2);
        QCOMPARE(totals.at(1).toObject().value(QLatin1StringView("storage_bytes")).toInteger(), 77);
    }

    void absentSubscriptionIsNoMember()
    {
        ports::CustomerDetail detail;
        detail.row = fullRow();
        const QJsonObject customer =
            parsed(wire::encodeCustomerDetail(detail)).value(QLatin1StringView("customer")).toObject();
        QVERIFY(!customer.contains(QLatin1StringView("razorpay_subscription_id")));
        QVERIFY(customer.value(QLatin1StringView("recent_audit")).isArray());
    }

    void metadataIsPassedThroughExactly_data()
    {
        QTest::addColumn<QByteArray>("metadata");
        QTest::newRow("order and spaces") << QByteArray("{\"z\": 1,\n \"a\": 2}");
        QTest::newRow("number forms") << QByteArray("{\"n\":1.10,\"big\":123456789012345678901234567890,\"e\":1E+2}");
        QTest::newRow("escapes") << QByteArray("{\"a\\u0041\":\"\\u20ac \\\" ] } , \\\\\"}");
        QTest::newRow("doubled keys") << QByteArray("{\"a\":1,\"a\":2}");
        QTest::newRow("array") << QByteArray("[1,[2,{\"metadata\":\"}\"}]]");
        QTest::newRow("scalar") << QByteArray("12.50");
        QTest::newRow("string") << QByteArray("\"x\"");
        QTest::newRow("null") << QByteArray("null");
        QTest::newRow("none") << QByteArray();
    }
    void metadataIsPassedThroughExactly()
    {
        QFETCH(QByteArray, metadata);
        const ports::Page<domain::AuditEntry> page{
            {entry("{}"), entry(metadata), entry("[]")}, QStringLiteral("n"), {}};
        const auto decoded = wire::decodeAuditPage(wire::encodeAuditPage(page));
        QVERIFY2(decoded.ok(), qPrintable(decoded.ok() ? QString() : decoded.error().detail));
        QVERIFY(*decoded == page);
    }

    void textThatIsNotJsonStillGivesAReadableBody()
    {
        const QByteArray body = wire::encodeAuditPage({{entry("}, \"injected\": 1")}, {}, {}});
        const auto decoded = wire::decodeAuditPage(body);
        QVERIFY(decoded.ok());
        QVERIFY(!parsed(body).isEmpty());
        QCOMPARE(decoded->rows.at(0).metadata, QByteArray("\"}, \\\"injected\\\": 1\""));
    }

    void customerExportSurvivesTheWire()
    {
        wire::CustomerExport done;
        done.format = QStringLiteral("jsonl");
        done.rows = beyondDouble;
        QVERIFY(wire::decodeCustomerExport(wire::encodeCustomerExport(done)).value() == done);
        done.filter = {QStringLiteral("a \"b\""),
                       {QStringLiteral("pro"), QStringLiteral("team")},
                       at("2026-01-01T00:00:00.000Z"),
                       at("2026-02-01T00:00:00.001Z"),
                       at("2026-03-01T00:00:00.000Z"),
                       at("2026-04-01T00:00:00.999Z"),
                       beyondDouble};
        QVERIFY(wire::decodeCustomerExport(wire::encodeCustomerExport(done)).value() == done);
        QCOMPARE(wire::decodeCustomerExport("{\"format\":\"csv\"}").error().key, QStringLiteral("invalid_body"));
        QCOMPARE(wire::decodeCustomerExport("{\"rows\":1,\"filter\":{\"tier\":\"pro\"}}").error().key,
                 QStringLiteral("invalid_body"));
    }

    void tierChangeSurvivesTheWire()
    {
        const ports::TierChange change{team(), QStringLiteral("pro"), QStringLiteral("wegen \"Söhne\"")};
        const auto decoded = wire::decodeTierChange(change.team, wire::encodeTierChange(change));
        QCOMPARE(decoded->tier, change.tier);
        QCOMPARE(decoded->reason, change.reason);

        ports::TierChangePreview preview;
        preview.from = QStringLiteral("pro");
        preview.to = QStringLiteral("free");
        preview.direction = -1;
        preview.mrrBeforeCents = 4900;
        preview.resourcesElevated = 3;
        preview.overQuota = {{QStringLiteral("redis"), 1, largest, 5}};
        preview.subscriptionId = QStringLiteral("sub_1");
        preview.emails = {QStringLiteral("subscription.canceled_by_admin")};
        QVERIFY(wire::decodeTierChangePreview(wire::encodeTierChangePreview(preview)).value() == preview);

        const ports::TierChangeResult result{team(), QStringLiteral("free"),   QStringLiteral("pro"), 2,
                                             1,      domain::AuditId::random()};
        const QByteArray body = wire::encodeTierChangeResult(result, QStringLiteral("Tell the user"));
        QVERIFY(wire::decodeTierChangeResult(body).value() == result);
        QCOMPARE(parsed(body).value(QLatin1StringView("agent_action")).toString(), QStringLiteral("Tell the user"));
    }

    void absentTierOrReasonIsLeftToTheRule()
    {
        const auto change = wire::decodeTierChange(team(), "{}");
        QVERIFY(change.ok());
        QVERIFY(change->tier.isEmpty() && change->reason.isEmpty());
        QVERIFY(wire::decodeNewNote("{}").ok());
    }

    void notesSurviveTheWire()
    {
        const domain::Note note{domain::NoteId::random(), team(), QStringLiteral("l1\nl2\t\u0001"),
                                QStringLiteral("o@example.com"), at("2026-01-01T00:00:00.001Z")};
        QVERIFY(wire::decodeNote(wire::encodeNote(note)).value() == note);
        QVERIFY(wire::decodeNotes(wire::encodeNotes({note, note})).value() == (QList<domain::Note>{note, note}));
        QCOMPARE(wire::decodeNewNote(wire::encodeNewNote(note.body)).value(), note.body);
    }

    void overviewSurvivesTheWire()
    {
        ports::Overview overview;
        overview.customers = largest;
        overview.tierChanges30d = 12;
        overview.storageBytes = beyondDouble;
        overview.tiers = {{QStringLiteral("pro"), 3, 14700}};
        overview.newCustomersByDay = {{QDate(2026, 6, 1), 4}};
        overview.activityByDay = {{QDate(2026, 6, 2), 5}};
        overview.attention = {
            {ports::AttentionKind::GraceEnding, 3, QStringLiteral("Acme"), QStringLiteral("1 day"), team(),
             at("2026-06-01T00:00:00Z")},
            {ports::AttentionKind::OperatorAlert, 1, QStringLiteral("x"), {}, {}, at("2026-06-01T00:00:00Z")}};
        overview.asOf = at("2026-06-15T12:00:00Z");
        QVERIFY(wire::decodeOverview(wire::encodeOverview(overview)).value() == overview);
        overview.delivery =
            ports::DeliverySummary{{940, 4, 12, 5, 1, 8, 30, 10, 3},
                                   {{QDate(2026, 6, 14), {}}, {QDate(2026, 6, 15), {1, 0, 0, 0, 0, 0, 2, 0, 0}}}};
        for (int kind = 0; kind <= int(ports::AttentionKind::ForwarderHolding); ++kind)
            overview.attention.append(
                {ports::AttentionKind(kind), 2, QStringLiteral("k%1").arg(kind), {}, {}, overview.asOf});
        QVERIFY(wire::decodeOverview(wire::encodeOverview(overview)).value() == overview);
    }

    void healthSurvivesTheWire()
    {
        ports::HealthReport report;
        report.overall = ports::CheckStatus::Degraded;
        report.service = QStringLiteral("instanode-api");
        report.backend = QStringLiteral("SQLite 3.40.1");
        report.migrationVersion = QStringLiteral("0004");
        report.migrationCount = 4;
        report.poolMax = 8;
        report.poolWaitCount = beyondDouble;
        report.checks = {{QStringLiteral("platform_db"), ports::CheckStatus::Failed, 12, QStringLiteral("timeout"),
                          at("2026-06-15T12:00:00Z"), true},
                         {QStringLiteral("never"), ports::CheckStatus::Ok, 0, {}, {}, false}};
        report.asOf = at("2026-06-15T12:00:00Z");
        QVERIFY(wire::decodeHealth(wire::encodeHealth(report)).value() == report);
    }

    void sessionSurvivesTheWire()
    {
        ports::SessionInfo session;
        session.principal.kind = domain::PrincipalKind::OperatorToken;
        session.principal.email = QStringLiteral("o@example.com");
        session.principal.permissions = domain::Permission::ViewAudit | domain::Permission::ManageTokens;
        session.principal.token = domain::TokenId::random();
        session.principal.readOnlySession = true;
        session.backend = QStringLiteral("SQLite");
        session.serverVersion = QStringLiteral("0.1.0");
        session.tokenExpiresAt = at("2026-12-01T00:00:00Z");
        QVERIFY(wire::decodeSession(wire::encodeSession(session)).value() == session);
        QVERIFY(!wire::parsePermissions({QStringLiteral("rule_the_world")}));
    }

    void viewsSurviveTheWire()
    {
        const ports::SavedView view{domain::ViewId::random(),
                                    QStringLiteral("customers"),
                                    QStringLiteral("Big"),
                                    QStringLiteral("mrr>100"),
                                    QStringLiteral("mrr:desc"),
                                    QStringLiteral("o@example.com"),
                                    true,
                                    at("2026-01-01T00:00:00Z")};
        QVERIFY(wire::decodeView(wire::encodeView(view)).value() == view);
        QVERIFY(wire::decodeViews(wire::encodeViews({view})).value() == QList<ports::SavedView>{view});
        const auto sent = wire::decodeNewView(wire::encodeNewView(view));
        QCOMPARE(sent->name, view.name);
        QVERIFY2(sent->ownerEmail.isEmpty(), "the owner is never taken from the body");
    }

    void wrongMembersAreNamed_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *name, const char *member, const QJsonValue &value) {
            QTest::newRow(name) << QString::fromLatin1(member) << value
                                << QStringLiteral("customers[0].%1").arg(QLatin1StringView(member));
        };
        row("missing", "tier", QJsonValue(QJsonValue::Undefined));
        row("null", "name", QJsonValue());
        row("number for text", "name", 1);
        row("text for number", "storage_bytes", QStringLiteral("1"));
        row("fraction", "storage_bytes", 1.5);
        row("beyond 64 bits", "storage_bytes", 1e19);
        row("beyond 32 bits", "user_count", qint64(1) << 40);
        row("negative count", "user_count", -1);
        row("bad id", "team_id", QStringLiteral("{0000000a-0000-4000-8000-00000000000a}"));
        row("bad time", "created_at", QStringLiteral("yesterday"));
        row("flag", "has_notes", QStringLiteral("yes"));
    }
    void wrongMembersAreNamed()
    {
        QFETCH(QString, member);
        QFETCH(QJsonValue, value);
        QFETCH(QString, field);
        QJsonObject body = parsed(wire::encodeCustomerPage({{fullRow()}, {}, 1}));
        QJsonObject item = body.value(QLatin1StringView("customers")).toArray().at(0).toObject();
        if (value.isUndefined())
            item.remove(member);
        else
            item.insert(member, value);
        body.insert(QLatin1StringView("customers"), QJsonArray{item});
        const auto decoded = wire::decodeCustomerPage(text(body));
        QVERIFY(!decoded.ok());
        QCOMPARE(decoded.error().code, domain::ErrorCode::InvalidInput);
        QCOMPARE(decoded.error().fields.keys(), QStringList{field});
    }

    void unknownEnumValuesAreRefused()
    {
        QJsonObject body = parsed(wire::encodeHealth([] {
            ports::HealthReport report;
            report.asOf = at("2026-06-15T12:00:00Z");
            return report;
        }()));
        QJsonObject health = body.value(QLatin1StringView("health")).toObject();
        health.insert(QLatin1StringView("overall"), QStringLiteral("splendid"));
        body.insert(QLatin1StringView("health"), health);
        const auto decoded = wire::decodeHealth(text(body));
        QVERIFY(!decoded.ok());
        QVERIFY(decoded.error().fields.contains(QStringLiteral("health.overall")));
    }

    void garbageBodiesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("key");
        const QString invalidBody = QStringLiteral("invalid_body");
        QTest::newRow("empty") << QByteArray() << invalidBody;
        QTest::newRow("array") << QByteArray("[]") << invalidBody;
        QTest::newRow("scalar") << QByteArray("1") << invalidBody;
        QTest::newRow("cut") << QByteArray("{\"body\":\"x") << invalidBody;
        QTest::newRow("trailing") << QByteArray("{} {}") << invalidBody;
        QTest::newRow("broken utf-8") << QByteArray("{\"body\":\"\xff\"}") << invalidBody;
        QTest::newRow("wrong type") << QByteArray("{\"body\":[]}") << invalidBody;
        QTest::newRow("nul") << QByteArray("{\"body\":\"a\\u0000b\"}") << QStringLiteral("invalid_text");
        QTest::newRow("too deep") << QByteArray("{\"body\":") + QByteArray(100'000, '[') << invalidBody;
    }
    void garbageBodiesAreRefused()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, key);
        const auto decoded = wire::decodeNewNote(body);
        QVERIFY(!decoded.ok());
        QCOMPARE(decoded.error().code, domain::ErrorCode::InvalidInput);
        QCOMPARE(decoded.error().key, key);
    }

    void timesAreRfc3339_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("utc");
        QTest::newRow("utc") << QStringLiteral("2026-06-01T12:00:00Z") << QStringLiteral("2026-06-01T12:00:00.000Z");
        QTest::newRow("offset") << QStringLiteral("2026-06-01T01:30:00+02:00")
                                << QStringLiteral("2026-05-31T23:30:00.000Z");
        QTest::newRow("nanos") << QStringLiteral("2026-06-01T12:00:00.123999999Z")
                               << QStringLiteral("2026-06-01T12:00:00.123Z");
        QTest::newRow("tenth") << QStringLiteral("2026-06-01t12:00:00.5z")
                               << QStringLiteral("2026-06-01T12:00:00.500Z");
        QTest::newRow("no zone") << QStringLiteral("2026-06-01T12:00:00") << QString();
        QTest::newRow("day only") << QStringLiteral("2026-06-01") << QString();
        QTest::newRow("no such day") << QStringLiteral("2026-02-30T12:00:00Z") << QString();
        QTest::newRow("hour 24") << QStringLiteral("2026-06-01T24:00:00Z") << QString();
        QTest::newRow("text after") << QStringLiteral("2026-06-01T12:00:00Z;") << QString();
    }
    void timesAreRfc3339()
    {
        QFETCH(QString, given);
        QFETCH(QString, utc);
        const auto time = wire::parseTime(given);
        QCOMPARE(time ? wire::timeText(*time) : QString(), utc);
    }

    void customerQuerySurvivesTheWire()
    {
        ports::CustomerQuery query;
        query.filter.q = QStringLiteral("50% & 1_2+ü=");
        query.filter.tiers = {QStringLiteral("hobby_plus"), QStringLiteral("team")};
        query.filter.createdFrom = at("2026-01-01T00:00:00.001Z");
        query.filter.lastSeenUntil = at("2026-02-01T00:00:00Z");
        query.filter.mrrAtLeastCents = beyondDouble;
        query.descending = false;
        query.limit = 7;
        query.cursor = QStringLiteral("abc+/=");
        query.offset = 3;
        for (const auto sort : {ports::CustomerSort::Mrr, ports::CustomerSort::Tier, ports::CustomerSort::Storage,
                                ports::CustomerSort::Deployments, ports::CustomerSort::LastSeen,
                                ports::CustomerSort::Created, ports::CustomerSort::Name}) {
            query.sort = sort;
            const auto decoded = wire::decodeCustomerQuery(wire::encodeCustomerQuery(query));
            QVERIFY(decoded.ok());
            QVERIFY(decoded->query == query);
            QVERIFY(!decoded->matchesNothing);
        }
        QCOMPARE(wire::encodedQuery({{"q", "50% & 1_2+"}}), QByteArray("q=50%25%20%26%201_2%2B"));
    }

    void auditQuerySurvivesTheWire()
    {
        ports::AuditQuery query;
        query.filter.kind = QStringLiteral("payment.grace*");
        query.filter.actor = QStringLiteral("system");
        query.filter.team = team();
        query.filter.resource = QUuid::createUuid();
        query.filter.from = at("2026-01-01T00:00:00Z");
        query.filter.until = at("2026-02-01T00:00:00Z");
        query.filter.text = QStringLiteral("a%b_c");
        query.filter.faults = true;
        query.limit = 500;
        query.cursor = QStringLiteral("c");
        QVERIFY(wire::decodeAuditQuery(wire::encodeAuditQuery(query)).value() == query);
        QVERIFY(!wire::decodeAuditQuery({{"faults", "false"}}).value().filter.faults);
        QCOMPARE(wire::decodeAuditQuery({{"faults", "maybe"}}).error().key, QStringLiteral("invalid_value"));
    }

    void customerQueryIsAsLenientAsTheReference_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("limit");
        QTest::addColumn<int>("offset");
        QTest::newRow("junk limit") << QByteArray("limit") << QByteArray("many") << 50 << 0;
        QTest::newRow("zero limit") << QByteArray("limit") << QByteArray("0") << 50 << 0;
        QTest::newRow("huge limit") << QByteArray("limit") << QByteArray("501") << 500 << 0;
        QTest::newRow("beyond 64 bits") << QByteArray("limit") << QByteArray("99999999999999999999") << 50 << 0;
        QTest::newRow("negative offset") << QByteArray("offset") << QByteArray("-1") << 50 << 0;
        QTest::newRow("huge offset") << QByteArray("offset") << QByteArray("4000000000") << 50 << 10'000;
    }
    void customerQueryIsAsLenientAsTheReference()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        const auto decoded = wire::decodeCustomerQuery({{name, value}});
        QVERIFY(decoded.ok());
        QTEST(decoded->query.limit, "limit");
        QTEST(decoded->query.offset, "offset");
    }

    void tierFilterDropsUnknownNames()
    {
        const auto tiers = [](const char *list) { return wire::decodeCustomerQuery({{"tier", list}}).value(); };
        QCOMPARE(tiers(" Hobby,PRO,pro, platinum").query.filter.tiers,
                 (QStringList{QStringLiteral("hobby"), QStringLiteral("pro")}));
        QVERIFY(tiers("platinum,gold").matchesNothing);
        QVERIFY(!tiers(" , ,").matchesNothing);
        QVERIFY(!wire::decodeCustomerQuery({})->matchesNothing);
    }

    void badQueriesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("key");
        const auto row = [](const char *name, const QByteArray &value, const char *key) {
            QTest::newRow(
                qPrintable(QString::fromLatin1(name) + QLatin1Char('=') + QString::fromLatin1(value.left(20))))
                << QByteArray(name) << value << QString::fromLatin1(key);
        };
        row("sort_by", "mrr; DROP TABLE teams", "invalid_sort_by");
        row("sort_by", "MRR", "invalid_sort_by");
        row("order", "up", "invalid_sort_by");
        row("created_from", "soon", "invalid_time");
        row("mrr_at_least", "1.5", "invalid_value");
        row("q", QByteArray(2001, 'x'), "invalid_value");
        row("q", QByteArray("a\0b", 3), "invalid_text");
    }
    void badQueriesAreRefused()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        const auto decoded = wire::decodeCustomerQuery({{"tier", "platinum"}, {name, value}});
        QVERIFY(!decoded.ok());
        QTEST(decoded.error().key, "key");
        QVERIFY(decoded.error().fields.contains(QString::fromLatin1(name)));
    }

    void eventsArriveInAnyPieces()
    {
        const QByteArray stream = ": connected\n\n" +
                                  wire::encodeChangeEvent({QStringLiteral("team"), QStringLiteral("x\ny")}) +
                                  "event: other\r\ndata: {}\r\n\r\nevent: change\ndata: nonsense\n\n: keep-alive\n\n" +
                                  wire::encodeChangeEvent({QStringLiteral("audit"), {}});
        const QList<ports::Change> expected{{QStringLiteral("team"), QStringLiteral("x\ny")},
                                            {QStringLiteral("audit"), {}}};
        for (qsizetype size = 1; size <= stream.size(); ++size) {
            wire::EventStreamReader reader;
            QList<ports::Change> seen;
            for (qsizetype from = 0; from < stream.size(); from += size)
                seen += reader.feed(stream.mid(from, size));
            QVERIFY(seen == expected);
        }
        wire::EventStreamReader endless;
        QVERIFY(endless.feed(QByteArray(70'000, 'x')).isEmpty());
        QVERIFY(endless.overflowed());
    }
};

REGISTER_SUITE(codecs, TstCodecs)
#include "tst_codecs.moc"
