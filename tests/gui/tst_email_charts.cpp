#include "tests/support/gui_app.h"
#include "tests/support/test_main.h"
#include "views/charts/chart_card.h"
#include "views/charts/heat_map.h"
#include "views/charts/segment_bar.h"
#include "views/charts/step_chart.h"
#include "views/widgets/data_table.h"
#include "views/widgets/notice_bar.h"
#include "views/widgets/segment_control.h"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QTest>

namespace {

using charts::Segment;

charts::Steps days(int count)
{
    charts::Steps steps;
    steps.start = QDateTime(QDate(2026, 11, 12), QTime(0, 0), Qt::UTC);
    steps.notesTitle = QStringLiteral("n");
    charts::StepSeries ratio{QStringLiteral("ratio"), {}, 0};
    for (int i = 0; i < count; ++i) {
        ratio.values << (i == 2 ? std::nullopt : std::optional<double>(0.94 + 0.005 * i));
        steps.notes << QString::number(100 + i);
    }
    steps.series << ratio;
    steps.openFrom = steps.start.addDays(count - 3);
    return steps;
}

template <typename W>
QImage drawn(W &widget, widgets::Theme::Mode mode)
{
    widgets::Theme::instance().setMode(mode);
    return widget.grab().toImage();
}

QList<Segment> outcomes()
{
    return {{QStringLiteral("delivered"), QStringLiteral("delivered"), 9990, 5, Segment::Mark::Circle},
            {QStringLiteral("hard"), QStringLiteral("hard bounce"), 0, 3, Segment::Mark::Square},
            {QStringLiteral("blocked"), QStringLiteral("blocked"), 9, 2, Segment::Mark::Diamond},
            {QStringLiteral("pending"), QStringLiteral("pending"), 1, 4, Segment::Mark::Hatched, true}};
}

} // namespace

/// The charts of the delivery screen on their own.
class TstEmailCharts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::prepareGui(); }
    void cleanup() { widgets::Theme::instance().setMode(widgets::Theme::Mode::Light); }

    void stepsAsATable()
    {
        auto *chart = new charts::StepChart(QStringLiteral("ratio"), charts::StepChart::Shape::Line);
        charts::ChartCard card(QStringLiteral("Ratio"), chart);
        chart->setFormat([](double v) { return QString::number(v, 'f', 3); });
        chart->setSteps(days(6));
        const charts::ChartTable table = chart->table();
        QCOMPARE(table.columns,
                 QStringList({QStringLiteral("Day (UTC)"), QStringLiteral("ratio"), QStringLiteral("n")}));
        QCOMPARE(table.rows.size(), 6);
        QCOMPARE(table.rows.first(), QStringList({QStringLiteral("2026-11-17 (still settling)"),
                                                  QStringLiteral("0.965"), QStringLiteral("105")}));
        QCOMPARE(table.rows.at(3).at(1), QStringLiteral("—")); // the gap is not a zero
        QVERIFY(chart->accessibleDescription().contains(QStringLiteral("least 0.940 on")));
        card.resize(500, 300);
        card.show();
        auto *shown = card.findChild<widgets::DataTable *>(QStringLiteral("ratio.table"));
        QVERIFY(!shown->isVisible());
        card.findChild<QAbstractButton *>(QStringLiteral("ratio.asTable"))->click();
        QVERIFY(shown->isVisible());
        QCOMPARE(shown->model()->rowCount(), 6);
        QCOMPARE(shown->model()->index(0, 2).data().toString(), QStringLiteral("105"));
    }

    void stepsByMouseAndKeys()
    {
        charts::StepChart chart(QStringLiteral("ratio"), charts::StepChart::Shape::Line);
        chart.setCeiling(1.0);
        chart.setSteps(days(6));
        chart.resize(480, 200);
        chart.show();
        QVERIFY(QTest::qWaitForWindowActive(&chart));
        QSignalSpy clicked(&chart, &charts::StepChart::stepClicked);
        QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.stepRect(4).center().toPoint());
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.last().at(0).toDateTime(), QDateTime(QDate(2026, 11, 16), QTime(0, 0), Qt::UTC));
        QCOMPARE(clicked.last().at(1).toDateTime(), QDateTime(QDate(2026, 11, 17), QTime(0, 0), Qt::UTC));
        chart.setFocus();
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.count(), 2); // the pointer rests on a step
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.last().at(0).toDateTime().date(), QDate(2026, 11, 17));
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("still settling")));
        charts::StepChart none(QStringLiteral("none"), charts::StepChart::Shape::Bars);
        QSignalSpy nothing(&none, &charts::StepChart::stepClicked);
        none.resize(300, 160);
        none.show();
        QTest::mouseClick(&none, Qt::LeftButton);
        QTest::keyClick(&none, Qt::Key_Right);
        QTest::keyClick(&none, Qt::Key_Return);
        QCOMPARE(nothing.count(), 0);
        QVERIFY(none.table().rows.isEmpty());
    }

    void unsettledStepsAreHatched()
    {
        charts::StepChart chart(QStringLiteral("ratio"), charts::StepChart::Shape::Line);
        chart.setCeiling(1.0);
        charts::Steps steps = days(6);
        chart.resize(480, 200);
        chart.setSteps(steps);
        const QRect open = chart.stepRect(5).toRect();
        const QImage hatched = chart.grab(open).toImage();
        steps.openFrom.reset();
        chart.setSteps(steps);
        QVERIFY(hatched != chart.grab(open).toImage());
        for (const auto mode : {widgets::Theme::Mode::Light, widgets::Theme::Mode::Dark})
            QVERIFY(!drawn(chart, mode).isNull());
        QVERIFY(drawn(chart, widgets::Theme::Mode::Light) != drawn(chart, widgets::Theme::Mode::Dark));
    }

    void partsOfAWhole()
    {
        charts::SegmentBar bar(QStringLiteral("outcomes"));
        bar.setSegments(outcomes(), QStringLiteral("messages"), QStringLiteral("accepted messages"));
        bar.resize(600, bar.heightForWidth(600));
        bar.show();
        QVERIFY(QTest::qWaitForWindowActive(&bar));
        const charts::ChartTable table = bar.table();
        QCOMPARE(table.rows.size(), 4);
        QCOMPARE(table.rows.at(0),
                 QStringList({QStringLiteral("delivered"), QStringLiteral("9,990"), QStringLiteral("99.9 %")}));
        QCOMPARE(table.rows.at(1).at(1), QStringLiteral("0"));
        QVERIFY(bar.accessibleName().contains(QStringLiteral("blocked 9")));
        QVERIFY(bar.segmentRect(QStringLiteral("hard")).isEmpty());
        // One of ten thousand can still be hit.
        QVERIFY(bar.segmentRect(QStringLiteral("pending")).width() >= 4);
        QVERIFY(bar.segmentRect(QStringLiteral("pending")).right() <= bar.width());
        QSignalSpy clicked(&bar, &charts::SegmentBar::segmentClicked);
        QTest::mouseClick(&bar, Qt::LeftButton, {}, bar.segmentRect(QStringLiteral("pending")).center());
        QCOMPARE(clicked.last().first().toString(), QStringLiteral("pending"));
        bar.setFocus(Qt::TabFocusReason);
        QTest::keyClick(&bar, Qt::Key_Left);
        QTest::keyClick(&bar, Qt::Key_Space);
        QCOMPARE(clicked.last().first().toString(), QStringLiteral("blocked"));
        QVERIFY(bar.heightForWidth(260) > bar.heightForWidth(900)); // the legend wraps
    }

    void cellsOfAMap()
    {
        charts::HeatMap map(QStringLiteral("map"));
        charts::HeatMapData data;
        data.corner = QStringLiteral("Template");
        data.rowKeys = {QStringLiteral("a"), QString()};
        data.rows = {QStringLiteral("a"), QStringLiteral("other")};
        data.columnKeys = {QStringLiteral("x"), QString()};
        data.columns = {QStringLiteral("x"), QStringLiteral("other")};
        const charts::HeatCell bad{QStringLiteral("61.0 %"), QStringLiteral("n 400"), widgets::Tone::Bad, {}};
        const charts::HeatCell few{{}, QStringLiteral("n 12"), widgets::Tone::Neutral, {}};
        data.cells = {{bad, few}, {few, {}}};
        map.setCells(data);
        map.resize(map.minimumSizeHint());
        map.show();
        const charts::ChartTable table = map.table();
        QCOMPARE(table.columns,
                 QStringList({QStringLiteral("Template"), QStringLiteral("x"), QStringLiteral("other")}));
        QCOMPARE(table.rows.at(0),
                 QStringList({QStringLiteral("a"), QStringLiteral("61.0 %  n 400"), QStringLiteral("n 12")}));
        QCOMPARE(table.rows.at(1).last(), QStringLiteral("—"));
        QVERIFY(map.accessibleDescription().contains(QStringLiteral("a, x: 61.0 %")));
        QSignalSpy clicked(&map, &charts::HeatMap::cellClicked);
        QTest::mouseClick(&map, Qt::LeftButton, {}, map.cellRect(0, 0).center());
        QCOMPARE(clicked.last().at(0).toString(), QStringLiteral("a"));
        QCOMPARE(clicked.last().at(1).toString(), QStringLiteral("x"));
        QTest::mouseClick(&map, Qt::LeftButton, {}, map.cellRect(1, 1).center());
        QCOMPARE(clicked.count(), 1); // other × other names nothing
        map.setFocus();
        QTest::keyClick(&map, Qt::Key_Up);
        QTest::keyClick(&map, Qt::Key_Return);
        QCOMPARE(clicked.count(), 2);
        QCOMPARE(clicked.last().at(0).toString(), QStringLiteral("a"));
        QVERIFY(drawn(map, widgets::Theme::Mode::Light) != drawn(map, widgets::Theme::Mode::Dark));
    }

    void noticesKeepTheirButtons()
    {
        widgets::NoticeBar bar(QStringLiteral("notices"));
        QVERIFY(!bar.isVisibleTo(nullptr));
        const QList<widgets::Notice> notices{
            {QStringLiteral("a"), QStringLiteral("It holds."), widgets::Tone::Warning, QStringLiteral("Look")},
            {QStringLiteral("b"), QStringLiteral("It waits."), widgets::Tone::Neutral, {}}};
        bar.setNotices(notices);
        bar.show();
        auto *button = bar.findChild<QAbstractButton *>(QStringLiteral("notices.a.action"));
        QVERIFY(button && !bar.findChild<QAbstractButton *>(QStringLiteral("notices.b.action")));
        bar.setNotices(notices);
        QCOMPARE(bar.findChild<QAbstractButton *>(QStringLiteral("notices.a.action")), button);
        QSignalSpy asked(&bar, &widgets::NoticeBar::actionRequested);
        button->click();
        QCOMPARE(asked.last().first().toString(), QStringLiteral("a"));
        bar.setNotices({});
        QVERIFY(!bar.isVisible());
    }

    void oneOfAFew()
    {
        widgets::SegmentControl control(QStringLiteral("window"), QStringLiteral("How far back"));
        for (const char *key : {"1h", "24h", "7d"})
            control.addChoice(QString::fromLatin1(key), QString::fromLatin1(key), QString::fromLatin1(key));
        QSignalSpy chosen(&control, &widgets::SegmentControl::chosen);
        control.setCurrent(QStringLiteral("24h"));
        QCOMPARE(chosen.count(), 0);
        control.show();
        QVERIFY(QTest::qWaitForWindowActive(&control));
        auto *day = control.findChild<QAbstractButton *>(QStringLiteral("window.24h"));
        QVERIFY(day->isChecked());
        QTest::keyClick(day, Qt::Key_Right);
        QCOMPARE(chosen.last().first().toString(), QStringLiteral("7d"));
        QCOMPARE(control.current(), QStringLiteral("7d"));
        control.setCurrent(QString());
        QCOMPARE(control.current(), QString());
    }
};

REGISTER_SUITE(email_charts, TstEmailCharts)
#include "tst_email_charts.moc"
