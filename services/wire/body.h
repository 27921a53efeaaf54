#pragma once
#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QUuid>

#include <optional>

namespace wire {

/// A success body: the object with `ok: true`, compact.
QByteArray okBody(QJsonObject object);

QJsonValue timeOrNull(const std::optional<QDateTime> &time);
/// 36 lower-case characters, or null.
QJsonValue uuidOrNull(const std::optional<QUuid> &value);
template <typename Id>
QJsonValue idOrNull(const std::optional<Id> &id)
{
    return id ? QJsonValue(id->toString()) : QJsonValue(QJsonValue::Null);
}

} // namespace wire
