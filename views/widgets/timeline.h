#pragma once
#include "views/widgets/badge.h"

#include <QDateTime>
#include <QScrollArea>

#include <memory>

namespace widgets {

struct TimelineEntry {
    QString id;       ///< what activated() says
    QString iconName; ///< empty = a dot in the tone
    Tone tone = Tone::Neutral;
    QString title;  ///< "Upgraded hobby plus → pro"
    QString detail; ///< quiet: "19 Nov 10:14 · tier.upgraded"
    QString tooltip;
    QString heading = {}; ///< drawn above this row: "22 Nov 2026"; empty = the row continues the group above
};

/// Vertical line of events, newest first, with an optional heading per day. Rows take focus by arrow keys. It scrolls
/// by itself: give it the room, it never asks for more.
class Timeline : public QScrollArea {
    Q_OBJECT
public:
    explicit Timeline(const QString &name, QWidget *parent = nullptr);
    ~Timeline() override;
    void setEntries(const QList<TimelineEntry> &entries);
    int count() const;
    QRect rowRect(int row) const;     ///< on the scrolled canvas
    QRect headingRect(int row) const; ///< above the row; empty without a heading

Q_SIGNALS:
    void activated(const QString &id); ///< click or Enter

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace widgets
