#pragma once
#include "services/platform/resources.h"
#include "views/widgets/theme.h"

#include <QApplication>

namespace test {

/// Resources and the light theme, once per process: what every GUI suite calls in initTestCase().
inline void prepareGui()
{
    static const bool once = [] {
        platform::initResources();
        widgets::Theme::instance().apply(*qApp, widgets::Theme::Mode::Light);
        return true;
    }();
    Q_UNUSED(once)
    widgets::Theme::instance().setMode(widgets::Theme::Mode::Light);
}

} // namespace test
