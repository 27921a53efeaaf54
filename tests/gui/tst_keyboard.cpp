#include "models/items/roles.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/test_main.h"
#include "views/widgets/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QTableView>

namespace {

bool isInteractive(const QWidget *widget)
{
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget) ||
           qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QComboBox *>(widget) ||
           qobject_cast<const QAbstractItemView *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget);
}

QString spokenName(const QWidget *widget)
{
    if (!widget->accessibleName().isEmpty())
        return widget->accessibleName();
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
        return button->text();
    return {};
}

QStringList unnamed(const QWidget *root)
{
    QStringList found;
    for (const QWidget *widget : root->findChildren<QWidget *>()) {
        const bool popup = widget->window() != root->window(); // lists of combo boxes and completers are Qt's own
        if (!isInteractive(widget) || widget->focusPolicy() == Qt::NoFocus || popup)
            continue;
        if (widget->objectName().isEmpty() || spokenName(widget).isEmpty())
            found << QStringLiteral("%1 “%2” in %3")
                         .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
                              widget->parentWidget() ? widget->parentWidget()->objectName() : QString());
    }
    return found;
}

void press(QWidget *fallback, int key, Qt::KeyboardModifiers modifiers = {})
{
    QWidget *focus = QApplication::focusWidget();
    QTest::keyClick(focus ? focus : fallback, static_cast<Qt::Key>(key), modifiers);
}

} // namespace

class TstKeyboard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::Theme::instance().apply(*qApp, widgets::Theme::Mode::Light); }

    void everyInteractiveWidgetHasANameAndSaysIt()
    {
        test::WindowFixture fixture;
        QTRY_VERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
        for (const char *screen : {"overview", "customers", "customer", "email", "audit", "health", "settings"}) {
            const QString key = QString::fromLatin1(screen);
            fixture.open(key,
                         key == QLatin1StringView("customer") ? test::teamId(test::seed::acme).toString() : QString());
            QTRY_COMPARE(fixture.screen(), key);
            if (key != QLatin1StringView("settings"))
                QTRY_VERIFY(fixture.page()->updatedAt().isValid());
            const QStringList missing = unnamed(fixture.window.get());
            QVERIFY2(missing.isEmpty(), qPrintable(key + QStringLiteral(": ") + missing.join(QStringLiteral("; "))));
        }
    }

    void tierChangeByKeysAlone()
    {
        test::WindowFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
        QWidget *window = fixture.window.get();
        press(window, Qt::Key_2, Qt::ControlModifier);
        QTRY_COMPARE(fixture.screen(), QStringLiteral("customers"));
        auto *table = fixture.find<QTableView>(QStringLiteral("customers.table"));
        QTRY_VERIFY(table->model()->rowCount() > 10);

        fixture.page()->focusFilter();
        auto *field = fixture.find<QLineEdit>(QStringLiteral("customers.filter"));
        QTRY_VERIFY(field->hasFocus());
        const QString id = test::teamId(test::seed::bravo).toString();
        QTest::keyClicks(field, id);
        press(window, Qt::Key_Return);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QTRY_COMPARE(table->model()->index(0, 0).data(items::IdRole).toString(), id);
        table->setFocus();
        press(window, Qt::Key_Return);
        QTRY_COMPARE(fixture.screen(), QStringLiteral("customer"));
        QTRY_VERIFY(fixture.page()->updatedAt().isValid());

        // The bar draws its buttons anew when an answer changes what is allowed: take the one that is there.
        QPointer<QDialog> dialog;
        QTRY_VERIFY([&] {
            dialog = fixture.find<QDialog>(QStringLiteral("tierChange"));
            if (dialog && dialog->isVisible())
                return true;
            for (auto *change :
                 fixture.window->findChildren<QAbstractButton *>(QStringLiteral("action.customer.changeTier"))) {
                if (!change->isVisible() || !change->isEnabled())
                    continue;
                change->setFocus();
                press(window, Qt::Key_Space);
                break;
            }
            return false;
        }());
        auto *growth = dialog->findChild<QAbstractButton *>(QStringLiteral("tierChange.tier.growth"));
        growth->setFocus();
        press(dialog, Qt::Key_Space);
        QTRY_COMPARE(fixture.fake->calls(test::Method::PreviewTierChange), 1);
        QPlainTextEdit *reason = nullptr;
        for (QPlainTextEdit *edit : dialog->findChildren<QPlainTextEdit *>())
            if (edit->isVisible())
                reason = edit;
        QVERIFY(reason);
        reason->setFocus();
        QTest::keyClicks(reason, QStringLiteral("signed by hand"));
        QTRY_VERIFY([&] {
            press(dialog, Qt::Key_Return, Qt::ControlModifier);
            return fixture.fake->calls(test::Method::ChangeTier) > 0;
        }());
        QTRY_VERIFY([&] {
            for (const test::SeedTeam &team : fixture.fake->data().teams)
                if (team.id == test::teamId(test::seed::bravo))
                    return team.tier == QLatin1StringView("growth");
            return false;
        }());
        // The same button says Done now.
        QTRY_VERIFY([&] {
            if (dialog && dialog->isVisible())
                press(dialog, Qt::Key_Return, Qt::ControlModifier);
            return !dialog || !dialog->isVisible();
        }());
        // Shortcuts go by the application's active window, so that is what must be back after the sheet.
        window->activateWindow();
        QTRY_COMPARE(QApplication::activeWindow(), window);
        fixture.page()->setFocus();

        press(window, Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(fixture.screen(), QStringLiteral("customers"));
        press(window, Qt::Key_Right, Qt::AltModifier);
        QTRY_COMPARE(fixture.screen(), QStringLiteral("customer"));
    }

    void faultsOnlyWhereTheListCanSayIt()
    {
        test::WindowFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
        fixture.open(QStringLiteral("audit"));
        auto *table = fixture.find<QTableView>(QStringLiteral("audit.table"));
        QTRY_VERIFY(table->model()->rowCount() > 10);
        table->setFocus();
        press(table, Qt::Key_J, Qt::ControlModifier);
        QTRY_COMPARE(table->model()->rowCount(), 3);
        auto *chip = fixture.find<QAbstractButton>(QStringLiteral("audit.chip.faults:yes"));
        QVERIFY(chip && chip->accessibleName().contains(QStringLiteral("alerts and failures")));
        QCOMPARE(fixture.page()->location().query.queryItemValue(QStringLiteral("q")), QStringLiteral("faults:yes"));
        press(table, Qt::Key_J, Qt::ControlModifier);
        QTRY_VERIFY(table->model()->rowCount() > 10);
        QVERIFY(!fixture.find<QAbstractButton>(QStringLiteral("audit.chip.faults:yes")));

        // Together with what is already filtered.
        pages::Location place{QStringLiteral("audit"), {}, {}};
        place.query.addQueryItem(QStringLiteral("q"), QStringLiteral("kind:mirror.*"));
        fixture.window->open(place);
        QTRY_COMPARE(table->model()->rowCount(), 2);
        press(table, Qt::Key_J, Qt::ControlModifier);
        QTRY_COMPARE(table->model()->rowCount(), 1);

        fixture.open(QStringLiteral("customers"));
        auto *customers = fixture.find<QTableView>(QStringLiteral("customers.table"));
        QTRY_VERIFY(customers->model()->rowCount() > 10);
        customers->setFocus();
        const pages::Location before = fixture.page()->location();
        const int rows = customers->model()->rowCount();
        press(customers, Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(fixture.page()->location(), before);
        QCOMPARE(customers->model()->rowCount(), rows);
        for (const pages::PageAction &action : fixture.page()->actions())
            QVERIFY(!action.id.endsWith(QStringLiteral("faults")));
    }

    void tabReachesTheTable()
    {
        test::WindowFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
        fixture.open(QStringLiteral("customers"));
        auto *table = fixture.find<QTableView>(QStringLiteral("customers.table"));
        QTRY_VERIFY(table->model()->rowCount() > 10);
        auto *field = fixture.find<QLineEdit>(QStringLiteral("customers.filter"));
        field->setFocus();
        bool reached = false;
        for (int steps = 0; steps < 40 && !reached; ++steps) {
            press(fixture.window.get(), Qt::Key_Tab);
            reached = table->hasFocus();
        }
        QVERIFY(reached);
        const int row = table->currentIndex().row();
        press(table, Qt::Key_Down);
        QCOMPARE(table->currentIndex().row(), row + 1);
    }
};

REGISTER_SUITE(keyboard, TstKeyboard)
#include "tst_keyboard.moc"
