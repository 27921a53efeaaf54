#pragma once
#include <QDateTime>
#include <QString>
#include <QTimeZone>

/// Values as the console writes them. Pure functions; "—" where a value does not exist.
namespace widgets {

QString formatCount(qint64 value);                ///< "1,284"
QString formatBytes(qint64 bytes);                ///< decimal units: "9.1 GB", "0 B"; −1 = "unlimited"
QString formatUsage(qint64 used, qint64 limit);   ///< bytes: "9.1 / 10 GB"; limit −1: "9.1 GB / ∞"
QString formatCents(qint64 cents, const QString &currency = QStringLiteral("USD")); ///< "$49.00", "−$8.17"
QString formatDelta(qint64 value);                ///< "+12", "−3", "0"
QString formatPercent(double ratio, int decimals = 1); ///< 0.941 → "94.1 %"
/// "just now", "4 s ago", "2 min ago", "3 h ago", "yesterday", "12 d ago", then the date; "—" when invalid.
QString formatRelative(const QDateTime &when, const QDateTime &now);
QString formatExact(const QDateTime &when, const QTimeZone &zone);  ///< "22 Nov 2026 09:14:07"
QString formatDay(const QDateTime &when, const QTimeZone &zone);    ///< "14 Mar 2026"
/// Tooltip of every time: UTC ISO 8601 and the age (06-screens §1, time zones).
QString timeTooltip(const QDateTime &when, const QDateTime &now);
QString formatDuration(qint64 seconds);           ///< "42 s", "14 min", "3 h 20 min", "12 d 4 h"
QString zoneLabel(const QTimeZone &zone, const QDateTime &at); ///< "UTC", "IST"
/// "3f1c…9a02": first and last four characters of an id.
QString shortId(const QString &id);

} // namespace widgets
