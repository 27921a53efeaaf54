#pragma once
#include "models/domain/principal.h"
#include "views/shell/attention.h"
#include "views/shell/history.h"
#include "views/shell/main_window.h"
#include "views/shell/page_bar.h"
#include "views/shell/palette.h"
#include "views/shell/palette_sources.h"
#include "views/shell/pinned_views.h"
#include "views/shell/rail.h"
#include "views/shell/status_line.h"
#include "views/shell/toasts.h"

#include <QHash>
#include <QShortcut>
#include <QStackedWidget>
#include <QTimer>

namespace shell {

struct MainWindow::Private {
    std::shared_ptr<ports::Backend> backend;
    WindowOptions options;
    domain::Principal principal;
    bool sessionAsked = false;

    widgets::EnvironmentBand *band = nullptr;
    Rail *rail = nullptr;
    PageBar *bar = nullptr;
    QStackedWidget *stack = nullptr;
    StatusLine *status = nullptr;
    Palette *palette = nullptr;
    PaletteSources *sources = nullptr;
    Toasts *toasts = nullptr;
    Attention *attention = nullptr;
    PinnedViews *pinned = nullptr;
    KeyBindings *keys = nullptr;

    QHash<QString, pages::Page *> pages;
    QHash<QString, std::function<void()>> handlers; ///< by command: what the window does itself
    QList<QShortcut *> ownKeys, pageKeys;
    QString pageKeySignature;
    History history;
    bool navigating = false;
    QTimer age;
    QTimer settle; ///< runs while changes of a filter belong to one step of the history
    QDateTime goneSince;
};

} // namespace shell
