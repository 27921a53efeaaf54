#include "services/providers/brevo_event_log.h"
#include "tests/support/fake_brevo.h"
#include "tests/support/test_main.h"

#include "models/domain/delivery.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>
#include <QtTest>

using providers::BrevoEventLog;
using providers::BrevoProvider;
using providers::HttpClient;
using test::FakeBrevo;
using usecases::ProviderEvent;
using Reply = FakeBrevo::Reply;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QUrlQuery queryOf(const FakeBrevo::Request &request)
{
    return QUrlQuery(QString::fromLatin1(request.target.sliced(request.target.indexOf('?') + 1)));
}

} // namespace

class TstBrevoEventLog final : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeBrevo> m_brevo;
    std::shared_ptr<const HttpClient> m_http;
    std::unique_ptr<BrevoEventLog> m_log;

    QStringList send(int mails)
    {
        BrevoProvider provider({.baseUrl = m_brevo->url(), .apiKey = m_brevo->apiKey()}, {}, m_http);
        QStringList ids;
        for (int i = 0; i < mails; ++i)
            ids.append(provider
                           .send({.kind = s("deploy.failed"),
                                  .recipient = s("m%1@example.dev").arg(i),
                                  .subject = s("S"),
                                  .html = s("<p>x</p>"),
                                  .text = s("x"),
                                  .idempotencyKey = s("audit-%1").arg(i)},
                                 20'000)
                           .messageId);
        return ids;
    }
    domain::Error problemWith(const Reply &reply)
    {
        m_brevo->setEventsReply(reply);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto events = m_log->events(now.addDays(-1), now, 10, 0);
        return events ? domain::Error{} : events.error();
    }

private slots:
    void init()
    {
        m_brevo = std::make_unique<FakeBrevo>();
        m_http = std::make_shared<const HttpClient>();
        m_log = std::make_unique<BrevoEventLog>(
            providers::BrevoAccount{.baseUrl = m_brevo->url(), .apiKey = m_brevo->apiKey()}, m_http, 20'000);
    }

    void pagesTogetherHoldEverythingOnce()
    {
        const QDateTime before = QDateTime::currentDateTimeUtc().addSecs(-2);
        const QStringList ids = send(25);
        const QDateTime until = QDateTime::currentDateTimeUtc().addSecs(60);
        QStringList delivered;
        int events = 0, pages = 0;
        for (int offset = 0;; offset += 7) {
            const auto page = m_log->events(before, until, 7, offset);
            QVERIFY2(page.ok(), page ? "" : qPrintable(page.error().detail));
            ++pages;
            events += static_cast<int>(page->size());
            for (const ProviderEvent &event : *page) {
                QVERIFY(event.at.isValid() && event.at >= before && event.at <= until);
                QCOMPARE(event.at.timeSpec(), Qt::UTC);
                QVERIFY(event.address.endsWith(s("@example.dev")));
                if (event.event == s("delivered"))
                    delivered.append(event.messageId);
            }
            if (page->size() < 7)
                break;
        }
        QCOMPARE(events, 50);
        QCOMPARE(pages, 8);
        QCOMPARE(delivered, ids);
    }

    void theQueryIsWhatBrevoExpects()
    {
        const auto at = [](int day, int hour) { return QDateTime(QDate(2026, 3, day), QTime(hour, 30), Qt::UTC); };
        QVERIFY(m_log->events(at(5, 23), at(10, 1), 100'000, 5000).ok());
        FakeBrevo::Request request = m_brevo->lastRequest();
        QCOMPARE(request.method, QByteArray("GET"));
        QCOMPARE(request.header("api-key"), m_brevo->apiKey().toLatin1());
        QUrlQuery query = queryOf(request);
        QCOMPARE(query.queryItemValue(s("limit")), s("2500"));
        QCOMPARE(query.queryItemValue(s("offset")), s("5000"));
        QCOMPARE(query.queryItemValue(s("startDate")), s("2026-03-04"));
        QCOMPARE(query.queryItemValue(s("endDate")), s("2026-03-10"));
        QCOMPARE(query.queryItemValue(s("sort")), s("asc"));
        // 90 days are allowed; the day more for other time zones is left out then.
        QVERIFY(m_log->events(at(10, 0).addDays(-90), at(10, 0), 10, 0).ok());
        QCOMPARE(queryOf(m_brevo->lastRequest()).queryItemValue(s("startDate")), s("2025-12-10"));
        const int before = m_brevo->requests();
        for (const auto &[from, until] : {std::pair(at(10, 0).addDays(-91), at(10, 0)), std::pair(at(10, 0), at(9, 0)),
                                          std::pair(QDateTime(), at(9, 0)), std::pair(at(9, 0), QDateTime())}) {
            const auto refused = m_log->events(from, until, 10, 0);
            QVERIFY(!refused.ok());
            QCOMPARE(refused.error().code, domain::ErrorCode::InvalidInput);
        }
        QCOMPARE(m_brevo->requests(), before);
    }

    void oneMessageWithAndWithoutBrackets()
    {
        const QStringList ids = send(3);
        m_brevo->happen(ids.at(1), s("m1@example.dev"), {s("soft_bounce"), 500, s("mailbox full")},
                        QDateTime::currentDateTimeUtc());
        for (const QString &id : {ids.at(1), domain::normalizedMessageId(ids.at(1))}) {
            const auto events = m_log->eventsOf(id);
            QVERIFY(events.ok());
            QCOMPARE(events->size(), 3);
            for (const ProviderEvent &event : *events)
                QCOMPARE(event.messageId, ids.at(1));
            QCOMPARE(events->at(1).event, s("soft_bounce"));
            QCOMPARE(events->at(1).reason, s("mailbox full"));
        }
        QCOMPARE(queryOf(m_brevo->lastRequest()).queryItemValue(s("days")), s("90"));
        const auto unknown = m_log->eventsOf(s("<nobody@nowhere>"));
        QVERIFY(unknown.ok());
        QVERIFY(unknown->isEmpty());
        QCOMPARE(m_log->eventsOf(s(" <> ")).error().code, domain::ErrorCode::InvalidInput);
    }

    void everyNameOfTheEventLog_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("event"); ///< empty: nothing that counts
        const auto row = [](const char *name, const char *event) { QTest::addRow("%s", name) << s(name) << s(event); };
        row("requests", "request");
        row("delivered", "delivered");
        row("hardBounces", "hard_bounce");
        row("softBounces", "soft_bounce");
        row("blocked", "blocked");
        row("deferred", "deferred");
        row("spam", "complaint");
        row("unsubscribed", "unsubscribed");
        row("invalid", "invalid");
        row("error", "error");
        row("opened", "opened");
        row("loadedByProxy", "opened");
        row("clicks", "click");
        row("bounces", "");
        row("somethingNew", "");
    }
    void everyNameOfTheEventLog()
    {
        QFETCH(QString, name);
        QFETCH(QString, event);
        Reply reply;
        reply.status = 200;
        reply.body = QJsonDocument(QJsonObject{{s("events"),
                                                QJsonArray{QJsonObject{{s("email"), s("a@b.dev")},
                                                                       {s("date"), s("2026-03-03T18:15:23.000+05:30")},
                                                                       {s("messageId"), s("<x@y>")},
                                                                       {s("event"), name}}}}})
                         .toJson();
        m_brevo->setEventsReply(reply);
        const auto events = m_log->eventsOf(s("<x@y>"));
        QVERIFY(events.ok());
        QCOMPARE(events->size(), 1);
        QCOMPARE(events->first().at, QDateTime(QDate(2026, 3, 3), QTime(12, 45, 23), Qt::UTC));
        const auto parsed = domain::parseDeliveryEvent(events->first().event);
        QCOMPARE(parsed ? domain::deliveryEventName(*parsed) : QString(), event);
    }

    void unreadableEntriesKeepTheirPlace()
    {
        Reply reply;
        reply.status = 200;
        reply.body = R"({"events":[7,null,{},{"event":"delivered","messageId":"<a@b>","date":"yesterday"},
            {"event":"delivered","date":"2026-03-03T10:00:00Z"},{"event":5,"messageId":"<a@b>","date":"2026-03-03T10:00:00Z"},
            {"event":"delivered","messageId":"<a@b>","date":"2026-03-03T10:00:00"}]})";
        m_brevo->setEventsReply(reply);
        const auto events = m_log->eventsOf(s("<a@b>"));
        QVERIFY(events.ok());
        QCOMPARE(events->size(), 7);
        for (int i = 0; i < 6; ++i)
            QVERIFY2(events->at(i).event.isEmpty(), qPrintable(QString::number(i)));
        QCOMPARE(events->at(6).event, s("delivered"));
        QCOMPARE(events->at(6).at, QDateTime(QDate(2026, 3, 3), QTime(10, 0), Qt::UTC));
    }

    void nothingToReport()
    {
        Reply reply;
        reply.status = 200;
        for (const char *body : {"{}", R"({"events":[]})"}) {
            reply.body = QByteArray(body);
            m_brevo->setEventsReply(reply);
            const auto events = m_log->eventsOf(s("<a@b>"));
            QVERIFY(events.ok());
            QVERIFY(events->isEmpty());
        }
    }

    void failuresSayWhy()
    {
        Reply reply;
        for (const int status : {401, 403}) {
            reply.status = status;
            reply.body = R"({"message":"Key not found"})";
            const domain::Error error = problemWith(reply);
            QCOMPARE(error.code, domain::ErrorCode::Unavailable);
            QCOMPARE(error.key, s("email_provider_auth_wall"));
            QVERIFY(error.detail.contains(s("Key not found")));
        }
        reply.status = 429;
        reply.headers = {{"x-sib-ratelimit-reset", "40"}};
        domain::Error error = problemWith(reply);
        QCOMPARE(error.key, s("email_provider_rate_limited"));
        QVERIFY(error.detail.contains(s("again in 40 s")));
        for (const int status : {204, 302, 400, 404, 500, 503}) {
            reply = {};
            reply.status = status;
            error = problemWith(reply);
            QCOMPARE(error.code, domain::ErrorCode::Unavailable);
            QCOMPARE(error.key, s("email_provider_unavailable"));
            QVERIFY2(error.detail.contains(QString::number(status)), qPrintable(error.detail));
        }
        reply = {};
        reply.status = 200;
        for (const char *body : {"", "<html></html>", "[]", R"({"events":{}})", R"({"events":[{"event")"}) {
            reply.body = QByteArray(body);
            QCOMPARE(problemWith(reply).key, s("email_provider_unavailable"));
        }
        reply.body = QByteArray(R"({"events":[]})");
        for (const Reply::Break broken :
             {Reply::Break::ResetBeforeAnswer, Reply::Break::ResetInHead, Reply::Break::ResetInBody}) {
            reply.breaks = broken;
            error = problemWith(reply);
            QCOMPARE(error.key, s("email_provider_unavailable"));
            QVERIFY(!error.detail.isEmpty());
        }
    }

    void silenceEndsWithTheTimeOut()
    {
        BrevoEventLog hasty({.baseUrl = m_brevo->url(), .apiKey = m_brevo->apiKey()}, m_http, 120);
        Reply reply;
        reply.breaks = Reply::Break::NoAnswer;
        m_brevo->setEventsReply(reply);
        const auto events = hasty.eventsOf(s("<a@b>"));
        QVERIFY(!events.ok());
        QVERIFY2(events.error().detail.contains(s("120 ms")), qPrintable(events.error().detail));
    }

    void theKeyIsInNoErrorText()
    {
        BrevoEventLog log({.baseUrl = m_brevo->url(), .apiKey = s("xkeysib-secret")}, m_http, 20'000);
        const auto events = log.eventsOf(s("<a@b>"));
        QCOMPARE(events.error().key, s("email_provider_auth_wall"));
        Reply reply;
        reply.status = 500;
        reply.body = "{\"message\":\"key " + m_brevo->apiKey().toLatin1() + " of a@b.dev\"}";
        const domain::Error error = problemWith(reply);
        QCOMPARE(error.detail, s("HTTP 500 key (hidden) of (address)"));
    }

    void theWebhooksTellTheSameStory()
    {
        m_brevo->setFate([](const FakeBrevo::Mail &mail) {
            if (mail.recipient == s("m1@example.dev"))
                return QList<FakeBrevo::Happening>{{s("request"), 0, {}}, {s("hard_bounce"), 900, s("no such user")}};
            return QList<FakeBrevo::Happening>{{s("request"), 0, {}}, {s("delivered"), 900, {}}};
        });
        const QStringList ids = send(3);
        const QList<QByteArray> single = m_brevo->webhookBodies();
        QCOMPARE(single.size(), 6);
        int bounces = 0;
        for (const QByteArray &body : single) {
            const QJsonObject event = QJsonDocument::fromJson(body).object();
            QVERIFY(ids.contains(event.value(s("message-id")).toString()));
            QVERIFY(event.value(s("ts_epoch")).toInteger() > 0);
            QVERIFY(event.value(s("X-Mailin-custom")).toString().startsWith(s("audit-")));
            if (event.value(s("event")).toString() == s("hard_bounce")) {
                ++bounces;
                QCOMPARE(event.value(s("reason")).toString(), s("no such user"));
            }
        }
        QCOMPARE(bounces, 1);
        const QList<QByteArray> batches = m_brevo->webhookBodies(4);
        QCOMPARE(batches.size(), 2);
        QCOMPARE(QJsonDocument::fromJson(batches.first()).array().size(), 4);
        QCOMPARE(QJsonDocument::fromJson(batches.last()).array().size(), 2);
        // Posted to whoever listens; this one does not know the route.
        QCOMPARE(FakeBrevo::post(m_brevo->url() + s("/webhooks/brevo/x"), single, 3), QList<int>(6, 401));
        QCOMPARE(FakeBrevo::post(s("http://127.0.0.1:1/"), single.first(1)), QList<int>(1, 0));
    }
};

REGISTER_SUITE(brevo_event_log, TstBrevoEventLog)
#include "tst_brevo_event_log.moc"
