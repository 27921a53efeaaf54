#pragma once
#include "services/ports/webhook_inbox_service.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <utility>

/// JSON from outside as both engines can store it, and the two columns of webhook_inbox that are JSON.
namespace storage {

/// Compact, for binding.
QString jsonText(const QJsonObject &object);
/// The object with storable() names and texts: jsonb refuses others. Bytes that are no JSON object (or one that
/// Qt cannot read, for the size of a number or its depth) become `{"unparsed": "<the text>"}`.
QJsonObject storableObject(const QByteArray &json);

/// webhook_inbox.headers: `[["name", "value"], …]`, in their order.
QString headersText(const QList<std::pair<QString, QString>> &headers);
QList<std::pair<QString, QString>> headersOf(const QByteArray &text);

/// webhook_inbox.effects: `[{"object": …, "field": …, "before": …, "after": …}, …]`.
QString effectsText(const QList<ports::WebhookEffect> &effects);
QList<ports::WebhookEffect> effectsOf(const QByteArray &text);

} // namespace storage
