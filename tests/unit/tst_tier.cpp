#include "models/domain/customer.h"
#include "models/domain/principal.h"
#include "models/domain/tier.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace domain;

class TstTier : public QObject {
    Q_OBJECT
private slots:
    void ranksFollowTheOrderOfTheTable()
    {
        const QStringList names{QStringLiteral("anonymous"),  QStringLiteral("free"), QStringLiteral("hobby"),
                                QStringLiteral("hobby_plus"), QStringLiteral("pro"),  QStringLiteral("growth"),
                                QStringLiteral("team")};
        QCOMPARE(allTiers().size(), names.size());
        for (int i = 0; i < names.size(); ++i) {
            QCOMPARE(tierName(allTiers().at(i)), names.at(i));
            QCOMPARE(tierRank(names.at(i)), i);
            QCOMPARE(tierRank(allTiers().at(i)), i);
        }
    }

    void rankTrimsAndFoldsCaseButDoesNotCanonicalise()
    {
        QCOMPARE(tierRank(u"  Pro "), 4);
        QCOMPARE(tierRank(u"HOBBY_PLUS"), 3);
        QCOMPARE(tierRank(u"pro_yearly"), -1);
        QCOMPARE(tierRank(u"platinum"), -1);
        QCOMPARE(tierRank(u""), -1);
    }

    void canonicalNameStripsOneSuffixAndNothingElse()
    {
        QCOMPARE(canonicalTierName(QStringLiteral("pro_yearly")), QStringLiteral("pro"));
        QCOMPARE(canonicalTierName(QStringLiteral("pro_yearly_yearly")), QStringLiteral("pro_yearly"));
        QCOMPARE(canonicalTierName(QStringLiteral("Pro_Yearly")), QStringLiteral("Pro_Yearly"));
        QCOMPARE(canonicalTierName(QStringLiteral(" pro")), QStringLiteral(" pro"));
        QCOMPARE(canonicalTierName(QStringLiteral("_yearly")), QString());
    }

    void parseRefusesYearlyAndUnknownNames()
    {
        QCOMPARE(parseTier(u" Growth "), Tier::Growth);
        QVERIFY(!parseTier(u"growth_yearly"));
        QVERIFY(!parseTier(u""));
    }

    void everyTierButAnonymousCanBeSet()
    {
        for (const Tier tier : allTiers())
            QCOMPARE(isAdminSettable(tier), tier != Tier::Anonymous);
    }

    void namesOfTeamsAndResourcesGoBothWays()
    {
        for (const TeamStatus s :
             {TeamStatus::Active, TeamStatus::DeletionRequested, TeamStatus::DeletionPending, TeamStatus::Tombstoned})
            QCOMPARE(parseTeamStatus(teamStatusName(s)), s);
        QCOMPARE(allResourceTypes().size(), 7);
        for (const ResourceType t : allResourceTypes())
            QCOMPARE(parseResourceType(resourceTypeName(t)), t);
        for (const ResourceStatus s :
             {ResourceStatus::Pending, ResourceStatus::Active, ResourceStatus::Paused, ResourceStatus::Suspended,
              ResourceStatus::Failed, ResourceStatus::Expired, ResourceStatus::Deleted, ResourceStatus::Reaped})
            QCOMPARE(parseResourceStatus(resourceStatusName(s)), s);
        QVERIFY(!parseTeamStatus(u"Active"));
        QVERIFY(!parseResourceType(u"mysql"));
        QVERIFY(!parseResourceStatus(u""));
    }

    void threeDeploymentStatesAreActive()
    {
        QVERIFY(isActiveDeploymentStatus(u"building"));
        QVERIFY(isActiveDeploymentStatus(u"deploying"));
        QVERIFY(isActiveDeploymentStatus(u"healthy"));
        for (const QStringView other : {u"failed", u"stopped", u"expired", u"deleted", u""})
            QVERIFY(!isActiveDeploymentStatus(other));
    }

    void auditorsOnlyRead()
    {
        const Permissions auditor = permissionsOf(Scope::Auditor), admin = permissionsOf(Scope::Admin);
        QCOMPARE(auditor,
                 Permission::ViewCustomers | Permission::ViewAudit | Permission::ExportData | Permission::ViewEmail);
        QVERIFY((admin & auditor) == auditor);
        for (const Permission p : {Permission::ChangeTier, Permission::WriteNotes, Permission::ManageViews,
                                   Permission::ManageTokens, Permission::ManageEmail}) {
            QVERIFY(admin.testFlag(p));
            QVERIFY(!auditor.testFlag(p));
        }
        QCOMPARE(parseScope(u"admin"), Scope::Admin);
        QCOMPARE(parseScope(u"auditor"), Scope::Auditor);
        QVERIFY(!parseScope(u"root"));
        QVERIFY(!Principal{}.may(Permission::ViewCustomers));
    }
};

REGISTER_SUITE(tier, TstTier)
#include "tst_tier.moc"
