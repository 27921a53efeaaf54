#pragma once
#include "app/server/request.h"
#include "models/domain/result.h"

#include <QJsonObject>

namespace server {

/// The body of a BodyKind::Json route as an object. InvalidInput `invalid_body` when it is empty, not JSON, not an
/// object, nested deeper than 64, or holds U+0000 anywhere (the databases cannot store it).
domain::Result<QJsonObject> jsonObject(const Request &request);
domain::Result<QJsonObject> jsonObject(const QByteArray &body);

} // namespace server
