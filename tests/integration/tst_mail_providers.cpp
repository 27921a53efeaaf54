#include "services/providers/breaker_provider.h"
#include "services/providers/brevo_provider.h"
#include "services/providers/provider_factory.h"
#include "tests/support/fake_brevo.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThreadPool>
#include <QtTest>

#include <atomic>

using providers::BrevoAccount;
using providers::BrevoProvider;
using providers::HttpClient;
using test::FakeBrevo;
using usecases::OutgoingMail;
using usecases::SendClass;
using usecases::SendResult;
using Reply = FakeBrevo::Reply;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

OutgoingMail sampleMail(int number = 1)
{
    return {.kind = s("deploy.failed"),
            .recipient = s("mira%1@example.dev").arg(number),
            .subject = s("Grüße \"von\" uns"),
            .html = s("<p>Ihr Deploy & mehr</p>"),
            .text = s("Ihr Deploy & mehr"),
            .idempotencyKey = s("audit-%1").arg(number)};
}

constexpr int patience = 20'000;

} // namespace

/// Every row of spec 02 §3.3, over a real connection.
class TstMailProviders final : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeBrevo> m_brevo;
    std::shared_ptr<const HttpClient> m_http;
    std::unique_ptr<BrevoProvider> m_provider;
    QList<std::pair<SendClass, int>> m_errors;

    BrevoAccount account() const { return {.baseUrl = m_brevo->url(), .apiKey = m_brevo->apiKey()}; }
    SendResult answeredWith(const Reply &reply, int timeoutMs = patience)
    {
        m_errors.clear();
        m_brevo->script({reply});
        return m_provider->send(sampleMail(), timeoutMs);
    }
    static Reply status(int code, const char *body = nullptr)
    {
        Reply reply;
        reply.status = code;
        if (body)
            reply.body = QByteArray(body);
        return reply;
    }

private slots:
    void init()
    {
        m_errors.clear();
        m_brevo = std::make_unique<FakeBrevo>();
        m_http = std::make_shared<const HttpClient>();
        m_provider = std::make_unique<BrevoProvider>(account(), BrevoProvider::Sender{}, m_http,
                                                     [this](SendClass result, int code) {
                                                         m_errors.append({result, code});
                                                     });
    }

    void theRequestIsWhatBrevoExpects()
    {
        const SendResult result = m_provider->send(sampleMail(), patience);
        QCOMPARE(result.result, SendClass::Accepted);
        QCOMPARE(result.provider, s("brevo"));
        QCOMPARE(result.statusCode, 201);
        QVERIFY(result.called && !result.authWall && result.error.isEmpty());
        QVERIFY(m_errors.isEmpty());
        QCOMPARE(result.messageId, m_brevo->mails().first().messageId);
        QVERIFY(result.messageId.startsWith(QLatin1Char('<')) && result.messageId.endsWith(QLatin1Char('>')));

        const FakeBrevo::Request request = m_brevo->lastRequest();
        QCOMPARE(request.method, QByteArray("POST"));
        QCOMPARE(request.target, QByteArray("/v3/smtp/email"));
        QCOMPARE(request.header("api-key"), m_brevo->apiKey().toLatin1());
        QCOMPARE(request.header("content-type"), QByteArray("application/json"));
        QCOMPARE(request.header("x-mailin-custom"), QByteArray("audit-1"));
        QVERIFY(request.header("expect").isEmpty());
        const QJsonObject expected{
            {s("sender"), QJsonObject{{s("email"), s("noreply@instanode.dev")}, {s("name"), s("instanode")}}},
            {s("to"), QJsonArray{QJsonObject{{s("email"), s("mira1@example.dev")}}}},
            {s("subject"), s("Grüße \"von\" uns")},
            {s("htmlContent"), s("<p>Ihr Deploy & mehr</p>")},
            {s("textContent"), s("Ihr Deploy & mehr")},
            {s("tags"), QJsonArray{s("deploy.failed")}}};
        QCOMPARE(QJsonDocument::fromJson(request.body).object(), expected);
    }

    void statuses_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("expected");
        const auto rows = [](SendClass expected, std::initializer_list<int> codes) {
            for (const int code : codes)
                QTest::addRow("%d", code) << code << static_cast<int>(expected);
        };
        rows(SendClass::Accepted, {200, 201, 202, 204, 299});
        rows(SendClass::Transient, {401, 403, 408, 425, 429});
        rows(SendClass::Permanent, {400, 402, 404, 405, 406, 409, 413, 418, 422, 451, 499});
        rows(SendClass::Transient, {500, 502, 503, 504, 521, 599});
        rows(SendClass::Transient, {300, 301, 302, 307, 308, 399});
        rows(SendClass::Transient, {600, 700, 999});
    }
    void statuses()
    {
        QFETCH(int, code);
        QFETCH(int, expected);
        const SendResult result = answeredWith(status(code));
        QCOMPARE(static_cast<int>(result.result), expected);
        QCOMPARE(result.statusCode, code);
        QCOMPARE(result.authWall, code == 401 || code == 403);
        QVERIFY(result.called);
        if (result.result == SendClass::Accepted) {
            QVERIFY(m_errors.isEmpty());
            QVERIFY(result.error.isEmpty());
        } else {
            QCOMPARE(m_errors, (QList<std::pair<SendClass, int>>{{result.result, code}}));
            QVERIFY2(result.error.startsWith(s("HTTP %1").arg(code)), qPrintable(result.error));
            QVERIFY(result.messageId.isEmpty());
        }
    }

    void anInterimAnswerIsNoAnswer()
    {
        // 102 and nothing else until the connection breaks.
        Reply reply = status(102, "x");
        reply.breaks = Reply::Break::ResetInBody;
        const SendResult result = answeredWith(reply);
        QCOMPARE(result.result, SendClass::Transient);
        QCOMPARE(result.statusCode, 0);
        QCOMPARE(m_errors, (QList<std::pair<SendClass, int>>{{SendClass::Transient, 0}}));
    }

    void redirectionsAreNotFollowed()
    {
        Reply reply = status(302);
        reply.headers = {{"Location", m_brevo->url().toLatin1() + "/v3/elsewhere"}};
        QCOMPARE(answeredWith(reply).result, SendClass::Transient);
        QCOMPARE(m_brevo->requests(), 1);
    }

    void acceptedWhateverTheBody_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("id");
        QTest::addRow("verbatim") << QByteArray(
                                         R"({"messageId":"<201906041434.20406ed00f7@smtp-relay.sendinblue.com>"})")
                                  << s("<201906041434.20406ed00f7@smtp-relay.sendinblue.com>");
        QTest::addRow("without brackets") << QByteArray(R"({"messageId":"a@b"})") << s("a@b");
        QTest::addRow("empty") << QByteArray() << QString();
        QTest::addRow("no such field") << QByteArray(R"({"messageIds":["<a@b>"]})") << QString();
        QTest::addRow("null") << QByteArray(R"({"messageId":null})") << QString();
        QTest::addRow("number") << QByteArray(R"({"messageId":12})") << QString();
        QTest::addRow("array") << QByteArray(R"([{"messageId":"<a@b>"}])") << QString();
        QTest::addRow("html") << QByteArray("<html><body>Bad gateway</body></html>") << QString();
        QTest::addRow("cut off") << QByteArray("{\"messageId\":\"<a@") << QString();
        QTest::addRow("control characters") << QByteArray(R"({"messageId":"<a\u0000@b>"})") << QString();
        QTest::addRow("not UTF-8") << QByteArray("{\"messageId\":\"\xff\xfe\"}") << QString();
        QTest::addRow("huge") << QByteArray("{\"messageId\":\"") + QByteArray(300'000, 'x') + "\"}" << QString();
    }
    void acceptedWhateverTheBody()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, id);
        Reply reply;
        reply.body = body;
        reply.contentType = body.startsWith('<') ? "text/html" : "application/json";
        const SendResult result = answeredWith(reply);
        QCOMPARE(result.result, SendClass::Accepted);
        QCOMPARE(result.messageId, id);
        QVERIFY(m_errors.isEmpty());
    }

    void brokenAnswers()
    {
        Reply reply;
        reply.body = QByteArray(R"({"messageId":"<a@b>"})");
        for (const Reply::Break broken : {Reply::Break::ResetBeforeAnswer, Reply::Break::ResetInHead}) {
            reply.breaks = broken;
            const SendResult result = answeredWith(reply);
            QCOMPARE(result.result, SendClass::Transient);
            QCOMPARE(result.statusCode, 0);
            QVERIFY(!result.error.isEmpty());
            QCOMPARE(m_errors, (QList<std::pair<SendClass, int>>{{SendClass::Transient, 0}}));
        }
        // The head said 201: the mail is out, and sending it again would make two.
        reply.breaks = Reply::Break::ResetInBody;
        const SendResult accepted = answeredWith(reply);
        QCOMPARE(accepted.result, SendClass::Accepted);
        QCOMPARE(accepted.statusCode, 201);
        QVERIFY(accepted.messageId.isEmpty());
        reply.status = 422;
        QCOMPARE(answeredWith(reply).result, SendClass::Permanent);
    }

    void aKeptConnectionThatBreaksIsNotTriedAgain()
    {
        QCOMPARE(m_provider->send(sampleMail(1), patience).result, SendClass::Accepted);
        Reply reply;
        reply.breaks = Reply::Break::ResetBeforeAnswer;
        m_brevo->script({reply});
        QCOMPARE(m_provider->send(sampleMail(2), patience).result, SendClass::Transient);
        // It came once on the kept connection, and no second time on a fresh one.
        QCOMPARE(m_brevo->acceptedByKey().value(s("audit-2")), 1);
        QCOMPARE(m_brevo->requests(), 2);
        QCOMPARE(m_provider->send(sampleMail(3), patience).result, SendClass::Accepted);
        QCOMPARE(m_brevo->requests(), 3);
    }

    void silenceEndsWithTheTimeOut()
    {
        Reply reply;
        reply.breaks = Reply::Break::NoAnswer;
        const SendResult result = answeredWith(reply, 150);
        QCOMPARE(result.result, SendClass::Transient);
        QCOMPARE(result.statusCode, 0);
        QCOMPARE(result.error, s("no answer within 150 ms"));
        reply.breaks = Reply::Break::None;
        reply.latencyMs = 60'000;
        QCOMPARE(answeredWith(reply, 150).result, SendClass::Transient);
        QCOMPARE(m_provider->send(sampleMail(), patience).result, SendClass::Accepted);
    }

    void nobodyListens()
    {
        const QString url = m_brevo->url();
        m_brevo.reset();
        BrevoProvider provider({.baseUrl = url, .apiKey = s("k")}, {}, m_http);
        const SendResult result = provider.send(sampleMail(), patience);
        QCOMPARE(result.result, SendClass::Transient);
        QCOMPARE(result.statusCode, 0);
        QVERIFY(!result.error.isEmpty());
        QVERIFY(!result.error.contains(s("127.0.0.1")));
    }

    void waitsThatWereAskedFor()
    {
        Reply reply = status(429);
        reply.headers = {{"Retry-After", "7"}};
        QCOMPARE(answeredWith(reply).retryAfterMs, 7000);
        reply.headers = {{"X-Sib-Ratelimit-Reset", "3"}};
        QCOMPARE(answeredWith(reply).retryAfterMs, 3000);
        reply = status(503);
        reply.headers = {{"retry-after", "2"}};
        QCOMPARE(answeredWith(reply).retryAfterMs, 2000);
        reply.status = 400;
        QCOMPARE(answeredWith(reply).retryAfterMs, 0);
    }

    void errorTextsSayWhyButNoSecrets()
    {
        QCOMPARE(
            answeredWith(status(400, R"({"code":"invalid_parameter","message":"email is not valid in to"})")).error,
            s("HTTP 400 invalid_parameter email is not valid in to"));
        const QByteArray leak =
            QJsonDocument(QJsonObject{{s("code"), s("unauthorized")},
                                      {s("message"),
                                       s("key %1 of mira1@example.dev or MIRA1@EXAMPLE.DEV").arg(m_brevo->apiKey())}})
                .toJson();
        const SendResult result = answeredWith(status(401, leak.constData()));
        QVERIFY(result.authWall);
        QVERIFY2(!result.error.contains(m_brevo->apiKey()), qPrintable(result.error));
        QVERIFY2(!result.error.contains(s("mira"), Qt::CaseInsensitive), qPrintable(result.error));
        QCOMPARE(answeredWith(status(502, "<html>secret proxy page</html>")).error, s("HTTP 502"));
        // Only the first 4096 bytes are looked at, so half a document says nothing.
        const QByteArray wide = QByteArray("{\"message\":\"") + QByteArray(5000, 'y') + "\"}";
        QCOMPARE(answeredWith(status(400, wide.constData())).error, s("HTTP 400"));
        BrevoProvider wrongKey({.baseUrl = m_brevo->url(), .apiKey = s("xkeysib-wrong")}, {}, m_http);
        const SendResult refused = wrongKey.send(sampleMail(), patience);
        QVERIFY(refused.authWall);
        QCOMPARE(refused.result, SendClass::Transient);
        QCOMPARE(refused.error, s("HTTP 401 unauthorized Key not found"));
    }

    void whatCannotBeSentIsNotTried()
    {
        OutgoingMail mail = sampleMail();
        for (const char *recipient : {"", "  \t"}) {
            mail.recipient = s(recipient);
            QCOMPARE(m_provider->send(mail, patience).result, SendClass::Permanent);
        }
        mail = sampleMail();
        mail.subject = s("  ");
        const SendResult result = m_provider->send(mail, patience);
        QCOMPARE(result.result, SendClass::Permanent);
        QVERIFY(!result.called);
        QVERIFY(!result.error.isEmpty());
        mail = sampleMail();
        mail.html.clear();
        QCOMPARE(m_provider->send(mail, patience).result, SendClass::SkippedNoTemplate);
        mail.subject.clear();
        QCOMPARE(m_provider->send(mail, patience).result, SendClass::SkippedNoTemplate);
        QCOMPARE(m_brevo->requests(), 0);
        QVERIFY(m_errors.isEmpty());
    }

    void theDefaultSenderStays()
    {
        BrevoProvider provider(account(), {.address = s("ops@x.dev"), .name = s("Ops")}, m_http);
        OutgoingMail mail = sampleMail();
        mail.text.clear();
        mail.kind.clear();
        QCOMPARE(provider.send(mail, patience).result, SendClass::Accepted);
        const QJsonObject body = QJsonDocument::fromJson(m_brevo->lastRequest().body).object();
        QCOMPARE(body.value(s("sender")).toObject().value(s("email")).toString(), s("ops@x.dev"));
        QVERIFY(!body.contains(s("textContent")) && !body.contains(s("tags")) && !body.contains(s("templateId")));
    }

    void nothingAddsAHeaderOrAField()
    {
        OutgoingMail mail = sampleMail();
        mail.idempotencyKey = s("audit-1\r\napi-key: other\r\n\r\nPOST / HTTP/1.1");
        mail.subject = s("x\",\"cc\":[{\"email\":\"v@example.org\"}],\"y\":\"");
        mail.recipient = s("a@b.dev\r\nBcc: v@example.org");
        QCOMPARE(m_provider->send(mail, patience).result, SendClass::Accepted);
        QCOMPARE(m_brevo->requests(), 1);
        const FakeBrevo::Request request = m_brevo->lastRequest();
        QCOMPARE(request.header("api-key"), m_brevo->apiKey().toLatin1());
        QVERIFY(request.header("x-mailin-custom").startsWith("audit-1  api-key: other"));
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        QVERIFY(!body.contains(s("cc")));
        QCOMPARE(body.value(s("subject")).toString(), mail.subject);
        QCOMPARE(body.value(s("to")).toArray().size(), 1);
    }

    void manyThreadsShareFewConnections()
    {
        constexpr int threads = 8, each = 50;
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
        QCOMPARE(m_brevo->accepted(), threads * each);
        QCOMPARE(m_brevo->acceptedByKey().size(), threads * each);
        QCOMPARE(m_brevo->acceptedByRecipient().value(s("mira399@example.dev")), 1);
        QVERIFY2(m_brevo->connections() <= threads, qPrintable(QString::number(m_brevo->connections())));
    }

    void aChainFromTheSettings()
    {
        const platform::FixedClock clock(QDateTime(QDate(2026, 3, 10), QTime(10, 0), Qt::UTC));
        platform::Metrics metrics;
        platform::MailSettings settings;
        settings.provider = s("brevo");
        settings.brevoApiKey = m_brevo->apiKey();
        settings.brevoBaseUrl = m_brevo->url();
        const auto made = makeMailProviders(settings, clock, providers::metricHooks(metrics), {.threshold = 2});
        QVERIFY(made.ok());
        QCOMPARE(made->sender->send(sampleMail(), patience).result, SendClass::Accepted);
        m_brevo->setReply(status(503));
        for (int i = 0; i < 2; ++i)
            QVERIFY(made->sender->send(sampleMail(), patience).called);
        QVERIFY(!made->sender->send(sampleMail(), patience).called);
        QCOMPARE(m_brevo->requests(), 3);
        const QByteArray text = metrics.text();
        QVERIFY(text.contains("email_provider_breaker_state{provider=\"brevo\"} 2"));
        QVERIFY(text.contains("brevo_send_errors_total{classification=\"transient\",status_code=\"503\"} 2"));
    }
};

REGISTER_SUITE(mail_providers, TstMailProviders)
#include "tst_mail_providers.moc"
