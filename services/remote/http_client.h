#pragma once
#include "services/remote/http_exchange.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThread>

#include <memory>

namespace remote {

/// The network thread and the way into it. Callable from any thread; nothing blocks.
class HttpClient {
public:
    HttpClient(RemoteConfig config, QSslConfiguration tls);
    ~HttpClient(); ///< running calls end with Cancelled
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    /// decode(body) gives a Result<T>; it runs in the network thread, and what it cannot read is `invalid_response`.
    /// Cancelling the future aborts the request.
    template <typename T, typename Decode>
    QFuture<domain::Result<T>> call(HttpCall call, Decode decode)
    {
        return callWithPrefix<T>(
            std::move(call),
            [decode = std::move(decode)](const QByteArray &body, const QString &) { return decode(body); });
    }

    /// As call(), for decode(body, adminPrefix).
    template <typename T, typename Decode>
    QFuture<domain::Result<T>> callWithPrefix(HttpCall call, Decode decode)
    {
        auto promise = std::make_shared<QPromise<domain::Result<T>>>();
        promise->start();
        QFuture<domain::Result<T>> future = promise->future();
        run([promise, future, call = std::move(call), decode = std::move(decode)](HttpWorker &worker) mutable {
            HttpExchange *exchange =
                worker.send(std::move(call), [promise, decode, &worker](const domain::Result<HttpAnswer> &answer) {
                    promise->addResult(decoded<T>(answer, decode, worker.prefix()));
                    promise->finish();
                });
            auto *watcher = new QFutureWatcher<domain::Result<T>>(exchange);
            QObject::connect(watcher, &QFutureWatcherBase::canceled, exchange, &HttpExchange::cancel);
            watcher->setFuture(future);
        });
        return future;
    }

    /// Runs in the network thread; not at all when the client is going away.
    void run(std::function<void(HttpWorker &)> job);

private:
    template <typename T, typename Decode>
    static domain::Result<T> decoded(const domain::Result<HttpAnswer> &answer, const Decode &decode,
                                     const QString &prefix)
    {
        if (!answer)
            return answer.error();
        domain::Result<T> value = decode(answer->body, prefix);
        if (value)
            return value;
        return unreadableField(value.error());
    }
    static domain::Error unreadableField(const domain::Error &error);

    QThread m_thread;
    HttpWorker *m_worker;
};

/// A call's identity and deadline from the context of the port.
HttpCall callFor(const ports::CallContext &context, const char *method, QByteArray path);

} // namespace remote
