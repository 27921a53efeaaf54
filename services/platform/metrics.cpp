#include "services/platform/metrics.h"

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
};

Metrics::Metrics() : m_d(std::make_unique<Private>()) {}
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

QByteArray Metrics::text() const
{
    return QByteArray::fromStdString(prometheus::TextSerializer().Serialize(m_d->registry.Collect()));
}

} // namespace platform
