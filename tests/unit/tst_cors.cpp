#include "app/server/middleware/cors.h"
#include "tests/support/test_main.h"

#include <QtTest>

using server::Method;

/// Spec 04 §6.6.
class TstCors final : public QObject {
    Q_OBJECT

private:
    static server::Headers asking(QByteArrayView origin, QByteArrayView method, QByteArrayView headers = {})
    {
        server::Headers all;
        all.append("Origin", origin);
        all.append("Access-Control-Request-Method", method);
        if (!headers.isEmpty())
            all.append("Access-Control-Request-Headers", headers);
        return all;
    }

private slots:
    void preflight_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<int>("status");
        QTest::newRow("plain") << QByteArray("GET") << QByteArray() << 204;
        QTest::newRow("case") << QByteArray("delete") << QByteArray("AUTHORIZATION, content-TYPE") << 204;
        QTest::newRow("all headers") << QByteArray("PATCH")
                                     << QByteArray(
                                            "Content-Type,Authorization,X-Request-ID,X-E2E-Test-Token,X-E2E-Source-IP")
                                     << 204;
        QTest::newRow("TRACE") << QByteArray("TRACE") << QByteArray() << 403;
        QTest::newRow("cookie") << QByteArray("GET") << QByteArray("Content-Type, Cookie") << 403;
        QTest::newRow("idempotency key") << QByteArray("POST") << QByteArray("Idempotency-Key") << 403;
        QTest::newRow("no method") << QByteArray("") << QByteArray() << 403;
    }

    void preflight()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, headers);
        QFETCH(int, status);
        const auto response = server::answerPreflight(Method::Options, asking("https://instanode.dev", method, headers),
                                                      server::defaultCorsOrigins(true));
        QVERIFY(response.has_value());
        QCOMPARE(response->status, status);
        QVERIFY(response->body.isEmpty());
        QCOMPARE(response->header("Access-Control-Max-Age"), status == 204 ? QByteArray("86400") : QByteArray());
    }

    void foreignOriginGetsNothing()
    {
        const auto response = server::answerPreflight(Method::Options, asking("https://evil.example", "GET"),
                                                      server::defaultCorsOrigins(true));
        QVERIFY(response.has_value());
        QVERIFY(response->headers.isEmpty());
        QVERIFY(server::corsHeaderLines("https://evil.example", server::defaultCorsOrigins(false)).isEmpty());
        QVERIFY(server::corsHeaderLines({}, server::defaultCorsOrigins(false)).isEmpty());
    }

    void developmentOrigins()
    {
        QVERIFY(server::defaultCorsOrigins(false).contains("http://localhost:5173"));
        QCOMPARE(server::defaultCorsOrigins(true),
                 (QList<QByteArray>{"https://instanode.dev", "https://www.instanode.dev"}));
        const QByteArray lines = server::corsHeaderLines("http://localhost:3000", server::defaultCorsOrigins(false));
        QVERIFY(lines.contains("Access-Control-Allow-Origin: http://localhost:3000\r\n"));
        QVERIFY(lines.contains("Access-Control-Allow-Credentials: true\r\n"));
        QVERIFY(lines.contains("X-Request-ID, X-Instant-Upgrade, X-Instant-Notice"));
    }

    void notAPreflight()
    {
        server::Headers headers;
        headers.append("Origin", "https://instanode.dev");
        QVERIFY(!server::answerPreflight(Method::Options, headers, {}).has_value());
        QVERIFY(!server::answerPreflight(Method::Get, asking("https://instanode.dev", "GET"), {}).has_value());
    }
};

REGISTER_SUITE(cors, TstCors)
#include "tst_cors.moc"
