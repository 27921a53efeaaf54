#include "services/wire/tier_change_codec.h"

#include "services/wire/body.h"
#include "services/wire/customer_row_codec.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace wire {

QByteArray encodeTierChange(const ports::TierChange &change)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("tier"), change.tier}, {QStringLiteral("reason"), change.reason}})
        .toJson(QJsonDocument::Compact);
}

domain::Result<ports::TierChange> decodeTierChange(domain::TeamId team, const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    ports::TierChange change;
    change.team = team;
    change.tier = reader.optionalText(QLatin1StringView("tier"));
    change.reason = reader.optionalText(QLatin1StringView("reason"));
    return reader.finish(std::move(change));
}

QByteArray encodeTierChangePreview(const ports::TierChangePreview &preview)
{
    QJsonArray overQuota;
    for (const ports::ResourceUsage &usage : preview.overQuota)
        overQuota.append(resourceUsageObject(usage));
    return okBody(
        {{QStringLiteral("preview"), QJsonObject{
                                         {QStringLiteral("from"), preview.from},
                                         {QStringLiteral("to"), preview.to},
                                         {QStringLiteral("direction"), preview.direction},
                                         {QStringLiteral("mrr_before_cents"), preview.mrrBeforeCents},
                                         {QStringLiteral("mrr_after_cents"), preview.mrrAfterCents},
                                         {QStringLiteral("resources_elevated"), preview.resourcesElevated},
                                         {QStringLiteral("deployments_elevated"), preview.deploymentsElevated},
                                         {QStringLiteral("over_quota"), overQuota},
                                         {QStringLiteral("subscription_id"), preview.subscriptionId},
                                         {QStringLiteral("emails"), QJsonArray::fromStringList(preview.emails)},
                                     }}});
}

domain::Result<ports::TierChangePreview> decodeTierChangePreview(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    const JsonReader object = reader.object(QLatin1StringView("preview"));
    ports::TierChangePreview preview;
    preview.from = object.text(QLatin1StringView("from"));
    preview.to = object.text(QLatin1StringView("to"));
    preview.direction = object.smallInteger(QLatin1StringView("direction"), -1, 1);
    preview.mrrBeforeCents = object.integer(QLatin1StringView("mrr_before_cents"));
    preview.mrrAfterCents = object.integer(QLatin1StringView("mrr_after_cents"));
    preview.resourcesElevated = object.smallInteger(QLatin1StringView("resources_elevated"));
    preview.deploymentsElevated = object.smallInteger(QLatin1StringView("deployments_elevated"));
    for (const JsonReader &item : object.objects(QLatin1StringView("over_quota")))
        preview.overQuota << readResourceUsage(item);
    preview.subscriptionId = object.text(QLatin1StringView("subscription_id"));
    preview.emails = object.texts(QLatin1StringView("emails"));
    return reader.finish(std::move(preview));
}

QByteArray encodeTierChangeResult(const ports::TierChangeResult &result, const QString &agentAction)
{
    return okBody({
        {QStringLiteral("team_id"), result.team.toString()},
        {QStringLiteral("from"), result.from},
        {QStringLiteral("to"), result.to},
        {QStringLiteral("resources_elevated"), result.resourcesElevated},
        {QStringLiteral("deployments_elevated"), result.deploymentsElevated},
        {QStringLiteral("audit_id"), result.audit.toString()},
        {QStringLiteral("agent_action"), agentAction},
    });
}

domain::Result<ports::TierChangeResult> decodeTierChangeResult(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    ports::TierChangeResult result;
    result.team = reader.id<domain::TeamId>(QLatin1StringView("team_id"));
    result.from = reader.text(QLatin1StringView("from"));
    result.to = reader.text(QLatin1StringView("to"));
    result.resourcesElevated = reader.smallInteger(QLatin1StringView("resources_elevated"));
    result.deploymentsElevated = reader.smallInteger(QLatin1StringView("deployments_elevated"));
    result.audit = reader.id<domain::AuditId>(QLatin1StringView("audit_id"));
    return reader.finish(std::move(result));
}

} // namespace wire
