#pragma once
#include "services/ports/audit_service.h"
#include "services/ports/customer_service.h"

#include <QByteArray>
#include <QList>

#include <utility>

/// Query parameters of the two lists (spec 01 §2.3). Values are decoded UTF-8; percent-encoding is encodedQuery().
namespace wire {

using QueryItems = QList<std::pair<QByteArray, QByteArray>>;

/// `a=1&b=%26`, everything but RFC 3986 unreserved characters escaped.
QByteArray encodedQuery(const QueryItems &items);

QString
sortName(ports::CustomerSort sort); ///< the reference's mrr, last_active, created_at, storage_bytes; ours tier …
std::optional<ports::CustomerSort> parseSort(QStringView name);

/// What a request for customers means. `matchesNothing`: a tier filter was given and every name in it is unknown; the
/// answer is an empty 200 without asking the core (spec 01 §2.3).
struct CustomerRequest {
    ports::CustomerQuery query;
    bool matchesNothing = false;
};

/// Lenient where the reference is: an unusable limit is 50, over 500 is 500, an unusable offset is 0. Errors:
/// `invalid_sort_by` (also for `order`) before anything else, `invalid_time` for a time, `invalid_value` for
/// mrr_at_least and for over-long texts, `invalid_text` for U+0000.
domain::Result<CustomerRequest> decodeCustomerQuery(const QueryItems &items);
QueryItems encodeCustomerQuery(const ports::CustomerQuery &query);
QueryItems encodeCustomerFilter(const ports::CustomerFilter &filter);

/// Errors: `invalid_team_id`, `invalid_id` (resource_id), `invalid_time`, `invalid_value` (also `faults`, which is true
/// or false), `invalid_text`.
domain::Result<ports::AuditQuery> decodeAuditQuery(const QueryItems &items);
QueryItems encodeAuditQuery(const ports::AuditQuery &query);
QueryItems encodeAuditFilter(const ports::AuditFilter &filter);

} // namespace wire
