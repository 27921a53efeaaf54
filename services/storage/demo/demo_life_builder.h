#pragma once
#include "services/storage/demo/demo_life.h"
#include "services/storage/demo/demo_random.h"
#include "services/storage/demo/demo_words.h"

#include <QJsonObject>

#include <optional>

/// Tells one customer's life, step by step. Used by demo_life*.cpp only.
namespace storage::demo {

inline constexpr qint64 minuteMs = 60'000;
inline constexpr qint64 hourMs = 60 * minuteMs;
inline constexpr qint64 dayMs = 24 * hourMs;

/// What is special about a customer.
enum class Story {
    Plain,
    NearQuota,    ///< 82 to 98 % of the storage in use
    OverQuota,    ///< above it
    Degraded,     ///< a resource that does not answer well
    FailedDeploy, ///< a deployment that failed in the last days
    Grace,        ///< payment failed, still in the seven days
    Recovered,    ///< was in grace, paid
    Terminated,   ///< grace ran out: free now
    Canceled,     ///< stopped paying; on the floor tier
    AdminDemoted, ///< set to free by an operator
    Comped,       ///< lifted by an operator
    DeletionRequested,
    DeletionPending,
    Tombstoned,
    TestCohort,
};

struct TierStep {
    qint64 atMs = 0;
    QString tier;
    bool byOperator = false;
};

class LifeBuilder {
public:
    LifeBuilder(const LifeSettings &settings, int index);
    CustomerLife build();

private:
    void chooseFate(); // demo_fate.cpp
    void chooseTimes();
    void chooseVisits();
    int visitsPerMille();
    void choosePath();
    void makeTeam();
    void makeUsers();

    void makeResources(); // demo_assets.cpp
    void addResource(const QString &type, qint64 bytes);
    void addFreeResources();
    double fillOf(double base);
    void settleStatus(ResourceRow &row);
    QString assetTier() const;
    void makeDeployments();
    void addDeployment(qint64 atMs, const QString &status);
    void makeStacks();

    void tellTierSteps(); // demo_billing.cpp
    void tellStep(const QString &from, const TierStep &step);
    void tellDemotion(const QString &from, const TierStep &step);
    void tellTerminated(const TierStep &step);
    void tellGrace();
    void tellDeletion();
    void makeNotes();

    void tellAssets(); // demo_flows.cpp
    void tellActivity();
    void tellNearQuota();
    void tellVisits();
    bool tellFlow(int flow);
    /// Facts of something that flow can be told of; moves fromMs to when that began.
    std::optional<AuditFacts> factsAbout(int subject, qint64 &fromMs);
    void tell(QLatin1StringView kind, const AuditFacts &facts, const QJsonObject &given = {});

    AuditFacts factsAt(qint64 atMs) const;
    AuditFacts factsOf(const ResourceRow &resource, qint64 atMs) const;
    AuditFacts factsOf(const DeploymentRow &deployment, qint64 atMs) const;
    QString tierAt(qint64 atMs) const;
    int rank() const;
    bool paying() const { return rank() >= 2; }

    const LifeSettings &m_settings;
    int m_index;
    Random m_random;
    Story m_story = Story::Plain;
    QString m_tier; ///< at the end
    QString m_domain;
    Person m_contact;
    qint64 m_createdMs = 0, m_lastSeenMs = 0;
    QList<qint64> m_visits;  ///< of the last weeks, one a day, newest first; the first is m_lastSeenMs
    QList<TierStep> m_steps; ///< oldest first; before the first one the team is free
    CustomerLife m_life;
};

} // namespace storage::demo
