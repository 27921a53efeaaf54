#pragma once
#include "services/ports/audit_service.h"
#include "services/ports/customer_service.h"

#include <QObject>
#include <QTimeZone>

#include <atomic>
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

/// Everything the audit filter matches, as AuditService::exportRows delivers it.
class AuditExportJob : public ExportJob {
    Q_OBJECT
public:
    AuditExportJob(ports::AuditService &service, const ports::CallContext &call, const ports::AuditFilter &filter,
                   const ExportTarget &target, QObject *parent);
    ~AuditExportJob() override;
    void cancel() override;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace dialogs
