#pragma once
#include "models/items/paged_model.h"
#include "services/ports/backend.h"

#include <QTimeZone>

#include <functional>

namespace items {

/// The audit log of one filter, newest first, windowed. Rows never change; new ones are counted and, when followed,
/// put on top.
class AuditTableModel : public PagedModel<domain::AuditEntry> {
    Q_OBJECT
public:
    enum Column { Time, Actor, Action, Target, Summary, ColumnCount };
    using NewCall = std::function<ports::CallContext()>;

    AuditTableModel(ports::AuditService &service, NewCall newCall, QObject *parent = nullptr);

    void setFilter(const ports::AuditFilter &filter); ///< takes effect with reload()
    const ports::AuditFilter &filter() const { return m_filter; }
    void setTimeZone(const QTimeZone &zone);
    /// Following puts new rows on top at once; otherwise they are only counted (waiting()).
    void setFollowing(bool on);
    bool following() const { return m_following; }
    int waiting() const { return static_cast<int>(m_waiting.size()); }
    bool waitingOverflow() const { return m_overflow; } ///< more than a page, or rows in between: showWaiting() reloads
    void checkForNew();                                 ///< after a change of kind `audit`
    void showWaiting();

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void waitingChanged();

protected:
    QFuture<PageResult> fetchPage(const QString &cursor) override;
    QString idOf(const domain::AuditEntry &row) const override { return row.id.toString(); }
    void firstPageTaken() override;

private:
    void takeHead(const PageResult &result);
    QVariant display(const domain::AuditEntry &row, int column) const;

    ports::AuditService &m_service;
    NewCall m_newCall;
    ports::AuditFilter m_filter;
    QTimeZone m_zone = QTimeZone::utc();
    QList<domain::AuditEntry> m_waiting;
    domain::AuditId m_head; ///< newest row shown
    bool m_overflow = false, m_following = false, m_checking = false, m_checkAgain = false;
};

} // namespace items
