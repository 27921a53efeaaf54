#include "models/domain/delivery_health.h"
#include "services/usecases/delivery_attention.h"
#include "tests/support/seed.h"
#include "tests/support/test_main.h"

#include <QTest>

using domain::OutcomeCounts;
using ports::AttentionItem;
using ports::AttentionKind;

namespace {
QDateTime now()
{
    return test::seedNow();
}
/// Out of 1000 settled mails.
OutcomeCounts delivered(qint64 count, qint64 unknown = 0)
{
    OutcomeCounts counts;
    counts.delivered = count;
    counts.blocked = 1000 - count;
    counts.unknown = unknown;
    return counts;
}
/// Nothing is wrong.
usecases::DeliveryState well()
{
    usecases::DeliveryState state;
    state.summary.counts7d = delivered(995);
    for (int back = 29; back >= 0; --back)
        state.summary.byDay.append({now().date().addDays(-back), delivered(995)});
    state.health.lastEventAt = now().addSecs(-60);
    state.health.forwarderAt = now().addSecs(-30);
    state.health.forwarderResult = QStringLiteral("ok");
    state.acceptedLately = 10;
    return state;
}
AttentionItem only(const usecases::DeliveryState &state)
{
    const QList<AttentionItem> items = usecases::deliveryAttention(state, now());
    return items.size() == 1 ? items.first() : AttentionItem{};
}
} // namespace

class TstDeliveryAttention : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingWhenAllIsWell()
    {
        QCOMPARE(usecases::deliveryAttention(well(), now()), QList<AttentionItem>{});
        QCOMPARE(usecases::deliveryAttention({}, now()), QList<AttentionItem>{}); // no mail at all
    }

    void ratio()
    {
        auto state = well();
        state.summary.counts7d = delivered(930);
        state.summary.byDay[28].counts = delivered(900);
        state.summary.byDay[29].counts = OutcomeCounts{}; // too young to say
        AttentionItem item = only(state);
        QCOMPARE(item.kind, AttentionKind::DeliveryRatio);
        QCOMPARE(item.severity, 3);
        QCOMPARE(item.subject, QStringLiteral("E-mail delivery at 93.0 %"));
        QVERIFY(item.detail.contains(QStringLiteral("930 of 1,000")));
        QCOMPARE(item.since, QDateTime(now().date().addDays(-1), QTime(0, 0), Qt::UTC));
        state.summary.counts7d = delivered(970);
        QCOMPARE(only(state).severity, 2);
        state.summary.counts7d = delivered(980);
        QCOMPARE(usecases::deliveryAttention(state, now()), QList<AttentionItem>{});
        state.summary.counts7d = OutcomeCounts{};
        state.summary.counts7d.blocked = domain::minimumForVerdict - 1; // too few to say
        QCOMPARE(usecases::deliveryAttention(state, now()), QList<AttentionItem>{});
    }

    void unknownRate()
    {
        auto state = well();
        state.summary.counts7d = delivered(1000, 4);
        QCOMPARE(usecases::deliveryAttention(state, now()), QList<AttentionItem>{});
        state.summary.counts7d = delivered(1000, 6);
        QCOMPARE(only(state).kind, AttentionKind::UnknownRate);
        QCOMPARE(only(state).severity, 2);
        QCOMPARE(only(state).subject, QStringLiteral("6 mails without an outcome"));
        QCOMPARE(only(state).since, now().addDays(-7)); // no single day says since when
        state.summary.counts7d = delivered(1000, 30);
        QCOMPARE(only(state).severity, 3);
    }

    void silence()
    {
        auto state = well();
        state.health.lastEventAt = now().addSecs(-domain::receiverSilentSeconds);
        QCOMPARE(usecases::deliveryAttention(state, now()), QList<AttentionItem>{});
        state.health.lastEventAt = now().addSecs(-domain::receiverSilentSeconds - 1);
        QCOMPARE(only(state).kind, AttentionKind::ReceiverSilent);
        QCOMPARE(only(state).severity, 2);
        QCOMPARE(only(state).since, *state.health.lastEventAt);
        state.health.lastEventAt = now().addDays(-2);
        QCOMPARE(only(state).severity, 3);
        state.health.lastEventAt.reset();
        QCOMPARE(only(state).severity, 3);
        QCOMPARE(only(state).subject, QStringLiteral("No delivery webhook ever"));
        state.acceptedLately = 0; // nobody has anything to say
        QCOMPARE(usecases::deliveryAttention(state, now()), QList<AttentionItem>{});
    }

    void parkedEvents()
    {
        auto state = well();
        state.health.parked = 3;
        state.health.oldestParked = now().addSecs(-domain::parkedTooLongSeconds);
        QCOMPARE(usecases::deliveryAttention(state, now()), QList<AttentionItem>{});
        state.health.oldestParked = now().addSecs(-domain::parkedTooLongSeconds - 60);
        QCOMPARE(only(state).kind, AttentionKind::ParkedEvents);
        QCOMPARE(only(state).subject, QStringLiteral("3 delivery events without a message"));
    }

    void refusals()
    {
        auto state = well();
        state.health.refusals24h = domain::unauthorizedBurst - 1;
        QCOMPARE(usecases::deliveryAttention(state, now()), QList<AttentionItem>{});
        state.health.refusals24h = domain::unauthorizedBurst;
        state.health.lastRefusalAt = now().addSecs(-90);
        QCOMPARE(only(state).kind, AttentionKind::UnauthorizedBurst);
        QCOMPARE(only(state).since, now().addSecs(-90));
    }

    void forwarder()
    {
        auto state = well();
        state.health.waiting = 2;
        state.health.oldestWaiting = now().addSecs(-domain::backlogTooOldSeconds);
        QCOMPARE(usecases::deliveryAttention(state, now()), QList<AttentionItem>{});
        state.health.oldestWaiting = now().addSecs(-domain::backlogTooOldSeconds - 1);
        QCOMPARE(only(state).kind, AttentionKind::ForwarderHolding);
        QCOMPARE(only(state).severity, 3);
        QVERIFY(only(state).detail.contains(QStringLiteral("2 mails wait")));
        state = well();
        state.health.forwarderResult = QStringLiteral("transient: 429");
        QCOMPARE(only(state).severity, 2);
        QVERIFY(only(state).detail.contains(QStringLiteral("transient: 429")));
        state.health.forwarderResult.clear(); // it never ran here
        QCOMPARE(usecases::deliveryAttention(state, now()), QList<AttentionItem>{});
    }
};

REGISTER_SUITE(delivery_attention, TstDeliveryAttention)
#include "tst_delivery_attention.moc"
