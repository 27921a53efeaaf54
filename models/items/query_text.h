#pragma once
#include "models/domain/list_query.h"
#include "services/ports/audit_service.h"
#include "services/ports/customer_service.h"

#include <QTimeZone>

/// The query text of the two lists and the filters of the ports, both ways (06-screens §1 "Query text").
/// Customers: `tier:pro,growth -tier:free mrr>=40 seen<30d created>=2026-01-01 acme`; an age compares with now
/// (`seen<30d` = within the last 30 days), a date begins at midnight of the viewer's zone.
/// Audit: `kind:admin.* actor:admin team:<id> resource:<id> after:2026-11-01 before:7d faults:yes` and free text.
namespace items {

/// What one query asks of time: ages and dates are resolved against these.
struct QueryClock {
    QDateTime nowUtc;
    QTimeZone zone = QTimeZone::utc();
};

/// A structured term in words, for a chip. `term` is its canonical text.
struct QueryChip {
    QString term, label, value;
    bool operator==(const QueryChip &) const = default;
};

const QStringList &customerQueryFields();
const QStringList &auditQueryFields();
QStringList customerQueryWords(); ///< completions: `tier:pro`, `mrr>=`, `seen<7d` …
QStringList auditQueryWords();

/// Errors of domain::parseQuery and InvalidInput `invalid_query` with a sentence in `detail`.
domain::Result<ports::CustomerFilter> customerFilter(const QString &text, const QueryClock &clock);
domain::Result<ports::AuditFilter> auditFilter(const QString &text, const QueryClock &clock);
/// The text of a filter; customerFilter() of it gives the filter again.
QString customerQueryText(const ports::CustomerFilter &filter, const QTimeZone &zone);
QString auditQueryText(const ports::AuditFilter &filter, const QTimeZone &zone);

QList<QueryChip> queryChips(const QString &text, const QStringList &fields);
QString freeTextOf(const QString &text, const QStringList &fields);
/// The structured terms alone, canonical.
QString structuredOf(const QString &text, const QStringList &fields);
QString withoutTerm(const QString &text, const QString &term, const QStringList &fields);
/// Replaces every term of this field (negated ones too) by `term`; an empty term removes them.
QString withField(const QString &text, const QString &field, const QString &term, const QStringList &fields);
/// In words, for "nothing matches": "tier pro or growth · last seen within 30 d · “acme”".
QString queryInWords(const QString &text, const QStringList &fields);
/// One sentence for the field's inline error.
QString queryErrorText(const domain::Error &error);

} // namespace items
