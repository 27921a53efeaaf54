#include "models/domain/suggest.h"

#include <QList>

#include <algorithm>

namespace domain {

int editDistance(const QString &a, const QString &b)
{
    const QString left = a.toCaseFolded(), right = b.toCaseFolded();
    const qsizetype columns = right.size() + 1;
    QList<int> beforeLast(columns), last(columns), row(columns);
    for (qsizetype j = 0; j < columns; ++j)
        last[j] = static_cast<int>(j);
    for (qsizetype i = 1; i <= left.size(); ++i) {
        row[0] = static_cast<int>(i);
        for (qsizetype j = 1; j < columns; ++j) {
            const int replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
        }
        beforeLast = last;
        last = row;
    }
    return last.last();
}

QString closestWord(const QString &word, const QStringList &candidates)
{
    QString best;
    int bestDistance = std::max(2, static_cast<int>(word.size()) / 3) + 1;
    for (const QString &candidate : candidates) {
        const bool prefix = word.size() >= 3 && candidate.startsWith(word, Qt::CaseInsensitive);
        const int distance = prefix ? 1 : editDistance(word, candidate);
        if (distance < bestDistance && distance < candidate.size()) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}

} // namespace domain
