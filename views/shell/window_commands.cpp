#include "views/shell/main_window_private.h"

#include "models/domain/format.h"
#include "views/dialogs/shortcuts_dialog.h"
#include "views/shell/screens.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace shell {

void MainWindow::makeShortcuts()
{
    const auto key = [this](const QKeySequence &sequence, auto &&slot) {
        auto *shortcut = new QShortcut(sequence, this);
        d->ownKeys.append(sequence);
        connect(shortcut, &QShortcut::activated, this, std::forward<decltype(slot)>(slot));
    };
    key(QKeySequence(Qt::CTRL | Qt::Key_K), [this] { openPalette(); });
    key(QKeySequence(QStringLiteral("/")), [this] {
        if (currentPage())
            currentPage()->focusFilter();
    });
    key(QKeySequence(QStringLiteral("?")), [this] { showShortcuts(); });
    key(QKeySequence(QKeySequence::HelpContents), [this] { showShortcuts(); });
    const auto refresh = [this] {
        if (currentPage())
            currentPage()->refresh();
        d->attention->refresh();
    };
    key(QKeySequence(Qt::Key_F5), refresh);
    key(QKeySequence(Qt::CTRL | Qt::Key_R), refresh);
    int number = 1;
    for (const Screen &screen : screens()) {
        key(QKeySequence(QStringLiteral("Ctrl+%1").arg(number++)), [this, name = screen.key] { open({name, {}, {}}); });
    }
    key(QKeySequence(Qt::ALT | Qt::Key_Left), [this] { goBack(); });
    key(QKeySequence(Qt::ALT | Qt::Key_Right), [this] { goForward(); });
    key(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), [this] {
        if (currentPage() && !currentPage()->currentId().isEmpty())
            copyText(currentPage()->currentId(), tr("Id"));
    });
    key(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L), [this] {
        if (currentPage())
            copyText(deepLink(currentPage()->location()), tr("Link"));
    });
    key(QKeySequence(Qt::CTRL | Qt::Key_Z), [this] {
        if (!runPageAction(QKeySequence(Qt::CTRL | Qt::Key_Z)) && !d->toasts->runUndo())
            toast({pages::Toast::Kind::Info, tr("Nothing to undo"), {}, {}});
    });
    // Esc goes up from a detail to its list.
    key(QKeySequence(Qt::Key_Escape), [this] {
        const pages::Page *page = currentPage();
        if (page && page->screen() != railKeyOf(page->screen()))
            goBack();
    });
}

bool MainWindow::runPageAction(const QKeySequence &keys)
{
    if (!currentPage())
        return false;
    const QList<pages::PageAction> actions = currentPage()->actions();
    for (const pages::PageAction &action : actions) {
        if (action.enabled && action.trigger && QKeySequence(action.keys, QKeySequence::PortableText) == keys) {
            action.trigger();
            return true;
        }
    }
    return false;
}

void MainWindow::openPalette(const QString &initial)
{
    QList<PaletteEntry> commands;
    const QString group = tr("Console");
    const auto add = [&](const char *id, const QString &text, const QString &icon, const QString &keys,
                         std::function<void()> run) {
        commands.append({QString::fromLatin1(id), text, {}, icon, keys, group, {}, std::move(run)});
    };
    add("console.refresh", tr("Refresh"), QStringLiteral("refresh"), QStringLiteral("F5"), [this] {
        if (currentPage())
            currentPage()->refresh();
    });
    add("console.copyLink", tr("Copy link to this page"), QStringLiteral("link"), QStringLiteral("Ctrl+Shift+L"),
        [this] { copyText(deepLink(currentPage()->location()), tr("Link")); });
    const bool dark = widgets::Theme::instance().scheme() == widgets::Scheme::Dark;
    add("console.theme", dark ? tr("Switch to light") : tr("Switch to dark"),
        dark ? QStringLiteral("sun") : QStringLiteral("moon"), {}, [dark] {
            widgets::Theme::instance().setMode(dark ? widgets::Theme::Mode::Light : widgets::Theme::Mode::Dark);
        });
    add("console.zone", tr("Change time zone…"), QStringLiteral("globe"), {}, [this] { chooseZone(); });
    if (environment().safeMode) {
        if (writesUnlocked())
            add("console.lock", tr("Lock writes now"), QStringLiteral("lock"), {}, [this] { lockWrites(); });
        else
            add("console.unlock", tr("Unlock writes for %1 minutes").arg(d->options.unlockMinutes),
                QStringLiteral("unlock"), {}, [this] { unlockWrites(); });
    }
    if (d->options.switchConnection)
        add("console.connection", tr("Switch connection…"), QStringLiteral("server"), {}, d->options.switchConnection);
    add("console.keys", tr("Keyboard shortcuts"), QStringLiteral("keyboard"), QStringLiteral("?"),
        [this] { showShortcuts(); });
    const QList<pages::PageAction> actions = currentPage() ? currentPage()->actions() : QList<pages::PageAction>{};
    d->palette->open(d->sources->entries(actions, commands), initial);
}

void MainWindow::showShortcuts()
{
    QList<dialogs::ShortcutGroup> groups{
        {tr("Everywhere"),
         {{QStringLiteral("Ctrl+K"), tr("Palette: screens, actions, customers, pasted ids")},
          {QStringLiteral("/"), tr("Filter")},
          {QStringLiteral("F5"), tr("Refresh")},
          {QStringLiteral("Ctrl+1…%1").arg(screens().size()), tr("Screens")},
          {QStringLiteral("Alt+←  Alt+→"), tr("Back, forward")},
          {QStringLiteral("Esc"), tr("Up, close")},
          {QStringLiteral("Ctrl+Z"), tr("Undo")},
          {QStringLiteral("?"), tr("This overview")}}},
        {tr("Lists"),
         {{QStringLiteral("↑ ↓"), tr("Move")},
          {QStringLiteral("Enter"), tr("Open")},
          {QStringLiteral("Space"), tr("Mark")},
          {QStringLiteral("Ctrl+Space"), tr("Mark a range")},
          {QStringLiteral("Ctrl+C"), tr("Copy cell")},
          {QStringLiteral("Ctrl+Shift+C"), tr("Copy id")},
          {QStringLiteral("Ctrl+Shift+L"), tr("Copy link")}}}};
    dialogs::ShortcutGroup page{tr("This page"), {}};
    if (currentPage()) {
        const QList<pages::PageAction> actions = currentPage()->actions();
        for (const pages::PageAction &a : actions) {
            if (!a.keys.isEmpty())
                page.keys.append({a.keys, a.text});
        }
    }
    if (!page.keys.isEmpty())
        groups.append(page);
    auto *dialog = new dialogs::ShortcutsDialog(groups, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::setTimeZone(const QTimeZone &zone)
{
    d->options.zone = zone;
    d->bar->setZone(domain::zoneText(zone, QDateTime::currentDateTimeUtc()),
                    tr("Times are shown in %1. Change").arg(QString::fromLatin1(zone.id())));
    if (d->options.zoneChosen)
        d->options.zoneChosen(zone);
    if (currentPage())
        currentPage()->refresh();
}

void MainWindow::chooseZone()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QList<QByteArray> ids{QTimeZone::systemTimeZoneId(),         QByteArrayLiteral("UTC"),
                          QByteArrayLiteral("Asia/Kolkata"),     QByteArrayLiteral("Europe/London"),
                          QByteArrayLiteral("America/New_York"), QByteArrayLiteral("America/Los_Angeles")};
    QList<QByteArray> seen;
    for (const QByteArray &id : std::as_const(ids)) {
        const QTimeZone zone(id);
        if (seen.contains(id) || !zone.isValid())
            continue;
        seen.append(id);
        QAction *action = menu->addAction(QString::fromLatin1(id));
        action->setCheckable(true);
        action->setChecked(id == timeZone().id());
        connect(action, &QAction::triggered, this, [this, zone] { setTimeZone(zone); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("All zones…")), &QAction::triggered, this, [this] {
        open({QStringLiteral("settings"), {}, {}});
    });
    menu->popup(d->bar->mapToGlobal(QPoint(220, d->bar->height())));
}

void MainWindow::showUndoList()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QList<Toasts::Undo> &list = d->toasts->undoList();
    for (qsizetype i = 0; i < list.size(); ++i) {
        QAction *action = menu->addAction(QStringLiteral("%1: %2").arg(list[i].actionText, list[i].text));
        connect(action, &QAction::triggered, this, [this, i] { d->toasts->runUndo(i); });
    }
    menu->popup(d->status->mapToGlobal(QPoint(d->status->width() - 240, -20)));
}

void MainWindow::copyText(const QString &text, const QString &what)
{
    QGuiApplication::clipboard()->setText(text);
    toast({pages::Toast::Kind::Good, tr("%1 copied").arg(what), {}, {}});
}

} // namespace shell
