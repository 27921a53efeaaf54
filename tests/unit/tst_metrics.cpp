#include "services/platform/metrics.h"
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
