#include "services/remote/remote_backend.h"

#include "services/remote/http_client.h"
#include "services/remote/remote_audit_service.h"
#include "services/remote/remote_change_feed.h"
#include "services/remote/remote_console_services.h"
#include "services/remote/remote_customer_service.h"
#include "services/remote/remote_email_service.h"
#include "services/remote/remote_webhook_inbox_service.h"

#include <QSslCertificate>

namespace remote {

/// The client first: it is destroyed last.
struct RemoteBackend::Parts {
    Parts(RemoteConfig config, QSslConfiguration tls) : client(std::move(config), std::move(tls)) {}

    HttpClient client;
    RemoteSessionService session{client};
    RemoteCustomerService customers{client};
    RemoteAuditService audit{client};
    RemoteOverviewService overview{client};
    RemoteHealthService health{client};
    RemoteViewService views{client};
    RemoteEmailService email{client};
    RemoteWebhookInboxService webhooks{client};
    RemoteChangeFeed changes{client};
};

domain::Result<std::unique_ptr<RemoteBackend>> RemoteBackend::create(RemoteConfig config)
{
    if (auto checked = checkConfig(config); !checked)
        return checked.error();
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!config.caFile.isEmpty()) {
        const QList<QSslCertificate> authorities = QSslCertificate::fromPath(config.caFile, QSsl::Pem);
        if (authorities.isEmpty())
            return domain::invalidInput(QStringLiteral("tls_config_invalid"), QStringLiteral("ca_file"),
                                        QStringLiteral("holds no readable PEM certificate: %1").arg(config.caFile));
        tls.setCaCertificates(authorities);
    }
    auto parts = std::make_unique<Parts>(std::move(config), std::move(tls));
    return std::unique_ptr<RemoteBackend>(new RemoteBackend(std::move(parts)));
}

RemoteBackend::RemoteBackend(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
RemoteBackend::~RemoteBackend() = default;

ports::SessionService &RemoteBackend::session()
{
    return m_parts->session;
}

ports::CustomerService &RemoteBackend::customers()
{
    return m_parts->customers;
}

ports::AuditService &RemoteBackend::audit()
{
    return m_parts->audit;
}

ports::OverviewService &RemoteBackend::overview()
{
    return m_parts->overview;
}

ports::HealthService &RemoteBackend::health()
{
    return m_parts->health;
}

ports::ViewService &RemoteBackend::views()
{
    return m_parts->views;
}

ports::EmailService &RemoteBackend::email()
{
    return m_parts->email;
}

ports::WebhookInboxService &RemoteBackend::webhooks()
{
    return m_parts->webhooks;
}

ports::ChangeFeed &RemoteBackend::changes()
{
    return m_parts->changes;
}

} // namespace remote
