#include "test_paths.h"
#include "tests/integration/http_client.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QtTest>

using test::HttpClient;
using test::HttpReply;

/// Sends every file of tests/data/http_corpus as it is. Each must get the clear refusal that the manifest names, and
/// the server must be as well afterwards as before.
class TstHttpCorpus final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<server::Server> m_server;
    quint16 m_port = 0;

    static QDir folder() { return QDir(QStringLiteral(INSTANODE_SOURCE_DIR "/tests/data/http_corpus")); }
    static QList<QByteArrayList> manifest()
    {
        QFile file(folder().filePath(QStringLiteral("manifest.tsv")));
        QList<QByteArrayList> rows;
        if (!file.open(QIODevice::ReadOnly))
            return rows;
        const QByteArray text = file.readAll();
        for (const QByteArray &line : text.split('\n')) {
            if (!line.isEmpty() && !line.startsWith('#'))
                rows.append(line.split('\t'));
        }
        return rows;
    }

private slots:
    void initTestCase()
    {
        server::ServerConfig config = test::sampleConfig();
        config.limits.headerTimeout = config.limits.bodyTimeout = std::chrono::milliseconds(300);
        m_server = std::make_unique<server::Server>(test::sampleRouter(), std::move(config));
        const auto bound = m_server->start();
        QVERIFY(bound.ok());
        m_port = *bound;
    }
    void cleanupTestCase() { m_server.reset(); }

    void manifestIsComplete()
    {
        QStringList listed;
        for (const QByteArrayList &row : manifest()) {
            QCOMPARE(row.size(), 3);
            listed << QString::fromUtf8(row.first());
        }
        listed.sort();
        QCOMPARE(listed, folder().entryList({QStringLiteral("*.http")}, QDir::Files, QDir::Name));
        QVERIFY(listed.size() >= 100);
    }

    void refused_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QString>("error");
        for (const QByteArrayList &row : manifest())
            QTest::newRow(row.at(0).constData())
                << QString::fromUtf8(row.at(0)) << row.at(1) << QString::fromUtf8(row.at(2));
    }

    void refused()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, status);
        QFETCH(QString, error);
        QFile bytes(folder().filePath(file));
        QVERIFY(bytes.open(QIODevice::ReadOnly));
        HttpClient client;
        QVERIFY(client.open(m_port));
        client.send(bytes.readAll());
        if (status == "-") {
            QVERIFY(client.closedByServer());
        } else {
            const HttpReply reply = client.read();
            QCOMPARE(reply.status, status.toInt());
            QCOMPARE(reply.header("X-Content-Type-Options"), QByteArray("nosniff"));
            QVERIFY(!reply.header("X-Request-ID").isEmpty());
            if (error == QLatin1StringView("-")) {
                QVERIFY(reply.body.isEmpty());
            } else {
                const QJsonObject envelope = reply.json();
                QCOMPARE(reply.error(), error);
                QVERIFY(!envelope.value(QLatin1StringView("message")).toString().isEmpty());
                QVERIFY(envelope.contains(QLatin1StringView("retry_after_seconds")));
                QVERIFY(envelope.value(QLatin1StringView("agent_action"))
                            .toString()
                            .startsWith(QLatin1StringView("Tell the user")));
            }
        }
        QCOMPARE(HttpClient::get(m_port, "/livez").body, QByteArray("{\"alive\":true}"));
    }

    void nothingIsLeftBehind()
    {
        QTRY_COMPARE(m_server->figures().inFlight, 0);
        QTRY_COMPARE(m_server->figures().connections, 0);
    }
};

REGISTER_SUITE(http_corpus, TstHttpCorpus)
#include "tst_http_corpus.moc"
