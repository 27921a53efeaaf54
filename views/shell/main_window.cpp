#include "views/shell/main_window_private.h"

#include "models/domain/format.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/shell/deep_link.h"
#include "views/shell/screens.h"
#include "views/shell/settings_page.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QSettings>
#include <QUuid>
#include <QVBoxLayout>

namespace shell {
namespace {

constexpr int staleSeconds = 180; // three times the interval of the shell's own polling

} // namespace

MainWindow::MainWindow(std::shared_ptr<ports::Backend> backend, WindowOptions options, QWidget *parent)
    : QMainWindow(parent)
    , d(std::make_unique<Private>())
{
    d->backend = std::move(backend);
    d->options = std::move(options);
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("%1 · InstaNode Console").arg(d->options.environment.name));
    setWindowIcon(QIcon(QStringLiteral(":/resources/icons/app.svg")));
    resize(1440, 900);
    setMinimumSize(900, 560);
    build();
    applyEnvironment(d->options.environment);
    makeShortcuts();
    if (d->options.settings)
        restoreGeometry(d->options.settings->value(QStringLiteral("window/geometry")).toByteArray());
    d->age.setInterval(1000);
    connect(&d->age, &QTimer::timeout, this, &MainWindow::refreshAge);
    d->age.start();
    d->settle.setSingleShot(true);
    d->settle.setInterval(1500);
    askSession();
}

MainWindow::~MainWindow()
{
    // Pages and sources call back into this host: they go first.
    delete d->attention;
    delete d->pinned;
    delete d->sources;
    qDeleteAll(d->pages);
}

void MainWindow::build()
{
    auto *root = new QWidget(this);
    root->setObjectName(QStringLiteral("content"));
    setCentralWidget(root);
    d->band = new widgets::EnvironmentBand(d->options.environment, root);
    d->rail = new Rail(root);
    d->bar = new PageBar(root);
    d->stack = new QStackedWidget(root);
    d->stack->setObjectName(QStringLiteral("pages"));
    d->status = new StatusLine(root);
    auto *page = new QVBoxLayout;
    page->setSpacing(0);
    page->addWidget(d->bar);
    page->addWidget(d->stack, 1);
    page->addWidget(d->status);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(d->rail);
    middle->addLayout(page, 1);
    auto *column = new QVBoxLayout(root);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(d->band);
    column->addLayout(middle, 1);
    d->toasts = new Toasts(root);
    d->palette = new Palette(root);
    d->keys = new KeyBindings(d->options.keys, this);
    d->sources = new PaletteSources(*this, *d->palette, *d->keys, this);
    d->attention = new Attention(*this, this);
    d->pinned = new PinnedViews(*this, d->options.pinnedViews, this);
    d->bar->setZone(domain::zoneText(timeZone(), QDateTime::currentDateTimeUtc()),
                    tr("Times are shown in %1. Change").arg(QString::fromLatin1(timeZone().id())));

    connect(d->rail, &Rail::chosen, this, [this](const QString &screen) { open({screen, {}, {}}); });
    connect(d->rail, &Rail::themeRequested, this, [this] { d->handlers[QStringLiteral("console.theme")](); });
    connect(d->rail, &Rail::connectionRequested, this, [this] {
        if (d->options.switchConnection)
            d->options.switchConnection();
    });
    connect(d->rail, &Rail::pinChosen, this, [this](const QString &id) {
        if (const auto view = d->pinned->find(id))
            open(locationOf(*view));
    });
    connect(d->rail, &Rail::unpinRequested, this, [this](const QString &id) {
        if (const auto view = d->pinned->find(id))
            setPinned(*view, false);
    });
    connect(d->pinned, &PinnedViews::changed, this, &MainWindow::showPins);
    connect(d->pinned, &PinnedViews::idsChanged, this, [this](const QStringList &ids) {
        if (d->options.viewsPinned)
            d->options.viewsPinned(ids);
    });
    connect(d->bar, &PageBar::paletteRequested, this, [this] { openPalette(); });
    connect(d->bar, &PageBar::zoneRequested, this, &MainWindow::chooseZone);
    connect(d->bar, &PageBar::backRequested, this, &MainWindow::goBack);
    connect(d->bar, &PageBar::forwardRequested, this, &MainWindow::goForward);
    connect(d->band, &widgets::EnvironmentBand::unlockRequested, this, &MainWindow::unlockWrites);
    connect(d->band, &widgets::EnvironmentBand::lockRequested, this, &MainWindow::lockWrites);
    connect(d->band, &widgets::EnvironmentBand::expired, this, &MainWindow::lockWrites);
    connect(d->status, &StatusLine::undoListRequested, this, &MainWindow::showUndoList);
    connect(d->toasts, &Toasts::undoListChanged, this,
            [this] { d->status->setUndoCount(static_cast<int>(d->toasts->undoList().size())); });
    connect(d->attention, &Attention::countChanged, d->rail, &Rail::setCount);
    connect(d->attention, &Attention::reachable, this, [this](bool yes) {
        if (yes)
            d->goneSince = {};
        else if (!d->goneSince.isValid())
            d->goneSince = QDateTime::currentDateTimeUtc();
        d->status->setConnection(yes ? QString()
                                     : tr("Not reachable since %1, trying again")
                                           .arg(d->goneSince.toTimeZone(timeZone()).toString(QStringLiteral("HH:mm"))),
                                 yes);
    });
}

void MainWindow::askSession()
{
    ports::whenDone(
        backend().session().whoAmI(newCall()), this, [this](const domain::Result<ports::SessionInfo> &answer) {
            if (answer) {
                d->principal = answer->principal;
                const QString who = answer->principal.email;
                const bool writes = answer->principal.may(domain::Permission::ChangeTier);
                d->rail->setSignedIn(who, writes ? answer->backend : tr("%1 · reads only").arg(answer->backend));
            } else {
                d->rail->setSignedIn(tr("Not signed in"), d->options.environment.place);
                if (answer.error().code == domain::ErrorCode::Unauthenticated)
                    toast({pages::Toast::Kind::Bad,
                           tr("The token is unknown, expired or revoked. Edit the connection to give a new one."),
                           {},
                           {}});
                else
                    QTimer::singleShot(5000, this, &MainWindow::askSession);
            }
            const bool first = !d->sessionAsked;
            d->sessionAsked = true;
            d->attention->refresh();
            d->pinned->refresh();
            refreshChrome();
            if (!first && answer && currentPage())
                currentPage()->refresh();
            Q_EMIT sessionKnown();
        });
}

ports::Backend &MainWindow::backend()
{
    return *d->backend;
}

ports::CallContext MainWindow::newCall() const
{
    return {d->principal, QUuid::createUuid().toString(QUuid::WithoutBraces), {}, QStringLiteral("desktop")};
}

domain::Permissions MainWindow::permissions() const
{
    return d->principal.permissions;
}

bool MainWindow::writesUnlocked() const
{
    return !d->band->environment().locked(QDateTime::currentDateTimeUtc());
}

QTimeZone MainWindow::timeZone() const
{
    return d->options.zone;
}

QString MainWindow::profileName() const
{
    return d->options.environment.name;
}

widgets::Environment MainWindow::environment() const
{
    return d->band->environment();
}

pages::Page *MainWindow::currentPage() const
{
    return static_cast<pages::Page *>(d->stack->currentWidget());
}

Palette &MainWindow::commandPalette()
{
    return *d->palette;
}

Toasts &MainWindow::toasts()
{
    return *d->toasts;
}

bool MainWindow::settled() const
{
    return d->attention->settled() && !d->pinned->busy();
}

KeyBindings &MainWindow::keyBindings()
{
    return *d->keys;
}

pages::Page *MainWindow::pageFor(const QString &screen)
{
    if (pages::Page *known = d->pages.value(screen))
        return known;
    pages::Page *page = nullptr;
    if (screen == QLatin1StringView("settings"))
        page = new SettingsPage(*this, *this, d->stack);
    else if (d->options.makePage)
        page = d->options.makePage(screen, *this, d->stack);
    if (!page)
        return nullptr;
    d->pages.insert(screen, page);
    d->stack->addWidget(page);
    hintFilterKey(*page);
    connect(page, &pages::Page::chromeChanged, this, [this, page] {
        if (page == currentPage())
            refreshChrome();
    });
    connect(page, &pages::Page::locationChanged, this, [this, page] {
        if (page == currentPage() && !d->navigating)
            pageMoved();
    });
    return page;
}

void MainWindow::open(const pages::Location &location)
{
    if (!pageFor(location.screen)) {
        toast({pages::Toast::Kind::Bad, tr("There is no screen “%1”").arg(location.screen), {}, {}});
        return;
    }
    d->history.visit(location);
    d->settle.stop();
    showLocation(location);
}

void MainWindow::showLocation(const pages::Location &location)
{
    pages::Page *page = pageFor(location.screen);
    d->navigating = true;
    d->stack->setCurrentWidget(page);
    page->show(location);
    d->navigating = false;
    d->rail->setCurrent(location.screen);
    if (!page->isAncestorOf(focusWidget()))
        page->setFocus(Qt::OtherFocusReason);
    if (d->options.settings)
        d->options.settings->setValue(QStringLiteral("window/place"), deepLink(location));
    refreshChrome();
}

void MainWindow::pageMoved()
{
    const pages::Location now = currentPage()->location();
    const pages::Location *before = d->history.current();
    if (before && d->settle.isActive() && before->screen == now.screen && before->id == now.id)
        d->history.replace(now);
    else
        d->history.visit(now);
    d->settle.start();
    refreshChrome();
}

void MainWindow::goBack()
{
    if (d->history.canGoBack())
        showLocation(d->history.back());
}

void MainWindow::goForward()
{
    if (d->history.canGoForward())
        showLocation(d->history.forward());
}

void MainWindow::toast(const pages::Toast &toast)
{
    d->toasts->add(toast);
}

QString MainWindow::deepLink(const pages::Location &location) const
{
    return toText({profileName(), location});
}

bool MainWindow::openLink(const QString &text)
{
    const auto link = parseDeepLink(text);
    if (!link || link->profile != profileName())
        return false;
    open(link->location);
    return true;
}

void MainWindow::refreshChrome()
{
    pages::Page *page = currentPage();
    if (!page)
        return;
    d->bar->setTitle(page->title());
    const QList<pages::PageAction> actions = pageActions();
    d->bar->setActions(actions);
    d->bar->setNavigation(d->history.canGoBack(), d->history.canGoForward());
    d->status->setText(page->status());
    refreshAge();
    showPins();

    bindPageKeys(actions);
}

void MainWindow::refreshAge()
{
    const pages::Page *page = currentPage();
    if (!page || !page->updatedAt().isValid()) {
        d->bar->setAge({}, false);
        return;
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const bool stale = page->updatedAt().secsTo(now) > staleSeconds;
    const QString age = tr("updated %1").arg(domain::relativeText(page->updatedAt(), now));
    d->bar->setAge((stale ? tr("stale, %1").arg(age) : age) + QStringLiteral(" ·"), stale);
}

void MainWindow::applyEnvironment(const widgets::Environment &environment)
{
    d->band->setEnvironment(environment);
    if (d->options.writesLocked)
        *d->options.writesLocked = !writesUnlocked();
}

void MainWindow::unlockWrites()
{
    widgets::Environment e = d->band->environment();
    e.unlockedUntil = QDateTime::currentDateTimeUtc().addSecs(qint64(60) * d->options.unlockMinutes);
    applyEnvironment(e);
    refreshChrome();
    toast({pages::Toast::Kind::Info,
           tr("Writes on %1 are unlocked for %2 minutes").arg(e.name).arg(d->options.unlockMinutes),
           {},
           {}});
}

void MainWindow::lockWrites()
{
    widgets::Environment e = d->band->environment();
    e.unlockedUntil = {};
    applyEnvironment(e);
    refreshChrome();
    toast({pages::Toast::Kind::Info, tr("%1 is read only again").arg(e.name), {}, {}});
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (d->options.settings)
        d->options.settings->setValue(QStringLiteral("window/geometry"), saveGeometry());
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    d->toasts->reposition();
}

} // namespace shell
