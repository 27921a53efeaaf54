#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace server {

/// Runs functions after a delay on one own thread, which exists only once something was queued. Thread-safe.
/// The functions must not block.
class DelayQueue {
public:
    DelayQueue() = default;
    ~DelayQueue() { stop(); }
    DelayQueue(const DelayQueue &) = delete;
    DelayQueue &operator=(const DelayQueue &) = delete;

    void after(std::chrono::milliseconds delay, std::function<void()> run);
    /// Forgets what is queued and joins the thread; not from a function that it runs.
    void stop();

private:
    void work();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::multimap<std::chrono::steady_clock::time_point, std::function<void()>> m_queue;
    std::thread m_thread;
    bool m_stopped = false;
};

} // namespace server
