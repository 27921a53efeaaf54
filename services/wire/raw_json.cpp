#include "services/wire/raw_json.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace wire {

namespace {

qsizetype skipSpace(QByteArrayView json, qsizetype at)
{
    while (at < json.size() && (json[at] == ' ' || json[at] == '\t' || json[at] == '\n' || json[at] == '\r'))
        ++at;
    return at;
}

qsizetype skipString(QByteArrayView json, qsizetype at)
{
    for (++at; at < json.size() && json[at] != '"'; ++at) {
        if (json[at] == '\\')
            ++at;
    }
    return qMin(at + 1, json.size());
}

qsizetype skipValue(QByteArrayView json, qsizetype at)
{
    int depth = 0;
    while (at < json.size()) {
        const char c = json[at];
        if (c == '"') {
            at = skipString(json, at);
        } else if (c == '{' || c == '[') {
            ++depth;
            ++at;
            continue;
        } else if (c == '}' || c == ']') {
            if (depth == 0)
                return at;
            --depth;
            ++at;
        } else if (depth == 0 && (c == ',' || c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
            return at;
        } else {
            ++at;
            continue;
        }
        if (depth == 0)
            return at;
    }
    return at;
}

} // namespace

QByteArrayView memberText(QByteArrayView object, QByteArrayView name)
{
    qsizetype at = skipSpace(object, 0);
    if (at >= object.size() || object[at] != '{')
        return {};
    at = skipSpace(object, at + 1);
    while (at < object.size() && object[at] == '"') {
        const qsizetype keyEnd = skipString(object, at);
        const QByteArrayView key = object.sliced(at + 1, qMax<qsizetype>(0, keyEnd - at - 2));
        at = skipSpace(object, skipSpace(object, keyEnd) + 1); // over the colon
        const qsizetype end = skipValue(object, at);
        if (key == name)
            return object.sliced(at, end - at);
        at = skipSpace(object, end);
        if (at >= object.size() || object[at] != ',')
            break;
        at = skipSpace(object, at + 1);
    }
    return {};
}

QList<QByteArrayView> elementTexts(QByteArrayView array)
{
    QList<QByteArrayView> elements;
    qsizetype at = skipSpace(array, 0);
    if (at >= array.size() || array[at] != '[')
        return elements;
    at = skipSpace(array, at + 1);
    while (at < array.size() && array[at] != ']') {
        const qsizetype end = skipValue(array, at);
        elements << array.sliced(at, end - at);
        at = skipSpace(array, end);
        if (at < array.size() && array[at] == ',')
            at = skipSpace(array, at + 1);
    }
    return elements;
}

bool isJson(const QByteArray &text)
{
    // Wrapped, because Qt 6.4 parses objects and arrays only at the top; one element, so "1,2" is not taken.
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']', &problem);
    return problem.error == QJsonParseError::NoError && document.array().size() == 1;
}

void appendMember(QByteArray &object, const char *name, const QByteArray &raw)
{
    object.chop(1);
    if (!object.endsWith('{'))
        object += ',';
    object += '"' + QByteArray(name) + "\":";
    if (isJson(raw)) {
        object += raw;
    } else {
        const QByteArray list = QJsonDocument(QJsonArray{QString::fromUtf8(raw)}).toJson(QJsonDocument::Compact);
        object += list.sliced(1, list.size() - 2);
    }
    object += '}';
}

} // namespace wire
