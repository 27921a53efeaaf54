#pragma once
#include "services/ports/health_service.h"

namespace wire {

QByteArray encodeHealth(const ports::HealthReport &report); ///< `{ok, health}`
domain::Result<ports::HealthReport> decodeHealth(const QByteArray &body);

std::optional<ports::CheckStatus> parseCheckStatus(QStringView name);

} // namespace wire
