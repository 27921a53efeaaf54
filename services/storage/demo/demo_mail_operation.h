#pragma once
#include "services/storage/demo/demo_inbox.h"

/// What runs the mail: jobs of the headless servers, refused webhooks, and what operators did about it.
namespace storage::demo {

struct RefusalRow {
    QUuid id, audit;
    QString subnet;
    qint64 firstMs = 0, lastMs = 0, count = 0;
};
struct LeaseRow {
    QString job, holder, result;
    qint64 heldUntilMs = 0, startedMs = 0, finishedMs = 0;
};
struct CursorRow {
    QString job, id;
    qint64 atMs = 0;
};
struct RequestRow {
    QUuid id;
    QString job, by;
    QByteArray result;
    qint64 requestedMs = 0, startedMs = 0, finishedMs = 0;
};
struct DedupRow {
    QString key, kind;
    qint64 atMs = 0;
};

struct MailOperation {
    QList<AuditRow> audit;
    QList<RefusalRow> refusals;
    QList<LeaseRow> leases;
    QList<CursorRow> cursors;
    QList<RequestRow> requests;
    QList<DedupRow> dedup;
};

/// What the jobs found in the ledger.
struct MailTotals {
    CursorRow lastPlanned;                   ///< the newest entry that the forwarder has read
    qint64 openLastNight = 0, recovered = 0; ///< messages without an outcome that gap repair asked about, and got
    qint64 openAtRequest = 0;                ///< the same for the run that an operator asked for
    QString dunned;                          ///< somebody who got a dunning mail
};
/// When the operator asked for a gap repair.
qint64 repairRequestMs(const MailCalendar &calendar);

MailOperation makeMailOperation(quint64 seed, const MailCalendar &calendar, const MailTotals &totals,
                                const Inbox &inbox);

} // namespace storage::demo
