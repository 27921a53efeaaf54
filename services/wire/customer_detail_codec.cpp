#include "services/wire/audit_entry_codec.h"
#include "services/wire/body.h"
#include "services/wire/customer_codec.h"
#include "services/wire/customer_row_codec.h"
#include "services/wire/raw_json.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace wire {

namespace {

QJsonObject userObject(const domain::User &user)
{
    return QJsonObject{
        {QStringLiteral("id"), user.id.toString()},
        {QStringLiteral("email"), user.email},
        {QStringLiteral("role"), user.role},
        {QStringLiteral("is_primary"), user.primary},
        {QStringLiteral("email_verified"), user.emailVerified},
        {QStringLiteral("created_at"), timeText(user.createdAt)},
    };
}

domain::User readUser(const JsonReader &reader)
{
    domain::User user;
    user.id = reader.id<domain::UserId>(QLatin1StringView("id"));
    user.email = reader.text(QLatin1StringView("email"));
    user.role = reader.text(QLatin1StringView("role"));
    user.primary = reader.flag(QLatin1StringView("is_primary"));
    user.emailVerified = reader.flag(QLatin1StringView("email_verified"));
    user.createdAt = reader.time(QLatin1StringView("created_at"));
    return user;
}

QJsonObject resourceObject(const domain::Resource &resource)
{
    return QJsonObject{
        {QStringLiteral("id"), resource.id.toString()},
        {QStringLiteral("resource_type"), resource.type},
        {QStringLiteral("name"), resource.name},
        {QStringLiteral("tier"), resource.tier},
        {QStringLiteral("env"), resource.env},
        {QStringLiteral("status"), resource.status},
        {QStringLiteral("storage_bytes"), resource.storageBytes},
        {QStringLiteral("degraded"), resource.degraded},
        {QStringLiteral("degraded_reason"), resource.degradedReason},
        {QStringLiteral("created_at"), timeText(resource.createdAt)},
        {QStringLiteral("expires_at"), timeOrNull(resource.expiresAt)},
        {QStringLiteral("last_seen_at"), timeOrNull(resource.lastSeenAt)},
    };
}

domain::Resource readResource(const JsonReader &reader)
{
    domain::Resource resource;
    resource.id = reader.id<domain::ResourceId>(QLatin1StringView("id"));
    resource.type = reader.text(QLatin1StringView("resource_type"));
    resource.name = reader.text(QLatin1StringView("name"));
    resource.tier = reader.text(QLatin1StringView("tier"));
    resource.env = reader.text(QLatin1StringView("env"));
    resource.status = reader.text(QLatin1StringView("status"));
    resource.storageBytes = reader.integer(QLatin1StringView("storage_bytes"));
    resource.degraded = reader.flag(QLatin1StringView("degraded"));
    resource.degradedReason = reader.text(QLatin1StringView("degraded_reason"));
    resource.createdAt = reader.time(QLatin1StringView("created_at"));
    resource.expiresAt = reader.optionalTime(QLatin1StringView("expires_at"));
    resource.lastSeenAt = reader.optionalTime(QLatin1StringView("last_seen_at"));
    return resource;
}

QJsonObject deploymentObject(const domain::Deployment &deployment)
{
    return QJsonObject{
        {QStringLiteral("id"), deployment.id.toString()},
        {QStringLiteral("app_name"), deployment.appName},
        {QStringLiteral("env"), deployment.env},
        {QStringLiteral("status"), deployment.status},
        {QStringLiteral("tier"), deployment.tier},
        {QStringLiteral("url"), deployment.url},
        {QStringLiteral("created_at"), timeText(deployment.createdAt)},
        {QStringLiteral("expires_at"), timeOrNull(deployment.expiresAt)},
    };
}

domain::Deployment readDeployment(const JsonReader &reader)
{
    domain::Deployment deployment;
    deployment.id = reader.id<domain::DeploymentId>(QLatin1StringView("id"));
    deployment.appName = reader.text(QLatin1StringView("app_name"));
    deployment.env = reader.text(QLatin1StringView("env"));
    deployment.status = reader.text(QLatin1StringView("status"));
    deployment.tier = reader.text(QLatin1StringView("tier"));
    deployment.url = reader.text(QLatin1StringView("url"));
    deployment.createdAt = reader.time(QLatin1StringView("created_at"));
    deployment.expiresAt = reader.optionalTime(QLatin1StringView("expires_at"));
    return deployment;
}

/// The reference's `resources`: one item per type that has active resources, with their stored bytes.
QJsonArray resourceTotals(const ports::CustomerDetail &detail)
{
    QJsonArray totals;
    for (const ports::ResourceUsage &usage : detail.usage) {
        if (usage.count == 0)
            continue;
        qint64 bytes = usage.used;
        if (usage.type == domain::resourceTypeName(domain::ResourceType::Webhook)) {
            bytes = 0; // `used` counts requests there
            for (const domain::Resource &resource : detail.resources) {
                if (resource.type == usage.type &&
                    resource.status == domain::resourceStatusName(domain::ResourceStatus::Active))
                    bytes += resource.storageBytes;
            }
        }
        totals.append(QJsonObject{{QStringLiteral("resource_type"), usage.type},
                                  {QStringLiteral("count"), usage.count},
                                  {QStringLiteral("storage_bytes"), bytes}});
    }
    return totals;
}

template <typename T, typename Encode>
QJsonArray arrayOf(const QList<T> &values, Encode encode)
{
    QJsonArray array;
    for (const T &value : values)
        array.append(encode(value));
    return array;
}

QJsonObject countUsageObject(const ports::CountUsage &count)
{
    return QJsonObject{{QStringLiteral("key"), count.key},
                       {QStringLiteral("used"), count.used},
                       {QStringLiteral("limit"), count.limit}};
}

} // namespace

QByteArray encodeCustomerDetail(const ports::CustomerDetail &detail)
{
    QJsonObject customer = customerRowObject(detail.row);
    if (!detail.subscriptionId.isEmpty())
        customer.insert(QLatin1StringView("razorpay_subscription_id"), detail.subscriptionId);
    customer.insert(QLatin1StringView("users"), arrayOf(detail.users, userObject));
    customer.insert(QLatin1StringView("resources"), resourceTotals(detail));
    customer.insert(QLatin1StringView("usage"), arrayOf(detail.usage, resourceUsageObject));
    customer.insert(QLatin1StringView("counts"), arrayOf(detail.counts, countUsageObject));
    customer.insert(QLatin1StringView("resource_items"), arrayOf(detail.resources, resourceObject));
    customer.insert(QLatin1StringView("deployments"), arrayOf(detail.deployments, deploymentObject));
    QByteArray encoded = QJsonDocument(customer).toJson(QJsonDocument::Compact);
    appendMember(encoded, "recent_audit", encodeAuditEntries(detail.recentAudit));
    QByteArray body = QByteArrayLiteral("{\"ok\":true}");
    appendMember(body, "customer", encoded);
    return body;
}

domain::Result<ports::CustomerDetail> decodeCustomerDetail(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    const JsonReader customer = reader.object(QLatin1StringView("customer"));
    ports::CustomerDetail detail;
    detail.row = readCustomerRow(customer);
    detail.subscriptionId = customer.optionalText(QLatin1StringView("razorpay_subscription_id"));
    for (const JsonReader &item : customer.objects(QLatin1StringView("users")))
        detail.users << readUser(item);
    for (const JsonReader &item : customer.objects(QLatin1StringView("usage")))
        detail.usage << readResourceUsage(item);
    for (const JsonReader &item : customer.objects(QLatin1StringView("counts")))
        detail.counts << ports::CountUsage{item.text(QLatin1StringView("key")), item.integer(QLatin1StringView("used")),
                                           item.integer(QLatin1StringView("limit"), -1)};
    for (const JsonReader &item : customer.objects(QLatin1StringView("resource_items")))
        detail.resources << readResource(item);
    for (const JsonReader &item : customer.objects(QLatin1StringView("deployments")))
        detail.deployments << readDeployment(item);
    if (!reader.failed())
        detail.recentAudit =
            readAuditEntries(customer, "recent_audit", memberText(memberText(body, "customer"), "recent_audit"));
    return reader.finish(std::move(detail));
}

} // namespace wire
