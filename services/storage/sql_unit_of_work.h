#pragma once
#include "services/storage/audit_repository.h"
#include "services/storage/connection.h"
#include "services/storage/customer_repository.h"
#include "services/storage/delivery_repository.h"
#include "services/storage/email_event_repository.h"
#include "services/storage/email_ledger_repository.h"
#include "services/storage/job_repository.h"
#include "services/storage/note_repository.h"
#include "services/storage/overview_repository.h"
#include "services/storage/rate_repository.h"
#include "services/storage/recipient_repository.h"
#include "services/storage/suppression_repository.h"
#include "services/storage/token_repository.h"
#include "services/storage/view_repository.h"
#include "services/storage/webhook_inbox_repository.h"

namespace storage {

/// The repositories over one connection, for the length of one job. Both references outlive it.
class SqlUnitOfWork final : public usecases::UnitOfWork {
public:
    SqlUnitOfWork(Connection &connection, const domain::PlanRegistry &plans);

    usecases::CustomerRepository &customers() override { return m_customers; }
    usecases::NoteRepository &notes() override { return m_notes; }
    usecases::AuditRepository &audit() override { return m_audit; }
    usecases::OverviewRepository &overview() override { return m_overview; }
    usecases::TokenRepository &tokens() override { return m_tokens; }
    usecases::RateRepository &rates() override { return m_rates; }
    usecases::ViewRepository &views() override { return m_views; }
    usecases::EmailLedgerRepository &ledger() override { return m_ledger; }
    usecases::EmailEventRepository &emailEvents() override { return m_emailEvents; }
    usecases::WebhookInboxRepository &inbox() override { return m_inbox; }
    usecases::SuppressionRepository &suppressions() override { return m_suppressions; }
    usecases::DeliveryRepository &delivery() override { return m_delivery; }
    usecases::RecipientRepository &recipients() override { return m_recipients; }
    usecases::JobRepository &jobs() override { return m_jobs; }
    domain::Result<domain::Done> transaction(const std::function<domain::Result<domain::Done>()> &body) override;
    domain::Result<domain::Done> announce(const QString &kind, const QString &id) override;

private:
    Connection &m_connection;
    SqlCustomerRepository m_customers;
    SqlNoteRepository m_notes;
    SqlAuditRepository m_audit;
    SqlOverviewRepository m_overview;
    SqlTokenRepository m_tokens;
    SqlRateRepository m_rates;
    SqlViewRepository m_views;
    SqlEmailLedgerRepository m_ledger;
    SqlEmailEventRepository m_emailEvents;
    SqlWebhookInboxRepository m_inbox;
    SqlSuppressionRepository m_suppressions;
    SqlDeliveryRepository m_delivery;
    SqlRecipientRepository m_recipients;
    SqlJobRepository m_jobs;
};

} // namespace storage
