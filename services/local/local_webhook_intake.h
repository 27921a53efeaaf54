#pragma once
#include "services/local/group_commit.h"
#include "services/local/local_runner.h"
#include "services/ports/webhook_intake.h"
#include "services/usecases/webhooks/refusal_log.h"

#include <mutex>

namespace local {

/// Takes webhooks into this database through group commit.
class LocalWebhookIntake final : public ports::WebhookIntake {
public:
    explicit LocalWebhookIntake(const LocalRunner &runner);

    QFuture<domain::Result<ports::WebhookReceipt>> receive(ports::CallContext context,
                                                           ports::IncomingWebhook webhook) override;
    void refused(const ports::WebhookRefusal &refusal) override;
    /// Writes the sums of bursts that ended; all of them at the end of the process. Returns at once; the future is
    /// finished when they are written.
    QFuture<domain::Result<domain::Done>> flushRefusals(bool everything);

private:
    using Receipts = QList<domain::Result<ports::WebhookReceipt>>;
    QFuture<domain::Result<Receipts>> commit(QList<ports::IncomingWebhook> batch) const;
    QFuture<domain::Result<domain::Done>> write(QList<usecases::RefusalLog::Burst> bursts) const;

    const LocalRunner &m_runner;
    GroupCommit<ports::IncomingWebhook, ports::WebhookReceipt> m_commits;
    std::mutex m_lock;
    usecases::RefusalLog m_refusals;
};

} // namespace local
