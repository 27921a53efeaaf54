#include "views/pages/page_factory.h"

#include "views/pages/audit_page.h"
#include "views/pages/customer_page.h"
#include "views/pages/customers_page.h"
#include "views/pages/email_page.h"
#include "views/pages/health_page.h"
#include "views/pages/overview_page.h"
#include "views/pages/webhooks_page.h"

namespace pages {

Page *makePage(const QString &screen, PageHost &host, QWidget *parent)
{
    if (screen == QLatin1StringView("overview"))
        return new OverviewPage(host, parent);
    if (screen == QLatin1StringView("customers"))
        return new CustomersPage(host, parent);
    if (screen == QLatin1StringView("customer"))
        return new CustomerPage(host, parent);
    if (screen == QLatin1StringView("audit"))
        return new AuditPage(host, parent);
    if (screen == QLatin1StringView("email"))
        return new EmailPage(host, parent);
    if (screen == QLatin1StringView("health"))
        return new HealthPage(host, parent);
    if (screen == QLatin1StringView("webhooks"))
        return new WebhooksPage(host, parent);
    return nullptr;
}

} // namespace pages
