#pragma once
#include <QDateTime>
#include <QString>
#include <QTimeZone>

/// Texts of values for the models: what is copied, read aloud and exported (06-screens §1). Pure functions.
namespace items {

QString countText(qint64 value);                  ///< 1,284
QString moneyText(qint64 cents);                  ///< $8,412.66, −$50.00
QString bytesText(qint64 bytes);                  ///< 512 B, 9.1 GB (binary steps, one decimal below 100)
QString usageText(qint64 used, qint64 limit);     ///< "12.4 / 20 GB" in the limit's unit; "1.2 GB" without a limit
QString plural(qint64 n, const QString &one, const QString &many); ///< "1 note", "3 notes"

/// "now", "4 min ago", "3 h ago", "12 days ago", "14 Mar 2026"; only for recency.
QString relativeText(const QDateTime &utc, const QDateTime &nowUtc);
QString dayText(const QDateTime &utc, const QTimeZone &zone);      ///< 22 Nov 2026
QString shortTimeText(const QDateTime &utc, const QTimeZone &zone, const QDateTime &nowUtc); ///< today 09:02, 19 Nov 10:14
QString exactText(const QDateTime &utc, const QTimeZone &zone);    ///< 2026-11-22 09:14:07.512
QString isoText(const QDateTime &utc);                             ///< 2026-11-22T09:14:07.512Z
/// Hover of every time: UTC ISO and relative.
QString timeTip(const QDateTime &utc, const QDateTime &nowUtc);
QString zoneText(const QTimeZone &zone, const QDateTime &atUtc);   ///< "UTC", "IST"

QString wordText(const QString &name); ///< "hobby plus", "deletion requested"
/// 3f1c…9a02
QString shortId(const QString &id);

} // namespace items
