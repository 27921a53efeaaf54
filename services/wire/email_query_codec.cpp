#include "services/wire/email_query_codec.h"

#include "services/wire/audit_codec.h"
#include "services/wire/query_reader.h"
#include "services/wire/time_text.h"

#include <limits>

namespace wire {

namespace {

using ports::DeliveryDimension;

constexpr DeliveryDimension dimensions[] = {DeliveryDimension::Template, DeliveryDimension::Domain,
                                            DeliveryDimension::Provider, DeliveryDimension::TemplateAndDomain};

using Names = QList<QByteArray>;

const Names &filterNames()
{
    static const Names names{"from",   "until", "outcome", "class",      "template", "provider",
                             "domain", "to",    "reason",  "message_id", "team_id",  "repaired"};
    return names;
}

void add(QueryItems &items, const char *name, const QString &value)
{
    if (!value.isEmpty())
        items.append({QByteArray(name), value.toUtf8()});
}

void add(QueryItems &items, const char *name, const std::optional<QDateTime> &time)
{
    if (time)
        items.append({QByteArray(name), timeText(*time).toLatin1()});
}

void add(QueryItems &items, const char *name, const QStringList &words)
{
    add(items, name, words.join(QLatin1Char(',')));
}

void add(QueryItems &items, const char *name, const std::optional<domain::TeamId> &team)
{
    add(items, name, team ? team->toString() : QString());
}

QString flagText(bool flag)
{
    return flag ? QStringLiteral("true") : QStringLiteral("false");
}

/// The range is the core's to judge; here it only has to be a number.
int limitOf(const QueryReader &reader, int fallback)
{
    const qint64 limit = reader.integer("limit", QStringLiteral("invalid_limit")).value_or(fallback);
    constexpr qint64 farOut = std::numeric_limits<int>::max();
    return static_cast<int>(qBound(-farOut, limit, farOut));
}

std::optional<domain::TeamId> teamOf(const QueryReader &reader)
{
    const std::optional<QUuid> team = reader.uuid("team_id", QStringLiteral("invalid_team_id"));
    return team ? std::optional(domain::TeamId(*team)) : std::nullopt;
}

ports::MessageFilter messageFilterOf(const QueryReader &reader)
{
    ports::MessageFilter filter;
    filter.from = reader.time("from");
    filter.until = reader.time("until");
    filter.outcomes = reader.words("outcome");
    filter.classes = reader.words("class");
    filter.templates = reader.words("template");
    filter.providers = reader.words("provider");
    filter.domain = reader.text("domain");
    filter.to = reader.text("to");
    filter.reason = reader.text("reason");
    filter.messageId = reader.text("message_id");
    filter.team = teamOf(reader);
    filter.repairedOnly = reader.flag("repaired").value_or(false);
    return filter;
}

} // namespace

domain::Result<ports::MessageFilter> decodeMessageFilter(const QueryItems &items)
{
    const QueryReader reader(items);
    reader.allowOnly(filterNames());
    return reader.finish(messageFilterOf(reader));
}

QueryItems encodeMessageFilter(const ports::MessageFilter &filter)
{
    QueryItems items;
    add(items, "from", filter.from);
    add(items, "until", filter.until);
    add(items, "outcome", filter.outcomes);
    add(items, "class", filter.classes);
    add(items, "template", filter.templates);
    add(items, "provider", filter.providers);
    add(items, "domain", filter.domain);
    add(items, "to", filter.to);
    add(items, "reason", filter.reason);
    add(items, "message_id", filter.messageId);
    add(items, "team_id", filter.team);
    if (filter.repairedOnly)
        add(items, "repaired", flagText(true));
    return items;
}

domain::Result<ports::MessageQuery> decodeMessageQuery(const QueryItems &items)
{
    const QueryReader reader(items);
    reader.allowOnly(filterNames() + Names{"limit", "cursor"});
    ports::MessageQuery query;
    query.filter = messageFilterOf(reader);
    query.limit = limitOf(reader, ports::defaultPageSize);
    query.cursor = reader.text("cursor");
    return reader.finish(std::move(query));
}

QueryItems encodeMessageQuery(const ports::MessageQuery &query)
{
    QueryItems items = encodeMessageFilter(query.filter);
    add(items, "limit", QString::number(query.limit));
    add(items, "cursor", query.cursor);
    return items;
}

domain::Result<MessageExport> decodeMessageExport(const QueryItems &items)
{
    const QueryReader reader(items);
    reader.allowOnly(filterNames() + Names{"format", "sealed"});
    MessageExport wanted;
    wanted.filter = messageFilterOf(reader);
    const QString format = reader.text("format").trimmed();
    const auto known =
        format.isEmpty() ? std::optional<ports::ExportFormat>(ports::ExportFormat::Csv) : parseExportFormat(format);
    if (!known)
        reader.fail(QStringLiteral("invalid_format"), "format", QStringLiteral("must be csv or jsonl"));
    wanted.format = known.value_or(ports::ExportFormat::Csv);
    wanted.sealed = reader.text("sealed") == QLatin1StringView("1");
    return reader.finish(std::move(wanted));
}

QueryItems encodeMessageExport(const MessageExport &wanted)
{
    QueryItems items = encodeMessageFilter(wanted.filter);
    add(items, "format", exportFormatName(wanted.format));
    add(items, "sealed", wanted.sealed ? QStringLiteral("1") : QString());
    return items;
}

QString dimensionName(DeliveryDimension dimension)
{
    switch (dimension) {
    case DeliveryDimension::Template:
        return QStringLiteral("template");
    case DeliveryDimension::Domain:
        return QStringLiteral("domain");
    case DeliveryDimension::Provider:
        return QStringLiteral("provider");
    case DeliveryDimension::TemplateAndDomain:
        return QStringLiteral("template_domain");
    }
    Q_UNREACHABLE();
}

std::optional<DeliveryDimension> parseDimension(QStringView name)
{
    for (const DeliveryDimension dimension : dimensions) {
        if (name == dimensionName(dimension))
            return dimension;
    }
    return std::nullopt;
}

domain::Result<GroupQuery> decodeGroupQuery(const QueryItems &items)
{
    const QueryReader reader(items);
    reader.allowOnly(filterNames() + Names{"by", "limit"});
    GroupQuery query;
    query.filter = messageFilterOf(reader);
    const auto dimension = parseDimension(reader.text("by").trimmed());
    if (!dimension)
        reader.fail(QStringLiteral("invalid_dimension"), "by",
                    QStringLiteral("must be template, domain, provider or template_domain"));
    query.dimension = dimension.value_or(query.dimension);
    query.limit = limitOf(reader, query.limit);
    return reader.finish(std::move(query));
}

QueryItems encodeGroupQuery(const GroupQuery &query)
{
    QueryItems items = encodeMessageFilter(query.filter);
    add(items, "by", dimensionName(query.dimension));
    add(items, "limit", QString::number(query.limit));
    return items;
}

domain::Result<ports::SuppressionQuery> decodeSuppressionQuery(const QueryItems &items)
{
    const QueryReader reader(items);
    reader.allowOnly({"q", "limit", "cursor"});
    ports::SuppressionQuery query;
    query.text = reader.text("q");
    query.limit = limitOf(reader, ports::defaultPageSize);
    query.cursor = reader.text("cursor");
    return reader.finish(std::move(query));
}

QueryItems encodeSuppressionQuery(const ports::SuppressionQuery &query)
{
    QueryItems items;
    add(items, "q", query.text);
    add(items, "limit", QString::number(query.limit));
    add(items, "cursor", query.cursor);
    return items;
}

domain::Result<ports::WebhookQuery> decodeWebhookQuery(const QueryItems &items)
{
    const QueryReader reader(items);
    reader.allowOnly({"provider", "event", "outcome", "signature", "duplicate", "team_id", "from", "until", "payload",
                      "limit", "cursor"});
    ports::WebhookQuery query;
    ports::WebhookFilter &filter = query.filter;
    filter.providers = reader.words("provider");
    filter.eventTypes = reader.words("event");
    filter.outcomes = reader.words("outcome");
    if (const QString name = reader.text("signature").trimmed(); !name.isEmpty()) {
        filter.signature = ports::parseSignatureVerdict(name);
        if (!filter.signature)
            reader.fail(QStringLiteral("invalid_value"), "signature", QStringLiteral("must be current or previous"));
    }
    filter.duplicate = reader.flag("duplicate");
    filter.team = teamOf(reader);
    filter.from = reader.time("from");
    filter.until = reader.time("until");
    filter.payload = reader.text("payload");
    query.limit = limitOf(reader, ports::defaultPageSize);
    query.cursor = reader.text("cursor");
    return reader.finish(std::move(query));
}

QueryItems encodeWebhookQuery(const ports::WebhookQuery &query)
{
    const ports::WebhookFilter &filter = query.filter;
    QueryItems items;
    add(items, "provider", filter.providers);
    add(items, "event", filter.eventTypes);
    add(items, "outcome", filter.outcomes);
    add(items, "signature", filter.signature ? ports::signatureVerdictName(*filter.signature) : QString());
    add(items, "duplicate", filter.duplicate ? flagText(*filter.duplicate) : QString());
    add(items, "team_id", filter.team);
    add(items, "from", filter.from);
    add(items, "until", filter.until);
    add(items, "payload", filter.payload);
    add(items, "limit", QString::number(query.limit));
    add(items, "cursor", query.cursor);
    return items;
}

} // namespace wire
