#include "views/pages/attention_target.h"

#include "models/domain/audit_kind_names.h"

namespace pages {

namespace {
Location list(const char *screen, const QString &query)
{
    Location location{QString::fromLatin1(screen), {}, {}};
    location.query.addQueryItem(QStringLiteral("q"), query);
    return location;
}
} // namespace

Location attentionTarget(const ports::AttentionItem &item, int count)
{
    switch (item.kind) {
    case ports::AttentionKind::DeliveryRatio:
        return list("email", QStringLiteral("outcome:bounced_later,hard,blocked,error,soft window:7d"));
    case ports::AttentionKind::UnknownRate:
        return list("email", QStringLiteral("outcome:unknown window:7d"));
    case ports::AttentionKind::ForwarderHolding:
        return list("email", QStringLiteral("class:intended window:30d"));
    case ports::AttentionKind::ReceiverSilent:
        return list("webhooks", QStringLiteral("provider:brevo"));
    case ports::AttentionKind::ParkedEvents:
        return list("webhooks", QStringLiteral("outcome:unmatched"));
    case ports::AttentionKind::UnauthorizedBurst:
        return list("audit", QStringLiteral("kind:%1 after:24h").arg(domain::kinds::webhookBrevoUnauthorized));
    case ports::AttentionKind::OverQuota:
    case ports::AttentionKind::NearQuota:
    case ports::AttentionKind::GraceEnding:
    case ports::AttentionKind::DegradedResource:
    case ports::AttentionKind::FailedDeployment:
    case ports::AttentionKind::OperatorAlert:
    case ports::AttentionKind::DeletionPending:
        break;
    }
    if (item.team && count == 1)
        return {QStringLiteral("customer"), item.team->toString(), {}};
    return list("audit", QStringLiteral("kind:") + item.subject);
}

} // namespace pages
