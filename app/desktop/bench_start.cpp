#include "app/desktop/bench_start.h"

#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/pages/page_factory.h"
#include "views/shell/main_window.h"
#include "views/widgets/data_table.h"

#include <QTimer>

namespace desktop {

BenchStart::BenchStart(DesktopOptions options, QObject *parent) : QObject(parent), m_options(std::move(options)) {}

BenchStart::~BenchStart() = default;

void BenchStart::begin()
{
    platform::ConnectionProfile profile;
    profile.id = platform::newProfileId();
    profile.name = QStringLiteral("This machine");
    profile.sqliteFile = m_options.databaseFile;
    ports::whenDone(m_options.openBackend(profile, {}), this,
                    [this](const domain::Result<std::shared_ptr<ports::Backend>> &answer) {
                        if (answer)
                            openWindow(*answer);
                        else
                            end(dialogs::errorText(answer.error()));
                    });
}

void BenchStart::openWindow(std::shared_ptr<ports::Backend> backend)
{
    shell::WindowOptions options;
    options.makePage = pages::makePage;
    m_window = std::make_unique<shell::MainWindow>(std::move(backend), std::move(options));
    connect(
        m_window.get(), &shell::MainWindow::sessionKnown, this,
        [this] {
            m_window->open({QStringLiteral("customers"), {}, {}});
            if (!m_window->currentPage()) {
                end(QStringLiteral("there is no customers page"));
                return;
            }
            connect(m_window->currentPage(), &pages::Page::chromeChanged, this, &BenchStart::watch);
            watch();
        },
        Qt::SingleShotConnection);
    m_window->show();
}

void BenchStart::watch()
{
    const pages::Page *page = m_window->currentPage();
    const auto *table = page->findChild<widgets::DataTable *>();
    if (!page->settled() || !table || !table->model())
        return;
    // The rows are painted before a timer of this turn runs.
    QTimer::singleShot(0, this, [this] { end({}); });
}

void BenchStart::end(const QString &problem)
{
    if (std::exchange(m_ended, true))
        return;
    m_options.firstPageFilled(problem);
}

} // namespace desktop
