#include "tests/benchmark/http_load.h"

#include "tests/benchmark/report.h"

#include <QList>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace bench {

namespace {

class Socket {
public:
    Socket() = default;
    ~Socket()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Q_DISABLE_COPY_MOVE(Socket)

    bool connectTo(quint16 port)
    {
        m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        return ::connect(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    }
    bool send(const QByteArray &bytes) const
    {
        return ::send(m_fd, bytes.constData(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL) == bytes.size();
    }
    /// Appends what there is; false at the end or on an error.
    bool receive(QByteArray &into) const
    {
        std::array<char, 16384> buffer;
        const ssize_t got = ::recv(m_fd, buffer.data(), buffer.size(), 0);
        if (got <= 0)
            return false;
        into.append(buffer.data(), got);
        return true;
    }
    int fd() const { return m_fd; }

private:
    int m_fd = -1;
};

struct Answer {
    int status = 0;
    qsizetype headBytes = 0, totalBytes = 0;
};

/// Complete answers with Content-Length only; status 0 while more is needed.
Answer parse(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return {};
    const QByteArray head = bytes.left(end).toLower();
    const qsizetype at = head.indexOf("\r\ncontent-length:");
    if (at < 0)
        return {};
    const qsizetype from = at + 17;
    const qsizetype to = head.indexOf('\r', from);
    Answer answer;
    answer.headBytes = end + 4;
    answer.totalBytes = answer.headBytes + head.mid(from, to < 0 ? -1 : to - from).trimmed().toLongLong();
    if (bytes.size() >= answer.totalBytes)
        answer.status = bytes.mid(9, 3).toInt();
    return answer;
}

QByteArray requestFor(const QByteArray &path)
{
    return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n";
}

QByteArray fetch(quint16 port, const QByteArray &path, Answer &answer)
{
    Socket socket;
    QByteArray bytes;
    if (!socket.connectTo(port) || !socket.send(requestFor(path)))
        return {};
    while (answer.status == 0 && socket.receive(bytes))
        answer = parse(bytes);
    return bytes.mid(answer.headBytes, answer.totalBytes - answer.headBytes);
}

} // namespace

int httpStatus(quint16 port, const QByteArray &path)
{
    Answer answer;
    fetch(port, path, answer);
    return answer.status;
}

QByteArray httpBody(quint16 port, const QByteArray &path)
{
    Answer answer;
    const QByteArray body = fetch(port, path, answer);
    return answer.status == 200 ? body : QByteArray();
}

LoadResult loadHttp(quint16 port, const QByteArray &path, int connections, double seconds)
{
    const QByteArray request = requestFor(path);
    std::vector<Socket> sockets(static_cast<size_t>(connections));
    std::vector<QByteArray> received(static_cast<size_t>(connections));
    const int poll = ::epoll_create1(EPOLL_CLOEXEC);
    if (poll < 0)
        throw std::runtime_error("epoll_create1 failed");
    LoadResult result;
    int open = 0;
    for (size_t i = 0; i < sockets.size(); ++i) {
        if (!sockets[i].connectTo(port) || !sockets[i].send(request)) {
            ++result.failures;
            continue;
        }
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        ::epoll_ctl(poll, EPOLL_CTL_ADD, sockets[i].fd(), &event);
        ++open;
    }
    const Stopwatch watch;
    std::array<epoll_event, 256> events;
    while (open > 0 && watch.ms() < seconds * 1000) {
        const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 50);
        for (int e = 0; e < ready; ++e) {
            const auto i = static_cast<size_t>(events[static_cast<size_t>(e)].data.u64);
            const bool alive = sockets[i].receive(received[i]);
            const Answer answer = parse(received[i]);
            if (answer.status != 0) {
                answer.status == 200 ? ++result.requests : ++result.failures;
                received[i].remove(0, answer.totalBytes);
                if (alive && sockets[i].send(request))
                    continue;
            } else if (alive) {
                continue;
            }
            ++result.failures;
            ::epoll_ctl(poll, EPOLL_CTL_DEL, sockets[i].fd(), nullptr);
            --open;
        }
    }
    result.seconds = watch.ms() / 1000;
    ::close(poll);
    return result;
}

} // namespace bench
