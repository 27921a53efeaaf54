#pragma once
#include <QByteArray>
#include <QString>

#include <memory>

namespace platform {

/// The process's Prometheus metrics; names, labels and buckets as spec 03 §3.6. Thread-safe.
class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics &) = delete;
    Metrics &operator=(const Metrics &) = delete;

    /// One answered request. `route` is the template (`/api/v1/customers/{id}`), never the raw path: labels are
    /// bounded. Feeds instant_http_request_duration_seconds, and instant_http_errors_total from status 400 on.
    void httpRequest(const QString &method, const QString &route, int status, double seconds);

    struct Pool {
        int inUse = 0, idle = 0, open = 0, max = 0;
        qint64 waitCount = 0;   ///< cumulative
        double waitSeconds = 0; ///< cumulative
    };
    /// instant_pg_pool_*{pool="platform_db"}
    void setPool(const QString &pool, const Pool &state);
    /// readyz_check_status{service="api", check=…}: 1 ok, 0.5 degraded, 0 failed.
    void setReadyzCheck(const QString &check, double value);
    /// instant_goroutine_panics_total{task=…}: an exception that a worker had to catch.
    void countCaughtException(const QString &task);
    /// instant_fail_open_events_total{subsystem=…, reason=…}
    void countFailOpen(const QString &subsystem, const QString &reason);

    /// Text exposition format 0.0.4.
    QByteArray text() const;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

/// 2xx, 4xx, 5xx, everything else "other" (3xx included).
QString statusClass(int status);

} // namespace platform
