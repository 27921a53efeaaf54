#include "app/bootstrap/server_host.h"

#include "app/bootstrap/database.h"
#include "app/bootstrap/mail_host.h"
#include "app/bootstrap/server_health.h"
#include "app/server/admin/access_auditor.h"
#include "app/server/health/health_routes.h"
#include "app/server/middleware/access.h"
#include "app/server/routes.h"
#include "app/server/server.h"
#include "build_info.h"
#include "services/platform/metrics.h"
#include "services/platform/systemd_notify.h"

#include <QLoggingCategory>
#include <QProcessEnvironment>
#include <QTimer>

namespace bootstrap {

namespace {
Q_LOGGING_CATEGORY(logHost, "server")

constexpr std::chrono::seconds requestsMayTake{25}; // spec 03 §3.3
constexpr std::chrono::seconds auditMayTake{5};
constexpr int poolGaugesEveryMs = 5000; // spec 03 §3.5

server::ServerConfig listenerConfig(const platform::ServerConfig &config)
{
    server::ServerConfig listener;
    listener.host =
        config.listenHost == QLatin1StringView("localhost") ? QStringLiteral("127.0.0.1") : config.listenHost;
    listener.port = config.listenPort;
    listener.certificateFile = config.tlsCertFile;
    listener.privateKeyFile = config.tlsKeyFile;
    listener.production = config.isProduction();
    for (const QString &origin : config.corsOrigins)
        listener.corsOrigins << origin.toUtf8();
    listener.trustedProxies = config.trustedProxies;
    return listener;
}

server::AdminConfig adminConfig(const platform::ServerConfig &config)
{
    server::AdminConfig admin;
    admin.prefix = config.adminPathPrefix;
    admin.emails = config.adminEmails;
    admin.rateLimit = config.adminRateLimit;
    admin.operatorRateLimit = config.adminRateLimitOperator;
    admin.rateWindowSeconds = config.rateWindowSeconds;
    return admin;
}
} // namespace

struct ServerHost::Private {
    platform::ServerConfig config;
    std::unique_ptr<local::LocalCore> core;
    platform::SystemdNotifier notifier =
        platform::SystemdNotifier::fromEnvironment(QProcessEnvironment::systemEnvironment());
    platform::Metrics metrics;
    std::shared_ptr<server::Readiness> readiness;
    std::shared_ptr<server::AccessAuditor> auditor;
    std::unique_ptr<MailHost> mail;
    std::unique_ptr<server::Server> server;
    QTimer watchdog, poolGauges;
    bool ended = false;

    domain::Result<server::Router> routes();
    void startTimers();
};

ServerHost::ServerHost(platform::ServerConfig config, std::unique_ptr<local::LocalCore> core, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>())
{
    m_d->config = std::move(config);
    m_d->core = std::move(core);
}

ServerHost::~ServerHost()
{
    shutDown();
}

domain::Result<server::Router> ServerHost::Private::routes()
{
    readiness = std::make_shared<server::Readiness>(
        [this](const QString &check, double value) { metrics.setReadyzCheck(check, value); });
    addCoreChecks(*readiness, *core);
    auditor = std::make_shared<server::AccessAuditor>(core->access());

    server::Router router;
    router.use(server::Access::MetricsToken, server::requireMetricsToken(config.metricsToken));
    if (auto added = server::addHealthRoutes(router, healthSources(*core, metrics, config), readiness); !added)
        return added.error();
    const server::ServerDeps deps{
        core->backend(), core->access(),      core->plans(),
        systemClock(),   adminConfig(config), server::SessionConfig{config.jwtSecret, config.publicBaseUrl},
        auditor};
    if (auto added = server::registerRoutes(router, deps); !added)
        return added.error();
    if (auto added = server::addWebhookRoutes(router, mail->webhookDeps(systemClock())); !added)
        return added.error();
    return router;
}

void ServerHost::Private::startTimers()
{
    QObject::connect(&poolGauges, &QTimer::timeout, &poolGauges, [this] { publishPool(metrics, *core); });
    poolGauges.start(poolGaugesEveryMs);
    publishPool(metrics, *core);
    if (const int every = notifier.watchdogIntervalMs(); every > 0) {
        QObject::connect(&watchdog, &QTimer::timeout, &watchdog, [this] { notifier.watchdog(); });
        watchdog.start(every);
    }
}

domain::Result<quint16> ServerHost::start()
{
    auto mail = MailHost::create(m_d->config, *m_d->core, m_d->metrics);
    if (!mail)
        return mail.error();
    m_d->mail = std::move(mail).value();
    auto router = m_d->routes();
    if (!router)
        return router.error();
    m_d->server = std::make_unique<server::Server>(
        std::move(*router), listenerConfig(m_d->config), [this](const server::RequestRecord &record) {
            m_d->metrics.httpRequest(QString::fromLatin1(record.method), QString::fromLatin1(record.route),
                                     record.status, record.seconds);
            if (record.status >= 500)
                qCWarning(logHost, "%s %s -> %d (request %s)", record.method.constData(), record.route.constData(),
                          record.status, record.requestId.constData());
        });
    auto port = m_d->server->start();
    if (port) {
        m_d->startTimers();
        m_d->mail->start();
        m_d->notifier.ready();
    }
    return port;
}

QString ServerHost::baseUrl() const
{
    const QString host = m_d->config.listenHost.contains(QLatin1Char(':'))
                             ? QLatin1Char('[') + m_d->config.listenHost + QLatin1Char(']')
                             : m_d->config.listenHost;
    return QStringLiteral("%1://%2:%3")
        .arg(m_d->server->tls() ? QStringLiteral("https") : QStringLiteral("http"), host)
        .arg(m_d->server->port());
}

bool ServerHost::shutDown()
{
    if (m_d->ended)
        return true;
    m_d->ended = true;
    m_d->notifier.stopping();
    m_d->poolGauges.stop();
    bool complete = true;
    if (m_d->server) {
        m_d->readiness->setDraining();
        m_d->server->stopAccepting();
        complete = m_d->server->waitForInFlight(requestsMayTake);
        m_d->server->close();
        if (!m_d->auditor->drain(auditMayTake))
            qCWarning(logHost, "some access audit rows were not written");
    }
    if (m_d->mail)
        m_d->mail->stop();
    if (m_d->core)
        m_d->core->close();
    return complete;
}

} // namespace bootstrap
