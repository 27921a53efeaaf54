#include "services/usecases/webhooks/apply_events.h"

#include <QSet>

#include <algorithm>

namespace usecases {

using domain::Done;
using domain::Result;

namespace {

/// Ledger rows by normalized message id; one id may stand on several rows (an adopted database).
class Messages {
public:
    Result<Done> load(const Env &env, const QList<EventRow> &events)
    {
        QMap<QString, QSet<QString>> ids;
        for (const EventRow &event : events)
            ids[event.provider].insert(event.messageId);
        for (auto it = ids.cbegin(); it != ids.cend(); ++it) {
            QStringList wanted(it->cbegin(), it->cend());
            wanted.sort();
            auto rows = env.work.ledger().lockByMessageIds(it.key(), wanted);
            if (!rows)
                return rows.error();
            for (FoldRow &row : rows.value())
                add(std::move(row));
        }
        return Done{};
    }
    QList<qsizetype> rowsOf(const EventRow &event) const
    {
        return m_byMessage.value({event.provider, event.messageId});
    }
    FoldRow &row(qsizetype index) { return m_rows[index]; }
    const FoldRow &original(qsizetype index) const { return m_originals.at(index); }
    QList<qsizetype> changed() const
    {
        QList<qsizetype> indexes;
        for (qsizetype i = 0; i < m_rows.size(); ++i) {
            if (m_rows.at(i).fold != m_originals.at(i).fold || m_rows.at(i).reason != m_originals.at(i).reason)
                indexes.append(i);
        }
        return indexes;
    }

private:
    void add(FoldRow row)
    {
        m_byMessage[{row.provider, domain::normalizedMessageId(row.providerId)}].append(m_rows.size());
        m_originals.append(row);
        m_rows.append(std::move(row));
    }
    QList<FoldRow> m_rows, m_originals;
    QHash<std::pair<QString, QString>, QList<qsizetype>> m_byMessage;
};

QString timeText(const std::optional<QDateTime> &time)
{
    return time ? time->toString(Qt::ISODateWithMs) : QString();
}

void addEffects(const FoldRow &before, const FoldRow &after, QList<ports::WebhookEffect> &into)
{
    const QString object = QStringLiteral("message ") + after.id;
    const auto differs = [&](const char *field, const QString &from, const QString &to) {
        if (from != to)
            into.append({object, QString::fromLatin1(field), from, to});
    };
    differs("classification", before.ledgerClass, domain::ledgerClassName(after.fold.ledgerClass()));
    differs("outcome", before.fold.storedOutcome(), after.fold.storedOutcome());
    differs("delivered_at", timeText(before.fold.deliveredAt()), timeText(after.fold.deliveredAt()));
    differs("reason", before.reason, after.reason);
    differs("last_event_at", timeText(before.fold.lastEvent), timeText(after.fold.lastEvent));
}

/// Free of order like the fold: the reason of the events that decided the class; of several, the first in the alphabet.
void keepReason(FoldRow &row, const EventRow &event, domain::LedgerClass classBefore)
{
    if (row.fold.ledgerClass() != classBefore) {
        row.reason = event.reason;
        return;
    }
    domain::DeliveryFold alone;
    alone.add(event.event, event.at);
    const bool decides = alone.ledgerClass() == classBefore && !event.reason.isEmpty();
    if (decides && (row.reason.isEmpty() || event.reason < row.reason))
        row.reason = event.reason;
}

void foldInto(Messages &messages, EventRow &event, EventFate &fate)
{
    const QList<qsizetype> indexes = messages.rowsOf(event);
    for (const qsizetype index : indexes) {
        FoldRow &row = messages.row(index);
        const FoldRow before = row;
        row.fold.add(event.event, event.at);
        keepReason(row, event, before.fold.ledgerClass());
        fate.changed = fate.changed || row.fold != before.fold || row.reason != before.reason;
        fate.ledgerId = row.id;
        fate.team = row.team;
    }
    event.ledgerId = fate.ledgerId;
}

Result<Done> store(const Env &env, const QList<EventRow> &events, AppliedEvents &applied)
{
    // Always in the same order: two hosts that are told the same events do not wait for each other.
    QList<EventRow> ordered = events;
    std::sort(ordered.begin(), ordered.end(), [](const EventRow &a, const EventRow &b) { return a.id() < b.id(); });
    auto fresh = env.work.emailEvents().insert(ordered);
    if (!fresh)
        return fresh.error();
    const QSet<QUuid> isNew(fresh->cbegin(), fresh->cend());
    for (qsizetype i = 0; i < events.size(); ++i)
        applied.fates[i].isNew = isNew.contains(events.at(i).id());
    return Done{};
}

Result<Done> update(const Env &env, Messages &messages, bool repaired)
{
    QList<FoldRow> rows;
    for (const qsizetype index : messages.changed())
        rows.append(messages.row(index));
    if (rows.isEmpty())
        return Done{};
    const auto repairedAt = repaired ? std::optional(env.clock.now()) : std::nullopt;
    return env.work.ledger().updateFolds(rows, repairedAt);
}

Result<int> linkParked(const Env &env, QList<EventRow> events)
{
    if (events.isEmpty())
        return 0;
    Messages messages;
    if (auto loaded = messages.load(env, events); !loaded)
        return loaded.error();
    QList<EventRow> linked;
    for (EventRow &event : events) {
        EventFate fate;
        foldInto(messages, event, fate);
        if (!event.ledgerId.isEmpty())
            linked.append(event);
    }
    if (auto done = env.work.emailEvents().link(linked); !done)
        return done.error();
    if (auto updated = update(env, messages, false); !updated)
        return updated.error();
    return int(linked.size());
}

} // namespace

Result<AppliedEvents> applyEvents(const Env &env, QList<EventRow> events, Writing writing)
{
    AppliedEvents applied;
    applied.fates.resize(events.size());
    if (events.isEmpty())
        return applied;
    Messages messages;
    if (auto loaded = messages.load(env, events); !loaded)
        return loaded.error();
    bool repaired = true;
    for (qsizetype i = 0; i < events.size(); ++i) {
        foldInto(messages, events[i], applied.fates[i]);
        repaired = repaired && events.at(i).repaired;
    }
    for (const qsizetype index : messages.changed())
        addEffects(messages.original(index), messages.row(index), applied.effects);
    if (writing == Writing::No)
        return applied;
    if (auto stored = store(env, events, applied); !stored)
        return stored.error();
    if (auto updated = update(env, messages, repaired); !updated)
        return updated.error();
    return applied;
}

Result<int> matchParked(const Env &env, const QString &provider, const QStringList &messageIds)
{
    if (messageIds.isEmpty())
        return 0;
    auto parked = env.work.emailEvents().parked(provider, messageIds);
    if (!parked)
        return parked.error();
    return linkParked(env, std::move(parked).value());
}

Result<int> sweepParked(const Env &env, int limit)
{
    int linked = 0;
    auto done = env.work.transaction([&]() -> Result<Done> {
        auto parked = env.work.emailEvents().matchableParked(limit);
        if (!parked)
            return parked.error();
        auto count = linkParked(env, std::move(parked).value());
        if (!count)
            return count.error();
        linked = *count;
        return linked > 0 ? env.work.announce(QStringLiteral("email"), {}) : Result<Done>(Done{});
    });
    if (!done)
        return done.error();
    return linked;
}

} // namespace usecases
