#include "tests/benchmark/http_load.h"
#include "tests/benchmark/programs.h"
#include "tests/benchmark/report.h"

#include <QFileInfo>
#include <QStandardPaths>

#include <cstdio>

namespace bench {

namespace {

constexpr int connections = 32;

QString perSecond(const QList<double> &values)
{
    return QStringLiteral("%1 /s").arg(percentile(values, 0.5), 0, 'f', 0);
}

std::unique_ptr<ServerProcess> startNode(const QString &node, const QString &folder, const QByteArray &body)
{
    const quint16 port = freePort();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PORT"), QString::number(port));
    environment.insert(QStringLiteral("HEALTHZ_BODY"), QString::fromUtf8(body));
    environment.insert(QStringLiteral("NODE_ENV"), QStringLiteral("production"));
    return std::make_unique<ServerProcess>(node, QStringList{folder + QStringLiteral("/server.js")}, environment, port,
                                           "/healthz");
}

} // namespace

void measureHealthz(const QString &databaseUrl, const QString &nodeFolder, int rounds, double seconds)
{
    printFigureHead(QStringLiteral("/healthz, %1 connections, %2 rounds of %3 s, in turns")
                        .arg(connections)
                        .arg(rounds)
                        .arg(seconds, 0, 'f', 1));
    const auto ours = startConsoleServer(databaseUrl);
    const QByteArray body = httpBody(ours->port(), "/healthz");
    const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
    std::unique_ptr<ServerProcess> theirs;
    if (!node.isEmpty() && QFileInfo::exists(nodeFolder + QStringLiteral("/node_modules/fastify")))
        theirs = startNode(node, nodeFolder, body);
    // Both are warm before the first round counts.
    loadHttp(ours->port(), "/healthz", connections, 1);
    if (theirs)
        loadHttp(theirs->port(), "/healthz", connections, 1);
    QList<double> our, their, ratios;
    qint64 failures = 0;
    for (int round = 0; round < rounds; ++round) {
        const LoadResult a = loadHttp(ours->port(), "/healthz", connections, seconds);
        our << a.perSecond();
        failures += a.failures;
        if (!theirs)
            continue;
        const LoadResult b = loadHttp(theirs->port(), "/healthz", connections, seconds);
        their << b.perSecond();
        failures += b.failures;
        ratios << a.perSecond() / b.perSecond();
    }
    printFigure(QStringLiteral("this server, %1 bytes of answer").arg(body.size()), perSecond(our));
    if (!theirs) {
        printRemark(
            QStringLiteral("fastify was not measured: node or its modules are missing (scripts/bench installs them)."));
        return;
    }
    const double ratio = percentile(ratios, 0.5);
    printFigure(QStringLiteral("fastify, the same answer"), perSecond(their));
    printFigure(QStringLiteral("ratio, median of the rounds"), QStringLiteral("%1").arg(ratio, 0, 'f', 2),
                QStringLiteral("> 1"), ratio > 1);
    printFigure(QStringLiteral("answers other than 200"), QString::number(failures), QStringLiteral("0"),
                failures == 0);
    printFigure(QStringLiteral("resident memory, this server"),
                QStringLiteral("%1 MiB").arg(ours->residentMiB(), 0, 'f', 1));
    printFigure(QStringLiteral("resident memory, fastify"),
                QStringLiteral("%1 MiB").arg(theirs->residentMiB(), 0, 'f', 1));
}

} // namespace bench
