#include "models/domain/mask.h"
#include "services/storage/demo/bulk_insert.h"
#include "tests/benchmark/delivery.h"
#include "tests/benchmark/report.h"

#include <QCryptographicHash>

#include <cmath>
#include <random>
#include <stdexcept>

namespace bench {

namespace {

using domain::DeliveryEvent;
using storage::BulkInsert;
using storage::Connection;
using storage::toSqlTime;

constexpr qint64 yearMs = 365LL * 86'400 * 1000;
constexpr int perTransaction = 100'000;

template <typename T>
T must(domain::Result<T> result)
{
    if (!result)
        throw std::runtime_error((result.error().key + QStringLiteral(": ") + result.error().detail).toStdString());
    return std::move(result).value();
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

/// The indexes of the two tables, taken away for the time of the filling and then made again as they were.
class WithoutIndexes {
public:
    explicit WithoutIndexes(Connection &connection) : m_connection(connection)
    {
        const QString sql =
            connection.isSqlite()
                ? QStringLiteral("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL "
                                 "AND tbl_name IN ('forwarder_sent', 'email_delivery_events')")
                : QStringLiteral("SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('forwarder_sent', "
                                 "'email_delivery_events') AND indexname NOT LIKE '%_pkey'");
        QStringList names;
        must(connection.select(sql, {}, [&](const storage::Row &row) {
            names << row.text(0);
            m_definitions << row.text(1);
            return true;
        }));
        for (const QString &name : names)
            must(connection.executeScript(QStringLiteral("DROP INDEX %1").arg(name)));
    }
    void restore()
    {
        for (const QString &definition : m_definitions)
            must(m_connection.executeScript(definition));
    }

private:
    Connection &m_connection;
    QStringList m_definitions;
};

class Mails {
public:
    Mails(Connection &connection, int count, const QDateTime &now)
        : m_connection(connection)
        , m_count(count)
        , m_start(now.toMSecsSinceEpoch() - yearMs)
        , m_messages(connection, QStringLiteral("forwarder_sent"),
                     words("audit_id sent_at accepted_at intended_at template_kind subject recipient recipient_domain "
                           "recipient_sha256 provider provider_id classification outcome delivered_at "
                           "delivered_event_at deferred_at complained_at opened_at reason last_error attempts"))
        , m_events(connection, QStringLiteral("email_delivery_events"),
                   words("id audit_id provider message_id event event_at received_at recipient template_kind "
                         "recipient_domain"))
    {
        for (int i = 0; i < 40; ++i)
            m_templates
                << QStringLiteral("%1.event_%2").arg(words("billing team deploy resource auth").at(i % 5)).arg(i);
        m_domains = words("gmail.example outlook.example yahoo.example hotmail.example icloud.example proton.example");
        for (int i = 0; i < 500; ++i)
            m_domains << QStringLiteral("company%1.example").arg(i, 4, 10, QLatin1Char('0'));
    }

    qint64 write()
    {
        for (int from = 0; from < m_count; from += perTransaction) {
            must(m_connection.inTransaction([&]() -> domain::Result<domain::Done> {
                for (int i = from; i < std::min(m_count, from + perTransaction); ++i) {
                    add(i);
                    if (m_messages.isFull() || m_events.isFull())
                        flush();
                }
                flush();
                return domain::Done{};
            }));
        }
        return m_events.written();
    }

private:
    void flush()
    {
        must(m_messages.flush());
        must(m_events.flush());
    }
    quint32 next() { return quint32(m_random()); }
    int below(int limit) { return int(next() % quint32(limit)); }
    bool inThousand(int share) { return below(1000) < share; }
    QString newId()
    {
        QByteArray bytes;
        for (int i = 0; i < 4; ++i) {
            const quint32 four = next();
            bytes.append(reinterpret_cast<const char *>(&four), sizeof four);
        }
        return QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces);
    }
    /// A large one three times out of four.
    QString domainName() { return m_domains.at(inThousand(750) ? below(6) * below(6) / 5 : 6 + below(500)); }
    /// Log-normal: three seconds in the middle, half a minute at the slow end.
    qint64 latencyMs()
    {
        const double u = (double(next()) + 1) / 4294967297.0, v = double(next()) / 4294967296.0;
        return qint64(std::exp(8 + 1.3 * std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * v)));
    }
    const char *storedOutcome()
    {
        const int draw = below(1000);
        return draw < 935   ? "delivered"
               : draw < 947 ? "none"
               : draw < 957 ? "soft"
               : draw < 961 ? "bounced_later"
               : draw < 976 ? "hard"
               : draw < 994 ? "blocked"
                            : "error";
    }

    struct Mail {
        QString id, kind, domain, recipient, provider, messageId;
    };
    void addEvent(const Mail &mail, DeliveryEvent event, qint64 ms)
    {
        m_events.add({newId(), mail.id, mail.provider, mail.messageId, domain::deliveryEventName(event), text(ms),
                      text(ms + 300), mail.recipient, mail.kind, mail.domain});
    }
    static QString text(qint64 ms) { return toSqlTime(QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC)); }

    void add(int number)
    {
        const qint64 at = m_start + yearMs / m_count * number;
        Mail mail{newId(),
                  m_templates.at(below(40)),
                  domainName(),
                  {},
                  inThousand(950) ? QStringLiteral("brevo") : QStringLiteral("smtp"),
                  QStringLiteral("%1.mail@relay.example").arg(number)};
        const QString address = QStringLiteral("user%1@%2").arg(below(200'000)).arg(mail.domain);
        mail.recipient = domain::maskLedgerEmail(address);
        if (inThousand(50))
            return addUnsent(mail, address, at);
        const QString outcome = QString::fromLatin1(storedOutcome());
        const qint64 end = at + latencyMs();
        const bool arrived = outcome == QLatin1StringView("delivered") || outcome == QLatin1StringView("bounced_later");
        const bool deferred = inThousand(40), opened = arrived && inThousand(650),
                   complained = arrived && inThousand(1);
        const QVariant delivered = arrived ? QVariant(text(end)) : QVariant();
        const bool failed = !arrived && outcome != QLatin1StringView("none");
        m_messages.add({mail.id,
                        text(at),
                        text(at),
                        text(at - 1500),
                        mail.kind,
                        QStringLiteral("About ") + mail.kind,
                        mail.recipient,
                        mail.domain,
                        hash(address),
                        mail.provider,
                        QLatin1Char('<') + mail.messageId + QLatin1Char('>'),
                        classOf(outcome),
                        outcome,
                        delivered,
                        delivered,
                        deferred ? QVariant(text(at + 2000)) : QVariant(),
                        complained ? QVariant(text(end + 3'600'000)) : QVariant(),
                        opened ? QVariant(text(end + 600'000)) : QVariant(),
                        failed ? QStringLiteral("550 5.1.1 mailbox %1 unavailable").arg(number) : QString(),
                        QString(),
                        1});
        addEvent(mail, DeliveryEvent::Request, at + 200);
        if (deferred)
            addEvent(mail, DeliveryEvent::Deferred, at + 2000);
        if (arrived)
            addEvent(mail, DeliveryEvent::Delivered, end);
        for (int i = below(4); opened && i >= 0; --i)
            addEvent(mail, i % 2 ? DeliveryEvent::Click : DeliveryEvent::Opened, end + 600'000 + 86'400'000LL * i);
        if (complained)
            addEvent(mail, DeliveryEvent::Complaint, end + 3'600'000);
        addFailure(mail, outcome, end + (arrived ? 50'000 : 0));
    }

    void addFailure(const Mail &mail, const QString &outcome, qint64 ms)
    {
        if (outcome == QLatin1StringView("soft"))
            addEvent(mail, DeliveryEvent::SoftBounce, ms);
        else if (outcome == QLatin1StringView("hard") || outcome == QLatin1StringView("bounced_later"))
            addEvent(mail, DeliveryEvent::HardBounce, ms);
        else if (outcome == QLatin1StringView("blocked"))
            addEvent(mail, DeliveryEvent::Blocked, ms);
        else if (outcome == QLatin1StringView("error"))
            addEvent(mail, DeliveryEvent::Error, ms);
    }

    void addUnsent(const Mail &mail, const QString &address, qint64 at)
    {
        static const QStringList classes =
            words("suppressed suppressed suppressed permanent_drop expired no_recipient");
        const QString ledgerClass = classes.at(below(6));
        const bool dropped = ledgerClass == QLatin1StringView("permanent_drop");
        m_messages.add({mail.id,
                        text(at),
                        QVariant(),
                        text(at),
                        mail.kind,
                        QStringLiteral("About ") + mail.kind,
                        mail.recipient,
                        mail.domain,
                        hash(address),
                        QStringLiteral("none"),
                        QString(),
                        ledgerClass,
                        QStringLiteral("none"),
                        QVariant(),
                        QVariant(),
                        QVariant(),
                        QVariant(),
                        QVariant(),
                        QString(),
                        dropped ? QStringLiteral("400 sender refused") : QString(),
                        dropped ? 1 : 0});
    }

    static QString classOf(const QString &outcome)
    {
        static const QHash<QString, QString> classes{{QStringLiteral("delivered"), QStringLiteral("delivered")},
                                                     {QStringLiteral("none"), QStringLiteral("success")},
                                                     {QStringLiteral("soft"), QStringLiteral("bounced_soft")},
                                                     {QStringLiteral("bounced_later"), QStringLiteral("bounced_hard")},
                                                     {QStringLiteral("hard"), QStringLiteral("bounced_hard")},
                                                     {QStringLiteral("blocked"), QStringLiteral("rejected")},
                                                     {QStringLiteral("error"), QStringLiteral("error")}};
        return classes.value(outcome);
    }
    static QString hash(const QString &address)
    {
        return QString::fromLatin1(QCryptographicHash::hash(address.toUtf8(), QCryptographicHash::Sha256).toHex());
    }

    Connection &m_connection;
    int m_count;
    qint64 m_start;
    std::mt19937 m_random{20'260'615};
    QStringList m_templates, m_domains;
    BulkInsert m_messages, m_events;
};

} // namespace

void fillDelivery(const storage::DatabaseConfig &database, int messages, const QDateTime &now)
{
    storage::DatabaseConfig patient = database;
    patient.statementTimeoutMs = 0;
    const auto connection = must(Connection::open(patient));
    const bool sqlite = connection->isSqlite();
    const Stopwatch watch;
    // No link is checked and no trigger runs while rows that are known to fit come in.
    must(connection->executeScript(sqlite ? QStringLiteral("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; "
                                                           "PRAGMA cache_size = -200000")
                                          : QStringLiteral("SET session_replication_role = replica; "
                                                           "SET maintenance_work_mem = '256MB'")));
    WithoutIndexes indexes(*connection);
    const qint64 events = Mails(*connection, messages, now).write();
    indexes.restore();
    if (!sqlite)
        must(connection->executeScript(
            QStringLiteral("VACUUM ANALYZE forwarder_sent; VACUUM ANALYZE email_delivery_events")));
    printFigure(QStringLiteral("%1 messages, %2 events on %3")
                    .arg(messages)
                    .arg(events)
                    .arg(sqlite ? QStringLiteral("SQLite") : QStringLiteral("PostgreSQL")),
                QStringLiteral("%1 s").arg(watch.ms() / 1000, 0, 'f', 1));
}

} // namespace bench
