#include "services/security/jwt.h"
#include "services/wire/routes.h"
#include "tests/support/fake_backend.h"
#include "tests/support/test_host.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using test::WebAnswer;
using test::webSend;

namespace {

const QByteArray jwtSecret = "a secret of the test";

test::HostOptions hostOptions()
{
    test::HostOptions options = test::TestHost::options();
    options.session.jwtSecret = jwtSecret;
    return options;
}

/// A host over the fake, its small data set behind the real front end.
struct Site {
    explicit Site(test::HostOptions options = hostOptions())
        : host({fake, fake.access(), fake.plans(), fake.clock()}, std::move(options))
    {
    }
    WebAnswer get(const QByteArray &path, const QString &token) { return webSend("GET", host.adminUrl(path), token); }
    WebAnswer post(const QByteArray &path, const QString &token, const QByteArray &body)
    {
        return webSend("POST", host.adminUrl(path), token, body);
    }
    QString session(const test::SeedUser &user, QJsonObject more = {})
    {
        more.insert(QLatin1StringView("uid"), user.user.id.toString());
        more.insert(QLatin1StringView("tid"), user.team.toString());
        more.insert(QLatin1StringView("email"), user.user.email);
        more.insert(QLatin1StringView("exp"), fake.clock().now().toSecsSinceEpoch() + 600);
        return QString::fromLatin1(security::signJwt(more, jwtSecret));
    }
    /// The `admin.access` rows, oldest first, once everything queued is stored.
    QList<QJsonObject> accesses()
    {
        host.auditor().drain(std::chrono::seconds(30));
        QList<QJsonObject> rows;
        const auto audit = fake.data().audit;
        for (const domain::AuditEntry &entry : audit) {
            if (entry.kind == QLatin1StringView("admin.access") && entry.metadata.contains("127.0.0.1"))
                rows << QJsonDocument::fromJson(entry.metadata).object();
        }
        return rows;
    }

    test::FakeBackend fake;
    test::TestHost host;
};

QByteArray team(quint32 number)
{
    return "/customers/" + test::teamId(number).toString().toLatin1();
}

QJsonObject withoutRequestId(const WebAnswer &answer)
{
    QJsonObject body = answer.json();
    body.remove(QLatin1StringView("request_id"));
    return body;
}

} // namespace

class TstAdminGates : public QObject {
    Q_OBJECT
private slots:
    void thePlainPathIsNothing()
    {
        Site site;
        const QString token = site.host.token();
        for (const char *path : {"/api/v1/admin/customers", "/api/v1/customers", "/api/v1/admin"}) {
            const WebAnswer answer = webSend("GET", site.host.url().toEncoded() + path, token);
            QCOMPARE(answer.status, 404);
            QCOMPARE(answer.json().value(QLatin1StringView("error")).toString(), QStringLiteral("not_found"));
        }
        const QByteArray swapped =
            site.host.adminUrl("/customers").replace(test::hostPrefix, QByteArray(test::hostPrefix).toLower());
        QCOMPARE(webSend("GET", swapped, token).status, 404);
    }

    void withoutAPrefixThereIsNoSurface()
    {
        test::HostOptions options = hostOptions();
        options.admin.prefix.clear();
        Site site(options);
        const QString token = site.host.token();
        for (const wire::AdminRouteInfo &route : wire::adminRoutes()) {
            const QByteArray path = QByteArray(route.path).replace(":team_id", test::teamId(1).toString().toLatin1());
            QCOMPARE(webSend("GET", site.host.url().toEncoded() + "/api/v1/" + path, token).status, 404);
            QCOMPARE(webSend("GET", site.host.url().toEncoded() + "/api/v1" + path, token).status, 404);
        }
        QVERIFY(!webSend("GET", site.host.url().toEncoded() + "/auth/me", token)
                     .json()
                     .contains(QLatin1StringView("admin_path_prefix")));
    }

    void everyRouteWantsACredential()
    {
        Site site;
        for (const wire::AdminRouteInfo &route : wire::adminRoutes()) {
            QByteArray path = route.path;
            path.replace(":team_id", test::teamId(1).toString().toLatin1())
                .replace(":note_id", "x")
                .replace(":view_id", "x");
            const WebAnswer answer = webSend(route.method, site.host.adminUrl(path));
            QCOMPARE(answer.status, 401);
            QCOMPARE(answer.header("WWW-Authenticate"), QByteArray("Bearer realm=\"instanode\""));
            QCOMPARE(answer.json().value(QLatin1StringView("error")).toString(), QStringLiteral("unauthorized"));
            QCOMPARE(answer.json().value(QLatin1StringView("error_code")).toString(),
                     QStringLiteral("missing_credentials"));
        }
        QVERIFY2(site.accesses().isEmpty(), "a caller nobody knows leaves no row");
    }

    void unusableCredentialsAreRefused_data()
    {
        QTest::addColumn<QString>("token");
        QTest::newRow("unknown token") << QStringLiteral("ink_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        QTest::newRow("nonsense") << QStringLiteral("nonsense");
        QTest::newRow("foreign signature") << QString::fromLatin1(
            security::signJwt({{QStringLiteral("exp"), qint64(9'999'999'999)}}, "another secret"));
    }
    void unusableCredentialsAreRefused()
    {
        QFETCH(QString, token);
        Site site;
        const WebAnswer answer = site.get("/overview", token);
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.json().value(QLatin1StringView("error_code")).toString(), QStringLiteral("malformed_token"));
    }

    void revokedTokensAreRefused()
    {
        Site site;
        const QString token = site.host.token();
        QCOMPARE(site.get("/overview", token).status, 200);
        ports::CallContext context;
        const auto tokens = test::await(site.fake.access().tokens(context));
        QVERIFY(tokens.ok());
        QVERIFY(test::await(site.fake.access().revoke(context, tokens->first().id)).ok());
        QCOMPARE(site.get("/overview", token).status, 401);
    }

    void anEmptyListRejectsEverybody()
    {
        test::HostOptions options = hostOptions();
        options.admin.emails.clear();
        Site site(options);
        const QString founder = site.host.token(domain::Scope::Admin, QStringLiteral("founder@instanode.dev"));
        for (const wire::AdminRouteInfo &route : wire::adminRoutes()) {
            QByteArray path = route.path;
            path.replace(":team_id", test::teamId(1).toString().toLatin1())
                .replace(":note_id", "x")
                .replace(":view_id", "x");
            const WebAnswer answer = webSend(route.method, site.host.adminUrl(path), founder,
                                             qstrcmp(route.method, "POST") == 0 ? QByteArray("{}") : QByteArray());
            QCOMPARE(answer.status, 403);
            QCOMPARE(answer.json().value(QLatin1StringView("error")).toString(), QStringLiteral("forbidden"));
        }
    }

    void refusalsOfBothGatesLookTheSameAndAreAudited()
    {
        test::HostOptions options = hostOptions();
        options.admin.rateLimit = 2;
        Site site(options);
        const QString stranger = site.host.token(domain::Scope::Admin, QStringLiteral("stranger@example.com"));
        const WebAnswer unlisted = site.get("/overview", stranger);
        site.get("/overview", stranger);
        const WebAnswer limited = site.get("/overview", stranger);
        QCOMPARE(unlisted.status, 403);
        QCOMPARE(limited.status, 403);
        QCOMPARE(withoutRequestId(limited), withoutRequestId(unlisted));
        QVERIFY(limited.header("Retry-After").isEmpty());
        QStringList names, sameNames;
        for (const auto &[name, value] : unlisted.headers)
            names << QString::fromLatin1(name);
        for (const auto &[name, value] : limited.headers)
            sameNames << QString::fromLatin1(name);
        QCOMPARE(sameNames, names);

        const QList<QJsonObject> rows = site.accesses();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows.at(1).value(QLatin1StringView("denied_by")).toString(), QStringLiteral("allowlist_miss"));
        QCOMPARE(rows.at(2).value(QLatin1StringView("denied_by")).toString(), QStringLiteral("rate_limit"));
        QCOMPARE(rows.at(2).value(QLatin1StringView("path_suffix")).toString(), QStringLiteral("overview"));
        QCOMPARE(rows.at(2).value(QLatin1StringView("http_status")).toInt(), 403);
        QCOMPARE(rows.at(2).value(QLatin1StringView("email")).toString(), QStringLiteral("stranger@example.com"));
    }

    void aConsoleInUseIsNotLimited()
    {
        test::HostOptions options = hostOptions();
        options.admin.rateLimit = 1;
        Site site(options);
        const QString token = site.host.token();
        for (int i = 0; i < 40; ++i)
            QCOMPARE(site.get("/session", token).status, 200);
    }

    void successesAreAuditedWithTheirTeam()
    {
        Site site;
        QCOMPARE(site.get(team(test::seed::acme), site.host.token()).status, 200);
        const QList<QJsonObject> rows = site.accesses();
        QCOMPARE(rows.size(), 1);
        QVERIFY(!rows.first().contains(QLatin1StringView("denied_by")));
        QCOMPARE(rows.first().value(QLatin1StringView("http_status")).toInt(), 200);
        QVERIFY(!QJsonDocument(rows.first()).toJson().contains(test::hostPrefix));
        const auto audit = site.fake.data().audit;
        QCOMPARE(audit.last().team, std::optional(test::teamId(test::seed::acme)));
    }

    void aSlowAuditDoesNotHoldUpReads()
    {
        Site site;
        const QString token = site.host.token();
        site.fake.hold(test::Method::RecordAccess);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(site.get("/customers", token).status, 200);
        QTRY_COMPARE(site.host.auditor().figures().waiting, 5);
        site.fake.release(test::Method::RecordAccess);
        QCOMPARE(site.accesses().size(), 5);
    }

    void auditorsOnlyRead()
    {
        Site site;
        const QString auditor = site.host.token(domain::Scope::Auditor, QStringLiteral("auditor@example.com"));
        QCOMPARE(site.get("/customers", auditor).status, 200);
        QCOMPARE(site.get("/audit", auditor).status, 200);
        const WebAnswer change =
            site.post(team(test::seed::bravo) + "/tier", auditor, R"({"tier":"pro","reason":"x"})");
        QCOMPARE(change.status, 403);
        QCOMPARE(change.json().value(QLatin1StringView("error")).toString(), QStringLiteral("forbidden"));
        QCOMPARE(site.post(team(test::seed::bravo) + "/notes", auditor, R"({"body":"x"})").status, 403);
        QCOMPARE(site.fake.data().notes.size(), test::smallDataset().notes.size());
    }

    void readOnlySessionsCannotWrite()
    {
        test::HostOptions options = hostOptions();
        Site site(options);
        const test::SeedUser user = site.fake.data().users.first();
        site.host.currentOptions().admin.emails << user.user.email;
        site.host.restart();
        const QString session =
            site.session(user, {{QStringLiteral("read_only"), true},
                                {QStringLiteral("impersonated_by"), QStringLiteral("o@example.com")}});
        QCOMPARE(site.get("/customers", session).status, 200);
        const WebAnswer change =
            site.post(team(test::seed::bravo) + "/tier", session, R"({"tier":"pro","reason":"x"})");
        QCOMPARE(change.status, 403);
        QCOMPARE(change.json().value(QLatin1StringView("error")).toString(), QStringLiteral("read_only_session"));
        QCOMPARE(
            site.post(team(test::seed::bravo) + "/tier", site.session(user), R"({"tier":"pro","reason":"x"})").status,
            200);
    }

    void meTellsThePrefixToOperatorsOnly()
    {
        Site site;
        const auto me = [&site](const QString &token) {
            return webSend("GET", site.host.url().toEncoded() + "/auth/me", token);
        };
        const WebAnswer listed = me(site.host.token());
        QCOMPARE(listed.status, 200);
        QCOMPARE(listed.header("Cache-Control"), QByteArray("no-store"));
        QCOMPARE(listed.json().value(QLatin1StringView("admin_path_prefix")).toString(),
                 QString::fromLatin1(test::hostPrefix));
        QVERIFY(!me(site.host.token(domain::Scope::Admin, QStringLiteral("stranger@example.com")))
                     .json()
                     .contains(QLatin1StringView("admin_path_prefix")));

        const test::SeedUser user = site.fake.data().users.first();
        const WebAnswer customer = me(site.session(user));
        QCOMPARE(customer.status, 200);
        const QJsonObject body = customer.json();
        QCOMPARE(body.value(QLatin1StringView("user_id")).toString(), user.user.id.toString());
        QCOMPARE(body.value(QLatin1StringView("team_id")).toString(), user.team.toString());
        QVERIFY(!body.value(QLatin1StringView("plan_display_name")).toString().isEmpty());
        QVERIFY(body.value(QLatin1StringView("experiments")).toObject().contains(QLatin1StringView("upgrade_button")));
        for (const char *absent : {"admin_path_prefix", "is_platform_admin", "read_only", "impersonated_by"})
            QVERIFY2(!body.contains(QLatin1StringView(absent)), absent);

        const QJsonObject impersonated =
            me(site.session(user, {{QStringLiteral("read_only"), true},
                                   {QStringLiteral("impersonated_by"), QStringLiteral("o@example.com")}}))
                .json();
        QCOMPARE(impersonated.value(QLatin1StringView("read_only")), QJsonValue(true));
        QCOMPARE(impersonated.value(QLatin1StringView("impersonated_by")).toString(), QStringLiteral("o@example.com"));
    }

    void meHasItsOwnErrors()
    {
        Site site;
        const auto error = [&site](const test::SeedUser &user) {
            const WebAnswer answer = webSend("GET", site.host.url().toEncoded() + "/auth/me", site.session(user));
            return QString::number(answer.status) + QLatin1Char(' ') +
                   answer.json().value(QLatin1StringView("error")).toString();
        };
        test::SeedUser user = site.fake.data().users.first();
        user.user.id = domain::UserId::random();
        QCOMPARE(error(user), QStringLiteral("404 user_not_found"));
        user.team = domain::TeamId::random();
        QCOMPARE(error(user), QStringLiteral("404 team_not_found"));
        site.fake.setGone(true);
        QCOMPARE(error(user), QStringLiteral("503 db_error"));
    }

    void listOfCustomersFollowsTheReference()
    {
        Site site;
        const QString token = site.host.token();
        const QJsonObject all = site.get("/customers?limit=5", token).json();
        QCOMPARE(all.value(QLatin1StringView("customers")).toArray().size(), 5);
        QVERIFY(all.value(QLatin1StringView("total")).toInteger() > 5);
        const QJsonObject none = site.get("/customers?tier=platinum", token).json();
        QCOMPARE(none.value(QLatin1StringView("ok")), QJsonValue(true));
        QCOMPARE(none.value(QLatin1StringView("total")).toInteger(), 0);
        QVERIFY(none.value(QLatin1StringView("customers")).isArray());
        const WebAnswer injected = site.get("/customers?tier=platinum&sort_by=mrr%3BDROP", token);
        QCOMPARE(injected.status, 400);
        QCOMPARE(injected.json().value(QLatin1StringView("error")).toString(), QStringLiteral("invalid_sort_by"));
        QVERIFY(injected.json().value(QLatin1StringView("fields")).toObject().contains(QLatin1StringView("sort_by")));
        const QJsonObject hobby = site.get("/customers?tier=hobby,pro&limit=500", token).json();
        const QJsonArray customers = hobby.value(QLatin1StringView("customers")).toArray();
        QVERIFY(!customers.isEmpty());
        for (const QJsonValue &customer : customers)
            QVERIFY(customer.toObject().value(QLatin1StringView("tier")).toString() != QLatin1StringView("team"));
        QCOMPARE(site.get("/customers/sums?tier=platinum", token)
                     .json()
                     .value(QLatin1StringView("sums"))
                     .toObject()
                     .value(QLatin1StringView("count"))
                     .toInteger(),
                 0);
    }

    void badIdsAreNamed()
    {
        Site site;
        const QString token = site.host.token();
        const auto error = [](const WebAnswer &answer) {
            return QString::number(answer.status) + QLatin1Char(' ') +
                   answer.json().value(QLatin1StringView("error")).toString();
        };
        QCOMPARE(error(site.get("/customers/nonsense", token)), QStringLiteral("400 invalid_team_id"));
        QCOMPARE(error(site.get("/customers/" + test::uuid(99999).toByteArray(QUuid::WithoutBraces), token)),
                 QStringLiteral("404 team_not_found"));
        QCOMPARE(error(webSend("DELETE", site.host.adminUrl("/notes/1"), token)),
                 QStringLiteral("400 invalid_note_id"));
        QCOMPARE(error(webSend("DELETE", site.host.adminUrl("/views/1"), token)), QStringLiteral("400 invalid_id"));
        QCOMPARE(error(site.get("/audit?team_id=1", token)), QStringLiteral("400 invalid_team_id"));
        QCOMPARE(error(site.get("/audit/export?format=xml", token)), QStringLiteral("400 invalid_format"));
        QCOMPARE(error(webSend("PUT", site.host.adminUrl("/customers"), token)),
                 QStringLiteral("405 method_not_allowed"));
        QCOMPARE(error(site.post(team(1) + "/tier", token, "{")), QStringLiteral("400 invalid_body"));
        QCOMPARE(error(site.post(team(1) + "/tier", token, "{}")), QStringLiteral("400 invalid_tier"));
        QCOMPARE(error(site.post(team(1) + "/tier", token, R"({"tier":"team"})")),
                 QStringLiteral("400 missing_reason"));
        QCOMPARE(error(site.post(team(1) + "/tier", token, R"({"tier":"pro","reason":"x"})")),
                 QStringLiteral("409 tier_unchanged"));
        QCOMPARE(error(site.post(team(1) + "/notes", token, R"({"body":" "})")), QStringLiteral("400 missing_body"));
        const QByteArray longNote = "{\"body\":\"" + QByteArray(100'000, 'x') + "\"}";
        QCOMPARE(error(site.post(team(1) + "/notes", token, longNote)), QStringLiteral("400 body_too_long"));
    }

    void writesAnswerAsTheReference()
    {
        Site site;
        const QString token = site.host.token();
        const WebAnswer change =
            site.post(team(test::seed::bravo) + "/tier", token, R"({"tier":" PRO ","reason":" ok "})");
        QCOMPARE(change.status, 200);
        QCOMPARE(change.json().value(QLatin1StringView("to")).toString(), QStringLiteral("pro"));
        QVERIFY(change.json()
                    .value(QLatin1StringView("agent_action"))
                    .toString()
                    .startsWith(QStringLiteral("Tell the user")));
        const WebAnswer note = site.post(team(test::seed::bravo) + "/notes", token, R"({"body":" hello "})");
        QCOMPARE(note.status, 201);
        const QJsonObject stored = note.json().value(QLatin1StringView("note")).toObject();
        QCOMPARE(stored.value(QLatin1StringView("author_email")).toString(), QStringLiteral("operator@example.com"));
        const QByteArray id = stored.value(QLatin1StringView("id")).toString().toLatin1();
        const WebAnswer gone = webSend("DELETE", site.host.adminUrl("/notes/" + id), token);
        QCOMPARE(gone.status, 200);
        QCOMPARE(gone.json().value(QLatin1StringView("note_id")).toString().toLatin1(), id);
        QCOMPARE(webSend("DELETE", site.host.adminUrl("/notes/" + id), token).status, 404);
    }

    void repeatedWritesAreCarriedOutOnce()
    {
        Site site;
        const QString token = site.host.token();
        const QByteArray path = site.host.adminUrl(team(test::seed::bravo) + "/notes");
        const auto write = [&](const QByteArray &key, const QByteArray &body) {
            return webSend("POST", path, token, body, {{"Idempotency-Key", key}});
        };
        const qsizetype before = site.fake.data().notes.size();
        const WebAnswer first = write("key-1", R"({"body":"once"})");
        const WebAnswer again = write("key-1", R"({"body":"once"})");
        QCOMPARE(first.status, 201);
        QCOMPARE(again.status, 201);
        QCOMPARE(again.body, first.body);
        QCOMPARE(again.header("X-Idempotent-Replay"), QByteArray("true"));
        QCOMPARE(site.fake.data().notes.size(), before + 1);
        const WebAnswer other = write("key-1", R"({"body":"different"})");
        QCOMPARE(other.status, 409);
        QCOMPARE(other.json().value(QLatin1StringView("error")).toString(), QStringLiteral("idempotency_key_conflict"));
        QCOMPARE(write(" ", R"({"body":"x"})").status, 400);
        QCOMPARE(write("key-2", R"({"body":"once"})").status, 201);
        QCOMPARE(site.fake.data().notes.size(), before + 2);

        site.fake.fail(test::Method::AddNote, domain::unavailable(QStringLiteral("db_failed")));
        QCOMPARE(write("key-3", R"({"body":"later"})").status, 503);
        QCOMPARE(write("key-3", R"({"body":"later"})").status, 201); // a failure of ours is not kept
        const QString someoneElse = site.host.token(domain::Scope::Admin, QStringLiteral("auditor@example.com"));
        QCOMPARE(webSend("POST", path, someoneElse, R"({"body":"mine"})", {{"Idempotency-Key", "key-1"}}).status, 201);
    }

    void exportsStreamAsFiles()
    {
        Site site;
        const QString token = site.host.token();
        const WebAnswer csv = site.get("/audit/export?format=csv&kind=payment.*", token);
        QCOMPARE(csv.status, 200);
        QCOMPARE(csv.header("Content-Disposition"), QByteArray("attachment; filename=\"audit.csv\""));
        QVERIFY(csv.header("Content-Type").startsWith("text/csv"));
        QVERIFY(csv.body.contains("id,created_at,actor,kind"));
        const WebAnswer lines = site.get("/audit/export?format=jsonl", token);
        QVERIFY(lines.body.count('\n') > 60);
        QCOMPARE(webSend("HEAD", site.host.adminUrl("/audit/export"), token).status, 200);
        site.fake.fail(test::Method::ExportAudit, domain::unavailable(QStringLiteral("db_failed")));
        QCOMPARE(site.get("/audit/export", token).status, 503);
        const QString auditor = site.host.token(domain::Scope::Auditor, QStringLiteral("auditor@example.com"));
        QVERIFY(site.get("/audit/export", auditor).status > 0);
    }
};

REGISTER_SUITE(admin_gates, TstAdminGates)
#include "tst_admin_gates.moc"
