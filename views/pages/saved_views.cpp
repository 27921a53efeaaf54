#include "views/pages/saved_views.h"

#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/dialogs/save_view_dialog.h"
#include "views/pages/page.h"
#include "views/pages/page_parts.h"
#include "views/widgets/theme.h"

#include <QMenu>
#include <QPointer>
#include <QToolButton>

namespace pages {

SavedViews::SavedViews(PageHost &host, const QString &screen, QWidget *page)
    : QObject(page)
    , m_host(host)
    , m_screen(screen)
    , m_page(page)
    , m_button(new QToolButton(page))
    , m_menu(new QMenu(m_button))
{
    m_button->setObjectName(screen + QStringLiteral(".views"));
    m_button->setPopupMode(QToolButton::InstantPopup);
    m_button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_button->setFocusPolicy(Qt::TabFocus);
    m_menu->setObjectName(screen + QStringLiteral(".viewsMenu"));
    m_button->setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &SavedViews::fill);
    label();
    fill();
}

void SavedViews::reload()
{
    const quint64 generation = ++m_generation;
    ports::whenDone(m_host.backend().views().views(m_host.newCall(), m_screen), this,
                    [this, generation](const domain::Result<QList<ports::SavedView>> &result) {
                        if (generation != m_generation)
                            return;
                        m_error = result ? QString() : dialogs::errorText(result.error());
                        if (result)
                            m_views = *result;
                        fill();
                        label();
                        if (!m_wanted.isEmpty())
                            select(std::exchange(m_wanted, {}));
                    });
}

void SavedViews::setCurrent(const QString &query, const QString &sort)
{
    m_query = query;
    m_sort = sort;
    label();
}

void SavedViews::select(const QString &name)
{
    for (const ports::SavedView &view : m_views) {
        if (view.name != name)
            continue;
        Q_EMIT applied(view);
        return;
    }
    m_wanted = m_views.isEmpty() ? name : QString();
}

void SavedViews::label()
{
    QString name = m_query.isEmpty() ? QStringLiteral("All") : QStringLiteral("Unsaved filter");
    for (const ports::SavedView &view : m_views)
        if (view.query == m_query && view.sort == m_sort)
            name = view.name;
    m_button->setText(QStringLiteral("View: ") + name);
    m_button->setAccessibleName(QStringLiteral("Saved views, current: ") + name);
}

void SavedViews::fill()
{
    m_menu->clear();
    qDeleteAll(m_menu->findChildren<QMenu *>(Qt::FindDirectChildrenOnly)); // clear() keeps submenus
    const auto add = [this](const QString &text, const QString &name) {
        QAction *action = m_menu->addAction(text);
        action->setObjectName(m_screen + QStringLiteral(".view.") + name);
        return action;
    };
    connect(add(QStringLiteral("All"), QStringLiteral("all")), &QAction::triggered, this, [this] {
        ports::SavedView all;
        all.screen = m_screen;
        Q_EMIT applied(all);
    });
    if (!m_error.isEmpty())
        add(QStringLiteral("Views could not be loaded"), QStringLiteral("failed"))->setEnabled(false);
    for (const ports::SavedView &view : m_views) {
        QAction *action = add(view.shared ? view.name + QStringLiteral(" · shared") : view.name, view.name);
        action->setCheckable(true);
        action->setChecked(view.query == m_query && view.sort == m_sort);
        connect(action, &QAction::triggered, this, [this, view] { Q_EMIT applied(view); });
    }
    m_menu->addSeparator();
    const QString reason = whyNot(m_host, domain::Permission::ManageViews);
    m_menu->setToolTipsVisible(true);
    QAction *saveAction = add(QStringLiteral("Save view…"), QStringLiteral("save"));
    saveAction->setShortcutVisibleInContextMenu(true);
    saveAction->setEnabled(reason.isEmpty());
    saveAction->setToolTip(reason);
    connect(saveAction, &QAction::triggered, this, &SavedViews::save);
    if (!m_views.isEmpty()) {
        QMenu *pins = m_menu->addMenu(QStringLiteral("Pin to the rail"));
        pins->setObjectName(m_screen + QStringLiteral(".viewsPin"));
        for (const ports::SavedView &view : m_views) {
            QAction *action = pins->addAction(view.name);
            action->setObjectName(m_screen + QStringLiteral(".pin.") + view.name);
            action->setCheckable(true);
            action->setChecked(m_host.isPinned(view.id));
            connect(action, &QAction::triggered, this, [this, view](bool on) { m_host.setPinned(view, on); });
        }
    }
    if (!m_views.isEmpty() && reason.isEmpty()) {
        QMenu *removal = m_menu->addMenu(QStringLiteral("Delete view"));
        removal->setObjectName(m_screen + QStringLiteral(".viewsDelete"));
        for (const ports::SavedView &view : m_views)
            connect(removal->addAction(view.name), &QAction::triggered, this, [this, view] { remove(view); });
    }
}

void SavedViews::save()
{
    if (const QString reason = whyNot(m_host, domain::Permission::ManageViews); !reason.isEmpty()) {
        m_host.toast({Toast::Kind::Info, reason, {}, {}});
        return;
    }
    ports::SavedView view;
    view.screen = m_screen;
    view.query = m_query;
    view.sort = m_sort;
    for (const ports::SavedView &known : m_views)
        if (known.query == m_query && known.sort == m_sort)
            view = known;
    auto *dialog = new dialogs::SaveViewDialog(
        m_host.backend().views(), [this] { return m_host.newCall(); }, view, m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &dialogs::SaveViewDialog::saved, this, [this](const ports::SavedView &saved) {
        m_host.toast({Toast::Kind::Good, QStringLiteral("View “%1” saved").arg(saved.name), {}, {}});
        reload();
    });
    dialog->open();
}

void SavedViews::remove(const ports::SavedView &view)
{
    const bool pinned = m_host.isPinned(view.id);
    ports::whenDone(m_host.backend().views().deleteView(m_host.newCall(), view.id), this,
                    [this, view, pinned](const domain::Result<domain::Done> &result) {
                        if (!result) {
                            m_host.toast({Toast::Kind::Bad, dialogs::errorText(result.error()), {}, {}});
                            return;
                        }
                        reload();
                        m_host.toast({Toast::Kind::Info, QStringLiteral("View “%1” deleted").arg(view.name),
                                      QStringLiteral("Undo"), [self = QPointer<SavedViews>(this), view, pinned] {
                                          if (self)
                                              self->bringBack(view, pinned);
                                      }});
                    });
}

void SavedViews::bringBack(const ports::SavedView &view, bool pinned)
{
    ports::whenDone(m_host.backend().views().saveView(m_host.newCall(), view), this,
                    [this, pinned](const domain::Result<ports::SavedView> &saved) {
                        if (saved && pinned)
                            m_host.setPinned(*saved, true); // it has another id now
                        reload();
                    });
}

} // namespace pages
