#pragma once
#include "services/usecases/env.h"

/// The audit row of a customer export; the rows themselves come page by page from listCustomers().
namespace usecases {

/// ViewCustomers and ExportData, and a session that may write; errors as ports::CustomerService::recordExport() says.
domain::Result<domain::Done> recordCustomerExport(const Env &env, const ports::CustomerFilter &filter, qint64 rows,
                                                  const QString &format);

/// `text=acme; tier=hobby,pro`, in a fixed order; `all` for an empty filter.
QString describeCustomerFilter(const ports::CustomerFilter &filter);

} // namespace usecases
