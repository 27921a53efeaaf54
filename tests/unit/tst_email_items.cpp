#include "models/domain/format.h"
#include "models/items/email_query.h"
#include "models/items/message_table_model.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace {

items::QueryClock clockAt(const char *zone = "UTC")
{
    return {QDateTime(QDate(2026, 11, 22), QTime(9, 30), Qt::UTC), QTimeZone(zone)};
}

ports::MessageFilter read(const char *text, const items::QueryClock &clock = clockAt())
{
    const auto filter = items::emailFilter(QString::fromUtf8(text), clock);
    return filter ? *filter : ports::MessageFilter();
}

QString refusal(const char *text)
{
    const auto filter = items::emailFilter(QString::fromUtf8(text), clockAt());
    return filter ? QString() : items::queryErrorText(filter.error());
}

} // namespace

class TstEmailItems : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyField()
    {
        const ports::MessageFilter f =
            read("to:ada@example.com domain:outlook.example template:digest.weekly,deploy.healthy outcome:hard,Blocked "
                 "reason:\"not allowed\" msgid:\"<a@b>\" provider:brevo class:success "
                 "customer:00000001-0000-4000-8000-000000000001");
        QCOMPARE(f.to, QStringLiteral("ada@example.com"));
        QCOMPARE(f.domain, QStringLiteral("outlook.example"));
        QCOMPARE(f.templates, QStringList({QStringLiteral("digest.weekly"), QStringLiteral("deploy.healthy")}));
        QCOMPARE(f.outcomes, QStringList({QStringLiteral("hard"), QStringLiteral("blocked")}));
        QCOMPARE(f.reason, QStringLiteral("not allowed"));
        QCOMPARE(f.messageId, QStringLiteral("<a@b>"));
        QCOMPARE(f.providers, QStringList{QStringLiteral("brevo")});
        QCOMPARE(f.classes, QStringList{QStringLiteral("success")});
        QCOMPARE(f.team->toString(), QStringLiteral("00000001-0000-4000-8000-000000000001"));
    }

    void freeTextIsAReasonOrARecipient()
    {
        QCOMPARE(read("mailbox full").reason, QStringLiteral("mailbox full"));
        QCOMPARE(read("ada@example.com").to, QStringLiteral("ada@example.com"));
        QVERIFY(read("ada@example.com").reason.isEmpty());
    }

    void howFarBack()
    {
        const QDateTime now = clockAt().nowUtc;
        QCOMPARE(*read("").from, now.addDays(-7));
        QVERIFY(!read("").until);
        QCOMPARE(*read("window:1h").from, now.addSecs(-3600));
        QCOMPARE(*read("window:90d outcome:hard").from, now.addDays(-90));
        QCOMPARE(items::emailWindowOf(QStringLiteral("outcome:hard window:24h")).key, QStringLiteral("24h"));
        QCOMPARE(items::emailWindowOf(QStringLiteral("outcome:hard")).key, QStringLiteral("7d"));
        // Dates say more than the window.
        const ports::MessageFilter days = read("after:2026-11-01 before:2026-11-03", clockAt("Asia/Kolkata"));
        QCOMPARE(*days.from, QDateTime(QDate(2026, 10, 31), QTime(18, 30), Qt::UTC));
        QCOMPARE(*days.until, QDateTime(QDate(2026, 11, 2), QTime(18, 30), Qt::UTC));
        QVERIFY(!read("before:2026-11-03").from);
        QCOMPARE(*read("after:2h").from, now.addSecs(-7200));
        QCOMPARE(*read("after:\"2026-11-19T05:00:00.000Z\"").from,
                 QDateTime(QDate(2026, 11, 19), QTime(5, 0), Qt::UTC));
    }

    void faultsAlone()
    {
        QCOMPARE(read("faults:yes").outcomes.size(), 6);
        QVERIFY(!read("faults:yes").outcomes.contains(QStringLiteral("delivered")));
        QVERIFY(!read("faults:yes").outcomes.contains(QStringLiteral("pending")));
        QVERIFY(!refusal("faults:no").isEmpty());
    }

    void refusals()
    {
        QVERIFY(refusal("outcome:lost").contains(QStringLiteral("bounced_later")));
        QVERIFY(refusal("class:lost").contains(QStringLiteral("permanent_drop")));
        QVERIFY(refusal("window:2d").contains(QStringLiteral("24h")));
        QVERIFY(!refusal("-outcome:hard").isEmpty());
        QVERIFY(!refusal("outcome>hard").isEmpty());
        QVERIFY(!refusal("to:a,b").isEmpty());
        QVERIFY(!refusal("customer:acme").isEmpty());
        QVERIFY(!refusal("after:soon").isEmpty());
        QVERIFY(!refusal("after:2026-11-03 before:2026-11-01").isEmpty());
        QVERIFY(refusal("templte:x").contains(QStringLiteral("template")));
        QCOMPARE(refusal("outcome:hard"), QString());
    }

    void everyWordCanBeRead()
    {
        for (const QString &word : items::emailQueryWords())
            if (!word.endsWith(QLatin1Char(':')))
                QVERIFY2(items::emailFilter(word, clockAt()).ok(), qPrintable(word));
    }

    void chipsInWords()
    {
        const auto chips = items::queryChips(QStringLiteral("outcome:bounced_later,hard window:24h template:a.b"),
                                             items::emailQueryFields());
        QCOMPARE(chips.size(), 3);
        QCOMPARE(chips.at(0), (items::QueryChip{QStringLiteral("outcome:bounced_later,hard"), QStringLiteral("Outcome"),
                                                QStringLiteral("bounced later, hard")}));
        QCOMPARE(chips.at(1).label, QStringLiteral("Window"));
        QCOMPARE(chips.at(2).label, QStringLiteral("Template"));
    }

    void ratiosStandOnTheRest()
    {
        ports::MessageFilter filter =
            read("outcome:hard class:success reason:x msgid:y domain:d template:t window:24h");
        const ports::MessageFilter rest = items::withoutOutcome(filter);
        filter.outcomes.clear();
        filter.classes.clear();
        filter.reason.clear();
        filter.messageId.clear();
        QCOMPARE(rest, filter);
        QVERIFY(rest.from && rest.domain == QLatin1StringView("d") && rest.templates.size() == 1);
    }

    void outcomesAndMarks()
    {
        ports::MessageRow row;
        row.outcome = domain::DeliveryOutcome::Delivered;
        row.ledgerClass = QStringLiteral("delivered");
        QCOMPARE(items::messageOutcomeText(row), QStringLiteral("delivered"));
        QCOMPARE(items::messageMarks(row), QString());
        row.latencyMs = domain::lateAfterMs;
        QCOMPARE(items::messageMarks(row), QString());
        row.latencyMs = domain::lateAfterMs + 1;
        row.inferred = row.repaired = true;
        QCOMPARE(items::messageMarks(row), QStringLiteral("late · inferred · repaired"));
        row = {};
        row.outcome = domain::DeliveryOutcome::Pending;
        row.ledgerClass = QStringLiteral("deferred");
        QCOMPARE(items::messageMarks(row), QStringLiteral("deferred"));
        row.outcome = domain::DeliveryOutcome::Rejected;
        for (const auto &[name, text] : {std::pair("intended", "waiting"), std::pair("permanent_drop", "not sent"),
                                         std::pair("no_recipient", "no recipient")}) {
            row.ledgerClass = QString::fromLatin1(name);
            QCOMPARE(items::messageOutcomeText(row), QString::fromLatin1(text));
        }
    }

    void latencies()
    {
        using domain::latencyText;
        QCOMPARE(latencyText(std::nullopt), QStringLiteral("—"));
        QCOMPARE(latencyText(0), QStringLiteral("0 ms"));
        QCOMPARE(latencyText(350), QStringLiteral("350 ms"));
        QCOMPARE(latencyText(2149), QStringLiteral("2.1 s"));
        QCOMPARE(latencyText(41'900), QStringLiteral("41 s"));
        QCOMPARE(latencyText(18 * 60'000), QStringLiteral("18 min"));
        QCOMPARE(latencyText(5 * 3'600'000), QStringLiteral("5 h 0 min"));
    }
};

REGISTER_SUITE(email_items, TstEmailItems)
#include "tst_email_items.moc"
