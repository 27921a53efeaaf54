#include "services/storage/stored_json.h"

#include "services/storage/sql_helpers.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace storage {

namespace {

QJsonValue storableValue(const QJsonValue &value);

QJsonObject storableMembers(const QJsonObject &object)
{
    QJsonObject clean;
    for (auto it = object.constBegin(); it != object.constEnd(); ++it)
        clean.insert(storable(it.key()), storableValue(it.value()));
    return clean;
}

QJsonValue storableValue(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return storable(value.toString());
    case QJsonValue::Object:
        return storableMembers(value.toObject());
    case QJsonValue::Array: {
        QJsonArray clean;
        const QJsonArray items = value.toArray();
        for (const QJsonValue &item : items)
            clean.append(storableValue(item));
        return clean;
    }
    case QJsonValue::Null:
    case QJsonValue::Bool:
    case QJsonValue::Double:
    case QJsonValue::Undefined:
        return value;
    }
    Q_UNREACHABLE();
}

QString arrayText(const QJsonArray &array)
{
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

} // namespace

QString jsonText(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject storableObject(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return {{QStringLiteral("unparsed"), storable(QString::fromUtf8(json))}};
    return storableMembers(document.object());
}

QString headersText(const QList<std::pair<QString, QString>> &headers)
{
    QJsonArray all;
    for (const auto &[name, value] : headers)
        all.append(QJsonArray{storable(name), storable(value)});
    return arrayText(all);
}

QList<std::pair<QString, QString>> headersOf(const QByteArray &text)
{
    QList<std::pair<QString, QString>> headers;
    const QJsonArray all = QJsonDocument::fromJson(text).array();
    for (const QJsonValue &pair : all)
        headers.append({pair[0].toString(), pair[1].toString()});
    return headers;
}

QString effectsText(const QList<ports::WebhookEffect> &effects)
{
    QJsonArray all;
    for (const ports::WebhookEffect &effect : effects) {
        all.append(QJsonObject{{QStringLiteral("object"), storable(effect.object)},
                               {QStringLiteral("field"), storable(effect.field)},
                               {QStringLiteral("before"), storable(effect.before)},
                               {QStringLiteral("after"), storable(effect.after)}});
    }
    return arrayText(all);
}

QList<ports::WebhookEffect> effectsOf(const QByteArray &text)
{
    QList<ports::WebhookEffect> effects;
    const QJsonArray all = QJsonDocument::fromJson(text).array();
    for (const QJsonValue &effect : all) {
        effects.append({effect[QStringLiteral("object")].toString(), effect[QStringLiteral("field")].toString(),
                        effect[QStringLiteral("before")].toString(), effect[QStringLiteral("after")].toString()});
    }
    return effects;
}

} // namespace storage
