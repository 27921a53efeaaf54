#pragma once
#include "models/domain/result.h"

#include <QByteArray>

/// Error ⇄ HTTP status (spec 04 §2.4). Keys cross unchanged; the status follows the class, except for the keys that
/// the public contract pins to a status of their own.
namespace wire {

int httpStatus(const domain::Error &error);
/// The class a client gives to a failed status; the inverse of httpStatus() for every ErrorCode.
domain::ErrorCode errorCodeOf(int status);

/// The failure that an error answer describes. `body` is the envelope (spec 04 §2.1); one that is not readable (a proxy
/// in between) still gives the right class, with the key `http_<status>`.
domain::Error decodeError(int status, const QByteArray &body);

} // namespace wire
