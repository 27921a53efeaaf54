#pragma once
#include "app/server/response.h"

#include <QByteArray>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace server {

/// The queue between a producer on any thread and the connection that sends. The connection takes what is queued,
/// and reports when it is sent; the writer wakes it through `wake` (at most one wake is under way).
class QueuedWriter final : public StreamWriter {
public:
    enum class End { Open, Closed, Aborted };
    struct Batch {
        QByteArray bytes; ///< everything queued, as one chunk
        End end = End::Open;
    };

    explicit QueuedWriter(std::function<void()> wake) : m_wake(std::move(wake)) {}
    ~QueuedWriter() override = default;

    bool write(QByteArray chunk) override;
    bool offer(QByteArray chunk) override;
    void close() override;
    void abort() override;
    bool gone() const override;
    void onGone(std::function<void()> notice) override;

    Batch take();   ///< by the connection; counts as unsent until sent()
    void sent();    ///< what take() gave is out: producers may go on
    void setGone(); ///< the client left; wakes and tells the producer

private:
    bool push(QByteArray chunk, bool wait);
    void finish(End end);
    void wakeLocked(std::unique_lock<std::mutex> &lock);

    mutable std::mutex m_mutex;
    std::condition_variable m_room;
    std::function<void()> m_wake;
    std::function<void()> m_notice;
    std::deque<QByteArray> m_queue;
    qsizetype m_queued = 0;
    qsizetype m_sending = 0;
    bool m_wakeUnderWay = false;
    bool m_gone = false;
    End m_end = End::Open;
};

/// What handlers hold: when the last copy dies without close(), the answer is aborted.
class OwnedWriter final : public StreamWriter {
public:
    explicit OwnedWriter(std::shared_ptr<QueuedWriter> writer) : m_writer(std::move(writer)) {}
    ~OwnedWriter() override { m_writer->abort(); }
    bool write(QByteArray chunk) override { return m_writer->write(std::move(chunk)); }
    bool offer(QByteArray chunk) override { return m_writer->offer(std::move(chunk)); }
    void close() override { m_writer->close(); }
    void abort() override { m_writer->abort(); }
    bool gone() const override { return m_writer->gone(); }
    void onGone(std::function<void()> notice) override { m_writer->onGone(std::move(notice)); }

private:
    std::shared_ptr<QueuedWriter> m_writer;
};

} // namespace server
