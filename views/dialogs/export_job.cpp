#include "views/dialogs/export_job.h"

#include "models/items/export_text.h"
#include "services/ports/when_done.h"

#include <QMutex>
#include <QPointer>
#include <QSaveFile>
#include <QThread>

namespace dialogs {

namespace {

domain::Error fileError(const QSaveFile &file)
{
    return domain::makeError(domain::ErrorCode::Unavailable, QStringLiteral("file_failed"), file.errorString());
}
domain::Error cancelledError()
{
    return domain::makeError(domain::ErrorCode::Cancelled, QStringLiteral("cancelled"));
}

/// Lives on the job's thread: asks for a page, writes it, asks for the next.
class CustomerExportWorker : public QObject {
    Q_OBJECT
public:
    CustomerExportWorker(ports::CustomerService &service, ports::CallContext call, ports::CustomerQuery query,
                         QString filterText, QTimeZone zone, ExportTarget target,
                         std::shared_ptr<std::atomic_bool> cancelled)
        : m_service(service)
        , m_call(std::move(call))
        , m_query(std::move(query))
        , m_filterText(std::move(filterText))
        , m_zone(std::move(zone))
        , m_target(std::move(target))
        , m_cancelled(std::move(cancelled))
    {
        m_query.limit = ports::maxPageSize;
        m_query.cursor.clear();
        m_call.deadline = {};
    }

    void start()
    {
        m_file = std::make_unique<QSaveFile>(m_target.path);
        if (!m_file->open(QIODevice::WriteOnly)) {
            end(fileError(*m_file));
            return;
        }
        next();
    }

Q_SIGNALS:
    void progressed(qint64 rows, qint64 total);
    void finished(const dialogs::ExportOutcome &outcome);

private:
    void next()
    {
        ports::whenDone(m_service.list(m_call, m_query), this,
                        [this](const domain::Result<ports::Page<ports::CustomerRow>> &result) { take(result); });
    }
    void take(const domain::Result<ports::Page<ports::CustomerRow>> &result)
    {
        if (m_cancelled->load()) {
            end(cancelledError());
            return;
        }
        if (!result) {
            end(result.error());
            return;
        }
        QByteArray bytes;
        if (m_query.cursor.isEmpty()) {
            m_total = result->total.value_or(-1);
            bytes = items::customerExportHeader(m_target.format, m_filterText, m_total, QDateTime::currentDateTimeUtc(),
                                                m_zone);
        }
        for (const ports::CustomerRow &row : result->rows)
            bytes += items::customerExportRow(m_target.format, row, m_zone);
        if (m_file->write(bytes) != bytes.size()) {
            end(fileError(*m_file));
            return;
        }
        m_rows += result->rows.size();
        Q_EMIT progressed(m_rows, m_total);
        m_query.cursor = result->next;
        if (!m_query.cursor.isEmpty())
            next();
        else
            recordThenCommit();
    }
    /// The audit row comes first: a file that nobody recorded must not exist.
    void recordThenCommit()
    {
        const QString format =
            m_target.format == ports::ExportFormat::Csv ? QStringLiteral("csv") : QStringLiteral("jsonl");
        ports::whenDone(m_service.recordExport(m_call, m_query.filter, m_rows, format), this,
                        [this](const domain::Result<domain::Done> &result) {
                            if (!result)
                                end(result.error());
                            else if (!m_file->commit())
                                end(fileError(*m_file));
                            else
                                Q_EMIT finished({m_rows, m_target.path, std::nullopt});
                        });
    }
    void end(const domain::Error &error)
    {
        m_file->cancelWriting();
        Q_EMIT finished({m_rows, m_target.path, error});
    }

    ports::CustomerService &m_service;
    ports::CallContext m_call;
    ports::CustomerQuery m_query;
    QString m_filterText;
    QTimeZone m_zone;
    ExportTarget m_target;
    std::shared_ptr<std::atomic_bool> m_cancelled;
    std::unique_ptr<QSaveFile> m_file;
    qint64 m_rows = 0, m_total = -1;
};

} // namespace

CustomerExportJob::CustomerExportJob(ports::CustomerService &service, const ports::CallContext &call,
                                     const ports::CustomerQuery &query, const QString &filterText,
                                     const QTimeZone &zone, const ExportTarget &target, QObject *parent)
    : ExportJob(parent)
    , m_thread(new QThread(this))
    , m_cancelled(std::make_shared<std::atomic_bool>(false))
{
    auto *worker = new CustomerExportWorker(service, call, query, filterText, zone, target, m_cancelled);
    worker->moveToThread(m_thread);
    connect(m_thread, &QThread::started, worker, &CustomerExportWorker::start);
    connect(m_thread, &QThread::finished, worker, &QObject::deleteLater);
    connect(worker, &CustomerExportWorker::progressed, this, &ExportJob::progressed);
    connect(worker, &CustomerExportWorker::finished, this, &ExportJob::finished);
    m_thread->setObjectName(QStringLiteral("export"));
    m_thread->start();
}

CustomerExportJob::~CustomerExportJob()
{
    m_cancelled->store(true);
    m_thread->quit();
    m_thread->wait(); // the worker's loop holds nothing but one page, so this is a moment
}

void CustomerExportJob::cancel()
{
    m_cancelled->store(true);
}

struct StreamExportJob::State {
    explicit State(const QString &path) : file(path) {}
    QMutex mutex;
    QSaveFile file;
    std::atomic_bool cancelled = false;
    QPointer<StreamExportJob> job;
    qint64 rows = 0;
    bool writeFailed = false;
};

ports::CallContext StreamExportJob::withoutDeadline(ports::CallContext call)
{
    call.deadline = {};
    return call;
}

StreamExportJob::StreamExportJob(const ExportTarget &target, const Ask &ask, QObject *parent)
    : ExportJob(parent)
    , m_state(std::make_shared<State>(target.path))
{
    m_state->job = this;
    if (!m_state->file.open(QIODevice::WriteOnly)) {
        const ExportOutcome outcome{0, target.path, fileError(m_state->file)};
        QMetaObject::invokeMethod(
            this, [this, outcome] { Q_EMIT finished(outcome); }, Qt::QueuedConnection);
        return;
    }
    const auto sink = [state = m_state](const QByteArray &piece) {
        const QMutexLocker lock(&state->mutex);
        if (state->cancelled.load() || !state->job)
            return false;
        state->writeFailed = state->file.write(piece) != piece.size();
        state->rows += piece.count('\n');
        QMetaObject::invokeMethod(
            state->job.data(), [job = state->job.data(), rows = state->rows] { Q_EMIT job->progressed(rows, -1); },
            Qt::QueuedConnection);
        return !state->writeFailed;
    };
    ports::whenDone(ask(sink), this, [this, path = target.path](const domain::Result<ports::ExportSummary> &result) {
        if (m_state->writeFailed)
            Q_EMIT finished({0, path, fileError(m_state->file)});
        else if (m_state->cancelled.load())
            Q_EMIT finished({0, path, cancelledError()});
        else if (!result)
            Q_EMIT finished({0, path, result.error()});
        else if (!m_state->file.commit())
            Q_EMIT finished({0, path, fileError(m_state->file)});
        else
            Q_EMIT finished({result->rows, path, std::nullopt});
    });
}

StreamExportJob::~StreamExportJob()
{
    m_state->cancelled.store(true);
    const QMutexLocker lock(&m_state->mutex);
    m_state->job.clear();
}

void StreamExportJob::cancel()
{
    m_state->cancelled.store(true);
}

AuditExportJob::AuditExportJob(ports::AuditService &service, const ports::CallContext &call,
                               const ports::AuditFilter &filter, const ExportTarget &target, QObject *parent)
    : StreamExportJob(
          target,
          [&](ports::ExportSink sink) {
              return service.exportRows(withoutDeadline(call), filter, target.format, std::move(sink));
          },
          parent)
{
}

MessageExportJob::MessageExportJob(ports::EmailService &service, const ports::CallContext &call,
                                   const ports::MessageFilter &filter, const ExportTarget &target, QObject *parent)
    : StreamExportJob(
          target,
          [&](ports::ExportSink sink) {
              return service.exportMessages(withoutDeadline(call), filter, target.format, std::move(sink));
          },
          parent)
{
}

} // namespace dialogs

#include "export_job.moc"
