#include "app/server/http/stream_writer.h"

#include "app/server/http/shard.h"

namespace server {

namespace {

constexpr qsizetype highWater = 256 * 1024;

} // namespace

/// The wake runs unlocked: it may come back into take() on this very thread.
void QueuedWriter::wakeLocked(std::unique_lock<std::mutex> &lock)
{
    if (m_wakeUnderWay || m_sending > 0)
        return;
    m_wakeUnderWay = true;
    const std::function<void()> wake = m_wake;
    lock.unlock();
    wake();
}

bool QueuedWriter::push(QByteArray chunk, bool wait)
{
    std::unique_lock lock(m_mutex);
    if (wait)
        m_room.wait(lock, [this] { return m_gone || m_end != End::Open || m_queued + m_sending < highWater; });
    if (m_gone || m_end != End::Open || m_queued + m_sending >= highWater)
        return false;
    if (chunk.isEmpty())
        return true;
    m_queued += chunk.size();
    m_queue.push_back(std::move(chunk));
    wakeLocked(lock);
    return true;
}

bool QueuedWriter::write(QByteArray chunk)
{
    return push(std::move(chunk), !onIoThread());
}

bool QueuedWriter::offer(QByteArray chunk)
{
    return push(std::move(chunk), false);
}

void QueuedWriter::finish(End end)
{
    std::unique_lock lock(m_mutex);
    if (m_end != End::Open)
        return;
    m_end = end;
    m_notice = nullptr;
    m_room.notify_all();
    if (!m_gone)
        wakeLocked(lock);
}

void QueuedWriter::close()
{
    finish(End::Closed);
}

void QueuedWriter::abort()
{
    finish(End::Aborted);
}

bool QueuedWriter::gone() const
{
    const std::lock_guard lock(m_mutex);
    return m_gone;
}

void QueuedWriter::onGone(std::function<void()> notice)
{
    std::unique_lock lock(m_mutex);
    if (m_end != End::Open)
        return;
    if (!m_gone) {
        m_notice = std::move(notice);
        return;
    }
    lock.unlock();
    notice();
}

QueuedWriter::Batch QueuedWriter::take()
{
    const std::lock_guard lock(m_mutex);
    m_wakeUnderWay = false;
    Batch batch;
    batch.end = m_end;
    if (m_queue.size() == 1) {
        batch.bytes = std::move(m_queue.front());
    } else {
        batch.bytes.reserve(m_queued);
        for (const QByteArray &chunk : m_queue)
            batch.bytes += chunk;
    }
    m_queue.clear();
    m_queued = 0;
    m_sending = batch.bytes.size();
    return batch;
}

void QueuedWriter::sent()
{
    const std::lock_guard lock(m_mutex);
    m_sending = 0;
    m_room.notify_all();
}

void QueuedWriter::setGone()
{
    std::unique_lock lock(m_mutex);
    if (m_gone)
        return;
    m_gone = true;
    m_queue.clear();
    m_queued = 0;
    m_room.notify_all();
    const std::function<void()> notice = std::exchange(m_notice, nullptr);
    lock.unlock();
    if (notice)
        notice();
}

} // namespace server
