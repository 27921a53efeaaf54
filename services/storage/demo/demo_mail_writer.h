#pragma once
#include "services/storage/demo/bulk_insert.h"
#include "services/storage/demo/demo_data.h"
#include "services/storage/demo/demo_mail_operation.h"

#include <functional>

/// Turns the sample mail into rows of the tables. Audit entries go to whoever writes the audit log.
namespace storage::demo {

class MailWriter {
public:
    using AuditSink = std::function<void(const AuditRow &)>;
    MailWriter(Connection &connection, quint64 seed, const MailCalendar &calendar, AuditSink audit);

    void add(const MailStory &story, int customer);
    /// After all stories: inbox, jobs, refusals.
    void finish();
    bool isFull() const { return m_ledger.isFull() || m_events.isFull(); }
    /// Teams and audit entries must have been written before.
    domain::Result<domain::Done> flush();
    void addTo(DemoReport &report) const;

private:
    void addMail(const MailRow &mail, bool keepEvents);
    void addSuppression(const SuppressionRow &row);
    void addEvent(const usecases::EventRow &event);
    void addCall(const usecases::InboxEntry &call, const Inbox &inbox);
    void addOperation(const MailOperation &operation);
    void count(const MailRow &mail);

    quint64 m_seed;
    MailCalendar m_calendar;
    AuditSink m_audit;
    Random m_random;
    BulkInsert m_ledger, m_events, m_suppressions, m_lifts, m_dedup, m_cursors, m_leases, m_requests, m_inbox,
        m_refusals;
    QList<MailRow> m_recent; ///< whose events are still to be put into webhooks
    MailTotals m_totals;
};

} // namespace storage::demo
