#pragma once
#include "services/ports/webhook_inbox_service.h"

namespace wire {

/// `{ok, webhooks[], next_cursor}`.
QByteArray encodeWebhookPage(const ports::Page<ports::WebhookRow> &page);
domain::Result<ports::Page<ports::WebhookRow>> decodeWebhookPage(const QByteArray &body);

/// `{ok, webhook}`; the received bytes travel as `body_base64`.
QByteArray encodeWebhookDetail(const ports::WebhookDetail &detail);
domain::Result<ports::WebhookDetail> decodeWebhookDetail(const QByteArray &body);

/// Request body `{dry_run}`; dry unless it says `false`.
QByteArray encodeReplayRequest(bool dryRun);
domain::Result<bool> decodeReplayRequest(const QByteArray &body);
QByteArray encodeReplay(const ports::WebhookReplay &replay); ///< `{ok, replay}`
domain::Result<ports::WebhookReplay> decodeReplay(const QByteArray &body);

QByteArray encodeReceivers(const QList<ports::WebhookReceiver> &receivers); ///< `{ok, receivers[]}`
domain::Result<QList<ports::WebhookReceiver>> decodeReceivers(const QByteArray &body);

} // namespace wire
