#pragma once
#include "models/domain/money.h"

#include <QDateTime>
#include <QString>

#include <optional>

/// Numbers and times as the product writes them, the same in every view, export and command. Pure; not localised.
namespace domain {

/// "—": there is no value (never used for a zero).
QString noValue();

enum class Cents { WhenNeeded, Always };
/// `$1,234.50`, `$49`, `₹1,50,000` (Indian grouping), `€9`, `CHF 12`; a minus sign stands in front: `−$5`.
QString formatMoney(const Money &money, Cents cents = Cents::WhenNeeded);
/// 1024-based with the labels of the plan table: `512 B`, `9.1 GB`, `10 GB`. Negative → "—".
QString formatBytes(qint64 bytes);
/// As formatBytes, but −1 is "unlimited" and 0 "none".
QString formatByteLimit(qint64 bytes);
/// `1,234,567`
QString formatCount(qint64 count);
/// −1 is "unlimited".
QString formatCountLimit(qint64 count);
/// 0.123 → `12 %` or, with one decimal, `12.3 %`. nullopt → "—".
QString formatPercent(std::optional<double> ratio, int decimals = 0);
/// `just now`, `4 min ago`, `3 h ago`, `2 d ago`, `5 mo ago`, `2 y ago`; in the future `in 4 min`. Invalid or nullopt → "—".
QString formatRelative(const std::optional<QDateTime> &time, const QDateTime &now);
/// `2026-11-22T05:52:15Z`, or with milliseconds; invalid → "—".
QString formatUtc(const QDateTime &time, bool milliseconds = false);

} // namespace domain
