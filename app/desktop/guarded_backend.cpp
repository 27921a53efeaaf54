#include "app/desktop/guarded_backend.h"

#include "services/ports/when_done.h"

namespace desktop {
namespace {

using domain::Result;

template <typename T, typename F>
QFuture<Result<T>> unlessLocked(const WriteLock &locked, F &&write)
{
    if (!locked->load())
        return write();
    return ports::ready(Result<T>(domain::makeError(domain::ErrorCode::Forbidden, QStringLiteral("profile_locked"),
                                                    QStringLiteral("the profile is read only until it is unlocked"))));
}

} // namespace

class GuardedBackend::Customers final : public ports::CustomerService {
public:
    Customers(ports::CustomerService &inner, WriteLock locked) : m_inner(inner), m_locked(std::move(locked)) {}

    QFuture<Result<ports::Page<ports::CustomerRow>>> list(ports::CallContext context,
                                                          ports::CustomerQuery query) override
    {
        return m_inner.list(std::move(context), std::move(query));
    }
    QFuture<Result<ports::CustomerSums>> sums(ports::CallContext context, ports::CustomerFilter filter) override
    {
        return m_inner.sums(std::move(context), std::move(filter));
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
    QFuture<Result<ports::TierChangeResult>> changeTier(ports::CallContext context, ports::TierChange change) override
    {
        return unlessLocked<ports::TierChangeResult>(
            m_locked, [&] { return m_inner.changeTier(std::move(context), std::move(change)); });
    }
    QFuture<Result<QList<domain::Note>>> notes(ports::CallContext context, domain::TeamId team) override
    {
        return m_inner.notes(std::move(context), team);
    }
    QFuture<Result<domain::Note>> addNote(ports::CallContext context, domain::TeamId team, QString body) override
    {
        return unlessLocked<domain::Note>(m_locked,
                                          [&] { return m_inner.addNote(std::move(context), team, std::move(body)); });
    }
    QFuture<Result<domain::Done>> deleteNote(ports::CallContext context, domain::NoteId note) override
    {
        return unlessLocked<domain::Done>(m_locked, [&] { return m_inner.deleteNote(std::move(context), note); });
    }
    QFuture<Result<domain::Done>> recordExport(ports::CallContext context, ports::CustomerFilter filter, qint64 rows,
                                               QString format) override
    {
        return m_inner.recordExport(std::move(context), std::move(filter), rows, std::move(format));
    }

private:
    ports::CustomerService &m_inner;
    WriteLock m_locked;
};

class GuardedBackend::Views final : public ports::ViewService {
public:
    Views(ports::ViewService &inner, WriteLock locked) : m_inner(inner), m_locked(std::move(locked)) {}

    QFuture<Result<QList<ports::SavedView>>> views(ports::CallContext context, QString screen) override
    {
        return m_inner.views(std::move(context), std::move(screen));
    }
    QFuture<Result<ports::SavedView>> saveView(ports::CallContext context, ports::SavedView view) override
    {
        return unlessLocked<ports::SavedView>(m_locked,
                                              [&] { return m_inner.saveView(std::move(context), std::move(view)); });
    }
    QFuture<Result<domain::Done>> deleteView(ports::CallContext context, domain::ViewId view) override
    {
        return unlessLocked<domain::Done>(m_locked, [&] { return m_inner.deleteView(std::move(context), view); });
    }

private:
    ports::ViewService &m_inner;
    WriteLock m_locked;
};

class GuardedBackend::Email final : public ports::EmailService {
public:
    Email(ports::EmailService &inner, WriteLock locked) : m_inner(inner), m_locked(std::move(locked)) {}

    QFuture<Result<ports::DeliveryFigures>> figures(ports::CallContext context, ports::MessageFilter filter) override
    {
        return m_inner.figures(std::move(context), std::move(filter));
    }
    QFuture<Result<ports::DeliverySeries>> series(ports::CallContext context, ports::MessageFilter filter) override
    {
        return m_inner.series(std::move(context), std::move(filter));
    }
    QFuture<Result<QList<ports::DeliveryGroup>>> groups(ports::CallContext context, ports::MessageFilter filter,
                                                        ports::DeliveryDimension dimension, int limit) override
    {
        return m_inner.groups(std::move(context), std::move(filter), dimension, limit);
    }
    QFuture<Result<ports::Page<ports::MessageRow>>> messages(ports::CallContext context,
                                                             ports::MessageQuery query) override
    {
        return m_inner.messages(std::move(context), std::move(query));
    }
    QFuture<Result<ports::MessageDetail>> message(ports::CallContext context, QString id) override
    {
        return m_inner.message(std::move(context), std::move(id));
    }
    QFuture<Result<ports::ExportSummary>> exportMessages(ports::CallContext context, ports::MessageFilter filter,
                                                         ports::ExportFormat format, ports::ExportSink sink) override
    {
        return m_inner.exportMessages(std::move(context), std::move(filter), format, std::move(sink));
    }
    QFuture<Result<ports::Page<ports::Suppression>>> suppressions(ports::CallContext context,
                                                                  ports::SuppressionQuery query) override
    {
        return m_inner.suppressions(std::move(context), std::move(query));
    }
    QFuture<Result<domain::Done>> liftSuppression(ports::CallContext context, QString email, QString reason) override
    {
        return unlessLocked<domain::Done>(
            m_locked, [&] { return m_inner.liftSuppression(std::move(context), std::move(email), std::move(reason)); });
    }
    QFuture<Result<QString>> resend(ports::CallContext context, ports::Resend resend) override
    {
        return unlessLocked<QString>(m_locked, [&] { return m_inner.resend(std::move(context), std::move(resend)); });
    }
    QFuture<Result<domain::Done>> requestRepair(ports::CallContext context) override
    {
        return unlessLocked<domain::Done>(m_locked, [&] { return m_inner.requestRepair(std::move(context)); });
    }
    QFuture<Result<ports::EmailHealth>> health(ports::CallContext context) override
    {
        return m_inner.health(std::move(context));
    }
    QFuture<Result<QList<ports::EmailTemplate>>> templates(ports::CallContext context) override
    {
        return m_inner.templates(std::move(context));
    }
    QFuture<Result<ports::EmailPreview>> preview(ports::CallContext context, QString kind) override
    {
        return m_inner.preview(std::move(context), std::move(kind));
    }

private:
    ports::EmailService &m_inner;
    WriteLock m_locked;
};

class GuardedBackend::Webhooks final : public ports::WebhookInboxService {
public:
    Webhooks(ports::WebhookInboxService &inner, WriteLock locked) : m_inner(inner), m_locked(std::move(locked)) {}

    QFuture<Result<ports::Page<ports::WebhookRow>>> list(ports::CallContext context, ports::WebhookQuery query) override
    {
        return m_inner.list(std::move(context), std::move(query));
    }
    QFuture<Result<ports::WebhookDetail>> detail(ports::CallContext context, domain::WebhookId id) override
    {
        return m_inner.detail(std::move(context), id);
    }
    QFuture<Result<ports::WebhookReplay>> replay(ports::CallContext context, domain::WebhookId id, bool dryRun) override
    {
        if (dryRun)
            return m_inner.replay(std::move(context), id, dryRun);
        return unlessLocked<ports::WebhookReplay>(m_locked,
                                                  [&] { return m_inner.replay(std::move(context), id, dryRun); });
    }
    QFuture<Result<QList<ports::WebhookReceiver>>> receivers(ports::CallContext context) override
    {
        return m_inner.receivers(std::move(context));
    }

private:
    ports::WebhookInboxService &m_inner;
    WriteLock m_locked;
};

GuardedBackend::GuardedBackend(std::shared_ptr<ports::Backend> inner, WriteLock locked)
    : m_inner(std::move(inner))
    , m_customers(std::make_unique<Customers>(m_inner->customers(), locked))
    , m_views(std::make_unique<Views>(m_inner->views(), locked))
    , m_email(std::make_unique<Email>(m_inner->email(), locked))
    , m_webhooks(std::make_unique<Webhooks>(m_inner->webhooks(), locked))
{
}

GuardedBackend::~GuardedBackend() = default;

ports::SessionService &GuardedBackend::session()
{
    return m_inner->session();
}

ports::CustomerService &GuardedBackend::customers()
{
    return *m_customers;
}

ports::AuditService &GuardedBackend::audit()
{
    return m_inner->audit();
}

ports::OverviewService &GuardedBackend::overview()
{
    return m_inner->overview();
}

ports::HealthService &GuardedBackend::health()
{
    return m_inner->health();
}

ports::ViewService &GuardedBackend::views()
{
    return *m_views;
}

ports::EmailService &GuardedBackend::email()
{
    return *m_email;
}

ports::WebhookInboxService &GuardedBackend::webhooks()
{
    return *m_webhooks;
}

ports::ChangeFeed &GuardedBackend::changes()
{
    return m_inner->changes();
}

} // namespace desktop
