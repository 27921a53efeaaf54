#include "services/wire/customer_codec.h"

#include "services/wire/body.h"
#include "services/wire/customer_row_codec.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace wire {

namespace {

QJsonObject filterObject(const ports::CustomerFilter &filter)
{
    QJsonObject object;
    const auto addTime = [&object](const QString &name, const std::optional<QDateTime> &time) {
        if (time)
            object.insert(name, timeText(*time));
    };
    if (!filter.q.isEmpty())
        object.insert(QStringLiteral("q"), filter.q);
    if (!filter.tiers.isEmpty())
        object.insert(QStringLiteral("tier"), QJsonArray::fromStringList(filter.tiers));
    addTime(QStringLiteral("created_from"), filter.createdFrom);
    addTime(QStringLiteral("created_until"), filter.createdUntil);
    addTime(QStringLiteral("last_seen_from"), filter.lastSeenFrom);
    addTime(QStringLiteral("last_seen_until"), filter.lastSeenUntil);
    if (filter.mrrAtLeastCents)
        object.insert(QStringLiteral("mrr_at_least"), *filter.mrrAtLeastCents);
    return object;
}

ports::CustomerFilter readFilter(const JsonReader &reader)
{
    ports::CustomerFilter filter;
    filter.q = reader.optionalText(QLatin1StringView("q"));
    if (reader.has(QLatin1StringView("tier")))
        filter.tiers = reader.texts(QLatin1StringView("tier"));
    filter.createdFrom = reader.optionalTime(QLatin1StringView("created_from"));
    filter.createdUntil = reader.optionalTime(QLatin1StringView("created_until"));
    filter.lastSeenFrom = reader.optionalTime(QLatin1StringView("last_seen_from"));
    filter.lastSeenUntil = reader.optionalTime(QLatin1StringView("last_seen_until"));
    if (reader.has(QLatin1StringView("mrr_at_least")))
        filter.mrrAtLeastCents = reader.integer(QLatin1StringView("mrr_at_least"));
    return filter;
}

} // namespace

QByteArray encodeCustomerPage(const ports::Page<ports::CustomerRow> &page)
{
    QJsonArray rows;
    for (const ports::CustomerRow &row : page.rows)
        rows.append(customerRowObject(row));
    return okBody({
        {QStringLiteral("customers"), rows},
        {QStringLiteral("total"), page.total.value_or(page.rows.size())},
        {QStringLiteral("next_cursor"), page.next.isEmpty() ? QJsonValue() : QJsonValue(page.next)},
    });
}

domain::Result<ports::Page<ports::CustomerRow>> decodeCustomerPage(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    ports::Page<ports::CustomerRow> page;
    for (const JsonReader &item : reader.objects(QLatin1StringView("customers")))
        page.rows << readCustomerRow(item);
    page.total = reader.integer(QLatin1StringView("total"), 0);
    page.next = reader.optionalText(QLatin1StringView("next_cursor"));
    return reader.finish(std::move(page));
}

QByteArray encodeCustomerSums(const ports::CustomerSums &sums)
{
    return okBody({{QStringLiteral("sums"), QJsonObject{
                                                {QStringLiteral("count"), sums.count},
                                                {QStringLiteral("paying"), sums.paying},
                                                {QStringLiteral("mrr_list_cents"), sums.mrrListCents},
                                                {QStringLiteral("median_mrr_cents"), sums.medianMrrCents},
                                                {QStringLiteral("storage_bytes"), sums.storageBytes},
                                                {QStringLiteral("deployments_active"), sums.deploymentsActive},
                                            }}});
}

domain::Result<ports::CustomerSums> decodeCustomerSums(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    const JsonReader object = reader.object(QLatin1StringView("sums"));
    ports::CustomerSums sums;
    sums.count = object.integer(QLatin1StringView("count"), 0);
    sums.paying = object.integer(QLatin1StringView("paying"), 0);
    sums.mrrListCents = object.integer(QLatin1StringView("mrr_list_cents"));
    sums.medianMrrCents = object.integer(QLatin1StringView("median_mrr_cents"));
    sums.storageBytes = object.integer(QLatin1StringView("storage_bytes"));
    sums.deploymentsActive = object.integer(QLatin1StringView("deployments_active"), 0);
    return reader.finish(sums);
}

QByteArray encodeCustomerExport(const CustomerExport &done)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("format"), done.format},
                                     {QStringLiteral("rows"), done.rows},
                                     {QStringLiteral("filter"), filterObject(done.filter)}})
        .toJson(QJsonDocument::Compact);
}

domain::Result<CustomerExport> decodeCustomerExport(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    CustomerExport done;
    done.format = reader.optionalText(QLatin1StringView("format"));
    done.rows = reader.integer(QLatin1StringView("rows"));
    if (reader.has(QLatin1StringView("filter")))
        done.filter = readFilter(reader.object(QLatin1StringView("filter")));
    return reader.finish(std::move(done));
}

} // namespace wire
