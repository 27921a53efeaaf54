#pragma once
#include "app/server/response.h"

#include <condition_variable>
#include <memory>
#include <mutex>

namespace server {

/// Joins the worker that produces an export with the connection that takes it. The answer's head is sent with the first
/// piece; write() then waits for the connection (back-pressure) on the worker's thread. Thread-safe.
class ExportPipe : public std::enable_shared_from_this<ExportPipe> {
public:
    ExportPipe(Responder responder, QByteArray contentType, QByteArray fileName);

    /// False: the client is gone (or only wanted the head), stop producing.
    bool write(const QByteArray &piece);
    void finish(); ///< proper end; an export without a piece answers with an empty body
    void fail();   ///< ends a begun stream visibly broken; before the head it does nothing

private:
    struct OpenGuard;
    void sendHead();
    void opened(std::shared_ptr<StreamWriter> writer);
    void neverOpened();
    std::shared_ptr<StreamWriter> waitForWriter();

    Responder m_responder;
    QByteArray m_contentType, m_fileName;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::shared_ptr<StreamWriter> m_writer;
    bool m_headSent = false, m_dead = false;
};

} // namespace server
