#pragma once
#include "services/ports/overview_service.h"

#include <QTimeZone>
#include <QWidget>

class QVBoxLayout;

namespace pages {

/// One row of the list: alike operator alerts share one.
struct AttentionRow {
    ports::AttentionItem item; ///< the newest of them
    int count = 1;
    bool operator==(const AttentionRow &) const = default;
};

/// The order of the list: first the most urgent row of every kind, most urgent kind first, so that no kind hides the
/// others; then all other rows as they came. Alerts of one audit kind are one row with a count.
QList<AttentionRow> attentionRows(const QList<ports::AttentionItem> &items);

/// What an operator should look at: icon, a sentence, the kind in quiet text, Open.
class AttentionList : public QWidget {
    Q_OBJECT
public:
    explicit AttentionList(QWidget *parent = nullptr);
    void setItems(const QList<ports::AttentionItem> &items, const QDateTime &asOf, const QTimeZone &zone);

Q_SIGNALS:
    void openRequested(const ports::AttentionItem &item, int count);

private:
    QWidget *makeRow(const AttentionRow &row, qsizetype index, const QDateTime &asOf);
    void showAllClear(const QDateTime &asOf, const QTimeZone &zone);
    QVBoxLayout *m_rows;
};

} // namespace pages
