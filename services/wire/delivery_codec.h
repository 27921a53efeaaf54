#pragma once
#include "services/ports/email_service.h"
#include "services/wire/json_reader.h"

namespace wire {

/// `{ok, figures}`. Beside the counts stand the ratios that follow from them (05-formulas §2), null where there is no
/// traffic; a client of ours computes them itself.
QByteArray encodeDeliveryFigures(const ports::DeliveryFigures &figures);
domain::Result<ports::DeliveryFigures> decodeDeliveryFigures(const QByteArray &body);

/// `{ok, step_seconds, cohorts[], events[]}`.
QByteArray encodeDeliverySeries(const ports::DeliverySeries &series);
domain::Result<ports::DeliverySeries> decodeDeliverySeries(const QByteArray &body);

/// `{ok, groups[]}`.
QByteArray encodeDeliveryGroups(const QList<ports::DeliveryGroup> &groups);
domain::Result<QList<ports::DeliveryGroup>> decodeDeliveryGroups(const QByteArray &body);

/// `{delivered, hard, …}`: every outcome by its name.
QJsonObject countsObject(const domain::OutcomeCounts &counts);
domain::OutcomeCounts readCounts(const JsonReader &reader);

} // namespace wire
