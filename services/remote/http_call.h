#pragma once
#include "models/domain/result.h"
#include "services/ports/call_context.h"
#include "services/wire/json_reader.h"
#include "services/wire/query_codec.h"

#include <QByteArray>

#include <functional>

namespace remote {

enum class Transfer {
    Call,
    Download, ///< an export: any size, at the receiver's pace
    LiveFeed, ///< server-sent events
};

/// One request to the host.
struct HttpCall {
    QByteArray method = QByteArrayLiteral("GET");
    QByteArray path; ///< below the admin mount point when `admin`, else below the base address
    wire::QueryItems query;
    QByteArray body; ///< JSON; sent with POST
    QString requestId;
    QDateTime deadline; ///< UTC; invalid = RemoteConfig::defaultDeadline
    bool admin = true;
    qint64 maxBytes = wire::maxBodyBytes; ///< of the answer; more is Unavailable `response_too_large`
    QByteArray accept = QByteArrayLiteral("application/json");
    Transfer transfer = Transfer::Call;
};

/// Only 2xx; everything else is an Error.
struct HttpAnswer {
    int status = 0;
    QByteArray body;
};

using HttpDone = std::function<void(domain::Result<HttpAnswer>)>;

} // namespace remote
