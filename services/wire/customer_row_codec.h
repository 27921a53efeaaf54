#pragma once
#include "services/ports/customer_service.h"
#include "services/wire/json_reader.h"

#include <QJsonObject>

namespace wire {

/// One item of the customers list; the detail begins with the same members.
QJsonObject customerRowObject(const ports::CustomerRow &row);
ports::CustomerRow readCustomerRow(const JsonReader &reader);

QJsonObject resourceUsageObject(const ports::ResourceUsage &usage);
ports::ResourceUsage readResourceUsage(const JsonReader &reader);

} // namespace wire
