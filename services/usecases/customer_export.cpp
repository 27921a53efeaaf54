#include "services/usecases/customer_export.h"

#include "services/usecases/audit_export.h"
#include "services/usecases/customers.h"

namespace usecases {

using domain::Done;
using domain::Permission;
using domain::Result;
using ports::ExportFormat;

namespace {

bool isExportFormat(const QString &format)
{
    return format == exportFormatName(ExportFormat::Csv) || format == exportFormatName(ExportFormat::JsonLines);
}

Result<Done> mayExport(const Env &env)
{
    if (auto allowed = mayWrite(env, Permission::ExportData); !allowed)
        return allowed;
    return mayRead(env, Permission::ViewCustomers);
}

} // namespace

QString describeCustomerFilter(const ports::CustomerFilter &filter)
{
    QStringList parts;
    const auto add = [&parts](const char *name, const QString &value) {
        if (!value.isEmpty())
            parts.append(QString::fromLatin1(name) + QLatin1Char('=') + value);
    };
    const auto time = [](const std::optional<QDateTime> &at) {
        return at ? at->toUTC().toString(Qt::ISODateWithMs) : QString();
    };
    add("text", filter.q);
    add("tier", filter.tiers.join(QLatin1Char(',')));
    add("created_from", time(filter.createdFrom));
    add("created_until", time(filter.createdUntil));
    add("last_seen_from", time(filter.lastSeenFrom));
    add("last_seen_until", time(filter.lastSeenUntil));
    add("mrr_at_least", filter.mrrAtLeastCents ? QString::number(*filter.mrrAtLeastCents) : QString());
    return parts.isEmpty() ? QStringLiteral("all") : parts.join(QStringLiteral("; "));
}

Result<Done> recordCustomerExport(const Env &env, const ports::CustomerFilter &filter, qint64 rows,
                                  const QString &format)
{
    if (auto allowed = mayExport(env); !allowed)
        return allowed;
    if (!isExportFormat(format))
        return domain::invalidInput(QStringLiteral("invalid_format"), QStringLiteral("format"),
                                    QStringLiteral("must be csv or jsonl"));
    if (rows < 0)
        return domain::invalidInput(QStringLiteral("invalid_value"), QStringLiteral("rows"),
                                    QStringLiteral("must be 0 or more"));
    auto clean = normalisedCustomerFilter(filter);
    if (!clean)
        return clean.error();
    const QString what = describeCustomerFilter(*clean);
    const auto entry = operatorEntry(env, domain::kinds::adminCustomersExported, std::nullopt,
                                     QStringLiteral("%1 customers exported as %2 (%3)").arg(rows).arg(format, what),
                                     {{QStringLiteral("format"), format},
                                      {QStringLiteral("filter"), what},
                                      {QStringLiteral("rows"), rows},
                                      {QStringLiteral("by_admin_email"), env.call.principal.email}});
    return env.work.transaction([&] { return writeAudit(env, entry); });
}

} // namespace usecases
