#include "tests/benchmark/programs.h"

#include "app/bootstrap/database.h"
#include "services/local/local_core.h"
#include "services/remote/remote_backend.h"
#include "test_paths.h"
#include "tests/benchmark/http_load.h"
#include "tests/benchmark/lists.h"
#include "tests/benchmark/report.h"

#include <QFile>
#include <QTcpServer>

#include <poll.h>

#include <stdexcept>

namespace bench {

namespace {
QString consoleBinary()
{
    return qEnvironmentVariable("INSTANODE_BENCH_BINARY", QStringLiteral(INSTANODE_BINARY));
}
/// A pause between two attempts, not a synchronisation.
void breathe()
{
    ::poll(nullptr, 0, 1);
}
} // namespace

quint16 freePort()
{
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost))
        throw std::runtime_error("no free port");
    return probe.serverPort();
}

ServerProcess::ServerProcess(const QString &program, const QStringList &arguments,
                             const QProcessEnvironment &environment, quint16 port, const QByteArray &path)
    : m_port(port)
{
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    const Stopwatch watch;
    m_process.start(program, arguments);
    if (!m_process.waitForStarted())
        throw std::runtime_error((QStringLiteral("cannot start ") + program).toStdString());
    while (httpStatus(port, path) != 200) {
        if (watch.ms() > 20'000 || m_process.waitForFinished(0) || m_process.state() == QProcess::NotRunning)
            throw std::runtime_error(
                (program + QStringLiteral(" does not answer: ") + QString::fromUtf8(m_process.readAll().right(600)))
                    .toStdString());
        breathe();
    }
    m_readyMs = watch.ms();
}

ServerProcess::~ServerProcess()
{
    m_process.terminate();
    if (!m_process.waitForFinished(30'000))
        m_process.kill();
    m_process.waitForFinished();
}

double ServerProcess::residentMiB() const
{
    QFile status(QStringLiteral("/proc/%1/status").arg(m_process.processId()));
    if (!status.open(QIODevice::ReadOnly))
        throw std::runtime_error("cannot read /proc");
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    }
    throw std::runtime_error("no VmRSS in /proc");
}

QString benchAdminPrefix()
{
    return QStringLiteral("benchmarkprefixbenchmarkprefix2026");
}
QString benchOperator()
{
    return QStringLiteral("bench@instanode.example");
}

QProcessEnvironment serverEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("ADMIN_PATH_PREFIX"), benchAdminPrefix());
    environment.insert(QStringLiteral("ADMIN_EMAILS"), benchOperator());
    environment.insert(QStringLiteral("ADMIN_RATE_LIMIT_OPERATOR"), QStringLiteral("1000000"));
    environment.insert(QStringLiteral("LOG_LEVEL"), QStringLiteral("warning"));
    environment.remove(QStringLiteral("DISPLAY"));
    return environment;
}

std::unique_ptr<ServerProcess> startConsoleServer(const QString &databaseUrl)
{
    const quint16 port = freePort();
    return std::make_unique<ServerProcess>(consoleBinary(),
                                           QStringList{QStringLiteral("serve"), QStringLiteral("--database"),
                                                       databaseUrl, QStringLiteral("--listen"),
                                                       QStringLiteral("127.0.0.1:%1").arg(port)},
                                           serverEnvironment(), port, "/livez");
}

void measureStart(const QString &databaseUrl, int starts)
{
    printFigureHead(QStringLiteral("Headless start on a migrated database"));
    QList<double> times, sizes;
    for (int i = 0; i < starts; ++i) {
        const auto server = startConsoleServer(databaseUrl);
        times << server->millisecondsToFirstAnswer();
        sizes << server->residentMiB();
    }
    const double p50 = percentile(times, 0.5), worst = percentile(times, 1), size = percentile(sizes, 0.5);
    printFigure(QStringLiteral("to the first answered /livez, median of %1").arg(starts),
                QStringLiteral("%1 ms").arg(p50, 0, 'f', 0), QStringLiteral("< 150 ms"), p50 < 150);
    printFigure(QStringLiteral("the slowest of them"), QStringLiteral("%1 ms").arg(worst, 0, 'f', 0));
    printFigure(QStringLiteral("resident memory then, median"), QStringLiteral("%1 MiB").arg(size, 0, 'f', 1),
                QStringLiteral("< 45 MB"), size * 1.048576 < 45);
}

void measureRemote(const storage::DatabaseConfig &database, const QString &databaseUrl, const QString &title, int runs)
{
    QString secret;
    {
        auto core = bootstrap::openCore(database);
        if (!core)
            throw std::runtime_error(core.error().detail.toStdString());
        const auto minted = (*core)
                                ->access()
                                .mint(bootstrap::operatorCall(),
                                      {QStringLiteral("benchmark"), benchOperator(), domain::Scope::Admin, 1})
                                .result();
        if (!minted)
            throw std::runtime_error(minted.error().detail.toStdString());
        secret = minted->secret;
    }
    const auto server = startConsoleServer(databaseUrl);
    remote::RemoteConfig config;
    config.url = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server->port()));
    config.token = secret;
    const auto backend = remote::RemoteBackend::create(config);
    if (!backend)
        throw std::runtime_error(backend.error().detail.toStdString());
    measureLists(**backend, title, runs, 150);
    printFigureHead(QStringLiteral("The server after these requests"));
    printFigure(QStringLiteral("resident memory"), QStringLiteral("%1 MiB").arg(server->residentMiB(), 0, 'f', 1));
}

void measureDesktop(const QString &sqliteFile, int starts)
{
    printFigureHead(QStringLiteral("Desktop start to the filled first page"));
    QList<double> times;
    for (int i = 0; i < starts; ++i) {
        QProcess desktop;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        desktop.setProcessEnvironment(environment);
        desktop.setProcessChannelMode(QProcess::MergedChannels);
        const Stopwatch watch;
        desktop.start(consoleBinary(), {QStringLiteral("--bench-start"), QStringLiteral("--database"), sqliteFile});
        QByteArray output;
        // The option makes the program print "filled" when the first page has its rows, and end.
        while (!output.contains("filled") && desktop.waitForReadyRead(15'000))
            output += desktop.readAll();
        const double ms = watch.ms();
        desktop.terminate();
        if (!desktop.waitForFinished(10'000))
            desktop.kill();
        desktop.waitForFinished();
        if (!output.contains("filled")) {
            printFigure(QStringLiteral("start to filled page"), QStringLiteral("not measured"));
            printRemark(QStringLiteral("The program answered: ") + QString::fromUtf8(output.left(200)).trimmed());
            return;
        }
        times << ms;
    }
    const double p50 = percentile(times, 0.5);
    printFigure(QStringLiteral("median of %1").arg(starts), QStringLiteral("%1 ms").arg(p50, 0, 'f', 0),
                QStringLiteral("< 1 s"), p50 < 1000);
}

} // namespace bench
