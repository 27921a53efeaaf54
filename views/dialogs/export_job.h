#pragma once
#include "services/ports/audit_service.h"
#include "services/ports/customer_service.h"
#include "services/ports/email_service.h"

#include <QObject>
#include <QTimeZone>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

class QSaveFile;
class QThread;

namespace dialogs {

struct ExportTarget {
    QString path;
    ports::ExportFormat format = ports::ExportFormat::Csv;
};

struct ExportOutcome {
    qint64 rows = 0;
    QString path;
    std::optional<domain::Error> error; ///< Cancelled when withdrawn; the file is not touched then
};

/// An export under way: rows go from the port to the file on another thread, in constant memory; the file appears whole
/// or not at all. Deleting the job withdraws it.
class ExportJob : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void cancel() = 0;

Q_SIGNALS:
    void progressed(qint64 rows, qint64 total); ///< total ≤ 0: unknown
    void finished(const dialogs::ExportOutcome &outcome);
};

/// Every customer that the query finds, in its order, page by page.
class CustomerExportJob : public ExportJob {
    Q_OBJECT
public:
    CustomerExportJob(ports::CustomerService &service, const ports::CallContext &call,
                      const ports::CustomerQuery &query, const QString &filterText, const QTimeZone &zone,
                      const ExportTarget &target, QObject *parent);
    ~CustomerExportJob() override;
    void cancel() override;

private:
    QThread *m_thread;
    std::shared_ptr<std::atomic_bool> m_cancelled;
};

/// Everything that a port streams in pieces, as AuditService::exportRows does.
class StreamExportJob : public ExportJob {
    Q_OBJECT
public:
    ~StreamExportJob() override;
    void cancel() override;

protected:
    using Ask = std::function<QFuture<domain::Result<ports::ExportSummary>>(ports::ExportSink sink)>;
    StreamExportJob(const ExportTarget &target, const Ask &ask, QObject *parent);
    static ports::CallContext withoutDeadline(ports::CallContext call);

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// Everything the audit filter matches.
class AuditExportJob : public StreamExportJob {
    Q_OBJECT
public:
    AuditExportJob(ports::AuditService &service, const ports::CallContext &call, const ports::AuditFilter &filter,
                   const ExportTarget &target, QObject *parent);
};

/// Every message that the filter matches.
class MessageExportJob : public StreamExportJob {
    Q_OBJECT
public:
    MessageExportJob(ports::EmailService &service, const ports::CallContext &call, const ports::MessageFilter &filter,
                     const ExportTarget &target, QObject *parent);
};

} // namespace dialogs
