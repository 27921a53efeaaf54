#include "models/items/query_terms.h"

#include "models/domain/format.h"

namespace items {

using domain::QueryOp;
using domain::QueryTerm;

domain::Error refuse(const QString &sentence)
{
    return domain::invalidInput(QStringLiteral("invalid_query"), QStringLiteral("query"), sentence);
}

std::optional<QueryRange> rangeOf(const QueryTerm &term, const QueryClock &clock)
{
    const QString value = term.values.first();
    if (const auto seconds = domain::parseQueryDuration(value)) {
        const QDateTime at = clock.nowUtc.addSecs(-*seconds);
        switch (term.op) {
        case QueryOp::Is:
        case QueryOp::Less:
        case QueryOp::LessOrEqual:
            return QueryRange{at, std::nullopt};
        case QueryOp::Greater:
        case QueryOp::GreaterOrEqual:
            return QueryRange{std::nullopt, at};
        }
    }
    QDateTime begin, end;
    if (const QDate day = QDate::fromString(value, Qt::ISODate); day.isValid() && value.size() == 10) {
        begin = QDateTime(day, QTime(0, 0), clock.zone).toUTC();
        end = QDateTime(day.addDays(1), QTime(0, 0), clock.zone).toUTC();
    } else if (const QDateTime exact = QDateTime::fromString(value, Qt::ISODateWithMs); exact.isValid()) {
        begin = exact.toUTC();
        end = begin.addMSecs(1);
    } else {
        return std::nullopt;
    }
    switch (term.op) {
    case QueryOp::Is:
        return QueryRange{begin, end};
    case QueryOp::Less:
        return QueryRange{std::nullopt, begin};
    case QueryOp::LessOrEqual:
        return QueryRange{std::nullopt, end};
    case QueryOp::Greater:
        return QueryRange{end, std::nullopt};
    case QueryOp::GreaterOrEqual:
        return QueryRange{begin, std::nullopt};
    }
    return std::nullopt;
}

void narrow(std::optional<QDateTime> &from, std::optional<QDateTime> &until, const QueryRange &range)
{
    if (range.from && (!from || *from < *range.from))
        from = range.from;
    if (range.until && (!until || *range.until < *until))
        until = range.until;
}

QString timeValue(const QDateTime &utc, const QTimeZone &zone)
{
    const QDateTime local = utc.toTimeZone(zone);
    return local.time() == QTime(0, 0) ? local.date().toString(Qt::ISODate) : domain::isoText(utc);
}

} // namespace items
