#pragma once
#include "models/domain/ids.h"
#include "models/domain/principal.h"
#include "services/ports/call_context.h"

#include <QDateTime>
#include <QTimeZone>
#include <QUrlQuery>
#include <QWidget>

#include <functional>

namespace ports {
class Backend;
struct SavedView;
} // namespace ports

namespace pages {

/// Where the user can go: a screen key and its arguments; also the body of a deep link
/// `console://<profile>/<screen>[/<id>]?<query>`.
struct Location {
    QString screen; ///< `overview`, `customers`, `customer`, `email`, `webhooks`, `audit`, `health`, `settings`
    QString id;     ///< customer id on `customer`, webhook id on `webhooks`
    QUrlQuery query;
    bool operator==(const Location &) const = default;
};

/// A notice with an optional action ("Undo"), shown by the shell for 10 s and kept in its undo list.
struct Toast {
    enum class Kind { Info, Good, Bad } kind = Kind::Info;
    QString text;
    QString actionText;
    std::function<void()> action;
};

/// What the shell gives every page. Lives as long as the connection; GUI thread only.
class PageHost {
public:
    virtual ~PageHost() = default;
    virtual ports::Backend &backend() = 0;
    virtual ports::CallContext newCall() const = 0; ///< fresh request id, default deadline
    virtual domain::Permissions permissions() const = 0;
    virtual bool writesUnlocked() const = 0; ///< false while a safe-mode profile is locked
    virtual QTimeZone timeZone() const = 0;  ///< of the viewer; storage is UTC
    virtual QString profileName() const = 0;
    virtual void open(const Location &location) = 0;
    virtual void toast(const Toast &toast) = 0;
    virtual QString deepLink(const Location &location) const = 0;
    virtual bool isPinned(domain::ViewId) const { return false; }        ///< shown in the rail of this user's desktop
    virtual void setPinned(const ports::SavedView &, bool /*pinned*/) {} ///< a host without a rail has no pins
};

/// An entry that the palette (Ctrl+K) and the menus offer while the page is current.
struct PageAction {
    QString id;   ///< `customers.export`
    QString text; ///< "Export customers…"
    QString keys; ///< portable key text, may be empty
    bool enabled = true;
    QString whyDisabled; ///< tooltip when disabled
    bool primary = false;
    std::function<void()> trigger;
};

/// Base of every screen. The shell draws the page bar from title(), subtitle() and actions(), the status line from
/// status(); the page fills the rest. Accessible names: "<screen> <thing> <value>" (06-screens §2).
class Page : public QWidget {
    Q_OBJECT
public:
    explicit Page(PageHost &host, QWidget *parent = nullptr) : QWidget(parent), m_host(host) {}

    virtual QString screen() const = 0; ///< as in Location::screen
    virtual QString title() const = 0;
    virtual Location location() const = 0;           ///< reproduces what is shown (filters included)
    virtual void show(const Location &location) = 0; ///< applies a location; loads asynchronously
    using QWidget::show;
    virtual void refresh() = 0;
    virtual void focusFilter() {} ///< `/`
    virtual QList<PageAction> actions() const { return {}; }
    virtual QString status() const { return {}; }    ///< rich text allowed: sums of the filtered set
    virtual QString currentId() const { return {}; } ///< for Ctrl+Shift+C
    /// Everything that show() asked for is on the screen; pages with several loads override it. For pictures and tests.
    virtual bool settled() const { return m_updatedAt.isValid(); }
    QDateTime updatedAt() const { return m_updatedAt; } ///< UTC; invalid before the first answer

Q_SIGNALS:
    void locationChanged(); ///< filters or tab changed: the shell records history
    void chromeChanged();   ///< title, actions, status or age changed

protected:
    PageHost &host() const { return m_host; }
    void markUpdated()
    {
        m_updatedAt = QDateTime::currentDateTimeUtc();
        Q_EMIT chromeChanged();
    }

private:
    PageHost &m_host;
    QDateTime m_updatedAt;
};

} // namespace pages
