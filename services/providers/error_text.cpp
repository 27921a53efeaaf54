#include "services/providers/error_text.h"

#include <QRegularExpression>

#include <algorithm>

namespace providers {

QString safeErrorText(const QString &text, const QStringList &secrets)
{
    constexpr qsizetype longest = 300;
    QString safe = text;
    for (const QString &secret : secrets) {
        if (!secret.isEmpty())
            safe.replace(secret, QStringLiteral("(hidden)"), Qt::CaseInsensitive);
    }
    for (QChar &c : safe) {
        if (c.category() == QChar::Other_Control || c.isSurrogate())
            c = QLatin1Char(' ');
    }
    static const QRegularExpression address(QStringLiteral(R"([^\s<>()\[\]",;:=]+@[^\s<>()\[\]"',;:]+)"));
    safe.replace(address, QStringLiteral("(address)"));
    safe = safe.simplified();
    if (safe.size() > longest)
        safe = safe.first(longest - 1) + QChar(0x2026);
    return safe;
}

} // namespace providers
