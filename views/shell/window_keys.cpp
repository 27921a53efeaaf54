// The keys of the window: which command runs on which key, and who shows it.
#include "views/shell/main_window_private.h"

#include "views/dialogs/shortcuts_dialog.h"
#include "views/shell/screens.h"
#include "views/widgets/filter_chips.h"

namespace shell {
namespace {

/// One of them may be running right now: it goes when its handler is back.
void drop(QList<QShortcut *> &shortcuts)
{
    for (QShortcut *shortcut : std::as_const(shortcuts)) {
        shortcut->setKey({});
        shortcut->deleteLater();
    }
    shortcuts.clear();
}

/// Enter and Space belong to the widget that has the focus; the table opens its row itself.
bool isFocusKey(const QKeySequence &keys)
{
    return keys == QKeySequence(Qt::Key_Return) || keys == QKeySequence(Qt::Key_Enter) ||
           keys == QKeySequence(Qt::Key_Space);
}

} // namespace

void MainWindow::makeShortcuts()
{
    auto &run = d->handlers;
    const auto onPage = [this](auto &&act) {
        return [this, act] {
            if (pages::Page *page = currentPage())
                act(*page);
        };
    };
    run[QStringLiteral("console.palette")] = [this] { openPalette(); };
    run[QStringLiteral("console.filter")] = onPage([](pages::Page &page) { page.focusFilter(); });
    run[QStringLiteral("console.keys")] = [this] { showShortcuts(); };
    run[QStringLiteral("console.refresh")] = [this] { refreshAll(); };
    run[QStringLiteral("console.back")] = [this] { goBack(); };
    run[QStringLiteral("console.forward")] = [this] { goForward(); };
    run[QStringLiteral("console.undo")] = [this] {
        if (!runPageAction(pageActionOf(QStringLiteral("console.undo"))) && !d->toasts->runUndo())
            toast({pages::Toast::Kind::Info, tr("Nothing to undo"), {}, {}});
    };
    run[QStringLiteral("console.copyId")] = onPage([this](pages::Page &page) {
        if (!page.currentId().isEmpty())
            copyText(page.currentId(), tr("Id"));
    });
    run[QStringLiteral("console.copyLink")] =
        onPage([this](pages::Page &page) { copyText(deepLink(page.location()), tr("Link")); });
    run[QStringLiteral("console.theme")] = [] {
        auto &theme = widgets::Theme::instance();
        const bool dark = theme.scheme() == widgets::Scheme::Dark;
        theme.setMode(dark ? widgets::Theme::Mode::Light : widgets::Theme::Mode::Dark);
    };
    run[QStringLiteral("console.zone")] = [this] { chooseZone(); };
    run[QStringLiteral("console.lock")] = [this] {
        if (!environment().safeMode)
            toast({pages::Toast::Kind::Info, tr("Writes on %1 are never locked").arg(environment().name), {}, {}});
        else if (writesUnlocked())
            lockWrites();
        else
            unlockWrites();
    };
    run[QStringLiteral("console.connection")] = [this] {
        if (d->options.switchConnection)
            d->options.switchConnection();
    };
    for (const Screen &screen : screens())
        run[QStringLiteral("go.") + screen.key] = [this, key = screen.key] { open({key, {}, {}}); };
    // Esc goes up from a detail to its list.
    connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, [this] {
        const pages::Page *page = currentPage();
        if (page && page->screen() != railKeyOf(page->screen()))
            goBack();
    });
    connect(d->keys, &KeyBindings::changed, this, [this] {
        if (d->options.keysChosen)
            d->options.keysChosen(d->keys->stored());
        bindKeys();
    });
    bindKeys();
}

void MainWindow::bindKeys()
{
    drop(d->ownKeys);
    for (auto it = d->handlers.cbegin(); it != d->handlers.cend(); ++it) {
        const QList<QKeySequence> keys = d->keys->keys(it.key());
        for (const QKeySequence &key : keys) {
            auto *shortcut = new QShortcut(key, this);
            d->ownKeys.append(shortcut);
            connect(shortcut, &QShortcut::activated, this, it.value());
        }
    }
    for (const Screen &screen : screens())
        d->rail->setKey(screen.key, d->keys->text(QStringLiteral("go.") + screen.key));
    d->bar->setKeys(d->keys->text(QStringLiteral("console.palette")), d->keys->text(QStringLiteral("console.back")),
                    d->keys->text(QStringLiteral("console.forward")));
    for (pages::Page *page : std::as_const(d->pages))
        hintFilterKey(*page);
    d->pageKeySignature.clear();
    refreshChrome();
}

void MainWindow::hintFilterKey(pages::Page &page)
{
    const auto fields = page.findChildren<widgets::FilterChips *>();
    for (widgets::FilterChips *chips : fields)
        chips->setKeyHint(d->keys->text(QStringLiteral("console.filter")));
}

QList<pages::PageAction> MainWindow::pageActions() const
{
    QList<pages::PageAction> actions = currentPage() ? currentPage()->actions() : QList<pages::PageAction>{};
    for (pages::PageAction &action : actions) {
        const QString command = commandOfAction(action.id);
        if (!command.isEmpty())
            action.keys = d->keys->keys(command).value(0).toString(QKeySequence::PortableText);
    }
    return actions;
}

void MainWindow::bindPageKeys(const QList<pages::PageAction> &actions)
{
    QString signature;
    for (const pages::PageAction &a : actions)
        signature += a.id + u'|' + a.keys + u'|';
    if (signature == d->pageKeySignature)
        return;
    d->pageKeySignature = signature;
    drop(d->pageKeys);
    for (const pages::PageAction &a : actions) {
        const QString command = commandOfAction(a.id);
        const QList<QKeySequence> all =
            command.isEmpty() ? QList{QKeySequence(a.keys, QKeySequence::PortableText)} : d->keys->keys(command);
        if (d->handlers.contains(command)) // the window's own key asks the page first
            continue;
        for (const QKeySequence &keys : all) {
            const bool taken = command.isEmpty() && !d->keys->holders({keys}, {}).isEmpty();
            if (keys.isEmpty() || isFocusKey(keys) || taken)
                continue;
            auto *key = new QShortcut(keys, this);
            d->pageKeys.append(key);
            connect(key, &QShortcut::activated, this, [this, id = a.id] { runPageAction(id); });
        }
    }
}

QString MainWindow::pageActionOf(const QString &command) const
{
    const QList<pages::PageAction> actions = pageActions();
    for (const pages::PageAction &action : actions) {
        if (action.enabled && commandOfAction(action.id) == command)
            return action.id;
    }
    return {};
}

bool MainWindow::runPageAction(const QString &id)
{
    const QList<pages::PageAction> actions = pageActions();
    for (const pages::PageAction &action : actions) {
        if (action.id != id)
            continue;
        const bool can = action.enabled && action.trigger;
        if (can)
            action.trigger();
        else if (!action.whyDisabled.isEmpty())
            toast({pages::Toast::Kind::Info, action.whyDisabled, {}, {}});
        return can;
    }
    return false;
}

void MainWindow::showShortcuts()
{
    using Group = dialogs::ShortcutGroup;
    Group everywhere{tr("Everywhere"), {}}, page{tr("This page"), {}};
    const auto add = [this](Group &group, const QString &command, const QString &text) {
        if (const QStringList keys = d->keys->capsOf(command); !keys.isEmpty())
            group.keys.append({keys, text});
    };
    bool screensByNumber = true;
    for (const Command &command : commands()) {
        if (command.id.startsWith(QLatin1StringView("go.")))
            screensByNumber = screensByNumber && d->keys->isDefault(command.id);
        else if (d->handlers.contains(command.id))
            add(everywhere, command.id, command.text);
    }
    if (screensByNumber)
        everywhere.keys.append({{QStringLiteral("Ctrl+1…%1").arg(screens().size())}, tr("Screens")});
    for (const Screen &screen : screens()) {
        if (!screensByNumber)
            add(everywhere, QStringLiteral("go.") + screen.key, screen.title);
    }
    everywhere.keys.append({{QStringLiteral("Esc")}, tr("Up, close")});
    const Group lists{tr("Lists"),
                      {{{QStringLiteral("↑"), QStringLiteral("↓")}, tr("Move")},
                       {{QStringLiteral("Enter")}, tr("Open")},
                       {{QStringLiteral("Space")}, tr("Mark")},
                       {{QStringLiteral("Ctrl+Space")}, tr("Mark a range")},
                       {{QStringLiteral("Ctrl+C")}, tr("Copy cell")}}};
    const QList<pages::PageAction> actions = pageActions();
    for (const pages::PageAction &a : actions) {
        if (!a.keys.isEmpty() && !d->handlers.contains(commandOfAction(a.id)))
            page.keys.append({{keyText(QKeySequence(a.keys, QKeySequence::PortableText))}, a.text});
    }
    QList<Group> groups{everywhere, lists};
    if (!page.keys.isEmpty())
        groups.append(page);
    auto *dialog = new dialogs::ShortcutsDialog(groups, d->keys->keys(QStringLiteral("console.keys")), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &dialogs::ShortcutsDialog::changeRequested, this, &MainWindow::openKeySettings);
    dialog->open();
}

void MainWindow::refreshAll()
{
    if (currentPage())
        currentPage()->refresh();
    d->attention->refresh();
    d->pinned->refresh();
}

} // namespace shell
