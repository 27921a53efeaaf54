#pragma once
#include "app/server/request.h"
#include "app/server/response.h"

#include <QByteArray>
#include <QList>

#include <optional>

/// Cross-origin rules of spec 04 §6.6.
namespace server {

/// The product's own sites; outside production also the usual local development ports.
QList<QByteArray> defaultCorsOrigins(bool production);

/// The answer to a preflight (OPTIONS with Origin and Access-Control-Request-Method): 204, or a bare 403 when it asks
/// for a method or a header outside the list. nullopt: not a preflight.
std::optional<Response> answerPreflight(Method method, const Headers &headers, const QList<QByteArray> &origins);

/// Header lines ("Name: value\r\n"…) to add to an ordinary answer; empty when the origin is absent or not allowed.
QByteArray corsHeaderLines(QByteArrayView origin, const QList<QByteArray> &origins);

} // namespace server
