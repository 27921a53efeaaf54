#pragma once
#include "models/domain/result.h"

#include <QAbstractTableModel>

#include <optional>

namespace items {

enum class LoadState {
    Idle,    ///< nothing asked yet
    Loading, ///< the first page is on its way; rows of the last answer stay visible
    Ready,
    Failed, ///< error() says why; rows of the last answer stay visible
};

/// What the pages see of a windowed list, whatever its rows are. GUI thread only; never waits.
class PagedTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    LoadState state() const { return m_state; }
    const domain::Error &error() const { return m_error; }
    /// The size of the filtered set where the port says it.
    std::optional<qint64> total() const { return m_total; }
    bool fetchingMore() const { return m_fetchingMore; }
    /// Set when the last further page failed; retryMore() asks again.
    const std::optional<domain::Error> &moreError() const { return m_moreError; }

    /// Request id of the call that failed last; what an operator quotes.
    QString lastRequestId() const { return m_lastRequestId; }

    virtual void reload() = 0; ///< from the first page; the latest request wins
    virtual void cancel() = 0; ///< withdraws what is under way; Failed with code Cancelled if nothing was loaded
    virtual void retryMore() = 0;
    virtual int rowOfId(const QString &id) const = 0; ///< −1 when it is not in memory

Q_SIGNALS:
    void stateChanged();
    void totalChanged();

protected:
    void setState(LoadState state, const domain::Error &error = {});
    void setTotal(std::optional<qint64> total);

    bool m_fetchingMore = false;
    std::optional<domain::Error> m_moreError;
    QString m_lastRequestId;

private:
    LoadState m_state = LoadState::Idle;
    domain::Error m_error;
    std::optional<qint64> m_total;
};

} // namespace items
