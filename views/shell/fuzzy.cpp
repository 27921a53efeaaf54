#include "views/shell/fuzzy.h"

#include <QStringList>

namespace shell {
namespace {

int wordScore(QStringView word, const QString &text)
{
    const auto whole = text.indexOf(word);
    if (whole >= 0) {
        const bool atStart = whole == 0 || !text[whole - 1].isLetterOrNumber();
        return 100 + static_cast<int>(word.size()) * 8 + (atStart ? 60 : 0) -
               static_cast<int>(qMin<qsizetype>(whole, 40));
    }
    int score = 0, run = 0;
    qsizetype at = 0;
    for (const QChar c : word) {
        const auto found = text.indexOf(c, at);
        if (found < 0)
            return -1;
        run = found == at && at > 0 ? run + 1 : 0;
        const bool start = found == 0 || !text[found - 1].isLetterOrNumber();
        score += 2 + run * 4 + (start ? 12 : 0) - static_cast<int>(qMin<qsizetype>(found - at, 6));
        at = found + 1;
    }
    // Letters scattered over the text are chance, not a match.
    return score >= static_cast<int>(word.size()) * 3 ? score : -1;
}

} // namespace

int fuzzyScore(const QString &query, const QString &text)
{
    const QString folded = text.toCaseFolded();
    int sum = 0;
    const QStringList words = query.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const int score = wordScore(word, folded);
        if (score < 0)
            return -1;
        sum += score;
    }
    return sum;
}

} // namespace shell
