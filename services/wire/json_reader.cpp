#include "services/wire/json_reader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringDecoder>

namespace wire {

namespace {

QString typeName(QJsonValue::Type type)
{
    switch (type) {
    case QJsonValue::Null:
        return QStringLiteral("null");
    case QJsonValue::Bool:
        return QStringLiteral("a boolean");
    case QJsonValue::Double:
        return QStringLiteral("a number");
    case QJsonValue::String:
        return QStringLiteral("a string");
    case QJsonValue::Array:
        return QStringLiteral("an array");
    case QJsonValue::Object:
        return QStringLiteral("an object");
    case QJsonValue::Undefined:
        return QStringLiteral("missing");
    }
    return {};
}

/// QJsonDocument replaces broken UTF-8 silently; here it is an error (spec 04 §10 case 3).
bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder.decode(bytes);
    return !decoder.hasError() && !decoded.isNull();
}

QString documentProblem(const QByteArray &body, QJsonObject *object)
{
    if (body.size() > maxBodyBytes)
        return QStringLiteral("is larger than %1 bytes").arg(maxBodyBytes);
    if (body.isEmpty())
        return QStringLiteral("is empty; a JSON object is expected");
    if (!isUtf8(body))
        return QStringLiteral("is not valid UTF-8");
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (problem.error != QJsonParseError::NoError)
        return QStringLiteral("is not valid JSON: %1 at byte %2").arg(problem.errorString()).arg(problem.offset);
    if (!document.isObject())
        return QStringLiteral("must be a JSON object");
    *object = document.object();
    return {};
}

} // namespace

JsonReader JsonReader::fromBody(const QByteArray &body, const QString &errorKey)
{
    auto state = std::make_shared<State>();
    state->key = errorKey;
    QJsonObject object;
    const QString problem = documentProblem(body, &object);
    if (!problem.isEmpty())
        state->error = domain::invalidInput(errorKey, QStringLiteral("body"), problem);
    return JsonReader(std::move(object), {}, std::move(state));
}

void JsonReader::fail(QLatin1StringView name, const QString &what) const
{
    if (!m_state->error)
        m_state->error = domain::invalidInput(m_state->key, pathOf(name), what);
}

QString JsonReader::pathOf(QLatin1StringView name) const
{
    return m_path.isEmpty() ? QString(name) : m_path + QLatin1Char('.') + name;
}

bool JsonReader::has(QLatin1StringView name) const
{
    const QJsonValue value = m_object.value(name);
    return !value.isUndefined() && !value.isNull();
}

QJsonValue JsonReader::present(QLatin1StringView name, QJsonValue::Type type) const
{
    const QJsonValue value = m_object.value(name);
    if (value.type() == type)
        return value;
    if (value.isUndefined())
        fail(name, QStringLiteral("is required"));
    else
        fail(name, QStringLiteral("must be %1, not %2").arg(typeName(type), typeName(value.type())));
    return QJsonValue(type);
}

QString JsonReader::text(QLatin1StringView name) const
{
    const QString value = present(name, QJsonValue::String).toString();
    if (value.size() > maxTextChars) {
        fail(name, QStringLiteral("is longer than %1 characters").arg(maxTextChars));
        return {};
    }
    if (value.contains(QChar(u'\0'))) {
        if (!m_state->error)
            m_state->error = domain::invalidInput(QStringLiteral("invalid_text"), pathOf(name),
                                                  QStringLiteral("must not contain the character U+0000"));
        return {};
    }
    return value;
}

QString JsonReader::optionalText(QLatin1StringView name) const
{
    return has(name) ? text(name) : QString();
}

qint64 JsonReader::integer(QLatin1StringView name, qint64 min, qint64 max) const
{
    const QJsonValue value = present(name, QJsonValue::Double);
    const qint64 number = value.toInteger(0);
    // toInteger() hands back its default for fractions and for numbers beyond 64 bits.
    if (number != value.toInteger(1)) {
        fail(name, QStringLiteral("must be a 64-bit integer"));
        return 0;
    }
    if (number < min || number > max) {
        fail(name, QStringLiteral("must be between %1 and %2").arg(min).arg(max));
        return 0;
    }
    return number;
}

int JsonReader::smallInteger(QLatin1StringView name, int min, int max) const
{
    return static_cast<int>(integer(name, min, max));
}

bool JsonReader::flag(QLatin1StringView name) const
{
    return present(name, QJsonValue::Bool).toBool();
}

QDateTime JsonReader::time(QLatin1StringView name) const
{
    const std::optional<QDateTime> value = parseTime(text(name));
    if (!value)
        fail(name, QStringLiteral("must be an RFC 3339 time"));
    return value.value_or(QDateTime());
}

std::optional<QDateTime> JsonReader::optionalTime(QLatin1StringView name) const
{
    return has(name) ? std::optional<QDateTime>(time(name)) : std::nullopt;
}

QUuid JsonReader::uuid(QLatin1StringView name) const
{
    const auto value = domain::Id<struct AnyTag>::parse(text(name));
    if (!value)
        fail(name, QStringLiteral("must be a UUID"));
    return value ? value->value() : QUuid();
}

std::optional<QUuid> JsonReader::optionalUuid(QLatin1StringView name) const
{
    return has(name) ? std::optional<QUuid>(uuid(name)) : std::nullopt;
}

QStringList JsonReader::texts(QLatin1StringView name) const
{
    const QJsonArray array = present(name, QJsonValue::Array).toArray();
    if (array.size() > maxArrayItems) {
        fail(name, QStringLiteral("has more than %1 items").arg(maxArrayItems));
        return {};
    }
    QStringList values;
    for (const QJsonValue &item : array) {
        if (!item.isString()) {
            fail(name, QStringLiteral("must hold strings only"));
            return {};
        }
        values << item.toString();
    }
    return values;
}

QByteArray JsonReader::base64(QLatin1StringView name) const
{
    const QByteArray encoded = present(name, QJsonValue::String).toString().toLatin1();
    const auto decoded = QByteArray::fromBase64Encoding(encoded, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        fail(name, QStringLiteral("must be base64"));
    return decoded ? *decoded : QByteArray();
}

JsonReader JsonReader::object(QLatin1StringView name) const
{
    return JsonReader(present(name, QJsonValue::Object).toObject(), pathOf(name), m_state);
}

QList<JsonReader> JsonReader::objects(QLatin1StringView name) const
{
    const QJsonArray array = present(name, QJsonValue::Array).toArray();
    if (array.size() > maxArrayItems) {
        fail(name, QStringLiteral("has more than %1 items").arg(maxArrayItems));
        return {};
    }
    QList<JsonReader> readers;
    readers.reserve(array.size());
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (!array.at(i).isObject()) {
            fail(name, QStringLiteral("must hold objects only"));
            return {};
        }
        readers << JsonReader(array.at(i).toObject(), QStringLiteral("%1[%2]").arg(pathOf(name)).arg(i), m_state);
    }
    return readers;
}

} // namespace wire
