#include "services/wire/body.h"

#include "services/wire/time_text.h"

#include <QJsonDocument>

namespace wire {

QByteArray okBody(QJsonObject object)
{
    object.insert(QLatin1StringView("ok"), true);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonValue timeOrNull(const std::optional<QDateTime> &time)
{
    return time ? QJsonValue(timeText(*time)) : QJsonValue(QJsonValue::Null);
}

QJsonValue uuidOrNull(const std::optional<QUuid> &value)
{
    return value ? QJsonValue(value->toString(QUuid::WithoutBraces)) : QJsonValue(QJsonValue::Null);
}

} // namespace wire
