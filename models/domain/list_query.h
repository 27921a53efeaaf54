#pragma once
#include "models/domain/result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// The console's one query grammar (06-screens §1 "Query text"):
///   field:value   field:a,b   -field:value   field:"two words"   age>7d   mrr>=1000   bare words   -word   "a phrase"
/// Terms are joined by AND, the values of one term by OR. Pure syntax: what a field means is the caller's business.
namespace domain {

enum class QueryOp { Is, Less, LessOrEqual, Greater, GreaterOrEqual };

struct QueryTerm {
    QString field; ///< lower case; empty = free text
    QueryOp op = QueryOp::Is;
    QStringList values; ///< never empty; more than one only with Is
    bool negated = false;
    bool isFreeText() const { return field.isEmpty(); }
    bool operator==(const QueryTerm &) const = default;
};

/// InvalidInput: `unknown_query_field` (fields["field"] = the word, fields["suggestion"] = the nearest known one, if
/// any), `invalid_query` (open quote, missing value, a list after a comparison). `detail` is a whole sentence.
/// A known field `payload.*` stands for every path below `payload`: `payload.items.message-id:x`; the path keeps its
/// case and may hold dashes.
/// An empty text is an empty list.
Result<QList<QueryTerm>> parseQuery(const QString &text, const QStringList &knownFields);
/// The canonical text: parseQuery(printQuery(x)) gives x.
QString printQuery(const QList<QueryTerm> &terms);

/// `90s`, `30min`, `12h`, `7d`, `2w`, `6mo`, `1y` (30 and 365 days) → seconds.
std::optional<qint64> parseQueryDuration(const QString &text);
/// `1000`, `1,000` is not one value, `12.5`, `10k`, `2m`; optional leading `$`.
std::optional<double> parseQueryNumber(const QString &text);
/// `512mb`, `1.5GB`, `100` (bytes); 1024-based.
std::optional<qint64> parseQueryBytes(const QString &text);

} // namespace domain
