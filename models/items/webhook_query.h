#pragma once
#include "models/items/query_text.h"
#include "services/ports/webhook_inbox_service.h"

/// The query text of the webhook inbox (06-screens §2.10): `provider: event: outcome: signature: duplicate: customer:
/// after: before:`, a value at a path of the body as `payload.a.b:value`, and free text, which looks into the body.
/// `provider`, `event` and `outcome` take lists; `-outcome:` means all others; `faults:yes` is failed or unparseable.
namespace items {

const QStringList &webhookQueryFields();
QStringList webhookQueryWords();
/// Errors of domain::parseQuery and InvalidInput `invalid_query` with a sentence in `detail`.
domain::Result<ports::WebhookFilter> webhookFilter(const QString &text, const QueryClock &clock);

/// Who can call: `brevo`, `brevo_suppression`, `ses`.
const QStringList &webhookProviders();
/// "Brevo", "Brevo suppression", "Amazon SES"; an unknown one in words.
QString webhookProviderText(const QString &provider);

} // namespace items
