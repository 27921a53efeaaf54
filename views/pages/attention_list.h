#pragma once
#include "services/ports/overview_service.h"

#include <QScrollArea>
#include <QTimeZone>

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

/// What an operator should look at: icon, a sentence, the kind in quiet text, Open. It scrolls by itself and by whole
/// rows; these grow a little, so that the list ends with one whatever its height is.
class AttentionList : public QScrollArea {
    Q_OBJECT
public:
    static constexpr int leastRowHeight = 48;

    explicit AttentionList(QWidget *parent = nullptr);
    void setItems(const QList<ports::AttentionItem> &items, const QDateTime &asOf, const QTimeZone &zone);

Q_SIGNALS:
    void openRequested(const ports::AttentionItem &item, int count);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitRows();
    QWidget *makeRow(const AttentionRow &row, qsizetype index, const QDateTime &asOf);
    void showAllClear(const QDateTime &asOf, const QTimeZone &zone);
    QWidget *m_content;
    QVBoxLayout *m_rows;
    QList<QWidget *> m_boxes;
};

} // namespace pages
