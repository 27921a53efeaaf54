#pragma once
#include "models/domain/result.h"
#include "services/storage/connection.h"
#include "services/storage/sql_condition.h"

namespace storage {

/// ports::WebhookFilter::payload over `webhook_inbox w`: a case-insensitive part of the body, or with
/// `payload.a.b:value` the exact value of a text, number or boolean at that path of the JSON object, or of the first
/// one of an array. A step of digits picks from an array. Bodies that are no JSON or no UTF-8 match nothing there, and
/// never fail the search. Empty = everything. InvalidInput `invalid_payload_filter`.
domain::Result<SqlCondition> payloadCondition(const Connection &connection, const QString &payload);

} // namespace storage
