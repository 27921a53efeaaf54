#include "services/storage/connection.h"
#include "services/storage/migrator.h"
#include "tests/functional/platform_fixture.h"
#include "tests/support/mail_seed.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QtTest>

using functional::Answer;
using functional::HttpClient;
using functional::PlatformFixture;

/// The built binary from outside, on both engines: what an operator's client sees, route by route.
class TstApi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void probes_data() { engines(); }
    void probes();
    void doorsAreClosed_data() { engines(); }
    void doorsAreClosed();
    void customers_data() { engines(); }
    void customers();
    void tierChangeIsFoundInTheAuditLog_data() { engines(); }
    void tierChangeIsFoundInTheAuditLog();
    void notes_data() { engines(); }
    void notes();
    void auditExport_data() { engines(); }
    void auditExport();
    void customerExportIsRecorded_data() { engines(); }
    void customerExportIsRecorded();
    void views_data() { engines(); }
    void views();
    void auditorReadsOnly_data() { engines(); }
    void auditorReadsOnly();
    void deliveryFigures_data() { engines(); }
    void deliveryFigures();
    void messages_data() { engines(); }
    void messages();
    void messageExport_data() { engines(); }
    void messageExport();
    void aMessageIsSentAgain_data() { engines(); }
    void aMessageIsSentAgain();
    void suppressions_data() { engines(); }
    void suppressions();
    void mailTemplates_data() { engines(); }
    void mailTemplates();
    void webhooks_data() { engines(); }
    void webhooks();
    void eventsArrive_data() { engines(); }
    void receiversAreClosed_data() { engines(); }
    void receiversAreClosed();
    void eventsArrive();
    void everyRouteWasCalled();

private:
    static void engines();
    PlatformFixture &platform() const;
    static QString firstTeam(PlatformFixture &p, const QString &tier);
    static void addMail(PlatformFixture &p);
    static QString webhookOf(ports::WebhookOutcome outcome);
    static QJsonArray listOf(const Answer &answer, const char *member);
    QHash<int, std::shared_ptr<PlatformFixture>> m_platforms;
};

void TstApi::engines()
{
    test::addEngineRows();
}

PlatformFixture &TstApi::platform() const
{
    QFETCH(storage::Engine, engine);
    return *m_platforms.value(static_cast<int>(engine));
}

void TstApi::initTestCase()
{
    for (const auto engine : {storage::Engine::Sqlite, storage::Engine::PostgreSql}) {
        auto fixture = std::make_shared<PlatformFixture>(engine);
        QCOMPARE(fixture->prepare(), QString());
        addMail(*fixture);
        QCOMPARE(fixture->startServer(), QString());
        m_platforms.insert(static_cast<int>(engine), fixture);
    }
}

void TstApi::cleanupTestCase()
{
    for (const auto &fixture : std::as_const(m_platforms))
        QCOMPARE(fixture->server().terminate(), 0);
}

QString TstApi::firstTeam(PlatformFixture &p, const QString &tier)
{
    const Answer answer = p.admin().get(p.prefix() + QStringLiteral("/customers?limit=1&tier=") + tier);
    return answer.json()
        .value(QLatin1StringView("customers"))
        .toArray()
        .at(0)
        .toObject()
        .value(QLatin1StringView("team_id"))
        .toString();
}

void TstApi::probes()
{
    const HttpClient http = platform().anonymous();
    QCOMPARE(http.get(QStringLiteral("/livez")).json().value(QLatin1StringView("alive")), QJsonValue(true));
    const Answer health = http.get(QStringLiteral("/healthz"));
    QCOMPARE(health.status, 200);
    QCOMPARE(health.json().value(QLatin1StringView("migration_version")),
             QJsonValue(storage::embeddedMigrations(storage::Engine::Sqlite).constLast().filename.left(4)));
    QCOMPARE(health.json().value(QLatin1StringView("migration_status")), QJsonValue(QStringLiteral("ok")));
    QCOMPARE(health.headers.value("cache-control"), QByteArray("no-store"));
    const Answer ready = http.get(QStringLiteral("/readyz?verbose"));
    QCOMPARE(ready.status, 200);
    QVERIFY(!ready.json().value(QLatin1StringView("checks")).toArray().isEmpty());
    QVERIFY(http.get(QStringLiteral("/metrics")).body.contains("instant_http_request_duration_seconds"));
    QVERIFY(http.get(QStringLiteral("/.well-known/security.txt")).body.contains("Contact:"));
    QCOMPARE(http.get(QStringLiteral("/security.txt")).status, 200);
    const Answer document = http.get(QStringLiteral("/openapi.json"));
    QCOMPARE(document.status, 200);
    QVERIFY(!document.body.contains("customers"));
    QVERIFY(!document.body.contains(platform().prefix().toLatin1()));
}

void TstApi::doorsAreClosed()
{
    PlatformFixture &p = platform();
    const Answer nobody = p.anonymous().get(p.prefix() + QStringLiteral("/customers"));
    QCOMPARE(nobody.status, 401);
    QVERIFY(nobody.headers.value("www-authenticate").startsWith("Bearer"));
    QCOMPARE(nobody.json().value(QLatin1StringView("retry_after_seconds")), QJsonValue(QJsonValue::Null));
    QCOMPARE(p.admin().get(QStringLiteral("/api/v1/admin/customers")).status, 404);
    QCOMPARE(HttpClient(p.server().port(), QStringLiteral("ink_wrong"))
                 .get(p.prefix() + QStringLiteral("/customers"))
                 .status,
             401);
    QCOMPARE(p.admin().request("PATCH", p.prefix() + QStringLiteral("/customers")).status, 405);
    const Answer me = p.admin().get(QStringLiteral("/auth/me"));
    QCOMPARE(me.status, 200);
    QCOMPARE(QStringLiteral("/api/v1/") + me.json().value(QLatin1StringView("admin_path_prefix")).toString(),
             p.prefix());
    QCOMPARE(p.anonymous().get(QStringLiteral("/auth/me")).status, 401);
}

void TstApi::customers()
{
    PlatformFixture &p = platform();
    QSet<QString> seen;
    QString cursor;
    qint64 total = -1;
    do {
        const Answer page =
            p.admin().get(p.prefix() + QStringLiteral("/customers?limit=25&sort_by=name&order=asc&cursor=") + cursor);
        QCOMPARE(page.status, 200);
        total = page.json().value(QLatin1StringView("total")).toInteger();
        const QJsonArray rows = page.json().value(QLatin1StringView("customers")).toArray();
        for (const QJsonValue &row : rows) {
            const QString id = row.toObject().value(QLatin1StringView("team_id")).toString();
            QVERIFY2(!seen.contains(id), "a row came twice");
            seen.insert(id);
        }
        cursor = page.json().value(QLatin1StringView("next_cursor")).toString();
    } while (!cursor.isEmpty());
    QCOMPARE(seen.size(), total);
    QCOMPARE(p.admin().get(p.prefix() + QStringLiteral("/customers?sort_by=mrr;drop")).error(),
             QStringLiteral("invalid_sort_by"));
    const Answer unknownTier = p.admin().get(p.prefix() + QStringLiteral("/customers?tier=platinum"));
    QCOMPARE(unknownTier.status, 200);
    QCOMPARE(unknownTier.json().value(QLatin1StringView("total")).toInteger(), 0);
    QCOMPARE(p.admin().get(p.prefix() + QStringLiteral("/customers/sums")).status, 200);
    QCOMPARE(p.admin().get(p.prefix() + QStringLiteral("/overview")).status, 200);
    QCOMPARE(p.admin().get(p.prefix() + QStringLiteral("/health")).status, 200);
    QCOMPARE(p.admin().get(p.prefix() + QStringLiteral("/session")).status, 200);
    QCOMPARE(p.admin().get(p.prefix() + QStringLiteral("/customers/not-a-uuid")).error(),
             QStringLiteral("invalid_team_id"));
    QCOMPARE(p.admin().get(p.prefix() + QStringLiteral("/customers/99999999-9999-4999-8999-999999999999")).error(),
             QStringLiteral("team_not_found"));
}

void TstApi::tierChangeIsFoundInTheAuditLog()
{
    PlatformFixture &p = platform();
    const QString team = firstTeam(p, QStringLiteral("hobby"));
    const QString base = p.prefix() + QStringLiteral("/customers/") + team;
    const QJsonObject change{{QStringLiteral("tier"), QStringLiteral(" PRO ")},
                             {QStringLiteral("reason"), QStringLiteral("annual deal signed")}};
    QCOMPARE(p.admin().postJson(base + QStringLiteral("/tier/preview"), change).status, 200);
    QCOMPARE(p.admin()
                 .postJson(base + QStringLiteral("/tier"), {{QStringLiteral("tier"), QStringLiteral("anonymous")},
                                                            {QStringLiteral("reason"), QStringLiteral("x")}})
                 .error(),
             QStringLiteral("invalid_tier"));
    QCOMPARE(
        p.admin().postJson(base + QStringLiteral("/tier"), {{QStringLiteral("tier"), QStringLiteral("pro")}}).error(),
        QStringLiteral("missing_reason"));
    const Answer done = p.admin().postJson(base + QStringLiteral("/tier"), change);
    QCOMPARE(done.status, 200);
    QCOMPARE(done.json().value(QLatin1StringView("to")).toString(), QStringLiteral("pro"));
    QVERIFY(
        done.json().value(QLatin1StringView("agent_action")).toString().startsWith(QLatin1StringView("Tell the user")));
    QCOMPARE(p.admin().postJson(base + QStringLiteral("/tier"), change).error(), QStringLiteral("tier_unchanged"));
    QCOMPARE(p.admin()
                 .get(base)
                 .json()
                 .value(QLatin1StringView("customer"))
                 .toObject()
                 .value(QLatin1StringView("tier"))
                 .toString(),
             QStringLiteral("pro"));
    const Answer audit =
        p.admin().get(p.prefix() + QStringLiteral("/audit?kind=admin.tier_changed&limit=1&team_id=") + team);
    QCOMPARE(audit.status, 200);
    QVERIFY(audit.body.contains("annual deal signed"));
    QVERIFY(audit.body.contains(PlatformFixture::operatorEmail));
}

void TstApi::notes()
{
    PlatformFixture &p = platform();
    const QString base = p.prefix() + QStringLiteral("/customers/%1/notes").arg(firstTeam(p, QStringLiteral("free")));
    QCOMPARE(p.admin().postJson(base, {{QStringLiteral("body"), QStringLiteral("  ")}}).error(),
             QStringLiteral("missing_body"));
    const Answer added = p.admin().postJson(base, {{QStringLiteral("body"), QStringLiteral("asked for an invoice")}});
    QCOMPARE(added.status, 201);
    const QString id =
        added.json().value(QLatin1StringView("note")).toObject().value(QLatin1StringView("id")).toString();
    QVERIFY(p.admin().get(base).body.contains("asked for an invoice"));
    QCOMPARE(p.admin().del(p.prefix() + QStringLiteral("/notes/") + id).status, 200);
    QCOMPARE(p.admin().del(p.prefix() + QStringLiteral("/notes/") + id).error(), QStringLiteral("note_not_found"));
}

void TstApi::auditExport()
{
    PlatformFixture &p = platform();
    const Answer csv = p.admin().get(p.prefix() + QStringLiteral("/audit/export?format=csv&kind=subscription.*"));
    QCOMPARE(csv.status, 200);
    QVERIFY(csv.body.contains("subscription."));
    const Answer lines = p.admin().get(p.prefix() + QStringLiteral("/audit/export?format=jsonl&kind=subscription.*"));
    QCOMPARE(lines.status, 200);
    QVERIFY(QJsonDocument::fromJson(lines.body.split('\n').constLast().isEmpty()
                                        ? lines.body.split('\n').at(lines.body.count('\n') - 1)
                                        : lines.body.split('\n').constLast())
                .isObject());
}

void TstApi::customerExportIsRecorded()
{
    PlatformFixture &p = platform();
    const QString exports = p.prefix() + QStringLiteral("/customers/exports");
    const QJsonObject filter{{QStringLiteral("tier"), QJsonArray{QStringLiteral("pro")}}};
    QCOMPARE(p.admin()
                 .postJson(exports, {{QStringLiteral("rows"), 3}, {QStringLiteral("format"), QStringLiteral("xlsx")}})
                 .error(),
             QStringLiteral("invalid_format"));
    QCOMPARE(p.admin().postJson(exports, {{QStringLiteral("format"), QStringLiteral("csv")}}).error(),
             QStringLiteral("invalid_body"));
    QCOMPARE(p.anonymous().postJson(exports, {}).status, 401);
    const Answer recorded = p.auditor().postJson(exports, {{QStringLiteral("rows"), 3},
                                                           {QStringLiteral("format"), QStringLiteral("csv")},
                                                           {QStringLiteral("filter"), filter}});
    QCOMPARE(recorded.status, 201);
    const Answer audit = p.admin().get(p.prefix() + QStringLiteral("/audit?kind=admin.customers_exported"));
    QVERIFY2(audit.body.count("3 customers exported as csv (tier=pro)") == 1, audit.body.constData());
}

void TstApi::views()
{
    PlatformFixture &p = platform();
    const Answer saved = p.admin().postJson(p.prefix() + QStringLiteral("/views"),
                                            {{QStringLiteral("screen"), QStringLiteral("customers")},
                                             {QStringLiteral("name"), QStringLiteral("Big ones")},
                                             {QStringLiteral("query"), QStringLiteral("mrr>=40")},
                                             {QStringLiteral("sort"), QStringLiteral("mrr:desc")},
                                             {QStringLiteral("shared"), false}});
    QVERIFY2(saved.status == 200 || saved.status == 201, saved.body.constData());
    const Answer list = p.admin().get(p.prefix() + QStringLiteral("/views?screen=customers"));
    QVERIFY(list.body.contains("Big ones"));
    const QString id =
        saved.json().value(QLatin1StringView("view")).toObject().value(QLatin1StringView("id")).toString();
    QCOMPARE(p.admin().del(p.prefix() + QStringLiteral("/views/") + id).status, 200);
}

void TstApi::auditorReadsOnly()
{
    PlatformFixture &p = platform();
    const QString team = firstTeam(p, QStringLiteral("free"));
    QCOMPARE(p.auditor().get(p.prefix() + QStringLiteral("/audit")).status, 200);
    const Answer refused = p.auditor().postJson(
        p.prefix() + QStringLiteral("/customers/%1/tier").arg(team),
        {{QStringLiteral("tier"), QStringLiteral("pro")}, {QStringLiteral("reason"), QStringLiteral("no")}});
    QCOMPARE(refused.status, 403);
    QCOMPARE(p.admin()
                 .get(p.prefix() + QStringLiteral("/customers/") + team)
                 .json()
                 .value(QLatin1StringView("customer"))
                 .toObject()
                 .value(QLatin1StringView("tier"))
                 .toString(),
             QStringLiteral("free"));
}

/// The customers of the mail seed and their mail, as of now.
void TstApi::addMail(PlatformFixture &p)
{
    const test::Dataset all = test::smallDataset();
    test::Dataset customers;
    customers.teams = all.teams.first(4);
    for (const test::SeedUser &user : all.users) {
        if (std::any_of(customers.teams.begin(), customers.teams.end(),
                        [&user](const test::SeedTeam &team) { return team.id == user.team; }))
            customers.users.append(user);
    }
    const auto connection = storage::Connection::open(p.database());
    QVERIFY(connection.ok());
    QVERIFY(test::writePeople(**connection, customers).ok());
    test::seedMail(**connection, QDateTime::currentDateTimeUtc());
}

QString TstApi::webhookOf(ports::WebhookOutcome outcome)
{
    for (const test::SeedWebhook &webhook : test::mailSeed().webhooks) {
        if (webhook.entry.outcome == outcome)
            return webhook.entry.id.toString();
    }
    return {};
}

QJsonArray TstApi::listOf(const Answer &answer, const char *member)
{
    return answer.json().value(QLatin1StringView(member)).toArray();
}

void TstApi::deliveryFigures()
{
    PlatformFixture &p = platform();
    const QString email = p.prefix() + QStringLiteral("/email");
    const Answer figures = p.admin().get(email + QStringLiteral("/figures"));
    QCOMPARE(figures.status, 200);
    const QJsonObject object = figures.json().value(QLatin1StringView("figures")).toObject();
    const QJsonObject counts = object.value(QLatin1StringView("counts")).toObject();
    qint64 accepted = 0;
    for (const QString &outcome : counts.keys())
        accepted += outcome == QLatin1String("rejected") ? 0 : counts.value(outcome).toInteger();
    QVERIFY(accepted >= 190);
    QCOMPARE(object.value(QLatin1StringView("accepted")).toInteger(), accepted);
    const double settled =
        object.value(QLatin1StringView("ratios")).toObject().value(QLatin1StringView("settled")).toDouble();
    QVERIFY(settled > 0.5 && settled < 1);
    const QString today = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    const QString from = QDateTime::currentDateTimeUtc().addDays(-7).toString(Qt::ISODate);
    const Answer series = p.auditor().get(email + QStringLiteral("/series?from=%1&until=%2").arg(from, today));
    QCOMPARE(series.status, 200);
    QCOMPARE(series.json().value(QLatin1StringView("step_seconds")).toInteger(), 86400);
    QCOMPARE(listOf(series, "cohorts").size(), 8);
    QCOMPARE(p.admin().get(email + QStringLiteral("/series")).error(), QStringLiteral("invalid_range"));
    QVERIFY(!listOf(p.admin().get(email + QStringLiteral("/groups?by=domain&limit=3")), "groups").isEmpty());
    QCOMPARE(p.admin().get(email + QStringLiteral("/groups?by=colour")).error(), QStringLiteral("invalid_dimension"));
    const Answer health = p.admin().get(email + QStringLiteral("/health"));
    QCOMPARE(health.status, 200);
    QVERIFY(health.body.contains("\"parked\":"));
    QCOMPARE(p.anonymous().get(email + QStringLiteral("/figures")).status, 401);
}

void TstApi::messages()
{
    PlatformFixture &p = platform();
    const QString messages = p.prefix() + QStringLiteral("/email/messages");
    QSet<QString> seen;
    QString cursor;
    do {
        const Answer page = p.admin().get(messages + QStringLiteral("?limit=60&domain=acme.test&cursor=") + cursor);
        QCOMPARE(page.status, 200);
        for (const QJsonValue &row : listOf(page, "messages")) {
            seen.insert(row.toObject().value(QLatin1StringView("id")).toString());
            QCOMPARE(row.toObject().value(QLatin1StringView("recipient")).toString(), QStringLiteral("o***@acme.test"));
        }
        cursor = page.json().value(QLatin1StringView("next_cursor")).toString();
    } while (!cursor.isEmpty());
    QVERIFY(seen.size() >= 30);
    const Answer one = p.admin().get(messages + QLatin1Char('/') + *seen.begin());
    QCOMPARE(one.status, 200);
    QVERIFY(one.body.contains("\"timeline\":[{"));
    QVERIFY(!one.body.contains("olivia@acme.test"));
    QCOMPARE(p.admin().get(messages + QStringLiteral("/nobody")).error(), QStringLiteral("message_not_found"));
    QCOMPARE(p.admin().get(messages + QStringLiteral("?limit=0")).error(), QStringLiteral("invalid_limit"));
    QCOMPARE(p.admin().get(messages + QStringLiteral("?outcomes=hard")).error(), QStringLiteral("unknown_parameter"));
    QCOMPARE(p.admin().get(messages + QStringLiteral("?outcome=eaten")).error(), QStringLiteral("invalid_value"));
}

void TstApi::messageExport()
{
    PlatformFixture &p = platform();
    const QString url = p.prefix() + QStringLiteral("/email/messages/export");
    const Answer csv = p.auditor().get(url + QStringLiteral("?outcome=hard"));
    QCOMPARE(csv.status, 200);
    QVERIFY(csv.headers.value("content-type").startsWith("text/csv"));
    QVERIFY(csv.headers.value("content-disposition").contains("email.csv"));
    QVERIFY(csv.body.contains("# e-mail export; filter: outcome=hard"));
    QVERIFY(csv.body.contains("550 5.1.1 no such user"));
    const Answer lines = p.admin().get(url + QStringLiteral("?format=jsonl&class=complaint"));
    QVERIFY(QJsonDocument::fromJson(lines.body.split('\n').first()).isObject());
    QCOMPARE(p.admin().get(url + QStringLiteral("?format=xlsx")).error(), QStringLiteral("invalid_format"));
    const Answer audit = p.admin().get(p.prefix() + QStringLiteral("/audit?kind=admin.email_exported"));
    QVERIFY(audit.body.contains("E-mail messages exported as csv (outcome=hard)"));
}

void TstApi::aMessageIsSentAgain()
{
    PlatformFixture &p = platform();
    const QString messages = p.prefix() + QStringLiteral("/email/messages");
    const Answer list =
        p.admin().get(messages + QStringLiteral("?to=bob@bravo.test&class=delivered&template=near_quota_wall"));
    QString id;
    for (const QJsonValue &row : listOf(list, "messages")) {
        if (row.toObject().value(QLatin1StringView("audit_id")).isString())
            id = row.toObject().value(QLatin1StringView("id")).toString();
    }
    QVERIFY(!id.isEmpty());
    const QString again = messages + QLatin1Char('/') + id + QStringLiteral("/resend");
    const QJsonObject why{{QStringLiteral("reason"), QStringLiteral("it never arrived")}};
    QCOMPARE(p.admin().postJson(again, {}).error(), QStringLiteral("missing_reason"));
    QCOMPARE(p.auditor().postJson(again, why).status, 403);
    const Answer queued = p.admin().postJson(again, why);
    QCOMPARE(queued.status, 201);
    const QString copy = queued.json().value(QLatin1StringView("message_id")).toString();
    QVERIFY(copy.startsWith(QLatin1String("resend-")));
    QVERIFY(p.admin().get(messages + QLatin1Char('/') + copy).body.contains("\"template\":\"near_quota_wall\""));
    QCOMPARE(p.admin().get(p.prefix() + QStringLiteral("/audit?kind=admin.email_resent")).body.count(copy.toLatin1()),
             1);
    const Answer repair = p.admin().postJson(p.prefix() + QStringLiteral("/email/repair"), {});
    QCOMPARE(repair.status, 202);
    QCOMPARE(p.auditor().postJson(p.prefix() + QStringLiteral("/email/repair"), {}).status, 403);
}

void TstApi::suppressions()
{
    PlatformFixture &p = platform();
    const QString url = p.prefix() + QStringLiteral("/email/suppressions");
    const Answer list = p.admin().get(url + QStringLiteral("?q=snake"));
    QCOMPARE(listOf(list, "suppressions").size(), 1);
    const auto lift = [&](const HttpClient &http, const char *email, const char *reason) {
        return http.postJson(url + QStringLiteral("/lift"), {{QStringLiteral("email"), QString::fromLatin1(email)},
                                                             {QStringLiteral("reason"), QString::fromLatin1(reason)}});
    };
    QCOMPARE(lift(p.admin(), "noah@snake.test", "").error(), QStringLiteral("missing_reason"));
    QCOMPARE(lift(p.admin(), "noah", "x").error(), QStringLiteral("invalid_email"));
    QCOMPARE(lift(p.admin(), "una@example.org", "x").error(), QStringLiteral("unsubscribed"));
    QCOMPARE(lift(p.auditor(), "noah@snake.test", "x").status, 403);
    QCOMPARE(lift(p.admin(), "noah@snake.test", "their mailbox works again").status, 200);
    QCOMPARE(lift(p.admin(), "noah@snake.test", "again").error(), QStringLiteral("not_suppressed"));
    QCOMPARE(listOf(p.admin().get(url + QStringLiteral("?q=snake")), "suppressions").size(), 0);
    const Answer audit = p.admin().get(p.prefix() + QStringLiteral("/audit?kind=admin.suppression_lifted"));
    QVERIFY(audit.body.contains("n***@snake.test") && !audit.body.contains("noah@snake.test"));
}

void TstApi::mailTemplates()
{
    PlatformFixture &p = platform();
    const QString url = p.prefix() + QStringLiteral("/email/templates");
    const Answer all = p.admin().get(url);
    const Answer one = p.admin().get(url + QStringLiteral("/digest.weekly/preview"));
    QCOMPARE(all.status, 200);
    QVERIFY(listOf(all, "templates").size() > 20);
    QCOMPARE(one.status, 200);
    QVERIFY(one.body.contains("\"html\":"));
    QCOMPARE(p.admin().get(url + QStringLiteral("/auth.login/preview")).error(), QStringLiteral("template_not_found"));
}

void TstApi::webhooks()
{
    PlatformFixture &p = platform();
    const QString url = p.prefix() + QStringLiteral("/webhooks");
    const QString id = webhookOf(ports::WebhookOutcome::Unparseable);
    const Answer list = p.admin().get(url + QStringLiteral("?outcome=unparseable&limit=500"));
    QCOMPARE(list.status, 200);
    QVERIFY(list.body.contains(id.toLatin1()));
    const Answer one = p.admin().get(url + QLatin1Char('/') + id);
    const QJsonObject webhook = one.json().value(QLatin1StringView("webhook")).toObject();
    const QByteArray body =
        QByteArray::fromBase64(webhook.value(QLatin1StringView("body_base64")).toString().toLatin1());
    QVERIFY(body.contains("\xff\xfe"));
    QVERIFY(webhook.value(QLatin1StringView("verdict")).toString().contains(QLatin1String("refused with 400")));
    QVERIFY(one.body.contains("[redacted]"));
    QCOMPARE(p.admin().get(url + QStringLiteral("/7")).error(), QStringLiteral("invalid_webhook_id"));
    QCOMPARE(p.admin().get(url + QStringLiteral("/99999999-9999-4999-8999-999999999999")).error(),
             QStringLiteral("webhook_not_found"));
    QCOMPARE(p.admin().get(url + QStringLiteral("?payload=payload.a")).error(),
             QStringLiteral("invalid_payload_filter"));
    QVERIFY(listOf(p.auditor().get(url + QStringLiteral("/receivers")), "receivers").size() >= 3);
    QCOMPARE(p.admin().postJson(url + QLatin1Char('/') + id + QStringLiteral("/replay"), {}).error(),
             QStringLiteral("invalid_payload"));
    const QString replay =
        url + QLatin1Char('/') + webhookOf(ports::WebhookOutcome::Failed) + QStringLiteral("/replay");
    QCOMPARE(p.auditor().postJson(replay, {}).status, 403);
    const Answer dry = p.admin().postJson(replay, {});
    QCOMPARE(dry.status, 200);
    QVERIFY2(dry.body.contains("\"dry_run\":true") && dry.body.contains("\"after\":\"delivered\""),
             dry.body.constData());
    const QString records = p.prefix() + QStringLiteral("/audit?kind=admin.webhook_replayed");
    const qsizetype before = listOf(p.admin().get(records), "entries").size();
    const Answer applied = p.admin().postJson(replay, {{QStringLiteral("dry_run"), false}});
    QVERIFY2(applied.body.contains("\"outcome\":\"applied\""), applied.body.constData());
    QVERIFY(
        p.admin().postJson(replay, {{QStringLiteral("dry_run"), false}}).body.contains("\"outcome\":\"no_change\""));
    QCOMPARE(listOf(p.admin().get(records), "entries").size(), before + 2);
}

/// Without a secret nobody may send; tst_mail_chaos sends with one.
void TstApi::receiversAreClosed()
{
    PlatformFixture &p = platform();
    const auto post = [&p](const char *target) { return p.anonymous().postJson(QString::fromLatin1(target), {}); };
    QCOMPARE(post("/webhooks/brevo/guessed").error(), QStringLiteral("brevo_secret_mismatch"));
    QCOMPARE(post("/api/v1/email/webhook/brevo").error(), QStringLiteral("invalid_signature"));
    QCOMPARE(post("/api/v1/email/webhook/ses").error(), QStringLiteral("invalid_signature"));
}

void TstApi::eventsArrive()
{
    PlatformFixture &p = platform();
    QVERIFY(p.admin().readUntil(p.prefix() + QStringLiteral("/events"), "text/event-stream").contains("200"));
}

void TstApi::everyRouteWasCalled()
{
    PlatformFixture &p = *m_platforms.value(static_cast<int>(storage::Engine::Sqlite));
    QStringList missing;
    int operations = 0;
    for (const QStringList &arguments :
         {QStringList{QStringLiteral("openapi")}, QStringList{QStringLiteral("openapi"), QStringLiteral("--admin")}}) {
        const auto printed = functional::runBinary(arguments, p.environment());
        QCOMPARE(printed.exitCode, 0);
        const QJsonObject document = QJsonDocument::fromJson(printed.out.toUtf8()).object();
        const QJsonObject paths = document.value(QLatin1StringView("paths")).toObject();
        const QString base = arguments.contains(QStringLiteral("--admin")) ? p.prefix() : QString();
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            QString pattern = QRegularExpression::escape(base + path.key());
            pattern.replace(QRegularExpression(QStringLiteral("\\\\\\{[^}]*\\\\\\}")), QStringLiteral("[^/]+"));
            for (const QString &method : path.value().toObject().keys()) {
                if (method == QLatin1StringView("parameters") || method.startsWith(QLatin1StringView("x-")))
                    continue;
                ++operations;
                const QRegularExpression wanted(QLatin1Char('^') + method.toUpper() + QLatin1Char(' ') + pattern +
                                                QLatin1Char('$'));
                const bool called = std::any_of(HttpClient::called().begin(), HttpClient::called().end(),
                                                [&](const QString &call) { return wanted.match(call).hasMatch(); });
                if (!called)
                    missing << method.toUpper() + QLatin1Char(' ') + path.key();
            }
        }
    }
    QVERIFY(operations >= 20);
    QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("never called: ") + missing.join(QStringLiteral(", "))));
}

REGISTER_SUITE(api, TstApi)
#include "tst_api.moc"
