#include "tests/contract/contract_suite.h"
#include "tests/support/test_main.h"

#include "models/domain/audit_kind_names.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

using namespace contract;
using ports::TierChange;

class TstChangeTier : public ContractSuite {
    Q_OBJECT

    static TierChange change(quint32 team, const char *tier, const char *reason = "asked by phone")
    {
        return {test::teamId(team), QString::fromLatin1(tier), QString::fromLatin1(reason)};
    }
    domain::Result<ports::TierChangeResult> apply(BackendUnderTest &b, const TierChange &c, Role role = Role::Admin)
    {
        return answer(b.backend(role).customers().changeTier(b.call(role), c));
    }
    domain::Result<ports::TierChangePreview> preview(BackendUnderTest &b, const TierChange &c)
    {
        return answer(b.backend(Role::Admin).customers().previewTierChange(b.call(Role::Admin), c));
    }
    ports::CustomerDetail detailOfTeam(BackendUnderTest &b, quint32 team)
    {
        const auto detail = answer(b.backend(Role::Admin).customers().detail(b.call(Role::Admin), test::teamId(team)));
        return detail ? *detail : ports::CustomerDetail{};
    }
    /// Rows of a team that were written at the data set's "now", newest kinds included.
    QList<domain::AuditEntry> written(BackendUnderTest &b, quint32 team)
    {
        ports::AuditQuery query;
        query.filter.team = test::teamId(team);
        query.filter.from = test::seedNow();
        const auto page = answer(b.backend(Role::Admin).audit().search(b.call(Role::Admin), query));
        return page ? page->rows : QList<domain::AuditEntry>{};
    }
    static QJsonObject metadataOf(const QList<domain::AuditEntry> &rows, QLatin1StringView kind)
    {
        for (const domain::AuditEntry &entry : rows) {
            if (entry.kind == kind)
                return QJsonDocument::fromJson(entry.metadata).object();
        }
        return {};
    }

private Q_SLOTS:
    void errorsInTheirOrder_data()
    {
        QTest::addColumn<QString>("tier");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<quint32>("team");
        QTest::addColumn<QString>("key");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, const char *tier, const QString &reason, quint32 team, const char *key,
                            domain::ErrorCode code) {
            QTest::newRow(name) << QString::fromLatin1(tier) << reason << team << QString::fromLatin1(key)
                                << static_cast<int>(code);
        };
        const QString why = QStringLiteral("why");
        const auto invalid = domain::ErrorCode::InvalidInput;
        row("tier before everything", "platinum", QString(), 0xdead, "invalid_tier", invalid);
        row("anonymous cannot be set", "anonymous", why, test::seed::bravo, "invalid_tier", invalid);
        row("yearly is no tier", "pro_yearly", why, test::seed::bravo, "invalid_tier", invalid);
        row("reason before team", "pro", QStringLiteral("  "), 0xdead, "missing_reason", invalid);
        row("long reason before team", "pro", QString(501, QLatin1Char('x')), 0xdead, "reason_too_long", invalid);
        row("unknown team", "pro", why, 0xdead, "team_not_found", domain::ErrorCode::NotFound);
        row("same tier", "free", why, test::seed::bravo, "tier_unchanged", domain::ErrorCode::Conflict);
    }
    void errorsInTheirOrder()
    {
        QFETCH(QString, tier);
        QFETCH(QString, reason);
        QFETCH(quint32, team);
        QFETCH(QString, key);
        QFETCH(int, code);
        BackendUnderTest &b = shared();
        const auto result = apply(b, {test::teamId(team), tier, reason});
        QCOMPARE(keyOf(result), key);
        QCOMPARE(static_cast<int>(result.error().code), code);
        QVERIFY(written(b, team).isEmpty());
    }

    void previewForgivesOnlyTheReason()
    {
        BackendUnderTest &b = shared();
        VERIFY_OK(preview(b, change(test::seed::bravo, "pro", "")));
        QCOMPARE(keyOf(preview(b, change(test::seed::bravo, "anonymous", ""))), QStringLiteral("invalid_tier"));
        QCOMPARE(keyOf(preview(b, change(test::seed::bravo, "free", ""))), QStringLiteral("tier_unchanged"));
        QCOMPARE(keyOf(preview(b, change(0xdead, "pro", ""))), QStringLiteral("team_not_found"));
    }

    void promotionLiftsWhatIsAlive()
    {
        BackendUnderTest &b = fresh();
        const auto expected = preview(b, change(test::seed::bravo, "pro"));
        VERIFY_OK(expected);
        QCOMPARE(expected->direction, 1);
        QCOMPARE(expected->mrrBeforeCents, qint64(0));
        QCOMPARE(expected->mrrAfterCents, qint64(4900));
        QCOMPARE(expected->emails, QStringList{QString(domain::kinds::adminTierChanged)});
        QVERIFY(expected->overQuota.isEmpty());
        const ports::CustomerDetail before = detailOfTeam(b, test::seed::bravo);
        QCOMPARE(before.row.tier, QStringLiteral("free"));

        const auto result =
            apply(b, {test::teamId(test::seed::bravo), QStringLiteral(" PRO "), QStringLiteral(" paid ")});
        VERIFY_OK(result);
        QCOMPARE(result->from, QStringLiteral("free"));
        QCOMPARE(result->to, QStringLiteral("pro"));
        // One active that has not expired and one paused; not the expired ones.
        QCOMPARE(result->resourcesElevated, 2);
        QCOMPARE(result->deploymentsElevated, 1);
        QCOMPARE(result->resourcesElevated, expected->resourcesElevated);
        QCOMPARE(result->deploymentsElevated, expected->deploymentsElevated);

        const ports::CustomerDetail after = detailOfTeam(b, test::seed::bravo);
        QCOMPARE(after.row.tier, QStringLiteral("pro"));
        QCOMPARE(after.row.mrrListCents, qint64(4900));
        // The operator's row neither counts as activity nor shows up among the customer's.
        QCOMPARE(after.row.lastSeenAt, before.row.lastSeenAt);
        QVERIFY(after.recentAudit == before.recentAudit);
        int lifted = 0;
        for (const domain::Resource &resource : after.resources) {
            if (resource.tier == QLatin1String("pro")) {
                ++lifted;
                QCOMPARE(resource.expiresAt, std::nullopt);
            }
        }
        QCOMPARE(lifted, 2);
        for (const domain::Deployment &deployment : after.deployments) {
            const bool alive = deployment.appName == QLatin1String("bravo-web");
            QCOMPARE(deployment.tier, alive ? QStringLiteral("pro") : QStringLiteral("free"));
            QCOMPARE(deployment.expiresAt, std::nullopt);
        }

        const auto rows = written(b, test::seed::bravo);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().id.toString(), result->audit.toString());
        QCOMPARE(rows.first().actor, QStringLiteral("admin"));
        QCOMPARE(rows.first().createdAt, test::seedNow());
        const QJsonObject expectedMetadata{{QStringLiteral("from"), QStringLiteral("free")},
                                           {QStringLiteral("to"), QStringLiteral("pro")},
                                           {QStringLiteral("by_admin_email"), adminEmail()},
                                           {QStringLiteral("reason"), QStringLiteral("paid")}};
        QCOMPARE(metadataOf(rows, domain::kinds::adminTierChanged), expectedMetadata);
    }

    void aFailedDeploymentIsLiftedAndAStoppedOneIsNot()
    {
        BackendUnderTest &b = fresh();
        const auto expected = preview(b, change(test::seed::acme, "growth"));
        VERIFY_OK(expected);
        const auto result = apply(b, change(test::seed::acme, "growth"));
        VERIFY_OK(result);
        QCOMPARE(result->deploymentsElevated, 3);
        QCOMPARE(result->deploymentsElevated, expected->deploymentsElevated);
        for (const domain::Deployment &deployment : detailOfTeam(b, test::seed::acme).deployments) {
            const bool stopped = deployment.appName == QLatin1String("acme-old");
            QCOMPARE(deployment.tier, stopped ? QStringLiteral("pro") : QStringLiteral("growth"));
        }
    }

    void demotionTouchesNothingElse()
    {
        BackendUnderTest &b = fresh();
        const ports::CustomerDetail before = detailOfTeam(b, test::seed::acme);
        const auto expected = preview(b, change(test::seed::acme, "hobby"));
        VERIFY_OK(expected);
        QCOMPARE(expected->direction, -1);
        QCOMPARE(expected->subscriptionId, QStringLiteral("sub_acme"));
        QCOMPARE(expected->resourcesElevated, 0);
        QStringList over;
        for (const ports::ResourceUsage &usage : expected->overQuota) {
            over.append(usage.type);
            QVERIFY(usage.used > usage.limit);
        }
        QCOMPARE(over.join(QLatin1Char(' ')), QStringLiteral("mongodb postgres redis webhook"));

        const auto result = apply(b, change(test::seed::acme, "hobby"));
        VERIFY_OK(result);
        QCOMPARE(result->resourcesElevated, 0);
        const ports::CustomerDetail after = detailOfTeam(b, test::seed::acme);
        QCOMPARE(after.row.tier, QStringLiteral("hobby"));
        QVERIFY(after.resources == before.resources);
        QVERIFY(after.deployments == before.deployments);

        const auto rows = written(b, test::seed::acme);
        QCOMPARE(rows.size(), 2);
        const QJsonObject canceled = metadataOf(rows, domain::kinds::subscriptionCanceledByAdmin);
        QCOMPARE(canceled.value(QStringLiteral("from_tier")).toString(), QStringLiteral("pro"));
        QCOMPARE(canceled.value(QStringLiteral("to_tier")).toString(), QStringLiteral("hobby"));
        QCOMPARE(canceled.value(QStringLiteral("subscription_id")).toString(), QStringLiteral("sub_acme"));
        QCOMPARE(canceled.value(QStringLiteral("cancel_attempted")), QJsonValue(false));
        QCOMPARE(canceled.value(QStringLiteral("cancel_succeeded")), QJsonValue(false));
        QVERIFY(!canceled.contains(QStringLiteral("cancel_error")));
    }

    void demotionWithoutSubscription()
    {
        BackendUnderTest &b = fresh();
        VERIFY_OK(apply(b, change(test::seed::underscore, "free")));
        const QJsonObject canceled =
            metadataOf(written(b, test::seed::underscore), domain::kinds::subscriptionCanceledByAdmin);
        QCOMPARE(canceled.value(QStringLiteral("subscription_id")), QJsonValue(QString()));
    }

    void fromAnUnknownTierNothingIsLifted()
    {
        BackendUnderTest &b = fresh();
        const auto expected = preview(b, change(test::seed::ghost, "pro"));
        VERIFY_OK(expected);
        QCOMPARE(expected->direction, 0);
        const auto result = apply(b, change(test::seed::ghost, "pro"));
        VERIFY_OK(result);
        QCOMPARE(result->resourcesElevated, 0);
        const ports::CustomerDetail after = detailOfTeam(b, test::seed::ghost);
        QCOMPARE(after.row.tier, QStringLiteral("pro"));
        QCOMPARE(after.resources.first().tier, QStringLiteral("legacy_gold"));
        QVERIFY(after.resources.first().expiresAt.has_value());
        QCOMPARE(written(b, test::seed::ghost).size(), 1);
    }

    void everyTierButAnonymousCanBeSet()
    {
        BackendUnderTest &b = fresh();
        for (const char *tier : {"free", "hobby", "hobby_plus", "pro", "growth", "team"}) {
            const auto result = apply(b, change(test::seed::nobody, tier));
            VERIFY_OK(result);
            QCOMPARE(detailOfTeam(b, test::seed::nobody).row.tier, QString::fromLatin1(tier));
        }
    }

    void aFailureChangesNothing_data()
    {
        QTest::addColumn<int>("auditRowsThatWork");
        QTest::newRow("first audit row fails") << 0;
        QTest::newRow("second audit row fails") << 1;
    }
    void aFailureChangesNothing()
    {
        QFETCH(int, auditRowsThatWork);
        BackendUnderTest &b = fresh();
        const quint32 team = auditRowsThatWork == 0 ? test::seed::bravo : test::seed::acme;
        const char *tier = auditRowsThatWork == 0 ? "team" : "free";
        const ports::CustomerDetail before = detailOfTeam(b, team);
        b.failAuditInsertsAfter(auditRowsThatWork);
        const auto result = apply(b, change(team, tier));
        QCOMPARE(keyOf(result), QStringLiteral("db_failed"));
        b.failAuditInsertsAfter(-1);
        QVERIFY(detailOfTeam(b, team) == before);
        QVERIFY(written(b, team).isEmpty());
        VERIFY_OK(apply(b, change(team, tier)));
        QCOMPARE(detailOfTeam(b, team).row.tier, QString::fromLatin1(tier));
    }

    void permissions()
    {
        BackendUnderTest &b = shared();
        const std::pair<Role, QString> refused[] = {{Role::Auditor, QStringLiteral("forbidden")},
                                                    {Role::ReadOnly, QStringLiteral("read_only_session")},
                                                    {Role::Stranger, QStringLiteral("forbidden")}};
        for (const auto &[role, key] : refused) {
            if (!b.has(role))
                continue;
            const auto result = apply(b, change(test::seed::bravo, "pro"), role);
            QCOMPARE(keyOf(result), key);
            QCOMPARE(result.error().code, domain::ErrorCode::Forbidden);
        }
        QCOMPARE(detailOfTeam(b, test::seed::bravo).row.tier, QStringLiteral("free"));
    }

    void theFeedTellsOfIt()
    {
        BackendUnderTest &b = fresh();
        std::mutex lock;
        QList<ports::Change> heard;
        const auto subscription = b.backend(Role::Admin).changes().subscribe([&](const ports::Change &told) {
            const std::lock_guard guard(lock);
            heard.append(told);
        });
        // A remote feed connects in its own time: speak until it hears.
        const auto hears = [&] {
            (void)answer(
                b.backend(Role::Admin)
                    .customers()
                    .addNote(b.call(Role::Admin), test::teamId(test::seed::acme), QStringLiteral("Is anybody there?")));
            const std::lock_guard guard(lock);
            return !heard.isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(hears(), 20'000);
        const auto result = apply(b, change(test::seed::bravo, "pro"));
        VERIFY_OK(result);
        const ports::Change team{QStringLiteral("team"), test::teamId(test::seed::bravo).toString()};
        const ports::Change audit{QStringLiteral("audit"), result->audit.toString()};
        const auto has = [&](const ports::Change &wanted) {
            const std::lock_guard guard(lock);
            return heard.contains(wanted);
        };
        QTRY_VERIFY(has(team));
        QTRY_VERIFY(has(audit));
    }
};

REGISTER_SUITE(change_tier, TstChangeTier)
#include "tst_change_tier.moc"
