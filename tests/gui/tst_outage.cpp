#include "tests/gui/window_fixture.h"
#include "tests/support/heartbeat.h"
#include "tests/support/test_main.h"
#include "views/widgets/theme.h"

#include <QApplication>
#include <QPushButton>
#include <QTableView>

/// The host goes away and comes back while the window is open.
class TstOutage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::Theme::instance().apply(*qApp, widgets::Theme::Mode::Light); }

    void listFailsAndComesBack()
    {
        test::WindowFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
        fixture.open(QStringLiteral("customers"));
        auto *table = fixture.find<QTableView>(QStringLiteral("customers.table"));
        QTRY_VERIFY(table->model()->rowCount() > 10);
        const int rows = table->model()->rowCount();

        test::Heartbeat heart;
        fixture.fake->setGone(true);
        fixture.page()->refresh();
        auto *empty = fixture.find<QWidget>(QStringLiteral("customers.empty"));
        auto *retry = empty->findChild<QPushButton *>(QStringLiteral("emptyState.retry"));
        QTRY_VERIFY(retry->isVisible());
        QVERIFY(empty->accessibleName().contains(QStringLiteral("could not be loaded")));

        QTest::mouseClick(retry, Qt::LeftButton);
        QTRY_VERIFY(fixture.fake->calls(test::Method::ListCustomers) > 2);
        QTRY_VERIFY(retry->isVisible());
        fixture.fake->setGone(false);
        QTest::mouseClick(retry, Qt::LeftButton);
        QTRY_VERIFY(!empty->isVisible());
        QCOMPARE(table->model()->rowCount(), rows);
        QVERIFY2(heart.longestGapMs() < 100, qPrintable(QString::number(heart.longestGapMs())));
    }

    void detailShownStaysAndSaysItIsOld()
    {
        test::WindowFixture fixture;
        fixture.open(QStringLiteral("customer"), test::teamId(test::seed::acme).toString());
        QTRY_VERIFY(fixture.page() && fixture.page()->updatedAt().isValid());
        fixture.fake->setGone(true);
        fixture.page()->refresh();
        auto *stale = fixture.find<QLabel>(QStringLiteral("customer.stale"));
        QTRY_VERIFY(stale->isVisible());
        QVERIFY(fixture.page()->title().contains(QStringLiteral("Acme")));
        fixture.fake->setGone(false);
        fixture.page()->refresh();
        QTRY_VERIFY(!stale->isVisible());
    }

    void slowAnswerCanBeCancelled()
    {
        test::WindowFixture fixture;
        fixture.open(QStringLiteral("customers"));
        auto *table = fixture.find<QTableView>(QStringLiteral("customers.table"));
        QTRY_VERIFY(table->model()->rowCount() > 10);
        fixture.fake->hold(test::Method::ListCustomers);
        fixture.page()->refresh();
        QTRY_COMPARE(fixture.fake->waiting(test::Method::ListCustomers), 1);
        QPushButton *cancel = nullptr;
        QTRY_VERIFY([&] {
            for (QPushButton *button : fixture.page()->findChildren<QPushButton *>())
                if (button->isVisible() && button->text() == QLatin1StringView("Cancel"))
                    cancel = button;
            return cancel != nullptr;
        }());
        QTest::mouseClick(cancel, Qt::LeftButton);
        auto *retry = fixture.find<QWidget>(QStringLiteral("customers.empty"))
                          ->findChild<QPushButton *>(QStringLiteral("emptyState.retry"));
        QTRY_VERIFY(retry->isVisible());
        fixture.fake->releaseAll();
        QTest::mouseClick(retry, Qt::LeftButton);
        QTRY_VERIFY(!retry->isVisible());
    }
};

REGISTER_SUITE(outage, TstOutage)
#include "tst_outage.moc"
