#include "tests/functional/server_process.h"
#include "test_paths.h"

#include <QDeadlineTimer>
#include <QRegularExpression>

namespace functional {

namespace {
constexpr int patienceMs = 60'000;
}

CommandResult runBinary(const QStringList &arguments, const QProcessEnvironment &environment)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(INSTANODE_BINARY), arguments);
    process.closeWriteChannel();
    CommandResult result;
    if (process.waitForFinished(patienceMs) && process.exitStatus() == QProcess::NormalExit)
        result.exitCode = process.exitCode();
    result.out = QString::fromUtf8(process.readAllStandardOutput());
    result.err = QString::fromUtf8(process.readAllStandardError());
    return result;
}

QProcessEnvironment cleanEnvironment(const QString &home)
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin"));
    environment.insert(QStringLiteral("HOME"), home);
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    for (const char *sanitizer : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
        if (qEnvironmentVariableIsSet(sanitizer))
            environment.insert(QString::fromLatin1(sanitizer), qEnvironmentVariable(sanitizer));
    }
    return environment;
}

ServerProcess::~ServerProcess()
{
    if (m_process.state() != QProcess::NotRunning)
        killHard();
}

bool ServerProcess::start(const QStringList &extraArguments)
{
    m_process.setProcessEnvironment(m_environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(QStringLiteral(INSTANODE_BINARY),
                    QStringList{QStringLiteral("serve"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")} +
                        extraArguments);
    static const QRegularExpression listening(QStringLiteral("listening on https?://[^\\s:]+:(\\d+)"));
    const QDeadlineTimer deadline(patienceMs);
    while (!deadline.hasExpired()) {
        m_log += m_process.readAll();
        if (const auto match = listening.match(QString::fromUtf8(m_log)); match.hasMatch()) {
            m_port = match.captured(1).toUShort();
            return true;
        }
        if (m_process.state() == QProcess::NotRunning)
            return false;
        m_process.waitForReadyRead(static_cast<int>(qMax<qint64>(1, deadline.remainingTime())));
    }
    return false;
}

void ServerProcess::killHard()
{
    m_process.kill();
    m_process.waitForFinished(patienceMs);
    m_log += m_process.readAll();
}

int ServerProcess::terminate()
{
    m_process.terminate();
    if (!m_process.waitForFinished(patienceMs)) {
        killHard();
        return -1;
    }
    m_log += m_process.readAll();
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

} // namespace functional
