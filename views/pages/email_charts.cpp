#include "views/pages/email_charts.h"

#include "models/domain/format.h"
#include "views/charts/chart_card.h"
#include "views/charts/heat_map.h"
#include "views/charts/step_chart.h"
#include "views/pages/email_words.h"

#include <QGridLayout>

#include <algorithm>

namespace pages {

namespace {
constexpr int cardHeight = 230, wideFrom = 1040, mostRows = 5, mostColumns = 4;

using Groups = QList<ports::DeliveryGroup>;
using GroupKey = QString ports::DeliveryGroup::*;

/// The busiest names of one side; what is beyond `most` is gathered under an empty one.
QStringList busiest(const Groups &groups, GroupKey key, int most)
{
    QHash<QString, qint64> sizes;
    for (const ports::DeliveryGroup &group : groups)
        sizes[group.*key] += group.counts.accepted();
    QStringList names = sizes.keys();
    std::sort(names.begin(), names.end(), [&sizes](const QString &a, const QString &b) {
        return sizes[a] != sizes[b] ? sizes[a] > sizes[b] : a < b;
    });
    if (names.size() > most)
        names = names.mid(0, most - 1) << QString();
    return names;
}

charts::HeatCell heatCell(const domain::OutcomeCounts &counts, const QString &row, const QString &column)
{
    charts::HeatCell cell;
    if (counts.accepted() == 0)
        return cell;
    const domain::Verdict verdict = domain::ratioVerdict(counts);
    const QString n = EmailCharts::tr("n %1").arg(domain::countText(counts.settled()));
    cell.quiet = n;
    const auto ratio = domain::settledRatio(counts);
    if (verdict != domain::Verdict::None)
        cell.text = ratioText(ratio).section(QLatin1Char(' '), 0, 0); // the card says that it is percent
    cell.tone = verdictTone(verdict);
    cell.tooltip = EmailCharts::tr("%1 to %2\nsettled ratio %3 of %4 settled, %5 accepted\nblocked %6, bounced %7")
                       .arg(row, column, ratioText(ratio), domain::countText(counts.settled()),
                            domain::countText(counts.accepted()), domain::countText(counts.blocked),
                            domain::countText(counts.hard + counts.soft + counts.bouncedLater));
    if (verdict == domain::Verdict::None)
        cell.tooltip += EmailCharts::tr("\ntoo few to judge");
    return cell;
}
} // namespace

EmailCharts::EmailCharts(QWidget *parent)
    : QWidget(parent)
    , m_ratio(new charts::StepChart(QStringLiteral("email.ratioChart"), charts::StepChart::Shape::Line, this))
    , m_events(new charts::StepChart(QStringLiteral("email.eventsChart"), charts::StepChart::Shape::Bars, this))
    , m_map(new charts::HeatMap(QStringLiteral("email.heatMap"), this))
    , m_ratioCard(new charts::ChartCard(tr("Settled ratio"), m_ratio, this))
    , m_eventsCard(new charts::ChartCard(tr("Events by their time"), m_events, this))
    , m_mapCard(new charts::ChartCard(tr("Template × recipient domain"), m_map, this))
    , m_grid(new QGridLayout(this))
{
    setObjectName(QStringLiteral("email.charts"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(widgets::space::m);
    m_ratio->setFormat([](double v) { return domain::percentText(v, 1); });
    m_ratio->setAxisFormat([](double v) { return domain::percentText(v, 0); });
    m_ratio->setCeiling(1.0);
    m_ratio->setReferences({{0.98, tr("98 %"), widgets::Tone::Warning}, {0.95, tr("95 %"), widgets::Tone::Bad}});
    m_ratio->setEmptyText(tr("No mail settled in this time"));
    m_events->setEmptyText(tr("No events in this time"));
    m_map->setEmptyText(tr("No mail was accepted in this window"));
    for (charts::ChartCard *card : {m_ratioCard, m_eventsCard, m_mapCard})
        card->setFixedHeight(cardHeight);
    connect(m_ratio, &charts::StepChart::stepClicked, this, &EmailCharts::rangeRequested);
    connect(m_events, &charts::StepChart::stepClicked, this, &EmailCharts::rangeRequested);
    connect(m_map, &charts::HeatMap::cellClicked, this, &EmailCharts::cellRequested);
    arrange();
}

QSize EmailCharts::minimumSizeHint() const
{
    return {480, m_columns == 3 ? cardHeight : 2 * cardHeight + widgets::space::m};
}

void EmailCharts::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void EmailCharts::arrange()
{
    const int columns = width() >= wideFrom ? 3 : 2;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (charts::ChartCard *card : {m_ratioCard, m_eventsCard, m_mapCard})
        m_grid->removeWidget(card);
    m_grid->addWidget(m_ratioCard, 0, 0);
    m_grid->addWidget(m_eventsCard, 0, 1);
    if (columns == 3)
        m_grid->addWidget(m_mapCard, 0, 2);
    else
        m_grid->addWidget(m_mapCard, 1, 0, 1, 2);
    m_grid->setColumnStretch(0, 10);
    m_grid->setColumnStretch(1, 10);
    m_grid->setColumnStretch(2, columns == 3 ? 18 : 0);
    updateGeometry();
}

void EmailCharts::setFigures(const EmailFigures &shown, const ports::MessageFilter &filter,
                             const items::EmailWindow &window)
{
    const bool hourly = shown.series && shown.series->stepSeconds < 86'400;
    const qint64 back = EmailLoader::chartSeconds(window);
    const QString range = hourly ? tr("%1 h").arg(back / 3600) : tr("%1 d").arg(back / 86'400);
    m_ratioCard->setTitle(hourly ? tr("Settled ratio by hour") : tr("Settled ratio by day"));
    m_ratioCard->setHint(tr("accepted in %1 · UTC").arg(range));
    m_eventsCard->setHint(tr("%1 · UTC").arg(range));
    m_mapCard->setHint(tr("settled ratio, %"));
    drawRatio(shown);
    drawEvents(shown);
    drawCells(shown);
    const std::optional<QDateTime> until = filter.until ? filter.until : std::nullopt;
    const bool chosen = filter.from && until;
    m_ratio->setSelection(chosen ? filter.from : std::nullopt, until);
    m_events->setSelection(chosen ? filter.from : std::nullopt, until);
    m_map->setSelected(filter.templates, filter.domain.toLower());
}

void EmailCharts::drawRatio(const EmailFigures &shown)
{
    charts::Steps steps;
    if (shown.series && !shown.series->cohorts.isEmpty()) {
        charts::StepSeries ratio{tr("settled ratio"), {}, 0};
        for (const ports::DeliveryPoint &point : shown.series->cohorts) {
            ratio.values << domain::settledRatio(point.counts);
            steps.notes << tr("%1 of %2 accepted")
                               .arg(domain::countText(point.counts.settled()),
                                    domain::countText(point.counts.accepted()));
        }
        steps.start = shown.series->cohorts.first().start;
        steps.stepSeconds = shown.series->stepSeconds;
        steps.notesTitle = tr("settled");
        steps.series << ratio;
        steps.openFrom = QDateTime::currentDateTimeUtc().addMSecs(-domain::settleMs);
    }
    m_ratio->setSteps(steps);
}

void EmailCharts::drawEvents(const EmailFigures &shown)
{
    charts::Steps steps;
    if (shown.series && !shown.series->events.isEmpty()) {
        steps.start = shown.series->events.first().start;
        steps.stepSeconds = shown.series->stepSeconds;
        steps.series = eventSeries(shown.series->events);
    }
    m_events->setSteps(steps);
}

void EmailCharts::drawCells(const EmailFigures &shown)
{
    charts::HeatMapData map;
    const Groups groups = shown.cells.value_or(Groups());
    map.corner = tr("Template");
    map.rowKeys = busiest(groups, &ports::DeliveryGroup::key, mostRows);
    map.columnKeys = busiest(groups, &ports::DeliveryGroup::second, mostColumns);
    QHash<std::pair<QString, QString>, domain::OutcomeCounts> sums;
    for (const ports::DeliveryGroup &group : groups) {
        const QString row = map.rowKeys.contains(group.key) ? group.key : QString();
        const QString column = map.columnKeys.contains(group.second) ? group.second : QString();
        sums[{row, column}] += group.counts;
    }
    const auto named = [](const QString &name) { return name.isEmpty() ? tr("other") : name; };
    for (const QString &row : std::as_const(map.rowKeys)) {
        map.rows << named(row);
        QList<charts::HeatCell> cells;
        for (const QString &column : std::as_const(map.columnKeys))
            cells << heatCell(sums.value({row, column}), named(row), named(column));
        map.cells << cells;
    }
    for (const QString &column : std::as_const(map.columnKeys))
        map.columns << named(column);
    m_map->setCells(map);
}

} // namespace pages
