#include "app/server/controllers/export_pipe.h"

namespace server {

/// Lives in the stream's start function: when that is dropped without having run (client gone, HEAD), nobody waits on.
struct ExportPipe::OpenGuard {
    explicit OpenGuard(std::shared_ptr<ExportPipe> owner) : pipe(std::move(owner)) {}
    ~OpenGuard() { pipe->neverOpened(); }
    OpenGuard(const OpenGuard &) = delete;
    OpenGuard &operator=(const OpenGuard &) = delete;

    std::shared_ptr<ExportPipe> pipe;
};

ExportPipe::ExportPipe(Responder responder, QByteArray contentType, QByteArray fileName)
    : m_responder(std::move(responder))
    , m_contentType(std::move(contentType))
    , m_fileName(std::move(fileName))
{
}

bool ExportPipe::write(const QByteArray &piece)
{
    const std::shared_ptr<StreamWriter> writer = waitForWriter();
    return writer && writer->write(piece);
}

void ExportPipe::finish()
{
    if (const std::shared_ptr<StreamWriter> writer = waitForWriter())
        writer->close();
}

void ExportPipe::fail()
{
    std::shared_ptr<StreamWriter> writer;
    {
        const std::lock_guard lock(m_mutex);
        writer = m_writer;
        m_dead = true;
    }
    if (writer)
        writer->abort();
}

void ExportPipe::sendHead()
{
    StreamBody body;
    body.kind = StreamKind::Download;
    body.start = [guard = std::make_shared<OpenGuard>(shared_from_this())](std::shared_ptr<StreamWriter> writer) {
        guard->pipe->opened(std::move(writer));
    };
    m_responder(Response::streaming(m_contentType, std::move(body))
                    .withHeader("Cache-Control", "no-store")
                    .withHeader("Content-Disposition", "attachment; filename=\"" + m_fileName + '"'));
}

void ExportPipe::opened(std::shared_ptr<StreamWriter> writer)
{
    const std::lock_guard lock(m_mutex);
    m_writer = std::move(writer);
    m_changed.notify_all();
}

void ExportPipe::neverOpened()
{
    const std::lock_guard lock(m_mutex);
    if (!m_writer)
        m_dead = true;
    m_changed.notify_all();
}

std::shared_ptr<StreamWriter> ExportPipe::waitForWriter()
{
    std::unique_lock lock(m_mutex);
    if (!m_headSent && !m_dead) {
        m_headSent = true;
        lock.unlock();
        sendHead();
        lock.lock();
    }
    m_changed.wait(lock, [this] { return m_writer || m_dead; });
    return m_dead ? nullptr : m_writer;
}

} // namespace server
