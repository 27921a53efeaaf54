#include "services/usecases/email_actions.h"

#include "models/domain/mask.h"
#include "services/usecases/email_delivery.h"
#include "services/usecases/email_jobs.h"
#include "services/usecases/email_recipient.h"

#include <algorithm>

namespace usecases {

using domain::Done;
using domain::ErrorCode;
using domain::Permission;
using domain::Result;

namespace {

constexpr qsizetype maxAddressChars = 254; // RFC 5321 §4.5.3.1.3

domain::Error conflict(const char *key, const QString &detail)
{
    return domain::makeError(ErrorCode::Conflict, QString::fromLatin1(key), detail);
}

domain::Error notResendable()
{
    return conflict("not_resendable", QStringLiteral("its audit entry is gone, its kind is not mailed, nobody is to be "
                                                     "written to, or it waits to be sent already"));
}

/// The address that the forwarder would write to; not_resendable without one.
Result<QString> currentRecipient(const Env &env, const ports::MessageRow &row)
{
    if (!isResendable(row))
        return notResendable();
    auto entries = env.work.recipients().resolve({*row.audit});
    if (!entries)
        return entries.error();
    const QString address = entries->isEmpty() ? QString() : recipientAddress(entries->constFirst());
    if (address.isEmpty())
        return notResendable();
    return address;
}

Result<bool> waitsAlready(const Env &env, const ports::MessageRow &row, const QString &address)
{
    ports::MessageQuery query;
    query.filter.classes = {domain::ledgerClassName(domain::LedgerClass::Intended)};
    query.filter.templates = {row.templateKind};
    query.filter.to = domain::normalizedAddress(address);
    query.limit = 1;
    return env.work.delivery().messages(query, env.clock.now()).map([](const ports::Page<ports::MessageRow> &page) {
        return !page.rows.isEmpty();
    });
}

Result<Done> notSentRecently(const Env &env, const ports::MessageRow &row, const QString &address)
{
    auto last = env.work.ledger().lastSend(row.templateKind, addressSha256(address), {});
    if (!last)
        return last.error();
    if (*last && (*last)->msecsTo(env.clock.now()) < recentSendMs)
        return conflict("sent_recently", QStringLiteral("the same mail went to the same recipient at %1")
                                             .arg((*last)->toUTC().toString(Qt::ISODateWithMs)));
    auto waits = waitsAlready(env, row, address);
    if (!waits)
        return waits.error();
    if (*waits)
        return conflict("sent_recently", QStringLiteral("the same mail to the same recipient waits to be sent"));
    return Done{};
}

Result<Done> resendInto(const Env &env, const ports::Resend &wanted, const QString &reason, const QString &newId)
{
    auto row = env.work.delivery().message(wanted.message, env.clock.now());
    if (!row)
        return row.error();
    auto address = currentRecipient(env, *row);
    if (!address)
        return address.error();
    auto suppression = env.work.suppressions().find(*address, env.clock.now());
    if (!suppression)
        return suppression.error();
    if (*suppression)
        return conflict("recipient_suppressed",
                        QStringLiteral("the recipient is suppressed: %1").arg((*suppression)->eventType));
    if (!wanted.evenIfRecent) {
        if (auto fine = notSentRecently(env, *row, *address); !fine)
            return fine;
    }
    LedgerEntry entry;
    entry.id = newId;
    entry.audit = row->audit;
    entry.team = row->team;
    entry.templateKind = row->templateKind;
    entry.subject = row->subject;
    entry.address = *address;
    entry.at = env.clock.now();
    if (auto written = env.work.ledger().insert({entry}); !written)
        return written.error();
    const QString masked = domain::maskAuditEmail(*address);
    const auto audit = operatorEntry(env, domain::kinds::adminEmailResent, row->team,
                                     QStringLiteral("%1 queued again for %2").arg(row->templateKind, masked),
                                     {{QStringLiteral("message_id"), row->id},
                                      {QStringLiteral("new_message_id"), newId},
                                      {QStringLiteral("template"), row->templateKind},
                                      {QStringLiteral("recipient"), masked},
                                      {QStringLiteral("even_if_recent"), wanted.evenIfRecent},
                                      {QStringLiteral("reason"), reason},
                                      {QStringLiteral("by_admin_email"), env.call.principal.email}});
    if (auto recorded = writeAudit(env, audit); !recorded)
        return recorded;
    return env.work.announce(QStringLiteral("email"), newId);
}

Result<Done> liftInto(const Env &env, const QString &address, const QString &reason)
{
    auto found = env.work.suppressions().find(address, env.clock.now());
    if (!found)
        return found.error();
    if (!*found)
        return domain::makeError(ErrorCode::NotFound, QStringLiteral("not_suppressed"),
                                 QStringLiteral("the address is not suppressed"));
    const ports::Suppression &suppression = **found;
    if (!suppression.liftable)
        return conflict("unsubscribed", QStringLiteral("the recipient unsubscribed; that is theirs to undo"));
    const QString by = env.call.principal.email;
    if (auto lifted = env.work.suppressions().lift(address, reason, by, env.clock.now()); !lifted)
        return lifted;
    const QString masked = domain::maskAuditEmail(address);
    const auto audit = operatorEntry(env, domain::kinds::adminSuppressionLifted, suppression.team,
                                     QStringLiteral("Suppression of %1 lifted (%2)").arg(masked, suppression.eventType),
                                     {{QStringLiteral("recipient"), masked},
                                      {QStringLiteral("event_type"), suppression.eventType},
                                      {QStringLiteral("provider"), suppression.provider},
                                      {QStringLiteral("reason"), reason},
                                      {QStringLiteral("by_admin_email"), by}});
    if (auto recorded = writeAudit(env, audit); !recorded)
        return recorded;
    return env.work.announce(QStringLiteral("email"), {});
}

} // namespace

Result<QString> checkedAddress(const QString &text)
{
    const QString address = domain::normalizedAddress(text);
    const qsizetype at = address.lastIndexOf(QLatin1Char('@'));
    const bool blank = std::any_of(address.begin(), address.end(),
                                   [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
    if (at < 1 || at + 1 == address.size() || address.size() > maxAddressChars || blank)
        return domain::invalidInput(QStringLiteral("invalid_email"), QStringLiteral("email"),
                                    QStringLiteral("must be an e-mail address"));
    return address;
}

Result<ports::Page<ports::Suppression>> listSuppressions(const Env &env, ports::SuppressionQuery query)
{
    if (auto allowed = mayRead(env, Permission::ViewEmail); !allowed)
        return allowed.error();
    if (auto checked = checkLimit(query.limit); !checked)
        return checked.error();
    if (auto checked = checkText(QStringLiteral("q"), query.text); !checked)
        return checked.error();
    query.text = query.text.trimmed();
    return env.work.suppressions().list(query, env.clock.now());
}

Result<Done> liftSuppression(const Env &env, const QString &email, const QString &reason)
{
    if (auto allowed = mayWrite(env, Permission::ManageEmail); !allowed)
        return allowed;
    auto address = checkedAddress(email);
    if (!address)
        return address.error();
    auto why = checkedReason(reason);
    if (!why)
        return why.error();
    return env.work.transaction([&] { return liftInto(env, *address, *why); });
}

Result<QString> resendMessage(const Env &env, const ports::Resend &resend)
{
    if (auto allowed = mayWrite(env, Permission::ManageEmail); !allowed)
        return allowed.error();
    if (auto checked = checkText(QStringLiteral("message"), resend.message); !checked)
        return checked.error();
    auto reason = checkedReason(resend.reason);
    if (!reason)
        return reason.error();
    const QString newId = QStringLiteral("resend-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    auto done = env.work.transaction([&] { return resendInto(env, resend, *reason, newId); });
    if (!done)
        return done.error();
    return newId;
}

Result<Done> requestRepair(const Env &env)
{
    if (auto allowed = mayWrite(env, Permission::ManageEmail); !allowed)
        return allowed;
    return env.work.transaction([&]() -> Result<Done> {
        auto open = env.work.jobs().hasOpenRequest(gapRepairJob);
        if (!open)
            return open.error();
        if (*open)
            return Done{};
        const QString by = env.call.principal.email;
        if (auto asked = env.work.jobs().request(gapRepairJob, by, env.clock.now()); !asked)
            return asked;
        const auto audit = operatorEntry(env, domain::kinds::adminEmailRepairRequested, std::nullopt,
                                         QStringLiteral("Gap repair of e-mail outcomes asked for"),
                                         {{QStringLiteral("by_admin_email"), by}});
        if (auto recorded = writeAudit(env, audit); !recorded)
            return recorded;
        return env.work.announce(QStringLiteral("email"), {});
    });
}

} // namespace usecases
