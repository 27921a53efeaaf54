#pragma once
#include "services/storage/demo/demo_audit.h"

#include <QHash>
#include <QJsonValue>

namespace storage::demo {

using ValueMaker = QJsonValue (*)(const AuditFacts &, Random &);
/// One maker per metadata key of the kind table.
const QHash<QString, ValueMaker> &metadataMakers();

/// Actor and sentence of a kind. `{key}` is a metadata value; `{app}`, `{tier}`, `{resource}`, `{email}` are facts.
struct KindText {
    QLatin1StringView kind;
    const char *actor;
    const char *sentence;
};
const QHash<QString, KindText> &kindTexts();

} // namespace storage::demo
