#include "tests/gui/window_fixture.h"
#include "tests/support/gui_app.h"
#include "tests/support/test_main.h"
#include "views/dialogs/shortcuts_dialog.h"
#include "views/shell/key_bindings.h"
#include "views/shell/key_dialog.h"
#include "views/shell/key_list.h"
#include "views/shell/palette.h"
#include "views/shell/screens.h"
#include "views/shell/toasts.h"
#include "views/widgets/key_cap.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>

using namespace shell;

namespace {

const QString refreshId = QStringLiteral("console.refresh"), exportId = QStringLiteral("page.export"),
              paletteId = QStringLiteral("console.palette");

QKeySequence key(const char *text)
{
    return QKeySequence(QString::fromLatin1(text), QKeySequence::PortableText);
}

QList<QKeySequence> keyList(const char *text)
{
    return {key(text)};
}

/// A window whose settings page is open; what it wants to keep is kept in `kept`.
struct Settings {
    test::WindowFixture fixture;
    KeyMap kept;

    explicit Settings(const KeyMap &stored = {}) : kept(stored)
    {
        fixture.options.keys = stored;
        fixture.options.keysChosen = [this](const KeyMap &keys) { kept = keys; };
        fixture.make();
        [this] { QVERIFY(QTest::qWaitForWindowActive(fixture.window.get())); }();
        fixture.open(QStringLiteral("settings"));
    }
    MainWindow &window() const { return *fixture.window; }
    KeyBindings &keys() const { return window().keyBindings(); }
    KeyList *list() const { return fixture.find<KeyList>(QStringLiteral("settings.keyList")); }
    QAbstractButton *button(const char *name) const { return fixture.find<QAbstractButton>(QString::fromLatin1(name)); }
    KeyDialog *dialog() const
    {
        for (KeyDialog *found : window().findChildren<KeyDialog *>()) {
            if (found->isVisible())
                return found;
        }
        return nullptr;
    }
    /// Opens the dialog of a command by Enter in the list.
    KeyDialog *record(const QString &command) const
    {
        list()->setFocus();
        list()->setCurrentCommand(command);
        QTest::keyClick(list(), Qt::Key_Return);
        return dialog();
    }
    static void press(KeyDialog *dialog, Qt::Key pressed, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(dialog->findChild<KeyField *>(), pressed, modifiers);
    }
};

QString message(const KeyDialog *dialog)
{
    return dialog->findChild<QLabel *>(QStringLiteral("keyDialog.message"))->text();
}

QAbstractButton *takeButton(const KeyDialog *dialog)
{
    return dialog->findChild<QAbstractButton *>(QStringLiteral("keyDialog.take"));
}

} // namespace

class TstKeyBindings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::prepareGui(); }

    void defaultsBelongToOneCommandEach()
    {
        QList<QKeySequence> seen;
        QStringList ids;
        for (const Command &command : commands()) {
            QVERIFY2(!command.text.isEmpty() && !command.group.isEmpty(), qPrintable(command.id));
            QVERIFY2(!ids.contains(command.id), qPrintable(command.id));
            ids << command.id;
            for (const QKeySequence &one : command.defaults) {
                QVERIFY2(!seen.contains(one), qPrintable(command.id));
                QVERIFY2(whyFixed(one).isEmpty(), qPrintable(command.id));
                seen << one;
            }
        }
    }

    void fixedKeys_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("fixed");
        const auto row = [](const char *text, bool fixed) {
            QTest::newRow(text) << QString::fromLatin1(text) << fixed;
        };
        for (const char *text :
             {"Return", "Enter", "Space", "Ctrl+Space", "Esc", "Tab", "Shift+Tab", "Up", "Shift+Down", "Ctrl+Home",
              "Del", "Ctrl+C", "Ctrl+A", "Menu", "Shift+F10", "Alt+F4", "Ctrl+K, Ctrl+P"})
            row(text, true);
        for (const char *text : {"F6", "/", "?", "P", "Ctrl+Q", "Ctrl+Shift+C", "Alt+Up", "Ctrl+Return", "Shift+F6"})
            row(text, false);
    }
    void fixedKeys()
    {
        QFETCH(QString, text);
        QFETCH(bool, fixed);
        QCOMPARE(!whyFixed(key(qPrintable(text))).isEmpty(), fixed);
    }

    void aKeyHasOneOwner()
    {
        KeyBindings keys;
        QSignalSpy changed(&keys, &KeyBindings::changed);
        QVERIFY(!keys.bind(refreshId, keyList("Ctrl+E")));
        QVERIFY(!keys.bind(refreshId, keyList("Return")));
        QVERIFY(!keys.take(refreshId, {key("Ctrl+E"), key("Return")}));
        QVERIFY(!keys.bind(QStringLiteral("no.such"), keyList("F6")));
        QCOMPARE(changed.count(), 0);
        QCOMPARE(keys.text(exportId), QStringLiteral("Ctrl+E"));
        QVERIFY(keys.stored().isEmpty() && keys.allDefault());

        QCOMPARE(keys.holders(keyList("Ctrl+E"), refreshId).value(0), findCommand(exportId));
        QVERIFY(keys.holders(keyList("Ctrl+E"), exportId).isEmpty());
        QVERIFY(keys.take(refreshId, keyList("Ctrl+E")));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(keys.keys(refreshId), keyList("Ctrl+E"));
        QVERIFY(keys.keys(exportId).isEmpty());
        QCOMPARE(keys.stored(), (KeyMap{{refreshId, QStringLiteral("Ctrl+E")}, {exportId, QStringLiteral("none")}}));

        QVERIFY(!keys.reset(exportId)); // Refresh has it
        QVERIFY(keys.reset(refreshId));
        QVERIFY(keys.isDefault(refreshId));
        QVERIFY(keys.reset(exportId));
        QVERIFY(keys.stored().isEmpty());

        // One of two keys goes, the other stays.
        QVERIFY(keys.take(exportId, keyList("F5")));
        QCOMPARE(keys.texts(refreshId), QStringLiteral("Ctrl+R"));
        const KeyMap stored = keys.stored();
        keys.restore({});
        QVERIFY(keys.allDefault());
        keys.restore(stored);
        QCOMPARE(keys.texts(refreshId), QStringLiteral("Ctrl+R"));
        QCOMPARE(keys.text(exportId), QStringLiteral("F5"));
    }

    void badStoredTextIsTheDefault_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", "Nonsense+Q", "Ctrl+K, Ctrl+P", "Return", "Esc; F6", "F6; F6",
                                 "F6; F7; F8; F9; F10", "Ctrl+", "none; F6"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void badStoredTextIsTheDefault()
    {
        QFETCH(QString, text);
        const KeyBindings keys({{refreshId, text}});
        QCOMPARE(keys.texts(refreshId), QStringLiteral("F5, Ctrl+R"));
        QVERIFY(keys.stored().isEmpty());
    }

    void storedTextIsReadBack()
    {
        const KeyMap stored{{refreshId, QStringLiteral("F6; Ctrl+Alt+R")},
                            {exportId, QStringLiteral("none")},
                            {QStringLiteral("page.ofTomorrow"), QStringLiteral("F9")}};
        const KeyBindings keys(stored);
        QCOMPARE(keys.texts(refreshId), QStringLiteral("F6, Ctrl+Alt+R"));
        QVERIFY(keys.keys(exportId).isEmpty());
        QCOMPARE(keys.stored(), stored); // what a newer version knows is kept

        // Two entries for one key: the first command keeps it. A default gives way to an entry.
        const KeyBindings both({{paletteId, QStringLiteral("F6")}, {exportId, QStringLiteral("F6")}});
        QCOMPARE(both.text(paletteId), QStringLiteral("F6"));
        QCOMPARE(both.text(exportId), QStringLiteral("Ctrl+E"));
        const KeyBindings claimed({{exportId, QStringLiteral("F5")}});
        QCOMPARE(claimed.text(exportId), QStringLiteral("F5"));
        QCOMPARE(claimed.texts(refreshId), QStringLiteral("Ctrl+R"));
    }

    void everyPageActionWithAKeyIsACommand()
    {
        test::WindowFixture fixture;
        QStringList screensSeen{QStringLiteral("customer")};
        for (const Screen &screen : screens())
            screensSeen << screen.key;
        for (const QString &screen : screensSeen) {
            fixture.open(screen, screen == QLatin1StringView("customer") ? test::teamId(test::seed::acme).toString()
                                                                         : QString());
            QTRY_VERIFY(fixture.page()->settled());
            for (const pages::PageAction &action : fixture.page()->actions()) {
                if (action.keys.isEmpty() || action.keys == QLatin1StringView("Return"))
                    continue;
                const Command *command = findCommand(commandOfAction(action.id));
                QVERIFY2(command, qPrintable(action.id));
                QVERIFY2(command->defaults.contains(key(qPrintable(action.keys))), qPrintable(action.id));
            }
        }
    }

    void rebindRefreshAndUseIt()
    {
        Settings s;
        KeyDialog *dialog = s.record(refreshId);
        QVERIFY(dialog);
        QVERIFY(message(dialog).contains(QStringLiteral("F5, Ctrl+R")));
        s.press(dialog, Qt::Key_F6);
        QTRY_VERIFY(!s.dialog());
        QCOMPARE(s.keys().texts(refreshId), QStringLiteral("F6"));
        QCOMPARE(s.kept, (KeyMap{{refreshId, QStringLiteral("F6")}}));

        s.fixture.open(QStringLiteral("overview"));
        QTRY_VERIFY(s.fixture.page()->settled());
        s.window().activateWindow();
        QTRY_COMPARE(QApplication::activeWindow(), &s.window());
        const auto asked = [&s] { return s.fixture.fake->calls(test::Method::Overview); };
        QTRY_VERIFY(asked() > 0);
        int before = asked();
        QTest::keyClick(&s.window(), Qt::Key_F6);
        QTRY_VERIFY(asked() > before);
        QTRY_VERIFY(s.fixture.page()->settled());
        before = asked();
        QTest::keyClick(&s.window(), Qt::Key_F5);
        QTest::keyClick(&s.window(), Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(asked(), before);
    }

    void everybodyShowsTheCurrentKeys()
    {
        Settings s;
        const auto tip = [&s](const char *name) { return s.button(name)->toolTip(); };
        QVERIFY(tip("rail.health").contains(QStringLiteral("Ctrl+6")));
        QVERIFY(tip("pageBar.back").contains(QStringLiteral("Alt+←")));
        QVERIFY(s.keys().bind(QStringLiteral("go.health"), keyList("Ctrl+H")));
        QVERIFY(s.keys().bind(paletteId, keyList("Ctrl+P")));
        QVERIFY(s.keys().bind(QStringLiteral("console.back"), {}));
        QVERIFY(s.keys().bind(exportId, keyList("Ctrl+Shift+E")));
        QVERIFY(s.keys().bind(QStringLiteral("console.filter"), keyList("Ctrl+F")));
        QVERIFY(tip("rail.health").contains(QStringLiteral("Ctrl+H")));
        QVERIFY(tip("pageBar.palette").contains(QStringLiteral("Ctrl+P")));
        QCOMPARE(tip("pageBar.back"), QStringLiteral("Back"));
        s.fixture.open(QStringLiteral("customers"));
        QTRY_VERIFY(s.fixture.page()->settled());
        QVERIFY(tip("action.customers.export").contains(QStringLiteral("Ctrl+Shift+E")));
        const auto labels = s.fixture.find<QLineEdit>(QStringLiteral("customers.filter"))->findChildren<QLabel *>();
        QCOMPARE(labels.value(0)->text(), QStringLiteral("Ctrl+F"));

        s.window().showShortcuts();
        auto *overview = s.window().findChild<dialogs::ShortcutsDialog *>();
        QStringList caps;
        for (const widgets::KeyCap *cap : overview->findChildren<widgets::KeyCap *>())
            caps << cap->text();
        for (const char *wanted : {"Ctrl+P", "Ctrl+H", "Ctrl+Shift+E", "Ctrl+F", "F5", "Ctrl+R"})
            QVERIFY2(caps.contains(QString::fromLatin1(wanted)), wanted);
        for (const char *gone : {"Ctrl+K", "Ctrl+E", "Alt+←", "/"})
            QVERIFY2(!caps.contains(QString::fromLatin1(gone)), gone);
        overview->close();
    }

    void aPageActionRunsOnItsNewKey()
    {
        Settings s;
        s.fixture.open(QStringLiteral("customers"));
        QVERIFY(s.keys().bind(QStringLiteral("page.inspector"), {key("F8")}));
        QVERIFY(s.keys().bind(QStringLiteral("page.inspector"), {key("F8"), key("F7")}));
        auto *table = s.fixture.find<QTableView>(QStringLiteral("customers.table"));
        QTRY_VERIFY(table->model()->rowCount() > 0);
        table->setFocus();
        auto *inspector = s.fixture.find<QWidget>(QStringLiteral("customers.inspector"));
        QVERIFY(inspector);
        const bool before = inspector->isVisible();
        QTest::keyClick(table, Qt::Key_F8);
        QCOMPARE(inspector->isVisible(), !before);
        QTest::keyClick(table, Qt::Key_F7);
        QCOMPARE(inspector->isVisible(), before);
        QTest::keyClick(table, Qt::Key_F8);
        QTest::keyClick(table, Qt::Key_I, Qt::ControlModifier); // not even by the page's own key
        QCOMPARE(inspector->isVisible(), !before);
    }

    void undoAndInspectorHaveOneOwner()
    {
        test::WindowFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
        pages::Location place{QStringLiteral("customers"), {}, {}};
        fixture.window->open(place);
        auto *table = fixture.find<QTableView>(QStringLiteral("customers.table"));
        QTRY_VERIFY(table->model()->rowCount() > 10);
        const int all = table->model()->rowCount();
        place.query.addQueryItem(QStringLiteral("q"), QStringLiteral("tier:growth"));
        fixture.window->open(place);
        QTRY_VERIFY(table->model()->rowCount() < all);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(table->model()->rowCount(), all);
        auto *inspector = fixture.find<QWidget>(QStringLiteral("customers.inspector"));
        const bool before = inspector->isVisible();
        QTest::keyClick(table, Qt::Key_I, Qt::ControlModifier);
        QCOMPARE(inspector->isVisible(), !before);
    }

    void aConflictIsRefusedByName()
    {
        Settings s;
        KeyDialog *dialog = s.record(refreshId);
        s.press(dialog, Qt::Key_E, Qt::ControlModifier);
        QVERIFY(s.dialog());
        QCOMPARE(message(dialog).section(u'.', 0, 0), QStringLiteral("Ctrl+E belongs to “Export”"));
        QVERIFY(s.keys().allDefault());
        QVERIFY(takeButton(dialog)->isVisible());
        QCOMPARE(takeButton(dialog)->text(), QStringLiteral("Take it from “Export”"));
        s.press(dialog, Qt::Key_Tab, Qt::ControlModifier); // a fixed key takes the offer back
        QVERIFY(message(dialog).contains(QStringLiteral("moves the focus")));
        QVERIFY(!takeButton(dialog)->isVisible());
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!s.dialog());
        QVERIFY(s.keys().allDefault());
        QVERIFY(s.kept.isEmpty());

        dialog = s.record(refreshId);
        s.press(dialog, Qt::Key_E, Qt::ControlModifier);
        s.press(dialog, Qt::Key_Return); // the default button
        QTRY_VERIFY(!s.dialog());
        QCOMPARE(s.keys().text(refreshId), QStringLiteral("Ctrl+E"));
        QVERIFY(s.keys().keys(exportId).isEmpty());
        QCOMPARE(s.window().toasts().visibleCount(), 1);
        QVERIFY(s.window().toasts().runUndo());
        QVERIFY(s.keys().allDefault());
        QVERIFY(s.kept.isEmpty());
    }

    void resetOneAndAll()
    {
        Settings s({{refreshId, QStringLiteral("F6")}, {exportId, QStringLiteral("F5")}});
        s.list()->setFocus();
        s.list()->setCurrentCommand(QStringLiteral("console.undo"));
        QVERIFY(!s.button("settings.keyReset")->isEnabled());
        s.list()->setCurrentCommand(refreshId);
        QVERIFY(s.button("settings.keyReset")->isEnabled());
        QTest::mouseClick(s.button("settings.keyReset"), Qt::LeftButton);
        // Export has F5 now: it is said, not done.
        KeyDialog *dialog = s.dialog();
        QVERIFY(dialog);
        QVERIFY(message(dialog).contains(QStringLiteral("F5 belongs to “Export”")));
        QTest::mouseClick(dialog->findChild<QAbstractButton *>(QStringLiteral("keyDialog.cancel")), Qt::LeftButton);
        QTRY_VERIFY(!s.dialog());
        QCOMPARE(s.keys().text(refreshId), QStringLiteral("F6"));

        s.list()->setCurrentCommand(exportId);
        QTest::keyClick(s.list(), Qt::Key_Delete);
        QCOMPARE(s.keys().text(exportId), QStringLiteral("Ctrl+E"));
        s.list()->setCurrentCommand(refreshId);
        QTest::mouseClick(s.button("settings.keyReset"), Qt::LeftButton);
        QCOMPARE(s.keys().texts(refreshId), QStringLiteral("F5, Ctrl+R"));
        QVERIFY(!s.button("settings.keyResetAll")->isEnabled());
        QVERIFY(s.kept.isEmpty());

        QVERIFY(s.keys().bind(refreshId, keyList("F6")) && s.keys().bind(exportId, keyList("F7")));
        QTest::mouseClick(s.button("settings.keyResetAll"), Qt::LeftButton);
        QVERIFY(s.keys().allDefault());
        QVERIFY(s.window().toasts().runUndo());
        QCOMPARE(s.keys().text(exportId), QStringLiteral("F7"));
    }

    void aKeyCanBeTakenAway()
    {
        Settings s;
        KeyDialog *dialog = s.record(exportId);
        QTest::mouseClick(dialog->findChild<QAbstractButton *>(QStringLiteral("keyDialog.none")), Qt::LeftButton);
        QTRY_VERIFY(!s.dialog());
        QVERIFY(s.keys().keys(exportId).isEmpty());
        QCOMPARE(s.kept.value(exportId), QStringLiteral("none"));
        dialog = s.record(exportId);
        QTest::mouseClick(dialog->findChild<QAbstractButton *>(QStringLiteral("keyDialog.reset")), Qt::LeftButton);
        QTRY_VERIFY(!s.dialog());
        QVERIFY(s.keys().allDefault());
    }

    void shiftedCharactersAreRecordedAsTheyAreWritten()
    {
        Settings s;
        KeyDialog *dialog = s.record(refreshId);
        QTest::keyClick(dialog->findChild<KeyField *>(), Qt::Key_Shift, Qt::ShiftModifier); // alone it is no key
        QVERIFY(s.dialog());
        QTest::keyClick(dialog->findChild<KeyField *>(), Qt::Key_Exclam, Qt::ShiftModifier);
        QTRY_VERIFY(!s.dialog());
        QCOMPARE(s.keys().keys(refreshId), keyList("!"));
    }

    void byKeysAlone()
    {
        Settings s;
        s.fixture.open(QStringLiteral("overview"));
        QTest::keyClick(&s.window(), Qt::Key_7, Qt::ControlModifier);
        QCOMPARE(s.fixture.screen(), QStringLiteral("settings"));
        for (int steps = 0; steps < 60 && !s.list()->hasFocus(); ++steps)
            QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &s.window(), Qt::Key_Tab);
        QVERIFY(s.list()->hasFocus());
        QCOMPARE(s.list()->currentCommand(), commands().first().id);
        // The cursor jumps over headings, and the page follows it.
        for (qsizetype i = 1; i < commands().size(); ++i)
            QTest::keyClick(s.list(), Qt::Key_Down);
        QCOMPARE(s.list()->currentCommand(), commands().last().id);
        auto *scroll = s.fixture.find<QScrollArea>(QStringLiteral("settings.scroll"));
        QVERIFY(scroll->verticalScrollBar()->value() > 0);
        const QRect line = s.list()->visualRect(s.list()->currentIndex());
        QVERIFY(scroll->viewport()->rect().contains(s.list()->mapTo(scroll->viewport(), line.center())));
        QTest::keyClick(s.list(), Qt::Key_Return);
        KeyDialog *dialog = s.dialog();
        QVERIFY(dialog);
        QTRY_COMPARE(QApplication::focusWidget(), dialog->findChild<KeyField *>());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F9);
        QTRY_VERIFY(!s.dialog());
        QCOMPARE(s.keys().text(commands().last().id), QStringLiteral("F9"));
    }

    void survivesANewWindow()
    {
        KeyMap kept;
        {
            Settings s;
            s.press(s.record(refreshId), Qt::Key_F6);
            kept = s.kept;
        }
        Settings again(kept);
        QCOMPARE(again.keys().text(refreshId), QStringLiteral("F6"));
        const QModelIndex line =
            again.list()->model()->index(static_cast<KeyListModel *>(again.list()->model())->rowOf(refreshId), 0);
        QCOMPARE(line.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Refresh, F6, was F5, Ctrl+R"));
    }

    void undoByItsKeyWhileItChangesTheKeys()
    {
        Settings s;
        s.press(s.record(refreshId), Qt::Key_F6);
        QTRY_VERIFY(!s.dialog());
        s.window().activateWindow();
        QTRY_COMPARE(QApplication::activeWindow(), &s.window());
        QTest::keyClick(&s.window(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(s.keys().allDefault());
        QTest::keyClick(&s.window(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(s.fixture.screen(), QStringLiteral("customers"));
    }
};

REGISTER_SUITE(key_bindings, TstKeyBindings)
#include "tst_key_bindings.moc"
