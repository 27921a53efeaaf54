#pragma once
#include "app/server/health/delay_queue.h"
#include "app/server/health/health_routes.h"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace server {

/// The migration figures of /healthz, asked at most once per `ttl`. Who asks before the first answer waits for it, at
/// most a second; afterwards the last known state is given at once while a new one is fetched. Never fails.
/// Thread-safe.
class MigrationCache {
public:
    using Answer = std::function<void(const MigrationState &)>;

    MigrationCache(std::function<void(std::function<void(MigrationState)>)> source, std::chrono::milliseconds ttl);
    ~MigrationCache();

    void get(Answer answer);

private:
    struct State;
    static void fetch(const std::shared_ptr<State> &state);
    std::shared_ptr<State> m_state;
    DelayQueue m_timers;
};

} // namespace server
