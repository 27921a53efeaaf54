#include "app/server/health/migration_cache.h"

#include <utility>

namespace server {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds firstAnswerWithin{1000};

} // namespace

struct MigrationCache::State {
    mutable std::mutex mutex;
    std::function<void(std::function<void(MigrationState)>)> source;
    std::chrono::milliseconds ttl{};
    MigrationState value;
    bool everAnswered = false;
    bool fetching = false;
    Clock::time_point freshUntil{};
    std::vector<Answer> waiting;

    void release(bool answered, const MigrationState &fetched)
    {
        std::unique_lock lock(mutex);
        if (answered) {
            fetching = false;
            everAnswered = true;
            freshUntil = Clock::now() + ttl;
            if (fetched.known || !value.known)
                value = fetched;
            value.known = fetched.known;
        }
        const std::vector<Answer> ready = std::exchange(waiting, {});
        const MigrationState state = value;
        lock.unlock();
        for (const Answer &answer : ready)
            answer(state);
    }
};

MigrationCache::MigrationCache(std::function<void(std::function<void(MigrationState)>)> source,
                               std::chrono::milliseconds ttl)
    : m_state(std::make_shared<State>())
{
    m_state->source = std::move(source);
    m_state->ttl = ttl;
}

MigrationCache::~MigrationCache() = default;

void MigrationCache::fetch(const std::shared_ptr<State> &state)
{
    if (!state->source) {
        state->release(true, MigrationState{});
        return;
    }
    try {
        state->source([state](const MigrationState &fetched) { state->release(true, fetched); });
    } catch (...) {
        state->release(true, MigrationState{});
    }
}

void MigrationCache::get(Answer answer)
{
    bool start = false;
    {
        std::unique_lock lock(m_state->mutex);
        start = !m_state->fetching && Clock::now() >= m_state->freshUntil;
        m_state->fetching = m_state->fetching || start;
        if (m_state->everAnswered) {
            const MigrationState state = m_state->value;
            lock.unlock();
            answer(state);
        } else {
            m_state->waiting.push_back(std::move(answer));
            lock.unlock();
            m_timers.after(firstAnswerWithin, [weak = std::weak_ptr(m_state)] {
                if (const auto state = weak.lock())
                    state->release(false, {});
            });
        }
    }
    if (start)
        fetch(m_state);
}

} // namespace server
