#include "services/remote/row_counter.h"
#include "tests/support/fake_backend.h"
#include "tests/support/test_host.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QProcess>
#include <QSemaphore>
#include <QSet>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using domain::ErrorCode;
using test::await;

namespace {

/// A host that misbehaves by script: each connection gets the next answer, byte for byte, and is then closed.
class ScriptedHost : public QObject {
public:
    /// Head and the announced body are there: what a host would act on.
    static bool isComplete(const QByteArray &request)
    {
        const qsizetype headEnd = request.indexOf("\r\n\r\n");
        const qsizetype at = request.toLower().indexOf("content-length: ");
        const qsizetype length = at < 0 ? 0 : request.mid(at + 16, request.indexOf("\r\n", at) - at - 16).toLongLong();
        return headEnd >= 0 && request.size() >= headEnd + 4 + length;
    }

    explicit ScriptedHost(QList<QByteArray> answers) : m_answers(std::move(answers))
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            m_seen.clear();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                m_seen += socket->readAll();
                if (!isComplete(m_seen))
                    return;
                m_requests << std::exchange(m_seen, {});
                if (!m_answers.isEmpty())
                    socket->write(m_answers.takeFirst());
                socket->disconnectFromHost();
            });
        });
    }
    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort())); }
    const QList<QByteArray> &requests() const { return m_requests; }

    static QByteArray json(const QByteArray &body, const QByteArray &status = "200 OK")
    {
        return "HTTP/1.1 " + status +
               "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
               "\r\nConnection: close\r\n\r\n" + body;
    }
    static QByteArray me()
    {
        return json(QByteArray("{\"ok\":true,\"admin_path_prefix\":\"") + test::hostPrefix + "\"}");
    }

private:
    QTcpServer m_server;
    QList<QByteArray> m_answers, m_requests;
    QByteArray m_seen;
};

std::unique_ptr<remote::RemoteBackend> clientOf(const QUrl &url, const QString &caFile = {})
{
    remote::RemoteConfig config;
    config.url = url;
    config.token = QStringLiteral("ink_x");
    config.caFile = caFile;
    auto client = remote::RemoteBackend::create(config);
    return client ? std::move(client).value() : nullptr;
}

ports::CallContext within(int ms)
{
    ports::CallContext context;
    context.deadline = QDateTime::currentDateTimeUtc().addMSecs(ms);
    return context;
}

/// A fresh self-signed certificate for 127.0.0.1; false when openssl is missing.
bool makeCertificate(const QString &keyFile, const QString &certificateFile)
{
    return QProcess::execute(
               QStringLiteral("openssl"),
               {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
                QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=127.0.0.1"),
                QStringLiteral("-addext"), QStringLiteral("subjectAltName=IP:127.0.0.1"), QStringLiteral("-keyout"),
                keyFile, QStringLiteral("-out"), certificateFile}) == 0;
}

} // namespace

class TstRemoteOutage : public QObject {
    Q_OBJECT
private slots:
    void configurationsAreChecked_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("token");
        QTest::addColumn<QString>("key");
        const QString good = QStringLiteral("ink_x");
        QTest::newRow("no scheme") << QStringLiteral("console.example.com") << good << QStringLiteral("invalid_url");
        QTest::newRow("ftp") << QStringLiteral("ftp://console.example.com") << good << QStringLiteral("invalid_url");
        QTest::newRow("user") << QStringLiteral("https://a:b@console.example.com") << good
                              << QStringLiteral("invalid_url");
        QTest::newRow("query") << QStringLiteral("https://console.example.com/?a=1") << good
                               << QStringLiteral("invalid_url");
        QTest::newRow("plain far away") << QStringLiteral("http://console.example.com") << good
                                        << QStringLiteral("insecure_url");
        QTest::newRow("no token") << QStringLiteral("https://console.example.com") << QString()
                                  << QStringLiteral("missing_token");
        QTest::newRow("header injection") << QStringLiteral("https://console.example.com")
                                          << QStringLiteral("ink_x\r\nX: y") << QStringLiteral("missing_token");
        QTest::newRow("https") << QStringLiteral("https://console.example.com/base") << good << QString();
        QTest::newRow("this machine") << QStringLiteral("http://localhost:8080") << good << QString();
    }
    void configurationsAreChecked()
    {
        QFETCH(QString, url);
        QFETCH(QString, token);
        QFETCH(QString, key);
        remote::RemoteConfig config;
        config.url = QUrl(url);
        config.token = token;
        const auto checked = remote::checkConfig(config);
        QCOMPARE(checked.ok() ? QString() : checked.error().key, key);
        QVERIFY(checked.ok() || checked.error().code == ErrorCode::InvalidInput);
    }

    void aHostMayGoAndComeBack()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        QVERIFY(await(client->overview().overview({})).ok());
        host.stop();
        const auto gone = await(client->overview().overview({}));
        QVERIFY(!gone.ok());
        QCOMPARE(gone.error().code, ErrorCode::Unavailable);
        QCOMPARE(gone.error().key, QStringLiteral("host_unreachable"));
        QVERIFY(gone.error().detail.contains(QStringLiteral("127.0.0.1:")));
        host.restart();
        QVERIFY(await(client->overview().overview({})).ok());
    }

    void aChangedPrefixIsFoundAgain()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        QCOMPARE(await(client->session().whoAmI({}))->adminPathPrefix, QString::fromLatin1(test::hostPrefix));
        host.currentOptions().admin.prefix = QString(40, QLatin1Char('q'));
        host.restart();
        const auto note = await(client->customers().addNote({}, test::teamId(1), QStringLiteral("once")));
        QVERIFY(note.ok());
        QCOMPARE(await(client->session().whoAmI({}))->adminPathPrefix, host.currentOptions().admin.prefix);
    }

    void errorsOfTheHostArriveUnchanged()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        QCOMPARE(await(client->customers().detail({}, domain::TeamId::random())).error().key,
                 QStringLiteral("team_not_found"));
        fake.fail(test::Method::Overview, domain::unavailable(QStringLiteral("db_failed")));
        const auto failed = await(client->overview().overview({}));
        QCOMPARE(failed.error().code, ErrorCode::Unavailable);
        QCOMPARE(failed.error().key, QStringLiteral("db_failed"));
    }

    void wrongTokensAndStrangersAreTold()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto unknown = await(host.client(QStringLiteral("ink_unknown"))->session().whoAmI({}));
        QCOMPARE(unknown.error().code, ErrorCode::Unauthenticated);
        QCOMPARE(unknown.error().key, QStringLiteral("unauthorized"));
        const QString stranger = host.token(domain::Scope::Admin, QStringLiteral("stranger@example.com"));
        QCOMPARE(await(host.client(stranger)->session().whoAmI({})).error().code, ErrorCode::Forbidden);
    }

    void deadlinesAreKept()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        fake.hold(test::Method::Overview);
        const auto late = await(client->overview().overview(within(200)));
        QCOMPARE(late.error().code, ErrorCode::Timeout);
        QCOMPARE(await(client->overview().overview(within(-1))).error().code, ErrorCode::Timeout);
        fake.release(test::Method::Overview);
        QVERIFY(await(client->overview().overview({})).ok());
    }

    void cancellingAbortsTheRequest()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        fake.hold(test::Method::Overview);
        auto future = client->overview().overview({});
        QTRY_COMPARE(fake.waiting(test::Method::Overview), 1);
        future.cancel();
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.resultCount(), 0);
        fake.release(test::Method::Overview);
        QVERIFY(await(client->overview().overview({})).ok());
    }

    void callsEndWithTheClient()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        constexpr int connections = 6; // of QNetworkAccessManager to one host; the other calls wait in the client
        fake.hold(test::Method::Overview);
        QList<QFuture<domain::Result<ports::Overview>>> calls;
        {
            const auto client = host.client(host.token());
            for (int i = 0; i < 20; ++i)
                calls << client->overview().overview({});
            QTRY_COMPARE(fake.waiting(test::Method::Overview), connections);
        }
        for (const auto &call : std::as_const(calls)) {
            QVERIFY(call.isFinished());
            if (call.resultCount() > 0)
                QCOMPARE(call.result().error().code, ErrorCode::Cancelled);
        }
        fake.release(test::Method::Overview);
        QTRY_COMPARE(host.auditor().figures().written, connections); // nothing of them is left in the host
    }

    void nobodyThere()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const QUrl url(QStringLiteral("http://127.0.0.1:%1").arg(closed.serverPort()));
        closed.close();
        const auto answer = await(clientOf(url)->session().whoAmI({}));
        QCOMPARE(answer.error().key, QStringLiteral("host_unreachable"));
    }

    void aBrokenConnectionIsTriedAgain()
    {
        const QByteArray sums = R"({"ok":true,"sums":{"count":1,"paying":1,"mrr_list_cents":2,"median_mrr_cents":3,)"
                                R"("storage_bytes":4,"deployments_active":5}})";
        ScriptedHost reads({ScriptedHost::me(), QByteArray(), ScriptedHost::json(sums)});
        const auto reader = clientOf(reads.url());
        const auto answer = await(reader->customers().sums({}, {}));
        QVERIFY2(answer.ok(), qPrintable(answer.ok() ? QString() : answer.error().detail));
        QCOMPARE(answer->deploymentsActive, 5);
        QCOMPARE(reads.requests().size(), 3);

        // Qt's own client repeats a write as well: every repetition must carry the key of the first.
        ScriptedHost writes({ScriptedHost::me(), QByteArray(), ScriptedHost::json("{}")});
        const auto writer = clientOf(writes.url());
        QVERIFY(!await(writer->customers().addNote({}, test::teamId(1), QStringLiteral("x"))).ok());
        QSet<QByteArray> keys;
        for (const QByteArray &request : writes.requests().sliced(1)) {
            const qsizetype at = request.indexOf("Idempotency-Key: ");
            QVERIFY(at > 0);
            keys.insert(request.mid(at, request.indexOf("\r\n", at) - at));
        }
        QCOMPARE(keys.size(), 1);
    }

    void unreadableAnswersAreErrors_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("mention");
        const QString unreadable = QStringLiteral("invalid_response");
        QTest::newRow("html") << ScriptedHost::json("<html>") << unreadable << QStringLiteral("JSON");
        QTest::newRow("no sums") << ScriptedHost::json(R"({"ok":true})") << unreadable << QStringLiteral("sums");
        QTest::newRow("wrong type") << ScriptedHost::json(R"({"ok":true,"sums":{"count":"many"}})") << unreadable
                                    << QStringLiteral("sums.count");
        QTest::newRow("redirect") << QByteArray("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
                                                "Content-Length: 0\r\nConnection: close\r\n\r\n")
                                  << unreadable << QStringLiteral("302");
        QTest::newRow("proxy") << ScriptedHost::json("<html>", "502 Bad Gateway") << QStringLiteral("http_502")
                               << QString();
        QTest::newRow("cut short") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\"")
                                   << QStringLiteral("host_unreachable") << QString();
        QTest::newRow("too large") << ScriptedHost::json(QByteArray(17 * 1024 * 1024, ' '))
                                   << QStringLiteral("response_too_large") << QString();
    }
    void unreadableAnswersAreErrors()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, key);
        QFETCH(QString, mention);
        ScriptedHost host({ScriptedHost::me(), answer});
        const auto client = clientOf(host.url());
        const auto sums = await(client->customers().sums({}, {}));
        QVERIFY(!sums.ok());
        QCOMPARE(sums.error().code, ErrorCode::Unavailable);
        QCOMPARE(sums.error().key, key);
        QVERIFY2(sums.error().detail.contains(mention), qPrintable(sums.error().detail));
    }

    void theTokenNeverFollowsARedirect()
    {
        ScriptedHost other({ScriptedHost::me()});
        ScriptedHost host({"HTTP/1.1 307 Temporary Redirect\r\nLocation: " + other.url().toEncoded() +
                           "/auth/me\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"});
        const auto client = clientOf(host.url());
        QVERIFY(!await(client->session().whoAmI({})).ok());
        QVERIFY(other.requests().isEmpty());
    }

    void certificatesMustBeTrusted()
    {
        QTemporaryDir folder;
        const QString key = folder.filePath(QStringLiteral("key.pem"));
        const QString certificate = folder.filePath(QStringLiteral("cert.pem"));
        QVERIFY2(makeCertificate(key, certificate), "the openssl program is needed for this test");
        test::FakeBackend fake;
        test::HostOptions options = test::TestHost::options();
        options.listener.privateKeyFile = key;
        options.listener.certificateFile = certificate;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()}, options);
        const auto unknown = await(host.client(host.token())->session().whoAmI({}));
        QCOMPARE(unknown.error().code, ErrorCode::Unavailable);
        QCOMPARE(unknown.error().key, QStringLiteral("tls_failed"));
        QVERIFY2(unknown.error().detail.contains(QStringLiteral("self"), Qt::CaseInsensitive),
                 qPrintable(unknown.error().detail));

        remote::RemoteConfig pinned;
        pinned.url = host.url();
        pinned.token = host.token();
        pinned.caFile = certificate;
        const auto client = remote::RemoteBackend::create(pinned);
        QVERIFY(client.ok());
        const auto known = await((*client)->session().whoAmI({}));
        QVERIFY2(known.ok(), qPrintable(known.ok() ? QString() : known.error().detail));
        pinned.caFile = folder.filePath(QStringLiteral("absent.pem"));
        QCOMPARE(remote::RemoteBackend::create(pinned).error().key, QStringLiteral("tls_config_invalid"));
    }

    void exportsStreamAndCount_data()
    {
        QTest::addColumn<int>("format");
        QTest::newRow("csv") << static_cast<int>(ports::ExportFormat::Csv);
        QTest::newRow("jsonl") << static_cast<int>(ports::ExportFormat::JsonLines);
    }
    void exportsStreamAndCount()
    {
        QFETCH(int, format);
        test::FakeBackend fake;
        fake.edit([](test::Dataset &data) {
            const domain::AuditEntry pattern = data.audit.first();
            for (int i = 0; i < 20'000; ++i) {
                domain::AuditEntry entry = pattern;
                entry.id = domain::AuditId::random();
                entry.summary = QStringLiteral("line one\nline \"two\", %1").arg(i);
                data.audit << entry;
            }
        });
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        QByteArray received;
        const auto summary = await(client->audit().exportRows({}, {}, static_cast<ports::ExportFormat>(format),
                                                              [&received](const QByteArray &piece) {
                                                                  received += piece;
                                                                  return true;
                                                              }));
        QVERIFY2(summary.ok(), qPrintable(summary.ok() ? QString() : summary.error().detail));
        QVERIFY(summary->rows > 20'000);
        QVERIFY(received.size() > 2 * 1024 * 1024);
        QVERIFY(received.contains(", 19999"));
    }

    void aSlowReceiverHoldsTheHostBack()
    {
        test::FakeBackend fake;
        fake.edit([](test::Dataset &data) {
            domain::AuditEntry entry = data.audit.first();
            entry.summary = QString(8'000, QLatin1Char('x'));
            for (int i = 0; i < 4'000; ++i) {
                entry.id = domain::AuditId::random();
                data.audit << entry;
            }
        });
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        QSemaphore permits;
        std::atomic<qint64> taken = 0;
        auto future = client->audit().exportRows({}, {}, ports::ExportFormat::JsonLines, [&](const QByteArray &piece) {
            permits.acquire();
            taken += piece.size();
            return true;
        });
        // 32 MB are to come; while nobody takes a piece, the host cannot finish: the buffers in between are smaller.
        permits.release(1);
        QTRY_VERIFY(taken.load() > 0);
        QCOMPARE(host.server().figures().streams, 1);
        QVERIFY(!future.isFinished());
        permits.release(1'000'000);
        const auto summary = await(future);
        QVERIFY(summary.ok());
        QVERIFY(taken.load() > 32'000'000);
    }

    void exportsCanBeStopped()
    {
        test::FakeBackend fake;
        fake.edit([](test::Dataset &data) {
            domain::AuditEntry entry = data.audit.first();
            entry.summary = QString(8'000, QLatin1Char('x'));
            for (int i = 0; i < 2'000; ++i) {
                entry.id = domain::AuditId::random();
                data.audit << entry;
            }
        });
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        std::atomic<int> pieces = 0;
        const auto stopped =
            await(client->audit().exportRows({}, {}, ports::ExportFormat::Csv, [&](const QByteArray &) {
                ++pieces;
                return false;
            }));
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QCOMPARE(pieces.load(), 1);
        QTRY_COMPARE(host.server().figures().streams, 0);
    }

    void brokenExportsAreErrors()
    {
        const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n";
        ScriptedHost host({ScriptedHost::me(), head + "5\r\na,b\r\n\r\n"});
        QByteArray received;
        const auto client = clientOf(host.url());
        const auto summary =
            await(client->audit().exportRows({}, {}, ports::ExportFormat::Csv, [&received](const QByteArray &piece) {
                received += piece;
                return true;
            }));
        QVERIFY(!summary.ok());
        QCOMPARE(summary.error().code, ErrorCode::Unavailable);
    }

    void exportErrorsBeforeTheFirstPieceKeepTheirKey()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        fake.fail(test::Method::ExportAudit, domain::unavailable(QStringLiteral("db_failed")));
        const auto failed = await(
            client->audit().exportRows({}, {}, ports::ExportFormat::Csv, [](const QByteArray &) { return true; }));
        QCOMPARE(failed.error().key, QStringLiteral("db_failed"));
    }

    void rowsAreCountedInAnyPieces()
    {
        const QByteArray csv = "# audit export; filter: text=\"\r\nid,summary\r\n1,\"a\nb \"\"c\"\"\"\r\n2,x\r\n";
        for (qsizetype size = 1; size <= csv.size(); ++size) {
            remote::RowCounter counter(ports::ExportFormat::Csv);
            for (qsizetype from = 0; from < csv.size(); from += size)
                counter.feed(csv.mid(from, size));
            QCOMPARE(counter.rows(), 2);
        }
        remote::RowCounter lines(ports::ExportFormat::JsonLines);
        lines.feed("{\"a\":\"#\"}\n{\"a\":\"\\\"\"}\n");
        QCOMPARE(lines.rows(), 2);
    }
};

REGISTER_SUITE(remote_outage, TstRemoteOutage)
#include "tst_remote_outage.moc"
