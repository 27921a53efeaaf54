#include "app/server/error_envelope.h"
#include "app/server/http/response_head.h"
#include "app/server/json_body.h"
#include "app/server/middleware/security_headers.h"
#include "tests/support/test_main.h"

#include <QJsonDocument>
#include <QtTest>

using server::ErrorReply;
using server::Response;

class TstEnvelope final : public QObject {
    Q_OBJECT

private:
    static QJsonObject parsed(const Response &response)
    {
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(response.body, &error);
        return error.error == QJsonParseError::NoError ? document.object() : QJsonObject();
    }

private slots:
    void isAlwaysComplete()
    {
        const Response response = server::errorResponse(ErrorReply{.status = 409, .code = "tier_unchanged"}, "req-1");
        QCOMPARE(response.status, 409);
        QCOMPARE(response.contentType, QByteArray("application/json"));
        const QJsonObject body = parsed(response);
        QCOMPARE(body.value(QLatin1StringView("ok")), QJsonValue(false));
        QCOMPARE(body.value(QLatin1StringView("error")).toString(), QStringLiteral("tier_unchanged"));
        QCOMPARE(body.value(QLatin1StringView("request_id")).toString(), QStringLiteral("req-1"));
        QVERIFY(body.contains(QLatin1StringView("retry_after_seconds")));
        QVERIFY(body.value(QLatin1StringView("retry_after_seconds")).isNull());
        QVERIFY(!body.value(QLatin1StringView("message")).toString().isEmpty());
        QVERIFY(body.contains(QLatin1StringView("agent_action")));
        QVERIFY(!body.contains(QLatin1StringView("upgrade_url")));
    }

    void retryAfter_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("given");  // -2: none
        QTest::addColumn<int>("inBody"); // -1: null
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("429") << 429 << -2 << 60 << QByteArray("60");
        QTest::newRow("502") << 502 << -2 << 10 << QByteArray("10");
        QTest::newRow("503") << 503 << -2 << 30 << QByteArray("30");
        QTest::newRow("504") << 504 << -2 << 10 << QByteArray("10");
        QTest::newRow("400") << 400 << -2 << -1 << QByteArray();
        QTest::newRow("500") << 500 << -2 << -1 << QByteArray();
        QTest::newRow("override") << 503 << 7 << 7 << QByteArray("7");
        QTest::newRow("negative override") << 503 << -1 << -1 << QByteArray();
        QTest::newRow("409 with a delay has no header") << 409 << 2 << 2 << QByteArray();
    }

    void retryAfter()
    {
        QFETCH(int, status);
        QFETCH(int, given);
        QFETCH(int, inBody);
        QFETCH(QByteArray, header);
        ErrorReply reply{.status = status, .code = "x"};
        if (given != -2)
            reply.retryAfter = given;
        const Response response = server::errorResponse(reply, "id");
        const QJsonValue value = parsed(response).value(QLatin1StringView("retry_after_seconds"));
        QCOMPARE(value.isNull() ? -1 : value.toInt(), inBody);
        QCOMPARE(response.header("retry-after"), header);
    }

    void extrasCannotOverride()
    {
        ErrorReply reply{
            .status = 400, .code = "invalid_tier", .message = QStringLiteral("a \"quoted\"\n\u00e4 \\ text")};
        reply.upgradeUrl = QStringLiteral("https://instanode.dev/pricing");
        reply.extra = {{QStringLiteral("ok"), true}, {QStringLiteral("role"), QStringLiteral("admin")}};
        const QJsonObject body = parsed(server::errorResponse(reply, "id"));
        QCOMPARE(body.value(QLatin1StringView("ok")), QJsonValue(false));
        QCOMPARE(body.value(QLatin1StringView("role")).toString(), QStringLiteral("admin"));
        QCOMPARE(body.value(QLatin1StringView("message")).toString(), reply.message);
        QCOMPARE(body.value(QLatin1StringView("upgrade_url")).toString(), reply.upgradeUrl);
    }

    void fallbackFor5xxOnly()
    {
        QVERIFY(parsed(server::errorResponse({.status = 500, .code = "who_knows"}, "id"))
                    .contains(QLatin1StringView("agent_action")));
        QVERIFY(!parsed(server::errorResponse({.status = 400, .code = "who_knows"}, "id"))
                     .contains(QLatin1StringView("agent_action")));
    }

    void unauthorizedShape()
    {
        server::Request request;
        request.requestId = "r";
        const Response response = server::unauthorized(request, "expired_token");
        QCOMPARE(response.status, 401);
        QCOMPARE(response.header("WWW-Authenticate"), QByteArray("Bearer realm=\"instanode\""));
        QCOMPARE(parsed(response).value(QLatin1StringView("error_code")).toString(), QStringLiteral("expired_token"));
    }

    void headDropsWhatWouldBreakFraming()
    {
        Response response = Response::text(200, "x");
        response.withHeader("Location", "/a\r\nSet-Cookie: evil");
        response.withHeader("Content-Length", "99");
        response.withHeader("Bad Name", "1");
        response.withHeader("X-Fine", "yes");
        QByteArray head;
        server::appendResponseHead(head, response,
                                   {.requestId = "id", .fixedLines = server::securityHeaderLines(true)});
        QVERIFY(!head.contains("evil") && !head.contains("99") && !head.contains("Bad Name"));
        QVERIFY(head.contains("\r\nX-Fine: yes\r\n") && head.contains("\r\nContent-Length: 1\r\n"));
        QCOMPARE(head.count("\r\n\r\n"), 1);
        QVERIFY(head.contains("Strict-Transport-Security: max-age=63072000; includeSubDomains\r\n"));
        QVERIFY(!server::securityHeaderLines(false).contains("Strict-Transport"));
        for (const char *name : {"X-Content-Type-Options: nosniff", "X-Frame-Options: SAMEORIGIN", "Referrer-Policy: ",
                                 "Permissions-Policy: ", "Cross-Origin-Resource-Policy: same-origin"})
            QVERIFY2(head.contains(name), name);
    }

    void responderAnswersOnce()
    {
        QList<int> seen;
        {
            const server::Responder respond([&seen](Response &&response) { seen << response.status; });
            const server::Responder copy = respond;
            copy(Response::empty(204));
            respond(Response::empty(200));
        }
        QCOMPARE(seen, QList<int>{204});
        {
            const server::Responder dropped([&seen](Response &&response) { seen << response.status; });
        }
        QCOMPARE(seen, (QList<int>{204, 500}));
    }

    void jsonBody()
    {
        QCOMPARE(server::jsonObject("{\"a\":\"\\\\u0000\"}")->value(QLatin1StringView("a")).toString(),
                 QStringLiteral("\\u0000"));
        for (const char *bad : {"", "  ", "[]", "1", "{", "{\"a\":\"\\u0000\"}", "{\"a\":\xff}"})
            QCOMPARE(server::jsonObject(QByteArray(bad)).error().key, QStringLiteral("invalid_body"));
        const QByteArray brackets = "{\"a\":\"" + QByteArray(500, '[') + "\"}";
        QVERIFY(server::jsonObject(brackets).ok());
        QVERIFY(server::jsonObject("{\"a\":" + QByteArray(63, '[') + QByteArray(63, ']') + '}').ok());
        QVERIFY(!server::jsonObject("{\"a\":" + QByteArray(64, '[') + QByteArray(64, ']') + '}').ok());
    }
};

REGISTER_SUITE(envelope, TstEnvelope)
#include "tst_envelope.moc"
