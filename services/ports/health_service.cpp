#include "services/ports/health_service.h"

namespace ports {

QString checkStatusName(CheckStatus status)
{
    switch (status) {
    case CheckStatus::Ok:
        return QStringLiteral("ok");
    case CheckStatus::Degraded:
        return QStringLiteral("degraded");
    case CheckStatus::Failed:
        return QStringLiteral("failed");
    }
    return {};
}

} // namespace ports
