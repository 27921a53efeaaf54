#include "services/remote/export_channel.h"

namespace remote {

bool ExportChannel::full() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes >= capacityBytes;
}

bool ExportChannel::closed() const
{
    const std::lock_guard lock(m_mutex);
    return m_end.has_value();
}

void ExportChannel::push(QByteArray piece)
{
    const std::lock_guard lock(m_mutex);
    if (m_end)
        return;
    m_bytes += piece.size();
    m_pieces.push_back(std::move(piece));
    m_changed.notify_all();
}

void ExportChannel::close(domain::Result<domain::Done> end)
{
    const std::lock_guard lock(m_mutex);
    if (!m_end)
        m_end = std::move(end);
    m_changed.notify_all();
}

std::optional<QByteArray> ExportChannel::pop()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_end || !m_pieces.empty(); });
    const bool failed = m_end && !m_end->ok();
    if (failed || m_pieces.empty())
        return std::nullopt;
    QByteArray piece = std::move(m_pieces.front());
    m_pieces.pop_front();
    m_bytes -= piece.size();
    return piece;
}

domain::Result<domain::Done> ExportChannel::end() const
{
    const std::lock_guard lock(m_mutex);
    return *m_end;
}

} // namespace remote
