#include "services/remote/remote_exports.h"

#include "services/remote/export_channel.h"
#include "services/remote/export_download.h"
#include "services/remote/http_client.h"
#include "services/remote/network_errors.h"
#include "services/remote/row_counter.h"
#include "services/wire/audit_codec.h"

namespace remote {

using domain::Result;

namespace {

using ExportPromise = QPromise<Result<ports::ExportSummary>>;

/// Exports at once; more wait for a free worker.
constexpr int exportWorkers = 4;

void deliver(HttpClient &client, const std::shared_ptr<ExportChannel> &channel, ports::ExportFormat format,
             const ports::ExportSink &sink, ExportPromise &promise)
{
    const QByteArray seal = wire::exportSeal();
    RowCounter counter(format);
    bool stopped = false;
    QByteArray tail; // what may be the seal is held back
    while (!stopped) {
        const std::optional<QByteArray> received = channel->pop();
        if (!received)
            break;
        tail += *received;
        const QByteArray piece = tail.first(qMax<qsizetype>(0, tail.size() - seal.size()));
        tail.remove(0, piece.size());
        counter.feed(piece);
        const bool wanted = !promise.isCanceled() && (piece.isEmpty() || sink(piece));
        if (!wanted) {
            stopped = true;
            channel->close(cancelledError());
        }
        client.run([channel](HttpWorker &) {
            if (channel->onResume)
                channel->onResume();
        });
    }
    Result<domain::Done> end = stopped ? Result<domain::Done>(cancelledError()) : channel->end();
    if (end && tail != seal)
        end = domain::unavailable(QStringLiteral("host_unreachable"), QStringLiteral("the export broke off"));
    promise.addResult(end.map([&counter](domain::Done) { return ports::ExportSummary{counter.rows()}; }));
    promise.finish();
}

} // namespace

RemoteExports::RemoteExports(HttpClient &client) : m_client(client)
{
    m_workers.setMaxThreadCount(exportWorkers);
}

RemoteExports::~RemoteExports()
{
    {
        const std::lock_guard lock(m_mutex);
        for (const std::weak_ptr<ExportChannel> &running : m_running) {
            if (const auto channel = running.lock())
                channel->close(cancelledError());
        }
    }
    m_workers.waitForDone();
}

QFuture<Result<ports::ExportSummary>> RemoteExports::start(HttpCall call, ports::ExportFormat format,
                                                           ports::ExportSink sink)
{
    call.accept = QByteArrayLiteral("*/*");
    call.transfer = Transfer::Download;
    auto channel = std::make_shared<ExportChannel>();
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_running, [](const std::weak_ptr<ExportChannel> &running) { return running.expired(); });
        m_running.push_back(channel);
    }
    auto promise = std::make_shared<ExportPromise>();
    promise->start();
    QFuture<Result<ports::ExportSummary>> future = promise->future();
    m_client.run([channel, call = std::move(call), future](HttpWorker &worker) mutable {
        auto *download = new ExportDownload(worker, std::move(call), channel);
        auto *watcher = new QFutureWatcher<Result<ports::ExportSummary>>(download);
        QObject::connect(watcher, &QFutureWatcherBase::canceled, download,
                         [download] { download->stop(cancelledError()); });
        watcher->setFuture(future);
        download->start();
    });
    m_workers.start([&client = m_client, channel, format, sink = std::move(sink), promise] {
        deliver(client, channel, format, sink, *promise);
    });
    return future;
}

} // namespace remote
