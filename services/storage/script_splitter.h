#pragma once
#include "models/domain/result.h"
#include "services/storage/connection.h"

#include <QStringList>

namespace storage {

/// Cuts an SQL script at the semicolons between statements, not at those inside quotes, comments, dollar-quoted bodies
/// (PostgreSQL) or the body of CREATE TRIGGER … BEGIN … END (SQLite). Comments stay in their statement; what holds
/// nothing else is dropped. InvalidInput `invalid_script` when a quote, comment or body does not end.
domain::Result<QStringList> splitScript(const QString &script, Engine engine);

} // namespace storage
