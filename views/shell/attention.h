#pragma once
#include "services/ports/change_feed.h"
#include "views/pages/page.h"
#include "views/widgets/badge.h"

#include <QTimer>

#include <memory>

namespace shell {

/// The counts of the rail and the state of the connection: asked once a minute, and soon after the core says that
/// something changed. One question of a kind at a time.
class Attention : public QObject {
    Q_OBJECT
public:
    Attention(pages::PageHost &host, QObject *parent);
    ~Attention() override;
    void refresh();
    bool settled() const { return !m_overviewBusy && !m_customersBusy && !m_healthBusy; }

Q_SIGNALS:
    void countChanged(const QString &screen, const QString &text, widgets::Tone tone);
    void reachable(bool yes);

private:
    void askOverview();
    void askCustomers();
    void askHealth();
    void askEmail();
    pages::PageHost &m_host;
    QTimer m_poll, m_soon;
    bool m_overviewBusy = false, m_customersBusy = false, m_healthBusy = false, m_emailBusy = false;
    bool m_again = false; ///< asked while an older question was still on its way
    std::unique_ptr<ports::Subscription> m_subscription;
};

} // namespace shell
