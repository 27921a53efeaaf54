#include "models/domain/delivery_health.h"
#include "tests/contract/mail_suite.h"
#include "tests/support/test_main.h"

using namespace contract;
using ports::AttentionItem;
using ports::AttentionKind;

/// What the overview says of mail, on every backend.
class TstOverviewDelivery : public MailSuite {
    Q_OBJECT

    static domain::Result<ports::Overview> overview(BackendUnderTest &b, Role role = Role::Admin)
    {
        return answer(b.backend(role).overview().overview(b.call(role)));
    }
    static std::optional<AttentionItem> item(const ports::Overview &overview, AttentionKind kind)
    {
        for (const AttentionItem &item : overview.attention)
            if (item.kind == kind)
                return item;
        return std::nullopt;
    }
    static void forgetWebhooksAfter(BackendUnderTest &b, const QDateTime &last)
    {
        b.editDatabase([&last](storage::Connection &connection) {
            const QString sql =
                QStringLiteral("DELETE FROM webhook_inbox WHERE received_at > ") +
                (connection.isSqlite() ? QStringLiteral("?") : QStringLiteral("CAST(? AS timestamptz)"));
            if (auto done = connection.execute(sql, {last.toString(Qt::ISODateWithMs)}); !done)
                throw std::runtime_error(done.error().detail.toStdString());
        });
    }

private Q_SLOTS:
    void countsOfTheWeekAndOfEveryDay()
    {
        const auto o = overview(shared());
        VERIFY_OK(o);
        QVERIFY(o->delivery);
        const QDateTime weekAgo = test::seedNow().addDays(-7);
        QVERIFY(o->delivery->counts7d ==
                countsOf(messagesWhere([&](const test::SeedMessage &m) { return m.sentAt() >= weekAgo; })));
        QVERIFY(o->delivery->counts7d.settled() > 50);
        QCOMPARE(o->delivery->byDay.size(), 30);
        for (int i = 0; i < 30; ++i) {
            const ports::DeliveryDay &day = o->delivery->byDay.at(i);
            QCOMPARE(day.day, test::seedNow().date().addDays(i - 29));
            QVERIFY(day.counts ==
                    countsOf(messagesWhere([&](const test::SeedMessage &m) { return m.sentAt().date() == day.day; })));
        }
    }

    /// The page and the overview cannot tell two stories.
    void theFiguresOfTheDeliveryScreenAreTheSame()
    {
        BackendUnderTest &b = shared();
        ports::MessageFilter week;
        week.from = test::seedNow().addDays(-7);
        const auto figures = answer(b.backend(Role::Admin).email().figures(b.call(Role::Admin), week));
        VERIFY_OK(figures);
        const auto o = overview(b);
        VERIFY_OK(o);
        QVERIFY(figures->counts == o->delivery->counts7d);
    }

    void attention()
    {
        const auto o = overview(shared());
        VERIFY_OK(o);
        const auto ratio = item(*o, AttentionKind::DeliveryRatio);
        QVERIFY(ratio);
        QCOMPARE(ratio->severity, 3);
        QVERIFY(ratio->detail.startsWith(QStringLiteral("%1 of %2 settled")
                                             .arg(o->delivery->counts7d.delivered)
                                             .arg(o->delivery->counts7d.settled())));
        QVERIFY(item(*o, AttentionKind::UnknownRate).has_value() ==
                (domain::unknownVerdict(o->delivery->counts7d) >= domain::Verdict::Amber));
        const auto parked = item(*o, AttentionKind::ParkedEvents);
        QVERIFY(parked);
        QVERIFY(parked->subject.startsWith(QString::number(mail().parked.size())));
        QDateTime oldest = test::seedNow();
        for (const usecases::EventRow &event : mail().parked)
            oldest = std::min(oldest, event.receivedAt);
        QCOMPARE(parked->since, oldest);
        const auto burst = item(*o, AttentionKind::UnauthorizedBurst);
        QVERIFY(burst);
        QVERIFY(burst->subject.startsWith(QStringLiteral("8 ")));
        const auto forwarder = item(*o, AttentionKind::ForwarderHolding);
        QVERIFY(forwarder);
        QCOMPARE(forwarder->severity, 3);
        QVERIFY(!item(*o, AttentionKind::ReceiverSilent));
    }

    void silenceWhileMailGoesOut()
    {
        BackendUnderTest &b = fresh();
        const QDateTime last = test::seedNow().addSecs(-domain::receiverSilentSeconds - 1800);
        forgetWebhooksAfter(b, last);
        const auto o = overview(b);
        VERIFY_OK(o);
        const auto silent = item(*o, AttentionKind::ReceiverSilent);
        QVERIFY(silent);
        QCOMPARE(silent->severity, 2);
        QVERIFY(silent->since <= last);
        // Nothing was accepted any more: silence says nothing.
        b.clock().advance((domain::receiverSilentSeconds + 3600) * 1000LL);
        const auto later = overview(b);
        VERIFY_OK(later);
        QVERIFY(!item(*later, AttentionKind::ReceiverSilent));
    }

    void auditorsSeeItToo()
    {
        const auto o = overview(shared(), Role::Auditor);
        VERIFY_OK(o);
        QVERIFY(o->delivery && item(*o, AttentionKind::DeliveryRatio));
    }
};

REGISTER_SUITE(overview_delivery, TstOverviewDelivery)
#include "tst_overview_delivery.moc"
