#include "tests/gui/page_fixture.h"
#include "tests/support/test_main.h"
#include "views/pages/health_page.h"
#include "views/widgets/stat_tile.h"
#include "views/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

class TstHealthPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::Theme::instance().apply(*qApp, widgets::Theme::Mode::Light); }

    void checksAndFacts()
    {
        test::PageFixture fixture;
        pages::HealthPage page(fixture);
        page.resize(1240, 760);
        static_cast<QWidget &>(page).show();
        page.show({QStringLiteral("health"), {}, {}});
        auto *table = page.findChild<QTableView *>(QStringLiteral("health.table"));
        QTRY_VERIFY(table->model()->rowCount() > 0);
        QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("ok"));
        QVERIFY(page.findChild<widgets::StatTile *>(QStringLiteral("health.tile.overall"))
                    ->accessibleName()
                    .contains(QStringLiteral("Ready")));
        for (const pages::PageAction &action : page.actions())
            if (action.id == QLatin1StringView("health.copy"))
                action.trigger();
        QVERIFY(QApplication::clipboard()->text().contains(table->model()->index(0, 0).data().toString()));
    }

    void theTableIsAsHighAsItsRowsAndRemembers()
    {
        test::PageFixture fixture;
        pages::HealthPage page(fixture);
        page.resize(1240, 760);
        static_cast<QWidget &>(page).show();
        page.show({QStringLiteral("health"), {}, {}});
        auto *table = page.findChild<QTableView *>(QStringLiteral("health.table"));
        QTRY_VERIFY(table->model()->rowCount() > 0);
        QTRY_VERIFY(table->height() < 100 + 38 * table->model()->rowCount());
        QCOMPARE(table->verticalScrollBar()->maximum(), 0);
        constexpr int history = 4;
        QCOMPARE(table->model()->headerData(history, Qt::Horizontal).toString(), QStringLiteral("Since opened"));
        QCOMPARE(table->model()->index(0, history).data().toString(), QStringLiteral("1 answer, all ok"));
        fixture.fake.setGone(true);
        page.refresh();
        QTRY_VERIFY(table->model()->index(0, history).data().toString().endsWith(QStringLiteral("answers not ok")));
    }

    void nobodyAnswersThenSomebodyDoes()
    {
        test::PageFixture fixture;
        fixture.fake.setGone(true);
        pages::HealthPage page(fixture);
        page.resize(1240, 760);
        static_cast<QWidget &>(page).show();
        page.show({QStringLiteral("health"), {}, {}});
        auto *empty = page.findChild<QWidget *>(QStringLiteral("health.empty"));
        auto *retry = empty->findChild<QPushButton *>(QStringLiteral("emptyState.retry"));
        QTRY_VERIFY(retry->isVisible());
        QVERIFY(page.findChild<widgets::StatTile *>(QStringLiteral("health.tile.overall"))
                    ->accessibleName()
                    .contains(QStringLiteral("No answer")));
        fixture.fake.setGone(false);
        QTest::mouseClick(retry, Qt::LeftButton);
        QTRY_VERIFY(page.updatedAt().isValid());
        fixture.fake.setGone(true);
        page.refresh();
        auto *stale = page.findChild<QLabel *>(QStringLiteral("health.stale"));
        QTRY_VERIFY(stale->isVisible());
        QVERIFY(stale->text().startsWith(QStringLiteral("Nobody answers")));
    }
};

REGISTER_SUITE(health_page, TstHealthPage)
#include "tst_health_page.moc"
