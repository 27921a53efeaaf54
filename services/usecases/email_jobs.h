#pragma once
#include <QLatin1StringView>

/// The names under which the periodic work of mail keeps its cursor, lease and requests. One spelling for the jobs, the
/// storage and the use cases.
namespace usecases {

inline constexpr QLatin1StringView forwarderJob("event_email_forwarder"); ///< spec 02 §3.1
inline constexpr QLatin1StringView gapRepairJob("email_gap_repair");

} // namespace usecases
