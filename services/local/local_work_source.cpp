#include "services/local/local_work_source.h"

namespace local {

using domain::Done;
using domain::Result;
using usecases::Env;

namespace {

Result<Done> waitFor(QFuture<Result<Done>> future)
{
    future.waitForFinished();
    return future.resultCount() > 0 ? future.resultAt(0)
                                    : Result<Done>(domain::unavailable(QStringLiteral("shutting_down")));
}

} // namespace

Result<Done> LocalWorkSource::read(const std::function<Result<Done>(const Env &)> &body)
{
    return waitFor(m_runner.run<Done>(storage::Access::Read, {}, body));
}

Result<Done> LocalWorkSource::write(const std::function<Result<Done>(const Env &)> &body)
{
    return waitFor(m_runner.run<Done>(storage::Access::Write, {}, body));
}

} // namespace local
