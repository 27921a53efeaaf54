#pragma once
#include "models/domain/ids.h"
#include "models/domain/money.h"
#include "models/domain/tier.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

/// What the console knows of a customer: team, users, resources, deployments, notes (spec 01 §2.3–§2.8, §4).
namespace domain {

enum class TeamStatus { Active, DeletionRequested, DeletionPending, Tombstoned };
QString teamStatusName(TeamStatus s);
std::optional<TeamStatus> parseTeamStatus(QStringView name);

enum class ResourceType { Postgres, Redis, MongoDb, Queue, Storage, Webhook, Vector };
const QList<ResourceType> &allResourceTypes();
QString resourceTypeName(ResourceType t); ///< `mongodb`
std::optional<ResourceType> parseResourceType(QStringView name);

enum class ResourceStatus { Pending, Active, Paused, Suspended, Failed, Expired, Deleted, Reaped };
QString resourceStatusName(ResourceStatus s);
std::optional<ResourceStatus> parseResourceStatus(QStringView name);

struct User {
    UserId id;
    QString email;
    QString role; ///< `owner`, `member` …; free text in the database
    bool primary = false;
    bool emailVerified = false;
    QDateTime createdAt; ///< UTC
    bool operator==(const User &) const = default;
};

struct Resource {
    ResourceId id;
    QString type; ///< as stored; parseResourceType() for the known ones
    QString name;
    QString tier;
    QString env;
    QString status;
    qint64 storageBytes = 0;
    bool degraded = false;
    QString degradedReason;
    QDateTime createdAt;
    std::optional<QDateTime> expiresAt;
    std::optional<QDateTime> lastSeenAt;
    bool operator==(const Resource &) const = default;
};

struct Deployment {
    DeploymentId id;
    QString appName;
    QString env;
    QString status; ///< building, deploying, healthy, failed, stopped, expired, deleted
    QString tier;
    QString url;
    QDateTime createdAt;
    std::optional<QDateTime> expiresAt;
    bool operator==(const Deployment &) const = default;
};
/// building, deploying, healthy count as active (spec 01 §2.3).
bool isActiveDeploymentStatus(QStringView status);

struct Note {
    NoteId id;
    TeamId team;
    QString body;
    QString authorEmail;
    QDateTime createdAt;
    bool operator==(const Note &) const = default;
};
/// Longest note in bytes of UTF-8 (spec 01 §2.8).
inline constexpr qsizetype maxNoteBytes = 8192;
/// Longest reason of a tier change, in characters.
inline constexpr qsizetype maxReasonChars = 500;

} // namespace domain
