#include "services/wire/customer_codec.h"

#include "services/wire/body.h"
#include "services/wire/customer_row_codec.h"

#include <QJsonArray>

namespace wire {

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

} // namespace wire
