#pragma once
#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

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

    // Mail (spec 02 §3.3, §4, §5.5). Series whose labels are known beforehand exist from the start with 0: `increase()`
    // does not see the first event of a series that appears with it, and an alert on that would be inert.

    /// brevo_send_errors_total{classification=…, status_code=…}; status 0 = no answer.
    void countBrevoSendError(const QString &classification, int status);
    /// instant_email_failover_total{outcome=…}: `primary_ok`, `fallback_ok`, `all_failed`.
    void countFailover(const QString &outcome);
    /// email_missing_renderer_total{kind=…}: a mail that was dropped because its audit kind has no template.
    void countMissingRenderer(const QString &kind);
    /// brevo_webhook_events_total{event=…}; what is not in brevoWebhookLabels() counts as `unhandled`.
    void countBrevoWebhook(const QString &event);
    /// instant_webhook_auth_failures_total{webhook=…, reason=…}: `brevo_url_secret`, `brevo_hmac`, `ses_sns` with
    /// `secret_unset`, `signature_mismatch`, `missing_signature`.
    void countWebhookAuthFailure(const QString &webhook, const QString &reason);
    /// instant_worker_fail_open_total{site=…, reason=…}
    void countWorkerFailOpen(const QString &site, const QString &reason);
    /// email_ledger_messages{class=…}; classes that are missing from `rows` are 0.
    void setLedgerMessages(const QHash<QString, qint64> &rows);
    /// email_provider_breaker_state{provider=…}: 0 closed, 1 half-open, 2 open (00-decisions row 16).
    void setProviderBreaker(const QString &provider, int state);
    /// email_parked_events: delivery events that no ledger row is known for yet.
    void setParkedEvents(qint64 events);
    /// email_intended_backlog: mails that still have to go out.
    void setIntendedBacklog(qint64 mails);
    /// email_last_webhook_age_seconds; nullopt = never, +Inf. There is no such series before the first call.
    void setLastWebhookAge(std::optional<double> seconds);

    /// Text exposition format 0.0.4.
    QByteArray text() const;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

/// Every value of the label of brevo_webhook_events_total: the eight events of the ledger (spec 02 §4.3), and what else
/// can become of a call. `storage_error`: it could not be kept and was answered 429; Brevo's own `error` is the event.
const QStringList &brevoWebhookLabels();

/// 2xx, 4xx, 5xx, everything else "other" (3xx included).
QString statusClass(int status);

} // namespace platform
