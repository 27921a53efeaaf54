#pragma once
#include "models/items/paged_table_model.h"
#include "services/ports/call_context.h"
#include "services/ports/page.h"
#include "services/ports/when_done.h"

#include <QFuture>
#include <QSet>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <vector>

namespace items {

/// Makes the context of one call: fresh request id, default deadline.
using NewCall = std::function<ports::CallContext()>;

/// A keyset-paged list in constant memory: pages are fetched forwards by their cursor; pages that have not been looked
/// at for long are dropped and fetched again by the same cursor when they are scrolled back into view. Answers of an
/// older generation (filter, sort, cancel) are ignored. Lists derive from QueryTableModel, which adds the rest.
template <typename Row>
class PagedModel : public PagedTableModel {
public:
    using PageResult = domain::Result<ports::Page<Row>>;
    static constexpr int maxResidentPages = 20;

    explicit PagedModel(NewCall newCall, QObject *parent = nullptr)
        : PagedTableModel(parent)
        , m_newCall(std::move(newCall))
    {
        m_refetch.setSingleShot(true);
        m_refetch.setInterval(0);
        QObject::connect(&m_refetch, &QTimer::timeout, this, [this] { fetchWanted(); });
    }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    bool canFetchMore(const QModelIndex &parent) const override
    {
        return !parent.isValid() && !m_next.isEmpty() && !m_fetchingMore && !m_moreError &&
               state() != LoadState::Loading;
    }
    void fetchMore(const QModelIndex &parent) override
    {
        if (!canFetchMore(parent))
            return;
        m_fetchingMore = true;
        Q_EMIT stateChanged();
        const quint64 generation = m_generation;
        m_more = ask(m_next);
        ports::whenDone(m_more, this, [this, generation](const PageResult &result) {
            if (generation == m_generation)
                takeMore(result);
        });
    }

    void reload() override
    {
        withdraw();
        const quint64 generation = m_generation;
        setState(LoadState::Loading);
        m_first = ask({});
        ports::whenDone(m_first, this, [this, generation](const PageResult &result) {
            if (generation == m_generation)
                takeFirst(result);
        });
    }
    void cancel() override
    {
        const bool first = state() == LoadState::Loading;
        withdraw();
        if (first)
            setState(LoadState::Failed, domain::makeError(domain::ErrorCode::Cancelled, QStringLiteral("cancelled")));
        else
            Q_EMIT stateChanged();
    }
    void retryMore() override
    {
        m_moreError.reset();
        fetchMore({});
    }
    int rowOfId(const QString &id) const override
    {
        int row = 0;
        for (const Chunk &chunk : m_chunks) {
            if (chunk.rows)
                for (qsizetype i = 0; i < chunk.rows->size(); ++i)
                    if (idOf(chunk.rows->at(i)) == id)
                        return row + static_cast<int>(i);
            row += chunk.count;
        }
        return -1;
    }

    /// nullptr while the row's page is out of memory; it is then fetched again.
    const Row *rowAt(int row) const
    {
        const size_t index = chunkOf(row);
        if (index >= m_chunks.size())
            return nullptr;
        Chunk &chunk = m_chunks[index];
        chunk.lastUse = ++m_tick;
        if (chunk.rows)
            return &chunk.rows->at(row - m_starts[index]);
        m_wanted.insert(index);
        if (!m_refetch.isActive())
            m_refetch.start();
        return nullptr;
    }
    int residentRows() const
    {
        int n = 0;
        for (const Chunk &chunk : m_chunks)
            n += chunk.rows ? static_cast<int>(chunk.rows->size()) : 0;
        return n;
    }

protected:
    virtual QFuture<PageResult> fetchPage(const ports::CallContext &call, const QString &cursor) = 0;
    virtual QString idOf(const Row &row) const = 0;
    virtual void firstPageTaken() {}

    /// Replaces rows in memory that carry the same id; nothing moves.
    void patch(const QList<Row> &fresh)
    {
        for (const Row &row : fresh)
            patchRow(row);
    }
    void prepend(const QList<Row> &rows)
    {
        if (rows.isEmpty())
            return;
        const int count = static_cast<int>(rows.size());
        beginInsertRows({}, 0, count - 1);
        m_chunks.insert(m_chunks.begin(), Chunk{{}, count, rows, ++m_tick, true});
        reindex();
        endInsertRows();
    }
    quint64 generation() const { return m_generation; }
    ports::CallContext newCall() const { return m_newCall(); }

private:
    struct Chunk {
        QString cursor;
        int count = 0;
        std::optional<QList<Row>> rows;
        quint64 lastUse = 0;
        bool pinned = false; ///< its cursor cannot bring the same rows back
    };

    /// A page whose failure the operator is shown.
    QFuture<PageResult> ask(const QString &cursor)
    {
        const ports::CallContext call = newCall();
        m_lastRequestId = call.requestId;
        return fetchPage(call, cursor);
    }
    void withdraw()
    {
        ++m_generation;
        m_first.cancel();
        m_more.cancel();
        m_fetchingMore = false;
        m_moreError.reset();
        m_inFlight.clear();
        m_wanted.clear();
    }
    void takeFirst(const PageResult &result)
    {
        if (!result) {
            setState(LoadState::Failed, result.error());
            return;
        }
        beginResetModel();
        m_chunks.clear();
        m_chunks.push_back(Chunk{{}, static_cast<int>(result->rows.size()), result->rows, ++m_tick, true});
        m_next = result->next;
        reindex();
        endResetModel();
        setTotal(result->total);
        firstPageTaken();
        setState(LoadState::Ready);
    }
    void takeMore(const PageResult &result)
    {
        m_fetchingMore = false;
        if (!result) {
            m_moreError = result.error();
            Q_EMIT stateChanged();
            return;
        }
        const int count = static_cast<int>(result->rows.size());
        const QString cursor = std::exchange(m_next, result->next);
        if (count > 0) {
            beginInsertRows({}, m_rows, m_rows + count - 1);
            m_chunks.push_back(Chunk{cursor, count, result->rows, ++m_tick, false});
            reindex();
            endInsertRows();
        }
        if (result->total)
            setTotal(result->total);
        evict();
        Q_EMIT stateChanged();
    }
    void fetchWanted()
    {
        const QSet<size_t> wanted = std::exchange(m_wanted, {});
        for (const size_t index : wanted) {
            if (index >= m_chunks.size() || m_chunks[index].rows)
                continue;
            const QString cursor = m_chunks[index].cursor;
            if (m_inFlight.contains(cursor))
                continue;
            m_inFlight.insert(cursor);
            const quint64 generation = m_generation;
            ports::whenDone(fetchPage(newCall(), cursor), this, [this, generation, cursor](const PageResult &result) {
                if (generation != m_generation)
                    return;
                m_inFlight.remove(cursor);
                if (result)
                    restore(cursor, result->rows);
            });
        }
    }
    void restore(const QString &cursor, const QList<Row> &rows)
    {
        const auto it = std::find_if(m_chunks.begin(), m_chunks.end(),
                                     [&](const Chunk &c) { return c.cursor == cursor && !c.rows && !c.pinned; });
        if (it == m_chunks.end())
            return;
        const size_t index = static_cast<size_t>(it - m_chunks.begin());
        const int start = m_starts[index];
        const int have = std::min(it->count, static_cast<int>(rows.size()));
        if (have < it->count) { // rows left the set since the page was first read
            beginRemoveRows({}, start + have, start + it->count - 1);
            it->rows = rows.mid(0, have);
            it->count = have;
            reindex();
            endRemoveRows();
        } else {
            it->rows = rows.mid(0, have);
        }
        it->lastUse = ++m_tick;
        if (have > 0)
            Q_EMIT dataChanged(index2(start, 0), index2(start + have - 1, columnCount() - 1));
        evict();
    }
    void patchRow(const Row &fresh)
    {
        const QString id = idOf(fresh);
        for (size_t c = 0; c < m_chunks.size(); ++c) {
            if (!m_chunks[c].rows)
                continue;
            for (qsizetype i = 0; i < m_chunks[c].rows->size(); ++i) {
                Row &row = (*m_chunks[c].rows)[i];
                if (idOf(row) != id)
                    continue;
                if (row == fresh)
                    return;
                row = fresh;
                const int at = m_starts[c] + static_cast<int>(i);
                Q_EMIT dataChanged(index2(at, 0), index2(at, columnCount() - 1));
                return;
            }
        }
    }
    void evict()
    {
        std::vector<size_t> resident;
        for (size_t i = 0; i < m_chunks.size(); ++i)
            if (m_chunks[i].rows && !m_chunks[i].pinned)
                resident.push_back(i);
        if (resident.size() <= static_cast<size_t>(maxResidentPages))
            return;
        std::sort(resident.begin(), resident.end(),
                  [this](size_t a, size_t b) { return m_chunks[a].lastUse < m_chunks[b].lastUse; });
        for (size_t i = 0; i + static_cast<size_t>(maxResidentPages) < resident.size(); ++i)
            m_chunks[resident[i]].rows.reset();
    }
    void reindex()
    {
        m_starts.clear();
        m_rows = 0;
        for (const Chunk &chunk : m_chunks) {
            m_starts.push_back(m_rows);
            m_rows += chunk.count;
        }
    }
    size_t chunkOf(int row) const
    {
        if (row < 0 || row >= m_rows)
            return m_chunks.size();
        const auto it = std::upper_bound(m_starts.begin(), m_starts.end(), row);
        return static_cast<size_t>(it - m_starts.begin()) - 1;
    }
    QModelIndex index2(int row, int column) const { return index(row, column); }

    NewCall m_newCall;
    mutable std::vector<Chunk> m_chunks;
    std::vector<int> m_starts;
    int m_rows = 0;
    QString m_next;
    quint64 m_generation = 0;
    mutable quint64 m_tick = 0;
    mutable QSet<size_t> m_wanted;
    QSet<QString> m_inFlight;
    mutable QTimer m_refetch;
    QFuture<PageResult> m_first, m_more;
};

} // namespace items
