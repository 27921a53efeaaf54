#pragma once
#include "services/ports/email_service.h"
#include "services/ports/overview_service.h"

namespace usecases {

/// What the state of delivery says to an operator: one item per kind that is out of bounds (05-formulas §2 for the
/// ratios, models/domain/delivery_health.h for the rest).
struct DeliveryState {
    ports::DeliverySummary summary;
    ports::EmailHealth health;
    qint64 acceptedLately = 0; ///< as domain::receiverVerdict() wants it
};
QList<ports::AttentionItem> deliveryAttention(const DeliveryState &state, const QDateTime &now);

} // namespace usecases
