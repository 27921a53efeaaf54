#pragma once
#include "services/usecases/env.h"

namespace usecases {

/// What one event did.
struct EventFate {
    QString ledgerId; ///< empty: no message of ours, parked
    std::optional<domain::TeamId> team;
    bool isNew = false;   ///< not told before
    bool changed = false; ///< the ledger row is another one now
};

struct AppliedEvents {
    QList<EventFate> fates; ///< as many as events, in their order
    QList<ports::WebhookEffect> effects;
};

enum class Writing { Yes, No };

/// Stores events and folds them into their ledger rows, inside the caller's transaction; those without a message are
/// parked. Doing it again with the same events changes nothing (00-decisions rows 7 and 8). With Writing::No nothing is
/// written and the answer says what would happen.
domain::Result<AppliedEvents> applyEvents(const Env &env, QList<EventRow> events, Writing writing);

/// The same for events that were parked while their message was unknown. How many found it.
domain::Result<int> matchParked(const Env &env, const QString &provider, const QStringList &messageIds);
/// Looks for parked events whose message is known by now; at most `limit`. Opens its own transaction.
domain::Result<int> sweepParked(const Env &env, int limit);

} // namespace usecases
