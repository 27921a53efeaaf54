#pragma once
#include "models/domain/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <memory>

namespace usecases {

/// One mail, rendered.
struct OutgoingMail {
    QString kind;      ///< audit kind, for logs and tags
    QString recipient; ///< the address in full; never logged
    QString subject, html, text;
    QString idempotencyKey; ///< `audit-<ledger id>`
};

enum class SendClass { Accepted, Transient, Permanent, SkippedNoTemplate };
QString sendClassName(SendClass value); ///< `accepted`, `transient`, `permanent`, `skipped_no_template`

struct SendResult {
    SendClass result = SendClass::Transient;
    QString provider;        ///< the concrete one that answered: `brevo`, `smtp`, `none` (spec 02 §0.7)
    QString messageId;       ///< verbatim; may be empty although accepted
    int statusCode = 0;      ///< HTTP or SMTP; 0 = no answer
    QString error;           ///< short, no address, no secret
    bool authWall = false;   ///< 401/403: our credentials, not this mail
    qint64 retryAfterMs = 0; ///< what the provider asked for, 0 = nothing
    bool called = true;      ///< false: answered without a call (paused, nothing to send), which is not an attempt
};

/// Sends mail. send() blocks for at most `timeoutMs` for each provider behind it (a chain asks one after the other);
/// thread-safe.
class MailProvider {
public:
    virtual ~MailProvider() = default;
    virtual QString name() const = 0;
    virtual SendResult send(const OutgoingMail &mail, int timeoutMs) = 0;
};

/// An event of the provider's own log, for gap repair.
struct ProviderEvent {
    QString messageId;
    QString event; ///< as domain::parseDeliveryEvent() reads it; empty when the entry could not be read
    QString address, reason;
    QDateTime at; ///< UTC
};
class MailEventLog {
public:
    virtual ~MailEventLog() = default;
    virtual QString provider() const = 0;
    /// One page of [from, until] (whole days are widened to), in the provider's order; fewer than `limit` = the last.
    /// InvalidInput: more than 90 days, or no range. Unavailable: the provider did not answer, or refused; `key` names
    /// the auth wall (`email_provider_auth_wall`) and the rate limit (`email_provider_rate_limited`).
    virtual domain::Result<QList<ProviderEvent>> events(const QDateTime &from, const QDateTime &until, int limit,
                                                        int offset) = 0;
    /// The events of one message of the last 90 days.
    virtual domain::Result<QList<ProviderEvent>> eventsOf(const QString &messageId) = 0;
};

} // namespace usecases
