#pragma once
#include "models/domain/money.h"

#include <QDateTime>
#include <QString>
#include <QTimeZone>

#include <optional>

/// Numbers and times as the product writes them, the same in every view, export and command (06-screens §1).
/// Pure; English; "—" where a value does not exist, never for a zero.
namespace domain {

/// "—"
QString noValue();

/// `1,234,567`, `−3`
QString countText(qint64 count);
/// −1 is "unlimited".
QString countLimitText(qint64 count);
/// `1 note`, `3 notes`
QString plural(qint64 n, const QString &one, const QString &many);
/// 0.123 → `12 %` or, with one decimal, `12.3 %`. nullopt and NaN → "—".
QString percentText(std::optional<double> ratio, int decimals = 0);

enum class Cents { WhenNeeded, Always };
/// `$1,234.50`, `₹1,50,000.00` (Indian grouping), `CHF 12.50`; a minus sign stands in front: `−$5.00`.
QString moneyText(const Money &money, Cents cents = Cents::Always);
/// US cents: `$49.00`.
QString moneyText(qint64 usdCents);

/// 1024-based with the labels of the plan table: `512 B`, `9.1 GB`, `10 GB`. Negative → "—".
QString bytesText(qint64 bytes);
/// As bytesText, but −1 is "unlimited" and 0 "none".
QString byteLimitText(qint64 bytes);
/// `12.4 / 20 GB` in the limit's unit, `3 MB / 10 GB` when that would read 0; without a limit `1.2 GB`.
QString usageText(qint64 used, qint64 limit, const QString &separator = QStringLiteral(" / "));

/// `just now`, `42 s ago`, `4 min ago`, `3 h ago`, `12 days ago`, after 60 days the date; in the future `in 4 min`.
QString relativeText(const QDateTime &time, const QDateTime &now);
/// `22 Nov 2026`
QString dayText(const QDateTime &time, const QTimeZone &zone);
/// `today 09:02`, `yesterday 23:10`, `19 Nov 10:14`, `19 Nov 2025 10:14`
QString shortTimeText(const QDateTime &time, const QTimeZone &zone, const QDateTime &now);
/// `2026-11-22 09:14:07.512`
QString exactText(const QDateTime &time, const QTimeZone &zone);
/// `2026-11-22T09:14:07.512Z`, always UTC.
QString isoText(const QDateTime &time);
/// Hover of every time: UTC ISO and relative. Empty when there is no time.
QString timeTip(const QDateTime &time, const QDateTime &now);
/// `UTC`, `IST`
QString zoneText(const QTimeZone &zone, const QDateTime &at);
/// `42 s`, `14 min`, `3 h 20 min`, `12 d 4 h`; negative counts as 0.
QString durationText(qint64 seconds);
/// `350 ms`, `2.1 s`, `41 s`, `14 min`; nullopt → "—".
QString latencyText(std::optional<qint64> ms);

/// `hobby plus`, `deletion requested`
QString wordText(const QString &name);
/// `PostgreSQL` for `postgres`, `object storage` … as a person would write it; an unknown type in words.
QString resourceTypeText(const QString &type);
/// `3f1c…9a02`: first and last four characters of a long id.
QString shortId(const QString &id);

} // namespace domain
