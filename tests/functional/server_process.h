#pragma once
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QTemporaryDir>

namespace functional {

/// Runs the built binary to its end and keeps what it said.
struct CommandResult {
    int exitCode = -1;
    QString out, err;
};
CommandResult runBinary(const QStringList &arguments, const QProcessEnvironment &environment);

/// An environment with a private home, no display and nothing of the caller's configuration.
QProcessEnvironment cleanEnvironment(const QString &home);

/// The headless server as a process of its own, on a free port.
class ServerProcess {
public:
    ServerProcess(QProcessEnvironment environment) : m_environment(std::move(environment)) {}
    ~ServerProcess();

    /// Waits until the server says where it listens; false with log() otherwise.
    bool start(const QStringList &extraArguments = {});
    quint16 port() const { return m_port; }
    qint64 processId() const { return m_process.processId(); }
    void killHard();
    /// SIGTERM, then waits for the end; the exit code, −1 if it had to be killed.
    int terminate();
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    QByteArray log() const { return m_log; }

private:
    QProcessEnvironment m_environment;
    QProcess m_process;
    QByteArray m_log;
    quint16 m_port = 0;
};

} // namespace functional
