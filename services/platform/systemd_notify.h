#pragma once
#include <QByteArray>
#include <QProcessEnvironment>

namespace platform {

/// Tells the service manager how we are (sd_notify protocol), without libsystemd. Every call is a no-op without
/// NOTIFY_SOCKET. Thread-safe, does not block.
class SystemdNotifier {
public:
    static SystemdNotifier fromEnvironment(const QProcessEnvironment &environment);

    bool isActive() const { return !m_socket.isEmpty(); }
    /// False when nobody listens on the socket. True without a service manager.
    bool ready() const { return send("READY=1"); }
    bool stopping() const { return send("STOPPING=1"); }
    bool watchdog() const { return send("WATCHDOG=1"); }
    bool status(const QByteArray &text) const { return send("STATUS=" + text); }
    /// How often watchdog() must be called: half of WATCHDOG_USEC; 0 = no watchdog wanted of this process.
    int watchdogIntervalMs() const { return m_watchdogMs; }

private:
    bool send(const QByteArray &message) const;
    QByteArray m_socket; ///< a path, or '@name' for the abstract namespace
    int m_watchdogMs = 0;
};

} // namespace platform
