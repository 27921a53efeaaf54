#include "services/storage/sql_helpers.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace storage {

QString storable(QString text)
{
    const auto isHalf = [&text](qsizetype i) {
        const QChar c = text.at(i);
        if (c.isHighSurrogate())
            return i + 1 == text.size() || !text.at(i + 1).isLowSurrogate();
        return c.isLowSurrogate() && (i == 0 || !text.at(i - 1).isHighSurrogate());
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i).isNull() || isHalf(i))
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

QString listValue(const QStringList &texts)
{
    QJsonArray all;
    for (const QString &text : texts)
        all.append(storable(text));
    return QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact));
}

} // namespace storage
