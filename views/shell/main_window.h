#pragma once
#include "views/pages/page.h"
#include "views/shell/key_bindings.h"
#include "views/widgets/environment.h"

#include <QMainWindow>

#include <atomic>
#include <functional>
#include <memory>

class QSettings;

namespace shell {

class Palette;
class Toasts;

struct WindowOptions {
    widgets::Environment environment;
    QTimeZone zone = QTimeZone::utc();
    int unlockMinutes = 15;
    /// Makes the page of a screen; null for a screen it does not know. The settings page is the shell's own.
    std::function<pages::Page *(const QString &screen, pages::PageHost &host, QWidget *parent)> makePage;
    /// Follows the lock of safe mode, so that what is below the pages can refuse writes as well; null = nobody asks.
    std::shared_ptr<std::atomic_bool> writesLocked;
    QSettings *settings = nullptr; ///< window state and last place; null = nothing is read or kept (tests, pictures)
    std::function<void()> switchConnection;               ///< empty hides it
    std::function<void(const QTimeZone &)> zoneChosen;    ///< to remember it in the profile
    KeyMap keys;                                          ///< what the user changed, as keysChosen gave it
    std::function<void(const KeyMap &)> keysChosen;       ///< to be kept for every connection
    QStringList pinnedViews;                              ///< ids, as viewsPinned gave them
    std::function<void(const QStringList &)> viewsPinned; ///< to be kept for this connection
};

/// The window of one connection: environment band, rail, page bar, page, status line, palette, toasts. GUI thread only.
class MainWindow : public QMainWindow, public pages::PageHost {
    Q_OBJECT
public:
    MainWindow(std::shared_ptr<ports::Backend> backend, WindowOptions options, QWidget *parent = nullptr);
    ~MainWindow() override;

    ports::Backend &backend() override;
    ports::CallContext newCall() const override;
    domain::Permissions permissions() const override;
    bool writesUnlocked() const override;
    QTimeZone timeZone() const override;
    QString profileName() const override;
    void open(const pages::Location &location) override;
    void toast(const pages::Toast &toast) override;
    QString deepLink(const pages::Location &location) const override;
    bool isPinned(domain::ViewId view) const override;
    void setPinned(const ports::SavedView &view, bool pinned) override;

    pages::Page *currentPage() const;
    Palette &commandPalette();
    Toasts &toasts();
    KeyBindings &keyBindings();
    void openPalette(const QString &initial = {});
    void showShortcuts();
    void setTimeZone(const QTimeZone &zone);
    widgets::Environment environment() const;
    bool settled() const; ///< nothing that the rail asked is on its way; for pictures and tests
    /// `console://…`: false when it is not a link of this connection.
    bool openLink(const QString &link);

public Q_SLOTS:
    void goBack();
    void goForward();
    void unlockWrites();
    void lockWrites();

Q_SIGNALS:
    void sessionKnown(); ///< the first answer of whoAmI arrived, good or bad

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void applyEnvironment(const widgets::Environment &environment);
    void makeShortcuts();
    void bindKeys();
    void bindPageKeys(const QList<pages::PageAction> &actions);
    void hintFilterKey(pages::Page &page);
    QList<pages::PageAction> pageActions() const; ///< of the current page, with the keys that the user gave them
    void refreshAll();
    void openKeySettings();
    void askSession();
    void showLocation(const pages::Location &location);
    pages::Page *pageFor(const QString &screen);
    void refreshChrome();
    void refreshAge();
    QString pageActionOf(const QString &command) const; ///< the enabled action that it runs; empty = none
    bool runPageAction(const QString &id);              ///< false: there is none, or it cannot run (says why)
    void pageMoved();
    void showPins();
    void chooseZone();
    void showUndoList();
    void copyText(const QString &text, const QString &what);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shell
