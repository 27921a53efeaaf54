#include "views/pages/permission_watch.h"

#include "views/pages/page.h"

namespace pages {

PermissionWatch::PermissionWatch(const PageHost &host, QWidget *page)
    : QObject(page)
    , m_host(host)
    , m_page(page)
    , m_permissions(host.permissions())
    , m_unlocked(host.writesUnlocked())
{
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &PermissionWatch::look);
    m_timer.start();
}

void PermissionWatch::look()
{
    if (!m_page->isVisible())
        return;
    const domain::Permissions permissions = m_host.permissions();
    const bool unlocked = m_host.writesUnlocked();
    if (permissions == m_permissions && unlocked == m_unlocked)
        return;
    m_permissions = permissions;
    m_unlocked = unlocked;
    Q_EMIT changed();
}

} // namespace pages
