#include "models/domain/format.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/gui_app.h"
#include "tests/support/heartbeat.h"
#include "tests/support/test_main.h"
#include "views/shell/pinned_views.h"
#include "views/shell/rail.h"
#include "views/shell/toasts.h"

#include <QAbstractButton>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>

using namespace shell;

namespace {

/// A window over a backend that has some views; `kept` is what the desktop's settings would hold.
struct Pins {
    test::WindowFixture fixture;
    QStringList kept;
    ports::SavedView growth, quiet, alerts;

    Pins()
    {
        growth = save("customers", QStringLiteral("Growth only"), QStringLiteral("tier:growth"), "name:asc");
        quiet = save("customers", QStringLiteral("Quiet customers with a name that no rail is wide enough for"),
                     QStringLiteral("seen>1d"), "mrr:desc");
        alerts = save("audit", QStringLiteral("Alerts"), QStringLiteral("faults:yes"), "time:desc");
        fixture.options.viewsPinned = [this](const QStringList &ids) { kept = ids; };
        start({});
    }
    void start(const QStringList &ids)
    {
        kept = ids;
        fixture.options.pinnedViews = ids;
        fixture.make();
        QSignalSpy known(fixture.window.get(), &MainWindow::sessionKnown);
        [&known] { QTRY_COMPARE(known.count(), 1); }();
        fixture.open(QStringLiteral("overview"));
    }
    ports::SavedView save(const char *screen, const QString &name, const QString &query, const char *sort) const
    {
        ports::SavedView view;
        view.screen = QString::fromLatin1(screen);
        view.name = name;
        view.query = query;
        view.sort = QString::fromLatin1(sort);
        auto saved = fixture.fake->views().saveView({}, view);
        [&saved] { QTRY_VERIFY(saved.isFinished()); }();
        return *saved.result();
    }
    void remove(const ports::SavedView &view) const
    {
        auto removed = fixture.fake->views().deleteView({}, view.id);
        [&removed] { QTRY_VERIFY(removed.isFinished()); }();
    }
    RailPinItem *item(const ports::SavedView &view) const
    {
        for (RailPinItem *found :
             fixture.window->findChildren<RailPinItem *>(QStringLiteral("rail.view.") + view.id.toString())) {
            if (found->isVisible())
                return found;
        }
        return nullptr;
    }
    QString spoken(const ports::SavedView &view) const
    {
        const RailPinItem *found = item(view);
        return found ? found->accessibleName() : QString();
    }
    /// The entry of the "Pin to the rail" menu of a list.
    QAction *pinAction(const QString &screen, const QString &name) const
    {
        fixture.open(screen);
        auto *menu = fixture.find<QMenu>(screen + QStringLiteral(".viewsMenu"));
        QAction *found = nullptr;
        [&] {
            QTRY_VERIFY([&] {
                Q_EMIT menu->aboutToShow();
                found = fixture.find<QAction>(screen + QStringLiteral(".pin.") + name);
                return found != nullptr;
            }());
        }();
        return found;
    }
    qint64 rows(const QString &tier) const
    {
        ports::CustomerFilter filter;
        filter.tiers = {tier};
        auto sums = fixture.fake->customers().sums({}, filter);
        [&sums] { QTRY_VERIFY(sums.isFinished()); }();
        return sums.result()->count;
    }
};

} // namespace

class TstPinnedViews : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::prepareGui(); }

    void placesOfViews()
    {
        ports::SavedView view;
        view.screen = QStringLiteral("customers");
        view.query = QStringLiteral("tier:pro a&b");
        view.sort = QStringLiteral("name:asc");
        QVERIFY(shows(locationOf(view), view));
        QCOMPARE(locationOf(view).query.queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded), view.query);
        pages::Location other = locationOf(view);
        other.query.removeQueryItem(QStringLiteral("sort"));
        QVERIFY(!shows(other, view));
        view.sort = QStringLiteral("mrr:desc"); // what the list has without being asked
        QVERIFY(shows(other, view));
        view.query = QStringLiteral("tier:pro");
        QVERIFY(!shows(other, view));
        other.screen = QStringLiteral("audit");
        QVERIFY(!shows(other, view));
    }

    void pinnedFromTheListsMenuAndUnpinnedThere()
    {
        Pins p;
        QVERIFY(!p.item(p.growth));
        QAction *pin = p.pinAction(QStringLiteral("customers"), p.growth.name);
        QVERIFY(!pin->isChecked());
        pin->trigger();
        QTRY_VERIFY(p.item(p.growth));
        QCOMPARE(p.kept, QStringList{p.growth.id.toString()});
        const QString count = domain::countText(p.rows(QStringLiteral("growth")));
        QTRY_COMPARE(p.spoken(p.growth), QStringLiteral("View Growth only, ") + count);
        QCOMPARE(p.item(p.growth)->parentWidget(),
                 static_cast<QWidget *>(p.fixture.find<Rail>(QStringLiteral("rail"))));

        pin = p.pinAction(QStringLiteral("customers"), p.growth.name);
        QVERIFY(pin->isChecked());
        pin->trigger();
        QTRY_VERIFY(!p.item(p.growth));
        QVERIFY(p.kept.isEmpty());
    }

    void aClickOpensItUnderItsScreen()
    {
        Pins p;
        p.start({p.growth.id.toString(), p.alerts.id.toString()});
        QTRY_VERIFY(p.item(p.growth) && p.item(p.alerts));
        auto *customers = p.fixture.find<QAbstractButton>(QStringLiteral("rail.customers"));
        auto *audit = p.fixture.find<QAbstractButton>(QStringLiteral("rail.audit"));
        QTRY_VERIFY(customers->y() < p.item(p.growth)->y() && p.item(p.growth)->y() < audit->y() &&
                    audit->y() < p.item(p.alerts)->y());
        QTest::mouseClick(p.item(p.growth), Qt::LeftButton);
        QCOMPARE(p.fixture.screen(), QStringLiteral("customers"));
        QCOMPARE(p.fixture.page()->location(), locationOf(p.growth));
        QTRY_VERIFY(p.spoken(p.growth).endsWith(QStringLiteral(", shown now")));
        QVERIFY(customers->isChecked());
        auto *table = p.fixture.find<QTableView>(QStringLiteral("customers.table"));
        QTRY_COMPARE(table->model()->rowCount(), static_cast<int>(p.rows(QStringLiteral("growth"))));

        QTest::mouseClick(p.item(p.alerts), Qt::LeftButton);
        QCOMPARE(p.fixture.screen(), QStringLiteral("audit"));
        QTRY_COMPARE(p.spoken(p.alerts), QStringLiteral("View Alerts, shown now")); // and no count
        QVERIFY(!p.spoken(p.growth).contains(QStringLiteral("shown now")));
    }

    void theCountIsLive()
    {
        Pins p;
        p.start({p.growth.id.toString()});
        const qint64 before = p.rows(QStringLiteral("growth"));
        QTRY_VERIFY(p.spoken(p.growth).endsWith(QStringLiteral(", ") + domain::countText(before)));
        p.fixture.fake->edit(
            [](test::Dataset &data) {
                for (test::SeedTeam &team : data.teams) {
                    if (team.id == test::teamId(test::seed::bravo))
                        team.tier = QStringLiteral("growth");
                }
            },
            {{QStringLiteral("team"), test::teamId(test::seed::bravo).toString()}});
        QTRY_VERIFY(p.spoken(p.growth).endsWith(QStringLiteral(", ") + domain::countText(before + 1)));
    }

    void withoutAnAnswerThereIsNoCount()
    {
        Pins p;
        p.fixture.fake->fail(test::Method::CustomerSums, domain::unavailable(QStringLiteral("db_failed")), -1);
        p.start({p.growth.id.toString()});
        QTRY_COMPARE(p.spoken(p.growth), QStringLiteral("View Growth only"));
        p.fixture.fake->clearFailures();
        QTest::keyClick(p.fixture.window.get(), Qt::Key_F5);
        const QString count = domain::countText(p.rows(QStringLiteral("growth")));
        QTRY_COMPARE(p.spoken(p.growth), QStringLiteral("View Growth only, ") + count);
        // The core goes away: the name stays, the count does not.
        p.fixture.fake->setGone(true);
        QTest::keyClick(p.fixture.window.get(), Qt::Key_F5);
        QTRY_COMPARE(p.spoken(p.growth), QStringLiteral("View Growth only"));
    }

    void aDeletedViewDisappears()
    {
        Pins p;
        p.start({p.growth.id.toString(), p.quiet.id.toString()});
        QTRY_VERIFY(p.item(p.growth) && p.item(p.quiet));
        p.remove(p.growth);
        QTRY_VERIFY(!p.item(p.growth));
        QVERIFY(p.item(p.quiet));
        // The next change of the pins forgets it.
        p.pinAction(QStringLiteral("audit"), p.alerts.name)->trigger();
        QCOMPARE(p.kept, (QStringList{p.quiet.id.toString(), p.alerts.id.toString()}));
    }

    void anUndoneDeletionIsPinnedAgain()
    {
        Pins p;
        p.start({p.growth.id.toString()});
        p.fixture.open(QStringLiteral("customers"));
        p.pinAction(QStringLiteral("customers"), p.growth.name);
        QTRY_VERIFY(p.item(p.growth));
        for (QAction *removal : p.fixture.find<QMenu>(QStringLiteral("customers.viewsDelete"))->actions()) {
            if (removal->text() == p.growth.name)
                removal->trigger();
        }
        QTRY_VERIFY(!p.item(p.growth));
        QTRY_COMPARE(p.fixture.window->toasts().undoList().size(), 1);
        QVERIFY(p.fixture.window->toasts().runUndo());
        QTRY_VERIFY(!p.kept.contains(p.growth.id.toString()) && p.kept.size() == 1);
        ports::SavedView again = p.growth;
        again.id = *domain::ViewId::parse(p.kept.first());
        QTRY_VERIFY(p.spoken(again).startsWith(QStringLiteral("View Growth only")));
    }

    void unpinnedFromItsOwnMenu()
    {
        Pins p;
        p.start({p.growth.id.toString()});
        QTRY_VERIFY(p.item(p.growth));
        RailPinItem *item = p.item(p.growth);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, item->mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(item, &event);
        auto *menu = item->findChild<QMenu *>(QStringLiteral("rail.viewMenu"));
        QVERIFY(menu);
        menu->actions().last()->trigger();
        QTRY_VERIFY(!p.item(p.growth));
        QVERIFY(p.kept.isEmpty());
    }

    void aLongNameIsElidedAndSaidInFull()
    {
        Pins p;
        p.start({p.quiet.id.toString()});
        QTRY_VERIFY(p.item(p.quiet));
        auto *rail = p.fixture.find<QWidget>(QStringLiteral("rail"));
        QCOMPARE(rail->width(), widgets::space::rail);
        QVERIFY(p.item(p.quiet)->geometry().right() < rail->width());
        QVERIFY(p.item(p.quiet)->toolTip().startsWith(p.quiet.name));
        QVERIFY(p.spoken(p.quiet).contains(p.quiet.name));
    }

    void theRailIsNotOverfilled()
    {
        Pins p;
        QList<ports::SavedView> views;
        for (int i = 0; i <= PinnedViews::most; ++i)
            views << p.save("audit", QStringLiteral("View %1").arg(i), QStringLiteral("kind:admin.*"), "time:desc");
        for (const ports::SavedView &view : std::as_const(views))
            p.fixture.window->setPinned(view, true);
        QCOMPARE(p.kept.size(), PinnedViews::most);
        QVERIFY(!p.fixture.window->isPinned(views.last().id));
        QCOMPARE(p.fixture.window->toasts().visibleCount(), 1);
        p.fixture.window->resize(p.fixture.window->minimumSize());
        QTRY_VERIFY(p.item(views.first()));
        auto *rail = p.fixture.find<QWidget>(QStringLiteral("rail"));
        auto *last = p.fixture.find<QAbstractButton>(QStringLiteral("rail.settings"));
        QTRY_COMPARE(p.fixture.window->size(), p.fixture.window->minimumSize());
        QVERIFY(rail->rect().contains(last->geometry()));
    }

    void badIdsAreLeftOutAndTabGoesDown()
    {
        Pins p;
        p.start({QStringLiteral("nonsense"), p.growth.id.toString(), p.growth.id.toString(),
                 domain::ViewId::random().toString()});
        QTRY_VERIFY(p.item(p.growth));
        QCOMPARE(p.fixture.window->findChildren<RailPinItem *>().size(), 1);
        auto *customers = p.fixture.find<QAbstractButton>(QStringLiteral("rail.customers"));
        const auto afterTab = [](const QWidget *from) {
            const QWidget *next = from->nextInFocusChain();
            while (next->focusPolicy() == Qt::NoFocus)
                next = next->nextInFocusChain();
            return next->objectName();
        };
        QCOMPARE(afterTab(customers), p.item(p.growth)->objectName());
        QCOMPARE(afterTab(p.item(p.growth)), QStringLiteral("rail.email"));
    }

    void nobodyWaitsForTheAnswers()
    {
        Pins p;
        p.start({p.growth.id.toString()});
        QTRY_VERIFY(p.item(p.growth));
        test::Heartbeat heart;
        p.fixture.fake->holdAll();
        QTest::keyClick(p.fixture.window.get(), Qt::Key_F5);
        const int before = heart.beats();
        QTRY_VERIFY(heart.beats() > before + 20);
        QTRY_VERIFY(p.fixture.fake->waiting(test::Method::Views) > 0);
        p.fixture.fake->releaseAll();
        QTRY_VERIFY(p.spoken(p.growth).contains(QStringLiteral(", ")));
        QVERIFY2(heart.longestGapMs() <= 100, qPrintable(QString::number(heart.longestGapMs())));
    }
};

REGISTER_SUITE(pinned_views, TstPinnedViews)
#include "tst_pinned_views.moc"
