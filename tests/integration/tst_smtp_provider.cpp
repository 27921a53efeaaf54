#include "services/providers/brevo_provider.h"
#include "services/providers/failover_provider.h"
#include "services/providers/provider_factory.h"
#include "services/providers/smtp_provider.h"
#include "tests/support/fake_brevo.h"
#include "tests/support/fake_smtp.h"
#include "tests/support/test_main.h"

#include <QThreadPool>
#include <QtTest>

#include <atomic>

using providers::SmtpProvider;
using test::FakeBrevo;
using test::FakeSmtp;
using usecases::OutgoingMail;
using usecases::SendClass;
using usecases::SendResult;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

constexpr int patience = 20'000;

OutgoingMail sampleMail(int number = 1)
{
    return {.kind = s("deploy.failed"),
            .recipient = s("mira%1@example.dev").arg(number),
            .subject = s("Grüße"),
            .html = s("<p>x</p>\n.\n"),
            .text = s(".\n..\nlast"),
            .idempotencyKey = s("audit-%1").arg(number)};
}

} // namespace

class TstSmtpProvider final : public QObject {
    Q_OBJECT

    platform::FixedClock m_clock{QDateTime(QDate(2026, 3, 10), QTime(10, 0), Qt::UTC)};
    std::unique_ptr<FakeSmtp> m_server;
    std::unique_ptr<SmtpProvider> m_provider;

    SmtpProvider::Options options(bool withUser = true) const
    {
        SmtpProvider::Options made;
        made.server.host = s("127.0.0.1");
        made.server.port = m_server->port();
        if (withUser) {
            made.server.user = s("mailer@x.dev");
            made.server.password = s("hunter2-pw");
        }
        made.plainToLoopback = true;
        return made;
    }
    SendResult repliedWith(const char *command, const char *reply)
    {
        m_server->script(command, {reply});
        return m_provider->send(sampleMail(), patience);
    }

private slots:
    void init()
    {
        m_server = std::make_unique<FakeSmtp>();
        m_provider = std::make_unique<SmtpProvider>(options(), m_clock);
    }

    void aMailArrivesWhole()
    {
        const SendResult result = m_provider->send(sampleMail(), patience);
        QVERIFY2(result.result == SendClass::Accepted, qPrintable(result.error));
        QCOMPARE(result.provider, s("smtp"));
        QCOMPARE(result.statusCode, 250);
        QVERIFY(result.called && result.error.isEmpty());
        const FakeSmtp::Mail mail = m_server->mails().first();
        QCOMPARE(mail.from, QByteArray("noreply@instanode.dev"));
        QCOMPARE(mail.to, QByteArray("mira1@example.dev"));
        QCOMPARE(mail.auth, QByteArray("\0mailer@x.dev\0hunter2-pw", 24));
        QCOMPARE(mail.header("Message-ID"), result.messageId.toLatin1());
        QVERIFY(result.messageId.startsWith(QLatin1Char('<')) && result.messageId.endsWith(s("@instanode.dev>")));
        QCOMPARE(mail.header("Subject"), QByteArray("=?UTF-8?B?R3LDvMOfZQ==?="));
        QCOMPARE(mail.header("Date"), QByteArray("10 Mar 2026 10:00:00 +0000"));
        // Dots at the start of a line are doubled on the way and single again on arrival.
        QVERIFY2(mail.data.contains("\r\n\r\n.\r\n..\r\nlast\r\n"), mail.data.constData());
        QVERIFY(mail.data.contains("\r\n<p>x</p>\r\n.\r\n"));
        QVERIFY(m_server->commands().contains("EHLO instanode.dev"));
    }

    void aRepetitionHasTheSameMessageId()
    {
        const QString first = m_provider->send(sampleMail(1), patience).messageId;
        QCOMPARE(m_provider->send(sampleMail(1), patience).messageId, first);
        QVERIFY(m_provider->send(sampleMail(2), patience).messageId != first);
        OutgoingMail mail = sampleMail();
        mail.idempotencyKey.clear();
        QVERIFY(m_provider->send(mail, patience).messageId != m_provider->send(mail, patience).messageId);
        QCOMPARE(m_server->mails().size(), 5);
        QCOMPARE(m_server->sessions(), 1);
    }

    void replies_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<int>("expected");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("authWall");
        const auto row = [](const char *command, const char *reply, SendClass expected, int status,
                            bool authWall = false) {
            QTest::addRow("%s %s", command, reply)
                << QByteArray(command) << QByteArray(reply) << static_cast<int>(expected) << status << authWall;
        };
        row("MESSAGE", "250 2.0.0 queued as 12345", SendClass::Accepted, 250);
        row("MESSAGE", "251-two lines\r\n251 of it", SendClass::Transient, 0);
        row("RCPT", "550 5.1.1 no such user", SendClass::Permanent, 550);
        row("RCPT", "553 5.1.3 bad address", SendClass::Permanent, 553);
        row("RCPT", "450 4.2.0 greylisted", SendClass::Transient, 450);
        row("RCPT", "452-4.5.3 too\r\n452 4.5.3 many", SendClass::Transient, 452);
        row("RCPT", "530 5.7.0 authentication required", SendClass::Transient, 530, true);
        row("DATA", "554 5.5.1 no valid recipients", SendClass::Permanent, 554);
        row("DATA", "451 4.3.0 try later", SendClass::Transient, 451);
        row("MESSAGE", "554 5.7.1 looks like spam", SendClass::Permanent, 554);
        row("MESSAGE", "552 5.3.4 too big", SendClass::Permanent, 552);
        row("MESSAGE", "452 4.3.1 disk full", SendClass::Transient, 452);
        row("MESSAGE", "421 4.3.2 shutting down", SendClass::Transient, 421);
        row("MAIL", "421 4.4.2 idle too long", SendClass::Transient, 421);
        row("MAIL", "550 5.7.1 this sender is not yours", SendClass::Transient, 550, true);
        row("MAIL", "552 5.3.4 too big", SendClass::Permanent, 552);
        row("MAIL", "530 5.7.0 authentication required", SendClass::Transient, 530, true);
        row("AUTH", "535 5.7.8 bad credentials", SendClass::Transient, 535, true);
        row("AUTH", "534 5.7.9 mechanism too weak", SendClass::Transient, 534, true);
        row("AUTH", "454 4.7.0 temporary failure", SendClass::Transient, 454);
        row("GREETING", "554 5.3.2 no service for you", SendClass::Transient, 554, true);
        row("GREETING", "421 4.3.2 come back later", SendClass::Transient, 421);
        for (const char *command : {"GREETING", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "MESSAGE"})
            row(command, FakeSmtp::hangUp, SendClass::Transient, 0);
    }
    void replies()
    {
        QFETCH(QByteArray, command);
        QFETCH(QByteArray, reply);
        QFETCH(int, expected);
        QFETCH(int, status);
        QFETCH(bool, authWall);
        const SendResult result = repliedWith(command.constData(), reply.constData());
        QVERIFY2(static_cast<int>(result.result) == expected, qPrintable(result.error));
        QCOMPARE(result.statusCode, status);
        QCOMPARE(result.authWall, authWall);
        QVERIFY(result.called);
        QCOMPARE(result.error.isEmpty(), result.result == SendClass::Accepted);
        QCOMPARE(result.messageId.isEmpty(), result.result != SendClass::Accepted);
        if (status >= 400)
            QVERIFY2(result.error.startsWith(s("SMTP %1").arg(status)), qPrintable(result.error));
        // What went wrong once does not stick to the connection.
        QCOMPARE(m_provider->send(sampleMail(2), patience).result, SendClass::Accepted);
    }

    void silenceAndNonsenseEndWithTheTimeOut()
    {
        for (const char *reply : {FakeSmtp::silence, "hello", "<html>550</html>"}) {
            for (const char *command : {"GREETING", "EHLO", "AUTH", "RCPT", "MESSAGE"}) {
                FakeSmtp server;
                server.script(command, {reply});
                SmtpProvider::Options made = options();
                made.server.port = server.port();
                SmtpProvider provider(made, m_clock);
                const SendResult result = provider.send(sampleMail(), 200);
                QCOMPARE(result.result, SendClass::Transient);
                QCOMPARE(result.statusCode, 0);
                QVERIFY(!result.authWall);
                QVERIFY(!result.error.isEmpty());
                if (reply == FakeSmtp::silence)
                    QCOMPARE(result.error, s("no answer within 200 ms"));
            }
        }
    }

    void nobodyListens()
    {
        m_server.reset();
        const SendResult result = m_provider->send(sampleMail(), patience);
        QCOMPARE(result.result, SendClass::Transient);
        QCOMPARE(result.statusCode, 0);
        QVERIFY(result.called);
        QVERIFY(!result.error.isEmpty());
    }

    void withoutAUserThereIsNoAuth()
    {
        SmtpProvider provider(options(false), m_clock);
        QCOMPARE(provider.send(sampleMail(), patience).result, SendClass::Accepted);
        QVERIFY(m_server->mails().first().auth.isEmpty());
    }

    void injectionEndsBeforeTheCall_data()
    {
        QTest::addColumn<QString>("recipient");
        for (const char *recipient :
             {"a@b.dev\r\nRCPT TO:<v@example.org>", "a@b.dev>\r\nDATA\r\nhi", "a@b.dev\nBcc: v@example.org",
              "<a@b.dev>", "a@b.dev,v@example.org", "a b@c.dev", "nobody", "a@b.dev\tx"})
            QTest::addRow("%s", QByteArray(recipient).toHex().constData()) << s(recipient);
        QTest::addRow("nul") << s("a@b.dev") + QChar(0) + s("x");
    }
    void injectionEndsBeforeTheCall()
    {
        QFETCH(QString, recipient);
        OutgoingMail mail = sampleMail();
        mail.recipient = recipient;
        const SendResult result = m_provider->send(mail, patience);
        QCOMPARE(result.result, SendClass::Permanent);
        QVERIFY(!result.called);
        QVERIFY2(!result.error.contains(recipient.first(4)), qPrintable(result.error));
        QCOMPARE(m_server->sessions(), 0);
    }

    void injectionInTheTextsStaysText()
    {
        OutgoingMail mail = sampleMail();
        mail.subject = s("Hi\r\nBcc: v@example.org\r\n\r\n.\r\nMAIL FROM:<x@y>");
        mail.text = s("one\r\n.\r\nMAIL FROM:<x@y>\r\nRCPT TO:<v@example.org>\r\nDATA\r\n.\r\n");
        mail.html = mail.text;
        mail.idempotencyKey = s("k\r\nBcc: v@example.org");
        QCOMPARE(m_provider->send(mail, patience).result, SendClass::Accepted);
        QCOMPARE(m_server->mails().size(), 1);
        QVERIFY(m_server->mails().first().header("Bcc").isEmpty());
        QCOMPARE(m_server->mails().first().to, QByteArray("mira1@example.dev"));
        QCOMPARE(m_provider->send(sampleMail(), patience).result, SendClass::Accepted);
        QCOMPARE(m_server->mails().size(), 2);
    }

    void whatCannotBeSentIsNotTried()
    {
        OutgoingMail mail = sampleMail();
        mail.recipient = s(" ");
        QCOMPARE(m_provider->send(mail, patience).result, SendClass::Permanent);
        mail = sampleMail();
        mail.subject.clear();
        QCOMPARE(m_provider->send(mail, patience).result, SendClass::Permanent);
        mail.html.clear();
        QCOMPARE(m_provider->send(mail, patience).result, SendClass::SkippedNoTemplate);
        QVERIFY(!m_provider->send(mail, patience).called);
        QCOMPARE(m_server->sessions(), 0);
    }

    void errorTextsHideAddressAndPassword()
    {
        SendResult result = repliedWith("RCPT", "550 <mira1@example.dev>: no such user here");
        QCOMPARE(result.error, s("SMTP 550 <(hidden)>: no such user here"));
        const QByteArray plain = QByteArray("\0mailer@x.dev\0hunter2-pw", 24).toBase64();
        result = repliedWith("AUTH", ("535 you sent " + plain + " or hunter2-pw for mailer@x.dev").constData());
        QCOMPARE(result.error, s("SMTP 535 you sent (hidden) or (hidden) for (address)"));
    }

    void manyThreads()
    {
        constexpr int threads = 4, each = 10;
        QThreadPool pool;
        pool.setMaxThreadCount(threads);
        std::atomic<int> accepted = 0;
        for (int i = 0; i < threads; ++i) {
            pool.start([this, i, &accepted] {
                for (int n = 0; n < each; ++n)
                    accepted += m_provider->send(sampleMail(i * each + n), patience).result == SendClass::Accepted;
            });
        }
        pool.waitForDone();
        QCOMPARE(accepted.load(), threads * each);
        QCOMPARE(m_server->mails().size(), threads * each);
        QVERIFY(m_server->sessions() <= threads);
        QSet<QByteArray> recipients;
        for (const FakeSmtp::Mail &mail : m_server->mails())
            recipients.insert(mail.to);
        QCOMPARE(recipients.size(), threads * each);
    }

    void theChainFallsBackToSmtp()
    {
        FakeBrevo brevo;
        platform::Metrics metrics;
        platform::MailSettings settings;
        settings.provider = s("brevo");
        settings.fallback = {s("smtp")};
        settings.brevoApiKey = brevo.apiKey();
        settings.brevoBaseUrl = brevo.url();
        settings.smtpUrl = s("smtp://u:p@127.0.0.1:%1").arg(m_server->port());
        const auto made = makeMailProviders(settings, m_clock, providers::metricHooks(metrics), {.threshold = 2});
        QVERIFY(made.ok());
        QCOMPARE(made->sender->send(sampleMail(), patience).provider, s("brevo"));
        brevo.setReply({.status = 422, .body = {}, .contentType = {}, .headers = {}});
        SendResult result = made->sender->send(sampleMail(), patience);
        QCOMPARE(result.provider, s("smtp"));
        QCOMPARE(result.result, SendClass::Accepted);
        brevo.setReply({.status = 503, .body = {}, .contentType = {}, .headers = {}});
        for (int i = 0; i < 4; ++i)
            QCOMPARE(made->sender->send(sampleMail(), patience).provider, s("smtp"));
        QCOMPARE(brevo.requests(), 4); // its breaker opened after two
        m_server->script("RCPT", {"550 no"});
        result = made->sender->send(sampleMail(), patience);
        QCOMPARE(result.result, SendClass::Permanent);
        QCOMPARE(result.provider, s("smtp"));
        QVERIFY(result.called);
        const QByteArray text = metrics.text();
        QVERIFY(text.contains("instant_email_failover_total{outcome=\"primary_ok\"} 1"));
        QVERIFY(text.contains("instant_email_failover_total{outcome=\"fallback_ok\"} 5"));
        QVERIFY(text.contains("instant_email_failover_total{outcome=\"all_failed\"} 1"));
        QVERIFY(text.contains("email_provider_breaker_state{provider=\"brevo\"} 2"));
        QVERIFY(text.contains("email_provider_breaker_state{provider=\"smtp\"} 0"));
    }
};

REGISTER_SUITE(smtp_provider, TstSmtpProvider)
#include "tst_smtp_provider.moc"
