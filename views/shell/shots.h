#pragma once
#include "views/pages/page.h"
#include "views/widgets/theme.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace dialogs {
class TierChangeDialog;
}

namespace shell {

class MainWindow;

struct ShotsOptions {
    QString folder; ///< created when missing
    std::function<pages::Page *(const QString &screen, pages::PageHost &host, QWidget *parent)> makePage;
    /// Like the backend, but the customer list and a change of a tier fail and no webhook came yet; null = no pictures
    /// of these.
    std::shared_ptr<ports::Backend> failing = nullptr;
    QSize size{1440, 900};
    int timeoutMs = 30'000; ///< per picture: a page that never says that it is loaded is an error
};

/// Renders every screen, light and dark, and the overlays, to PNG files: `<screen>-<light|dark>.png`. Pictures are
/// taken when the page says that it is loaded. Needs a QApplication (the offscreen platform is fine); GUI thread only.
class Shots : public QObject {
    Q_OBJECT
public:
    Shots(std::shared_ptr<ports::Backend> backend, ShotsOptions options, QObject *parent = nullptr);
    ~Shots() override;
    void start();
    QStringList written() const { return m_written; }

Q_SIGNALS:
    void finished(bool ok, const QString &message);

private:
    enum class Overlay {
        None,
        Palette,
        Shortcuts,
        KeyConflict,
        TierChange,
        TierFailure,
        Chooser,
        FirstStart,
        PageAction
    };
    enum class Place { Local, Production, Unlocked };
    struct Shot {
        QString name;
        pages::Location location;
        Overlay overlay = Overlay::None;
        Place place = Place::Local;
        bool failing = false;
        QString action = {}; ///< of Overlay::PageAction: its id; the dialog it opens is in the picture
    };
    void pickCustomer();
    void pinViews();
    void plan();
    void makeWindow(const Shot &shot);
    void next();
    void whenLoaded();
    void takeWhenQuiet();
    void takeOverlay(const Shot &shot);
    void takeTierChange(bool failing);
    void saveWhen(const std::function<bool()> &ready, QDialog &dialog);
    void takePageAction(const QString &id);
    void saveWhenSettled();
    void takeChooser(bool firstStart);
    void save(const QImage &image);
    void saveWithDialog(QWidget &dialog);
    void fail(const QString &message);

    std::shared_ptr<ports::Backend> m_backend;
    ShotsOptions m_options;
    std::unique_ptr<MainWindow> m_window;
    QList<Shot> m_shots;
    qsizetype m_at = -1;
    int m_turns = 0; ///< of the event loop that a page action still gets
    bool m_dark = false, m_waiting = false, m_ended = false;
    QTimer m_guard;
    QString m_customer;
    QStringList m_pins; ///< of every window
    QStringList m_written;
};

} // namespace shell
