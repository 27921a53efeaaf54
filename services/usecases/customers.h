#pragma once
#include "services/usecases/env.h"

namespace usecases {

/// ViewCustomers; errors as ports::CustomerService says, and `invalid_offset`, `invalid_text`.
domain::Result<ports::Page<ports::CustomerRow>> listCustomers(const Env &env, ports::CustomerQuery query);
domain::Result<ports::CustomerSums> sumCustomers(const Env &env, ports::CustomerFilter filter);
/// Row, users, resources, usage against the plan, deployments, newest audit rows (spec 01 §2.5).
domain::Result<ports::CustomerDetail> customerDetail(const Env &env, domain::TeamId team);

/// Trimmed text, tiers in lower case, sorted and once each. `invalid_text`.
domain::Result<ports::CustomerFilter> normalisedCustomerFilter(ports::CustomerFilter filter);

/// Usage of every resource type against a tier's limits: the known types by name, then unknown stored ones.
QList<ports::ResourceUsage> usageAgainst(const domain::PlanRegistry &plans, const QString &tier,
                                         const QList<ports::ResourceUsage> &used);
/// Sum of the limits of the storage-like types in `types`; −1 when one of them is unlimited. Webhooks count requests,
/// so they take no part (spec 01 §1.1).
qint64 storageLimitOf(const domain::PlanRegistry &plans, const QString &tier, const QStringList &types);

} // namespace usecases
