#pragma once
#include "services/ports/email_service.h"
#include "services/ports/webhook_inbox_service.h"
#include "services/ports/when_done.h"

namespace test {

class FakeEmailService final : public ports::EmailService {
public:
    QFuture<domain::Result<ports::DeliveryFigures>> figures(ports::CallContext, ports::MessageFilter) override
    {
        return ports::ready(domain::Result<ports::DeliveryFigures>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<ports::DeliverySeries>> series(ports::CallContext, ports::MessageFilter) override
    {
        return ports::ready(domain::Result<ports::DeliverySeries>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<QList<ports::DeliveryGroup>>> groups(ports::CallContext, ports::MessageFilter,
                                                                ports::DeliveryDimension, int) override
    {
        return ports::ready(domain::Result<QList<ports::DeliveryGroup>>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<ports::Page<ports::MessageRow>>> messages(ports::CallContext, ports::MessageQuery) override
    {
        return ports::ready(domain::Result<ports::Page<ports::MessageRow>>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<ports::MessageDetail>> message(ports::CallContext, QString) override
    {
        return ports::ready(domain::Result<ports::MessageDetail>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<ports::ExportSummary>> exportMessages(ports::CallContext, ports::MessageFilter,
                                                                 ports::ExportFormat, ports::ExportSink) override
    {
        return ports::ready(domain::Result<ports::ExportSummary>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<ports::Page<ports::Suppression>>> suppressions(ports::CallContext,
                                                                          ports::SuppressionQuery) override
    {
        return ports::ready(domain::Result<ports::Page<ports::Suppression>>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<domain::Done>> liftSuppression(ports::CallContext, QString, QString) override
    {
        return ports::ready(domain::Result<domain::Done>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<QString>> resend(ports::CallContext, ports::Resend) override
    {
        return ports::ready(
            domain::Result<QString>(domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<domain::Done>> requestRepair(ports::CallContext) override
    {
        return ports::ready(domain::Result<domain::Done>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<ports::EmailHealth>> health(ports::CallContext) override
    {
        return ports::ready(domain::Result<ports::EmailHealth>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<QList<ports::EmailTemplate>>> templates(ports::CallContext) override
    {
        return ports::ready(domain::Result<QList<ports::EmailTemplate>>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<ports::EmailPreview>> preview(ports::CallContext, QString) override
    {
        return ports::ready(domain::Result<ports::EmailPreview>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
};

class FakeWebhookInboxService final : public ports::WebhookInboxService {
public:
    QFuture<domain::Result<ports::Page<ports::WebhookRow>>> list(ports::CallContext, ports::WebhookQuery) override
    {
        return ports::ready(domain::Result<ports::Page<ports::WebhookRow>>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<ports::WebhookDetail>> detail(ports::CallContext, domain::WebhookId) override
    {
        return ports::ready(domain::Result<ports::WebhookDetail>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<ports::WebhookReplay>> replay(ports::CallContext, domain::WebhookId, bool) override
    {
        return ports::ready(domain::Result<ports::WebhookReplay>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
    QFuture<domain::Result<QList<ports::WebhookReceiver>>> receivers(ports::CallContext) override
    {
        return ports::ready(domain::Result<QList<ports::WebhookReceiver>>(
            domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
    }
};

} // namespace test
