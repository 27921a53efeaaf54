#pragma once
#include "services/ports/email_service.h"
#include "services/ports/webhook_inbox_service.h"

namespace test {

struct FakeCalls;

/// Mail of a fake backend: the real use cases over the repositories of FakeStore.
class FakeEmailService final : public ports::EmailService {
public:
    explicit FakeEmailService(FakeCalls &calls) : m_calls(calls) {}

    QFuture<domain::Result<ports::DeliveryFigures>> figures(ports::CallContext context,
                                                            ports::MessageFilter filter) override;
    QFuture<domain::Result<ports::DeliverySeries>> series(ports::CallContext context,
                                                          ports::MessageFilter filter) override;
    QFuture<domain::Result<QList<ports::DeliveryGroup>>> groups(ports::CallContext context, ports::MessageFilter filter,
                                                                ports::DeliveryDimension dimension, int limit) override;
    QFuture<domain::Result<ports::Page<ports::MessageRow>>> messages(ports::CallContext context,
                                                                     ports::MessageQuery query) override;
    QFuture<domain::Result<ports::MessageDetail>> message(ports::CallContext context, QString id) override;
    QFuture<domain::Result<ports::ExportSummary>> exportMessages(ports::CallContext context,
                                                                 ports::MessageFilter filter,
                                                                 ports::ExportFormat format,
                                                                 ports::ExportSink sink) override;
    QFuture<domain::Result<ports::Page<ports::Suppression>>> suppressions(ports::CallContext context,
                                                                          ports::SuppressionQuery query) override;
    QFuture<domain::Result<domain::Done>> liftSuppression(ports::CallContext context, QString email,
                                                          QString reason) override;
    QFuture<domain::Result<QString>> resend(ports::CallContext context, ports::Resend resend) override;
    QFuture<domain::Result<domain::Done>> requestRepair(ports::CallContext context) override;
    QFuture<domain::Result<ports::EmailHealth>> health(ports::CallContext context) override;
    QFuture<domain::Result<QList<ports::EmailTemplate>>> templates(ports::CallContext context) override;
    QFuture<domain::Result<ports::EmailPreview>> preview(ports::CallContext context, QString kind) override;

private:
    FakeCalls &m_calls;
};

class FakeWebhookInboxService final : public ports::WebhookInboxService {
public:
    explicit FakeWebhookInboxService(FakeCalls &calls) : m_calls(calls) {}

    QFuture<domain::Result<ports::Page<ports::WebhookRow>>> list(ports::CallContext context,
                                                                 ports::WebhookQuery query) override;
    QFuture<domain::Result<ports::WebhookDetail>> detail(ports::CallContext context, domain::WebhookId id) override;
    QFuture<domain::Result<ports::WebhookReplay>> replay(ports::CallContext context, domain::WebhookId id,
                                                         bool dryRun) override;
    QFuture<domain::Result<QList<ports::WebhookReceiver>>> receivers(ports::CallContext context) override;

private:
    FakeCalls &m_calls;
};

} // namespace test
