#include "services/storage/change_watcher.h"

#include "services/ports/when_done.h"

#include <QEventLoop>
#include <QThread>
#include <QTimer>

#include <algorithm>

namespace storage {

using domain::Done;
using domain::Result;

namespace {

constexpr int pollMs = 500;
constexpr int checkMs = 1'000;
constexpr int probeEveryChecks = 15;
constexpr int firstDelayMs = 250, longestDelayMs = 10'000;

/// LISTEN in the watcher's thread. QSqlDriver does not say that its connection broke, so a timer looks.
class Listener {
public:
    Listener(const DatabaseConfig &config, const ChangeWatcher::Callback &onChange)
        : m_config(config)
        , m_onChange(onChange)
    {
        QObject::connect(&m_check, &QTimer::timeout, &m_context, [this] { check(); });
        m_retry.setSingleShot(true);
        QObject::connect(&m_retry, &QTimer::timeout, &m_context, [this] { connectNow(); });
        connectNow();
    }

private:
    void connectNow()
    {
        auto opened = Connection::open(m_config);
        if (opened) {
            m_connection = std::move(opened).value();
            auto listening = m_connection->listen(QStringLiteral("instanode_changes"), &m_context,
                                                  [this](const QString &payload) { announce(payload); });
            if (listening) {
                m_delayMs = firstDelayMs;
                m_check.start(checkMs);
                if (std::exchange(m_lost, false)) {
                    for (const QString &kind : changeKinds())
                        m_onChange(kind, {});
                }
                return;
            }
        }
        giveUp();
    }

    void check()
    {
        const bool probe = ++m_checks % probeEveryChecks == 0;
        if (!m_connection->isOpen() || (probe && !m_connection->execute(QStringLiteral("SELECT 1"))))
            giveUp();
    }

    void giveUp()
    {
        m_check.stop();
        m_connection.reset();
        m_lost = true;
        m_retry.start(std::exchange(m_delayMs, std::min(m_delayMs * 2, longestDelayMs)));
    }

    void announce(const QString &payload)
    {
        m_onChange(payload.section(QLatin1Char(':'), 0, 0), payload.section(QLatin1Char(':'), 1));
    }

    const DatabaseConfig &m_config;
    const ChangeWatcher::Callback &m_onChange;
    QObject m_context;
    QTimer m_check, m_retry;
    std::unique_ptr<Connection> m_connection;
    bool m_lost = false;
    int m_delayMs = firstDelayMs, m_checks = 0;
};

/// `PRAGMA data_version` of the writer's connection: it changes when somebody else commits, not by the writer's own
/// work.
class Poller {
public:
    Poller(Executor &executor, const ChangeWatcher::Callback &onChange) : m_executor(executor), m_onChange(onChange)
    {
        m_timer.setSingleShot(true);
        QObject::connect(&m_timer, &QTimer::timeout, &m_context, [this] { poll(); });
        poll();
    }

private:
    static Result<qint64> dataVersion(Connection &connection)
    {
        qint64 version = 0;
        auto read = connection.select(QStringLiteral("PRAGMA data_version"), {}, [&version](const Row &row) {
            version = row.integer(0);
            return false;
        });
        return read.map([version](const Done &) { return version; });
    }

    void poll()
    {
        auto answer = m_executor.run<qint64>(Access::Write, {}, &Poller::dataVersion);
        ports::whenDone(answer, &m_context, [this](const Result<qint64> &version) {
            if (version && m_version && *version != *m_version) {
                for (const QString &kind : changeKinds())
                    m_onChange(kind, {});
            }
            if (version)
                m_version = *version;
            m_timer.start(pollMs);
        });
    }

    Executor &m_executor;
    const ChangeWatcher::Callback &m_onChange;
    QObject m_context;
    QTimer m_timer;
    std::optional<qint64> m_version;
};

} // namespace

struct ChangeWatcher::Private {
    Callback onChange;
    std::unique_ptr<QThread> thread;
};

ChangeWatcher::ChangeWatcher(Executor &executor, Callback onChange) : m_d(std::make_unique<Private>())
{
    m_d->onChange = std::move(onChange);
    m_d->thread.reset(QThread::create([d = m_d.get(), &executor] {
        std::unique_ptr<Listener> listener;
        std::unique_ptr<Poller> poller;
        switch (executor.config().engine) {
        case Engine::PostgreSql:
            listener = std::make_unique<Listener>(executor.config(), d->onChange);
            break;
        case Engine::Sqlite:
            poller = std::make_unique<Poller>(executor, d->onChange);
            break;
        }
        QEventLoop().exec();
    }));
    m_d->thread->setObjectName(QStringLiteral("changes"));
    m_d->thread->start();
}

ChangeWatcher::~ChangeWatcher()
{
    m_d->thread->quit();
    m_d->thread->wait();
}

QStringList changeKinds()
{
    return {QStringLiteral("team"), QStringLiteral("note"),  QStringLiteral("audit"),
            QStringLiteral("view"), QStringLiteral("email"), QStringLiteral("webhook")};
}

} // namespace storage
