#pragma once
#include "services/storage/executor.h"

#include <QString>

#include <functional>
#include <memory>

namespace storage {

/// Tells what changed in the database after a commit.
/// PostgreSQL: LISTEN on a connection and a thread of its own: every announcement of every process, this one included.
/// SQLite: `PRAGMA data_version` on the executor's writer, twice a second: commits of *other* processes, as `kind` with
/// an empty id for each of changeKinds(); this process's own commits come from Executor::onCommitted(). After a lost
/// PostgreSQL connection (back-off 0.25 s … 10 s) every kind is announced once, since some may be missed.
class ChangeWatcher {
public:
    /// Runs on the watcher's thread; must not block.
    using Callback = std::function<void(const QString &kind, const QString &id)>;

    /// Starts at once. The executor must outlive the watcher.
    ChangeWatcher(Executor &executor, Callback onChange);
    /// After it returns the callback does not run any more.
    ~ChangeWatcher();
    ChangeWatcher(const ChangeWatcher &) = delete;
    ChangeWatcher &operator=(const ChangeWatcher &) = delete;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

/// team, note, audit, view, email, webhook: what Connection::notify() announces.
QStringList changeKinds();

} // namespace storage
