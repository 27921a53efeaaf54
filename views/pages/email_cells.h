#pragma once
#include "views/widgets/cell_delegates.h"

namespace pages {

/// A badge with the outcome and, beside it, quiet marks: "delivered  repaired".
class OutcomeDelegate : public widgets::CellDelegate {
    Q_OBJECT
public:
    using CellDelegate::CellDelegate;

protected:
    void paintCell(QPainter &, const QRect &, const QStyleOptionViewItem &, const QModelIndex &) const override;
};

/// Plain text that is quiet where all went well ("250 ok") or nothing is known yet ("pending").
class QuietWhenWellDelegate : public widgets::CellDelegate {
    Q_OBJECT
public:
    using CellDelegate::CellDelegate;

protected:
    void paintCell(QPainter &, const QRect &, const QStyleOptionViewItem &, const QModelIndex &) const override;
};

/// A time in tabular digits, quiet where it is not the time of an acceptance.
class SentTimeDelegate : public widgets::CellDelegate {
    Q_OBJECT
public:
    using CellDelegate::CellDelegate;

protected:
    void paintCell(QPainter &, const QRect &, const QStyleOptionViewItem &, const QModelIndex &) const override;
};

/// Width of a column that shows `2026-11-22 09:14:07`.
int secondsTimeWidth();

} // namespace pages
