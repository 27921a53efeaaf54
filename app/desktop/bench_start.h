#pragma once
#include "app/desktop/desktop.h"

#include <QObject>

#include <memory>

namespace shell {
class MainWindow;
}

namespace desktop {

/// Opens one database file directly at the customers, without profiles or settings, and says when the first page has
/// its rows (DesktopOptions::firstPageFilled). For measuring; GUI thread only.
class BenchStart : public QObject {
    Q_OBJECT
public:
    explicit BenchStart(DesktopOptions options, QObject *parent = nullptr);
    ~BenchStart() override;
    void begin();

private:
    void openWindow(std::shared_ptr<ports::Backend> backend);
    void watch();
    void end(const QString &problem);

    DesktopOptions m_options;
    std::unique_ptr<shell::MainWindow> m_window;
    bool m_ended = false;
};

} // namespace desktop
