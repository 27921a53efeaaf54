#pragma once
#include <QDateTime>
#include <QJsonValue>
#include <QString>

/// Metadata values in words for a customer. Each gives an empty text for what it does not know or cannot read, so that
/// neither an internal name nor a blank gets into a mail (spec 02 §7, 2026-05-31). Pure; English.
namespace usecases::words {

/// One line of plain text: line breaks and control characters become spaces, directional overrides go, and what is
/// longer than `maximum` ends in "…".
QString clean(const QString &text, qsizetype maximum = 300);

/// Text as it is, numbers in their shortest form (`49`, `0.1`), `true` and `false`; nothing for lists, maps and null.
QString plain(const QJsonValue &value);
/// `Hobby Plus`, `Pro (yearly)`.
QString tier(const QJsonValue &value);
/// `22 Nov 2026, 09:14 UTC` of an RFC 3339 time with a zone; other texts are no time.
QString time(const QJsonValue &value);
QString time(const QDateTime &value);
/// `1 hour`, `6 hours`, from two days on `2 days 12 hours`; a part of an hour counts as one.
QString hours(const QJsonValue &value);
/// `21 days`; nothing for less than one.
QString days(const QJsonValue &value);
/// `42 s`, `1 min 14 s`, `15 min`, `3 h 20 min`
QString seconds(const QJsonValue &value);
/// `₹750.00` of an amount in paise; only of a whole number over 0, because anything else is not known.
QString paise(const QJsonValue &value);
/// An absolute http or https address without credentials, ASCII.
QString url(const QJsonValue &value);
/// At most the first eight characters: a whole token must not travel (00-decisions row 21).
QString tokenPrefix(const QJsonValue &value);
/// `PostgreSQL database`
QString resourceType(const QJsonValue &value);
/// `1 active resource`, `5 active resources`; nothing for none.
QString activeResources(const QJsonValue &value);
/// `2 PostgreSQL databases, 1 Redis cache` of a map of counts; texts as they are, lists joined.
QString breakdown(const QJsonValue &value);

// Fixed vocabularies
QString experiment(const QJsonValue &value);
QString variant(const QJsonValue &value);
QString action(const QJsonValue &value); ///< in the past: `started a checkout`
QString permanentBecause(const QJsonValue &value);
QString downgradeReason(const QJsonValue &value);
QString failureStage(const QJsonValue &value);
QString ttlPolicy(const QJsonValue &value);
QString quotaAxis(const QJsonValue &value);
QString promoKind(const QJsonValue &value);

} // namespace usecases::words
