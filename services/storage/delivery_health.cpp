#include "services/storage/delivery_repository.h"
#include "services/storage/sql_helpers.h"
#include "services/usecases/email_jobs.h"

/// How the machinery behind the mail is doing.
namespace storage {

using domain::Done;
using domain::Result;
using ports::EmailHealth;

namespace {

constexpr qint64 dayMs = 24LL * 3600 * 1000;

class HealthReader {
public:
    HealthReader(Connection &connection, const QDateTime &now) : m_connection(connection) { m_health.asOf = now; }

    Result<EmailHealth> read()
    {
        for (const auto step : {&HealthReader::webhooks, &HealthReader::queue, &HealthReader::parked,
                                &HealthReader::refusals, &HealthReader::forwarder, &HealthReader::repair}) {
            if (auto done = (this->*step)(); !done)
                return done.error();
        }
        return m_health;
    }

private:
    Result<Done> first(const QString &sql, const QVariantList &values, const std::function<void(const Row &)> &onRow)
    {
        return m_connection.select(sql, values, [&onRow](const Row &row) {
            onRow(row);
            return false;
        });
    }
    QString millis(const char *expression) const { return m_connection.millis(QString::fromLatin1(expression)); }

    /// `brevo` is the delivery webhook; the suppression feeds have names of their own.
    Result<Done> webhooks()
    {
        return first(QStringLiteral("SELECT %1 FROM webhook_inbox WHERE provider = 'brevo' AND outcome <> "
                                    "'unparseable' ORDER BY received_at DESC, id DESC LIMIT 1")
                         .arg(millis("received_at")),
                     {}, [this](const Row &row) { m_health.lastEventAt = row.optionalTime(0); });
    }
    Result<Done> queue()
    {
        return first(QStringLiteral("SELECT count(*), %1 FROM forwarder_sent WHERE classification = 'intended'")
                         .arg(millis("min(COALESCE(intended_at, sent_at))")),
                     {}, [this](const Row &row) {
                         m_health.waiting = row.integer(0);
                         m_health.oldestWaiting = row.optionalTime(1);
                     });
    }
    Result<Done> parked()
    {
        return first(QStringLiteral("SELECT count(*), %1 FROM email_delivery_events WHERE audit_id IS NULL")
                         .arg(millis("min(received_at)")),
                     {}, [this](const Row &row) {
                         m_health.parked = row.integer(0);
                         m_health.oldestParked = row.optionalTime(1);
                     });
    }
    Result<Done> refusals()
    {
        const QString since = timeParameter(m_connection);
        return first(QStringLiteral("SELECT COALESCE(sum(CASE WHEN last_at >= %1 THEN count ELSE 0 END), 0), %2 "
                                    "FROM webhook_refusals")
                         .arg(since, millis("max(last_at)")),
                     {toSqlTime(m_health.asOf.addMSecs(-dayMs))}, [this](const Row &row) {
                         m_health.refusals24h = row.integer(0);
                         m_health.lastRefusalAt = row.optionalTime(1);
                     });
    }
    Result<Done> forwarder()
    {
        auto run = first(
            QStringLiteral("SELECT %1, last_result FROM job_leases WHERE name = ?").arg(millis("last_finished_at")),
            {QString(usecases::forwarderJob)}, [this](const Row &row) {
                m_health.forwarderAt = row.optionalTime(0);
                m_health.forwarderResult = row.text(1);
            });
        if (!run)
            return run;
        return first(QStringLiteral("SELECT %1 FROM job_cursors WHERE name = ?").arg(millis("at")),
                     {QString(usecases::forwarderJob)},
                     [this](const Row &row) { m_health.cursorAt = row.optionalTime(0); });
    }
    Result<Done> repair()
    {
        auto run = first(QStringLiteral("SELECT %1, (SELECT count(*) FROM forwarder_sent f WHERE f.repaired_at >= "
                                        "l.last_started_at AND f.repaired_at <= l.last_finished_at) "
                                        "FROM job_leases l WHERE l.name = ?")
                             .arg(millis("l.last_finished_at")),
                         {QString(usecases::gapRepairJob)}, [this](const Row &row) {
                             m_health.repairAt = row.optionalTime(0);
                             m_health.repairRecovered = row.integer(1);
                         });
        if (!run)
            return run;
        return first(QStringLiteral("SELECT count(*) FROM job_requests WHERE job = ? AND finished_at IS NULL"),
                     {QString(usecases::gapRepairJob)},
                     [this](const Row &row) { m_health.repairRunning = row.integer(0) > 0; });
    }

    Connection &m_connection;
    EmailHealth m_health;
};

} // namespace

Result<EmailHealth> SqlDeliveryRepository::health(const QDateTime &now)
{
    return HealthReader(m_connection, now).read();
}

} // namespace storage
