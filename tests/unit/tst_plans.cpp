#include "models/domain/plan.h"
#include "services/platform/plan_loader.h"
#include "services/platform/resources.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

#include <array>

using namespace domain;

namespace {

struct Limit {
    const char *name;
    qint64 PlanLimits::*member;
};
/// The limits that cost money: none of them may be unlimited (spec 01 §1.6 rule 5).
constexpr std::array costed{
    Limit{"postgres_storage_mb", &PlanLimits::postgresStorageMb},
    Limit{"postgres_connections", &PlanLimits::postgresConnections},
    Limit{"vector_storage_mb", &PlanLimits::vectorStorageMb},
    Limit{"vector_connections", &PlanLimits::vectorConnections},
    Limit{"redis_memory_mb", &PlanLimits::redisMemoryMb},
    Limit{"redis_commands_per_day", &PlanLimits::redisCommandsPerDay},
    Limit{"mongodb_storage_mb", &PlanLimits::mongodbStorageMb},
    Limit{"mongodb_connections", &PlanLimits::mongodbConnections},
    Limit{"mongodb_ops_per_minute", &PlanLimits::mongodbOpsPerMinute},
    Limit{"queue_storage_mb", &PlanLimits::queueStorageMb},
    Limit{"queue_count", &PlanLimits::queueCount},
    Limit{"storage_storage_mb", &PlanLimits::storageStorageMb},
    Limit{"webhook_requests_stored", &PlanLimits::webhookRequestsStored},
    Limit{"team_members", &PlanLimits::teamMembers},
    Limit{"vault_max_entries", &PlanLimits::vaultMaxEntries},
    Limit{"deployments_apps", &PlanLimits::deploymentsApps},
    Limit{"manual_backups_per_day", &PlanLimits::manualBackupsPerDay},
    Limit{"custom_domains_max", &PlanLimits::customDomainsMax},
};

/// −1 is more than anything.
bool atLeast(qint64 a, qint64 b)
{
    return a == -1 || (b != -1 && a >= b);
}

QString s(const char *text)
{
    return QString::fromLatin1(text);
}

} // namespace

Q_DECLARE_METATYPE(qint64 domain::PlanLimits::*)

class TstPlans : public QObject {
    Q_OBJECT

    PlanRegistry m_plans;

    const PlanLimits &limits(const char *plan) const { return m_plans.plan(s(plan)).limits; }

private slots:
    void initTestCase()
    {
        platform::initResources();
        const auto loaded = platform::loadEmbeddedPlans();
        QVERIFY2(loaded.ok(), loaded ? "" : qPrintable(loaded.error().detail));
        m_plans = *loaded;
    }

    void everyPlanIsThere()
    {
        QStringList names;
        for (const Plan &plan : m_plans.plans())
            names.append(plan.name);
        const QStringList expected{
            s("anonymous"), s("free"),       s("hobby"),  s("hobby_yearly"), s("hobby_plus"), s("hobby_plus_yearly"),
            s("pro"),       s("pro_yearly"), s("growth"), s("team"),         s("team_yearly")};
        QCOMPARE(names, expected);
        QVERIFY(m_plans.promotions().isEmpty());
    }

    void prices_data()
    {
        QTest::addColumn<QString>("plan");
        QTest::addColumn<QString>("display");
        QTest::addColumn<qint64>("cents");
        QTest::addColumn<bool>("yearly");
        const auto row = [](const char *plan, const char *display, qint64 cents, bool yearly = false) {
            QTest::newRow(plan) << s(plan) << s(display) << cents << yearly;
        };
        row("anonymous", "Anonymous", 0);
        row("free", "Free", 0);
        row("hobby", "Hobby", 900);
        row("hobby_yearly", "Hobby (yearly)", 9000, true);
        row("hobby_plus", "Hobby Plus", 1900);
        row("hobby_plus_yearly", "Hobby Plus (yearly)", 19900, true);
        row("pro", "Pro", 4900);
        row("pro_yearly", "Pro (yearly)", 49000, true);
        row("growth", "Growth", 9900);
        row("team", "Team", 19900);
        row("team_yearly", "Team (yearly)", 199000, true);
    }
    void prices()
    {
        QFETCH(QString, plan);
        QFETCH(QString, display);
        QFETCH(qint64, cents);
        QFETCH(bool, yearly);
        const Plan &p = m_plans.plan(plan);
        QCOMPARE(p.name, plan);
        QCOMPARE(p.displayName, display);
        QCOMPARE(p.priceCents, cents);
        QCOMPARE(p.period == BillingPeriod::Yearly, yearly);
    }

    /// One row per line of the table in spec 01 §1.3: anonymous, hobby, hobby_plus, pro, growth, team.
    void limitsOfEveryTier_data()
    {
        QTest::addColumn<qint64 PlanLimits::*>("member");
        QTest::addColumn<QList<qint64>>("values");
        using L = PlanLimits;
        const auto row = [](const char *name, qint64 L::*member, QList<qint64> values) {
            QTest::newRow(name) << member << values;
        };
        row("provisions_per_day", &L::provisionsPerDay, {5, -1, -1, -1, -1, -1});
        row("postgres_storage_mb", &L::postgresStorageMb, {10, 1024, 1024, 10240, 20480, 51200});
        row("postgres_connections", &L::postgresConnections, {2, 8, 8, 20, 20, 100});
        row("vector_storage_mb", &L::vectorStorageMb, {10, 500, 1024, 10240, 10240, 30720});
        row("vector_connections", &L::vectorConnections, {2, 5, 8, 20, 20, 100});
        row("redis_memory_mb", &L::redisMemoryMb, {5, 50, 50, 512, 1024, 1536});
        row("redis_commands_per_day", &L::redisCommandsPerDay, {1000, 10000, 10000, 500000, 5000000, 10000000});
        row("mongodb_storage_mb", &L::mongodbStorageMb, {5, 100, 1024, 5120, 20480, 40960});
        row("mongodb_connections", &L::mongodbConnections, {2, 5, 5, 20, 50, 50});
        row("mongodb_ops_per_minute", &L::mongodbOpsPerMinute, {100, 1000, 1000, 10000, 50000, 50000});
        row("queue_storage_mb", &L::queueStorageMb, {64, 2048, 5120, 5120, 20480, 40960});
        row("queue_count", &L::queueCount, {1, 3, 5, 20, 50, 100});
        row("storage_storage_mb", &L::storageStorageMb, {10, 512, 5120, 51200, 153600, 307200});
        row("webhook_requests_stored", &L::webhookRequestsStored, {100, 1000, 5000, 10000, 100000, 100000});
        row("team_members", &L::teamMembers, {1, 1, 1, 5, 10, 25});
        row("vault_max_entries", &L::vaultMaxEntries, {0, 20, 50, 200, 200, 1000});
        row("deployments_apps", &L::deploymentsApps, {0, 1, 2, 10, 50, 100});
        row("backup_retention_days", &L::backupRetentionDays, {0, 7, 14, 30, 30, 90});
        row("manual_backups_per_day", &L::manualBackupsPerDay, {0, 1, 5, 100, 100, 1000});
        row("rpo_minutes", &L::rpoMinutes, {0, 1440, 1440, 60, 60, 60});
        row("rto_minutes", &L::rtoMinutes, {0, 30, 30, 15, 15, 15});
        row("custom_domains_max", &L::customDomainsMax, {0, 0, 1, 5, 3, 50});
    }
    void limitsOfEveryTier()
    {
        QFETCH(qint64 PlanLimits::*, member);
        QFETCH(QList<qint64>, values);
        const QList<const char *> tiers{"anonymous", "hobby", "hobby_plus", "pro", "growth", "team"};
        QCOMPARE(values.size(), tiers.size());
        for (qsizetype i = 0; i < tiers.size(); ++i)
            QVERIFY2(limits(tiers[i]).*member == values[i], tiers[i]);
    }

    void otherCellsOfTheTable()
    {
        const QList<const char *> tiers{"anonymous", "hobby", "hobby_plus", "pro", "growth", "team"};
        const QList<bool> restore{false, false, true, true, true, true};
        const QList<PlanFeatures> features{{false, false, false, false}, {true, false, false, false},
                                           {true, true, false, false},   {true, true, false, false},
                                           {true, true, false, true},    {true, true, true, true}};
        const QStringList production{s("production")};
        const QList<QStringList> vaultEnvs{{}, production, production, {}, {}, {}};
        for (qsizetype i = 0; i < tiers.size(); ++i) {
            const Plan &plan = m_plans.plan(s(tiers[i]));
            QVERIFY2(plan.limits.backupRestoreEnabled == restore[i], tiers[i]);
            QVERIFY2(plan.features == features[i], tiers[i]);
            QVERIFY2(plan.limits.vaultEnvsAllowed == vaultEnvs[i], tiers[i]);
        }
    }

    void freeIsAnonymous()
    {
        QCOMPARE(limits("free"), limits("anonymous"));
        QCOMPARE(m_plans.plan(s("free")).features, m_plans.plan(s("anonymous")).features);
    }

    void yearlyVariantsEqualTheirBase()
    {
        int variants = 0;
        for (const Plan &plan : m_plans.plans()) {
            const QString base = canonicalTierName(plan.name);
            if (base == plan.name)
                continue;
            ++variants;
            QVERIFY(m_plans.contains(base));
            QCOMPARE(plan.limits, m_plans.plan(base).limits);
            QCOMPARE(plan.features, m_plans.plan(base).features);
            const qint64 tenMonths = 10 * m_plans.plan(base).priceCents;
            QCOMPARE(plan.priceCents, base == s("hobby_plus") ? qint64(19900) : tenMonths);
        }
        QCOMPARE(variants, 4);
    }

    void growthIsNeverBelowPro()
    {
        using L = PlanLimits;
        for (const auto member : {&L::deploymentsApps, &L::postgresStorageMb, &L::redisMemoryMb, &L::mongodbStorageMb,
                                  &L::storageStorageMb, &L::webhookRequestsStored, &L::queueStorageMb, &L::teamMembers})
            QVERIFY(atLeast(limits("growth").*member, limits("pro").*member));
        const qint64 growthApps = limits("growth").deploymentsApps;
        QVERIFY(growthApps == -1 || growthApps > limits("pro").deploymentsApps);
    }

    void hobbyPlusIsNotBelowHobby()
    {
        QVERIFY(atLeast(limits("hobby_plus").mongodbStorageMb, limits("hobby").mongodbStorageMb));
        QVERIFY(atLeast(limits("hobby_plus").webhookRequestsStored, limits("hobby").webhookRequestsStored));
    }

    void paidTiersCanDeploy()
    {
        for (const char *tier : {"hobby", "hobby_plus", "pro", "growth", "team"}) {
            QVERIFY2(m_plans.contains(s(tier)), tier);
            QVERIFY2(limits(tier).deploymentsApps != 0, tier);
        }
    }

    void nothingThatCostsIsUnlimited()
    {
        QCOMPARE(costed.size(), size_t(18));
        for (const Plan &plan : m_plans.plans()) {
            for (const Limit &limit : costed)
                QVERIFY2(plan.limits.*limit.member >= 0, qPrintable(plan.name + QLatin1Char(' ') + s(limit.name)));
            QVERIFY(plan.limits.provisionsPerDay >= -1);
        }
    }

    void thereIsNoTrial()
    {
        QFile file(s(":/resources/plans.yaml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.size() > 1000);
        QVERIFY(!text.contains("trial_days"));
    }

    /// Every plan is either a tier that an operator may set, or known not to be one (00-decisions row 17).
    void everyPlanIsSettableOrKnownNotToBe()
    {
        for (const Plan &plan : m_plans.plans()) {
            const auto tier = parseTier(plan.name);
            const bool yearly = plan.name.endsWith(s("_yearly"));
            QVERIFY2(tier.has_value() != yearly, qPrintable(plan.name));
            if (tier && *tier != Tier::Anonymous)
                QVERIFY(isAdminSettable(*tier));
        }
        for (const Tier tier : allTiers())
            QVERIFY2(m_plans.contains(tierName(tier)), qPrintable(tierName(tier)));
    }

    void priceOrderFollowsTheRank()
    {
        qint64 last = -1;
        for (const char *tier : {"free", "hobby", "hobby_plus", "pro", "growth", "team"}) {
            QVERIFY2(m_plans.plan(s(tier)).priceCents > last, tier);
            last = m_plans.plan(s(tier)).priceCents;
        }
    }

    void unknownTiersAreAnonymous()
    {
        QVERIFY(!m_plans.contains(s("platinum")));
        QCOMPARE(m_plans.plan(s("platinum")).name, s("anonymous"));
        QCOMPARE(m_plans.plan(QString()).name, s("anonymous"));
        QCOMPARE(PlanRegistry().plan(s("pro")).priceCents, qint64(0));
    }

    void listPriceUsesTheCanonicalTier()
    {
        QCOMPARE(m_plans.listMonthlyCents(s("pro")), qint64(4900));
        QCOMPARE(m_plans.listMonthlyCents(s("pro_yearly")), qint64(4900));
        QCOMPARE(m_plans.listMonthlyCents(s("anonymous")), qint64(0));
        QCOMPARE(m_plans.listMonthlyCents(s("platinum")), qint64(0));
    }

    void storageLimitsPerResourceType()
    {
        constexpr qint64 mb = 1024 * 1024;
        QCOMPARE(m_plans.storageLimitBytes(s("pro"), s("postgres")), 10240 * mb);
        QCOMPARE(m_plans.storageLimitBytes(s("pro"), s("redis")), 512 * mb);
        QCOMPARE(m_plans.storageLimitBytes(s("pro"), s("mongodb")), 5120 * mb);
        QCOMPARE(m_plans.storageLimitBytes(s("pro"), s("queue")), 5120 * mb);
        QCOMPARE(m_plans.storageLimitBytes(s("pro"), s("storage")), 51200 * mb);
        QCOMPARE(m_plans.storageLimitBytes(s("pro"), s("vector")), 10240 * mb);
        QCOMPARE(m_plans.storageLimitBytes(s("pro"), s("webhook")), qint64(10000));
        QCOMPARE(m_plans.storageLimitBytes(s("pro"), s("mysql")), qint64(-1));
        QCOMPARE(m_plans.storageLimitBytes(s("platinum"), s("postgres")), 10 * mb);
    }

    void loadRules()
    {
        const auto loaded =
            platform::loadPlans("plans:\n  anonymous: {limits: {}}\n  team: {limits: {queue_count: 0}}\n"
                                "  pro: {limits: {team_members: 0}}\n  growth: {}\n"
                                "  hobby: {limits: {team_members: 3, queue_count: 4}}\n");
        QVERIFY2(loaded.ok(), loaded ? "" : qPrintable(loaded.error().detail));
        QCOMPARE(loaded->plan(s("anonymous")).limits.queueCount, qint64(-1));
        QCOMPARE(loaded->plan(s("anonymous")).limits.teamMembers, qint64(1));
        QCOMPARE(loaded->plan(s("team")).limits.queueCount, qint64(-1));
        QCOMPARE(loaded->plan(s("team")).limits.teamMembers, qint64(-1));
        QCOMPARE(loaded->plan(s("pro")).limits.teamMembers, qint64(5));
        QCOMPARE(loaded->plan(s("growth")).limits.teamMembers, qint64(10));
        QCOMPARE(loaded->plan(s("hobby")).limits.teamMembers, qint64(3));
        QCOMPARE(loaded->plan(s("hobby")).limits.queueCount, qint64(4));
        QCOMPARE(loaded->plan(s("hobby")).displayName, s("hobby"));
    }

    void wrongFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("mention");
        const auto row = [](const char *name, const char *yaml, const char *key, const char *mention) {
            QTest::newRow(name) << QByteArray(yaml) << s(key) << s(mention);
        };
        row("empty", "", "plans_unavailable", "no plan");
        row("no plans", "plans: {}\n", "plans_unavailable", "no plan");
        row("plans is null", "plans:\n", "plans_unavailable", "no plan");
        row("no anonymous", "plans: {pro: {}}\n", "plans_unavailable", "anonymous");
        row("twice", "plans: {anonymous: {}, pro: {}, pro: {}}\n", "plans_unavailable", "pro");
        row("not yaml", "plans: {anonymous: [\n", "plans_invalid_yaml", "");
        row("a list", "- a\n", "plans_invalid_value", "map");
        row("plan is a number", "plans: {anonymous: 3}\n", "plans_invalid_value", "plans.anonymous");
        row("misspelt limit", "plans: {anonymous: {limits: {redis_memory: 5}}}\n", "plans_unknown_key",
            "redis_memory_mb");
        row("unknown section", "plan: {}\n", "plans_unknown_key", "plans");
        row("unknown feature", "plans: {anonymous: {features: {slas: true}}}\n", "plans_unknown_key", "sla");
        row("text for a number", "plans: {anonymous: {limits: {queue_count: many}}}\n", "plans_invalid_value",
            "plans.anonymous.limits.queue_count");
        row("below -1", "plans: {anonymous: {limits: {queue_count: -2}}}\n", "plans_invalid_value", "queue_count");
        row("fraction", "plans: {anonymous: {price_monthly_cents: 9.5}}\n", "plans_invalid_value",
            "price_monthly_cents");
        row("negative price", "plans: {anonymous: {price_monthly_cents: -5}}\n", "plans_invalid_value", "negative");
        row("flag is a number", "plans: {anonymous: {features: {sla: 2}}}\n", "plans_invalid_value", "true or false");
        row("envs is text", "plans: {anonymous: {limits: {vault_envs_allowed: any}}}\n", "plans_invalid_value", "list");
        row("promotion without a code", "plans: {anonymous: {}}\npromotions: [{discount_percent: 5}]\n",
            "plans_invalid_value", "code");
        row("discount over 100", "plans: {anonymous: {}}\npromotions: [{code: X, discount_percent: 150}]\n",
            "plans_invalid_value", "1 to 100");
        row("promotions is a map", "plans: {anonymous: {}}\npromotions: {a: b}\n", "plans_invalid_value", "list");
    }
    void wrongFilesAreRefused()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, key);
        QFETCH(QString, mention);
        const auto loaded = platform::loadPlans(yaml);
        QVERIFY(!loaded.ok());
        QCOMPARE(loaded.error().key, key);
        QVERIFY2(loaded.error().detail.contains(mention), qPrintable(loaded.error().detail));
    }
};

REGISTER_SUITE(plans, TstPlans)
#include "tst_plans.moc"
