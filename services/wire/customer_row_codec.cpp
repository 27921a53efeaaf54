#include "services/wire/customer_row_codec.h"

#include "services/wire/body.h"

namespace wire {

QJsonObject customerRowObject(const ports::CustomerRow &row)
{
    // mrr_monthly and mrr_yearly are the reference's list figures; mrr_list_cents is the one that stays a list price
    // when the ledger MRR takes over those names (00-decisions row 1).
    return QJsonObject{
        {QStringLiteral("team_id"), row.id.toString()},
        {QStringLiteral("primary_email"), row.primaryEmail},
        {QStringLiteral("name"), row.name},
        {QStringLiteral("tier"), row.tier},
        {QStringLiteral("status"), row.status},
        {QStringLiteral("mrr_monthly"), row.mrrListCents},
        {QStringLiteral("mrr_yearly"), row.mrrListCents * 12},
        {QStringLiteral("mrr_list_cents"), row.mrrListCents},
        {QStringLiteral("storage_bytes"), row.storageBytes},
        {QStringLiteral("storage_limit_bytes"), row.storageLimitBytes},
        {QStringLiteral("resource_count"), row.resourceCount},
        {QStringLiteral("deployments_active"), row.deploymentsActive},
        {QStringLiteral("user_count"), row.userCount},
        {QStringLiteral("has_notes"), row.hasNotes},
        {QStringLiteral("last_active"), timeOrNull(row.lastSeenAt)},
        {QStringLiteral("created_at"), timeText(row.createdAt)},
    };
}

ports::CustomerRow readCustomerRow(const JsonReader &reader)
{
    ports::CustomerRow row;
    row.id = reader.id<domain::TeamId>(QLatin1StringView("team_id"));
    row.primaryEmail = reader.text(QLatin1StringView("primary_email"));
    row.name = reader.text(QLatin1StringView("name"));
    row.tier = reader.text(QLatin1StringView("tier"));
    row.status = reader.text(QLatin1StringView("status"));
    row.mrrListCents = reader.integer(QLatin1StringView("mrr_list_cents"));
    row.storageBytes = reader.integer(QLatin1StringView("storage_bytes"));
    row.storageLimitBytes = reader.integer(QLatin1StringView("storage_limit_bytes"), -1);
    row.resourceCount = reader.smallInteger(QLatin1StringView("resource_count"));
    row.deploymentsActive = reader.smallInteger(QLatin1StringView("deployments_active"));
    row.userCount = reader.smallInteger(QLatin1StringView("user_count"));
    row.hasNotes = reader.flag(QLatin1StringView("has_notes"));
    row.lastSeenAt = reader.optionalTime(QLatin1StringView("last_active"));
    row.createdAt = reader.time(QLatin1StringView("created_at"));
    return row;
}

QJsonObject resourceUsageObject(const ports::ResourceUsage &usage)
{
    return QJsonObject{
        {QStringLiteral("resource_type"), usage.type},
        {QStringLiteral("count"), usage.count},
        {QStringLiteral("used"), usage.used},
        {QStringLiteral("limit"), usage.limit},
    };
}

ports::ResourceUsage readResourceUsage(const JsonReader &reader)
{
    ports::ResourceUsage usage;
    usage.type = reader.text(QLatin1StringView("resource_type"));
    usage.count = reader.integer(QLatin1StringView("count"), 0);
    usage.used = reader.integer(QLatin1StringView("used"), 0);
    usage.limit = reader.integer(QLatin1StringView("limit"), -1);
    return usage;
}

} // namespace wire
