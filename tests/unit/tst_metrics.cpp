#include "services/platform/metrics.h"

#include "models/domain/audit.h"
#include "models/domain/delivery.h"
#include "tests/support/test_main.h"

#include <QTest>
#include <QThreadPool>

using namespace platform;

namespace {

QString s(const char *text)
{
    return QString::fromLatin1(text);
}

/// The value of the one line that starts with `series `; fails loudly when it is not there.
QByteArray valueOf(const Metrics &metrics, const QByteArray &series)
{
    for (const QByteArray &line : metrics.text().split('\n')) {
        if (line.startsWith(series + ' '))
            return line.sliced(series.size() + 1);
    }
    return "missing: " + series;
}

} // namespace

class TstMetrics : public QObject {
    Q_OBJECT
private slots:
    void statusClasses()
    {
        QCOMPARE(statusClass(200), s("2xx"));
        QCOMPARE(statusClass(299), s("2xx"));
        QCOMPARE(statusClass(301), s("other"));
        QCOMPARE(statusClass(404), s("4xx"));
        QCOMPARE(statusClass(503), s("5xx"));
        QCOMPARE(statusClass(101), s("other"));
        QCOMPARE(statusClass(600), s("other"));
    }

    void requestsFillTheHistogramAndTheErrorCounter()
    {
        Metrics metrics;
        metrics.httpRequest(s("GET"), s("/healthz"), 200, 0.004);
        metrics.httpRequest(s("GET"), s("/healthz"), 200, 0.7);
        metrics.httpRequest(s("GET"), s("/healthz"), 503, 9);
        const QByteArray name("instant_http_request_duration_seconds");
        const QByteArray ok("{method=\"GET\",route=\"/healthz\",status_class=\"2xx\"");
        QCOMPARE(valueOf(metrics, name + "_count" + ok + "}"), QByteArray("2"));
        for (const QByteArray le : {"0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5"})
            QCOMPARE(valueOf(metrics, name + "_bucket" + ok + ",le=\"" + le + "\"}"), QByteArray("1"));
        for (const QByteArray le : {"1", "2", "5", "+Inf"})
            QCOMPARE(valueOf(metrics, name + "_bucket" + ok + ",le=\"" + le + "\"}"), QByteArray("2"));
        QCOMPARE(metrics.text().count("_bucket" + ok), 11);
        QCOMPARE(valueOf(metrics, "instant_http_errors_total{method=\"GET\",route=\"/healthz\",status_class=\"5xx\"}"),
                 QByteArray("1"));
        QVERIFY(!metrics.text().contains("instant_http_errors_total" + ok));
    }

    void poolsHaveSixGauges()
    {
        Metrics metrics;
        metrics.setPool(s("platform_db"), {3, 4, 7, 15, 42, 1.5});
        metrics.setPool(s("platform_db"), {2, 5, 7, 15, 43, 2.5});
        const QByteArray label("{pool=\"platform_db\"}");
        QCOMPARE(valueOf(metrics, "instant_pg_pool_in_use" + label), QByteArray("2"));
        QCOMPARE(valueOf(metrics, "instant_pg_pool_idle" + label), QByteArray("5"));
        QCOMPARE(valueOf(metrics, "instant_pg_pool_open" + label), QByteArray("7"));
        QCOMPARE(valueOf(metrics, "instant_pg_pool_max" + label), QByteArray("15"));
        QCOMPARE(valueOf(metrics, "instant_pg_pool_wait_count" + label), QByteArray("43"));
        QCOMPARE(valueOf(metrics, "instant_pg_pool_wait_duration_seconds" + label), QByteArray("2.5"));
    }

    void readyzAndCounters()
    {
        Metrics metrics;
        metrics.setReadyzCheck(s("platform_db"), 1);
        metrics.setReadyzCheck(s("platform_db"), 0.5);
        metrics.countCaughtException(s("forwarder"));
        metrics.countFailOpen(s("rate_limit"), s("db_error"));
        metrics.countFailOpen(s("rate_limit"), s("db_error"));
        QCOMPARE(valueOf(metrics, "readyz_check_status{check=\"platform_db\",service=\"api\"}"), QByteArray("0.5"));
        QCOMPARE(valueOf(metrics, "instant_goroutine_panics_total{task=\"forwarder\"}"), QByteArray("1"));
        QCOMPARE(valueOf(metrics, "instant_fail_open_events_total{reason=\"db_error\",subsystem=\"rate_limit\"}"),
                 QByteArray("2"));
    }

    void mailSeriesExistFromTheStart()
    {
        const Metrics metrics;
        const QByteArray zero("0");
        for (const QByteArray outcome : {"primary_ok", "fallback_ok", "all_failed"})
            QCOMPARE(valueOf(metrics, "instant_email_failover_total{outcome=\"" + outcome + "\"}"), zero);
        for (const QByteArray status : {"0", "401", "403", "429", "500", "503"})
            QCOMPARE(valueOf(metrics,
                             "brevo_send_errors_total{classification=\"transient\",status_code=\"" + status + "\"}"),
                     zero);
        QCOMPARE(valueOf(metrics, "brevo_send_errors_total{classification=\"permanent\",status_code=\"400\"}"), zero);
        for (const QByteArray webhook : {"brevo_url_secret", "brevo_hmac", "ses_sns"}) {
            for (const QByteArray reason : {"secret_unset", "signature_mismatch", "missing_signature"})
                QCOMPARE(valueOf(metrics, "instant_webhook_auth_failures_total{reason=\"" + reason + "\",webhook=\"" +
                                              webhook + "\"}"),
                         zero);
        }
        QCOMPARE(metrics.text().count("\ninstant_webhook_auth_failures_total{"), 9);
        int mailed = 0;
        for (const domain::AuditKind &kind : domain::auditKinds()) {
            mailed += kind.mailsCustomer ? 1 : 0;
            const QByteArray series = QByteArray("email_missing_renderer_total{kind=\"") + kind.kind + "\"}";
            QCOMPARE(valueOf(metrics, series) == zero, kind.mailsCustomer);
        }
        QVERIFY(mailed > 0);
        QCOMPARE(metrics.text().count("\nemail_missing_renderer_total{"), mailed);
        QCOMPARE(brevoWebhookLabels().size(), 14);
        for (const QString &event : brevoWebhookLabels())
            QCOMPARE(valueOf(metrics, "brevo_webhook_events_total{event=\"" + event.toLatin1() + "\"}"), zero);
        for (const domain::LedgerClass value : domain::allLedgerClasses())
            QCOMPARE(
                valueOf(metrics, "email_ledger_messages{class=\"" + domain::ledgerClassName(value).toLatin1() + "\"}"),
                zero);
        QCOMPARE(valueOf(metrics, "instant_worker_fail_open_total{reason=\"db_error\",site=\"event_email_forwarder."
                                  "bounce_suppression\"}"),
                 zero);
        QCOMPARE(valueOf(metrics, "email_parked_events"), zero);
        QCOMPARE(valueOf(metrics, "email_intended_backlog"), zero);
        QVERIFY(!metrics.text().contains("\nemail_last_webhook_age_seconds"));
    }

    void mailIsCounted()
    {
        Metrics metrics;
        metrics.countBrevoSendError(s("transient"), 0);
        metrics.countBrevoSendError(s("permanent"), 418);
        metrics.countFailover(s("fallback_ok"));
        metrics.countMissingRenderer(s("onboarding.claimed"));
        metrics.countBrevoWebhook(s("hard_bounce"));
        metrics.countBrevoWebhook(s("somebody's own event"));
        metrics.countWebhookAuthFailure(s("ses_sns"), s("missing_signature"));
        metrics.countWorkerFailOpen(s("event_email_forwarder.bounce_suppression"), s("db_error"));
        metrics.setProviderBreaker(s("brevo"), 2);
        metrics.setParkedEvents(7);
        metrics.setIntendedBacklog(5'000'000'000);
        metrics.setLastWebhookAge(61.5);
        const QByteArray one("1");
        QCOMPARE(valueOf(metrics, "brevo_send_errors_total{classification=\"transient\",status_code=\"0\"}"), one);
        QCOMPARE(valueOf(metrics, "brevo_send_errors_total{classification=\"permanent\",status_code=\"418\"}"), one);
        QCOMPARE(valueOf(metrics, "instant_email_failover_total{outcome=\"fallback_ok\"}"), one);
        QCOMPARE(valueOf(metrics, "email_missing_renderer_total{kind=\"onboarding.claimed\"}"), one);
        QCOMPARE(valueOf(metrics, "brevo_webhook_events_total{event=\"hard_bounce\"}"), one);
        QCOMPARE(valueOf(metrics, "brevo_webhook_events_total{event=\"unhandled\"}"), one);
        QVERIFY(!metrics.text().contains("somebody"));
        QCOMPARE(valueOf(metrics, "instant_webhook_auth_failures_total{reason=\"missing_signature\",webhook=\"ses_"
                                  "sns\"}"),
                 one);
        QCOMPARE(valueOf(metrics, "email_provider_breaker_state{provider=\"brevo\"}"), QByteArray("2"));
        QCOMPARE(valueOf(metrics, "email_parked_events"), QByteArray("7"));
        QCOMPARE(valueOf(metrics, "email_intended_backlog").toDouble(), 5e9);
        QCOMPARE(valueOf(metrics, "email_last_webhook_age_seconds"), QByteArray("61.5"));
        metrics.setLastWebhookAge(std::nullopt);
        QCOMPARE(valueOf(metrics, "email_last_webhook_age_seconds"), QByteArray("+Inf"));
    }

    void ledgerClassesGoBackToZero()
    {
        Metrics metrics;
        metrics.setLedgerMessages({{s("delivered"), 12}, {s("transient_retry"), 3}});
        QCOMPARE(valueOf(metrics, "email_ledger_messages{class=\"delivered\"}"), QByteArray("12"));
        QCOMPARE(valueOf(metrics, "email_ledger_messages{class=\"transient_retry\"}"), QByteArray("3"));
        metrics.setLedgerMessages({});
        QCOMPARE(valueOf(metrics, "email_ledger_messages{class=\"delivered\"}"), QByteArray("0"));
        QCOMPARE(valueOf(metrics, "email_ledger_messages{class=\"transient_retry\"}"), QByteArray("0"));
    }

    void labelsAreEscaped()
    {
        Metrics metrics;
        metrics.httpRequest(s("GET"), s("/a\"b\\c\nd"), 200, 0.1);
        QVERIFY(metrics.text().contains("route=\"/a\\\"b\\\\c\\nd\""));
    }

    void manyThreadsLoseNothing()
    {
        Metrics metrics;
        QThreadPool pool;
        pool.setMaxThreadCount(8);
        constexpr int threads = 8, each = 500;
        for (int i = 0; i < threads; ++i) {
            pool.start([&metrics] {
                for (int n = 0; n < each; ++n)
                    metrics.httpRequest(s("GET"), s("/livez"), 200, 0.001);
            });
        }
        pool.waitForDone();
        QCOMPARE(
            valueOf(
                metrics,
                "instant_http_request_duration_seconds_count{method=\"GET\",route=\"/livez\",status_class=\"2xx\"}"),
            QByteArray::number(threads * each));
    }
};

REGISTER_SUITE(metrics, TstMetrics)
#include "tst_metrics.moc"
