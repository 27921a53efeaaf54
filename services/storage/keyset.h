#pragma once
#include "models/domain/result.h"

#include <QByteArray>
#include <QJsonArray>
#include <QString>

/// Keyset cursors: where a page ended, opaque to the caller, bound to the list it came from.
namespace storage {

/// A short fingerprint of everything that decides the order and the contents of a list (filter, sort, name of the
/// list).
QByteArray listFingerprint(const QJsonArray &parts);

/// base64url of a small JSON text: position and fingerprint.
QString encodeCursor(const QByteArray &fingerprint, const QJsonArray &position);
/// InvalidInput `invalid_cursor` when it is not one of ours, belongs to another list, or has not `columns` columns.
domain::Result<QJsonArray> decodeCursor(const QString &cursor, const QByteArray &fingerprint, int columns);
domain::Error invalidCursor();

/// A time inside a cursor: RFC 3339 or PostgreSQL's own text; refuses anything that could not have been one.
bool looksLikeTime(const QString &text);

} // namespace storage
