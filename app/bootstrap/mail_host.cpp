#include "app/bootstrap/mail_host.h"

#include "app/bootstrap/sns_certificates.h"
#include "services/jobs/email_forwarder.h"
#include "services/jobs/gap_repair.h"
#include "services/jobs/mail_housekeeping.h"
#include "services/jobs/scheduler.h"
#include "services/local/local_webhook_intake.h"
#include "services/ports/change_feed.h"
#include "services/providers/provider_factory.h"
#include "services/usecases/mail/template_composer.h"

#include <QCoreApplication>
#include <QSysInfo>
#include <QTimer>
#include <QUuid>

namespace bootstrap {

using domain::Result;

namespace {

constexpr int refusalsEveryMs = 5000;

/// Tells hosts and processes apart, also two starts of the same one.
QString holderName()
{
    return QStringLiteral("%1:%2:%3")
        .arg(QSysInfo::machineHostName())
        .arg(QCoreApplication::applicationPid())
        .arg(QUuid::createUuid().toString(QUuid::Id128).left(8));
}

void publish(platform::Metrics &metrics, const jobs::MailGauges &gauges)
{
    metrics.setLedgerMessages(gauges.byClass);
    metrics.setParkedEvents(gauges.health.parked);
    metrics.setIntendedBacklog(gauges.health.waiting);
    const auto &last = gauges.health.lastEventAt;
    metrics.setLastWebhookAge(last ? std::optional(double(last->msecsTo(gauges.health.asOf)) / 1000.0) : std::nullopt);
}

} // namespace

struct MailHost::Private {
    Private(local::LocalCore &c, platform::Metrics &m) : core(c), metrics(m), scheduler(c.work(), clock, holderName())
    {
    }
    void addJobs(const platform::ServerConfig &config);

    platform::SystemClock clock;
    local::LocalCore &core;
    platform::Metrics &metrics;
    server::WebhookConfig webhooks;
    std::shared_ptr<const usecases::TemplateComposer> composer;
    providers::MailProviders mail;
    SnsCertificates certificates{clock, httpsFetch()};
    jobs::Scheduler scheduler;
    std::unique_ptr<ports::Subscription> changes;
    QTimer refusals;
    bool stopped = false;
};

MailHost::MailHost(std::unique_ptr<Private> d) : m_d(std::move(d)) {}

MailHost::~MailHost()
{
    stop();
}

Result<std::unique_ptr<MailHost>> MailHost::create(const platform::ServerConfig &config, local::LocalCore &core,
                                                   platform::Metrics &metrics)
{
    auto d = std::make_unique<Private>(core, metrics);
    auto composer = usecases::TemplateComposer::load(config.publicBaseUrl);
    if (!composer)
        return composer.error();
    d->composer = std::move(composer).value();
    auto mail = providers::makeMailProviders(config.mail, d->clock, providers::metricHooks(metrics));
    if (!mail)
        return mail.error();
    d->mail = std::move(mail).value();
    d->webhooks = {config.webhooks.brevoSecret, config.webhooks.brevoPreviousSecret,
                   config.webhooks.sesTopicArn.toUtf8()};
    d->addJobs(config);
    return std::unique_ptr<MailHost>(new MailHost(std::move(d)));
}

void MailHost::Private::addJobs(const platform::ServerConfig &config)
{
    jobs::EmailForwarder::Settings sending;
    sending.sender = {config.mail.concurrency, config.mail.timeoutMs};
    jobs::EmailForwarder::Observer observer;
    observer.missingTemplate = [this](const QString &kind) { metrics.countMissingRenderer(kind); };
    observer.failedOpen = [this](const QString &reason) {
        metrics.countWorkerFailOpen(QStringLiteral("event_email_forwarder.bounce_suppression"), reason);
    };
    scheduler.add(std::make_unique<jobs::EmailForwarder>(core.work(), *mail.sender, *composer, clock, sending,
                                                         std::move(observer)));
    if (mail.eventLog)
        scheduler.add(
            std::make_unique<jobs::GapRepair>(core.work(), *mail.eventLog, clock, jobs::GapRepair::Settings{}));
    scheduler.add(std::make_unique<jobs::ParkedSweep>(core.work()));
    jobs::InboxRetention::Settings retention;
    retention.days = config.webhooks.retentionDays;
    retention.maximumRows = config.webhooks.inboxMaxRows;
    scheduler.add(std::make_unique<jobs::InboxRetention>(core.work(), clock, retention));
    scheduler.add(std::make_unique<jobs::MailGaugeReader>(
        core.work(), clock, [this](const jobs::MailGauges &gauges) { publish(metrics, gauges); }));
}

server::WebhookDeps MailHost::webhookDeps(const platform::Clock &clock)
{
    return {m_d->core.intake(), m_d->metrics, clock, m_d->webhooks, m_d->certificates.verifier()};
}

void MailHost::start()
{
    m_d->scheduler.start();
    m_d->changes = m_d->core.backend().changes().subscribe([d = m_d.get()](const ports::Change &change) {
        if (change.kind == QLatin1StringView("audit") || change.kind == QLatin1StringView("email"))
            d->scheduler.wake(usecases::forwarderJob);
    });
    QObject::connect(&m_d->refusals, &QTimer::timeout, &m_d->refusals,
                     [d = m_d.get()] { d->core.intake().flushRefusals(false); });
    m_d->refusals.start(refusalsEveryMs);
}

void MailHost::stop()
{
    if (std::exchange(m_d->stopped, true))
        return;
    m_d->refusals.stop();
    m_d->changes.reset();
    m_d->scheduler.stop();
    m_d->core.intake().flushRefusals(true).waitForFinished();
}

} // namespace bootstrap
