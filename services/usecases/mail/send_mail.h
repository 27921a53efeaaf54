#pragma once
#include "services/usecases/env.h"
#include "services/usecases/mail/plan_mail.h"
#include "services/usecases/mail_provider.h"

namespace usecases {

/// An intended row on its way to the provider.
struct PreparedMail {
    DueMail due;
    OutgoingMail mail;
};

struct PreparedBatch {
    QList<PreparedMail> mails;                   ///< to be sent, the longest waiting first
    QList<EmailLedgerRepository::Dropped> drops; ///< decided without a call
    QString held;                                ///< why nothing may be sent now; empty = go on
    bool failedOpen = false;
};

/// The due intended rows with their mail made again from their audit entries: the address is not stored. Entries that
/// are gone, aged out, without an address, or suppressed meanwhile become drops.
domain::Result<PreparedBatch> prepareMail(const Env &env, const MailComposer &composer, const PlanSettings &settings,
                                          int limit);

/// What the provider said about one mail.
struct SendReport {
    PreparedMail sent;
    SendResult result;
    QDateTime at;
};

/// Writes what became of mails, all in one transaction: accepted ones meet the events that were parked for them.
domain::Result<domain::Done> recordSends(const Env &env, const QList<SendReport> &reports);
domain::Result<domain::Done> recordDrops(const Env &env, const QList<EmailLedgerRepository::Dropped> &drops);

/// When a row that failed for a passing reason may try again: 30 s doubled for each attempt, an hour at most; later if
/// the provider asked for it.
QDateTime nextAttempt(const QDateTime &now, int attempts, qint64 retryAfterMs);

} // namespace usecases
