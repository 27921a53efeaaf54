#include "services/platform/metrics.h"

#include "models/domain/audit.h"
#include "models/domain/delivery.h"

#include <QMutex>
#include <QSet>

#include <limits>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace platform {
namespace {

const prometheus::Histogram::BucketBoundaries &httpBuckets()
{
    static const prometheus::Histogram::BucketBoundaries buckets{.005, .01, .025, .05, .1, .25, .5, 1, 2, 5};
    return buckets;
}

prometheus::Family<prometheus::Gauge> &gauge(prometheus::Registry &registry, const char *name, const char *help)
{
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

prometheus::Family<prometheus::Counter> &counter(prometheus::Registry &registry, const char *name, const char *help)
{
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

} // namespace

QString statusClass(int status)
{
    if (status >= 200 && status < 300)
        return QStringLiteral("2xx");
    if (status >= 400 && status < 500)
        return QStringLiteral("4xx");
    if (status >= 500 && status < 600)
        return QStringLiteral("5xx");
    return QStringLiteral("other");
}

const QStringList &brevoWebhookLabels()
{
    static const QStringList labels = [] {
        QStringList all;
        for (const domain::DeliveryEvent event : domain::allDeliveryEvents()) {
            if (domain::isLedgerEvent(event))
                all.append(domain::deliveryEventName(event));
        }
        return all + QStringList{QStringLiteral("unhandled"),       QStringLiteral("missing_message_id"),
                                 QStringLiteral("invalid_payload"), QStringLiteral("oversized"),
                                 QStringLiteral("unauthorized"),    QStringLiteral("storage_error")};
    }();
    return labels;
}

struct Metrics::Private {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Histogram> &httpDuration =
        prometheus::BuildHistogram()
            .Name("instant_http_request_duration_seconds")
            .Help("Time from the last byte of a request to the first of its answer")
            .Register(registry);
    prometheus::Family<prometheus::Counter> &httpErrors =
        counter(registry, "instant_http_errors_total", "Answers with status 400 and above");
    prometheus::Family<prometheus::Gauge> &poolInUse =
        gauge(registry, "instant_pg_pool_in_use", "Database connections that run a job");
    prometheus::Family<prometheus::Gauge> &poolIdle =
        gauge(registry, "instant_pg_pool_idle", "Open database connections without a job");
    prometheus::Family<prometheus::Gauge> &poolOpen =
        gauge(registry, "instant_pg_pool_open", "Open database connections");
    prometheus::Family<prometheus::Gauge> &poolMax =
        gauge(registry, "instant_pg_pool_max", "Most database connections that may be open");
    prometheus::Family<prometheus::Gauge> &poolWaitCount =
        gauge(registry, "instant_pg_pool_wait_count", "Jobs that had to wait for a connection since the start");
    prometheus::Family<prometheus::Gauge> &poolWaitSeconds = gauge(
        registry, "instant_pg_pool_wait_duration_seconds", "Seconds that jobs waited for a connection since the start");
    prometheus::Family<prometheus::Gauge> &readyz =
        gauge(registry, "readyz_check_status", "1 ok, 0.5 degraded, 0 failed");
    prometheus::Family<prometheus::Counter> &caughtExceptions =
        counter(registry, "instant_goroutine_panics_total", "Exceptions that ended a background task");
    prometheus::Family<prometheus::Counter> &failOpen =
        counter(registry, "instant_fail_open_events_total", "Checks that were skipped because they could not be made");

    prometheus::Family<prometheus::Counter> &brevoSendErrors =
        counter(registry, "brevo_send_errors_total", "Calls to Brevo that were not accepted; status_code 0: no answer");
    prometheus::Family<prometheus::Counter> &failover =
        counter(registry, "instant_email_failover_total", "Which part of the provider chain accepted a mail");
    prometheus::Family<prometheus::Counter> &missingRenderer =
        counter(registry, "email_missing_renderer_total", "Mails dropped because their kind has no template");
    prometheus::Family<prometheus::Counter> &brevoWebhooks =
        counter(registry, "brevo_webhook_events_total", "Delivery events by name, and calls that brought none");
    prometheus::Family<prometheus::Counter> &webhookAuthFailures =
        counter(registry, "instant_webhook_auth_failures_total", "Webhook calls without a valid signature");
    prometheus::Family<prometheus::Counter> &workerFailOpen = counter(
        registry, "instant_worker_fail_open_total", "Checks of background work that were skipped as they failed");
    prometheus::Family<prometheus::Gauge> &ledgerMessages =
        gauge(registry, "email_ledger_messages", "Ledger rows by class");
    prometheus::Family<prometheus::Gauge> &providerBreaker =
        gauge(registry, "email_provider_breaker_state", "0 closed, 1 half-open, 2 open");
    prometheus::Family<prometheus::Gauge> &parkedEvents =
        gauge(registry, "email_parked_events", "Delivery events without a ledger row yet");
    prometheus::Family<prometheus::Gauge> &intendedBacklog =
        gauge(registry, "email_intended_backlog", "Mails that still have to go out");
    prometheus::Family<prometheus::Gauge> &lastWebhookAge =
        gauge(registry, "email_last_webhook_age_seconds", "Seconds since the last delivery webhook; +Inf: never");

    QMutex ledgerMutex;
    QSet<QString> ledgerClasses; ///< every class that was ever seen: it stays and goes back to 0

    void createKnownSeries();
};

/// Label values that alerts ask for, or that are a closed set.
void Metrics::Private::createKnownSeries()
{
    for (const char *status : {"0", "401", "403", "408", "425", "429", "500", "502", "503", "504"})
        brevoSendErrors.Add({{"classification", "transient"}, {"status_code", status}});
    for (const char *status : {"400", "402", "404", "405", "406", "422"})
        brevoSendErrors.Add({{"classification", "permanent"}, {"status_code", status}});
    for (const char *outcome : {"primary_ok", "fallback_ok", "all_failed"})
        failover.Add({{"outcome", outcome}});
    for (const domain::AuditKind &kind : domain::auditKinds()) {
        if (kind.mailsCustomer)
            missingRenderer.Add({{"kind", kind.kind}});
    }
    for (const QString &event : brevoWebhookLabels())
        brevoWebhooks.Add({{"event", event.toStdString()}});
    for (const char *webhook : {"brevo_url_secret", "brevo_hmac", "ses_sns"}) {
        for (const char *reason : {"secret_unset", "signature_mismatch", "missing_signature"})
            webhookAuthFailures.Add({{"webhook", webhook}, {"reason", reason}});
    }
    workerFailOpen.Add({{"site", "event_email_forwarder.bounce_suppression"}, {"reason", "db_error"}});
    for (const domain::LedgerClass value : domain::allLedgerClasses()) {
        ledgerClasses.insert(domain::ledgerClassName(value));
        ledgerMessages.Add({{"class", domain::ledgerClassName(value).toStdString()}});
    }
    parkedEvents.Add({});
    intendedBacklog.Add({});
}

Metrics::Metrics() : m_d(std::make_unique<Private>())
{
    m_d->createKnownSeries();
}
Metrics::~Metrics() = default;

void Metrics::httpRequest(const QString &method, const QString &route, int status, double seconds)
{
    const prometheus::Labels labels{{"method", method.toStdString()},
                                    {"route", route.toStdString()},
                                    {"status_class", statusClass(status).toStdString()}};
    m_d->httpDuration.Add(labels, httpBuckets()).Observe(seconds);
    if (status >= 400)
        m_d->httpErrors.Add(labels).Increment();
}

void Metrics::setPool(const QString &pool, const Pool &state)
{
    const prometheus::Labels labels{{"pool", pool.toStdString()}};
    m_d->poolInUse.Add(labels).Set(state.inUse);
    m_d->poolIdle.Add(labels).Set(state.idle);
    m_d->poolOpen.Add(labels).Set(state.open);
    m_d->poolMax.Add(labels).Set(state.max);
    m_d->poolWaitCount.Add(labels).Set(static_cast<double>(state.waitCount));
    m_d->poolWaitSeconds.Add(labels).Set(state.waitSeconds);
}

void Metrics::setReadyzCheck(const QString &check, double value)
{
    m_d->readyz.Add({{"service", "api"}, {"check", check.toStdString()}}).Set(value);
}

void Metrics::countCaughtException(const QString &task)
{
    m_d->caughtExceptions.Add({{"task", task.toStdString()}}).Increment();
}

void Metrics::countFailOpen(const QString &subsystem, const QString &reason)
{
    m_d->failOpen.Add({{"subsystem", subsystem.toStdString()}, {"reason", reason.toStdString()}}).Increment();
}

void Metrics::countBrevoSendError(const QString &classification, int status)
{
    m_d->brevoSendErrors
        .Add({{"classification", classification.toStdString()}, {"status_code", std::to_string(status)}})
        .Increment();
}

void Metrics::countFailover(const QString &outcome)
{
    m_d->failover.Add({{"outcome", outcome.toStdString()}}).Increment();
}

void Metrics::countMissingRenderer(const QString &kind)
{
    m_d->missingRenderer.Add({{"kind", kind.toStdString()}}).Increment();
}

void Metrics::countBrevoWebhook(const QString &event)
{
    const QString label = brevoWebhookLabels().contains(event) ? event : QStringLiteral("unhandled");
    m_d->brevoWebhooks.Add({{"event", label.toStdString()}}).Increment();
}

void Metrics::countWebhookAuthFailure(const QString &webhook, const QString &reason)
{
    m_d->webhookAuthFailures.Add({{"webhook", webhook.toStdString()}, {"reason", reason.toStdString()}}).Increment();
}

void Metrics::countWorkerFailOpen(const QString &site, const QString &reason)
{
    m_d->workerFailOpen.Add({{"site", site.toStdString()}, {"reason", reason.toStdString()}}).Increment();
}

void Metrics::setLedgerMessages(const QHash<QString, qint64> &rows)
{
    const QMutexLocker lock(&m_d->ledgerMutex);
    for (auto row = rows.cbegin(); row != rows.cend(); ++row)
        m_d->ledgerClasses.insert(row.key());
    for (const QString &name : std::as_const(m_d->ledgerClasses))
        m_d->ledgerMessages.Add({{"class", name.toStdString()}}).Set(static_cast<double>(rows.value(name)));
}

void Metrics::setProviderBreaker(const QString &provider, int state)
{
    m_d->providerBreaker.Add({{"provider", provider.toStdString()}}).Set(state);
}

void Metrics::setParkedEvents(qint64 events)
{
    m_d->parkedEvents.Add({}).Set(static_cast<double>(events));
}

void Metrics::setIntendedBacklog(qint64 mails)
{
    m_d->intendedBacklog.Add({}).Set(static_cast<double>(mails));
}

void Metrics::setLastWebhookAge(std::optional<double> seconds)
{
    m_d->lastWebhookAge.Add({}).Set(seconds.value_or(std::numeric_limits<double>::infinity()));
}

QByteArray Metrics::text() const
{
    return QByteArray::fromStdString(prometheus::TextSerializer().Serialize(m_d->registry.Collect()));
}

} // namespace platform
