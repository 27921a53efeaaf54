#pragma once
#include <QList>
#include <QString>
#include <QStringView>

#include <optional>

/// Tiers, their rank and canonical form (spec 01 §1.1, §1.5).
namespace domain {

enum class Tier { Anonymous, Free, Hobby, HobbyPlus, Pro, Growth, Team };

/// All tiers in rank order.
const QList<Tier> &allTiers();

/// Wire and database name: `hobby_plus`.
QString tierName(Tier tier);
/// Trimmed, case-insensitive; `*_yearly` is not accepted (canonicalise first). Unknown → nullopt.
std::optional<Tier> parseTier(QStringView name);
/// Strips one trailing `_yearly`, nothing else (spec 01 §1.1).
QString canonicalTierName(const QString &name);
/// anonymous 0 … team 6; unknown −1 = "no direction" (spec 01 §1.5). Trims and lower-cases; does not canonicalise.
int tierRank(QStringView name);
int tierRank(Tier tier);
/// Every tier but anonymous can be set by an operator (00-decisions row 17).
bool isAdminSettable(Tier tier);

} // namespace domain
