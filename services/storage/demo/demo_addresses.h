#pragma once
#include "services/storage/demo/demo_words.h"

#include <QString>

/// Where sample people read their mail. Small customers use the large mailbox providers, so that the delivery figures
/// by domain have something to show; the others their company's domain.
namespace storage::demo {

/// The domain whose receivers refuse all mail during the incident.
inline constexpr QLatin1StringView incidentDomain("outlook.example");

/// Empty: the company's own domain. Depends on its arguments alone.
QString mailboxDomain(quint64 seed, int customer, int tierRank);
/// Local part at a mailbox provider: no two customers (0…99 999) get the same one.
QString mailboxName(const Person &who, int customer);

} // namespace storage::demo
