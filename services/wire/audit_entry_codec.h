#pragma once
#include "models/domain/audit.h"
#include "services/wire/json_reader.h"

#include <QByteArrayView>

namespace wire {

/// A JSON array of audit entries; `metadata` is the stored text, byte for byte, and left out when there is none.
QByteArray encodeAuditEntries(const QList<domain::AuditEntry> &entries);

/// Reads the array member `name` of `reader`; `raw` is the text of that array, which the metadata is cut from.
QList<domain::AuditEntry> readAuditEntries(const JsonReader &reader, const char *name, QByteArrayView raw);

} // namespace wire
