#include "services/wire/audit_entry_codec.h"

#include "services/wire/body.h"
#include "services/wire/raw_json.h"

#include <QJsonDocument>

namespace wire {

namespace {

QByteArray encodeEntry(const domain::AuditEntry &entry)
{
    const QJsonObject object{
        {QStringLiteral("id"), entry.id.toString()},
        {QStringLiteral("team_id"), idOrNull(entry.team)},
        {QStringLiteral("team_name"), entry.teamName},
        {QStringLiteral("user_id"), idOrNull(entry.user)},
        {QStringLiteral("actor"), entry.actor},
        {QStringLiteral("kind"), entry.kind},
        {QStringLiteral("resource_type"), entry.resourceType},
        {QStringLiteral("resource_id"), uuidOrNull(entry.resource)},
        {QStringLiteral("summary"), entry.summary},
        {QStringLiteral("created_at"), timeText(entry.createdAt)},
    };
    QByteArray encoded = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (!entry.metadata.isEmpty())
        appendMember(encoded, "metadata", entry.metadata);
    return encoded;
}

domain::AuditEntry readEntry(const JsonReader &reader, QByteArrayView raw)
{
    domain::AuditEntry entry;
    entry.id = reader.id<domain::AuditId>(QLatin1StringView("id"));
    entry.team = reader.optionalId<domain::TeamId>(QLatin1StringView("team_id"));
    entry.teamName = reader.text(QLatin1StringView("team_name"));
    entry.user = reader.optionalId<domain::UserId>(QLatin1StringView("user_id"));
    entry.actor = reader.text(QLatin1StringView("actor"));
    entry.kind = reader.text(QLatin1StringView("kind"));
    entry.resourceType = reader.text(QLatin1StringView("resource_type"));
    entry.resource = reader.optionalUuid(QLatin1StringView("resource_id"));
    entry.summary = reader.text(QLatin1StringView("summary"));
    entry.metadata = memberText(raw, "metadata").toByteArray();
    entry.createdAt = reader.time(QLatin1StringView("created_at"));
    return entry;
}

} // namespace

QByteArray encodeAuditEntries(const QList<domain::AuditEntry> &entries)
{
    QByteArray array = QByteArrayLiteral("[");
    for (const domain::AuditEntry &entry : entries) {
        if (array.size() > 1)
            array += ',';
        array += encodeEntry(entry);
    }
    array += ']';
    return array;
}

QList<domain::AuditEntry> readAuditEntries(const JsonReader &reader, const char *name, QByteArrayView raw)
{
    const QList<JsonReader> items = reader.objects(QLatin1StringView(name));
    const QList<QByteArrayView> texts = elementTexts(raw);
    QList<domain::AuditEntry> entries;
    if (reader.failed() || texts.size() != items.size()) {
        reader.fail(QLatin1StringView(name), QStringLiteral("is not a readable array"));
        return entries;
    }
    entries.reserve(items.size());
    for (qsizetype i = 0; i < items.size(); ++i)
        entries << readEntry(items.at(i), texts.at(i));
    return entries;
}

} // namespace wire
