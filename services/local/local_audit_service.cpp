#include "services/local/local_audit_service.h"

#include "services/usecases/audit_export.h"
#include "services/usecases/audit_search.h"

#include <QPromise>

namespace local {

using domain::Done;
using domain::Result;
using ports::CallContext;
using ports::ExportSummary;
using storage::Access;
using usecases::Env;

QFuture<Result<ports::Page<domain::AuditEntry>>> LocalAuditService::search(CallContext context, ports::AuditQuery query)
{
    return m_runner.run<ports::Page<domain::AuditEntry>>(
        Access::Read, context, [query](const Env &env) { return usecases::searchAudit(env, query); });
}

QFuture<Result<ExportSummary>> LocalAuditService::exportRows(CallContext context, ports::AuditFilter filter,
                                                             ports::ExportFormat format, ports::ExportSink sink)
{
    auto promise = std::make_shared<QPromise<Result<ExportSummary>>>();
    promise->start();
    const auto answer = [promise](Result<ExportSummary> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    const ports::ExportSink stoppable = [promise, sink = std::move(sink)](const QByteArray &piece) {
        return !promise->isCanceled() && sink(piece);
    };
    m_runner
        .run<Done>(Access::Write, context,
                   [filter, format](const Env &env) { return usecases::openAuditExport(env, filter, format); })
        .then(QtFuture::Launch::Sync,
              [&runner = m_runner, context, filter, format, stoppable, answer](const Result<Done> &opened) {
                  if (!opened) {
                      answer(opened.error());
                      return;
                  }
                  runner
                      .run<ExportSummary>(Access::Read, context,
                                          [filter, format, stoppable](const Env &env) {
                                              return usecases::streamAudit(env, filter, format, stoppable);
                                          })
                      .then(QtFuture::Launch::Sync, answer);
              });
    return promise->future();
}

} // namespace local
