#include "services/wire/query_codec.h"

#include "models/domain/tier.h"
#include "services/wire/query_reader.h"
#include "services/wire/time_text.h"

namespace wire {

namespace {

struct SortName {
    ports::CustomerSort sort;
    QLatin1StringView name;
};
constexpr SortName sortNames[] = {
    {ports::CustomerSort::Mrr, QLatin1StringView("mrr")},
    {ports::CustomerSort::Tier, QLatin1StringView("tier")},
    {ports::CustomerSort::Storage, QLatin1StringView("storage_bytes")},
    {ports::CustomerSort::Deployments, QLatin1StringView("deployments")},
    {ports::CustomerSort::LastSeen, QLatin1StringView("last_active")},
    {ports::CustomerSort::Created, QLatin1StringView("created_at")},
    {ports::CustomerSort::Name, QLatin1StringView("name")},
};

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

/// Known names in the order given, once each; `given` tells an empty filter from one that knows no name.
QStringList readTiers(const QString &list, bool *given)
{
    QStringList tiers;
    const QStringList parts = list.split(QLatin1Char(','));
    for (const QString &part : parts) {
        const QString name = part.trimmed().toLower();
        if (name.isEmpty())
            continue;
        *given = true;
        if (domain::parseTier(name) && !tiers.contains(name))
            tiers << name;
    }
    return tiers;
}

bool readFlag(const QueryReader &reader, const char *name)
{
    const QString text = reader.text(name).trimmed().toLower();
    if (text.isEmpty() || text == QLatin1StringView("false"))
        return false;
    if (text != QLatin1StringView("true"))
        reader.fail(QStringLiteral("invalid_value"), name, QStringLiteral("must be true or false"));
    return true;
}

void readSort(const QueryReader &reader, ports::CustomerQuery *query)
{
    const QString name = reader.text("sort_by").trimmed();
    const std::optional<ports::CustomerSort> sort = name.isEmpty() ? ports::CustomerSort::Mrr : parseSort(name);
    if (!sort)
        return reader.fail(QStringLiteral("invalid_sort_by"), "sort_by", QStringLiteral("is no sort of this list"));
    query->sort = *sort;
    const QString order = reader.text("order").trimmed();
    if (!order.isEmpty() && order != QLatin1StringView("asc") && order != QLatin1StringView("desc"))
        return reader.fail(QStringLiteral("invalid_sort_by"), "order", QStringLiteral("must be asc or desc"));
    query->descending = order != QLatin1StringView("asc");
}

} // namespace

QByteArray encodedQuery(const QueryItems &items)
{
    QByteArray text;
    for (const auto &[name, value] : items) {
        if (!text.isEmpty())
            text += '&';
        text += name.toPercentEncoding() + '=' + value.toPercentEncoding();
    }
    return text;
}

QString sortName(ports::CustomerSort sort)
{
    for (const SortName &entry : sortNames) {
        if (entry.sort == sort)
            return entry.name;
    }
    return {};
}

std::optional<ports::CustomerSort> parseSort(QStringView name)
{
    for (const SortName &entry : sortNames) {
        if (entry.name == name)
            return entry.sort;
    }
    return std::nullopt;
}

domain::Result<CustomerRequest> decodeCustomerQuery(const QueryItems &items)
{
    const QueryReader reader(items);
    CustomerRequest request;
    ports::CustomerQuery &query = request.query;
    readSort(reader, &query);
    query.limit = reader.lenientInteger("limit", 1, ports::maxPageSize, ports::defaultPageSize);
    query.offset = reader.lenientInteger("offset", 0, maxOffset, 0);
    query.cursor = reader.text("cursor");
    ports::CustomerFilter &filter = query.filter;
    filter.q = reader.text("q").trimmed();
    bool tierGiven = false;
    filter.tiers = readTiers(reader.text("tier"), &tierGiven);
    request.matchesNothing = tierGiven && filter.tiers.isEmpty();
    filter.createdFrom = reader.time("created_from");
    filter.createdUntil = reader.time("created_until");
    filter.lastSeenFrom = reader.time("last_seen_from");
    filter.lastSeenUntil = reader.time("last_seen_until");
    filter.mrrAtLeastCents = reader.integer("mrr_at_least", QStringLiteral("invalid_value"));
    return reader.finish(std::move(request));
}

QueryItems encodeCustomerFilter(const ports::CustomerFilter &filter)
{
    QueryItems items;
    add(items, "q", filter.q);
    add(items, "tier", filter.tiers.join(QLatin1Char(',')));
    add(items, "created_from", filter.createdFrom);
    add(items, "created_until", filter.createdUntil);
    add(items, "last_seen_from", filter.lastSeenFrom);
    add(items, "last_seen_until", filter.lastSeenUntil);
    if (filter.mrrAtLeastCents)
        add(items, "mrr_at_least", QString::number(*filter.mrrAtLeastCents));
    return items;
}

QueryItems encodeCustomerQuery(const ports::CustomerQuery &query)
{
    QueryItems items = encodeCustomerFilter(query.filter);
    add(items, "sort_by", sortName(query.sort));
    add(items, "order", query.descending ? QStringLiteral("desc") : QStringLiteral("asc"));
    add(items, "limit", QString::number(query.limit));
    add(items, "cursor", query.cursor);
    if (query.offset != 0)
        add(items, "offset", QString::number(query.offset));
    return items;
}

domain::Result<ports::AuditQuery> decodeAuditQuery(const QueryItems &items)
{
    const QueryReader reader(items);
    ports::AuditQuery query;
    query.limit = reader.lenientInteger("limit", 1, ports::maxPageSize, ports::defaultPageSize);
    query.cursor = reader.text("cursor");
    ports::AuditFilter &filter = query.filter;
    filter.kind = reader.text("kind").trimmed();
    filter.actor = reader.text("actor").trimmed();
    if (const std::optional<QUuid> team = reader.uuid("team_id", QStringLiteral("invalid_team_id")))
        filter.team = domain::TeamId(*team);
    filter.resource = reader.uuid("resource_id", QStringLiteral("invalid_id"));
    filter.from = reader.time("from");
    filter.until = reader.time("until");
    filter.text = reader.text("q");
    filter.faults = readFlag(reader, "faults");
    return reader.finish(std::move(query));
}

QueryItems encodeAuditFilter(const ports::AuditFilter &filter)
{
    QueryItems items;
    add(items, "kind", filter.kind);
    add(items, "actor", filter.actor);
    add(items, "team_id", filter.team ? filter.team->toString() : QString());
    add(items, "resource_id", filter.resource ? filter.resource->toString(QUuid::WithoutBraces) : QString());
    add(items, "from", filter.from);
    add(items, "until", filter.until);
    add(items, "q", filter.text);
    if (filter.faults)
        add(items, "faults", QStringLiteral("true"));
    return items;
}

QueryItems encodeAuditQuery(const ports::AuditQuery &query)
{
    QueryItems items = encodeAuditFilter(query.filter);
    add(items, "limit", QString::number(query.limit));
    add(items, "cursor", query.cursor);
    return items;
}

} // namespace wire
