#include "tests/contract/contract_suite.h"
#include "tests/support/test_main.h"

using namespace contract;
using ports::AttentionItem;
using ports::AttentionKind;

class TstOverviewAndHealth : public ContractSuite {
    Q_OBJECT

    static bool hasItem(const ports::Overview &o, AttentionKind kind, const QString &subject, const QString &part)
    {
        return std::any_of(o.attention.cbegin(), o.attention.cend(), [&](const AttentionItem &item) {
            return item.kind == kind && item.subject == subject && item.detail.contains(part);
        });
    }

private Q_SLOTS:
    void figures()
    {
        BackendUnderTest &b = shared();
        const auto o = answer(b.backend(Role::Admin).overview().overview(b.call(Role::Admin)));
        VERIFY_OK(o);
        const test::Dataset data = test::smallDataset();
        // Without the tombstone and the test team.
        QCOMPARE(o->customers, qint64(data.teams.size() - 2));
        qint64 inTiers = 0, mrr = 0;
        QStringList order;
        for (const ports::TierCount &tier : o->tiers) {
            inTiers += tier.customers;
            mrr += tier.mrrListCents;
            order.append(tier.tier);
        }
        QCOMPARE(inTiers, o->customers);
        QCOMPARE(mrr, o->mrrListCents);
        QCOMPARE(order.join(QLatin1Char(' ')),
                 QStringLiteral("legacy_gold anonymous free hobby hobby_plus pro growth team"));
        QVERIFY(o->paying > 0 && o->paying < o->customers);
        QCOMPARE(o->newCustomers30d, qint64(2));
        QCOMPARE(o->newCustomersPrev30d, qint64(2));
        QCOMPARE(o->resourcesDegraded, qint64(1));
        QCOMPARE(o->deploymentsFailed7d, qint64(1));
        QCOMPARE(o->tierChanges30d, qint64(1));
        QCOMPARE(o->asOf, test::seedNow());

        const auto sums = answer(b.backend(Role::Admin).customers().sums(b.call(Role::Admin), {}));
        VERIFY_OK(sums);
        // The list shows the other two as well: a Team at list price 199 and a Growth at 99.
        QCOMPARE(sums->mrrListCents - o->mrrListCents, qint64(19900 + 9900));
        QCOMPARE(o->storageBytes, sums->storageBytes);
        QCOMPARE(o->deploymentsActive, sums->deploymentsActive);
    }

    void seriesHaveThirtyDays()
    {
        BackendUnderTest &b = shared();
        const auto o = answer(b.backend(Role::Admin).overview().overview(b.call(Role::Admin)));
        VERIFY_OK(o);
        const QDate today = test::seedNow().date();
        for (const auto &series : {o->newCustomersByDay, o->upgradesByDay, o->downgradesByDay, o->activityByDay}) {
            QCOMPARE(series.size(), 30);
            for (int i = 0; i < 30; ++i)
                QCOMPARE(series.at(i).day, today.addDays(i - 29));
        }
        const auto on = [&](const QList<ports::DayPoint> &series, int daysAgo) {
            return series.at(29 - daysAgo).value;
        };
        QCOMPARE(on(o->newCustomersByDay, 2), qint64(1));
        QCOMPARE(on(o->newCustomersByDay, 3), qint64(0));
        QCOMPARE(on(o->upgradesByDay, 12), qint64(1));
        QCOMPARE(on(o->upgradesByDay, 0), qint64(1));
        QCOMPARE(on(o->downgradesByDay, 0), qint64(0));
        // Customers, not rows: Acme did two things twelve days ago, and today only an operator did something about it.
        QCOMPARE(on(o->activityByDay, 0), qint64(0));
        QCOMPARE(on(o->activityByDay, 1), qint64(9));
        QCOMPARE(on(o->activityByDay, 4), qint64(2));
        QCOMPARE(on(o->activityByDay, 12), qint64(1));
        QCOMPARE(on(o->activityByDay, 26), qint64(0));
    }

    void attention()
    {
        BackendUnderTest &b = shared();
        const auto o = answer(b.backend(Role::Admin).overview().overview(b.call(Role::Admin)));
        VERIFY_OK(o);
        QVERIFY(!o->attention.isEmpty() && o->attention.size() <= 20);
        for (qsizetype i = 1; i < o->attention.size(); ++i)
            QVERIFY(o->attention.at(i - 1).severity >= o->attention.at(i).severity);
        const QString acme = QStringLiteral("Acme Robotics");
        QVERIFY(hasItem(*o, AttentionKind::OverQuota, acme, QStringLiteral("5.9 of 5 GB mongodb")));
        QVERIFY(hasItem(*o, AttentionKind::NearQuota, acme, QStringLiteral("8.8 of 10 GB postgres")));
        QVERIFY(hasItem(*o, AttentionKind::FailedDeployment, acme, QStringLiteral("acme-batch")));
        QVERIFY(hasItem(*o, AttentionKind::GraceEnding, QStringLiteral("100% Cotton"), QStringLiteral("24 hours")));
        QVERIFY(hasItem(*o, AttentionKind::DegradedResource, QStringLiteral("snake_case Ltd"),
                        QStringLiteral("replica is behind")));
        QVERIFY(
            hasItem(*o, AttentionKind::DeletionPending, QStringLiteral("Leaving Soon"), QStringLiteral("requested")));
        QVERIFY(std::any_of(o->attention.cbegin(), o->attention.cend(),
                            [](const AttentionItem &item) { return item.kind == AttentionKind::OperatorAlert; }));
        QVERIFY(std::none_of(o->attention.cbegin(), o->attention.cend(), [](const AttentionItem &item) {
            return item.subject == QLatin1String("Probe Cohort") || item.subject == QLatin1String("Tomb Stone");
        }));
    }

    void overviewNeedsPermission()
    {
        BackendUnderTest &b = shared();
        VERIFY_OK(answer(b.backend(Role::Auditor).overview().overview(b.call(Role::Auditor))));
        if (b.has(Role::Stranger))
            QCOMPARE(keyOf(answer(b.backend(Role::Stranger).overview().overview(b.call(Role::Stranger)))),
                     QStringLiteral("forbidden"));
    }

    void whoAmI()
    {
        BackendUnderTest &b = shared();
        const auto admin = answer(b.backend(Role::Admin).session().whoAmI(b.call(Role::Admin)));
        VERIFY_OK(admin);
        QCOMPARE(admin->principal.email, adminEmail());
        QVERIFY(admin->principal.may(domain::Permission::ChangeTier));
        QVERIFY(!admin->backend.isEmpty());
        QVERIFY(!admin->serverVersion.isEmpty());
        const auto auditor = answer(b.backend(Role::Auditor).session().whoAmI(b.call(Role::Auditor)));
        VERIFY_OK(auditor);
        QVERIFY(!auditor->principal.may(domain::Permission::ChangeTier));
    }

    void healthy()
    {
        BackendUnderTest &b = shared();
        const auto report = answer(b.backend(Role::Admin).health().report(b.call(Role::Admin)));
        VERIFY_OK(report);
        QVERIFY(report->overall != ports::CheckStatus::Failed);
        QVERIFY(report->migrationCount > 0);
        QCOMPARE(report->migrationStatus, QStringLiteral("ok"));
        QVERIFY(report->databaseBytes > 0);
        QVERIFY(!report->backend.isEmpty());
        QStringList names;
        for (const ports::HealthCheck &check : report->checks)
            names.append(check.name);
        QStringList sorted = names;
        sorted.sort();
        QCOMPARE(names, sorted);
        QVERIFY(names.contains(QStringLiteral("platform_db")));
    }

    void aDatabaseThatIsGone()
    {
        BackendUnderTest &b = fresh();
        VERIFY_OK(answer(b.backend(Role::Admin).customers().list(b.call(Role::Admin), {})));
        b.goAway();
        ports::Backend &backend = b.backend(Role::Admin);
        const ports::CallContext call = b.call(Role::Admin);
        const auto check = [](const auto &result) {
            QVERIFY(!result);
            QCOMPARE(result.error().code, domain::ErrorCode::Unavailable);
            QCOMPARE(result.error().key, QStringLiteral("db_failed"));
        };
        check(answer(backend.customers().list(call, {})));
        check(answer(backend.customers().detail(call, test::teamId(test::seed::acme))));
        check(answer(backend.customers().changeTier(
            call, {test::teamId(test::seed::bravo), QStringLiteral("pro"), QStringLiteral("why")})));
        check(answer(backend.audit().search(call, {})));
        check(answer(backend.overview().overview(call)));
        check(answer(backend.views().views(call, QStringLiteral("customers"))));
        // A report about it, or nobody there to give one.
        const auto report = answer(backend.health().report(call));
        if (report)
            QCOMPARE(report->overall, ports::CheckStatus::Failed);
        else
            QCOMPARE(report.error().code, domain::ErrorCode::Unavailable);
    }
};

REGISTER_SUITE(overview_and_health, TstOverviewAndHealth)
#include "tst_overview_and_health.moc"
