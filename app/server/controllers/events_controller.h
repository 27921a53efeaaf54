#pragma once
#include "app/server/request.h"
#include "app/server/response.h"
#include "services/ports/change_feed.h"

#include <atomic>
#include <memory>

namespace server {

/// `/events`: the change feed as server-sent events. A client that reads too slowly is cut off, and every stream ends
/// with the first change after fifteen minutes, so that a revoked caller learns nothing more; clients reconnect and
/// refresh. Thread-safe; the feed outlives it.
class EventsController {
public:
    EventsController(ports::ChangeFeed &changes, int mostStreams);

    /// 503 `too_many_connections` over the limit.
    void stream(const Request &request, Responder responder) const;
    int openStreams() const { return m_open->load(); }

private:
    ports::ChangeFeed &m_changes;
    int m_mostStreams;
    std::shared_ptr<std::atomic<int>> m_open;
};

} // namespace server
