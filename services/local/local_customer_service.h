#pragma once
#include "services/local/local_runner.h"
#include "services/ports/customer_service.h"

namespace local {

class LocalCustomerService final : public ports::CustomerService {
public:
    explicit LocalCustomerService(const LocalRunner &runner) : m_runner(runner) {}

    QFuture<domain::Result<ports::Page<ports::CustomerRow>>> list(ports::CallContext context,
                                                                  ports::CustomerQuery query) override;
    QFuture<domain::Result<ports::CustomerSums>> sums(ports::CallContext context,
                                                      ports::CustomerFilter filter) override;
    QFuture<domain::Result<ports::CustomerDetail>> detail(ports::CallContext context, domain::TeamId team) override;
    QFuture<domain::Result<ports::TierChangePreview>> previewTierChange(ports::CallContext context,
                                                                        ports::TierChange change) override;
    QFuture<domain::Result<ports::TierChangeResult>> changeTier(ports::CallContext context,
                                                                ports::TierChange change) override;
    QFuture<domain::Result<QList<domain::Note>>> notes(ports::CallContext context, domain::TeamId team) override;
    QFuture<domain::Result<domain::Note>> addNote(ports::CallContext context, domain::TeamId team,
                                                  QString body) override;
    QFuture<domain::Result<domain::Done>> deleteNote(ports::CallContext context, domain::NoteId note) override;
    QFuture<domain::Result<domain::Done>> recordExport(ports::CallContext context, ports::CustomerFilter filter,
                                                       qint64 rows, QString format) override;

private:
    const LocalRunner &m_runner;
};

} // namespace local
