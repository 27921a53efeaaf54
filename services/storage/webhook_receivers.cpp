#include "services/storage/sql_helpers.h"
#include "services/storage/webhook_inbox_repository.h"

#include <QMap>

/// The strip above the inbox: how each provider's webhooks did in the last day.
namespace storage {

using domain::Done;
using domain::Result;
using ports::WebhookReceiver;

namespace {

constexpr qint64 dayMs = 24LL * 3600 * 1000;

class ReceiverReader {
public:
    ReceiverReader(Connection &connection, const QDateTime &now)
        : m_connection(connection)
        , m_since(toSqlTime(now.addMSecs(-dayMs)))
        , m_time(timeParameter(connection))
    {
    }

    Result<QList<WebhookReceiver>> read()
    {
        for (const auto step : {&ReceiverReader::lastOfEach, &ReceiverReader::day, &ReceiverReader::refusals}) {
            if (auto done = (this->*step)(); !done)
                return done.error();
        }
        if (m_connection.isSqlite()) {
            for (WebhookReceiver &receiver : m_receivers) {
                if (auto done = slowest(receiver); !done)
                    return done.error();
            }
        }
        return m_receivers.values();
    }

private:
    WebhookReceiver &of(const QString &provider)
    {
        WebhookReceiver &receiver = m_receivers[provider];
        receiver.provider = provider;
        return receiver;
    }

    /// The providers are found in as many steps of the index as there are.
    Result<Done> lastOfEach()
    {
        const QString sql =
            QStringLiteral("WITH RECURSIVE step(name) AS (SELECT min(provider) FROM webhook_inbox UNION ALL "
                           "SELECT (SELECT min(provider) FROM webhook_inbox WHERE provider > step.name) FROM step "
                           "WHERE step.name IS NOT NULL) SELECT name, (SELECT %1 FROM webhook_inbox w "
                           "WHERE w.provider = step.name ORDER BY w.received_at DESC, w.id DESC LIMIT 1) "
                           "FROM step WHERE name IS NOT NULL")
                .arg(m_connection.millis(QStringLiteral("w.received_at")));
        return m_connection.select(sql, {}, [this](const Row &row) {
            of(row.text(0)).lastAt = row.optionalTime(1);
            return true;
        });
    }

    /// One that could not be read failed as well.
    Result<Done> day()
    {
        const auto countOf = [](const char *condition) {
            return QStringLiteral("COALESCE(sum(CASE WHEN %1 THEN 1 ELSE 0 END), 0)").arg(QLatin1StringView(condition));
        };
        const QString p99 = m_connection.isSqlite()
                                ? QStringLiteral("NULL")
                                : QStringLiteral("percentile_disc(0.99) WITHIN GROUP (ORDER BY processing_us)");
        const QString sql = QStringLiteral("SELECT provider, count(*), %1, %2, %3, %4, %5, %6 FROM webhook_inbox "
                                           "WHERE received_at >= %7 GROUP BY %8provider")
                                .arg(countOf("outcome IN ('failed', 'unparseable')"), countOf("outcome = 'unmatched'"),
                                     countOf("duplicate_of IS NOT NULL"), countOf("signature = 'current'"),
                                     countOf("signature = 'previous'"), p99, m_time, groupedByScan(m_connection));
        return m_connection.select(sql, {m_since}, [this](const Row &row) {
            WebhookReceiver &receiver = of(row.text(0));
            receiver.received24h = row.integer(1);
            receiver.failed24h = row.integer(2);
            receiver.unmatched24h = row.integer(3);
            receiver.duplicates24h = row.integer(4);
            receiver.currentSecret24h = row.integer(5);
            receiver.previousSecret24h = row.integer(6);
            if (!row.isNull(7))
                receiver.p99ProcessingUs = row.integer(7);
            return true;
        });
    }

    Result<Done> refusals()
    {
        const QString sql = QStringLiteral("SELECT provider, sum(count) FROM webhook_refusals WHERE last_at >= %1 "
                                           "GROUP BY provider")
                                .arg(m_time);
        return m_connection.select(sql, {m_since}, [this](const Row &row) {
            of(row.text(0)).refused24h = row.integer(1);
            return true;
        });
    }

    /// percentile_disc(0.99) of SQLite.
    Result<Done> slowest(WebhookReceiver &receiver)
    {
        if (receiver.received24h == 0)
            return Done{};
        const qint64 rank = (receiver.received24h * 99 + 99) / 100;
        return m_connection.select(QStringLiteral("SELECT processing_us FROM webhook_inbox WHERE provider = ? "
                                                  "AND received_at >= ? ORDER BY processing_us LIMIT 1 OFFSET ?"),
                                   {receiver.provider, m_since, rank - 1}, [&receiver](const Row &row) {
                                       receiver.p99ProcessingUs = row.integer(0);
                                       return false;
                                   });
    }

    Connection &m_connection;
    QString m_since, m_time;
    QMap<QString, WebhookReceiver> m_receivers;
};

} // namespace

Result<QList<WebhookReceiver>> SqlWebhookInboxRepository::receivers(const QDateTime &now)
{
    return ReceiverReader(m_connection, now).read();
}

} // namespace storage
