#include "app/server/health/delay_queue.h"

namespace server {

void DelayQueue::after(std::chrono::milliseconds delay, std::function<void()> run)
{
    const std::lock_guard lock(m_mutex);
    if (m_stopped)
        return;
    m_queue.emplace(std::chrono::steady_clock::now() + delay, std::move(run));
    if (!m_thread.joinable())
        m_thread = std::thread([this] { work(); });
    m_wake.notify_one();
}

void DelayQueue::work()
{
    std::unique_lock lock(m_mutex);
    while (!m_stopped) {
        if (m_queue.empty()) {
            m_wake.wait(lock);
            continue;
        }
        const auto due = m_queue.begin()->first;
        if (std::chrono::steady_clock::now() < due) {
            m_wake.wait_until(lock, due);
            continue;
        }
        const std::function<void()> run = std::move(m_queue.extract(m_queue.begin()).mapped());
        lock.unlock();
        run();
        lock.lock();
    }
}

void DelayQueue::stop()
{
    std::unique_lock lock(m_mutex);
    m_stopped = true;
    m_queue.clear();
    m_wake.notify_all();
    std::thread thread = std::move(m_thread);
    lock.unlock();
    if (thread.joinable())
        thread.join();
}

} // namespace server
