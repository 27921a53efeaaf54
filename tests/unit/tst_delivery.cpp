#include "models/domain/delivery.h"
#include "models/domain/delivery_figures.h"
#include "tests/support/test_main.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace domain;

namespace {

const QDateTime noon = QDateTime::fromString(QStringLiteral("2026-05-20T12:00:00.000Z"), Qt::ISODateWithMs);

struct Told {
    DeliveryEvent event;
    qint64 secondsAfterNoon;
};

DeliveryFold folded(const QList<Told> &story)
{
    DeliveryFold fold;
    for (const Told &told : story)
        fold.add(told.event, noon.addSecs(told.secondsAfterNoon));
    return fold;
}

QList<Told> randomStory(QRandomGenerator &random)
{
    QList<Told> story;
    const int length = random.bounded(1, 9);
    const QList<DeliveryEvent> &events = allDeliveryEvents();
    for (int i = 0; i < length; ++i)
        story.append({events.at(random.bounded(int(events.size()))), random.bounded(0, 12)});
    return story;
}

} // namespace

/// Spec 02 §3.5, §4.3 and §8; 05-formulas §2.
class TstDelivery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAreTheLedgersOwn()
    {
        QCOMPARE(ledgerClassName(LedgerClass::BouncedHard), QStringLiteral("bounced_hard"));
        QCOMPARE(ledgerClassName(LedgerClass::PermanentDrop), QStringLiteral("permanent_drop"));
        for (const LedgerClass value : allLedgerClasses())
            QVERIFY(parseLedgerClass(ledgerClassName(value)) == value);
        for (const DeliveryEvent event : allDeliveryEvents())
            QVERIFY(parseDeliveryEvent(deliveryEventName(event)) == event);
        for (const DeliveryOutcome outcome : allDeliveryOutcomes())
            QVERIFY(parseDeliveryOutcome(deliveryOutcomeName(outcome)) == outcome);
        QCOMPARE(allLedgerClasses().size(), 14);
        QCOMPARE(allDeliveryEvents().size(), 12);
        QCOMPARE(std::count_if(allDeliveryEvents().begin(), allDeliveryEvents().end(), isLedgerEvent), 8);
    }

    void eventNamesAreTrimmedFoldedAndAliased()
    {
        QVERIFY(parseDeliveryEvent(u" SPAM ") == DeliveryEvent::Complaint);
        QVERIFY(parseDeliveryEvent(u"complaint") == DeliveryEvent::Complaint);
        QVERIFY(parseDeliveryEvent(u"hardBounces") == DeliveryEvent::HardBounce);
        QVERIFY(!parseDeliveryEvent(u""));
        QVERIFY(!parseDeliveryEvent(u"list_addition"));
    }

    void theFiveTerminalClassesGuardAgainstALateDelivery_data()
    {
        QTest::addColumn<int>("event");
        QTest::addColumn<bool>("guards");
        const QList<DeliveryEvent> guards{DeliveryEvent::HardBounce, DeliveryEvent::SoftBounce, DeliveryEvent::Blocked,
                                          DeliveryEvent::Complaint, DeliveryEvent::Unsubscribed};
        for (const DeliveryEvent event : allDeliveryEvents()) {
            if (event != DeliveryEvent::Delivered && isLedgerEvent(event))
                QTest::newRow(qPrintable(deliveryEventName(event))) << int(event) << guards.contains(event);
        }
    }
    void theFiveTerminalClassesGuardAgainstALateDelivery()
    {
        QFETCH(int, event);
        QFETCH(bool, guards);
        const auto first = static_cast<DeliveryEvent>(event);
        const DeliveryFold before = folded({{first, 10}});
        const DeliveryFold after = folded({{first, 10}, {DeliveryEvent::Delivered, 20}});
        if (guards) {
            QVERIFY(after.ledgerClass() == before.ledgerClass());
            QVERIFY(!after.deliveredAt());
        } else {
            QVERIFY(after.ledgerClass() == LedgerClass::Delivered);
            QCOMPARE(after.deliveredAt(), std::optional(noon.addSecs(20)));
        }
    }

    void aBounceAfterTheDeliveryKeepsItsTime()
    {
        const DeliveryFold fold = folded({{DeliveryEvent::Delivered, 10}, {DeliveryEvent::HardBounce, 500}});
        QVERIFY(fold.ledgerClass() == LedgerClass::BouncedHard);
        QCOMPARE(fold.deliveredAt(), std::optional(noon.addSecs(10)));
        QCOMPARE(fold.storedOutcome(), QStringLiteral("bounced_later"));
    }

    void weakerEventsNeverReplaceADelivery()
    {
        const DeliveryFold fold =
            folded({{DeliveryEvent::Delivered, 10}, {DeliveryEvent::Deferred, 20}, {DeliveryEvent::Error, 30}});
        QVERIFY(fold.ledgerClass() == LedgerClass::Delivered);
        QCOMPARE(fold.storedOutcome(), QStringLiteral("delivered"));
    }

    void aReplayNeverMovesTheDelivery()
    {
        DeliveryFold fold = folded({{DeliveryEvent::Delivered, 10}});
        fold.add(DeliveryEvent::Delivered, noon.addDays(2));
        QCOMPARE(fold.deliveredAt(), std::optional(noon.addSecs(10)));
    }

    void softThenDeliveredIsDeliveredForTheRatio()
    {
        const DeliveryFold fold = folded({{DeliveryEvent::SoftBounce, 10}, {DeliveryEvent::Delivered, 900}});
        QVERIFY(fold.ledgerClass() == LedgerClass::BouncedSoft);
        QCOMPARE(fold.storedOutcome(), QStringLiteral("delivered"));
    }

    void openingsClicksAndComplaintsProveADelivery()
    {
        for (const DeliveryEvent event : {DeliveryEvent::Opened, DeliveryEvent::Click, DeliveryEvent::Complaint}) {
            const DeliveryFold fold = folded({{event, 10}});
            QVERIFY(fold.isInferred());
            QCOMPARE(fold.storedOutcome(), QStringLiteral("delivered"));
            QVERIFY(!fold.deliveredAt());
        }
        QVERIFY(!folded({{DeliveryEvent::Opened, 10}, {DeliveryEvent::Delivered, 5}}).isInferred());
    }

    void invalidCountsAsBlocked()
    {
        const DeliveryFold fold = folded({{DeliveryEvent::Invalid, 10}});
        QVERIFY(fold.ledgerClass() == LedgerClass::Rejected);
        QCOMPARE(fold.storedOutcome(), QStringLiteral("blocked"));
    }

    void silenceIsPendingForThreeDaysThenUnknown()
    {
        const QString none = folded({}).storedOutcome();
        QVERIFY(outcomeAt(none, noon, noon.addMSecs(settleMs - 1)) == DeliveryOutcome::Pending);
        QVERIFY(outcomeAt(none, noon, noon.addMSecs(settleMs)) == DeliveryOutcome::Unknown);
        const QString soft = folded({{DeliveryEvent::SoftBounce, 10}}).storedOutcome();
        QVERIFY(outcomeAt(soft, noon, noon.addMSecs(settleMs - 1)) == DeliveryOutcome::Pending);
        QVERIFY(outcomeAt(soft, noon, noon.addMSecs(settleMs)) == DeliveryOutcome::Soft);
        QVERIFY(outcomeAt(u"hard", noon, noon.addSecs(1)) == DeliveryOutcome::Hard);
    }

    /// 10 000 random streams: any order and any repetition of the same events, also in parts that are merged, is the
    /// same fold.
    void theFoldIsFreeOfOrder()
    {
        QRandomGenerator random(20260520);
        int distinctClasses = 0;
        QSet<QString> seen;
        for (int round = 0; round < 10'000; ++round) {
            const QList<Told> story = randomStory(random);
            const DeliveryFold once = folded(story);
            QList<Told> shuffled = story + story.mid(random.bounded(int(story.size())));
            std::shuffle(shuffled.begin(), shuffled.end(), random);
            QVERIFY2(folded(shuffled) == once, qPrintable(QStringLiteral("round %1").arg(round)));
            const int cut = random.bounded(int(shuffled.size()) + 1);
            DeliveryFold left = folded(shuffled.first(cut));
            DeliveryFold right = folded(shuffled.sliced(cut));
            DeliveryFold mirrored = right;
            mirrored.merge(left);
            left.merge(right);
            QVERIFY(left == once);
            QVERIFY(mirrored == once);
            seen.insert(ledgerClassName(once.ledgerClass()) + QLatin1Char('/') + once.storedOutcome());
            distinctClasses = int(seen.size());
        }
        QVERIFY2(distinctClasses >= 12, qPrintable(QString::number(distinctClasses)));
    }

    /// 05-formulas §2, the worked example.
    void theWorkedExample()
    {
        OutcomeCounts c;
        c.delivered = 930;
        c.bouncedLater = 4;
        c.hard = 12;
        c.soft = 8;
        c.blocked = 5;
        c.error = 1;
        c.pending = 30;
        c.unknown = 10;
        QCOMPARE(c.accepted(), 1000);
        QCOMPARE(c.settled(), 960);
        QCOMPARE(qRound(*settledRatio(c) * 10000), 9688);
        QCOMPARE(qRound(ratioBounds(c)->low * 10000), 9588);
        QCOMPARE(qRound(ratioBounds(c)->high * 10000), 9691);
    }

    void wilsonOfSmallSamples()
    {
        const auto text = [](qint64 hits, qint64 n) {
            const auto i = wilson(hits, n);
            return QStringLiteral("%1 %2").arg(i->low * 100, 0, 'f', 1).arg(i->high * 100, 0, 'f', 1);
        };
        QCOMPARE(text(19, 20), QStringLiteral("76.4 99.1"));
        QCOMPARE(text(196, 200), QStringLiteral("95.0 99.2"));
        QCOMPARE(text(980, 1000), QStringLiteral("96.9 98.7"));
        QVERIFY(!wilson(0, 0));
    }

    void noTrafficHasNoRatioAndNoVerdict()
    {
        const OutcomeCounts none;
        QVERIFY(!settledRatio(none) && !ratioBounds(none) && !settledInterval(none) && !unknownRate(none));
        QVERIFY(ratioVerdict(none) == Verdict::None);
        QVERIFY(unknownVerdict(none) == Verdict::None);
        OutcomeCounts few;
        few.hard = 49;
        QVERIFY(ratioVerdict(few) == Verdict::None);
        few.hard = 50;
        QVERIFY(ratioVerdict(few) == Verdict::Red);
    }

    void redNeedsEvidence()
    {
        OutcomeCounts c;
        c.delivered = 47;
        c.hard = 3; // 94 % of 50: the upper bound is above 95 %
        QVERIFY(ratioVerdict(c) == Verdict::Amber);
        c.delivered = 4700;
        c.hard = 300;
        QVERIFY(ratioVerdict(c) == Verdict::Red);
        c.delivered = 4910;
        c.hard = 90;
        QVERIFY(ratioVerdict(c) == Verdict::Good);
        QVERIFY(hardVerdict(c) == Verdict::Good);
        c.unknown = 30;
        QVERIFY(unknownVerdict(c) == Verdict::Amber);
        c.unknown = 120;
        QVERIFY(unknownVerdict(c) == Verdict::Red);
        QVERIFY(complaintVerdict(1, 1000) == Verdict::Amber);
        QVERIFY(complaintVerdict(3, 1000) == Verdict::Red);
        QVERIFY(complaintVerdict(1, 49) == Verdict::None);
    }

    void idsAndAddressesCompareNormalized()
    {
        QCOMPARE(normalizedMessageId(u" <201906041434.20406ed00f7@smtp-relay.example> "),
                 QStringLiteral("201906041434.20406ed00f7@smtp-relay.example"));
        QCOMPARE(normalizedMessageId(u"plain@id"), QStringLiteral("plain@id"));
        QCOMPARE(normalizedMessageId(u"<"), QStringLiteral("<"));
        QCOMPARE(normalizedAddress(u" Mira@Example.COM "), QStringLiteral("mira@example.com"));
        QCOMPARE(addressDomain(u"a@b@Example.com"), QStringLiteral("example.com"));
        QCOMPARE(addressDomain(u"nobody"), QString());
    }

    void sinceWhenDeliveryIsWorse()
    {
        const auto step = [](qint64 delivered, qint64 blocked) {
            OutcomeCounts counts;
            counts.delivered = delivered;
            counts.blocked = blocked;
            return counts;
        };
        // A lone failure long before is not when it broke.
        QCOMPARE(worseSince({step(100, 1), step(100, 0), step(99, 1), step(5, 95), step(2, 98)}).value_or(-1), 3);
        QCOMPARE(worseSince({step(100, 0), {}, {}, step(0, 10)}).value_or(-1), 1);
        QVERIFY(!worseSince({step(5, 95), step(5, 95)}));                // all along
        QVERIFY(!worseSince({step(5, 95), step(60, 40), step(100, 0)})); // it gets better
        QVERIFY(!worseSince({}));
        QVERIFY(!worseSince({step(1, 1)}));
    }
};

REGISTER_SUITE(delivery, TstDelivery)
#include "tst_delivery.moc"
