#include "models/domain/audit_kind_names.h"
#include "models/items/customer_table_model.h"
#include "models/items/roles.h"
#include "tests/gui/page_fixture.h"
#include "tests/support/test_main.h"
#include "views/pages/customers_page.h"
#include "views/widgets/theme.h"

#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

namespace {

using Model = items::CustomerTableModel;

/// The page in a window, loaded.
struct Shown {
    explicit Shown(test::PageFixture &fixture, const QString &query = {})
        : page(std::make_unique<pages::CustomersPage>(fixture))
    {
        page->resize(1240, 760);
        static_cast<QWidget &>(*page).show();
        page->activateWindow();
        pages::Location location{QStringLiteral("customers"), {}, {}};
        location.query.addQueryItem(QStringLiteral("q"), query);
        page->show(location);
    }
    QTableView *table() const { return page->findChild<QTableView *>(QStringLiteral("customers.table")); }
    QLineEdit *field() const { return page->findChild<QLineEdit *>(QStringLiteral("customers.filter")); }
    int rows() const { return table()->model()->rowCount(); }
    QString id(int row) const { return table()->model()->index(row, 0).data(items::IdRole).toString(); }
    QWidget *emptyButton(const QString &name) const
    {
        return page->findChild<QWidget *>(QStringLiteral("customers.empty"))->findChild<QWidget *>(name);
    }
    void type(const QString &text) const
    {
        field()->setFocus();
        field()->selectAll();
        QTest::keyClicks(field(), text);
        QTest::keyClick(field(), Qt::Key_Return);
    }
    void trigger(const QString &id) const
    {
        for (const pages::PageAction &action : page->actions())
            if (action.id == id)
                action.trigger();
    }
    std::unique_ptr<pages::CustomersPage> page;
};

template <typename W>
W *inDialog(const char *name)
{
    for (QWidget *top : QApplication::topLevelWidgets())
        if (top->isVisible())
            if (W *found = top->findChild<W *>(QString::fromLatin1(name)))
                return found;
    return nullptr;
}

QDialog *openDialog()
{
    for (QWidget *top : QApplication::topLevelWidgets())
        if (auto *dialog = qobject_cast<QDialog *>(top); dialog && dialog->isVisible())
            return dialog;
    return nullptr;
}

/// The button that does what the dialog is for.
QPushButton *verbButton(QDialog *dialog, const QString &text)
{
    for (QPushButton *button : dialog->findChildren<QPushButton *>())
        if (button->isVisible() && button->text().startsWith(text))
            return button;
    return nullptr;
}

} // namespace

class TstCustomersPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::Theme::instance().apply(*qApp, widgets::Theme::Mode::Light); }

    void listAndSums()
    {
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 10);
        QTRY_VERIFY(shown.page->status().contains(QStringLiteral("Σ MRR")));
        QVERIFY(shown.page->status().contains(QStringLiteral("customers")));
        QVERIFY(shown.page->updatedAt().isValid());
        QCOMPARE(shown.page->currentId(), shown.id(0));
    }

    void filterByTypingChipsAndUndo()
    {
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 10);
        const int all = shown.rows();
        QSignalSpy moved(shown.page.get(), &pages::Page::locationChanged);
        shown.type(QStringLiteral("tier:pro"));
        QTRY_VERIFY(shown.rows() > 0 && shown.rows() < all);
        const int pro = shown.rows();
        QCOMPARE(shown.field()->text(), QString());
        auto *chip = shown.page->findChild<QToolButton *>(QStringLiteral("customers.chip.tier:pro"));
        QVERIFY(chip);
        QVERIFY(chip->accessibleName().contains(QStringLiteral("pro")));
        QTRY_VERIFY(shown.page->status().contains(QStringLiteral("<b>%1 of").arg(pro)));
        QVERIFY(!moved.isEmpty());
        QCOMPARE(shown.page->location().query.queryItemValue(QStringLiteral("q")), QStringLiteral("tier:pro"));

        shown.type(QStringLiteral("acme"));
        QTRY_COMPARE(shown.rows(), 1);
        shown.trigger(QStringLiteral("customers.undo"));
        QTRY_COMPARE(shown.rows(), pro);
        shown.trigger(QStringLiteral("customers.undo"));
        QTRY_COMPARE(shown.rows(), all);
        QVERIFY(shown.page->location().query.queryItemValue(QStringLiteral("q")).isEmpty());
    }

    void chipIsClosed()
    {
        test::PageFixture fixture;
        Shown shown(fixture, QStringLiteral("tier:team seen<9999d"));
        QTRY_VERIFY(shown.rows() > 0);
        auto *chip = shown.page->findChild<QToolButton *>(QStringLiteral("customers.chip.tier:team"));
        QVERIFY(chip);
        const int before = shown.rows();
        QTest::mouseClick(chip, Qt::LeftButton);
        QTRY_VERIFY(shown.rows() > before);
    }

    void wrongQueryIsExplainedAndChangesNothing()
    {
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 10);
        const int all = shown.rows();
        shown.type(QStringLiteral("teir:pro"));
        auto *error = shown.page->findChild<QLabel *>(QStringLiteral("customers.filterError"));
        QTRY_VERIFY(error->isVisible());
        QVERIFY2(error->text().contains(QStringLiteral("“tier”")), qPrintable(error->text()));
        QCOMPARE(shown.rows(), all);
    }

    void sortingAsksTheCore()
    {
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 10);
        const int before = fixture.fake.calls(test::Method::ListCustomers);
        QSignalSpy moved(shown.page.get(), &pages::Page::locationChanged);
        pages::Location location{QStringLiteral("customers"), {}, {}};
        location.query.addQueryItem(QStringLiteral("sort"), QStringLiteral("name:asc"));
        shown.page->show(location);
        QTRY_VERIFY(fixture.fake.calls(test::Method::ListCustomers) > before);
        QTRY_VERIFY(shown.rows() > 10);
        QTRY_VERIFY([&] {
            QString last;
            for (int row = 0; row < qMin(20, shown.rows()); ++row) {
                const QModelIndex index = shown.table()->model()->index(row, Model::Name);
                const QString name = index.data().toString().toLower();
                if (!index.data(items::SecondaryRole).toString().isEmpty() && name < last)
                    return false;
                last = name;
            }
            return true;
        }());
        QCOMPARE(shown.page->location().query.queryItemValue(QStringLiteral("sort")), QStringLiteral("name:asc"));
    }

    void inspectorAndOpen()
    {
        test::PageFixture fixture;
        Shown shown(fixture, QStringLiteral("acme"));
        QTRY_COMPARE(shown.rows(), 1);
        auto *open = shown.page->findChild<QPushButton *>(QStringLiteral("customers.inspector.open"));
        QTRY_VERIFY(open->isVisible());
        QTRY_VERIFY(fixture.fake.calls(test::Method::CustomerDetail) > 0);
        QTest::mouseClick(open, Qt::LeftButton);
        QCOMPARE(fixture.opened.size(), 1);
        QCOMPARE(fixture.opened.first().screen, QStringLiteral("customer"));
        QCOMPARE(fixture.opened.first().id, test::teamId(test::seed::acme).toString());
        shown.trigger(QStringLiteral("customers.inspector"));
        QTRY_VERIFY(!open->isVisible());
        QTest::keyClick(shown.table(), Qt::Key_Return);
        QTRY_VERIFY(open->isVisible());
        QTest::keyClick(shown.table(), Qt::Key_Return);
        QCOMPARE(fixture.opened.size(), 2);
    }

    void nothingMatchesOffersClear()
    {
        test::PageFixture fixture;
        Shown shown(fixture, QStringLiteral("zzzzzz"));
        auto *clear = shown.emptyButton(QStringLiteral("emptyState.clear"));
        QTRY_VERIFY(clear->isVisible());
        QTest::mouseClick(clear, Qt::LeftButton);
        QTRY_VERIFY(shown.rows() > 10);
    }

    void nothingYet()
    {
        test::Dataset none;
        none.now = test::seedNow();
        test::PageFixture fixture(none);
        Shown shown(fixture);
        auto *empty = shown.page->findChild<QWidget *>(QStringLiteral("customers.empty"));
        QTRY_VERIFY(empty->accessibleName().startsWith(QStringLiteral("No customers yet")));
    }

    void failureWithRetry()
    {
        test::PageFixture fixture;
        fixture.fake.fail(test::Method::ListCustomers, domain::unavailable(QStringLiteral("db_failed")));
        Shown shown(fixture);
        auto *retry = shown.emptyButton(QStringLiteral("emptyState.retry"));
        QTRY_VERIFY(retry->isVisible());
        QTest::mouseClick(retry, Qt::LeftButton);
        QTRY_VERIFY(shown.rows() > 10);
        QVERIFY(!shown.page->findChild<QWidget *>(QStringLiteral("customers.empty"))->isVisible());
    }

    void changedElsewhereIsShownInPlace()
    {
        test::PageFixture fixture;
        Shown shown(fixture, QStringLiteral("acme"));
        QTRY_COMPARE(shown.rows(), 1);
        fixture.fake.edit([](test::Dataset &data) { data.teams.first().name = QStringLiteral("Acme renamed"); },
                          {{QStringLiteral("team"), fixture.fake.data().teams.first().id.toString()}});
        const QString id = fixture.fake.data().teams.first().id.toString();
        QCOMPARE(shown.id(0), id);
        QTRY_COMPARE(shown.table()->model()->index(0, Model::Name).data().toString(), QStringLiteral("Acme renamed"));
    }

    void savedViewIsKeptAndApplied()
    {
        test::PageFixture fixture;
        Shown shown(fixture, QStringLiteral("tier:growth"));
        QTRY_VERIFY(shown.rows() > 0);
        const int growth = shown.rows();
        shown.trigger(QStringLiteral("customers.saveView"));
        QTRY_VERIFY(openDialog());
        QDialog *dialog = openDialog();
        auto *name = dialog->findChild<QLineEdit *>(QStringLiteral("saveView.name"));
        name->setFocus();
        QTest::keyClicks(name, QStringLiteral("Growth only"));
        QPushButton *save = verbButton(dialog, QStringLiteral("Save view"));
        QVERIFY(save);
        QTRY_VERIFY(save->isEnabled());
        QTest::mouseClick(save, Qt::LeftButton);
        auto *button = shown.page->findChild<QToolButton *>(QStringLiteral("customers.views"));
        QTRY_COMPARE(button->text(), QStringLiteral("View: Growth only"));

        Shown again(fixture);
        QTRY_VERIFY(again.rows() > growth);
        pages::Location location{QStringLiteral("customers"), {}, {}};
        location.query.addQueryItem(QStringLiteral("view"), QStringLiteral("Growth only"));
        again.page->show(location);
        QTRY_COMPARE(again.rows(), growth);
    }

    void exportWritesWhatIsShown()
    {
        QTemporaryDir folder;
        test::PageFixture fixture(test::largeDataset(700));
        Shown shown(fixture, QStringLiteral("tier:hobby,free"));
        QTRY_VERIFY(shown.rows() == 100);
        shown.trigger(QStringLiteral("customers.export"));
        QTRY_VERIFY(openDialog());
        QDialog *dialog = openDialog();
        const QString path = folder.filePath(QStringLiteral("out.csv"));
        dialog->findChild<QLineEdit *>(QStringLiteral("export.path"))->setText(path);
        QPushButton *verb = verbButton(dialog, QStringLiteral("Export"));
        QVERIFY(verb);
        QTest::mouseClick(verb, Qt::LeftButton);
        QTRY_COMPARE(fixture.toasts.size(), 1);
        QVERIFY2(fixture.toasts.first().kind == pages::Toast::Kind::Good, qPrintable(fixture.toasts.first().text));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        const int total = static_cast<int>(text.count("\r\n")) - 2;
        QVERIFY(total > 100);
        QVERIFY(text.startsWith("# customers; filter: tier:hobby") ||
                text.startsWith("\"# customers; filter: tier:hobby"));
        QVERIFY(text.contains(QByteArray("count: ") + QByteArray::number(total)));
    }

    void exportIsRecordedBeforeTheFileExists()
    {
        QTemporaryDir folder;
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 10);
        const QString path = folder.filePath(QStringLiteral("out.csv"));
        const auto run = [&](qsizetype toasts) {
            shown.trigger(QStringLiteral("customers.export"));
            QDialog *dialog = nullptr;
            QTRY_VERIFY((dialog = shown.page->findChild<QDialog *>()) && dialog->isVisible());
            dialog->findChild<QLineEdit *>(QStringLiteral("export.path"))->setText(path);
            for (QPushButton *button : dialog->findChildren<QPushButton *>())
                if (button->isVisible() && button->text().startsWith(QStringLiteral("Export")))
                    QTest::mouseClick(button, Qt::LeftButton);
            QTRY_COMPARE(fixture.toasts.size(), toasts);
            QTRY_VERIFY(!shown.page->findChild<QDialog *>());
        };
        fixture.fake.fail(test::Method::RecordExport, domain::unavailable(QStringLiteral("db_failed")));
        run(1);
        QVERIFY(fixture.toasts.last().kind == pages::Toast::Kind::Bad);
        QVERIFY(!QFile::exists(path));
        run(2);
        QVERIFY2(fixture.toasts.last().kind == pages::Toast::Kind::Good, qPrintable(fixture.toasts.last().text));
        QVERIFY(QFile::exists(path));
        qsizetype recorded = 0;
        for (const domain::AuditEntry &entry : fixture.fake.data().audit)
            recorded += entry.kind == domain::kinds::adminCustomersExported ? 1 : 0;
        QCOMPARE(recorded, 1);
    }

    void columnsYieldToTheNameAndComeBack()
    {
        using Model = items::CustomerTableModel;
        test::PageFixture fixture;
        Shown shown(fixture);
        auto *table = shown.page->findChild<QTableView *>(QStringLiteral("customers.table"));
        shown.page->resize(1244, 760); // a window of 1440 without its rail
        QTRY_VERIFY(table->isColumnHidden(Model::Created));
        QVERIFY(!table->isColumnHidden(Model::LastSeen) && !table->isColumnHidden(Model::Notes));
        QCOMPARE(table->horizontalScrollBar()->maximum(), 0);
        shown.page->resize(1700, 760);
        QTRY_VERIFY(!table->isColumnHidden(Model::Created) && !table->isColumnHidden(Model::Users));
        QCOMPARE(table->horizontalScrollBar()->maximum(), 0);
    }

    void cancelledExportLeavesNoFile()
    {
        QTemporaryDir folder;
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 10);
        fixture.fake.hold(test::Method::ListCustomers);
        shown.trigger(QStringLiteral("customers.export"));
        QTRY_VERIFY(openDialog());
        QDialog *dialog = openDialog();
        const QString path = folder.filePath(QStringLiteral("out.csv"));
        dialog->findChild<QLineEdit *>(QStringLiteral("export.path"))->setText(path);
        QTest::mouseClick(verbButton(dialog, QStringLiteral("Export")), Qt::LeftButton);
        QTRY_COMPARE(fixture.fake.waiting(test::Method::ListCustomers), 1);
        for (QObject *strip : shown.page->findChildren<QObject *>())
            if (strip->inherits("widgets::ProgressStrip"))
                QMetaObject::invokeMethod(strip, "cancelRequested");
        fixture.fake.releaseAll();
        QTRY_COMPARE(fixture.toasts.size(), 1);
        QVERIFY(fixture.toasts.first().text.contains(QStringLiteral("cancelled")));
        QVERIFY(!QFile::exists(path));
    }

    void permissionsAndLockAreReasons()
    {
        test::PageFixture fixture;
        fixture.grants = domain::permissionsOf(domain::Scope::Auditor);
        Shown shown(fixture, QStringLiteral("acme"));
        QTRY_COMPARE(shown.rows(), 1);
        auto *change = shown.page->findChild<QPushButton *>(QStringLiteral("customers.inspector.changeTier"));
        QTRY_VERIFY(!change->isEnabled());
        QVERIFY(change->toolTip().contains(QStringLiteral("role")));
        fixture.grants = domain::permissionsOf(domain::Scope::Admin);
        fixture.unlocked = false;
        QTRY_VERIFY(change->toolTip().contains(QStringLiteral("read-only")));
        fixture.unlocked = true;
        QTRY_VERIFY(change->isEnabled());
    }
};

REGISTER_SUITE(customers_page, TstCustomersPage)
#include "tst_customers_page.moc"
