#include "app/server/server.h"
#include "services/providers/brevo_provider.h"
#include "services/providers/smtp_provider.h"
#include "tests/support/certificate.h"
#include "tests/support/fake_brevo.h"
#include "tests/support/fake_smtp.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using providers::BrevoProvider;
using providers::HttpClient;
using providers::HttpRequest;
using providers::HttpResponse;
using providers::SmtpProvider;
using test::Certificate;
using test::FakeSmtp;
using usecases::SendClass;
using usecases::SendResult;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

constexpr int patience = 20'000;

usecases::OutgoingMail sampleMail()
{
    return {.kind = s("deploy.failed"),
            .recipient = s("mira@example.dev"),
            .subject = s("S"),
            .html = s("<p>x</p>"),
            .text = s("x"),
            .idempotencyKey = s("audit-1")};
}

} // namespace

/// Who the providers believe they talk to, and whom they refuse to talk to.
class TstProviderTls final : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    Certificate m_certificate = test::makeCertificate("localhost");
    QString m_caFile;

    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
    }
    /// A host that accepts every mail over HTTPS.
    std::unique_ptr<server::Server> host(const Certificate &certificate)
    {
        server::Router router;
        const auto added =
            router.add({.method = server::Method::Post,
                        .path = "/v3/smtp/email",
                        .limits = {.body = server::BodyKind::Raw},
                        .handler = [](const server::Request &, const server::Responder &respond) {
                            respond(server::Response::json(201, QJsonObject{{s("messageId"), s("<over@tls>")}}));
                        }});
        if (!added)
            qFatal("no route");
        server::ServerConfig config;
        config.port = 0;
        config.ioThreads = 1;
        config.certificateFile = write(s("cert.pem"), certificate.certificate);
        config.privateKeyFile = write(s("key.pem"), certificate.key);
        auto made = std::make_unique<server::Server>(std::move(router), config);
        if (const auto port = made->start(); !port)
            qFatal("no server: %s", qUtf8Printable(port.error().detail));
        return made;
    }
    static SendResult sendTo(const QString &url, const QString &caFile)
    {
        BrevoProvider provider({.baseUrl = url, .apiKey = s("k")}, {}, std::make_shared<const HttpClient>(caFile));
        return provider.send(sampleMail(), patience);
    }
    SendResult submitTo(const FakeSmtp &server, bool implicitTls, const QString &caFile, const char *name = "localhost")
    {
        SmtpProvider::Options options;
        options.server = {.implicitTls = implicitTls,
                          .host = s(name),
                          .port = server.port(),
                          .user = s("mailer"),
                          .password = s("hunter2")};
        options.extraCaFile = caFile;
        const platform::SystemClock clock;
        SmtpProvider provider(options, clock);
        return provider.send(sampleMail(), patience);
    }

private slots:
    void initTestCase()
    {
        m_caFile = write(s("ca.pem"), m_certificate.certificate);
        QVERIFY(!m_caFile.isEmpty());
    }

    void aCertificateNobodyVouchesForIsRefused()
    {
        const auto server = host(m_certificate);
        const QString url = s("https://localhost:%1").arg(server->port());
        SendResult result = sendTo(url, {});
        QCOMPARE(result.result, SendClass::Transient);
        QCOMPARE(result.statusCode, 0);
        QVERIFY2(result.error.contains(s("certificate"), Qt::CaseInsensitive), qPrintable(result.error));
        const QString otherCa = write(s("other.pem"), test::makeCertificate("localhost").certificate);
        QCOMPARE(sendTo(url, otherCa).result, SendClass::Transient);
        result = sendTo(url, m_caFile);
        QCOMPARE(result.result, SendClass::Accepted);
        QCOMPARE(result.messageId, s("<over@tls>"));
    }

    void aCertificateOfAnotherNameIsRefused()
    {
        const Certificate other = test::makeCertificate("mail.example.com");
        const QString caFile = write(s("example.pem"), other.certificate);
        const auto server = host(other);
        QCOMPARE(sendTo(s("https://localhost:%1").arg(server->port()), caFile).result, SendClass::Transient);
        QCOMPARE(sendTo(s("https://127.0.0.1:%1").arg(server->port()), caFile).statusCode, 0);
    }

    void plainHttpGoesNowhereElse()
    {
        const HttpClient client;
        for (const char *url : {"http://api.brevo.com/v3", "http://127.0.0.1@api.brevo.com/",
                                "http://localhost.example.com/", "ftp://127.0.0.1/", "file:///etc/passwd",
                                "api.brevo.com", "", "https://", "//127.0.0.1/", "https://user:pw@api.brevo.com/"}) {
            const HttpResponse answer = client.send({.method = "GET", .url = s(url)});
            QCOMPARE(answer.status, 0);
            QVERIFY2(answer.error.startsWith(s("the provider's address is not")), url);
            QVERIFY(!answer.error.contains(s("pw")));
        }
    }

    void anHttpsAddressThatSpeaksPlainText()
    {
        const test::FakeBrevo plain;
        QString url = plain.url();
        const SendResult result = sendTo(url.replace(s("http://"), s("https://")), m_caFile);
        QCOMPARE(result.result, SendClass::Transient);
        QCOMPARE(result.statusCode, 0);
        QCOMPARE(plain.requests(), 0);
    }

    void longAnswersAreCut()
    {
        test::FakeBrevo brevo;
        brevo.setReply({.status = 400, .body = QByteArray(100'000, 'x'), .contentType = {}, .headers = {}});
        const HttpClient client;
        HttpRequest request;
        request.method = "POST";
        request.url = brevo.url() + s("/v3/smtp/email");
        request.headers = {{"api-key", brevo.apiKey().toLatin1()}};
        request.bodyCap = 1000;
        for (int i = 0; i < 2; ++i) {
            const HttpResponse answer = client.send(request);
            QCOMPARE(answer.status, 400);
            QCOMPARE(answer.body.size(), 1000);
            QVERIFY(!answer.bodyComplete);
            QVERIFY(answer.error.contains(s("1000 bytes")));
        }
        QCOMPARE(brevo.connections(), 1);
    }

    void submissionIsEncrypted()
    {
        for (const FakeSmtp::Tls tls : {FakeSmtp::Tls::StartTls, FakeSmtp::Tls::Implicit}) {
            const FakeSmtp server(tls, m_certificate);
            const SendResult result = submitTo(server, tls == FakeSmtp::Tls::Implicit, m_caFile);
            QVERIFY2(result.result == SendClass::Accepted, qPrintable(result.error));
            QCOMPARE(server.mails().size(), 1);
            QVERIFY(server.mails().first().encrypted);
            QCOMPARE(server.mails().first().auth, QByteArray("\0mailer\0hunter2", 15));
        }
    }

    void submissionRefusesAWrongCertificate()
    {
        for (const FakeSmtp::Tls tls : {FakeSmtp::Tls::StartTls, FakeSmtp::Tls::Implicit}) {
            const FakeSmtp server(tls, m_certificate);
            const bool implicitTls = tls == FakeSmtp::Tls::Implicit;
            for (const SendResult &result :
                 {submitTo(server, implicitTls, {}), submitTo(server, implicitTls, m_caFile, "127.0.0.1")}) {
                QCOMPARE(result.result, SendClass::Transient);
                QCOMPARE(result.statusCode, 0);
                QVERIFY(!result.error.isEmpty());
            }
            QVERIFY(server.mails().isEmpty());
            for (const QByteArray &command : server.commands())
                QVERIFY2(!command.startsWith("AUTH") && !command.startsWith("MAIL"), command.constData());
        }
    }

    void withoutStartTlsNothingIsSaid()
    {
        const FakeSmtp server(FakeSmtp::Tls::None);
        const SendResult result = submitTo(server, false, m_caFile);
        QCOMPARE(result.result, SendClass::Transient);
        QCOMPARE(result.statusCode, 0);
        QVERIFY(!result.authWall);
        QVERIFY(server.mails().isEmpty());
        for (const QByteArray &command : server.commands())
            QVERIFY2(!command.startsWith("AUTH") && !command.startsWith("MAIL"), command.constData());
    }

    void aRefusedStartTlsEndsTheSession()
    {
        FakeSmtp server(FakeSmtp::Tls::StartTls, m_certificate);
        server.script("STARTTLS", {"454 TLS not available due to temporary reason"});
        const SendResult result = submitTo(server, false, m_caFile);
        QCOMPARE(result.result, SendClass::Transient);
        QVERIFY(server.mails().isEmpty());
        for (const QByteArray &command : server.commands())
            QVERIFY2(!command.startsWith("AUTH") && !command.startsWith("MAIL"), command.constData());
    }
};

REGISTER_SUITE(provider_tls, TstProviderTls)
#include "tst_provider_tls.moc"
