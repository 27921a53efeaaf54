#include "models/items/audit_table_model.h"
#include "tests/gui/page_fixture.h"
#include "tests/support/test_main.h"
#include "views/pages/list_page.h"
#include "views/pages/query_bar.h"
#include "views/widgets/data_table.h"
#include "views/widgets/theme.h"

#include <QApplication>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

#include <memory>

namespace {

constexpr int chartsHeight = 300;
constexpr int tableHeight = 320;

pages::ListSpec spec()
{
    return {.screen = QStringLiteral("things"),
            .title = QStringLiteral("Things"),
            .placeholder = QStringLiteral("kind:"),
            .changeKind = QStringLiteral("thing"),
            .one = QStringLiteral("thing"),
            .many = QStringLiteral("things"),
            .nothingYet = QStringLiteral("No things yet"),
            .howToGetSome = QStringLiteral("They come by themselves."),
            .selectFirst = QStringLiteral("Select a thing first"),
            .tableLeastHeight = tableHeight};
}

/// The next list screen as its author would write it, with charts above its table.
class ThingsPage : public pages::ListPage {
public:
    using Model = items::AuditTableModel;
    explicit ThingsPage(test::PageFixture &fixture)
        : ListPage(fixture, spec(), nullptr)
        , m_model(new Model(fixture.fake.audit(), calls(), this))
    {
        auto *inspector = new QWidget(this);
        inspector->setObjectName(QStringLiteral("things.inspector"));
        inspector->setFixedWidth(200);
        auto *button = new QPushButton(QStringLiteral("Undo it"), inspector);
        button->setObjectName(QStringLiteral("things.inspector.button"));
        setList(m_model, inspector, {{Model::Time, 200}, {Model::Actor, 80}, {Model::Summary, -1}});
        setFilters(
            {{QStringLiteral("Actor"),
              QStringLiteral("actor"),
              {{QStringLiteral("admin"), QStringLiteral("actor:admin")}, {QStringLiteral("any"), {}}}},
             {QStringLiteral("Tag"),
              QStringLiteral("kind"),
              {{QStringLiteral("one"), QStringLiteral("kind:a")}, {QStringLiteral("two"), QStringLiteral("kind:b")}},
              pages::FilterGroup::Pick::Several}});
        setColumnsMenu(Model::Summary, {});
        auto *charts = new QWidget(this);
        charts->setObjectName(QStringLiteral("things.charts"));
        charts->setFixedHeight(chartsHeight);
        addAboveTable(charts);
        auto *tiles = new QWidget(this);
        tiles->setObjectName(QStringLiteral("things.tiles"));
        tiles->setFixedHeight(40);
        addAboveQuery(tiles);
    }
    using ListPage::query;
    using ListPage::table;

    QString inspected;
    int asides = 0, permissionChanges = 0, done = 0;

protected:
    void inspect() override { inspected = currentId(); }
    pages::ExportControl::Start exporter() const override { return {}; }
    QList<pages::PageAction> ownActions() const override
    {
        auto *self = const_cast<ThingsPage *>(this);
        return {guarded(QStringLiteral("do"), QStringLiteral("Do"), {}, domain::Permission::ViewAudit, Needs::Row,
                        [self] { ++self->done; })};
    }
    void loadAside() override { ++asides; }
    void permissionsChanged() override { ++permissionChanges; }

private:
    Model *m_model;
};

struct Shown {
    explicit Shown(test::PageFixture &fixture, int height = 900) : page(std::make_unique<ThingsPage>(fixture))
    {
        page->resize(1100, height);
        static_cast<QWidget &>(*page).show();
        page->activateWindow();
        page->show({QStringLiteral("things"), {}, {}});
    }
    int rows() const { return page->table().model()->rowCount(); }
    QPoint topOf(const char *name) const
    {
        return page->findChild<QWidget *>(QString::fromLatin1(name))->mapTo(page.get(), QPoint());
    }
    QAction *action(const char *name) const { return page->findChild<QAction *>(QString::fromLatin1(name)); }
    std::unique_ptr<ThingsPage> page;
};

} // namespace

class TstListPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::Theme::instance().apply(*qApp, widgets::Theme::Mode::Light); }

    void theFrameOffersWhatEveryListHas()
    {
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 10);
        QCOMPARE(shown.page->objectName(), QStringLiteral("page.things"));
        for (const char *name : {"things.table", "things.empty", "things.views", "things.addFilter", "things.columns",
                                 "things.follow", "things.pill", "things.scroll"})
            QVERIFY2(shown.page->findChild<QWidget *>(QString::fromLatin1(name)), name);
        QStringList ids;
        for (const pages::PageAction &action : shown.page->actions())
            ids << action.id;
        QCOMPARE(ids, QStringList({QStringLiteral("things.export"), QStringLiteral("things.do"),
                                   QStringLiteral("things.saveView"), QStringLiteral("things.toggleFollow"),
                                   QStringLiteral("things.faults"), QStringLiteral("things.inspector"),
                                   QStringLiteral("things.undo")}));
        QVERIFY(shown.page->status().contains(QStringLiteral("things loaded, newest first")));
        QVERIFY(!shown.page->table().accessibleDescription().contains(QLatin1Char('<')));
        QVERIFY(shown.page->table().accessibleDescription().contains(QStringLiteral("things loaded")));
    }

    void tabGoesFromTheQueryToTheInspector()
    {
        test::PageFixture fixture;
        Shown shown(fixture);
        auto *field = shown.page->findChild<QWidget *>(QStringLiteral("things.filter"));
        QStringList names;
        for (QWidget *next = field->nextInFocusChain(); next && next != field; next = next->nextInFocusChain())
            if (next->focusPolicy() & Qt::TabFocus && next->isVisible() && !next->objectName().isEmpty())
                names << next->objectName();
        QCOMPARE(names, QStringList({QStringLiteral("things.follow"), QStringLiteral("things.addFilter"),
                                     QStringLiteral("things.views"), QStringLiteral("things.columns"),
                                     QStringLiteral("things.table"), QStringLiteral("things.inspector.button")}));
    }

    void olderRowsThatDidNotComeCanBeAskedAgain()
    {
        test::PageFixture fixture(test::largeDataset(300));
        Shown shown(fixture);
        QTRY_COMPARE(shown.rows(), 100);
        fixture.fake.fail(test::Method::SearchAudit, domain::unavailable(QStringLiteral("db_failed")));
        shown.page->table().model()->fetchMore({});
        QTRY_COMPARE(fixture.toasts.size(), 1);
        QCOMPARE(fixture.toasts.first().text, QStringLiteral("Older things could not be loaded"));
        QCOMPARE(shown.rows(), 100);
        fixture.toasts.first().action();
        QTRY_VERIFY(shown.rows() > 100);
    }

    void anActionThatNeedsARowSaysSo()
    {
        test::Dataset none;
        none.now = test::seedNow();
        test::PageFixture fixture(none);
        Shown shown(fixture);
        QTRY_VERIFY(shown.page->updatedAt().isValid());
        const pages::PageAction own = shown.page->actions().at(1);
        QVERIFY(!own.enabled);
        QCOMPARE(own.whyDisabled, QStringLiteral("Select a thing first"));
    }

    void theCurrentRowStaysAfterARefresh()
    {
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 10);
        shown.page->table().selectRow(7);
        const QString id = shown.page->currentId();
        QCOMPARE(shown.page->inspected, id);
        const QDateTime before = shown.page->updatedAt();
        shown.page->refresh();
        QTRY_VERIFY(shown.page->updatedAt() > before);
        QCOMPARE(shown.page->table().currentIndex().row(), 7);
        QCOMPARE(shown.page->currentId(), id);
        QCOMPARE(shown.page->inspected, id);
    }

    void chartsScrollAwayOnlyWhenTheWindowIsLow()
    {
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 10);
        auto *scroll = shown.page->findChild<QScrollArea *>(QStringLiteral("things.scroll"));
        QTRY_COMPARE(scroll->verticalScrollBar()->maximum(), 0);
        QVERIFY(shown.page->table().height() > tableHeight);
        QVERIFY(shown.topOf("things.tiles").y() < shown.page->query().mapTo(shown.page.get(), QPoint()).y());
        QVERIFY(shown.topOf("things.charts").y() > shown.page->query().mapTo(shown.page.get(), QPoint()).y());
        QCOMPARE(shown.topOf("things.table").y(), shown.topOf("things.charts").y() + chartsHeight);

        shown.page->resize(1100, 560);
        QTRY_VERIFY(scroll->verticalScrollBar()->maximum() > 0);
        QCOMPARE(shown.page->table().height(), tableHeight);
        const int query = shown.topOf("things.inspector").y();
        scroll->verticalScrollBar()->setValue(scroll->verticalScrollBar()->maximum());
        QVERIFY(shown.topOf("things.charts").y() < query);
        QCOMPARE(shown.topOf("things.inspector").y(), query); // beside the table, it stays
    }

    void theCursorIsFollowedByThePage()
    {
        test::PageFixture fixture;
        Shown shown(fixture, 460);
        QTRY_VERIFY(shown.rows() > 10);
        auto *scroll = shown.page->findChild<QScrollArea *>(QStringLiteral("things.scroll"));
        QTRY_VERIFY(scroll->verticalScrollBar()->maximum() > 0);
        QCOMPARE(scroll->verticalScrollBar()->value(), 0); // what is above the table is seen first
        shown.page->table().setFocus();
        QTRY_VERIFY(shown.page->table().hasFocus());
        QTest::keyClick(&shown.page->table(), Qt::Key_PageDown);
        widgets::DataTable &table = shown.page->table();
        const QRect row = table.visualRect(table.currentIndex());
        const QRect seen(table.viewport()->mapTo(scroll->viewport(), row.topLeft()), row.size());
        QVERIFY(scroll->viewport()->rect().contains(QRect(0, seen.top(), 1, seen.height())));
    }

    void asidesFollowTheListAndItsChanges()
    {
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 10);
        QCOMPARE(shown.page->asides, 1);
        shown.page->query().setQuery(QStringLiteral("actor:admin"));
        QCOMPARE(shown.page->asides, 2);
        fixture.fake.edit([](test::Dataset &) {}, {{QStringLiteral("other"), {}}});
        fixture.fake.edit([](test::Dataset &) {}, {{QStringLiteral("thing"), QStringLiteral("1")}});
        fixture.fake.edit([](test::Dataset &) {}, {{QStringLiteral("thing"), QStringLiteral("2")}});
        QTRY_COMPARE(shown.page->asides, 3);
    }

    void severalValuesOfAFieldAreTicked()
    {
        test::PageFixture fixture;
        Shown shown(fixture);
        auto *menu = shown.page->findChild<QMenu *>(QStringLiteral("things.filter.kind"));
        QVERIFY(menu);
        // The audit log takes one kind; that is its affair, the menu writes what is ticked.
        shown.page->query().setQuery(QStringLiteral("kind:a"));
        Q_EMIT menu->aboutToShow();
        QVERIFY(shown.action("things.filter.kind.a")->isChecked());
        QVERIFY(!shown.action("things.filter.kind.b")->isChecked());
        shown.action("things.filter.kind.a")->trigger();
        QCOMPARE(shown.page->query().query(), QString());
        shown.action("things.filter.kind.b")->trigger();
        QCOMPARE(shown.page->query().query(), QStringLiteral("kind:b"));
        shown.action("things.filter.actor.admin")->trigger();
        QCOMPARE(shown.page->query().query(), QStringLiteral("actor:admin kind:b"));
        shown.action("things.filter.actor.")->trigger();
        QCOMPARE(shown.page->query().query(), QStringLiteral("kind:b"));
        shown.action("things.filter.clear")->trigger();
        QCOMPARE(shown.page->query().query(), QString());
    }

    void aRowOffersTheActionsOfThePage()
    {
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 10);
        Q_EMIT shown.page->table().contextMenuAt(shown.page->table().model()->index(3, 0), QPoint(20, 20));
        auto *menu = shown.page->findChild<QMenu *>(QStringLiteral("things.rowMenu"));
        QVERIFY(menu);
        QCOMPARE(shown.page->table().currentIndex().row(), 3);
        QCOMPARE(menu->actions().size(), shown.page->actions().size());
        menu->actions().at(1)->trigger();
        QCOMPARE(shown.page->done, 1);
        menu->close();
    }

    void aChangedRoleIsNoticed()
    {
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 10);
        fixture.grants = domain::permissionsOf(domain::Scope::Auditor);
        QTRY_COMPARE(shown.page->permissionChanges, 1);
        fixture.unlocked = false;
        QTRY_COMPARE(shown.page->permissionChanges, 2);
    }
};

REGISTER_SUITE(list_page, TstListPage)
#include "tst_list_page.moc"
