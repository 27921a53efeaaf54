#include "tests/integration/http_client.h"
#include "tests/support/test_main.h"

#include <QSemaphore>
#include <QtTest>

#include <mutex>

using test::HttpClient;
using test::HttpReply;

/// The front end on a real socket: limits, time-outs, order, keep-alive (spec 04 §1.1, §2; spec 03 §3).
class TstHttpLimits final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<server::Server> m_server;
    std::mutex m_mutex;
    QList<server::RequestRecord> m_records;
    quint16 m_port = 0;

    static QByteArray post(const QByteArray &path, const QByteArray &body, const QByteArray &type = "application/json")
    {
        return "POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Type: " + type +
               "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    void start(server::ServerConfig config)
    {
        m_server = std::make_unique<server::Server>(test::sampleRouter(), std::move(config),
                                                    [this](const server::RequestRecord &record) {
                                                        const std::lock_guard lock(m_mutex);
                                                        m_records.append(record);
                                                    });
        const auto bound = m_server->start();
        QVERIFY2(bound.ok(), bound.ok() ? "" : qPrintable(bound.error().detail));
        m_port = *bound;
        QVERIFY(m_port != 0);
    }
    bool alive() { return HttpClient::get(m_port, "/livez").body == "{\"alive\":true}"; }

private slots:
    void init()
    {
        m_records.clear();
        server::ServerConfig config = test::sampleConfig();
        config.trustedProxies = {*platform::Cidr::parse(QStringLiteral("127.0.0.1/32"))};
        start(std::move(config));
    }
    void cleanup() { m_server.reset(); }

    void probesAndDocuments()
    {
        QVERIFY(alive());
        const HttpReply health = HttpClient::get(m_port, "/healthz");
        QCOMPARE(health.status, 200);
        QCOMPARE(health.header("Cache-Control"), QByteArray("no-store"));
        for (const char *name : {"ok", "service", "commit_id", "build_time", "version", "migration_version",
                                 "migration_count", "migration_status", "now", "uptime_seconds"})
            QVERIFY2(health.json().contains(QLatin1StringView(name)), name);
        QCOMPARE(health.json().value(QLatin1StringView("migration_status")).toString(), QStringLiteral("unknown"));
        const QString now = health.json().value(QLatin1StringView("now")).toString();
        QVERIFY(QDateTime::fromString(now, Qt::ISODateWithMs).isValid() && now.endsWith(u'Z') && now.size() == 24);
        QCOMPARE(HttpClient::get(m_port, "/metrics").status, 401);
        QCOMPARE(HttpClient::get(m_port, "/metrics", "Authorization: Bearer metrics-secreT\r\n").status, 401);
        QCOMPARE(HttpClient::get(m_port, "/metrics", "Authorization: Bearer metrics-secret\r\n").body,
                 QByteArray("up 1\n"));
        const QByteArray security = HttpClient::get(m_port, "/.well-known/security.txt").body;
        QVERIFY(security.contains("Contact: ") && security.contains("Expires: "));
        QCOMPARE(HttpClient::get(m_port, "/security.txt").body, security);
        QCOMPARE(HttpClient::get(m_port, "/openapi.json").header("Content-Type"), QByteArray("application/json"));
    }

    void headIsGetWithoutBody()
    {
        const HttpReply reply =
            HttpClient::once(m_port, "HEAD /livez HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n", true);
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.header("Content-Length"), QByteArray("14"));
        HttpClient client;
        QVERIFY(client.open(m_port));
        client.send("HEAD /livez HTTP/1.1\r\nHost: test\r\n\r\nGET /livez HTTP/1.1\r\nHost: test\r\n\r\n");
        QCOMPARE(client.read(true).status, 200);
        QCOMPARE(client.read().body, QByteArray("{\"alive\":true}"));
    }

    void optionsAndPreflight()
    {
        const HttpReply options = HttpClient::once(m_port, "OPTIONS /livez HTTP/1.1\r\nHost: test\r\n\r\n");
        QCOMPARE(options.status, 204);
        QCOMPARE(options.header("Allow"), QByteArray("GET, HEAD, OPTIONS"));
        const HttpReply refused =
            HttpClient::once(m_port, "OPTIONS /echo HTTP/1.1\r\nHost: test\r\nOrigin: https://instanode.dev\r\n"
                                     "Access-Control-Request-Method: TRACE\r\n\r\n");
        QCOMPARE(refused.status, 403);
        QVERIFY(refused.body.isEmpty());
        const HttpReply origin = HttpClient::get(m_port, "/livez", "Origin: https://instanode.dev\r\n");
        QCOMPARE(origin.header("Access-Control-Allow-Origin"), QByteArray("https://instanode.dev"));
        QVERIFY(HttpClient::get(m_port, "/livez", "Origin: https://evil.example\r\n")
                    .header("Access-Control-Allow-Origin")
                    .isEmpty());
    }

    void wrongPathMethodAndType()
    {
        const HttpReply missing = HttpClient::get(m_port, "/nothing/here");
        QCOMPARE(missing.status, 404);
        QCOMPARE(missing.error(), QStringLiteral("not_found"));
        QVERIFY(missing.json().value(QLatin1StringView("retry_after_seconds")).isNull());
        QCOMPARE(missing.json().value(QLatin1StringView("request_id")).toString().toLatin1(),
                 missing.header("X-Request-ID"));
        const HttpReply method = HttpClient::once(m_port, "PUT /items/7 HTTP/1.1\r\nHost: test\r\n\r\n");
        QCOMPARE(method.status, 405);
        QCOMPARE(method.header("Allow"), QByteArray("GET, HEAD, DELETE, OPTIONS"));
        QCOMPARE(HttpClient::once(m_port, post("/echo", "<a/>", "application/xml")).status, 415);
        QCOMPARE(HttpClient::once(m_port, post("/echo", "{}", "Application/JSON; charset=utf-8")).status, 200);
        QCOMPARE(HttpClient::once(m_port, post("/echo", "{\"a\":\"\xff\"}")).error(), QStringLiteral("invalid_body"));
        QCOMPARE(HttpClient::once(m_port, post("/echo", "{\"a\":\"\\u0000\"}")).error(),
                 QStringLiteral("invalid_body"));
    }

    void requestIds()
    {
        QCOMPARE(HttpClient::get(m_port, "/livez", "X-Request-ID: my.id_1-2\r\n").header("X-Request-ID"),
                 QByteArray("my.id_1-2"));
        for (const QByteArray &bad : {QByteArray("a b"), QByteArray(65, 'x'), QByteArray("x<y>"), QByteArray()}) {
            const QByteArray id =
                HttpClient::get(m_port, "/livez", "X-Request-ID: " + bad + "\r\n").header("X-Request-ID");
            QCOMPARE(id.size(), 36);
            QVERIFY(!QUuid::fromString(QString::fromLatin1(id)).isNull());
        }
    }

    void bodyTooLarge()
    {
        const HttpReply announced = HttpClient::once(m_port, "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: "
                                                             "application/json\r\nContent-Length: 4097\r\n\r\n");
        QCOMPARE(announced.status, 413);
        QCOMPARE(announced.error(), QStringLiteral("payload_too_large"));
        QCOMPARE(announced.header("Connection"), QByteArray("close"));
        const HttpReply sent = HttpClient::once(m_port, post("/raw", QByteArray(8 * 1024 * 1024, 'x'), "text/plain"));
        QCOMPARE(sent.status, 413);
        const HttpReply chunked = HttpClient::once(
            m_port, "POST /raw HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n");
        QCOMPARE(chunked.status, 413);
        QVERIFY(alive());
    }

    void exactLimitAndChunks()
    {
        const HttpReply full = HttpClient::once(m_port, post("/raw", QByteArray(64 * 1024, 'x'), "text/plain"));
        QCOMPARE(full.json().value(QLatin1StringView("bytes")).toInt(), 64 * 1024);
        HttpClient client;
        QVERIFY(client.open(m_port));
        for (const char *part : {"POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nTransfer-",
                                 "Encoding: chunked\r\n\r\n5;x=y\r\n{\"a\":\r", "\n2\r\n1}\r\n0\r\nTrailer: z\r\n\r\n"})
            client.send(part);
        QCOMPARE(client.read().body, QByteArray("{\"echo\":{\"a\":1},\"ok\":true}"));
    }

    void expectContinue()
    {
        HttpClient client;
        QVERIFY(client.open(m_port));
        client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                    "Expect: 100-continue\r\n\r\n");
        QCOMPARE(client.read().status, 100);
        client.send("{}");
        QCOMPARE(client.read().status, 200);
    }

    void headerLimits()
    {
        const QByteArray big = "GET /livez HTTP/1.1\r\nHost: test\r\nX-Big: " + QByteArray(33 * 1024, 'a') + "\r\n\r\n";
        QCOMPARE(HttpClient::once(m_port, big).status, 431);
        QByteArray many = "GET /livez HTTP/1.1\r\nHost: test\r\n";
        for (int i = 0; i < 101; ++i)
            many += "X-" + QByteArray::number(i) + ": 1\r\n";
        QCOMPARE(HttpClient::once(m_port, many + "\r\n").status, 431);
        QCOMPARE(HttpClient::once(m_port, "GET /" + QByteArray(9000, 'a') + " HTTP/1.1\r\nHost: test\r\n\r\n").status,
                 414);
        QVERIFY(alive());
    }

    void pipelinedInOrder()
    {
        HttpClient client;
        QVERIFY(client.open(m_port));
        QByteArray all;
        for (int i = 0; i < 200; ++i)
            all += i % 3 == 0 ? post("/raw", QByteArray(i, 'b'), "text/plain")
                              : "GET /items/" + QByteArray::number(i) + " HTTP/1.1\r\nHost: test\r\n\r\n";
        client.send(all);
        for (int i = 0; i < 200; ++i) {
            const HttpReply reply = client.read();
            QCOMPARE(reply.status, 200);
            if (i % 3 == 0)
                QCOMPARE(reply.json().value(QLatin1StringView("bytes")).toInt(), i);
            else
                QCOMPARE(reply.json().value(QLatin1StringView("id")).toString(), QString::number(i));
        }
    }

    void handlersThatMisbehave()
    {
        const HttpReply slow = HttpClient::get(m_port, "/slow");
        QCOMPARE(slow.status, 504);
        QCOMPARE(slow.header("Retry-After"), QByteArray("10"));
        QCOMPARE(slow.json().value(QLatin1StringView("retry_after_seconds")).toInt(), 10);
        QCOMPARE(HttpClient::get(m_port, "/throw").error(), QStringLiteral("internal_error"));
        QCOMPARE(HttpClient::get(m_port, "/drop").status, 500);
        QVERIFY(HttpClient::get(m_port, "/drop").json().contains(QLatin1StringView("agent_action")));
    }

    void timeouts()
    {
        m_server.reset();
        server::ServerConfig config = test::sampleConfig();
        config.limits.headerTimeout = config.limits.bodyTimeout = std::chrono::milliseconds(200);
        config.limits.idleTimeout = std::chrono::milliseconds(200);
        start(std::move(config));
        HttpClient silent;
        QVERIFY(silent.open(m_port));
        QVERIFY(silent.closedByServer());
        HttpClient half;
        QVERIFY(half.open(m_port));
        half.send("GET /livez HTTP/1.1\r\nHos");
        QCOMPARE(half.read().status, 408);
        QVERIFY(half.closedByServer());
        HttpClient body;
        QVERIFY(body.open(m_port));
        body.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
        QCOMPARE(body.read().error(), QStringLiteral("request_timeout"));
        HttpClient idle;
        QVERIFY(idle.open(m_port));
        idle.send("GET /livez HTTP/1.1\r\nHost: t\r\n\r\n");
        QCOMPARE(idle.read().status, 200);
        QVERIFY(idle.closedByServer());
    }

    void connectionCap()
    {
        m_server.reset();
        server::ServerConfig config = test::sampleConfig();
        config.limits.connections = 2;
        start(std::move(config));
        HttpClient first, second, third;
        for (HttpClient *client : {&first, &second}) {
            QVERIFY(client->open(m_port));
            client->send("GET /livez HTTP/1.1\r\nHost: t\r\n\r\n");
            QCOMPARE(client->read().status, 200);
        }
        QVERIFY(third.open(m_port));
        const HttpReply refused = third.read();
        QCOMPARE(refused.status, 503);
        QCOMPARE(refused.error(), QStringLiteral("too_many_connections"));
        QVERIFY(third.closedByServer());
        third.close();
        first.close();
        QTRY_VERIFY(m_server->figures().connections < 2);
        QVERIFY(alive());
        QCOMPARE(m_server->figures().refusedConnections, 1);
    }

    void streamsAndBackPressure()
    {
        const HttpReply whole = HttpClient::once(m_port, "GET /download?chunks=40 HTTP/1.1\r\nHost: t\r\n\r\n");
        QCOMPARE(whole.body.size(), 40 * 64 * 1024);
        QCOMPARE(whole.body.back(), static_cast<char>('a' + 39 % 26));
        HttpClient old;
        QVERIFY(old.open(m_port));
        old.send("GET /download?chunks=2 HTTP/1.0\r\n\r\n");
        QVERIFY(old.readBytes(10 * 1024 * 1024).endsWith(QByteArray(64 * 1024, 'b')));
        HttpClient leaver;
        QVERIFY(leaver.open(m_port));
        leaver.send("GET /download?chunks=100000 HTTP/1.1\r\nHost: t\r\n\r\n");
        QVERIFY(leaver.readBytes(1000).startsWith("HTTP/1.1 200"));
        QCOMPARE(m_server->figures().streams, 1);
        leaver.close();
        QTRY_COMPARE(m_server->figures().streams, 0);
    }

    void liveFeedWithHeartbeat()
    {
        HttpClient client;
        QVERIFY(client.open(m_port));
        client.send("GET /sse HTTP/1.1\r\nHost: t\r\n\r\n");
        QByteArray seen;
        while (seen.count(": keep-alive") < 2)
            seen += client.readBytes(1);
        QVERIFY(seen.contains("data: hello"));
        client.close();
        QTRY_COMPARE(m_server->figures().streams, 0);
    }

    void recordsForMetrics()
    {
        QCOMPARE(HttpClient::get(m_port, "/items/9?x=1", "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\n")
                     .json()
                     .value(QLatin1StringView("client_ip"))
                     .toString(),
                 QStringLiteral("203.0.113.9"));
        QCOMPARE(HttpClient::get(m_port, "/zzz").status, 404);
        QCOMPARE(HttpClient::once(m_port, "garbage\r\n\r\n").status, 400);
        const auto count = [this] {
            const std::lock_guard lock(m_mutex);
            return m_records.size();
        };
        QTRY_COMPARE(count(), 3);
        QCOMPARE(m_records.at(0).route, QByteArray("/items/:id"));
        QCOMPARE(m_records.at(0).clientIp, QByteArray("203.0.113.9"));
        QCOMPARE(m_records.at(1).route, QByteArray("unmatched"));
        QCOMPARE(m_records.at(2).route, QByteArray("malformed"));
        QCOMPARE(m_records.at(2).status, 400);
    }

    void addressInUse()
    {
        server::ServerConfig config = test::sampleConfig();
        config.port = m_port;
        server::Server second(test::sampleRouter(), config);
        const auto bound = second.start();
        QVERIFY(!bound.ok());
        QCOMPARE(bound.error().key, QStringLiteral("listen_failed"));
        config.host = QStringLiteral("not-an-address");
        server::Server third(test::sampleRouter(), config);
        QCOMPARE(third.start().error().key, QStringLiteral("invalid_listen_address"));
    }
};

REGISTER_SUITE(http_limits, TstHttpLimits)
#include "tst_http_limits.moc"
