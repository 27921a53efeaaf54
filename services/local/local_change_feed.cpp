#include "services/local/local_change_feed.h"

#include <QElapsedTimer>
#include <QHash>

#include <mutex>

namespace local {

namespace {

/// An echo that has not come by then was lost; a later announcement is news again.
constexpr qint64 echoPatienceMs = 2000;

} // namespace

/// Per change: how many of our own were handed on without their echo (positive), or the other way round (negative).
struct LocalChangeFeed::Echoes {
    struct Balance {
        int own = 0;
        QElapsedTimer since;
    };
    std::mutex lock;
    QHash<QString, Balance> open;

    /// step +1 for our own, −1 for an echo; true when it is news.
    bool isNews(const QString &key, int step)
    {
        const std::lock_guard guard(lock);
        open.removeIf([](const std::pair<const QString &, Balance &> &entry) {
            return entry.second.since.hasExpired(echoPatienceMs);
        });
        Balance &balance = open[key];
        const bool news = balance.own * step >= 0;
        balance.own += step;
        balance.since.start();
        if (balance.own == 0)
            open.remove(key);
        return news;
    }
};

LocalChangeFeed::LocalChangeFeed(storage::Executor &executor)
    : m_echoes(std::make_shared<Echoes>())
    , m_executor(executor)
{
    const bool echoed = executor.config().engine == storage::Engine::PostgreSql;
    executor.onCommitted([this, echoed](const QStringList &announced) {
        for (const QString &text : announced) {
            if (!echoed || m_echoes->isNews(text, 1))
                publish({text.section(QLatin1Char(':'), 0, 0), text.section(QLatin1Char(':'), 1)});
        }
    });
    m_watcher = std::make_unique<storage::ChangeWatcher>(executor, [this](const QString &kind, const QString &id) {
        if (id.isEmpty() || m_echoes->isNews(kind + QLatin1Char(':') + id, -1))
            publish({kind, id});
    });
}

LocalChangeFeed::~LocalChangeFeed()
{
    m_watcher.reset();
    m_executor.onCommitted({});
}

} // namespace local
