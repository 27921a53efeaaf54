#include "services/local/local_customer_service.h"

#include "services/usecases/change_tier.h"
#include "services/usecases/customer_export.h"
#include "services/usecases/customers.h"
#include "services/usecases/notes.h"

namespace local {

using domain::Done;
using domain::Result;
using ports::CallContext;
using storage::Access;
using usecases::Env;

QFuture<Result<ports::Page<ports::CustomerRow>>> LocalCustomerService::list(CallContext context,
                                                                            ports::CustomerQuery query)
{
    return m_runner.run<ports::Page<ports::CustomerRow>>(
        Access::Read, context, [query](const Env &env) { return usecases::listCustomers(env, query); });
}

QFuture<Result<ports::CustomerSums>> LocalCustomerService::sums(CallContext context, ports::CustomerFilter filter)
{
    return m_runner.run<ports::CustomerSums>(Access::Read, context,
                                             [filter](const Env &env) { return usecases::sumCustomers(env, filter); });
}

QFuture<Result<ports::CustomerDetail>> LocalCustomerService::detail(CallContext context, domain::TeamId team)
{
    return m_runner.run<ports::CustomerDetail>(Access::Read, context,
                                               [team](const Env &env) { return usecases::customerDetail(env, team); });
}

QFuture<Result<ports::TierChangePreview>> LocalCustomerService::previewTierChange(CallContext context,
                                                                                  ports::TierChange change)
{
    return m_runner.run<ports::TierChangePreview>(
        Access::Read, context, [change](const Env &env) { return usecases::previewTierChange(env, change); });
}

QFuture<Result<ports::TierChangeResult>> LocalCustomerService::changeTier(CallContext context, ports::TierChange change)
{
    return m_runner.run<ports::TierChangeResult>(
        Access::Write, context, [change](const Env &env) { return usecases::changeTier(env, change); });
}

QFuture<Result<QList<domain::Note>>> LocalCustomerService::notes(CallContext context, domain::TeamId team)
{
    return m_runner.run<QList<domain::Note>>(Access::Read, context,
                                             [team](const Env &env) { return usecases::newestNotes(env, team); });
}

QFuture<Result<domain::Note>> LocalCustomerService::addNote(CallContext context, domain::TeamId team, QString body)
{
    return m_runner.run<domain::Note>(Access::Write, context,
                                      [team, body](const Env &env) { return usecases::addNote(env, team, body); });
}

QFuture<Result<Done>> LocalCustomerService::deleteNote(CallContext context, domain::NoteId note)
{
    return m_runner.run<Done>(Access::Write, context,
                              [note](const Env &env) { return usecases::deleteNote(env, note); });
}

QFuture<Result<Done>> LocalCustomerService::recordExport(CallContext context, ports::CustomerFilter filter, qint64 rows,
                                                         QString format)
{
    return m_runner.run<Done>(Access::Write, context, [filter, rows, format](const Env &env) {
        return usecases::recordCustomerExport(env, filter, rows, format);
    });
}

} // namespace local
