#pragma once
#include "models/items/query_text.h"

/// What the readers of query texts share: one function per list goes from terms to the filter of its port.
namespace items {

/// InvalidInput `invalid_query` with a sentence for the field's inline error.
domain::Error refuse(const QString &sentence);

/// Half-open, UTC.
struct QueryRange {
    std::optional<QDateTime> from, until;
};
/// Range of one term about a time: an age compares with now, so `<7d` is "within"; a date is a day of the viewer's
/// zone. nullopt when the value is neither.
std::optional<QueryRange> rangeOf(const domain::QueryTerm &term, const QueryClock &clock);
void narrow(std::optional<QDateTime> &from, std::optional<QDateTime> &until, const QueryRange &range);
/// The value that rangeOf() reads as this time: a date at midnight of the zone, else ISO 8601.
QString timeValue(const QDateTime &utc, const QTimeZone &zone);

/// Applies each term to a fresh filter; apply(term, clock, filter) gives the error that ends it.
template <typename Filter, typename Apply>
domain::Result<Filter> readTerms(const QString &text, const QStringList &fields, const QueryClock &clock, Apply apply)
{
    const auto terms = domain::parseQuery(text, fields);
    if (!terms)
        return terms.error();
    Filter filter;
    for (const domain::QueryTerm &term : *terms)
        if (const auto error = apply(term, clock, filter))
            return *error;
    return filter;
}

} // namespace items
