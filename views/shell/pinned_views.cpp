#include "views/shell/pinned_views.h"

#include "models/items/change_listener.h"
#include "models/items/query_text.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"

#include <algorithm>

namespace shell {
namespace {

constexpr QLatin1StringView customersScreen("customers"), auditScreen("audit"), emailScreen("email"),
    webhooksScreen("webhooks");

domain::Permission permissionOf(const QString &screen)
{
    if (screen == emailScreen || screen == webhooksScreen)
        return domain::Permission::ViewEmail;
    return screen == auditScreen ? domain::Permission::ViewAudit : domain::Permission::ViewCustomers;
}

QString argument(const pages::Location &place, const char *name)
{
    return place.query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
}

/// The sort that a list has without being asked is left out of its location.
QString sortOf(const QString &screen, const QString &sort)
{
    const QLatin1StringView usual(screen == customersScreen  ? "mrr:desc"
                                  : screen == emailScreen    ? "accepted:desc"
                                  : screen == webhooksScreen ? "received:desc"
                                                             : "time:desc");
    return sort == usual ? QString() : sort;
}

} // namespace

const QStringList &screensWithViews()
{
    static const QStringList screens{customersScreen, emailScreen, webhooksScreen, auditScreen};
    return screens;
}

pages::Location locationOf(const ports::SavedView &view)
{
    pages::Location place{view.screen, {}, {}};
    if (!view.query.isEmpty())
        place.query.addQueryItem(QStringLiteral("q"), view.query);
    if (const QString sort = sortOf(view.screen, view.sort); !sort.isEmpty())
        place.query.addQueryItem(QStringLiteral("sort"), sort);
    return place;
}

bool shows(const pages::Location &place, const ports::SavedView &view)
{
    return place.screen == view.screen && place.id.isEmpty() && argument(place, "q") == view.query &&
           sortOf(place.screen, argument(place, "sort")) == sortOf(view.screen, view.sort);
}

PinnedViews::PinnedViews(pages::PageHost &host, const QStringList &ids, QObject *parent)
    : QObject(parent)
    , m_host(host)
    , m_changes(new items::ChangeListener(host.backend().changes(), this))
{
    for (const QString &text : ids) {
        const auto id = domain::ViewId::parse(text);
        if (id && !m_ids.contains(*id) && m_ids.size() < most)
            m_ids.append(*id);
    }
    m_poll.setInterval(60'000);
    m_soon.setSingleShot(true);
    m_soon.setInterval(1'000);
    connect(&m_poll, &QTimer::timeout, this, &PinnedViews::refresh);
    connect(&m_soon, &QTimer::timeout, this, &PinnedViews::refresh);
    connect(m_changes, &items::ChangeListener::changed, this, [this](const QList<ports::Change> &changes) {
        const auto has = [&changes](QLatin1StringView kind) {
            return std::any_of(changes.cbegin(), changes.cend(),
                               [kind](const ports::Change &change) { return change.kind == kind; });
        };
        if (has(QLatin1StringView("view")))
            refresh();
        else if (has(QLatin1StringView("team")) && !m_soon.isActive())
            m_soon.start();
    });
    m_poll.start();
}

PinnedViews::~PinnedViews()
{
    delete m_changes; // its callback uses this object
}

void PinnedViews::refresh()
{
    if (m_busy) {
        m_again = true;
        return;
    }
    m_again = false;
    if (m_ids.isEmpty())
        return;
    QStringList screens = screensWithViews();
    screens.removeIf([this](const QString &screen) { return !m_host.permissions().testFlag(permissionOf(screen)); });
    m_busy = !screens.isEmpty();
    m_lists = screens.size();
    for (const QString &screen : std::as_const(screens))
        askViews(screen);
}

void PinnedViews::askViews(const QString &screen)
{
    ports::whenDone(m_host.backend().views().views(m_host.newCall(), screen), this,
                    [this, screen](const domain::Result<QList<ports::SavedView>> &answer) {
                        if (answer) {
                            m_views.insert(screen, *answer);
                            m_answered.insert(screen);
                        } else {
                            m_counts.clear(); // the names stay, but nothing is known about their rows
                        }
                        Q_EMIT changed();
                        if (--m_lists > 0)
                            return;
                        m_uncounted.clear();
                        for (const PinnedView &pinned : views()) {
                            if (pinned.view.screen == customersScreen)
                                m_uncounted.append(pinned.view);
                        }
                        askNextCount();
                    });
}

void PinnedViews::askNextCount()
{
    while (!m_uncounted.isEmpty()) {
        const ports::SavedView view = m_uncounted.takeFirst();
        const auto filter = items::customerFilter(view.query, {QDateTime::currentDateTimeUtc(), m_host.timeZone()});
        if (!filter) {
            m_counts.remove(view.id);
            continue;
        }
        ports::whenDone(m_host.backend().customers().sums(m_host.newCall(), *filter), this,
                        [this, id = view.id](const domain::Result<ports::CustomerSums> &answer) {
                            if (answer)
                                m_counts.insert(id, answer->count);
                            else
                                m_counts.remove(id);
                            Q_EMIT changed();
                            askNextCount();
                        });
        return;
    }
    m_busy = false;
    if (m_again)
        refresh();
}

bool PinnedViews::known(domain::ViewId view) const
{
    return std::any_of(m_views.cbegin(), m_views.cend(), [view](const QList<ports::SavedView> &list) {
        return std::any_of(list.cbegin(), list.cend(), [view](const ports::SavedView &v) { return v.id == view; });
    });
}

bool PinnedViews::setPinned(const ports::SavedView &view, bool pinned)
{
    if (isPinned(view.id) == pinned)
        return true;
    // Once every list was answered, views that are gone make room.
    if (m_answered.size() == screensWithViews().size())
        m_ids.removeIf([this](domain::ViewId id) { return !known(id); });
    if (pinned && m_ids.size() >= most)
        return false;
    if (pinned) {
        m_ids.append(view.id);
        QList<ports::SavedView> &list = m_views[view.screen];
        if (!known(view.id))
            list.append(view);
    } else {
        m_ids.removeAll(view.id);
        m_counts.remove(view.id);
    }
    QStringList ids;
    for (const domain::ViewId id : std::as_const(m_ids))
        ids << id.toString();
    Q_EMIT idsChanged(ids);
    Q_EMIT changed();
    if (pinned)
        refresh();
    return true;
}

QList<PinnedView> PinnedViews::views() const
{
    QList<PinnedView> shown;
    for (const domain::ViewId id : m_ids) {
        if (const auto view = find(id.toString()))
            shown.append({*view, m_counts.contains(id) ? std::optional(m_counts.value(id)) : std::nullopt});
    }
    return shown;
}

std::optional<ports::SavedView> PinnedViews::find(const QString &id) const
{
    for (const QList<ports::SavedView> &list : m_views) {
        for (const ports::SavedView &view : list) {
            if (view.id.toString() == id)
                return view;
        }
    }
    return std::nullopt;
}

} // namespace shell
