#include "services/platform/paths.h"
#include "services/platform/systemd_notify.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>

using namespace platform;

namespace {

QString s(const char *text)
{
    return QString::fromLatin1(text);
}

/// Listens as the service manager does. `address` as in NOTIFY_SOCKET: a path, or '@name'.
class Manager {
public:
    explicit Manager(QByteArray address)
    {
        sockaddr_un name{};
        name.sun_family = AF_UNIX;
        if (address.startsWith('@'))
            address[0] = '\0';
        std::copy(address.begin(), address.end(), name.sun_path);
        m_fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        const auto length =
            static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + static_cast<size_t>(address.size()));
        if (m_fd < 0 || ::bind(m_fd, reinterpret_cast<sockaddr *>(&name), length) != 0)
            qFatal("cannot listen");
    }
    ~Manager() { ::close(m_fd); }
    Manager(const Manager &) = delete;
    Manager &operator=(const Manager &) = delete;

    QByteArray next() const
    {
        char buffer[256];
        const ssize_t size = ::recv(m_fd, buffer, sizeof(buffer), 0);
        return size < 0 ? QByteArray("nothing") : QByteArray(buffer, size);
    }

private:
    int m_fd = -1;
};

QProcessEnvironment env(std::initializer_list<std::pair<const char *, QString>> values)
{
    QProcessEnvironment environment;
    for (const auto &[name, value] : values)
        environment.insert(s(name), value);
    return environment;
}

} // namespace

class TstSystem : public QObject {
    Q_OBJECT
private slots:
    void tellsTheManagerOverAPath()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(s("notify"));
        const Manager manager(path.toLocal8Bit());
        const auto notifier = SystemdNotifier::fromEnvironment(env({{"NOTIFY_SOCKET", path}}));
        QVERIFY(notifier.isActive());
        QVERIFY(notifier.ready());
        QCOMPARE(manager.next(), QByteArray("READY=1"));
        QVERIFY(notifier.watchdog());
        QCOMPARE(manager.next(), QByteArray("WATCHDOG=1"));
        QVERIFY(notifier.status("Serving on :8080"));
        QCOMPARE(manager.next(), QByteArray("STATUS=Serving on :8080"));
        QVERIFY(notifier.stopping());
        QCOMPARE(manager.next(), QByteArray("STOPPING=1"));
        QCOMPARE(manager.next(), QByteArray("nothing"));
    }

    void tellsTheManagerOverAnAbstractSocket()
    {
        const QString name = QLatin1Char('@') + QUuid::createUuid().toString(QUuid::WithoutBraces);
        const Manager manager(name.toLatin1());
        QVERIFY(SystemdNotifier::fromEnvironment(env({{"NOTIFY_SOCKET", name}})).ready());
        QCOMPARE(manager.next(), QByteArray("READY=1"));
    }

    void withoutAManagerNothingHappens()
    {
        const auto notifier = SystemdNotifier::fromEnvironment({});
        QVERIFY(!notifier.isActive());
        QVERIFY(notifier.ready());
        QCOMPARE(notifier.watchdogIntervalMs(), 0);
        QVERIFY(!SystemdNotifier::fromEnvironment(env({{"NOTIFY_SOCKET", s("relative")}})).isActive());
    }

    void aDeadManagerIsNoticed()
    {
        QTemporaryDir dir;
        QVERIFY(!SystemdNotifier::fromEnvironment(env({{"NOTIFY_SOCKET", dir.filePath(s("gone"))}})).ready());
        const QString tooLong = s("/") + QString(200, QLatin1Char('x'));
        QVERIFY(!SystemdNotifier::fromEnvironment(env({{"NOTIFY_SOCKET", tooLong}})).ready());
    }

    void watchdogIntervalIsHalfOfTheLimit()
    {
        const auto interval = [](const QString &usec, const QString &pid = {}) {
            return SystemdNotifier::fromEnvironment(
                       env({{"NOTIFY_SOCKET", s("/x")}, {"WATCHDOG_USEC", usec}, {"WATCHDOG_PID", pid}}))
                .watchdogIntervalMs();
        };
        QCOMPARE(interval(s("30000000")), 15000);
        QCOMPARE(interval(s("30000000"), QString::number(::getpid())), 15000);
        QCOMPARE(interval(s("30000000"), s("1")), 0);
        QCOMPARE(interval(s("0")), 0);
        QCOMPARE(interval(s("soon")), 0);
        QCOMPARE(interval(s("10")), 1);
    }

    void foldersFollowTheXdgVariables()
    {
        for (const char *name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"})
            qunsetenv(name);
        QCOMPARE(dataDir(), QDir::homePath() + s("/.local/share/instanode-console"));
        QCOMPARE(configDir(), QDir::homePath() + s("/.config/instanode-console"));
        QCOMPARE(stateDir(), QDir::homePath() + s("/.local/state/instanode-console"));
        qputenv("XDG_DATA_HOME", "/srv/data/");
        qputenv("XDG_CONFIG_HOME", "relative/is/ignored");
        qputenv("XDG_STATE_HOME", "/srv/state");
        QCOMPARE(dataDir(), s("/srv/data/instanode-console"));
        QCOMPARE(defaultDatabaseFile(), s("/srv/data/instanode-console/console.sqlite"));
        QCOMPARE(configDir(), QDir::homePath() + s("/.config/instanode-console"));
        QCOMPARE(stateDir(), s("/srv/state/instanode-console"));
        for (const char *name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"})
            qunsetenv(name);
    }

    void newFoldersArePrivate()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(s("a/b/c"));
        QCOMPARE(*ensureFolder(path), path);
        QCOMPARE(*ensureFolder(path), path);
        for (const char *part : {"a", "a/b", "a/b/c"})
            QCOMPARE(QFile::permissions(dir.filePath(s(part))) &
                         (QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther),
                     QFile::Permissions());
    }

    void aFileInTheWayIsAnError()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(s("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const char *path : {"file", "file/below"}) {
            const auto made = ensureFolder(dir.filePath(s(path)));
            QVERIFY(!made.ok());
            QCOMPARE(made.error().key, s("folder_unavailable"));
        }
    }
};

REGISTER_SUITE(system, TstSystem)
#include "tst_system.moc"
