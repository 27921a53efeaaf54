#pragma once
#include "services/usecases/email_jobs.h"
#include "services/usecases/env.h"
#include "services/usecases/mail_provider.h"

namespace usecases {

/// The provider's own log holds this many days; what is younger than `minimumAge` may still be on its way to us.
struct RepairSettings {
    int reachDays = 90;
    qint64 minimumAgeMs = 3600LL * 1000;
    int batch = 200;
};

/// Accepted messages without an outcome, oldest first, after the given position.
domain::Result<QList<EmailLedgerRepository::Open>> openMessages(const Env &env, const QString &provider,
                                                                const RepairSettings &settings, const QDateTime &after,
                                                                const QString &afterId);

/// Applies what the provider's log says, marked as repaired, in one transaction. How many ledger rows got an outcome.
domain::Result<int> applyRepairs(const Env &env, const QString &provider, const QList<ProviderEvent> &events);

} // namespace usecases
