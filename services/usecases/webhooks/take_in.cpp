#include "services/usecases/webhooks/take_in.h"

#include "models/domain/mask.h"
#include "services/usecases/webhooks/apply_events.h"
#include "services/usecases/webhooks/webhook_content.h"

#include <QCryptographicHash>
#include <QElapsedTimer>

namespace usecases {

using domain::Done;
using domain::Result;
using ports::IncomingWebhook;
using ports::WebhookOutcome;
using ports::WebhookReceipt;

namespace {

/// How long the same bytes count as a repetition of the first ones.
constexpr int duplicateDays = 30;

/// One webhook on its way through a batch.
struct Taken {
    InboxEntry entry;
    WebhookContent content;
    WebhookReceipt receipt;
    qsizetype firstEvent = 0; ///< where its events begin among those of the batch
};

QByteArray fingerprint(const QByteArray &body)
{
    return QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
}

Taken opened(const IncomingWebhook &webhook)
{
    Taken taken;
    InboxEntry &entry = taken.entry;
    entry.id = domain::WebhookId::random();
    entry.provider = webhook.provider;
    entry.receivedAt = webhook.receivedAt;
    entry.headers = webhook.headers;
    entry.body = webhook.body;
    entry.signature = webhook.signature;
    entry.requestId = webhook.requestId;
    auto content = readWebhook(webhook, entry.id);
    if (!content) {
        entry.outcome = taken.receipt.outcome = WebhookOutcome::Unparseable;
        entry.error = content.error().key + QStringLiteral(": ") + content.error().detail;
        taken.receipt.event = content.error().key;
        return taken;
    }
    taken.content = std::move(content).value();
    entry.eventType = taken.content.eventType;
    entry.objectId = taken.content.objectId;
    entry.eventCount = taken.content.eventCount;
    taken.receipt.events = taken.content.eventCount;
    taken.receipt.event = taken.content.eventCount == 1 ? taken.content.eventType : QString();
    taken.receipt.skippedBecause = taken.content.skippedBecause;
    taken.receipt.eventLabels = taken.content.labels;
    return taken;
}

/// Repetitions of bytes that came before, in the table or earlier in the batch.
Result<Done> markDuplicates(const Env &env, QList<Taken> &batch)
{
    QList<QByteArray> prints;
    for (const Taken &taken : batch)
        prints.append(fingerprint(taken.entry.body));
    auto known = env.work.inbox().sameBodies(prints, env.clock.now().addDays(-duplicateDays));
    if (!known)
        return known.error();
    for (qsizetype i = 0; i < batch.size(); ++i) {
        const auto it = known->constFind(prints.at(i));
        if (it != known->cend())
            batch[i].entry.duplicateOf = *it;
        else
            known->insert(prints.at(i), batch.at(i).entry.id);
    }
    return Done{};
}

/// What the events of one webhook did, out of what those of the batch did.
void conclude(Taken &taken, const AppliedEvents &applied, const QList<EventRow> &events, int newSuppressions)
{
    QSet<QString> messages;
    for (qsizetype i = 0; i < taken.content.events.size(); ++i) {
        const EventFate &fate = applied.fates.at(taken.firstEvent + i);
        taken.entry.matched += fate.ledgerId.isEmpty() ? 0 : 1;
        taken.entry.changed += fate.changed ? 1 : 0;
        if (!taken.entry.team)
            taken.entry.team = fate.team;
        if (!fate.ledgerId.isEmpty())
            messages.insert(QStringLiteral("message ") + fate.ledgerId);
        else if (fate.isNew)
            taken.entry.effects.append({QStringLiteral("message ") + events.at(taken.firstEvent + i).messageId,
                                        QStringLiteral("parked"),
                                        {},
                                        domain::deliveryEventName(events.at(taken.firstEvent + i).event)});
    }
    for (const ports::WebhookEffect &effect : applied.effects) {
        if (taken.entry.changed > 0 && messages.contains(effect.object))
            taken.entry.effects.append(effect);
    }
    taken.receipt.matched = taken.entry.matched;
    const bool acts = !taken.content.events.isEmpty() || !taken.content.suppressions.isEmpty();
    if (!acts)
        taken.entry.outcome = WebhookOutcome::Skipped;
    else if (!taken.content.events.isEmpty() && taken.entry.matched == 0)
        taken.entry.outcome = WebhookOutcome::Unmatched;
    else
        taken.entry.outcome =
            taken.entry.changed > 0 || newSuppressions > 0 ? WebhookOutcome::Applied : WebhookOutcome::NoChange;
    taken.receipt.outcome = taken.entry.outcome;
}

/// Suppression events one webhook at a time: how many of them were new is what its effect says.
Result<int> suppress(const Env &env, Taken &taken)
{
    if (taken.content.suppressions.isEmpty())
        return 0;
    auto added = env.work.suppressions().insert(taken.content.suppressions);
    if (added && *added > 0) {
        for (const SuppressionEvent &event : std::as_const(taken.content.suppressions))
            taken.entry.effects.append({QStringLiteral("suppression ") + domain::maskLedgerEmail(event.address),
                                        QStringLiteral("event"),
                                        {},
                                        event.eventType});
    }
    return added;
}

Result<Done> applyBatch(const Env &env, QList<Taken> &batch)
{
    QElapsedTimer timer;
    timer.start();
    if (auto marked = markDuplicates(env, batch); !marked)
        return marked;
    QList<EventRow> events;
    for (Taken &taken : batch) {
        taken.firstEvent = events.size();
        events += taken.content.events;
    }
    auto applied = applyEvents(env, events, Writing::Yes);
    if (!applied)
        return applied.error();
    QList<InboxEntry> entries;
    for (Taken &taken : batch) {
        auto added = suppress(env, taken);
        if (!added)
            return added.error();
        if (taken.entry.outcome != WebhookOutcome::Unparseable)
            conclude(taken, *applied, events, *added);
        taken.entry.processingUs = timer.nsecsElapsed() / 1000;
        entries.append(taken.entry);
    }
    if (auto stored = env.work.inbox().insert(entries); !stored)
        return stored;
    if (auto told = env.work.announce(QStringLiteral("webhook"), {}); !told)
        return told;
    return applied->effects.isEmpty() ? Result<Done>(Done{}) : env.work.announce(QStringLiteral("email"), {});
}

IncomingWebhook stored(const ports::WebhookDetail &detail)
{
    IncomingWebhook webhook;
    webhook.provider = detail.row.provider;
    webhook.body = detail.body;
    webhook.receivedAt = detail.row.receivedAt;
    webhook.signature = detail.row.signature;
    return webhook;
}

} // namespace

Result<QList<WebhookReceipt>> takeIn(const Env &env, const QList<IncomingWebhook> &webhooks)
{
    QList<Taken> batch;
    for (const IncomingWebhook &webhook : webhooks)
        batch.append(opened(webhook));
    auto done = env.work.transaction([&] { return applyBatch(env, batch); });
    if (!done)
        return done.error();
    QList<WebhookReceipt> receipts;
    for (const Taken &taken : std::as_const(batch))
        receipts.append(taken.receipt);
    return receipts;
}

Result<WebhookReceipt> keepFailed(const Env &env, const IncomingWebhook &webhook, const domain::Error &why)
{
    Taken taken = opened(webhook);
    taken.entry.outcome = taken.receipt.outcome = WebhookOutcome::Failed;
    taken.entry.error = why.key;
    auto done = env.work.transaction([&] { return env.work.inbox().insert({taken.entry}); });
    if (!done)
        return done.error();
    return taken.receipt;
}

Result<ports::WebhookReplay> applyStored(const Env &env, const ports::WebhookDetail &detail, bool dryRun)
{
    auto content = readWebhook(stored(detail), detail.row.id);
    if (!content)
        return content.error();
    auto applied = applyEvents(env, content->events, dryRun ? Writing::No : Writing::Yes);
    if (!applied)
        return applied.error();
    ports::WebhookReplay replay;
    replay.dryRun = dryRun;
    if (dryRun) {
        replay.effects = applied->effects;
        replay.outcome = replay.effects.isEmpty() ? WebhookOutcome::NoChange : WebhookOutcome::Applied;
        return replay;
    }
    Taken taken;
    taken.content = *content;
    auto added = suppress(env, taken);
    if (!added)
        return added.error();
    conclude(taken, *applied, content->events, *added);
    replay.effects = taken.entry.effects;
    replay.outcome = taken.entry.outcome;
    if (auto told = env.work.announce(QStringLiteral("webhook"), detail.row.id.toString()); !told)
        return told.error();
    if (auto told = env.work.announce(QStringLiteral("email"), {}); !told)
        return told.error();
    return replay;
}

} // namespace usecases
