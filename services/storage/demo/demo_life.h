#pragma once
#include "models/domain/plan.h"
#include "services/storage/demo/demo_audit.h"

#include <QList>
#include <QString>
#include <QUuid>

/// One sample customer and everything that belongs to it. Times are epoch milliseconds, 0 = none.
namespace storage::demo {

struct TeamRow {
    QUuid id;
    QString name, tier, subscription, status, ttlPolicy;
    qint64 createdMs = 0, deletionRequestedMs = 0, tombstonedMs = 0;
    bool testCohort = false;
};
struct UserRow {
    QUuid id;
    QString email, role, githubId, googleId;
    bool primary = false, verified = true;
    qint64 createdMs = 0;
};
struct ResourceRow {
    QUuid id, team, token, parent;
    QString type, name, tier, env, status, fingerprint, vendor, country, providerId, degradedReason;
    qint64 storageBytes = 0; ///< stored requests for a webhook
    qint64 connectionLimit = 0;
    qint64 createdMs = 0, expiresMs = 0, pausedMs = 0, seenMs = 0;
    bool degraded = false;
};
struct DeploymentRow {
    QUuid id;
    QString appId, name, env, tier, status, url, ttlPolicy;
    qint64 createdMs = 0, updatedMs = 0, expiresMs = 0;
    int remindersSent = 0;
    qint64 reminderMs = 0;
};
struct StackRow {
    QUuid id;
    QString slug, name, tier, env, status;
    qint64 createdMs = 0, expiresMs = 0;
};
struct GraceRow {
    QUuid id;
    QString subscription, status;
    qint64 startedMs = 0, expiresMs = 0, reminderMs = 0, recoveredMs = 0, terminatedMs = 0;
    int reminders = 0;
};
struct NoteRow {
    QUuid id;
    QString body, author;
    qint64 createdMs = 0;
};

struct CustomerLife {
    TeamRow team;
    QList<UserRow> users;
    QList<ResourceRow> resources;
    QList<DeploymentRow> deployments;
    QList<StackRow> stacks;
    QList<GraceRow> graces;
    QList<NoteRow> notes;
    QList<AuditRow> audit; ///< oldest first
    QString domain;        ///< the company's own
    QList<qint64> visits;  ///< of the last weeks, one a day, newest first; the first is when the customer was last seen
};

struct LifeSettings {
    quint64 seed = 0;
    qint64 startMs = 0; ///< no customer is older
    qint64 nowMs = 0;
    bool detailed = true; ///< 12 to 45 audit rows each; else a few, for very large sets
    const domain::PlanRegistry *plans = nullptr;
};

/// Depends on the settings and the index alone. The first customers are told so that each kind of attention occurs.
CustomerLife makeLife(const LifeSettings &settings, int index);

/// What belongs to nobody: unclaimed resources and rows about the operation itself.
struct Surroundings {
    QList<ResourceRow> resources;
    QList<AuditRow> audit;
};
/// `seenKinds`: kinds that the customers' histories hold already; the others are added here, without a team.
Surroundings makeSurroundings(const LifeSettings &settings, int customers, const QStringList &seenKinds);

} // namespace storage::demo
