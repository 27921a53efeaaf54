#pragma once
#include "tests/support/mail_seed.h"

namespace test {

/// Believable traffic of a month for pictures and for what needs numbers: about 3 600 messages of a few templates to a
/// few domains of the data set's teams, well delivered but for one domain that blocks everything since 50 hours ago;
/// deferrals, bounces, unknowns, suppressions, a few that wait.
MailSeed mailTraffic(const Dataset &data);

namespace traffic {
inline const QString blockingDomain = QStringLiteral("outlook.example");
inline constexpr int blockingHours = 50;
} // namespace traffic

} // namespace test
