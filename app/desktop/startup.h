#pragma once
#include "app/desktop/desktop.h"

#include <QObject>
#include <QSettings>

#include <memory>

namespace dialogs {
class ConnectionChooser;
struct ConnectionProfile;
} // namespace dialogs
namespace shell {
class MainWindow;
}

namespace desktop {

/// From no window to the window of one connection, and back to the chooser: profiles, secrets, opening, first start.
/// GUI thread only; nothing here waits.
class Startup : public QObject {
    Q_OBJECT
public:
    explicit Startup(DesktopOptions options, QObject *parent = nullptr);
    ~Startup() override;
    void begin();
    shell::MainWindow *window() const { return m_window.get(); }
    dialogs::ConnectionChooser *chooser() const { return m_chooser.get(); }

Q_SIGNALS:
    void windowOpened();

private:
    void showChooser(const QString &error = {});
    void startLocal(bool sampleData);
    void connectTo(const QString &profileId);
    void openWith(const platform::ConnectionProfile &profile, const QString &secret);
    void openWindow(const platform::ConnectionProfile &profile, std::shared_ptr<ports::Backend> backend);
    void saveProfile(const dialogs::ConnectionProfile &edited, const QString &secret);
    void removeProfile(const QString &profileId);
    void storeProfiles();
    QFuture<domain::Result<QString>> test(const dialogs::ConnectionProfile &profile, const QString &secret);
    const platform::ConnectionProfile *find(const QString &id) const;

    DesktopOptions m_options;
    platform::ProfileStore m_store;
    QSettings m_settings;
    QList<platform::ConnectionProfile> m_profiles;
    std::unique_ptr<dialogs::ConnectionChooser> m_chooser;
    std::unique_ptr<shell::MainWindow> m_window;
    quint64 m_generation = 0; ///< a cancelled or older attempt may still answer: only the newest counts
};

} // namespace desktop
