#include "services/usecases/email_delivery.h"

#include "services/usecases/email_recipient.h"
#include "services/usecases/message_filter.h"

namespace usecases {

using domain::ErrorCode;
using domain::Permission;
using domain::Result;

namespace {

constexpr qint64 hourSeconds = 3600, daySeconds = 24 * hourSeconds;
constexpr int longestRangeDays = 400, longestHourlyDays = 3, mostGroups = 200;

Result<ports::MessageFilter> readable(const Env &env, const ports::MessageFilter &filter)
{
    if (auto allowed = mayRead(env, Permission::ViewEmail); !allowed)
        return allowed.error();
    return normalisedMessageFilter(filter);
}

/// The recipient's suppression, if the address that the entry gives today is the one that was written to.
Result<std::optional<ports::Suppression>> suppressionOf(const Env &env, const ports::MessageRow &row,
                                                        const QString &addressHash)
{
    if (!row.audit)
        return std::optional<ports::Suppression>();
    auto entries = env.work.recipients().resolve({*row.audit});
    if (!entries)
        return entries.error();
    const QString address = entries->isEmpty() ? QString() : recipientAddress(entries->constFirst());
    if (address.isEmpty() || (!addressHash.isEmpty() && addressSha256(address) != addressHash))
        return std::optional<ports::Suppression>();
    return env.work.suppressions().find(address, env.clock.now());
}

Result<std::optional<QDateTime>> lastSendOf(const Env &env, const ports::MessageRow &row, const QString &addressHash)
{
    if (addressHash.isEmpty())
        return row.acceptedAt;
    return env.work.ledger().lastSend(row.templateKind, addressHash, {});
}

domain::Error noPreviews()
{
    return domain::makeError(ErrorCode::Unsupported, QStringLiteral("unsupported"),
                             QStringLiteral("this host has no mail templates"));
}

} // namespace

qint64 seriesStep(const QDateTime &from, const QDateTime &until)
{
    return from.addDays(longestHourlyDays) >= until ? hourSeconds : daySeconds;
}

bool isResendable(const ports::MessageRow &row)
{
    const domain::AuditKind *kind = domain::findAuditKind(row.templateKind);
    return row.audit && kind && kind->mailsCustomer &&
           row.ledgerClass != domain::ledgerClassName(domain::LedgerClass::Intended);
}

Result<ports::DeliveryFigures> deliveryFigures(const Env &env, const ports::MessageFilter &filter)
{
    auto clean = readable(env, filter);
    if (!clean)
        return clean.error();
    return env.work.delivery().figures(*clean, env.clock.now());
}

Result<ports::DeliverySeries> deliverySeries(const Env &env, const ports::MessageFilter &filter)
{
    auto clean = readable(env, filter);
    if (!clean)
        return clean.error();
    const auto wrong = [](const char *field, const QString &what) {
        return domain::invalidInput(QStringLiteral("invalid_range"), QString::fromLatin1(field), what);
    };
    if (!clean->from || !clean->until)
        return wrong(clean->from ? "until" : "from", QStringLiteral("is required"));
    if (*clean->from >= *clean->until)
        return wrong("until", QStringLiteral("must be after the beginning"));
    if (clean->from->addDays(longestRangeDays) < *clean->until)
        return wrong("until", QStringLiteral("must be at most %1 days after the beginning").arg(longestRangeDays));
    return env.work.delivery().series(*clean, seriesStep(*clean->from, *clean->until), env.clock.now());
}

Result<QList<ports::DeliveryGroup>> deliveryGroups(const Env &env, const ports::MessageFilter &filter,
                                                   ports::DeliveryDimension dimension, int limit)
{
    auto clean = readable(env, filter);
    if (!clean)
        return clean.error();
    if (auto checked = checkLimit(limit, mostGroups); !checked)
        return checked.error();
    return env.work.delivery().groups(*clean, dimension, limit, env.clock.now());
}

Result<ports::Page<ports::MessageRow>> listMessages(const Env &env, ports::MessageQuery query)
{
    auto clean = readable(env, query.filter);
    if (!clean)
        return clean.error();
    if (auto checked = checkLimit(query.limit); !checked)
        return checked.error();
    query.filter = std::move(clean).value();
    return env.work.delivery().messages(query, env.clock.now());
}

Result<ports::MessageDetail> messageDetail(const Env &env, const QString &id)
{
    if (auto allowed = mayRead(env, Permission::ViewEmail); !allowed)
        return allowed.error();
    if (auto checked = checkText(QStringLiteral("id"), id); !checked)
        return checked.error();
    DeliveryRepository &delivery = env.work.delivery();
    auto row = delivery.message(id, env.clock.now());
    if (!row)
        return row.error();
    auto timeline = delivery.events(id);
    if (!timeline)
        return timeline.error();
    auto hash = delivery.addressHash(id);
    if (!hash)
        return hash.error();
    auto suppression = suppressionOf(env, *row, *hash);
    if (!suppression)
        return suppression.error();
    auto lastSend = lastSendOf(env, *row, *hash);
    if (!lastSend)
        return lastSend.error();

    ports::MessageDetail detail;
    detail.timeline = std::move(timeline).value();
    detail.suppression = std::move(suppression).value();
    detail.lastSendToSame = *lastSend;
    detail.resendable = isResendable(*row);
    detail.row = std::move(row).value();
    return detail;
}

Result<ports::EmailHealth> emailHealth(const Env &env)
{
    if (auto allowed = mayRead(env, Permission::ViewEmail); !allowed)
        return allowed.error();
    return env.work.delivery().health(env.clock.now());
}

Result<QList<ports::EmailTemplate>> mailTemplates(const Env &env, const MailPreviews *previews)
{
    if (auto allowed = mayRead(env, Permission::ViewEmail); !allowed)
        return allowed.error();
    if (!previews)
        return noPreviews();
    QList<ports::EmailTemplate> templates;
    for (const QString &kind : previews->kinds()) {
        auto preview = previews->preview(kind);
        if (!preview)
            return preview.error();
        templates.append({kind, preview->subject});
    }
    return templates;
}

Result<ports::EmailPreview> mailPreview(const Env &env, const MailPreviews *previews, const QString &kind)
{
    if (auto allowed = mayRead(env, Permission::ViewEmail); !allowed)
        return allowed.error();
    if (!previews)
        return noPreviews();
    return previews->preview(kind);
}

} // namespace usecases
