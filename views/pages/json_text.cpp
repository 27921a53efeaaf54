#include "views/pages/json_text.h"

#include <QJsonDocument>

namespace pages {

namespace {
void newLine(QString &out, int depth)
{
    out += QLatin1Char('\n') + QString(depth * 2, QLatin1Char(' '));
}
bool emptyNext(const QString &text, qsizetype at, QChar close)
{
    for (qsizetype i = at + 1; i < text.size(); ++i)
        if (!text.at(i).isSpace())
            return text.at(i) == close;
    return false;
}
} // namespace

QString prettyJson(const QByteArray &json)
{
    const QString text = QString::fromUtf8(json);
    QJsonParseError error;
    QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return text;
    QString out;
    int depth = 0;
    bool inString = false, escaped = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (inString) {
            out += c;
            inString = escaped || c != QLatin1Char('"');
            escaped = !escaped && c == QLatin1Char('\\');
        } else if (c == QLatin1Char('"')) {
            inString = true;
            out += c;
        } else if (c == QLatin1Char('{') || c == QLatin1Char('[')) {
            const QChar close = c == QLatin1Char('{') ? QLatin1Char('}') : QLatin1Char(']');
            out += c;
            ++depth;
            if (!emptyNext(text, i, close))
                newLine(out, depth);
        } else if (c == QLatin1Char('}') || c == QLatin1Char(']')) {
            --depth;
            if (!out.endsWith(QLatin1Char('{')) && !out.endsWith(QLatin1Char('[')))
                newLine(out, depth);
            out += c;
        } else if (c == QLatin1Char(',')) {
            out += c;
            newLine(out, depth);
        } else if (c == QLatin1Char(':')) {
            out += QStringLiteral(": ");
        } else if (!c.isSpace()) {
            out += c;
        }
    }
    return out;
}

} // namespace pages
