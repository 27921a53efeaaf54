#include "models/domain/audit.h"
#include "models/domain/audit_kind_names.h"
#include "models/domain/customer.h"
#include "services/platform/plan_loader.h"
#include "services/storage/demo/demo_audit.h"
#include "services/storage/demo/demo_life.h"
#include "services/storage/demo/demo_words.h"
#include "tests/support/test_main.h"

#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace storage::demo;

namespace {

constexpr qint64 now = 1'795'000'000'000;
constexpr qint64 day = 86'400'000;

/// Every value of a life, so that two lives can be compared.
QString dump(const CustomerLife &life)
{
    QStringList out{life.team.id.toString(), life.team.name,   life.team.tier,
                    life.team.subscription,  life.team.status, QString::number(life.team.createdMs)};
    for (const UserRow &u : life.users)
        out << u.id.toString() << u.email << u.role << QString::number(u.createdMs);
    for (const ResourceRow &r : life.resources)
        out << r.id.toString() << r.token.toString() << r.type << r.name << r.tier << r.env << r.status
            << QString::number(r.storageBytes) << QString::number(r.createdMs) << QString::number(r.expiresMs);
    for (const DeploymentRow &d : life.deployments)
        out << d.id.toString() << d.appId << d.name << d.status << QString::number(d.createdMs);
    for (const StackRow &s : life.stacks)
        out << s.id.toString() << s.slug;
    for (const GraceRow &g : life.graces)
        out << g.id.toString() << g.status << QString::number(g.startedMs);
    for (const NoteRow &n : life.notes)
        out << n.id.toString() << n.body << n.author << QString::number(n.createdMs);
    for (const AuditRow &a : life.audit)
        out << a.id.toString() << a.kind << a.summary << QString::fromUtf8(a.metadata) << QString::number(a.atMs);
    return out.join(QLatin1Char('|'));
}

} // namespace

class TstDemoGenerator : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        auto loaded = platform::loadEmbeddedPlans();
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : qPrintable(loaded.error().detail));
        m_plans = *loaded;
        m_settings.seed = 2026;
        m_settings.nowMs = now;
        m_settings.startMs = now - 540 * day;
        m_settings.plans = &m_plans;
        for (int i = 0; i < 2000; ++i)
            m_lives << makeLife(m_settings, i);
    }

    void sameInputGivesSameLife()
    {
        for (int i = 0; i < 40; ++i)
            QCOMPARE(dump(makeLife(m_settings, i)), dump(m_lives.at(i)));
        LifeSettings other = m_settings;
        other.seed = 2027;
        QVERIFY(dump(makeLife(other, 3)) != dump(m_lives.at(3)));
    }

    void namesAndDomainsAreDistinct()
    {
        QVERIFY(companyNameCount() >= 100'000);
        QSet<QString> names, domains;
        for (int i = 0; i < companyNameCount(); ++i) {
            const CompanyName company = companyName(i);
            names << company.name;
            domains << company.domain;
            QVERIFY2(company.domain.endsWith(QStringLiteral(".example")), qPrintable(company.domain));
        }
        QCOMPARE(names.size(), companyNameCount());
        QCOMPARE(domains.size(), companyNameCount());
    }

    void everyKindHasASentenceAndItsKeys()
    {
        Random random(1, 1);
        AuditFacts facts;
        facts.team = facts.user = facts.resource = facts.deployment = random.uuid();
        facts.email = QStringLiteral("a.b@halcyon.example");
        facts.domain = QStringLiteral("halcyon.example");
        facts.tier = QStringLiteral("pro");
        facts.app = facts.appId = facts.url = facts.resourceName = facts.resourceType = QStringLiteral("postgres");
        facts.subscription = QStringLiteral("sub_1");
        facts.atMs = now;
        for (const domain::AuditKind &kind : domain::auditKinds()) {
            QVERIFY2(knowsSummary(QString::fromLatin1(kind.kind)), kind.kind);
            const AuditRow row = makeAuditRow(QLatin1StringView(kind.kind), facts, {}, random);
            QVERIFY2(!row.summary.isEmpty() && !row.summary.contains(QLatin1Char('{')), qPrintable(row.summary));
            const QJsonObject metadata = QJsonDocument::fromJson(row.metadata).object();
            for (const char *key : kind.keys) {
                QVERIFY2(knowsMetadataKey(QString::fromLatin1(key)), key);
                const bool optional = qstrcmp(key, "cancel_error") == 0 || qstrcmp(key, "denied_by") == 0 ||
                                      qstrcmp(key, "applies_to") == 0;
                QVERIFY2(optional || metadata.contains(QLatin1StringView(key)), key);
            }
        }
    }

    void everyKindOccurs_data()
    {
        QTest::addColumn<int>("customers");
        QTest::newRow("one customer") << 1;
        QTest::newRow("a thousand") << 1000;
    }
    void everyKindOccurs()
    {
        QFETCH(int, customers);
        QSet<QString> seen;
        for (int i = 0; i < customers; ++i) {
            for (const AuditRow &row : m_lives.at(i).audit)
                seen << row.kind;
        }
        const Surroundings around = makeSurroundings(m_settings, customers, {seen.cbegin(), seen.cend()});
        for (const AuditRow &row : around.audit) {
            seen << row.kind;
            QVERIFY(row.atMs >= m_settings.startMs && row.atMs <= now);
        }
        for (const domain::AuditKind &kind : domain::auditKinds())
            QVERIFY2(seen.contains(QString::fromLatin1(kind.kind)), kind.kind);
    }

    void tiersAreSharedOutAsInLife()
    {
        QHash<QString, int> share;
        for (const CustomerLife &life : m_lives)
            ++share[life.team.tier];
        QVERIFY(share.value(QStringLiteral("free")) > 1050 && share.value(QStringLiteral("free")) < 1400);
        QVERIFY(share.value(QStringLiteral("hobby")) > 280);
        QVERIFY(share.value(QStringLiteral("hobby_plus")) > 60);
        QVERIFY(share.value(QStringLiteral("pro")) > 130 && share.value(QStringLiteral("pro")) < 320);
        QVERIFY(share.value(QStringLiteral("growth")) > 25);
        QVERIFY(share.value(QStringLiteral("team")) > 5);
    }

    void timesAreInOrder()
    {
        for (const CustomerLife &life : m_lives) {
            const qint64 created = life.team.createdMs;
            QVERIFY(created >= m_settings.startMs && created <= now);
            for (const ResourceRow &r : life.resources) {
                QVERIFY(r.createdMs >= created && r.createdMs <= now);
                QVERIFY(r.seenMs <= now);
                if (r.status == QLatin1StringView("active"))
                    QVERIFY(r.expiresMs == 0 || r.expiresMs > now);
                if (r.status == QLatin1StringView("expired"))
                    QVERIFY(r.expiresMs <= now);
            }
            for (const DeploymentRow &d : life.deployments)
                QVERIFY(d.createdMs >= created && d.updatedMs <= now);
            for (const NoteRow &n : life.notes)
                QVERIFY(n.createdMs >= created && n.createdMs <= now);
            for (const GraceRow &g : life.graces)
                QVERIFY2(g.status != QLatin1StringView("active") || g.expiresMs > now, qPrintable(life.team.name));
            qint64 before = created;
            for (const AuditRow &a : life.audit) {
                QVERIFY(a.atMs >= before && a.atMs <= now);
                before = a.atMs;
            }
        }
    }

    void everythingFitsThePlan()
    {
        for (const CustomerLife &life : m_lives) {
            const domain::PlanLimits &limits = m_plans.plan(life.team.tier).limits;
            QVERIFY(life.users.size() <= limits.teamMembers);
            QCOMPARE(std::count_if(life.users.cbegin(), life.users.cend(), [](const UserRow &u) { return u.primary; }),
                     1);
            const auto queues = std::count_if(life.resources.cbegin(), life.resources.cend(), [](const ResourceRow &r) {
                return r.type == QLatin1StringView("queue");
            });
            QVERIFY(queues <= std::max<qint64>(limits.queueCount, 1));
            // A demotion leaves the old tier's deployments (spec 01 §2.6).
            const bool demoted = std::any_of(life.deployments.cbegin(), life.deployments.cend(),
                                             [&](const DeploymentRow &d) { return d.tier != life.team.tier; });
            const auto active =
                std::count_if(life.deployments.cbegin(), life.deployments.cend(),
                              [](const DeploymentRow &d) { return domain::isActiveDeploymentStatus(d.status); });
            QVERIFY2(demoted || active <= limits.deploymentsApps, qPrintable(life.team.name));
        }
    }

    void storageTellsStories()
    {
        int near = 0, over = 0, fine = 0;
        for (const CustomerLife &life : m_lives) {
            QHash<QString, qint64> used;
            for (const ResourceRow &r : life.resources) {
                if (r.status == QLatin1StringView("active") && r.tier == life.team.tier)
                    used[r.type] += r.storageBytes;
            }
            for (auto it = used.cbegin(); it != used.cend(); ++it) {
                const qint64 limit = m_plans.storageLimitBytes(life.team.tier, it.key());
                if (it.value() > limit)
                    ++over;
                else if (it.value() > limit * 8 / 10)
                    ++near;
                else
                    ++fine;
            }
        }
        QVERIFY2(near > 40 && over > 3 && fine > 8 * (near + over),
                 qPrintable(QStringLiteral("near %1 over %2 fine %3").arg(near).arg(over).arg(fine)));
    }

    void theFirstCustomersShowEveryKindOfAttention()
    {
        int graces = 0, degraded = 0, failed = 0, pending = 0, over = 0;
        for (int i = 0; i < 24; ++i) {
            const CustomerLife &life = m_lives.at(i);
            graces += life.graces.size() == 1 && life.graces.first().status == QLatin1StringView("active") ? 1 : 0;
            pending += life.team.status == QLatin1StringView("deletion_pending") ? 1 : 0;
            for (const ResourceRow &r : life.resources)
                degraded +=
                    r.degraded && r.status == QLatin1StringView("active") && !r.degradedReason.isEmpty() ? 1 : 0;
            for (const DeploymentRow &d : life.deployments)
                failed += d.status == QLatin1StringView("failed") && now - d.createdMs < 7 * day ? 1 : 0;
            for (const ResourceRow &r : life.resources)
                over += r.storageBytes > m_plans.storageLimitBytes(life.team.tier, r.type) ? 1 : 0;
        }
        QVERIFY(graces >= 1);
        QVERIFY(degraded >= 1);
        QVERIFY(failed >= 1);
        QVERIFY(pending >= 1);
        QVERIFY(over >= 1);
    }

    void auditFollowsTheTier()
    {
        int upgrades = 0;
        for (const CustomerLife &life : m_lives) {
            QVERIFY(life.audit.size() >= 4 && life.audit.size() <= 45);
            QString tier = QStringLiteral("free");
            QCOMPARE(std::count_if(life.audit.cbegin(), life.audit.cend(),
                                   [](const AuditRow &a) { return a.kind == domain::kinds::onboardingClaimed; }),
                     1);
            for (const AuditRow &row : life.audit) {
                QCOMPARE(row.team, life.team.id);
                const QJsonObject metadata = QJsonDocument::fromJson(row.metadata).object();
                const bool charged = row.kind == domain::kinds::subscriptionUpgraded ||
                                     row.kind == domain::kinds::subscriptionDowngraded;
                const bool byAdmin = row.kind == domain::kinds::adminTierChanged;
                if (!charged && !byAdmin)
                    continue;
                ++upgrades;
                QCOMPARE(metadata.value(charged ? QStringLiteral("from_tier") : QStringLiteral("from")).toString(),
                         tier);
                tier = metadata.value(charged ? QStringLiteral("to_tier") : QStringLiteral("to")).toString();
            }
            const bool unnamedEnd = std::any_of(life.audit.cbegin(), life.audit.cend(), [](const AuditRow &a) {
                return a.kind == domain::kinds::subscriptionCanceled || a.kind == domain::kinds::paymentGraceTerminated;
            });
            if (!unnamedEnd)
                QCOMPARE(tier, life.team.tier);
        }
        QVERIFY(upgrades > 500);
    }

    /// Attention must not gather on the last day: active customers a day follow the week, nothing else.
    void activityIsSpreadOverTheDays()
    {
        QHash<qint64, QSet<QUuid>> active;
        for (const CustomerLife &life : m_lives) {
            for (const AuditRow &row : life.audit)
                active[row.atMs / day].insert(row.team);
        }
        const qint64 today = now / day;
        qsizetype working = 0, weekend = 0;
        for (qint64 d = today - 28; d < today; ++d)
            ((d + 3) % 7 < 5 ? working : weekend) += active.value(d).size();
        working /= 20;
        weekend /= 8;
        QVERIFY2(weekend * 10 > working * 3 && weekend * 10 < working * 8,
                 qPrintable(QStringLiteral("%1 a working day, %2 a day of a weekend").arg(working).arg(weekend)));
        for (qint64 d = today - 28; d < today; ++d) {
            const qsizetype usual = (d + 3) % 7 < 5 ? working : weekend;
            QVERIFY2(
                active.value(d).size() * 10 > usual * 7 && active.value(d).size() * 10 < usual * 14,
                qPrintable(
                    QStringLiteral("%1 on day %2, usually %3").arg(active.value(d).size()).arg(d - today).arg(usual)));
        }
        QVERIFY(active.value(today).size() * 10 < working * 14);
    }

    void largeCustomersAreSeenOften()
    {
        int teams = 0;
        for (const CustomerLife &life : m_lives) {
            if (life.team.tier != QLatin1StringView("team") || life.deployments.isEmpty() ||
                now - life.team.createdMs < 14 * day)
                continue;
            ++teams;
            QVERIFY2(now - life.audit.last().atMs < 14 * day, qPrintable(life.team.name));
        }
        QVERIFY(teams > 5);
    }

    void idsAndEmailsAreUnique()
    {
        QSet<QUuid> ids;
        QSet<QString> emails;
        qsizetype rows = 0, users = 0;
        for (const CustomerLife &life : m_lives) {
            for (const UserRow &u : life.users) {
                emails << u.email;
                ids << u.id;
                ++users;
            }
            for (const AuditRow &a : life.audit)
                ids << a.id;
            rows += life.users.size() + life.audit.size();
        }
        QCOMPARE(emails.size(), users);
        QCOMPARE(ids.size(), rows);
    }

    void largeSetsHaveShorterHistories()
    {
        LifeSettings brief = m_settings;
        brief.detailed = false;
        qsizetype few = 0, many = 0;
        for (int i = 0; i < 500; ++i) {
            few += makeLife(brief, i).audit.size();
            many += m_lives.at(i).audit.size();
        }
        QVERIFY2(few * 2 < many, qPrintable(QStringLiteral("%1 of %2").arg(few).arg(many)));
        QVERIFY(many >= 12 * 500);
    }

private:
    domain::PlanRegistry m_plans;
    LifeSettings m_settings;
    QList<CustomerLife> m_lives;
};

REGISTER_SUITE(demo_generator, TstDemoGenerator)
#include "tst_demo_generator.moc"
