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
    QString title;    ///< "Upgraded hobby plus → pro"
    QString detail;   ///< quiet: "19 Nov 10:14 · tier.upgraded"
    QString tooltip;
};

/// Vertical line of events, newest first, with an optional heading per day. Rows take focus by arrow keys.
class Timeline : public QScrollArea {
    Q_OBJECT
public:
    explicit Timeline(const QString &name, QWidget *parent = nullptr);
    ~Timeline() override;
    void setEntries(const QList<TimelineEntry> &entries);
    int count() const;

Q_SIGNALS:
    void activated(const QString &id); ///< click or Enter

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace widgets
