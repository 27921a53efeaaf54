#pragma once
#include "services/usecases/webhooks/webhook_content.h"

namespace usecases {

/// A verified SNS notification of SES (spec 02 §3.7): Bounce (Transient → soft_bounce, else bounce) and Complaint, one
/// suppression per recipient; other types are skipped. InvalidInput `invalid_payload` (not an SNS message),
/// `invalid_message` (the message inside it).
domain::Result<WebhookContent> readSesNotification(const QByteArray &body, const QDateTime &receivedAt);

} // namespace usecases
