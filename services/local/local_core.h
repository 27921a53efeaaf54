#pragma once
#include "models/domain/plan.h"
#include "services/platform/clock.h"
#include "services/ports/access_service.h"
#include "services/ports/backend.h"
#include "services/storage/executor.h"
#include "services/storage/migrator.h"
#include "services/usecases/mail_previews.h"
#include "services/usecases/webhook_inbox.h"
#include "services/usecases/webhooks/take_in.h"
#include "services/usecases/work_source.h"

#include <memory>

namespace local {

class LocalWebhookIntake;

struct LocalOptions {
    bool migrate = true;   ///< false: the database must be up to date already
    QString operatorEmail; ///< of the person at this machine; author of notes and tier changes
    domain::PlanRegistry plans;
    const platform::Clock *clock = nullptr; ///< null: the system's; otherwise it must outlive the core
    std::shared_ptr<const usecases::MailPreviews> previews = nullptr; ///< null: templates and previews are Unsupported
    usecases::WebhookApply applyWebhook = usecases::applyStored;
};

/// A database that is open: executor, backend and what the host needs to let people in. Made by the composition root.
class LocalCore {
public:
    /// Opens, migrates (or checks that nothing is missing), starts the executor. Blocks: not for the GUI thread.
    /// Errors: those of opening and of migrate(); Conflict `migrations_pending` without `migrate`.
    static domain::Result<std::unique_ptr<LocalCore>> open(const storage::DatabaseConfig &config, LocalOptions options);
    /// As close().
    ~LocalCore();

    ports::Backend &backend();
    ports::AccessService &access();
    LocalWebhookIntake &intake();
    /// For the background work of a host.
    usecases::WorkSource &work();
    storage::Executor &executor();
    const domain::PlanRegistry &plans() const;
    const storage::MigrationReport &migrations() const;
    /// Takes no new work, finishes what was accepted, closes the connections. Idempotent, blocks.
    void close();

private:
    struct Private;
    explicit LocalCore(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace local
