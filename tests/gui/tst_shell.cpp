#include "models/domain/format.h"
#include "tests/support/fake_backend.h"
#include "tests/support/gui_app.h"
#include "tests/support/heartbeat.h"
#include "tests/support/test_main.h"
#include "views/dialogs/shortcuts_dialog.h"
#include "views/pages/page_factory.h"
#include "views/shell/history.h"
#include "views/shell/main_window.h"
#include "views/shell/palette.h"
#include "views/shell/screens.h"
#include "views/shell/toasts.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSlider>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace shell;

namespace {

struct Window {
    std::shared_ptr<test::FakeBackend> fake = std::make_shared<test::FakeBackend>();
    std::unique_ptr<MainWindow> window;

    explicit Window(WindowOptions options = {})
    {
        options.makePage = pages::makePage;
        window = std::make_unique<MainWindow>(fake, std::move(options));
        window->show();
    }
    void signIn()
    {
        QSignalSpy known(window.get(), &MainWindow::sessionKnown);
        QTRY_COMPARE(known.count(), 1);
        window->open({QStringLiteral("overview"), {}, {}});
    }
    QString title() const { return window->findChild<QLabel *>(QStringLiteral("pageBar.title"))->text(); }
    QString screen() const { return window->currentPage()->screen(); }
};

widgets::Environment production()
{
    return {QStringLiteral("Production"),
            QStringLiteral("api.example.dev"),
            widgets::EnvironmentKind::Production,
            widgets::EnvironmentHue::Red,
            true,
            {}};
}

} // namespace

class TstShell : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::prepareGui(); }

    void history()
    {
        History h;
        const auto at = [](const char *name) { return pages::Location{QString::fromLatin1(name), {}, {}}; };
        QVERIFY(!h.canGoBack() && !h.canGoForward() && !h.current());
        h.visit(at("a"));
        h.visit(at("a"));
        h.visit(at("b"));
        h.visit(at("c"));
        QCOMPARE(h.back().screen, QStringLiteral("b"));
        QCOMPARE(h.back().screen, QStringLiteral("a"));
        QVERIFY(!h.canGoBack());
        QCOMPARE(h.forward().screen, QStringLiteral("b"));
        h.visit(at("d"));
        QVERIFY(!h.canGoForward());
        h.replace(at("e"));
        QCOMPARE(h.current()->screen, QStringLiteral("e"));
        for (int i = 0; i < 300; ++i)
            h.visit(at(i % 2 ? "x" : "y"));
        int steps = 0;
        while (h.canGoBack()) {
            h.back();
            ++steps;
        }
        QCOMPARE(steps, 99);
    }

    void screensByKeys()
    {
        Window w;
        w.signIn();
        int number = 1;
        for (const Screen &screen : screens()) {
            QTest::keyClick(w.window.get(), static_cast<Qt::Key>(Qt::Key_0 + number++), Qt::ControlModifier);
            QCOMPARE(w.screen(), screen.key);
            QVERIFY(w.window->findChild<QAbstractButton *>(QStringLiteral("rail.") + screen.key)->isChecked());
        }
        QTest::keyClick(w.window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(w.screen(), QStringLiteral("health"));
        QTest::keyClick(w.window.get(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(w.screen(), QStringLiteral("settings"));
    }

    void railShowsCountsAndWhoIsSignedIn()
    {
        Window w;
        w.signIn();
        auto *customers = w.window->findChild<QAbstractButton *>(QStringLiteral("rail.customers"));
        // What the list counts without a filter: the fake's data set has closed teams, which the overview leaves out.
        auto counted = w.fake->customers().sums({}, {});
        QTRY_VERIFY(counted.isFinished());
        const QString all = domain::countText(counted.result()->count);
        QTRY_COMPARE(customers->accessibleName(), QStringLiteral("Customers, ") + all);
    }

    void railRingOnlyForTheKeyboard()
    {
        Window w;
        w.signIn();
        w.window->open({QStringLiteral("health"), {}, {}});
        auto *overview = w.window->findChild<QAbstractButton *>(QStringLiteral("rail.overview"));
        overview->clearFocus();
        const QImage plain = overview->grab().toImage();
        overview->setFocus(Qt::OtherFocusReason);
        QCOMPARE(overview->grab().toImage(), plain);
        overview->clearFocus();
        overview->setFocus(Qt::TabFocusReason);
        QTRY_VERIFY(overview->hasFocus());
        QVERIFY(overview->grab().toImage() != plain);
    }

    void customerByLinkAndUpAgain()
    {
        Window w;
        w.signIn();
        w.window->open({QStringLiteral("customers"), {}, {}});
        const QString id = test::teamId(test::seed::acme).toString();
        QVERIFY(w.window->openLink(QStringLiteral("console://This%20machine/customer/") + id));
        QCOMPARE(w.screen(), QStringLiteral("customer"));
        QTRY_COMPARE(w.title(), QStringLiteral("Acme Robotics"));
        QVERIFY(w.window->findChild<QAbstractButton *>(QStringLiteral("rail.customers"))->isChecked());
        QTest::keyClick(w.window.get(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(
            QGuiApplication::clipboard()->text().startsWith(QStringLiteral("console://This%20machine/customer/") + id));
        QTest::keyClick(w.window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), id);
        QTest::keyClick(w.window.get(), Qt::Key_Escape);
        QCOMPARE(w.screen(), QStringLiteral("customers"));
        QVERIFY(!w.window->openLink(QStringLiteral("console://Elsewhere/customers")));
        QVERIFY(!w.window->openLink(QStringLiteral("nonsense")));
    }

    void filterKeyAndHelp()
    {
        Window w;
        w.signIn();
        w.window->open({QStringLiteral("customers"), {}, {}});
        w.window->activateWindow();
        QTest::keyClick(w.window.get(), Qt::Key_Slash);
        auto *field = w.window->findChild<QLineEdit *>(QStringLiteral("customers.filter"));
        QVERIFY(field);
        QTRY_VERIFY(field->hasFocus());
        w.window->showShortcuts();
        auto *dialog = w.window->findChild<dialogs::ShortcutsDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        dialog->close();
    }

    void toastsUndo()
    {
        Window w;
        w.signIn();
        int undone = 0;
        w.window->toasts().setLifetime(1);
        w.window->toast({pages::Toast::Kind::Good, QStringLiteral("Note deleted"), QStringLiteral("Undo"),
                         [&undone] { ++undone; }});
        QCOMPARE(w.window->toasts().visibleCount(), 1);
        QTRY_COMPARE(w.window->toasts().visibleCount(), 0);
        QCOMPARE(w.window->toasts().undoList().size(), 1); // gone from the screen, still in the list
        auto *undo = w.window->findChild<QAbstractButton *>(QStringLiteral("statusLine.undo"));
        QVERIFY(undo->isEnabled());
        QTest::keyClick(w.window.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(undone, 1);
        QVERIFY(!undo->isEnabled());
        QVERIFY(!w.window->toasts().runUndo());
    }

    void productionOpensReadOnlyAndUnlocks()
    {
        WindowOptions options;
        options.environment = production();
        Window w(std::move(options));
        w.signIn();
        QVERIFY(!w.window->writesUnlocked());
        auto *band = w.window->findChild<widgets::EnvironmentBand *>();
        QVERIFY(band->accessibleName().contains(QStringLiteral("read only")));
        auto *button = w.window->findChild<QAbstractButton *>(QStringLiteral("environmentBand.lock"));
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(w.window->writesUnlocked());
        QVERIFY(band->accessibleName().contains(QStringLiteral("left")));
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(!w.window->writesUnlocked());
    }

    void goneAndBack()
    {
        Window w;
        w.signIn();
        auto *state = w.window->findChild<QLabel *>(QStringLiteral("statusLine.connection"));
        w.fake->setGone(true);
        QTest::keyClick(w.window.get(), Qt::Key_F5);
        QTRY_VERIFY(!state->text().isEmpty());
        w.fake->setGone(false);
        QTest::keyClick(w.window.get(), Qt::Key_F5);
        QTRY_VERIFY(state->text().isEmpty());
    }

    void unknownScreenIsSaidNotCrashed()
    {
        Window w;
        w.signIn();
        w.window->open({QStringLiteral("nowhere"), {}, {}});
        QCOMPARE(w.screen(), QStringLiteral("overview"));
        QCOMPARE(w.window->toasts().visibleCount(), 1);
    }

    void placeAndSizeAreRemembered()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("desktop.ini")), QSettings::IniFormat);
        {
            WindowOptions options;
            options.settings = &settings;
            Window w(std::move(options));
            w.signIn();
            w.window->open({QStringLiteral("audit"), {}, {}});
            w.window->close();
        }
        QVERIFY(settings.value(QStringLiteral("window/place")).toString().contains(QStringLiteral("/audit")));
        QVERIFY(!settings.value(QStringLiteral("window/geometry")).toByteArray().isEmpty());
    }

    void zoneIsSwitchable()
    {
        QTimeZone chosen;
        WindowOptions options;
        options.zoneChosen = [&chosen](const QTimeZone &zone) { chosen = zone; };
        Window w(std::move(options));
        w.signIn();
        w.window->setTimeZone(QTimeZone(QByteArrayLiteral("Asia/Kolkata")));
        QCOMPARE(chosen.id(), QByteArrayLiteral("Asia/Kolkata"));
        QCOMPARE(w.window->timeZone().id(), QByteArrayLiteral("Asia/Kolkata"));
    }

    void everyInteractiveWidgetHasAName()
    {
        Window w;
        w.signIn();
        w.window->openPalette();
        w.window->commandPalette().close();
        for (const Screen &screen : screens())
            w.window->open({screen.key, {}, {}});
        w.window->open({QStringLiteral("customer"), test::teamId(test::seed::acme).toString(), {}});
        QTRY_VERIFY(w.window->currentPage()->settled());
        QStringList unnamed;
        const auto all = w.window->findChildren<QWidget *>();
        for (const QWidget *widget : all) {
            const bool interactive =
                qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget) ||
                qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractItemView *>(widget);
            const bool part = widget->objectName().startsWith(QLatin1StringView("qt_")) ||
                              qobject_cast<const QComboBox *>(widget->parentWidget()) ||
                              widget->parentWidget()->inherits("QComboBoxPrivateContainer") ||
                              widget->parentWidget()->inherits("QLineEdit") || widget->inherits("QTableCornerButton") ||
                              widget->inherits("QHeaderView") ||
                              qobject_cast<const QAbstractItemView *>(widget->parentWidget());
            if (interactive && !part && (widget->objectName().isEmpty() || widget->accessibleName().isEmpty()))
                unnamed.append(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName() +
                               u'/' + widget->parentWidget()->objectName());
        }
        QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(QStringLiteral("; "))));
    }

    /// 100 ms is the bar of the product (a slow or lost backend must not be felt), not a benchmark.
    void guiThreadKeepsBeatingWhileNobodyAnswers()
    {
        Window w;
        w.signIn();
        for (const Screen &screen : screens()) {
            w.window->open({screen.key, {}, {}});
            QTRY_VERIFY(w.window->currentPage()->settled());
        }
        test::Heartbeat heart;
        const auto beatsOn = [&heart] {
            const int before = heart.beats();
            QTRY_VERIFY(heart.beats() > before + 20);
        };
        w.fake->holdAll();
        for (const Screen &screen : screens()) {
            w.window->open({screen.key, {}, {}});
            beatsOn();
        }
        w.fake->setGone(true);
        w.fake->releaseAll();
        beatsOn();
        w.fake->setGone(false);
        QTest::keyClick(w.window.get(), Qt::Key_F5);
        beatsOn();
        QVERIFY2(heart.longestGapMs() <= 100, qPrintable(QString::number(heart.longestGapMs())));
    }
};

REGISTER_SUITE(shell, TstShell)
#include "tst_shell.moc"
