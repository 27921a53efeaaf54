#pragma once
#include "models/domain/delivery.h"
#include "models/domain/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace usecases {

/// One event of a Brevo webhook body (spec 02 §4.2).
struct BrevoEvent {
    QString name;                               ///< trimmed, lower case, in the provider's words
    std::optional<domain::DeliveryEvent> event; ///< nullopt: one that is not acted on
    QString messageId;                          ///< as sent, angle brackets included; empty = none
    QString address;
    QString reason;
    QDateTime at; ///< the provider's own time where it is believable, else that of reception
};

inline constexpr int maxWebhookEvents = 500;

/// An object, or an array of 1 to 500 objects. InvalidInput `invalid_payload` for anything else: not JSON, not UTF-8,
/// nested too deeply, a field of the wrong type (a numeric message-id is fine).
domain::Result<QList<BrevoEvent>> parseBrevoEvents(const QByteArray &body, const QDateTime &receivedAt);

} // namespace usecases
