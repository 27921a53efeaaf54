#include "app/server/admin/authenticator.h"
#include "app/server/admin/fingerprint.h"
#include "app/server/admin/gates.h"
#include "app/server/controllers/customers_controller.h"
#include "app/server/controllers/experiments.h"
#include "app/server/routes.h"
#include "services/security/jwt.h"
#include "services/wire/routes.h"
#include "tests/support/fake_backend.h"
#include "tests/support/test_main.h"

#include <QJsonDocument>
#include <QTest>

using server::Request;
using server::Response;

namespace {

const QString prefix = QStringLiteral("Tg7x2KqLm9Vr4Bn8Wc3Zp6Yd1Hf5Js0A");

server::AdminConfig config()
{
    server::AdminConfig admin;
    admin.prefix = prefix;
    admin.emails = server::parseAdminEmails(QStringLiteral("Boss@Example.com"));
    admin.rateLimit = 3;
    admin.operatorRateLimit = 6;
    return admin;
}

Request requestOf(const domain::Principal &principal, const QByteArray &suffix = "/overview")
{
    Request request;
    request.path = wire::adminBase(prefix) + suffix;
    request.clientIp = "203.0.113.9";
    request.requestId = "r1";
    request.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    request.principal = principal;
    return request;
}

domain::Principal operatorPrincipal(const QString &email = QStringLiteral("boss@example.com"))
{
    domain::Principal principal;
    principal.kind = domain::PrincipalKind::OperatorToken;
    principal.email = email;
    principal.permissions = domain::permissionsOf(domain::Scope::Auditor);
    principal.token = domain::TokenId(test::uuid(1));
    return principal;
}

domain::Principal userPrincipal(const QString &email)
{
    domain::Principal principal;
    principal.kind = domain::PrincipalKind::UserSession;
    principal.email = email;
    principal.team = test::teamId(test::seed::acme);
    principal.user = domain::UserId(test::uuid(2));
    return principal;
}

/// Runs one request through a handler and waits for its answer.
Response run(const server::Handler &handler, const Request &request)
{
    // Shared: finish() wakes this thread and still uses the promise after that.
    auto promise = std::make_shared<QPromise<Response>>();
    promise->start();
    QFuture<Response> future = promise->future();
    handler(request, server::Responder([promise](Response &&response) {
                promise->addResult(std::move(response));
                promise->finish();
            }));
    future.waitForFinished();
    return future.result();
}

server::Handler showPrincipal()
{
    return [](const Request &request, server::Responder responder) {
        responder(Response::text(200, QByteArray::number(request.principal->permissions.toInt())));
    };
}

} // namespace

class TstGates : public QObject {
    Q_OBJECT
private slots:
    void prefixRules_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("mention");
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("32") << QString(32, QLatin1Char('a')) << QString();
        QTest::newRow("mixed case") << prefix << QString();
        QTest::newRow("64 hex") << QStringLiteral("0123456789abcdef").repeated(4) << QString();
        QTest::newRow("31") << QString(31, QLatin1Char('a')) << QStringLiteral("32");
        QTest::newRow("dash") << QString(32, QLatin1Char('a')) + QLatin1Char('-') << QStringLiteral("alphanumeric");
        QTest::newRow("space") << QString(32, QLatin1Char('a')) + QLatin1Char(' ') << QStringLiteral("alphanumeric");
        QTest::newRow("em dash") << QString(32, QLatin1Char('a')) + QChar(0x2014) << QStringLiteral("alphanumeric");
        QTest::newRow("letters of others") << QString(40, QChar(0x00e4)) << QStringLiteral("alphanumeric");
    }
    void prefixRules()
    {
        QFETCH(QString, value);
        QFETCH(QString, mention);
        const QString problem = wire::adminPrefixProblem(value);
        QCOMPARE(problem.isEmpty(), mention.isEmpty());
        QVERIFY(problem.contains(mention));
        QVERIFY(problem.isEmpty() || problem.contains(QStringLiteral("ADMIN_PATH_PREFIX")));

        test::FakeBackend fake;
        server::Router router;
        server::AdminConfig admin;
        admin.prefix = value;
        const auto registered =
            server::registerRoutes(router, {fake,
                                            fake.access(),
                                            fake.plans(),
                                            fake.clock(),
                                            admin,
                                            {},
                                            std::make_shared<server::AccessAuditor>(fake.access())});
        QCOMPARE(registered.ok(), mention.isEmpty());
    }

    void allowListIsLenientAboutSpellingAndClosedByDefault()
    {
        QCOMPARE(server::parseAdminEmails(QStringLiteral(" A@x.io ,, b@x.io,a@X.IO , ")),
                 (QStringList{QStringLiteral("a@x.io"), QStringLiteral("b@x.io")}));
        QVERIFY(config().allows(QStringLiteral(" BOSS@example.COM ")));
        QVERIFY(!config().allows(QString()));
        server::AdminConfig nobody;
        nobody.emails = server::parseAdminEmails(QStringLiteral(" , ,"));
        QVERIFY(!nobody.allows(QStringLiteral("founder@instanode.dev")));
        nobody.emails = {QString()};
        QVERIFY(!nobody.allows(QString()));
    }

    void allowListRefusesStrangersAndLiftsListedUsers()
    {
        const server::Handler gate = server::requireAllowListed(config())({}, showPrincipal());
        const auto permissions = [&gate](const domain::Principal &principal) {
            return run(gate, requestOf(principal)).body.toInt();
        };
        const Response stranger = run(gate, requestOf(operatorPrincipal(QStringLiteral("other@example.com"))));
        QCOMPARE(stranger.status, 403);
        QCOMPARE(stranger.deniedBy, QByteArray("allowlist_miss"));
        QCOMPARE(run(gate, requestOf(operatorPrincipal(QString()))).status, 403);

        QCOMPARE(permissions(operatorPrincipal()), domain::permissionsOf(domain::Scope::Auditor).toInt());
        QCOMPARE(permissions(userPrincipal(QStringLiteral("boss@example.com"))),
                 domain::permissionsOf(domain::Scope::Admin).toInt());
        domain::Principal readOnly = userPrincipal(QStringLiteral("boss@example.com"));
        readOnly.readOnlySession = true;
        QCOMPARE(permissions(readOnly), domain::permissionsOf(domain::Scope::Auditor).toInt());
    }

    void rateLimitedAndUnlistedLookTheSame()
    {
        test::FakeBackend fake;
        const server::Handler limited = server::limitRate(config(), fake.access())({}, showPrincipal());
        const Request request = requestOf(userPrincipal(QStringLiteral("other@example.com")));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(run(limited, request).status, 200);
        const Response over = run(limited, request);
        const Response unlisted = run(server::requireAllowListed(config())({}, showPrincipal()), request);
        QCOMPARE(over.status, 403);
        QCOMPARE(over.deniedBy, QByteArray("rate_limit"));
        QCOMPARE(over.body, unlisted.body);
        QCOMPARE(over.headers, unlisted.headers);
        QVERIFY(QJsonDocument::fromJson(over.body).object().value(QLatin1StringView("retry_after_seconds")).isNull());
    }

    void neighboursShareALimitAndOthersDoNot()
    {
        test::FakeBackend fake;
        const server::Handler limited = server::limitRate(config(), fake.access())({}, showPrincipal());
        Request request = requestOf(userPrincipal(QStringLiteral("other@example.com")));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(run(limited, request).status, 200);
        request.clientIp = "203.0.113.200";
        QCOMPARE(run(limited, request).status, 403);
        request.clientIp = "203.0.114.9";
        QCOMPARE(run(limited, request).status, 200);
    }

    void listedOperatorsHaveALimitOfTheirOwn()
    {
        test::FakeBackend fake;
        const server::Handler limited = server::limitRate(config(), fake.access())({}, showPrincipal());
        for (int i = 0; i < 6; ++i)
            QCOMPARE(run(limited, requestOf(operatorPrincipal())).status, 200);
        QCOMPARE(run(limited, requestOf(operatorPrincipal())).status, 403);
        // A token of somebody who is not listed counts with the client, as every other caller.
        const Request unlisted = requestOf(operatorPrincipal(QStringLiteral("other@example.com")));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(run(limited, unlisted).status, 200);
        QCOMPARE(run(limited, unlisted).status, 403);
    }

    void hitsLeaveTheWindow()
    {
        test::FakeBackend fake;
        const server::Handler limited = server::limitRate(config(), fake.access())({}, showPrincipal());
        const Request request = requestOf(userPrincipal(QStringLiteral("other@example.com")));
        for (int i = 0; i < 4; ++i)
            run(limited, request);
        QCOMPARE(run(limited, request).status, 403);
        fake.clock().advance(61'000);
        QCOMPARE(run(limited, request).status, 200);
    }

    void aBrokenCounterLetsEverybodyPass()
    {
        test::FakeBackend fake;
        fake.fail(test::Method::AdmitHit, domain::unavailable(QStringLiteral("db_failed")), -1);
        const server::Handler limited = server::limitRate(config(), fake.access())({}, showPrincipal());
        for (int i = 0; i < 10; ++i)
            QCOMPARE(run(limited, requestOf(userPrincipal(QStringLiteral("other@example.com")))).status, 200);
    }

    void readOnlySessionsMayOnlyRead()
    {
        domain::Principal readOnly = userPrincipal(QStringLiteral("boss@example.com"));
        readOnly.readOnlySession = true;
        server::Route route;
        route.method = server::Method::Post;
        const Response post = run(server::requireWritable()(route, showPrincipal()), requestOf(readOnly));
        QCOMPARE(post.status, 403);
        QVERIFY(post.body.contains("read_only_session"));
        QCOMPARE(run(server::requireWritable()(route, showPrincipal()), requestOf(operatorPrincipal())).status, 200);
        route.method = server::Method::Get;
        QCOMPARE(run(server::requireWritable()(route, showPrincipal()), requestOf(readOnly)).status, 200);
    }

    void accessAuditHoldsNoPrefix()
    {
        test::FakeBackend fake;
        auto auditor = std::make_shared<server::AccessAuditor>(fake.access());
        const server::Handler refusing =
            server::auditAccess(config(), auditor)({}, server::requireAllowListed(config())({}, showPrincipal()));
        Request request = requestOf(operatorPrincipal(QStringLiteral("other@example.com")),
                                    "/customers/" + test::teamId(1).toString().toLatin1() + '/' + prefix.toLatin1());
        request.headers.append("User-Agent", "probe " + prefix.toUpper().toLatin1() + ' ' + QByteArray(300, 'x'));
        const int before = static_cast<int>(fake.data().audit.size());
        QCOMPARE(run(refusing, request).status, 403);
        QVERIFY(auditor->drain(std::chrono::seconds(30)));

        const auto rows = fake.data().audit;
        QCOMPARE(rows.size(), before + 1);
        const domain::AuditEntry &row = rows.last();
        QCOMPARE(row.kind, QStringLiteral("admin.access"));
        QCOMPARE(row.team, std::optional(test::teamId(1)));
        QVERIFY(!row.metadata.toLower().contains(prefix.toLower().toLatin1()));
        QVERIFY(!row.summary.contains(prefix, Qt::CaseInsensitive));
        const QJsonObject metadata = QJsonDocument::fromJson(row.metadata).object();
        QCOMPARE(metadata.value(QLatin1StringView("denied_by")).toString(), QStringLiteral("allowlist_miss"));
        QCOMPARE(metadata.value(QLatin1StringView("http_status")).toInt(), 403);
        QVERIFY(metadata.value(QLatin1StringView("user_agent_brief")).toString().size() <= 120);
    }

    void aFailingAuditNeverReachesTheAnswer()
    {
        test::FakeBackend fake;
        fake.fail(test::Method::RecordAccess, domain::unavailable(QStringLiteral("db_failed")), -1);
        auto auditor = std::make_shared<server::AccessAuditor>(fake.access());
        const server::Handler audited = server::auditAccess(config(), auditor)({}, showPrincipal());
        QCOMPARE(run(audited, requestOf(operatorPrincipal())).status, 200);
        QVERIFY(auditor->drain(std::chrono::seconds(30)));
        QCOMPARE(auditor->figures().failed, 1);
        QCOMPARE(auditor->figures().written, 0);
    }

    void theAuditQueueIsBoundedAndNeverBlocks()
    {
        test::FakeBackend fake;
        fake.hold(test::Method::RecordAccess);
        server::AccessAuditor auditor(fake.access(), 2);
        for (int i = 0; i < 5; ++i)
            auditor.record({}, {});
        QCOMPARE(auditor.figures().waiting, 3); // one being written, two queued
        QCOMPARE(auditor.figures().dropped, 2);
        QVERIFY(!auditor.drain(std::chrono::milliseconds(0)));
        fake.release(test::Method::RecordAccess);
        QVERIFY(auditor.drain(std::chrono::seconds(30)));
        QCOMPARE(auditor.figures().written, 3);
    }

    void fingerprintsAreCoarse()
    {
        const auto print = [](const char *ip) { return server::clientFingerprint(ip); };
        QCOMPARE(print("203.0.113.1").size(), 32);
        QCOMPARE(print("203.0.113.1"), print("203.0.113.254"));
        QVERIFY(print("203.0.113.1") != print("203.0.112.1"));
        QCOMPARE(print("2001:db8:1:2::1"), print("2001:db8:1:ffff::9"));
        QVERIFY(print("2001:db8:1::1") != print("2001:db8:2::1"));
        QCOMPARE(print("nonsense"), print("0.0.0.0"));
    }

    void sessionsOfUsers_data()
    {
        QTest::addColumn<QString>("claim");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("errorCode");
        const QJsonValue undefined(QJsonValue::Undefined);
        QTest::newRow("good") << QString() << undefined << QString();
        QTest::newRow("expired") << QStringLiteral("exp") << QJsonValue(1'000) << QStringLiteral("expired_token");
        QTest::newRow("no expiry") << QStringLiteral("exp") << undefined << QStringLiteral("malformed_token");
        QTest::newRow("no user") << QStringLiteral("uid") << undefined << QStringLiteral("invalid_claims");
        QTest::newRow("team shape") << QStringLiteral("tid") << QJsonValue(QStringLiteral("x"))
                                    << QStringLiteral("invalid_claims");
        QTest::newRow("audience") << QStringLiteral("aud") << QJsonValue(QStringLiteral("https://evil.example"))
                                  << QStringLiteral("invalid_claims");
    }
    void sessionsOfUsers()
    {
        QFETCH(QString, claim);
        QFETCH(QJsonValue, value);
        QFETCH(QString, errorCode);
        test::FakeBackend fake;
        const server::SessionConfig session{QByteArray("secret"), QStringLiteral("https://api.instanode.dev")};
        QJsonObject claims{{QStringLiteral("uid"), test::uuid(2).toString(QUuid::WithoutBraces)},
                           {QStringLiteral("tid"), test::teamId(1).toString()},
                           {QStringLiteral("email"), QStringLiteral(" Boss@Example.com")},
                           {QStringLiteral("exp"), fake.clock().now().toSecsSinceEpoch() + 600}};
        if (!claim.isEmpty() && value.isUndefined())
            claims.remove(claim);
        else if (!claim.isEmpty())
            claims.insert(claim, value);
        QList<domain::Result<domain::Principal>> answers;
        server::makeAuthenticator(fake.access(), session, fake.clock())(
            requestOf({}), security::signJwt(claims, session.jwtSecret),
            [&answers](domain::Result<domain::Principal> answer) { answers.append(std::move(answer)); });
        QCOMPARE(answers.size(), 1);
        const domain::Result<domain::Principal> &result = answers.first();
        QCOMPARE(result.ok() ? QString() : result.error().key, errorCode);
        if (result.ok())
            QCOMPARE(result->email, QStringLiteral("boss@example.com"));
    }

    void sessionsNeedASecret()
    {
        platform::FixedClock clock(test::seedNow());
        const QByteArray token = security::signJwt({{QStringLiteral("exp"), clock.now().toSecsSinceEpoch() + 9}}, "k");
        QVERIFY(server::sessionClaims(token, {QByteArray("k"), {}}, clock).ok());
        QVERIFY(!server::sessionClaims(token, {QByteArray(), {}}, clock).ok());
        QVERIFY(!server::sessionClaims(token, {QByteArray("j"), {}}, clock).ok());
    }

    void experimentBuckets_data()
    {
        QTest::addColumn<QString>("team");
        QTest::addColumn<QString>("variant");
        QTest::newRow("0") << QStringLiteral("00000000-0000-0000-0000-000000000000") << QStringLiteral("urgent");
        QTest::newRow("1") << QStringLiteral("11111111-1111-1111-1111-111111111111") << QStringLiteral("control");
        QTest::newRow("2") << QStringLiteral("22222222-2222-2222-2222-222222222222") << QStringLiteral("value");
        QTest::newRow("3") << QStringLiteral("33333333-3333-3333-3333-333333333333") << QStringLiteral("value");
    }
    void experimentBuckets()
    {
        QFETCH(QString, team);
        QTEST(server::experimentsOf(team).value(QLatin1StringView("upgrade_button")).toString(), "variant");
    }

    void tierChangeActionKeepsTheRules()
    {
        const QString action = server::tierChangeAction(
            {test::teamId(1), QStringLiteral("hobby_plus_yearly"), QStringLiteral("hobby_plus"), 0, 0, {}});
        QVERIFY(action.startsWith(QStringLiteral("Tell the user")));
        QVERIFY(action.contains(QStringLiteral("https://instanode.dev/")));
        QVERIFY(action.contains(QStringLiteral("Have them")));
        QVERIFY(action.size() < 280);
    }
};

REGISTER_SUITE(gates, TstGates)
#include "tst_gates.moc"
