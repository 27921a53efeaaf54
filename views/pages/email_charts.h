#pragma once
#include "views/pages/email_loader.h"

#include <QWidget>

class QGridLayout;
namespace charts {
class ChartCard;
class HeatMap;
class StepChart;
} // namespace charts

namespace pages {

/// Ratio by cohort, events by their own time, template × recipient domain. Side by side where there is room, else the
/// map below. Whatever is clicked becomes a filter.
class EmailCharts : public QWidget {
    Q_OBJECT
public:
    explicit EmailCharts(QWidget *parent);
    /// filter: of the list; the range and the cells that it names are marked.
    void setFigures(const EmailFigures &shown, const ports::MessageFilter &filter, const items::EmailWindow &window);
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void rangeRequested(const QDateTime &from, const QDateTime &until);
    void cellRequested(const QString &templateKind, const QString &domain); ///< an empty one stands for "other"

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    void drawRatio(const EmailFigures &shown);
    void drawEvents(const EmailFigures &shown);
    void drawCells(const EmailFigures &shown);

    charts::StepChart *m_ratio, *m_events;
    charts::HeatMap *m_map;
    charts::ChartCard *m_ratioCard, *m_eventsCard, *m_mapCard;
    QGridLayout *m_grid;
    int m_columns = 0;
};

} // namespace pages
