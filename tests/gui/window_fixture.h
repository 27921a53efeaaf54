#pragma once
#include "tests/support/fake_backend.h"
#include "views/pages/page_factory.h"
#include "views/shell/main_window.h"

#include <QTest>

#include <memory>

/// The real window over the scriptable backend.
namespace test {

struct WindowFixture {
    explicit WindowFixture(Dataset data = smallDataset()) : fake(std::make_shared<FakeBackend>(std::move(data)))
    {
        options.makePage = pages::makePage;
        make();
    }
    /// Another window, with `options` as they are now.
    void make()
    {
        window = std::make_unique<shell::MainWindow>(fake, options);
        window->resize(1440, 900);
        window->show();
        window->activateWindow();
    }
    void open(const QString &screen, const QString &id = {}) const { window->open({screen, id, {}}); }
    pages::Page *page() const { return window->currentPage(); }
    QString screen() const { return page() ? page()->screen() : QString(); }
    template <typename W>
    W *find(const QString &name) const
    {
        return window->findChild<W *>(name);
    }

    std::shared_ptr<FakeBackend> fake;
    shell::WindowOptions options;
    std::unique_ptr<shell::MainWindow> window;
};

} // namespace test
