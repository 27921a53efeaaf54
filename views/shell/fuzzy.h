#pragma once
#include <QString>

namespace shell {

/// How well `query` fits `text`: all words of the query must occur, each as letters in order. Higher is better; −1 = no
/// match; an empty query fits everything with 0. Beginnings of words and runs of letters count more.
int fuzzyScore(const QString &query, const QString &text);

} // namespace shell
