#include "services/platform/systemd_notify.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>

namespace platform {
namespace {

int watchdogOf(const QProcessEnvironment &environment)
{
    const QString pid = environment.value(QStringLiteral("WATCHDOG_PID"));
    if (!pid.isEmpty() && pid.toLongLong() != ::getpid())
        return 0;
    bool ok = false;
    const qint64 microseconds = environment.value(QStringLiteral("WATCHDOG_USEC")).toLongLong(&ok);
    constexpr qint64 longest = 24LL * 3600 * 1'000'000;
    if (!ok || microseconds <= 0)
        return 0;
    return static_cast<int>(std::max<qint64>(1, std::min(microseconds, longest) / 2000));
}

} // namespace

SystemdNotifier SystemdNotifier::fromEnvironment(const QProcessEnvironment &environment)
{
    SystemdNotifier notifier;
    const QByteArray socket = environment.value(QStringLiteral("NOTIFY_SOCKET")).toLocal8Bit();
    if (socket.size() >= 2 && (socket.startsWith('/') || socket.startsWith('@')))
        notifier.m_socket = socket;
    notifier.m_watchdogMs = notifier.isActive() ? watchdogOf(environment) : 0;
    return notifier;
}

bool SystemdNotifier::send(const QByteArray &message) const
{
    if (!isActive())
        return true;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const size_t length = static_cast<size_t>(m_socket.size());
    if (length >= sizeof(address.sun_path))
        return false;
    std::copy(m_socket.begin(), m_socket.end(), address.sun_path);
    // An abstract name starts with a NUL byte, written as '@' in the variable, and has no terminator.
    if (m_socket.startsWith('@'))
        address.sun_path[0] = '\0';
    const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0)
        return false;
    const ssize_t sent = ::sendto(descriptor, message.constData(), static_cast<size_t>(message.size()), MSG_NOSIGNAL,
                                  reinterpret_cast<const sockaddr *>(&address),
                                  static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length));
    ::close(descriptor);
    return sent == message.size();
}

} // namespace platform
