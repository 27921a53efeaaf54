#include "tests/integration/http_client.h"
#include "tests/support/certificate.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QtTest>

using test::HttpClient;
using test::HttpReply;

class TstTls final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<server::Server> m_server;
    quint16 m_port = 0;

    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
    }
    static std::unique_ptr<QSslSocket> encrypted(quint16 port, QSsl::SslProtocol protocol)
    {
        auto socket = std::make_unique<QSslSocket>();
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setProtocol(protocol);
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        configuration.setAllowedNextProtocols({"h2", "http/1.1"});
        socket->setSslConfiguration(configuration);
        socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
        return socket->waitForEncrypted(20000) ? std::move(socket) : nullptr;
    }
    HttpReply ask(const QByteArray &bytes)
    {
        HttpClient client(encrypted(m_port, QSsl::SecureProtocols));
        if (!client.socket())
            return {};
        client.send(bytes);
        return client.read();
    }

private slots:
    void initTestCase()
    {
        const auto [certificate, key] = test::makeCertificate();
        server::ServerConfig config = test::sampleConfig();
        config.certificateFile = write(QStringLiteral("cert.pem"), certificate);
        config.privateKeyFile = write(QStringLiteral("key.pem"), key);
        m_server = std::make_unique<server::Server>(test::sampleRouter(), std::move(config));
        const auto bound = m_server->start();
        QVERIFY2(bound.ok(), bound.ok() ? "" : qPrintable(bound.error().detail));
        QVERIFY(m_server->tls());
        m_port = *bound;
    }
    void cleanupTestCase() { m_server.reset(); }

    void answersOverTls12And13()
    {
        for (const QSsl::SslProtocol protocol : {QSsl::TlsV1_2, QSsl::TlsV1_3}) {
            auto socket = encrypted(m_port, protocol);
            QVERIFY(socket);
            QCOMPARE(socket->sessionProtocol(), protocol);
            QCOMPARE(socket->sslConfiguration().nextNegotiatedProtocol(), QByteArray("http/1.1"));
            HttpClient client(std::move(socket));
            for (int i = 0; i < 3; ++i) {
                client.send("GET /items/" + QByteArray::number(i) + " HTTP/1.1\r\nHost: t\r\n\r\n");
                QCOMPARE(client.read().status, 200);
            }
        }
    }

    void refusesOldProtocols()
    {
        QT_WARNING_PUSH
        QT_WARNING_DISABLE_DEPRECATED
        QVERIFY(!encrypted(m_port, QSsl::TlsV1_1));
        QT_WARNING_POP
    }

    void largeAnswersAndStreams()
    {
        QCOMPARE(ask("GET /big HTTP/1.1\r\nHost: t\r\n\r\n").body.size(), 1024 * 1024);
        QCOMPARE(ask("GET /download?chunks=20 HTTP/1.1\r\nHost: t\r\n\r\n").body.size(), 20 * 64 * 1024);
    }

    void refusalReachesTheClient()
    {
        QCOMPARE(
            ask("POST /raw HTTP/1.1\r\nHost: t\r\nContent-Length: 900000\r\n\r\n" + QByteArray(900000, 'x')).status,
            413);
        QCOMPARE(ask("rubbish\r\n\r\n").status, 400);
    }

    void plainTextOnTheTlsPort()
    {
        HttpClient client;
        QVERIFY(client.open(m_port));
        client.send("GET /livez HTTP/1.1\r\nHost: t\r\n\r\n");
        QVERIFY(!client.readBytes(1 << 20).startsWith("HTTP/1.1 200"));
        QCOMPARE(ask("GET /livez HTTP/1.1\r\nHost: t\r\n\r\n").status, 200);
    }

    void badFilesAreNamed()
    {
        const auto [certificate, key] = test::makeCertificate();
        const auto [otherCertificate, otherKey] = test::makeCertificate();
        const QString fine = write(QStringLiteral("a.pem"), certificate);
        const QString foreign = write(QStringLiteral("b.pem"), otherKey);
        const QString garbage = write(QStringLiteral("c.pem"), "nothing");
        const QList<std::pair<QString, QString>> pairs{
            {fine, QString()},  {QString(), foreign}, {fine, foreign},
            {garbage, foreign}, {fine, garbage},      {fine, m_folder.filePath(QStringLiteral("absent.pem"))}};
        for (const auto &[certificateFile, keyFile] : pairs) {
            server::ServerConfig config = test::sampleConfig();
            config.certificateFile = certificateFile;
            config.privateKeyFile = keyFile;
            server::Server bad(test::sampleRouter(), config);
            const auto started = bad.start();
            QVERIFY(!started.ok());
            QCOMPARE(started.error().key, QStringLiteral("tls_config_invalid"));
            QVERIFY(!started.error().detail.isEmpty());
            QVERIFY(!started.error().detail.contains(QLatin1StringView("PRIVATE KEY")));
        }
    }
};

REGISTER_SUITE(tls, TstTls)
#include "tst_tls.moc"
