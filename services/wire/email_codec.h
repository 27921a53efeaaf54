#pragma once
#include "services/ports/email_service.h"

namespace wire {

/// `{ok, messages[], next_cursor}`.
QByteArray encodeMessagePage(const ports::Page<ports::MessageRow> &page);
domain::Result<ports::Page<ports::MessageRow>> decodeMessagePage(const QByteArray &body);

/// `{ok, message}` with `timeline`, `suppression`, `last_send_to_same`, `resendable` among its members.
QByteArray encodeMessageDetail(const ports::MessageDetail &detail);
domain::Result<ports::MessageDetail> decodeMessageDetail(const QByteArray &body);

/// `{ok, suppressions[], next_cursor}`.
QByteArray encodeSuppressionPage(const ports::Page<ports::Suppression> &page);
domain::Result<ports::Page<ports::Suppression>> decodeSuppressionPage(const QByteArray &body);

/// Request body `{email, reason}`; absent ones are empty, so that the core answers by their names.
struct LiftRequest {
    QString email, reason;
};
QByteArray encodeLift(const LiftRequest &lift);
domain::Result<LiftRequest> decodeLift(const QByteArray &body);

/// Request body `{reason, even_if_recent}`; the message is in the path.
QByteArray encodeResend(const ports::Resend &resend);
domain::Result<ports::Resend> decodeResend(const QString &message, const QByteArray &body);
/// `{ok, message_id}`: the new message.
QByteArray encodeResent(const QString &message);
domain::Result<QString> decodeResent(const QByteArray &body);

QByteArray encodeEmailHealth(const ports::EmailHealth &health); ///< `{ok, health}`
domain::Result<ports::EmailHealth> decodeEmailHealth(const QByteArray &body);

QByteArray encodeTemplates(const QList<ports::EmailTemplate> &templates); ///< `{ok, templates[]}`
domain::Result<QList<ports::EmailTemplate>> decodeTemplates(const QByteArray &body);
QByteArray encodePreview(const ports::EmailPreview &preview); ///< `{ok, preview}`
domain::Result<ports::EmailPreview> decodePreview(const QByteArray &body);

} // namespace wire
