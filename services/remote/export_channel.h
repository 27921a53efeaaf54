#pragma once
#include "models/domain/result.h"

#include <QByteArray>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace remote {

/// Between the network thread that receives an export and the worker that hands it to the sink. Bounded: the network
/// side stops reading from the socket while it is full, and the host feels it. Thread-safe.
class ExportChannel {
public:
    static constexpr qsizetype capacityBytes = 1024 * 1024;

    bool full() const;
    bool closed() const;
    void push(QByteArray piece);
    /// The first end counts: Done when everything arrived, else why not.
    void close(domain::Result<domain::Done> end);

    /// Waits for the next piece; nullopt when the channel is closed and empty, or failed.
    std::optional<QByteArray> pop();
    domain::Result<domain::Done> end() const; ///< precondition: pop() gave nullopt

    /// Network thread only: what resume() calls there to go on reading; cleared by its owner.
    std::function<void()> onResume;

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<QByteArray> m_pieces;
    qsizetype m_bytes = 0;
    std::optional<domain::Result<domain::Done>> m_end;
};

} // namespace remote
