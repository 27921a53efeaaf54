#pragma once
#include <QByteArray>
#include <QByteArrayView>
#include <QList>

/// Stored JSON (audit metadata) crosses the wire byte for byte: QJsonDocument would reorder members and round numbers.
namespace wire {

/// Precondition of both: `json` was accepted by QJsonDocument. The views point into `json`.
/// The exact text of a member's value; empty when there is none. `name` needs no escapes.
QByteArrayView memberText(QByteArrayView object, QByteArrayView name);
/// The exact texts of an array's elements.
QList<QByteArrayView> elementTexts(QByteArrayView array);

/// True for any JSON value, scalars included.
bool isJson(const QByteArray &text);
/// Adds `"name":raw` at the end of an encoded object. Text that is not JSON goes in as a JSON string.
void appendMember(QByteArray &object, const char *name, const QByteArray &raw);

} // namespace wire
