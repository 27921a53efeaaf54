#include "services/usecases/mail/repair_gaps.h"

#include "services/usecases/webhooks/apply_events.h"

#include <QSet>

namespace usecases {

using domain::Done;
using domain::Result;

Result<QList<EmailLedgerRepository::Open>> openMessages(const Env &env, const QString &provider,
                                                        const RepairSettings &settings, const QDateTime &after,
                                                        const QString &afterId)
{
    const QDateTime now = env.clock.now();
    return env.work.ledger().withoutOutcome(provider, now.addDays(-settings.reachDays),
                                            now.addMSecs(-settings.minimumAgeMs), after, afterId, settings.batch);
}

Result<int> applyRepairs(const Env &env, const QString &provider, const QList<ProviderEvent> &events)
{
    const QDateTime now = env.clock.now();
    QList<EventRow> rows;
    for (const ProviderEvent &told : events) {
        const auto event = domain::parseDeliveryEvent(told.event);
        if (!event || told.messageId.isEmpty())
            continue;
        EventRow row;
        row.provider = provider;
        row.messageId = domain::normalizedMessageId(told.messageId);
        row.event = *event;
        row.at = told.at;
        row.receivedAt = now;
        row.address = told.address;
        row.reason = told.reason;
        row.repaired = true;
        rows.append(row);
    }
    QSet<QString> recovered;
    auto done = env.work.transaction([&]() -> Result<Done> {
        auto applied = applyEvents(env, rows, Writing::Yes);
        if (!applied)
            return applied.error();
        for (const EventFate &fate : std::as_const(applied->fates)) {
            if (fate.changed)
                recovered.insert(fate.ledgerId);
        }
        return recovered.isEmpty() ? Result<Done>(Done{}) : env.work.announce(QStringLiteral("email"), {});
    });
    if (!done)
        return done.error();
    return int(recovered.size());
}

} // namespace usecases
