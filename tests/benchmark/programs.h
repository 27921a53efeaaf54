#pragma once
#include "services/storage/connection.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QString>

#include <memory>

/// Child processes: the built binary as a headless server, and Node.
namespace bench {

/// A port of 127.0.0.1 that was free a moment ago.
quint16 freePort();

/// A program that serves HTTP on a port; ended with SIGTERM when the object goes.
class ServerProcess {
public:
    /// Starts it and waits until `path` is answered with 200. Throws when it ends first or takes over 20 s.
    ServerProcess(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment,
                  quint16 port, const QByteArray &path);
    ~ServerProcess();
    Q_DISABLE_COPY_MOVE(ServerProcess)

    quint16 port() const { return m_port; }
    /// From just before the start of the process to the first answer.
    double millisecondsToFirstAnswer() const { return m_readyMs; }
    /// VmRSS now, in MiB.
    double residentMiB() const;

private:
    QProcess m_process;
    quint16 m_port = 0;
    double m_readyMs = 0;
};

/// What the server is told for the admin API of the benchmark.
QString benchAdminPrefix();
QString benchOperator();
QProcessEnvironment serverEnvironment();
/// `instanode-console serve` on this database.
std::unique_ptr<ServerProcess> startConsoleServer(const QString &databaseUrl);

/// Time to the first /livez and RSS, `starts` times on a migrated database.
void measureStart(const QString &databaseUrl, int starts);
/// /healthz against the same answer from fastify, interleaved rounds. `nodeFolder` has server.js and node_modules.
void measureHealthz(const QString &databaseUrl, const QString &nodeFolder, int rounds, double seconds);
/// The same calls as the local lists, through a server process and the remote backend.
void measureRemote(const storage::DatabaseConfig &database, const QString &databaseUrl, const QString &title, int runs);
/// Desktop from the start of the process to the filled first page, offscreen.
void measureDesktop(const QString &sqliteFile, int starts);

} // namespace bench
