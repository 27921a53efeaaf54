#pragma once
#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <utility>

namespace ports {

/// Runs fn(result) on the context's thread once the future has finished; nothing runs if the context died first.
/// Use instead of QFuture::then(context, …), which aborts in that case on Qt 6.4.2. A future that was cancelled before
/// it had a result does not call fn. Call from the context's thread.
template <typename T, typename F>
void whenDone(QFuture<T> future, QObject *context, F fn)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, fn = std::move(fn)]() mutable {
        watcher->deleteLater();
        const QFuture<T> done = watcher->future();
        if (done.resultCount() > 0)
            fn(done.resultAt(0));
    });
    watcher->setFuture(std::move(future));
}

/// A future that is already finished.
template <typename T>
QFuture<T> ready(T value)
{
    QPromise<T> promise;
    promise.start();
    QFuture<T> future = promise.future();
    promise.addResult(std::move(value));
    promise.finish();
    return future;
}

} // namespace ports
