#pragma once
#include "services/ports/audit_service.h"
#include "services/ports/change_feed.h"
#include "services/ports/customer_service.h"
#include "services/ports/email_service.h"
#include "services/ports/health_service.h"
#include "services/ports/overview_service.h"
#include "services/ports/session_service.h"
#include "services/ports/view_service.h"
#include "services/ports/webhook_inbox_service.h"

#include <memory>

namespace ports {

/// Everything a front end (desktop or HTTP server) talks to. One instance per connection; the composition root makes
/// it: local (this database), remote (a headless host) or fake (GUI tests).
class Backend {
public:
    virtual ~Backend() = default;
    virtual SessionService &session() = 0;
    virtual CustomerService &customers() = 0;
    virtual AuditService &audit() = 0;
    virtual OverviewService &overview() = 0;
    virtual HealthService &health() = 0;
    virtual ViewService &views() = 0;
    virtual EmailService &email() = 0;
    virtual WebhookInboxService &webhooks() = 0;
    virtual ChangeFeed &changes() = 0;
};

} // namespace ports
