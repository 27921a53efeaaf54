#include "tests/integration/http_client.h"
#include "tests/support/test_main.h"

#include <QSemaphore>
#include <QtTest>

#include <atomic>
#include <mutex>
#include <thread>

using test::HttpClient;
using test::HttpReply;

/// The ladder by counting: what was begun is answered, nothing new begins, nothing hangs (spec 03 §3.3).
class TstShutdown final : public QObject {
    Q_OBJECT

private:
    std::atomic<int> m_begun = 0;
    std::mutex m_mutex;
    QList<server::Responder> m_held;
    std::unique_ptr<server::Server> m_server;
    quint16 m_port = 0;

    void releaseAll()
    {
        const std::lock_guard lock(m_mutex);
        for (const server::Responder &respond : std::as_const(m_held))
            respond(server::Response::text(200, "done"));
        m_held.clear();
    }

private slots:
    void init()
    {
        m_begun = 0;
        server::Router router = test::sampleRouter();
        const auto added =
            router.add({.path = "/held", .handler = [this](const server::Request &, const server::Responder &respond) {
                            const std::lock_guard lock(m_mutex);
                            m_held.append(respond);
                            ++m_begun;
                        }});
        QVERIFY(added.ok());
        m_server = std::make_unique<server::Server>(std::move(router), test::sampleConfig());
        m_port = *m_server->start();
    }
    void cleanup()
    {
        m_server.reset();
        m_held.clear();
    }

    void everyBegunRequestIsAnswered()
    {
        constexpr int count = 24;
        std::vector<HttpClient> clients(count);
        for (HttpClient &client : clients) {
            QVERIFY(client.open(m_port));
            client.send("GET /held HTTP/1.1\r\nHost: t\r\n\r\n");
        }
        QTRY_COMPARE(m_begun.load(), count);
        HttpClient idle;
        QVERIFY(idle.open(m_port));
        idle.send("GET /livez HTTP/1.1\r\nHost: t\r\n\r\n");
        QCOMPARE(idle.read().status, 200);

        m_server->stopAccepting();
        QVERIFY(idle.closedByServer());
        HttpClient late;
        QVERIFY(!late.open(m_port));
        QVERIFY(!m_server->waitForInFlight(std::chrono::milliseconds(1)));
        QCOMPARE(m_server->figures().inFlight, count);

        std::thread release([this] { releaseAll(); });
        QVERIFY(m_server->waitForInFlight(std::chrono::seconds(20)));
        release.join();
        m_server->close();
        int answered = 0;
        for (HttpClient &client : clients) {
            const HttpReply reply = client.read();
            answered += reply.status == 200 && reply.body == "done" && reply.header("Connection") == "close" ? 1 : 0;
        }
        QCOMPARE(answered, count);
        QCOMPARE(m_server->figures().connections, 0);
    }

    void underLoadNothingIsLost()
    {
        constexpr int threads = 4;
        std::atomic<int> sent = 0, answered = 0, refused = 0;
        std::vector<std::thread> clients;
        for (int i = 0; i < threads; ++i) {
            clients.emplace_back([&] {
                for (;;) {
                    HttpClient client;
                    if (!client.open(m_port)) {
                        ++refused;
                        return;
                    }
                    client.send("GET /items/1 HTTP/1.1\r\nHost: t\r\n\r\n");
                    ++sent;
                    if (client.read().status == 200)
                        ++answered;
                }
            });
        }
        QTRY_VERIFY(answered.load() > 200);
        m_server->stopAccepting();
        QVERIFY(m_server->waitForInFlight(std::chrono::seconds(20)));
        m_server->close();
        for (std::thread &client : clients)
            client.join();
        // A connection that the kernel took, but the server never accepted, may be lost; one per client at most.
        QVERIFY2(sent - answered <= threads, qPrintable(QStringLiteral("%1 of %2").arg(answered).arg(sent)));
        QCOMPARE(refused.load(), threads);
        QCOMPARE(m_server->figures().inFlight, 0);
    }

    void liveFeedsEndAndDownloadsFinish()
    {
        HttpClient feed, download;
        QVERIFY(feed.open(m_port) && download.open(m_port));
        download.socket()->setReadBufferSize(64 * 1024);
        feed.send("GET /sse HTTP/1.1\r\nHost: t\r\n\r\n");
        download.send("GET /download?chunks=200 HTTP/1.1\r\nHost: t\r\n\r\n");
        QTRY_COMPARE(m_server->figures().streams, 2);
        m_server->stopAccepting();
        QVERIFY(feed.read().body.startsWith("data: hello"));
        QVERIFY(feed.closedByServer());
        QCOMPARE(download.read().body.size(), 200 * 64 * 1024);
        QVERIFY(m_server->waitForInFlight(std::chrono::seconds(20)));
        QTRY_COMPARE(m_server->figures().streams, 0);
    }

    void closeDoesNotWaitForStuckRequests()
    {
        HttpClient stuck;
        QVERIFY(stuck.open(m_port));
        stuck.send("GET /held HTTP/1.1\r\nHost: t\r\n\r\n");
        QTRY_COMPARE(m_begun.load(), 1);
        m_server->stopAccepting();
        QVERIFY(!m_server->waitForInFlight(std::chrono::milliseconds(10)));
        m_server->close();
        QCOMPARE(stuck.read().status, 0);
        releaseAll(); // an answer that comes after the end goes nowhere, and harms nothing
        m_server.reset();
    }

    void neverStartedServerCloses()
    {
        server::Server unused(test::sampleRouter(), test::sampleConfig());
        unused.stopAccepting();
        QVERIFY(unused.waitForInFlight(std::chrono::milliseconds(0)));
        unused.close();
        QCOMPARE(unused.port(), quint16(0));
    }
};

REGISTER_SUITE(shutdown, TstShutdown)
#include "tst_shutdown.moc"
