#pragma once
#include "models/domain/audit.h"
#include "models/domain/mail_template.h"

#include <QString>
#include <QStringList>

#include <optional>

/// From an audit entry of a mailed kind to what its mail says (spec 02 §3.6). The names of the params are those of that
/// table; their values are ready for a person: times in UTC words, tiers and resource types by their names, amounts
/// with their currency, internal names by a fixed vocabulary in which unknown ones are left out. Beside them stand a
/// few that texts need: `stage_prefix`, `time_left`, `time_to_healthy`, `pending_for`, `active_resources`, `quiet_for`,
/// `offer`, `offer_cap`.
namespace usecases {

inline constexpr QLatin1StringView defaultDashboardUrl("https://instanode.dev");

/// Where the links of a mail lead: the configured address without trailing slashes if it is an http(s) address, else
/// the default.
QString dashboardUrlOr(const QString &configured);

/// Every kind with a builder, in the order of the kind table.
QStringList mailBuilderKinds();

/// What the builder of a kind can give; both empty: no builder.
struct MailParamNames {
    QStringList all;    ///< the base params `team_id`, `summary`, `dashboard_url` included
    QStringList always; ///< those that are there whatever the entry holds
};
MailParamNames mailParamNames(QStringView kind);

/// nullopt: the kind has no builder. Missing or malformed metadata is no reason for that: the mail then says less. Each
/// value is one line of at most 300 characters, addresses excepted. `deploy_name` is never set: the id of an app is no
/// name. Pure.
std::optional<domain::MailParams> buildMailParams(const domain::AuditEntry &entry,
                                                  const QString &dashboardUrl = defaultDashboardUrl);

} // namespace usecases
