#include "services/ports/webhook_inbox_service.h"

namespace ports {

QString signatureVerdictName(SignatureVerdict verdict)
{
    switch (verdict) {
    case SignatureVerdict::Current:
        return QStringLiteral("current");
    case SignatureVerdict::Previous:
        return QStringLiteral("previous");
    }
    Q_UNREACHABLE();
}

std::optional<SignatureVerdict> parseSignatureVerdict(QStringView name)
{
    for (const SignatureVerdict verdict : {SignatureVerdict::Current, SignatureVerdict::Previous}) {
        if (signatureVerdictName(verdict) == name)
            return verdict;
    }
    return std::nullopt;
}

QString webhookOutcomeName(WebhookOutcome outcome)
{
    switch (outcome) {
    case WebhookOutcome::Applied:
        return QStringLiteral("applied");
    case WebhookOutcome::Unmatched:
        return QStringLiteral("unmatched");
    case WebhookOutcome::NoChange:
        return QStringLiteral("no_change");
    case WebhookOutcome::Skipped:
        return QStringLiteral("skipped");
    case WebhookOutcome::Failed:
        return QStringLiteral("failed");
    case WebhookOutcome::Unparseable:
        return QStringLiteral("unparseable");
    }
    Q_UNREACHABLE();
}

std::optional<WebhookOutcome> parseWebhookOutcome(QStringView name)
{
    for (const WebhookOutcome outcome : allWebhookOutcomes()) {
        if (webhookOutcomeName(outcome) == name)
            return outcome;
    }
    return std::nullopt;
}

const QList<WebhookOutcome> &allWebhookOutcomes()
{
    static const QList<WebhookOutcome> all{WebhookOutcome::Applied,  WebhookOutcome::Unmatched,
                                           WebhookOutcome::NoChange, WebhookOutcome::Skipped,
                                           WebhookOutcome::Failed,   WebhookOutcome::Unparseable};
    return all;
}

} // namespace ports
