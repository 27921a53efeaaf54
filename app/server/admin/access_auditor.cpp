#include "app/server/admin/access_auditor.h"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace server {

struct AccessAuditor::State : std::enable_shared_from_this<State> {
    struct Entry {
        ports::CallContext context;
        ports::AdminAccess access;
    };

    State(ports::AccessService &service, int most) : access(service), capacity(static_cast<size_t>(most)) {}

    void writeNext()
    {
        Entry entry;
        {
            const std::lock_guard lock(mutex);
            if (writing || queue.empty())
                return;
            writing = true;
            entry = std::move(queue.front());
            queue.pop_front();
        }
        auto self = shared_from_this();
        access.recordAccess(std::move(entry.context), std::move(entry.access))
            .then(QtFuture::Launch::Sync,
                  [self](const domain::Result<domain::Done> &result) { self->finished(result.ok()); })
            .onCanceled([self] { self->finished(false); });
    }

    void finished(bool stored)
    {
        {
            const std::lock_guard lock(mutex);
            ++(stored ? written : failed);
            writing = false;
            if (queue.empty())
                idle.notify_all();
        }
        writeNext();
    }

    ports::AccessService &access;
    const size_t capacity;
    mutable std::mutex mutex;
    std::condition_variable idle;
    std::deque<Entry> queue;
    bool writing = false;
    qint64 written = 0, failed = 0, dropped = 0;
};

AccessAuditor::AccessAuditor(ports::AccessService &access, int capacity)
    : m_state(std::make_shared<State>(access, capacity))
{
}

AccessAuditor::~AccessAuditor() = default;

void AccessAuditor::record(ports::CallContext context, ports::AdminAccess access)
{
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->queue.size() >= m_state->capacity) {
            ++m_state->dropped;
            return;
        }
        m_state->queue.push_back({std::move(context), std::move(access)});
    }
    m_state->writeNext();
}

bool AccessAuditor::drain(std::chrono::milliseconds atMost)
{
    std::unique_lock lock(m_state->mutex);
    return m_state->idle.wait_for(lock, atMost, [this] { return m_state->queue.empty() && !m_state->writing; });
}

AccessAuditFigures AccessAuditor::figures() const
{
    const std::lock_guard lock(m_state->mutex);
    return {m_state->written, m_state->failed, m_state->dropped,
            static_cast<int>(m_state->queue.size()) + (m_state->writing ? 1 : 0)};
}

} // namespace server
