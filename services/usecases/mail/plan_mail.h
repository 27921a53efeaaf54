#pragma once
#include "services/usecases/email_jobs.h"
#include "services/usecases/env.h"
#include "services/usecases/mail/mail_composer.h"

#include <functional>

namespace usecases {

/// Spec 02 §3.1 and 00-decisions row 6.
struct PlanSettings {
    int batch = 200;
    qint64 seedMs = 5LL * 60 * 1000;     ///< where reading begins when there is no cursor: this long ago, never zero
    qint64 overlapMs = 5LL * 60 * 1000;  ///< read again behind the cursor, for rows that were committed late
    qint64 floorMs = 48LL * 3600 * 1000; ///< older entries are recorded as expired and not mailed any more
};

struct PlanReport {
    int read = 0, intended = 0, suppressed = 0, expired = 0, noRecipient = 0;
    QStringList withoutTemplate; ///< kinds
    bool more = false;           ///< the batch was full
    QString held;                ///< why nothing was decided (the cursor did not move); empty = it was
    bool failedOpen = false;     ///< bounces and complaints could not be looked up
};

/// Decides the next batch of audit entries and writes what it decided as ledger rows, in one transaction with the
/// cursor (spec 02 §3.2). A failure moves nothing.
domain::Result<PlanReport> planMail(const Env &env, const MailComposer &composer, const PlanSettings &settings);

/// Which of these addresses must not be written to. An error: unsubscriptions could not be looked up (fail closed).
struct SuppressedAddresses {
    QStringList addresses; ///< normalized
    bool failedOpen = false;
};
domain::Result<SuppressedAddresses> suppressedAmong(const Env &env, const QStringList &addresses);

} // namespace usecases
