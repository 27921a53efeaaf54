#pragma once
#include "models/domain/principal.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>
#include <QList>

#include <chrono>
#include <optional>
#include <utility>

namespace server {

enum class Method { Get, Head, Post, Put, Patch, Delete, Options, Other };
QByteArrayView methodName(Method method); ///< "GET" …; Other is "OTHER"
Method parseMethod(QByteArrayView name);  ///< case-sensitive as RFC 9110 §9.1 wants it

/// Header fields in the order received; names compare without case. Two allocations whatever their number; copies
/// share. A view returned here lives as long as this object (or a copy of it) and is not touched by anyone else.
class Headers {
public:
    void reserve(qsizetype bytes, qsizetype fields);
    void append(QByteArrayView name, QByteArrayView value);
    bool contains(QByteArrayView name) const;
    QByteArrayView value(QByteArrayView name) const; ///< the first one; null when absent
    QList<QByteArrayView> values(QByteArrayView name) const;
    qsizetype size() const { return m_fields.size(); }
    QByteArrayView nameAt(qsizetype index) const;
    QByteArrayView valueAt(qsizetype index) const;

private:
    struct Field {
        qsizetype at = 0, nameSize = 0, valueSize = 0;
    };
    QByteArray m_bytes;
    QList<Field> m_fields;
};

using NamedValues = QList<std::pair<QByteArray, QByteArray>>;

/// One request as a value, complete (body included) and already checked: see app/server/http/request_reader.h for what
/// never gets this far. A handler that works asynchronously takes a copy: it is cheap, the parts are shared.
struct Request {
    Method method = Method::Get; ///< a HEAD request arrives at the handler of GET with Method::Head
    QByteArray path;             ///< percent-decoded valid UTF-8 without control characters; "/api/v1/…"
    NamedValues query;           ///< decoded valid UTF-8, in order, at most 100 pairs
    Headers headers;
    QByteArray body;      ///< raw bytes; on BodyKind::Json routes checked to be valid UTF-8
    QByteArray peer;      ///< address of the TCP peer
    QByteArray clientIp;  ///< right-most address that is not a trusted proxy (spec 04 §1.1)
    QByteArray requestId; ///< 1–64 of [A-Za-z0-9._-]; the same as in the X-Request-ID header of the answer
    NamedValues params;   ///< values of the route's ":name" segments
    QByteArray route;     ///< template of the matched route for metrics and logs; "unmatched" otherwise
    std::chrono::steady_clock::time_point deadline{}; ///< after this the front end has answered 504 by itself
    std::optional<domain::Principal> principal;       ///< set by the access middleware; never on Access::Public

    std::optional<QByteArray> queryValue(QByteArrayView name) const; ///< the first one
    QList<QByteArray> queryValues(QByteArrayView name) const;
    QByteArray param(QByteArrayView name) const; ///< empty when the route has no such segment
    QString requestIdText() const { return QString::fromLatin1(requestId); }
    QDateTime deadlineUtc() const; ///< the same instant for a ports::CallContext
};

} // namespace server
