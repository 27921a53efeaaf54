#include "app/server/request.h"

namespace server {

namespace {

bool equalNames(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

} // namespace

QByteArrayView methodName(Method method)
{
    switch (method) {
    case Method::Get:
        return "GET";
    case Method::Head:
        return "HEAD";
    case Method::Post:
        return "POST";
    case Method::Put:
        return "PUT";
    case Method::Patch:
        return "PATCH";
    case Method::Delete:
        return "DELETE";
    case Method::Options:
        return "OPTIONS";
    case Method::Other:
        return "OTHER";
    }
    Q_UNREACHABLE();
}

Method parseMethod(QByteArrayView name)
{
    for (const Method known :
         {Method::Get, Method::Head, Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Options}) {
        if (methodName(known) == name)
            return known;
    }
    return Method::Other;
}

void Headers::reserve(qsizetype bytes, qsizetype fields)
{
    m_bytes.reserve(bytes);
    m_fields.reserve(fields);
}

void Headers::append(QByteArrayView name, QByteArrayView value)
{
    m_fields.append(Field{m_bytes.size(), name.size(), value.size()});
    m_bytes.append(name);
    m_bytes.append(value);
}

QByteArrayView Headers::nameAt(qsizetype index) const
{
    const Field &field = m_fields.at(index);
    return QByteArrayView(m_bytes).sliced(field.at, field.nameSize);
}

QByteArrayView Headers::valueAt(qsizetype index) const
{
    const Field &field = m_fields.at(index);
    return QByteArrayView(m_bytes).sliced(field.at + field.nameSize, field.valueSize);
}

bool Headers::contains(QByteArrayView name) const
{
    for (qsizetype i = 0; i < size(); ++i) {
        if (equalNames(nameAt(i), name))
            return true;
    }
    return false;
}

QByteArrayView Headers::value(QByteArrayView name) const
{
    for (qsizetype i = 0; i < size(); ++i) {
        if (equalNames(nameAt(i), name))
            return valueAt(i);
    }
    return {};
}

QList<QByteArrayView> Headers::values(QByteArrayView name) const
{
    QList<QByteArrayView> all;
    for (qsizetype i = 0; i < size(); ++i) {
        if (equalNames(nameAt(i), name))
            all.append(valueAt(i));
    }
    return all;
}

std::optional<QByteArray> Request::queryValue(QByteArrayView name) const
{
    for (const auto &[key, value] : query) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

QList<QByteArray> Request::queryValues(QByteArrayView name) const
{
    QList<QByteArray> all;
    for (const auto &[key, value] : query) {
        if (key == name)
            all.append(value);
    }
    return all;
}

QByteArray Request::param(QByteArrayView name) const
{
    for (const auto &[key, value] : params) {
        if (key == name)
            return value;
    }
    return {};
}

QDateTime Request::deadlineUtc() const
{
    if (deadline == std::chrono::steady_clock::time_point{})
        return {};
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    return QDateTime::currentDateTimeUtc().addMSecs(left.count());
}

} // namespace server
