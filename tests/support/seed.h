#pragma once
#include "models/domain/audit.h"
#include "models/domain/customer.h"
#include "models/domain/result.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace storage {
class Connection;
}

/// A deterministic data set for tests: one value, written to a database by writeDataset() or loaded into the fake.
namespace test {

struct SeedTeam {
    domain::TeamId id;
    QString name;
    QString tier = QStringLiteral("free");
    QString status = QStringLiteral("active");
    QString subscriptionId; ///< empty = NULL
    bool testCohort = false;
    QDateTime createdAt;
    std::optional<QDateTime> deletionRequestedAt;
};
struct SeedUser {
    domain::TeamId team;
    domain::User user;
};
struct SeedResource {
    domain::TeamId team;
    domain::Resource resource;
};
struct SeedDeployment {
    domain::TeamId team;
    domain::Deployment deployment;
};
struct SeedGrace {
    domain::TeamId team;
    QString subscriptionId;
    QString status; ///< active, recovered, terminated
    QDateTime startedAt, expiresAt;
};

struct Dataset {
    QDateTime now; ///< the reference time of everything in it; give it to the clock
    QList<SeedTeam> teams;
    QList<SeedUser> users;
    QList<SeedResource> resources;
    QList<SeedDeployment> deployments;
    QList<domain::AuditEntry> audit;
    QList<domain::Note> notes;
    QList<SeedGrace> graces;
};

/// A UUID made of one small number, for readable tests: uuid(7) = 00000007-0000-4000-8000-000000000007.
QUuid uuid(quint32 number);
domain::TeamId teamId(quint32 number);

/// 2026-06-15T12:00:00Z.
QDateTime seedNow();

/// About 40 believable customers in every tier, with duplicates in every sort key, teams never seen, names with `%` and
/// `_`, a deletion, a tombstone, a test team, degraded resources, failed deployments, a grace period, 60 audit rows
/// that share one timestamp, notes. Names of the fixed customers: seed::acme and so on.
Dataset smallDataset();
/// `customers` believable customers for GUI tests and pictures.
Dataset largeDataset(int customers);

namespace seed {
inline constexpr quint32 acme = 1;       ///< pro, subscription `sub_acme`, resources of five types, notes
inline constexpr quint32 bravo = 2;      ///< free, live and expired resources, no subscription: good to promote
inline constexpr quint32 percent = 3;    ///< name holds a literal `%`
inline constexpr quint32 underscore = 4; ///< name holds a literal `_`
inline constexpr quint32 ghost = 5;      ///< tier `legacy_gold`, unknown to the plans
inline constexpr quint32 nobody = 6;     ///< no users, no name, never seen
inline constexpr quint32 tombstone = 7;  ///< tombstoned
inline constexpr quint32 probe = 8;      ///< test cohort
inline constexpr quint32 leaving = 9;    ///< deletion requested
} // namespace seed

/// Writes everything in one transaction.
domain::Result<domain::Done> writeDataset(storage::Connection &connection, const Dataset &data);
/// Its teams, users and audit rows, in the caller's transaction if there is one.
domain::Result<domain::Done> writePeople(storage::Connection &connection, const Dataset &data);

} // namespace test
