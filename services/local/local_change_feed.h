#pragma once
#include "services/local/change_broadcast.h"
#include "services/storage/change_watcher.h"
#include "services/storage/executor.h"

namespace local {

/// Changes of this process (from the executor, right after the commit) and of other processes (from the watcher).
/// PostgreSQL echoes our own announcements; each is handed on once, whichever of the two comes first.
class LocalChangeFeed final : public ChangeBroadcast {
public:
    /// The executor must outlive the feed.
    explicit LocalChangeFeed(storage::Executor &executor);
    ~LocalChangeFeed() override;

private:
    struct Echoes;
    std::shared_ptr<Echoes> m_echoes;
    storage::Executor &m_executor;
    std::unique_ptr<storage::ChangeWatcher> m_watcher;
};

} // namespace local
