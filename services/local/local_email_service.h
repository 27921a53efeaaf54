#pragma once
#include "services/local/local_runner.h"
#include "services/ports/email_service.h"

namespace local {

/// Mail of this database.
class LocalEmailService final : public ports::EmailService {
public:
    explicit LocalEmailService(const LocalRunner &runner) : m_runner(runner) {}

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
    const LocalRunner &m_runner;
};

} // namespace local
