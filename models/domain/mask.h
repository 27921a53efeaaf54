#pragma once
#include <QString>

/// Two rules that must not be unified (spec 02 §2.4).
namespace domain {

/// What customers see in their audit log: first character + `***` + from the first `@` on; without `@` first character
/// + `***`; empty stays empty.
QString maskAuditEmail(const QString &email);
/// Delivery ledger and e-mail logs: split at the last `@`; a one-character local part and an address without `@` stay.
QString maskLedgerEmail(const QString &email);

} // namespace domain
