#pragma once
#include "models/domain/result.h"
#include "services/storage/connection.h"

#include <QSqlError>

namespace storage {

/// The key of a connection that broke; it stays inside the storage room.
QString connectionLostKey();

/// What a driver's error means to the callers of Connection (see there). `stillOpen`: the driver still thinks so.
/// The text holds no row values: PostgreSQL's DETAIL line and SQLite's bound values are left out.
domain::Error fromSqlError(Engine engine, const QSqlError &error, bool stillOpen);

/// As above with the numbers themselves: SQLSTATE, or SQLite's (extended) result code.
domain::Error fromSqlState(const QString &sqlState, const QString &text, bool stillOpen);
domain::Error fromSqliteCode(int code, const QString &text);

} // namespace storage
