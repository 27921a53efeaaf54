#pragma once
#include <QDateTime>
#include <QString>

#include <optional>

namespace wire {

/// RFC 3339 in UTC with milliseconds and `Z`: `2026-06-01T12:00:00.000Z`. An invalid time gives an empty string.
QString timeText(const QDateTime &time);

/// Accepts RFC 3339 with any offset and 0–9 fractional digits (cut to milliseconds); the result is UTC.
std::optional<QDateTime> parseTime(QStringView text);

/// As parseTime, and a bare `YYYY-MM-DD` as that day's midnight UTC: for query parameters typed by people.
std::optional<QDateTime> parseTimeOrDay(QStringView text);

} // namespace wire
