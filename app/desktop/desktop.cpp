#include "app/desktop/desktop.h"

#include "app/desktop/bench_start.h"
#include "app/desktop/startup.h"
#include "services/platform/resources.h"
#include "views/widgets/theme.h"

#include <QApplication>

namespace desktop {

int runDesktop(QApplication &app, DesktopOptions options)
{
    platform::initResources();
    QApplication::setApplicationDisplayName(QStringLiteral("InstaNode Console"));
    QApplication::setDesktopFileName(QStringLiteral("instanode-console"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/resources/icons/app.svg")));
    widgets::Theme::instance().apply(app);
    if (options.firstPageFilled) {
        BenchStart bench(std::move(options));
        bench.begin();
        return QApplication::exec();
    }
    Startup startup(std::move(options));
    startup.begin();
    return QApplication::exec();
}

} // namespace desktop
