#pragma once
#include "services/storage/demo/demo_mail.h"

/// Entries that exist for the sake of their mail.
namespace storage::demo {

/// Weekly digests, and deployments of customers who have some, on days when they were about.
QList<AuditRow> additionalTraffic(const MailCalendar &calendar, const CustomerLife &life, Random &random);

} // namespace storage::demo
