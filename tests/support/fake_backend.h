#pragma once
#include "models/domain/plan.h"
#include "services/platform/clock.h"
#include "services/ports/access_service.h"
#include "services/ports/backend.h"
#include "services/usecases/mail_previews.h"
#include "services/usecases/webhook_inbox.h"
#include "tests/support/seed.h"

#include <functional>
#include <memory>

/// A scriptable backend in memory. It runs the real use cases (validation, permissions, audit rows) over a data set, on
/// a thread of its own, so it answers like the local one; tests drive its speed and its failures without sleeping.
namespace test {

/// Every call of a port, for scripting.
enum class Method {
    WhoAmI,
    ListCustomers,
    CustomerSums,
    CustomerDetail,
    PreviewTierChange,
    ChangeTier,
    Notes,
    AddNote,
    DeleteNote,
    RecordExport,
    SearchAudit,
    ExportAudit,
    Overview,
    Health,
    Views,
    SaveView,
    DeleteView,
    Authenticate,
    MintToken,
    Tokens,
    RevokeToken,
    AdmitHit,
    RecordAccess,
    EmailFigures,
    EmailSeries,
    EmailGroups,
    EmailMessages,
    EmailMessage,
    ExportEmail,
    Suppressions,
    LiftSuppression,
    ResendEmail,
    RequestRepair,
    EmailHealth,
    EmailTemplates,
    EmailPreview,
    Webhooks,
    WebhookDetail,
    ReplayWebhook,
    WebhookReceivers,
};

class FakeStore;

/// All functions callable from any thread. Answers arrive on the fake's own thread.
class FakeBackend final : public ports::Backend {
public:
    /// Loads resources/plans.yaml (platform::initResources() must have run). The clock stands at data.now.
    explicit FakeBackend(Dataset data = smallDataset());
    ~FakeBackend() override;

    ports::SessionService &session() override;
    ports::CustomerService &customers() override;
    ports::AuditService &audit() override;
    ports::OverviewService &overview() override;
    ports::HealthService &health() override;
    ports::ViewService &views() override;
    ports::EmailService &email() override;
    ports::WebhookInboxService &webhooks() override;
    ports::ChangeFeed &changes() override;
    ports::AccessService &access();

    /// Used for calls whose context names nobody (empty e-mail): `operator@example.com` with every permission.
    void setPrincipal(const domain::Principal &principal);
    platform::FixedClock &clock();
    const domain::PlanRegistry &plans() const;

    /// Answers of this method (of all) take this long. 0 = as soon as the fake's thread runs.
    void setDelay(Method method, int ms);
    void setDelay(int ms);
    /// The next `times` calls of the method answer this error and change nothing; −1 = until clearFailures().
    void fail(Method method, const domain::Error &error, int times = 1);
    void clearFailures();
    /// Nobody answers any more: every call gives Unavailable (`db_failed`) until it comes back.
    void setGone(bool gone);
    /// Calls of the method (of all) wait for release(). Held calls take part in nothing until then.
    void hold(Method method);
    void holdAll();
    /// Lets every waiting call of the method run, and stops holding it.
    void release(Method method);
    void releaseAll();
    /// Lets only the oldest waiting call run and keeps holding.
    void releaseOne(Method method);
    int waiting(Method method) const; ///< calls held now
    int calls(Method method) const;   ///< calls made so far

    /// Somebody else changed something: changes the data under lock, then tells the feed.
    void edit(const std::function<void(Dataset &)> &change, const QList<ports::Change> &announce = {});
    Dataset data() const; ///< a copy of what is stored now
    /// Runs on the fake's thread over the database behind mail and webhooks, and waits for it. That database has the
    /// data set's teams, users and audit rows; mail comes from seedMail() (tests/support/mail_seed.h) or from the test.
    void editMail(const std::function<void(storage::Connection &)> &change, const QList<ports::Change> &announce = {});
    /// What templates() and preview() show; null = Unsupported. At first SamplePreviews.
    void setMailPreviews(std::shared_ptr<const usecases::MailPreviews> previews);
    /// What a replay does; empty = Unsupported. At first sampleApply().
    void setWebhookApply(usecases::WebhookApply apply);
    /// The next `count` audit rows are written, those after them fail (`db_failed`); −1 = none fails.
    void failAuditInsertsAfter(int count);

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace test
