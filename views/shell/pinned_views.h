#pragma once
#include "services/ports/view_service.h"
#include "views/pages/page.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <optional>

namespace items {
class ChangeListener;
}

namespace shell {

/// The lists whose views can be saved and pinned.
const QStringList &screensWithViews();
/// Where a saved view is: the list with its filter and sort.
pages::Location locationOf(const ports::SavedView &view);
/// Whether a list at this place shows what the view says.
bool shows(const pages::Location &place, const ports::SavedView &view);

struct PinnedView {
    ports::SavedView view;
    std::optional<qint64> count; ///< rows of the filtered set; empty: the list cannot say it cheaply, or it failed
    bool operator==(const PinnedView &) const = default;
};

/// The views that this user pinned in the rail (06-screens §1 "Saved filters"): asked once a minute and soon after the
/// core says that something changed, one question at a time. A view that does not exist any more is not shown. GUI
/// thread only.
class PinnedViews : public QObject {
    Q_OBJECT
public:
    static constexpr int most = 8; ///< so that the rail has room in the smallest window

    /// ids: as idsChanged() gave them; what is no id is left out.
    PinnedViews(pages::PageHost &host, const QStringList &ids, QObject *parent);
    ~PinnedViews() override;
    void refresh();
    bool busy() const { return m_busy; }
    bool isPinned(domain::ViewId view) const { return m_ids.contains(view); }
    /// False: there is no room for another one.
    bool setPinned(const ports::SavedView &view, bool pinned);
    QList<PinnedView> views() const; ///< in the order in which they were pinned
    std::optional<ports::SavedView> find(const QString &id) const;

Q_SIGNALS:
    void changed();                          ///< what views() gives
    void idsChanged(const QStringList &ids); ///< to be kept

private:
    void askViews(const QString &screen);
    void askNextCount();
    bool known(domain::ViewId view) const;

    pages::PageHost &m_host;
    QList<domain::ViewId> m_ids;
    QHash<QString, QList<ports::SavedView>> m_views; ///< by screen, as last answered
    QHash<domain::ViewId, qint64> m_counts;
    QList<ports::SavedView> m_uncounted; ///< still to ask in this round
    QTimer m_poll, m_soon;
    items::ChangeListener *m_changes;
    QSet<QString> m_answered; ///< screens whose views were answered at least once
    qsizetype m_lists = 0;    ///< answers to come in this round
    bool m_busy = false;
    bool m_again = false; ///< asked while a round was on its way
};

} // namespace shell
