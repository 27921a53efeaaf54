#include "models/items/webhook_query.h"
#include "models/items/webhook_table_model.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace {
const QDateTime now(QDate(2026, 6, 15), QTime(12, 0), Qt::UTC);

domain::Result<ports::WebhookFilter> read(const char *text)
{
    return items::webhookFilter(QString::fromUtf8(text), {now, QTimeZone::utc()});
}
QString refusal(const char *text)
{
    const auto filter = read(text);
    return filter ? QStringLiteral("accepted") : items::queryErrorText(filter.error());
}
} // namespace

class TstWebhookQuery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyField()
    {
        const domain::TeamId team = domain::TeamId::random();
        const auto filter = items::webhookFilter(
            QStringLiteral("provider:brevo,ses event:delivered,Blocked outcome:failed signature:previous duplicate:yes "
                           "customer:%1 after:24h before:2026-06-15")
                .arg(team.toString()),
            {now, QTimeZone::utc()});
        QVERIFY2(filter.ok(), qPrintable(filter.ok() ? QString() : filter.error().detail));
        QCOMPARE(filter->providers, (QStringList{QStringLiteral("brevo"), QStringLiteral("ses")}));
        QCOMPARE(filter->eventTypes, (QStringList{QStringLiteral("delivered"), QStringLiteral("blocked")}));
        QCOMPARE(filter->outcomes, QStringList{QStringLiteral("failed")});
        QVERIFY(filter->signature == ports::SignatureVerdict::Previous);
        QCOMPARE(filter->duplicate, std::optional(true));
        QVERIFY(filter->team == team);
        QCOMPARE(*filter->from, now.addDays(-1));
        QCOMPARE(*filter->until, QDateTime(QDate(2026, 6, 15), QTime(0, 0), Qt::UTC));
        QVERIFY(filter->payload.isEmpty());
    }

    void excludedOutcomesAreAllTheOthers()
    {
        const auto filter = read("-outcome:applied,no_change");
        QVERIFY(filter.ok());
        QCOMPARE(filter->outcomes, (QStringList{QStringLiteral("unmatched"), QStringLiteral("skipped"),
                                                QStringLiteral("failed"), QStringLiteral("unparseable")}));
    }

    void pathsKeepTheirCaseAndTheirDashes()
    {
        QCOMPARE(read("payload.message-id:<1@x>")->payload, QStringLiteral("payload.message-id:<1@x>"));
        QCOMPARE(read("PAYLOAD.mail.Destination:\"a b\"")->payload, QStringLiteral("payload.mail.Destination:a b"));
        const QString text = QStringLiteral("payload.a-b.C:\"x y\" provider:ses");
        const auto terms = domain::parseQuery(text, items::webhookQueryFields());
        QVERIFY(terms.ok());
        QCOMPARE(domain::printQuery(*terms), text);
    }

    void wordsAreOneText()
    {
        QCOMPARE(read("mailbox full outcome:applied over quota")->payload, QStringLiteral("mailbox full over quota"));
        QCOMPARE(read("olivia@acme.test")->payload, QStringLiteral("olivia@acme.test"));
        QCOMPARE(read("a-b")->payload, QStringLiteral("a-b"));
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("part");
        const auto row = [](const char *text, const char *part) {
            QTest::newRow(text) << QByteArray(text) << QString::fromUtf8(part);
        };
        row("provider:mailgun", "takes one of: brevo");
        row("outcome:lost", "takes one of: applied");
        row("-provider:brevo", "Only outcomes can be excluded");
        row("-word", "Only outcomes can be excluded");
        row("signature:none", "current, previous");
        row("duplicate:maybe", "yes or no");
        row("customer:acme", "whole id");
        row("after:soon", "needs a date or an age");
        row("after:1h before:2h", "nothing can lie between");
        row("payload.a:1 payload.b:2", "one text or one path");
        row("payload.a:1 word", "one text or one path");
        row("payload.a:1,2", "takes one value");
        row("payload.a>1", "not compared");
        row("faults:no", "takes yes");
        row("outcome:applied faults:yes", "ask for the same");
        row("payload.:x", "no field");
        row("providr:brevo", "Did you mean “provider”");
    }
    void refusals()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, part);
        QVERIFY2(refusal(text.constData()).contains(part), qPrintable(refusal(text.constData())));
    }

    void cellsSayWhatTheyMean()
    {
        ports::WebhookRow row;
        row.eventType = QStringLiteral("hard_bounce");
        row.eventCount = 1;
        QCOMPARE(items::webhookEventText(row), QStringLiteral("hard bounce"));
        row.eventCount = 1200;
        row.changed = 9;
        QCOMPARE(items::webhookEventText(row), QStringLiteral("1,200 events"));
        QCOMPARE(items::webhookChangedText(row), QStringLiteral("9 of 1,200"));
        row.eventCount = 0;
        row.eventType.clear();
        QCOMPARE(items::webhookEventText(row), QStringLiteral("—"));
        QCOMPARE(items::webhookChangedText(row), QStringLiteral("—"));
        QCOMPARE(items::processingText(850), QStringLiteral("0.85 ms"));
        QCOMPARE(items::processingText(1850), QStringLiteral("1.9 ms"));
        QCOMPARE(items::processingText(124'400), QStringLiteral("124 ms"));
    }
};

REGISTER_SUITE(webhook_query, TstWebhookQuery)
#include "tst_webhook_query.moc"
