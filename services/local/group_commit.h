#pragma once
#include "models/domain/result.h"

#include <QFuture>
#include <QList>
#include <QPromise>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace local {

/// Many callers, one commit: what comes in while a batch is being written becomes the next batch, and each caller is
/// answered after its own is on disk. Bounded: beyond `maxQueued` a caller is told Unavailable `service_unavailable` at
/// once. Thread-safe. `commit` gets the items in the order they came and answers one result per item, or one error for
/// all.
template <typename In, typename Out>
class GroupCommit {
public:
    using Commit = std::function<QFuture<domain::Result<QList<domain::Result<Out>>>>(QList<In>)>;
    struct Limits {
        int batch = 256;      ///< items in one commit
        int lanes = 1;        ///< commits at the same time
        int maxQueued = 8192; ///< items that wait
    };

    GroupCommit(Commit commit, Limits limits) : m_state(std::make_shared<State>(std::move(commit), limits)) {}

    QFuture<domain::Result<Out>> add(In item)
    {
        Waiting waiting{std::move(item), std::make_shared<QPromise<domain::Result<Out>>>()};
        waiting.promise->start();
        QFuture<domain::Result<Out>> future = waiting.promise->future();
        {
            const std::lock_guard guard(m_state->lock);
            if (m_state->queue.size() < static_cast<std::size_t>(m_state->limits.maxQueued)) {
                m_state->queue.push_back(std::move(waiting));
                waiting.promise.reset();
            }
        }
        if (waiting.promise) {
            waiting.promise->addResult(domain::Result<Out>(domain::unavailable(QStringLiteral("service_unavailable"))));
            waiting.promise->finish();
        } else {
            pump(m_state);
        }
        return future;
    }

private:
    struct Waiting {
        In item;
        std::shared_ptr<QPromise<domain::Result<Out>>> promise;
    };
    struct State {
        State(Commit c, Limits l) : commit(std::move(c)), limits(l) {}
        Commit commit;
        Limits limits;
        std::mutex lock;
        std::deque<Waiting> queue;
        int running = 0;
    };

    static void pump(const std::shared_ptr<State> &state)
    {
        std::vector<Waiting> batch;
        {
            const std::lock_guard guard(state->lock);
            if (state->running >= state->limits.lanes || state->queue.empty())
                return;
            ++state->running;
            while (!state->queue.empty() && batch.size() < static_cast<std::size_t>(state->limits.batch)) {
                batch.push_back(std::move(state->queue.front()));
                state->queue.pop_front();
            }
        }
        QList<In> items;
        for (const Waiting &waiting : batch)
            items.append(waiting.item);
        state->commit(std::move(items))
            .then(QtFuture::Launch::Sync,
                  [state, batch = std::move(batch)](const domain::Result<QList<domain::Result<Out>>> &results) {
                      answer(batch, results);
                      {
                          const std::lock_guard guard(state->lock);
                          --state->running;
                      }
                      pump(state);
                  });
    }

    static void answer(const std::vector<Waiting> &batch, const domain::Result<QList<domain::Result<Out>>> &results)
    {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            batch[i].promise->addResult(results ? results->at(static_cast<qsizetype>(i))
                                                : domain::Result<Out>(results.error()));
            batch[i].promise->finish();
        }
    }

    std::shared_ptr<State> m_state;
};

} // namespace local
