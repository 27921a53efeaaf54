#include "models/domain/customer.h"

namespace domain {

QString teamStatusName(TeamStatus s)
{
    switch (s) {
    case TeamStatus::Active:
        return QStringLiteral("active");
    case TeamStatus::DeletionRequested:
        return QStringLiteral("deletion_requested");
    case TeamStatus::DeletionPending:
        return QStringLiteral("deletion_pending");
    case TeamStatus::Tombstoned:
        return QStringLiteral("tombstoned");
    }
    Q_UNREACHABLE();
}

std::optional<TeamStatus> parseTeamStatus(QStringView name)
{
    for (const TeamStatus s :
         {TeamStatus::Active, TeamStatus::DeletionRequested, TeamStatus::DeletionPending, TeamStatus::Tombstoned}) {
        if (teamStatusName(s) == name)
            return s;
    }
    return std::nullopt;
}

const QList<ResourceType> &allResourceTypes()
{
    static const QList<ResourceType> types{ResourceType::Postgres, ResourceType::Redis,   ResourceType::MongoDb,
                                           ResourceType::Queue,    ResourceType::Storage, ResourceType::Webhook,
                                           ResourceType::Vector};
    return types;
}

QString resourceTypeName(ResourceType t)
{
    switch (t) {
    case ResourceType::Postgres:
        return QStringLiteral("postgres");
    case ResourceType::Redis:
        return QStringLiteral("redis");
    case ResourceType::MongoDb:
        return QStringLiteral("mongodb");
    case ResourceType::Queue:
        return QStringLiteral("queue");
    case ResourceType::Storage:
        return QStringLiteral("storage");
    case ResourceType::Webhook:
        return QStringLiteral("webhook");
    case ResourceType::Vector:
        return QStringLiteral("vector");
    }
    Q_UNREACHABLE();
}

std::optional<ResourceType> parseResourceType(QStringView name)
{
    for (const ResourceType t : allResourceTypes()) {
        if (resourceTypeName(t) == name)
            return t;
    }
    return std::nullopt;
}

QString resourceStatusName(ResourceStatus s)
{
    switch (s) {
    case ResourceStatus::Pending:
        return QStringLiteral("pending");
    case ResourceStatus::Active:
        return QStringLiteral("active");
    case ResourceStatus::Paused:
        return QStringLiteral("paused");
    case ResourceStatus::Suspended:
        return QStringLiteral("suspended");
    case ResourceStatus::Failed:
        return QStringLiteral("failed");
    case ResourceStatus::Expired:
        return QStringLiteral("expired");
    case ResourceStatus::Deleted:
        return QStringLiteral("deleted");
    case ResourceStatus::Reaped:
        return QStringLiteral("reaped");
    }
    Q_UNREACHABLE();
}

std::optional<ResourceStatus> parseResourceStatus(QStringView name)
{
    for (const ResourceStatus s :
         {ResourceStatus::Pending, ResourceStatus::Active, ResourceStatus::Paused, ResourceStatus::Suspended,
          ResourceStatus::Failed, ResourceStatus::Expired, ResourceStatus::Deleted, ResourceStatus::Reaped}) {
        if (resourceStatusName(s) == name)
            return s;
    }
    return std::nullopt;
}

bool isActiveDeploymentStatus(QStringView status)
{
    return status == QLatin1StringView("building") || status == QLatin1StringView("deploying") ||
           status == QLatin1StringView("healthy");
}

} // namespace domain
