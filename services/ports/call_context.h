#pragma once
#include "models/domain/principal.h"

#include <QDateTime>
#include <QString>

namespace ports {

/// Travels with every call of a port.
struct CallContext {
    domain::Principal principal; ///< ignored by the remote implementation: there the host knows the caller by its token
    QString requestId;           ///< ends in logs and error bodies; 1–64 characters of [A-Za-z0-9._-]
    QDateTime deadline;          ///< UTC; invalid = the implementation's default (30 s). Past it: ErrorCode::Timeout
    QString origin;              ///< `desktop`, `api`, `cli`
};

} // namespace ports
