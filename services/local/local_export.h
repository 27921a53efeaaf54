#pragma once
#include "services/local/local_runner.h"
#include "services/ports/audit_service.h"

#include <QPromise>

namespace local {

/// An export in two jobs, so that a long one never holds a writer: open(env) records it, stream(env, sink) gives the
/// rows. Cancelling the future stops it.
template <typename Open, typename Stream>
QFuture<domain::Result<ports::ExportSummary>> runExport(const LocalRunner &runner, const ports::CallContext &context,
                                                        ports::ExportSink sink, Open open, Stream stream)
{
    using Answer = domain::Result<ports::ExportSummary>;
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    const auto answer = [promise](Answer result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    const ports::ExportSink stoppable = [promise, sink = std::move(sink)](const QByteArray &piece) {
        return !promise->isCanceled() && sink(piece);
    };
    runner.run<domain::Done>(storage::Access::Write, context, std::move(open))
        .then(QtFuture::Launch::Sync,
              [&runner, context, stoppable, answer, stream](const domain::Result<domain::Done> &opened) {
                  if (!opened) {
                      answer(opened.error());
                      return;
                  }
                  runner
                      .run<ports::ExportSummary>(
                          storage::Access::Read, context,
                          [stoppable, stream](const usecases::Env &env) { return stream(env, stoppable); })
                      .then(QtFuture::Launch::Sync, answer);
              });
    return promise->future();
}

} // namespace local
