#pragma once
#include "models/domain/result.h"

#include <QAbstractTableModel>
#include <QTimeZone>

#include <optional>

namespace items {

enum class LoadState {
    Idle,    ///< nothing asked yet
    Loading, ///< the first page is on its way; rows of the last answer stay visible
    Ready,
    Failed, ///< error() says why; rows of the last answer stay visible
};

/// What the pages see of a windowed list, whatever its rows are: pages::ListPage knows nothing else of a model.
/// New lists derive from QueryTableModel. GUI thread only; never waits.
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

    /// Request id of the call whose failure is shown; what an operator quotes.
    QString lastRequestId() const { return m_lastRequestId; }

    virtual void reload() = 0; ///< from the first page; the latest request wins
    virtual void cancel() = 0; ///< withdraws what is under way; Failed with code Cancelled if nothing was loaded
    virtual void retryMore() = 0;
    virtual int rowOfId(const QString &id) const = 0; ///< −1 when it is not in memory

    /// Of the viewer: for texts and for the dates of a query.
    virtual void setTimeZone(const QTimeZone &zone) = 0;
    /// These rows changed or came, an empty list or id says "unknown which": they are read again and replaced where
    /// they stand; nothing moves. Lists that show the newest first count the new ones.
    virtual void refreshRows(const QStringList &ids) = 0;

    /// The grammar of the list's query text (06-screens §1 "Query text").
    virtual const QStringList &queryFields() const = 0;
    virtual const QStringList &queryWords() const = 0; ///< completions
    virtual std::optional<domain::Error> checkQuery(const QString &text) const = 0;
    /// Takes effect with reload(). A text that checkQuery() refuses changes nothing.
    virtual void setQueryText(const QString &text) = 0;

    /// Name of the sort by a column, `last_seen`; empty = the column cannot be sorted by.
    virtual QString sortName(int column) const = 0;
    int sortColumn() const { return m_sortColumn; } ///< −1: the list has one order
    bool descending() const { return m_descending; }
    /// `last_seen:asc`, as in SavedView::sort and in links.
    QString sortText() const;
    const QString &defaultSortText() const { return m_defaultSort; }
    /// Both take effect with reload(). A text that names no sort of this list is the default one.
    void setSort(int column, bool descending);
    void setSortText(const QString &text);

    /// The list shows the newest first: rows that came since are counted, or put on top while they are followed.
    bool newestFirst() const { return m_newestFirst; }
    bool following() const { return m_following; }
    void setFollowing(bool on); ///< on: what waits is put on top at once
    virtual int waiting() const = 0;
    bool waitingOverflow() const { return m_overflow; } ///< more than a page, or rows in between: showWaiting() reloads
    virtual void checkForNew() = 0;
    virtual void showWaiting() = 0;

Q_SIGNALS:
    void stateChanged();
    void totalChanged();
    void waitingChanged();

protected:
    void setState(LoadState state, const domain::Error &error = {});
    void setTotal(std::optional<qint64> total);
    /// Once, in the constructor: the order of a fresh list. A name that no column has is the list's only order.
    void setDefaultSort(const QString &sortText);
    void setNewestFirst(const QString &sortText); ///< likewise, for lists that can be followed

    bool m_fetchingMore = false, m_overflow = false;
    std::optional<domain::Error> m_moreError;
    QString m_lastRequestId;

private:
    int columnOfSort(QStringView name) const;

    LoadState m_state = LoadState::Idle;
    domain::Error m_error;
    std::optional<qint64> m_total;
    QString m_defaultSort;
    int m_sortColumn = -1;
    bool m_descending = true, m_newestFirst = false, m_following = false;
};

} // namespace items
