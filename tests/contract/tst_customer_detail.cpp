#include "tests/contract/contract_suite.h"
#include "tests/support/test_main.h"

using namespace contract;

class TstCustomerDetail : public ContractSuite {
    Q_OBJECT

    domain::Result<ports::CustomerDetail> detailOfTeam(BackendUnderTest &b, quint32 team)
    {
        return answer(b.backend(Role::Admin).customers().detail(b.call(Role::Admin), test::teamId(team)));
    }

private Q_SLOTS:
    void everythingOfACustomer()
    {
        BackendUnderTest &b = shared();
        const auto detail = detailOfTeam(b, test::seed::acme);
        VERIFY_OK(detail);
        QCOMPARE(detail->subscriptionId, QStringLiteral("sub_acme"));
        QCOMPARE(detail->users.size(), 3);
        QCOMPARE(detail->users.first().email, QStringLiteral("zoe@acme.test"));
        QVERIFY(detail->users.at(1).primary);
        QVERIFY(detail->users.at(1).emailVerified);

        // Newest first, the deleted one left out.
        QCOMPARE(detail->resources.size(), 7);
        for (qsizetype i = 1; i < detail->resources.size(); ++i)
            QVERIFY(detail->resources.at(i - 1).createdAt >= detail->resources.at(i).createdAt);
        for (const domain::Resource &resource : detail->resources)
            QVERIFY(resource.status != QLatin1String("deleted"));

        QCOMPARE(detail->deployments.size(), 4);
        QCOMPARE(detail->deployments.first().appName, QStringLiteral("acme-api"));
        QCOMPARE(detail->deployments.first().url, QStringLiteral("https://acme-api.example.test"));

        QCOMPARE(detail->recentAudit.size(), 20);
        for (const domain::AuditEntry &entry : detail->recentAudit) {
            QVERIFY(!domain::isOperatorKind(entry.kind));
            QCOMPARE(entry.teamName, QStringLiteral("Acme Robotics"));
        }
    }

    void theRowIsTheListsRow()
    {
        BackendUnderTest &b = shared();
        ports::CustomerQuery query;
        query.filter.q = test::teamId(test::seed::acme).toString();
        const auto list = answer(b.backend(Role::Admin).customers().list(b.call(Role::Admin), query));
        VERIFY_OK(list);
        const auto detail = detailOfTeam(b, test::seed::acme);
        VERIFY_OK(detail);
        QCOMPARE(list->rows.size(), 1);
        QVERIFY(detail->row == list->rows.first());
    }

    void usageOfEveryType()
    {
        const auto detail = detailOfTeam(shared(), test::seed::acme);
        VERIFY_OK(detail);
        constexpr qint64 mb = 1024 * 1024;
        QStringList types;
        for (const ports::ResourceUsage &usage : detail->usage)
            types.append(usage.type);
        QCOMPARE(types.join(QLatin1Char(' ')), QStringLiteral("mongodb postgres queue redis storage vector webhook"));
        QVERIFY(detail->usage.at(1) == (ports::ResourceUsage{QStringLiteral("postgres"), 1, 9000 * mb, 10240 * mb}));
        QVERIFY(detail->usage.at(2) == (ports::ResourceUsage{QStringLiteral("queue"), 2, 30 * mb, 5120 * mb}));
        QVERIFY(detail->usage.at(4) == (ports::ResourceUsage{QStringLiteral("storage"), 0, 0, 51200 * mb}));
        QVERIFY(detail->usage.at(6) == (ports::ResourceUsage{QStringLiteral("webhook"), 1, 4200, 10000}));

        QCOMPARE(detail->counts.size(), 3);
        QVERIFY(detail->counts.at(0) == (ports::CountUsage{QStringLiteral("deployments_apps"), 2, 10}));
        QVERIFY(detail->counts.at(1) == (ports::CountUsage{QStringLiteral("team_members"), 3, 5}));
        QVERIFY(detail->counts.at(2) == (ports::CountUsage{QStringLiteral("queue_count"), 2, 20}));
    }

    void aTeamWithNothing()
    {
        const auto detail = detailOfTeam(shared(), test::seed::nobody);
        VERIFY_OK(detail);
        QVERIFY(detail->users.isEmpty());
        QVERIFY(detail->resources.isEmpty());
        QVERIFY(detail->deployments.isEmpty());
        QVERIFY(detail->recentAudit.isEmpty());
        QCOMPARE(detail->subscriptionId, QString());
        QCOMPARE(detail->usage.size(), 7);
    }

    void anUnknownTeam()
    {
        const auto detail = detailOfTeam(shared(), 0xdead);
        QVERIFY(!detail);
        QCOMPARE(detail.error().key, QStringLiteral("team_not_found"));
        QCOMPARE(detail.error().code, domain::ErrorCode::NotFound);
    }
};

REGISTER_SUITE(customer_detail, TstCustomerDetail)
#include "tst_customer_detail.moc"
