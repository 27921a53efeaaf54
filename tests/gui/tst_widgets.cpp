#include "tests/support/gui_app.h"
#include "tests/support/test_main.h"
#include "views/charts/chart_card.h"
#include "views/charts/distribution_chart.h"
#include "views/charts/time_chart.h"
#include "views/widgets/buttons.h"
#include "views/widgets/cell_delegates.h"
#include "views/widgets/data_table.h"
#include "views/widgets/effect_list.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/environment.h"
#include "views/widgets/filter_chips.h"
#include "views/widgets/progress_strip.h"
#include "views/widgets/review_sheet.h"
#include "views/widgets/stat_tile.h"
#include "views/widgets/timeline.h"
#include "views/widgets/usage_bar.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>
#include <QVBoxLayout>

using namespace widgets;

namespace {

template <typename T>
T *child(QWidget &parent, const char *name)
{
    return parent.findChild<T *>(QString::fromLatin1(name));
}

} // namespace

class TstWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::prepareGui(); }

    void tableKeys()
    {
        QStandardItemModel model(5, 2);
        for (int row = 0; row < 5; ++row)
            model.setItem(row, 1, new QStandardItem(QStringLiteral("cell %1").arg(row)));
        DataTable table(QStringLiteral("things"));
        table.setModel(&model);
        table.resize(400, 300);
        table.show();
        QSignalSpy opened(&table, &DataTable::opened), marks(&table, &DataTable::marksChanged);
        table.setCurrentIndex(model.index(1, 1));
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.first().first().toModelIndex().row(), 1);
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("cell 1"));
        QTest::keyClick(&table, Qt::Key_Space);
        table.setCurrentIndex(model.index(3, 1));
        QTest::keyClick(&table, Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(table.markedRows(), (QList<int>{1, 2, 3}));
        QTest::keyClick(&table, Qt::Key_Escape);
        QVERIFY(table.markedRows().isEmpty());
        QCOMPARE(marks.count(), 3);
        QCOMPARE(table.rowHeight(0), 38);
    }

    void tableHeaderAsksForSorts()
    {
        QStandardItemModel model(1, 2);
        DataTable table(QStringLiteral("things"));
        table.setModel(&model);
        table.setColumn(0, 120, Qt::AlignLeft, true);
        table.setColumn(1, 120);
        table.setSort(0, Qt::DescendingOrder);
        table.resize(400, 200);
        table.show();
        QSignalSpy asked(&table, &DataTable::sortRequested);
        QWidget *header = table.horizontalHeader()->viewport();
        QTest::mouseClick(header, Qt::LeftButton, {}, QPoint(40, 10));
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().at(1).value<Qt::SortOrder>(), Qt::AscendingOrder);
        QTest::mouseClick(header, Qt::LeftButton, {}, QPoint(180, 10));
        QCOMPARE(asked.count(), 1); // not sortable
    }

    void delegatesPaintEveryKindOfCell()
    {
        QStandardItemModel model(2, 6);
        model.setData(model.index(0, 0), QStringLiteral("active"));
        model.setData(model.index(0, 1), qint64(9), Qt::UserRole + 1);
        model.setData(model.index(0, 1), qint64(10), Qt::UserRole + 2);
        model.setData(model.index(0, 1), QStringLiteral("9 / 10 GB"));
        model.setData(model.index(0, 2), QStringLiteral("Name"));
        model.setData(model.index(0, 2), QStringLiteral("name@example.com"), Qt::UserRole + 1);
        model.setData(model.index(0, 3), QDateTime::currentDateTimeUtc(), Qt::UserRole + 1);
        model.setData(model.index(0, 4), qint64(4900), Qt::UserRole + 1);
        model.setData(model.index(0, 5), QStringLiteral("note"), Qt::UserRole + 1);
        DataTable table(QStringLiteral("cells"));
        table.setModel(&model);
        table.setItemDelegateForColumn(0, new BadgeDelegate([](const QModelIndex &) { return Tone::Good; }, &table));
        table.setItemDelegateForColumn(1, new UsageBarDelegate(Qt::UserRole + 1, Qt::UserRole + 2, &table));
        table.setItemDelegateForColumn(2, new TwoTextDelegate(Qt::UserRole + 1, &table));
        table.setItemDelegateForColumn(3, new RelativeTimeDelegate(Qt::UserRole + 1, &table));
        table.setItemDelegateForColumn(4, new MoneyDelegate(Qt::UserRole + 1, &table));
        table.setItemDelegateForColumn(5, new IconDelegate(Qt::UserRole + 1, &table));
        table.resize(900, 160);
        table.show();
        const QImage image = table.viewport()->grab().toImage();
        for (int column = 0; column < 6; ++column) {
            const auto ink = [&](int row) {
                const QRect cell = table.visualRect(model.index(row, column)).adjusted(2, 2, -2, -4);
                int dark = 0;
                for (int y = cell.top(); y < cell.bottom(); ++y) {
                    for (int x = cell.left(); x < cell.right(); ++x)
                        dark += image.pixelColor(x, y) != QColor(Qt::white);
                }
                return dark;
            };
            QVERIFY2(ink(0) > 10, qPrintable(QString::number(column)));
            QVERIFY(ink(0) > ink(1)); // the second row is empty: at most a dash
        }
    }

    void emptyStates()
    {
        EmptyState state;
        state.resize(500, 300);
        state.show();
        QSignalSpy retry(&state, &EmptyState::retryRequested), clear(&state, &EmptyState::clearRequested);
        auto *retryButton = child<QPushButton>(state, "emptyState.retry");
        auto *clearButton = child<QPushButton>(state, "emptyState.clear");
        state.showFailed(QStringLiteral("Customers"), QStringLiteral("The database does not answer."),
                         QStringLiteral("req-1"));
        QVERIFY(retryButton->isVisible() && !clearButton->isVisible());
        QTest::mouseClick(retryButton, Qt::LeftButton);
        QCOMPARE(retry.count(), 1);
        state.showNoMatch(QStringLiteral("tier is pro"));
        QVERIFY(!retryButton->isVisible() && clearButton->isVisible());
        QTest::mouseClick(clearButton, Qt::LeftButton);
        QCOMPARE(clear.count(), 1);
        state.showNothingYet(QStringLiteral("No notes yet"), QStringLiteral("Add the first one."));
        QVERIFY(!retryButton->isVisible() && !clearButton->isVisible());
        state.showLoading(QStringLiteral("customers"));
        QVERIFY(state.accessibleName().contains(QStringLiteral("customers")));
    }

    void filterChips()
    {
        FilterChips bar(QStringLiteral("customers"));
        bar.resize(800, 50);
        bar.show();
        auto *field = child<QLineEdit>(bar, "customers.filter");
        QSignalSpy edited(&bar, &FilterChips::edited), submitted(&bar, &FilterChips::submitted),
            removed(&bar, &FilterChips::removed), escaped(&bar, &FilterChips::escaped);
        QTest::keyClicks(field, QStringLiteral("tier:pro"));
        QTRY_COMPARE(edited.count(), 1); // many keys, one announcement
        QCOMPARE(edited.first().first().toString(), QStringLiteral("tier:pro"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(submitted.count(), 1);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(field->text().isEmpty());
        QTest::keyClick(field, Qt::Key_Escape);
        QCOMPARE(escaped.count(), 1);
        bar.setChips({{QStringLiteral("tier"), QStringLiteral("Tier"), QStringLiteral("pro")}});
        auto *chip = child<QToolButton>(bar, "customers.chip.tier");
        QTest::mouseClick(chip, Qt::LeftButton);
        QCOMPARE(removed.first().first().toString(), QStringLiteral("tier"));
        bar.setError(QStringLiteral("Unknown field “tir”. Did you mean tier?"));
        QVERIFY(child<QLabel>(bar, "customers.filterError")->isVisible());
        bar.setError({});
        QVERIFY(!child<QLabel>(bar, "customers.filterError")->isVisible());
    }

    void progressAppearsAndOffersCancel()
    {
        ProgressStrip strip;
        strip.setDelays(1, 2);
        strip.start(QStringLiteral("Loading"));
        QVERIFY(!strip.isVisible());
        QTRY_VERIFY(strip.isVisible());
        auto *cancel = child<QPushButton>(strip, "progressStrip.cancel");
        QTRY_VERIFY(cancel->isVisible());
        QSignalSpy asked(&strip, &ProgressStrip::cancelRequested);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCOMPARE(asked.count(), 1);
        strip.finish();
        QVERIFY(!strip.isVisible() && !strip.isActive());
    }

    void reviewSheetNeedsAReasonAndKeepsErrors()
    {
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        Environment production{QStringLiteral("Production"),
                               QStringLiteral("api.example.dev"),
                               EnvironmentKind::Production,
                               EnvironmentHue::Red,
                               false,
                               {}};
        column->addWidget(new EnvironmentBand(production, &window));
        window.show();
        ReviewSheet sheet(QStringLiteral("sheet"), &window);
        QCOMPARE(sheet.findChild<EnvironmentBand *>()->environment().name, QStringLiteral("Production"));
        sheet.setVerb(QStringLiteral("Move Halcyon to Growth"));
        sheet.setReasonRequired(true, 10);
        sheet.open();
        auto *commit = child<QPushButton>(sheet, "sheet.commit");
        auto *reason = child<QPlainTextEdit>(sheet, "sheet.reason");
        QSignalSpy committed(&sheet, &ReviewSheet::committed);
        QVERIFY(!commit->isEnabled());
        QVERIFY(!commit->toolTip().isEmpty());
        QTest::keyClicks(reason, QStringLiteral("because"));
        QVERIFY(commit->isEnabled());
        QTest::keyClicks(reason, QStringLiteral(" of it all"));
        QVERIFY(!commit->isEnabled());
        reason->setPlainText(QStringLiteral("agreed"));
        sheet.setBusy(true);
        QVERIFY(!commit->isEnabled());
        sheet.setBusy(false);
        QTest::mouseClick(commit, Qt::LeftButton);
        QCOMPARE(committed.count(), 1);
        QVERIFY(sheet.isVisible()); // it closes when the answer is there
        sheet.showError(QStringLiteral("Already there"), QStringLiteral("req-9"));
        QVERIFY(child<QLabel>(sheet, "sheet.error")->text().contains(QStringLiteral("req-9")));
        QCOMPARE(sheet.reason(), QStringLiteral("agreed"));
    }

    void bandCountsDownAndLocks()
    {
        Environment e{QStringLiteral("Production"), {}, EnvironmentKind::Production, EnvironmentHue::Red, true, {}};
        EnvironmentBand band(e);
        QVERIFY(band.text().contains(QStringLiteral("read only")));
        e.unlockedUntil = QDateTime::currentDateTimeUtc().addSecs(900);
        band.setEnvironment(e);
        QVERIFY(band.text().contains(QStringLiteral("left")));
        QSignalSpy expired(&band, &EnvironmentBand::expired);
        e.unlockedUntil = QDateTime::currentDateTimeUtc().addMSecs(50);
        band.setEnvironment(e);
        QTRY_COMPARE(expired.count(), 1);
        QVERIFY(band.text().contains(QStringLiteral("read only")));
    }

    void timelineByKeys()
    {
        Timeline line(QStringLiteral("timeline"));
        line.setEntries({{QStringLiteral("a"), {}, Tone::Good, QStringLiteral("First"), QStringLiteral("now"), {}},
                         {QStringLiteral("b"),
                          QStringLiteral("mail"),
                          Tone::Bad,
                          QStringLiteral("Second"),
                          QStringLiteral("then"),
                          {}}});
        line.resize(300, 200);
        line.show();
        auto *rows = child<QWidget>(line, "timeline.rows");
        QSignalSpy activated(&line, &Timeline::activated);
        QTest::keyClick(rows, Qt::Key_Down);
        QTest::keyClick(rows, Qt::Key_Down);
        QTest::keyClick(rows, Qt::Key_Return);
        QCOMPARE(activated.first().first().toString(), QStringLiteral("b"));
        QCOMPARE(line.count(), 2);
    }

    void timelineRowsNeverOverlap()
    {
        QList<TimelineEntry> entries;
        for (int i = 0; i < 40; ++i) {
            TimelineEntry entry{QString::number(i),
                                {},
                                Tone::Neutral,
                                QStringLiteral("Event %1").arg(i),
                                QStringLiteral("then"),
                                {},
                                {}};
            if (i % 3 == 0)
                entry.heading = QStringLiteral("%1 Jun 2026").arg(i / 3 + 1);
            entries << entry;
        }
        Timeline line(QStringLiteral("timeline"));
        line.setEntries(entries);
        const auto overlap = [&] {
            for (int i = 0; i < line.count(); ++i) {
                const int before = i == 0 ? -1 : line.rowRect(i - 1).bottom();
                const QRect heading = line.headingRect(i), row = line.rowRect(i);
                if (heading.isNull() ? row.top() <= before : heading.top() <= before || row.top() <= heading.bottom())
                    return i;
            }
            return -1;
        };
        auto *rows = child<QWidget>(line, "timeline.rows");
        QCOMPARE(overlap(), -1); // before it was ever shown
        line.resize(400, 300);
        line.show();
        QCOMPARE(overlap(), -1);
        QTRY_VERIFY(rows->height() > line.rowRect(39).bottom());
        line.resize(220, 90);
        QCOMPARE(overlap(), -1);
        Theme::instance().setMode(Theme::Mode::Dark);
        QCOMPARE(overlap(), -1);
        Theme::instance().setMode(Theme::Mode::Light);
        QSignalSpy activated(&line, &Timeline::activated);
        QTest::mouseClick(rows, Qt::LeftButton, {}, line.rowRect(6).center());
        QCOMPARE(activated.takeFirst().first().toString(), QStringLiteral("6"));
        QTest::mouseClick(rows, Qt::LeftButton, {}, line.headingRect(6).center());
        QVERIFY(activated.isEmpty());
    }

    void longEffectsWrapAndNothingIsCut()
    {
        QWidget window;
        window.show();
        ReviewSheet sheet(QStringLiteral("sheet"), &window);
        sheet.open();
        const QString longValue = QStringLiteral(
            "sub_eEdAdoDLhS2Y07 stays live at the payment provider: cancel it there, or it is charged again next month");
        const auto check = [&] {
            int bottom = -1;
            const auto values = child<EffectList>(sheet, "sheet.effects")->findChildren<QLabel *>();
            for (const QLabel *label : values) {
                QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
                QVERIFY(label->parentWidget()->rect().contains(label->geometry()));
                if (label->x() < 20) { // the left column, in order
                    QVERIFY(label->y() > bottom);
                    bottom = label->geometry().bottom();
                }
            }
            QVERIFY(values.size() >= 4);
        };
        sheet.setEffects({{QStringLiteral("Subscription"), longValue, Tone::Warning},
                          {QStringLiteral("Tier"), QStringLiteral("pro"), Tone::Neutral}});
        QTRY_VERIFY(child<EffectList>(sheet, "sheet.effects")->height() > 50);
        check();
        sheet.setEffects({{QStringLiteral("One"), longValue, Tone::Bad},
                          {QStringLiteral("Two"), longValue + longValue, Tone::Bad},
                          {QStringLiteral("Three"), longValue, Tone::Neutral}});
        QTRY_VERIFY(child<EffectList>(sheet, "sheet.effects")->height() > 150);
        check();
        QVERIFY(sheet.height() >= child<QPushButton>(sheet, "sheet.commit")->geometry().bottom());
    }

    void aTierIsNotAState()
    {
        const auto tones = {tierTone(QStringLiteral("team")), tierTone(QStringLiteral("pro_yearly")),
                            tierTone(QStringLiteral("free"))};
        for (const Tone tone : tones)
            QVERIFY(tone == Tone::Neutral || tone == Tone::Accent);
        QSet<QRgb> seen;
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const Colors colors = Theme::colorsOf(scheme);
            for (const char *tier : {"anonymous", "free", "hobby", "hobby_plus", "pro", "growth", "team"}) {
                const QColor color = colors.series.value(tierSeries(QString::fromLatin1(tier)));
                QVERIFY2(color.isValid() && !seen.contains(color.rgb()), tier);
                seen.insert(color.rgb());
                QVERIFY2(color.hslHue() == -1 || (color.hslHue() > 190 && color.hslHue() < 260), tier);
            }
        }
        QCOMPARE(tierSeries(QStringLiteral("pro_yearly")), tierSeries(QStringLiteral("pro")));
    }

    void tabsByKeys()
    {
        SegmentedTabs tabs(QStringLiteral("tabs"));
        tabs.addTab(QStringLiteral("one"), QStringLiteral("One"));
        tabs.addTab(QStringLiteral("two"), QStringLiteral("Two"));
        tabs.setCount(QStringLiteral("two"), 7);
        QSignalSpy changed(&tabs, &SegmentedTabs::currentChanged);
        QCOMPARE(tabs.current(), QStringLiteral("one"));
        QTest::keyClick(&tabs, Qt::Key_Right);
        QCOMPARE(tabs.current(), QStringLiteral("two"));
        QTest::keyClick(&tabs, Qt::Key_Right);
        QCOMPARE(changed.count(), 1);
    }

    void tileSpeaks()
    {
        StatTile tile(QStringLiteral("tile.mrr"));
        tile.setStat({QStringLiteral("MRR"),
                      QStringLiteral("$12"),
                      QStringLiteral("list"),
                      QStringLiteral("3 paying"),
                      Ink::Text,
                      QStringLiteral("+4"),
                      Ink::Good,
                      {1, 2, 3},
                      true});
        QCOMPARE(tile.accessibleName(), QStringLiteral("MRR, $12 list, +4, 3 paying"));
        QCOMPARE(usageTone(79, 100), Tone::Accent);
        QCOMPARE(usageTone(80, 100), Tone::Warning);
        QCOMPARE(usageTone(100, 100), Tone::Bad);
        QCOMPARE(usageTone(5, -1), Tone::Neutral);
    }

    void chartsSayTheirFiguresAsATable()
    {
        using namespace charts;
        auto *chart = new TimeChart(QStringLiteral("chart"));
        ChartCard card(QStringLiteral("By day"), chart);
        chart->setSeries(QDate(2026, 6, 1), {{QStringLiteral("new"), {1, 5, 1200}, Series::Shape::Bars, 0},
                                             {QStringLiteral("gone"), {0, -2, 0}, Series::Shape::Bars, 3}});
        QVERIFY2(chart->accessibleDescription().contains(
                     QStringLiteral("1 Jun to 3 Jun; new: least 1 on 1 Jun, most 1,200 on 3 Jun")),
                 qPrintable(chart->accessibleDescription()));
        const ChartTable table = chart->table();
        QCOMPARE(table.columns.size(), 3);
        QCOMPARE(table.rows.first(),
                 (QStringList{QStringLiteral("2026-06-03"), QStringLiteral("1,200"), QStringLiteral("0")}));
        card.resize(500, 320);
        card.show();
        QVERIFY(!card.grab().isNull());
        QVERIFY(!card.showsTable());
        QTest::mouseClick(child<QToolButton>(card, "chart.asTable"), Qt::LeftButton);
        QVERIFY(card.showsTable());
        auto *view = card.findChild<DataTable *>();
        QCOMPARE(view->model()->rowCount(), 3);
        ChartTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTable(table);
        QCOMPARE(model.index(2, 1).data().toString(), QStringLiteral("1"));

        DistributionChart shares(QStringLiteral("shares"));
        shares.setSlices({{QStringLiteral("pro"), QStringLiteral("pro"), 3, {}, 0},
                          {QStringLiteral("free"), QStringLiteral("free"), 1, {}, 1}},
                         QStringLiteral("customers"));
        QCOMPARE(shares.table().rows.first(),
                 (QStringList{QStringLiteral("pro"), QStringLiteral("3"), QStringLiteral("75.0 %")}));
        shares.resize(300, 100);
        shares.show();
        QSignalSpy clicked(&shares, &DistributionChart::sliceClicked);
        QTest::keyClick(&shares, Qt::Key_Down);
        QTest::keyClick(&shares, Qt::Key_Return);
        QCOMPARE(clicked.first().first().toString(), QStringLiteral("pro"));
    }
};

REGISTER_SUITE(widgets, TstWidgets)
#include "tst_widgets.moc"
