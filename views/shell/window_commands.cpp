#include "views/shell/main_window_private.h"

#include "models/domain/format.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace shell {

void MainWindow::openPalette(const QString &initial)
{
    QList<PaletteEntry> commands;
    const QString group = tr("Console");
    const auto add = [&](const char *command, const QString &text, const char *icon) {
        const QString id = QString::fromLatin1(command);
        commands.append({id, text, {}, QString::fromLatin1(icon), d->keys->text(id), group, {}, d->handlers[id]});
    };
    add("console.refresh", tr("Refresh"), "refresh");
    add("console.copyLink", tr("Copy link to this page"), "link");
    const bool dark = widgets::Theme::instance().scheme() == widgets::Scheme::Dark;
    add("console.theme", dark ? tr("Switch to light") : tr("Switch to dark"), dark ? "sun" : "moon");
    add("console.zone", tr("Change time zone…"), "globe");
    if (environment().safeMode)
        add("console.lock",
            writesUnlocked() ? tr("Lock writes now") : tr("Unlock writes for %1 minutes").arg(d->options.unlockMinutes),
            writesUnlocked() ? "lock" : "unlock");
    if (d->options.switchConnection)
        add("console.connection", tr("Switch connection…"), "server");
    add("console.keys", tr("Keyboard shortcuts"), "keyboard");
    commands.append({QStringLiteral("console.changeKeys"),
                     tr("Change keyboard shortcuts…"),
                     {},
                     QStringLiteral("keyboard"),
                     {},
                     group,
                     {},
                     [this] { openKeySettings(); }});
    d->palette->open(d->sources->entries(pageActions(), commands), initial);
}

void MainWindow::openKeySettings()
{
    pages::Location place{QStringLiteral("settings"), {}, {}};
    place.query.addQueryItem(QStringLiteral("section"), QStringLiteral("keyboard"));
    open(place);
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

bool MainWindow::isPinned(domain::ViewId view) const
{
    return d->pinned->isPinned(view);
}

void MainWindow::setPinned(const ports::SavedView &view, bool pinned)
{
    if (!d->pinned->setPinned(view, pinned))
        toast({pages::Toast::Kind::Info,
               tr("%n views are pinned, the rail has no room for more: unpin one first", nullptr, PinnedViews::most),
               {},
               {}});
}

void MainWindow::showPins()
{
    const pages::Location place = currentPage() ? currentPage()->location() : pages::Location{};
    QList<RailPin> pins;
    bool current = false; // of two views that say the same, one
    for (const PinnedView &pinned : d->pinned->views()) {
        const bool here = !current && shows(place, pinned.view);
        current = current || here;
        pins.append({pinned.view.id.toString(), pinned.view.screen, pinned.view.name, pinned.view.query,
                     pinned.count ? domain::countText(*pinned.count) : QString(), here});
    }
    d->rail->setPins(pins);
}

void MainWindow::copyText(const QString &text, const QString &what)
{
    QGuiApplication::clipboard()->setText(text);
    toast({pages::Toast::Kind::Good, tr("%1 copied").arg(what), {}, {}});
}

} // namespace shell
