#include "models/domain/plan.h"
#include "services/platform/plan_loader.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace domain;

class TstPromotions : public QObject {
    Q_OBJECT

    PlanRegistry m_plans;

    QString outcome(const QString &code, const QString &tier, QDate today) const
    {
        const auto result = m_plans.validatePromotion(code, tier, today);
        return result ? QStringLiteral("ok %1").arg(result->discountPercent) : result.error().key;
    }

private slots:
    void initTestCase()
    {
        const auto loaded = platform::loadPlans(R"(
plans: {anonymous: {}, pro: {}, team: {}}
promotions:
  - {code: TWITTER15, discount_percent: 15, applies_to: [pro, team], expires_at: 2099-12-31, max_uses: -1}
  - {code: LAUNCH50, discount_percent: 50, applies_to: [pro, team], expires_at: 2026-12-31, max_uses: 1000}
  - {code: FRIEND, discount_percent: 20, applies_to: [pro], expires_at: "", description: for friends}
  - {code: friend, discount_percent: 99, applies_to: [pro, team]}
  - {code: ODD, discount_percent: 10, applies_to: [pro], expires_at: "31.12.2020"}
  - {code: NOBODY, discount_percent: 10}
)");
        QVERIFY2(loaded.ok(), loaded ? "" : qPrintable(loaded.error().detail));
        m_plans = *loaded;
        QCOMPARE(m_plans.promotions().size(), 6);
    }

    void validate_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("tier");
        QTest::addColumn<QDate>("today");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *code, const char *tier, QDate today, const char *expected) {
            QTest::newRow(name) << QString::fromLatin1(code) << QString::fromLatin1(tier) << today
                                << QString::fromLatin1(expected);
        };
        const QDate day(2026, 11, 22);
        row("known", "TWITTER15", "pro", day, "ok 15");
        row("any case", "twitter15", "team", day, "ok 15");
        row("unknown", "TWITTER16", "pro", day, "promotion_not_found");
        row("empty", "", "pro", day, "promotion_not_found");
        row("other tier", "TWITTER15", "hobby", day, "promotion_not_applicable");
        row("tier is compared exactly", "TWITTER15", "Pro", day, "promotion_not_applicable");
        row("yearly is another tier", "TWITTER15", "pro_yearly", day, "promotion_not_applicable");
        row("the last day still counts", "LAUNCH50", "pro", QDate(2026, 12, 31), "ok 50");
        row("the day after does not", "LAUNCH50", "pro", QDate(2027, 1, 1), "promotion_expired");
        row("expiry is checked before the tier", "LAUNCH50", "hobby", QDate(2027, 1, 1), "promotion_expired");
        row("never expires", "FRIEND", "pro", QDate(2200, 1, 1), "ok 20");
        row("the first of two wins", "friend", "pro", day, "ok 20");
        row("even when only the second applies", "friend", "team", day, "promotion_not_applicable");
        row("a malformed date never expires", "ODD", "pro", QDate(2200, 1, 1), "ok 10");
        row("for no tier", "NOBODY", "pro", day, "promotion_not_applicable");
    }
    void validate()
    {
        QFETCH(QString, code);
        QFETCH(QString, tier);
        QFETCH(QDate, today);
        QFETCH(QString, expected);
        QCOMPARE(outcome(code, tier, today), expected);
    }

    void fieldsAreRead()
    {
        const Promotion &launch = m_plans.promotions().at(1);
        QCOMPARE(launch.maxUses, qint64(1000));
        QCOMPARE(launch.expiresAt, QStringLiteral("2026-12-31"));
        QCOMPARE(m_plans.promotions().at(2).description, QStringLiteral("for friends"));
        QCOMPARE(m_plans.promotions().at(2).maxUses, qint64(-1));
    }
};

REGISTER_SUITE(promotions, TstPromotions)
#include "tst_promotions.moc"
