#pragma once
#include "models/domain/principal.h"

#include <QTimer>

class QWidget;

namespace pages {

class PageHost;

/// Says when what the operator may do changed: the role of the token, or the lock of the profile. The host is asked
/// once a second while the page is visible, because it does not tell.
class PermissionWatch : public QObject {
    Q_OBJECT
public:
    PermissionWatch(const PageHost &host, QWidget *page);

Q_SIGNALS:
    void changed();

private:
    void look();

    const PageHost &m_host;
    QWidget *m_page;
    QTimer m_timer;
    domain::Permissions m_permissions;
    bool m_unlocked;
};

} // namespace pages
