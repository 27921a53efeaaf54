#include "app/commands/failing_backend.h"

#include "services/ports/when_done.h"

namespace commands {
namespace {

using domain::Result;

template <typename T>
QFuture<Result<T>> gone()
{
    return ports::ready(
        Result<T>(domain::unavailable(QStringLiteral("db_failed"), QStringLiteral("made to fail for a picture"))));
}

class FailingCustomers final : public ports::CustomerService {
public:
    explicit FailingCustomers(ports::CustomerService &inner) : m_inner(inner) {}

    QFuture<Result<ports::Page<ports::CustomerRow>>> list(ports::CallContext, ports::CustomerQuery) override
    {
        return gone<ports::Page<ports::CustomerRow>>();
    }
    QFuture<Result<ports::CustomerSums>> sums(ports::CallContext, ports::CustomerFilter) override
    {
        return gone<ports::CustomerSums>();
    }
    QFuture<Result<ports::CustomerDetail>> detail(ports::CallContext context, domain::TeamId team) override
    {
        return m_inner.detail(std::move(context), team);
    }
    QFuture<Result<ports::TierChangePreview>> previewTierChange(ports::CallContext context,
                                                                ports::TierChange change) override
    {
        return m_inner.previewTierChange(std::move(context), std::move(change));
    }
    QFuture<Result<ports::TierChangeResult>> changeTier(ports::CallContext, ports::TierChange) override
    {
        return gone<ports::TierChangeResult>();
    }
    QFuture<Result<QList<domain::Note>>> notes(ports::CallContext context, domain::TeamId team) override
    {
        return m_inner.notes(std::move(context), team);
    }
    QFuture<Result<domain::Note>> addNote(ports::CallContext context, domain::TeamId team, QString body) override
    {
        return m_inner.addNote(std::move(context), team, std::move(body));
    }
    QFuture<Result<domain::Done>> deleteNote(ports::CallContext context, domain::NoteId note) override
    {
        return m_inner.deleteNote(std::move(context), note);
    }
    QFuture<Result<domain::Done>> recordExport(ports::CallContext context, ports::CustomerFilter filter, qint64 rows,
                                               QString format) override
    {
        return m_inner.recordExport(std::move(context), std::move(filter), rows, std::move(format));
    }

private:
    ports::CustomerService &m_inner;
};

/// As on the first day: nobody called yet.
class EmptyInbox final : public ports::WebhookInboxService {
public:
    QFuture<Result<ports::Page<ports::WebhookRow>>> list(ports::CallContext, ports::WebhookQuery) override
    {
        return ports::ready(Result<ports::Page<ports::WebhookRow>>(ports::Page<ports::WebhookRow>{}));
    }
    QFuture<Result<ports::WebhookDetail>> detail(ports::CallContext, domain::WebhookId) override
    {
        return gone<ports::WebhookDetail>();
    }
    QFuture<Result<ports::WebhookReplay>> replay(ports::CallContext, domain::WebhookId, bool) override
    {
        return gone<ports::WebhookReplay>();
    }
    QFuture<Result<QList<ports::WebhookReceiver>>> receivers(ports::CallContext) override
    {
        return ports::ready(Result<QList<ports::WebhookReceiver>>(QList<ports::WebhookReceiver>{}));
    }
};

class FailingBackend final : public ports::Backend {
public:
    explicit FailingBackend(std::shared_ptr<ports::Backend> inner)
        : m_inner(std::move(inner))
        , m_customers(m_inner->customers())
    {
    }

    ports::SessionService &session() override { return m_inner->session(); }
    ports::CustomerService &customers() override { return m_customers; }
    ports::AuditService &audit() override { return m_inner->audit(); }
    ports::OverviewService &overview() override { return m_inner->overview(); }
    ports::HealthService &health() override { return m_inner->health(); }
    ports::ViewService &views() override { return m_inner->views(); }
    ports::EmailService &email() override { return m_inner->email(); }
    ports::WebhookInboxService &webhooks() override { return m_webhooks; }
    ports::ChangeFeed &changes() override { return m_inner->changes(); }

private:
    std::shared_ptr<ports::Backend> m_inner;
    FailingCustomers m_customers;
    EmptyInbox m_webhooks;
};

} // namespace

std::shared_ptr<ports::Backend> makeFailingBackend(std::shared_ptr<ports::Backend> inner)
{
    return std::make_shared<FailingBackend>(std::move(inner));
}

} // namespace commands
