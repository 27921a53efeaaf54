#pragma once
#include <QString>
#include <QStringList>

namespace domain {

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other; case is ignored.
int editDistance(const QString &a, const QString &b);
/// The candidate nearest to `word`, for "did you mean …?"; empty when none is near enough to be meant.
QString closestWord(const QString &word, const QStringList &candidates);

} // namespace domain
