#pragma once
#include "services/ports/access_service.h"

#include <chrono>
#include <memory>

namespace server {

struct AccessAuditFigures {
    qint64 written = 0;
    qint64 failed = 0;  ///< the core refused or could not store it
    qint64 dropped = 0; ///< the queue was full
    int waiting = 0;    ///< queued or being written
};

/// Writes the access audit behind the answers (spec 01 §2.1 layer D): one row at a time, so that a burst of reads does
/// not crowd out the database's writer, from a bounded queue. A failure never reaches a response; it is counted.
/// Thread-safe. The AccessService outlives it.
class AccessAuditor {
public:
    explicit AccessAuditor(ports::AccessService &access, int capacity = 1024);
    ~AccessAuditor();
    AccessAuditor(const AccessAuditor &) = delete;
    AccessAuditor &operator=(const AccessAuditor &) = delete;

    /// Never blocks.
    void record(ports::CallContext context, ports::AdminAccess access);
    /// For the shutdown, once no request is left: waits until everything queued is stored or failed; false when that
    /// takes longer. Not for an I/O thread.
    bool drain(std::chrono::milliseconds atMost);
    AccessAuditFigures figures() const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace server
