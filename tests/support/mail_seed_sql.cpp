// How the mail seed gets into a database: one INSERT per row, nothing of the repositories under test.
#include "models/domain/mask.h"
#include "services/storage/connection.h"
#include "services/usecases/email_jobs.h"
#include "tests/support/mail_seed.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <stdexcept>

namespace test {

using domain::Done;
using domain::Result;
using storage::toSqlTime;

namespace {

/// One row, column by column.
class Insert {
public:
    Insert(storage::Connection &connection, const char *table)
        : m_connection(connection)
        , m_table(QString::fromLatin1(table))
    {
    }
    Insert &set(const char *column, const QVariant &value)
    {
        m_columns.append(QString::fromLatin1(column));
        m_values.append(value);
        return *this;
    }
    /// Leaves a row alone that is there already.
    Insert &orKeep()
    {
        m_ending = QStringLiteral(" ON CONFLICT DO NOTHING");
        return *this;
    }
    Result<Done> run() const
    {
        const QString marks = QStringList(m_columns.size(), QStringLiteral("?")).join(QStringLiteral(", "));
        const QString columns = m_columns.join(QStringLiteral(", "));
        return m_connection
            .execute(QStringLiteral("INSERT INTO %1 (%2) VALUES (%3)").arg(m_table, columns, marks) + m_ending,
                     m_values)
            .map([](qint64) { return Done{}; });
    }

private:
    storage::Connection &m_connection;
    QString m_table, m_ending;
    QStringList m_columns;
    QVariantList m_values;
};

QString sha256(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

template <typename Id>
QVariant idOrNull(const std::optional<Id> &id)
{
    return id ? QVariant(id->toString()) : QVariant();
}

QString json(const QJsonArray &array)
{
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

class MailWriter {
public:
    MailWriter(storage::Connection &connection, const MailSeed &seed) : m_connection(connection), m_seed(seed) {}

    Result<Done> write()
    {
        if (auto known = readTeams(); !known)
            return known;
        for (const auto part : {&MailWriter::writeEntries, &MailWriter::writeMessages, &MailWriter::writeParked,
                                &MailWriter::writeSuppressions, &MailWriter::writeWebhooks, &MailWriter::writeRefusals,
                                &MailWriter::writeJobs}) {
            if (auto done = (this->*part)(); !done)
                return done;
        }
        return Done{};
    }

private:
    template <typename T, typename F>
    static Result<Done> each(const QList<T> &rows, F &&write)
    {
        for (const T &row : rows) {
            if (auto done = write(row); !done)
                return done;
        }
        return Done{};
    }

    Result<Done> readTeams()
    {
        return m_connection.select(QStringLiteral("SELECT id FROM teams"), {}, [this](const storage::Row &row) {
            m_teams.insert(domain::TeamId(row.uuid(0)));
            return true;
        });
    }

    QVariant team(const std::optional<domain::TeamId> &id) const
    {
        return id && m_teams.contains(*id) ? QVariant(id->toString()) : QVariant();
    }

    Result<Done> writeEntries()
    {
        return each(m_seed.audit, [this](const domain::AuditEntry &entry) {
            const QVariant metadata =
                entry.metadata.isEmpty() ? QVariant() : QVariant(QString::fromUtf8(entry.metadata));
            return Insert(m_connection, "audit_log")
                .set("id", entry.id.toString())
                .set("team_id", team(entry.team))
                .set("actor", entry.actor)
                .set("kind", entry.kind)
                .set("summary", entry.summary)
                .set("metadata", metadata)
                .set("created_at", toSqlTime(entry.createdAt))
                .run();
        });
    }

    Result<Done> writeMessages()
    {
        return each(m_seed.messages, [this](const SeedMessage &message) -> Result<Done> {
            if (auto done = ledgerRow(message); !done)
                return done;
            return each(message.events, [this](const usecases::EventRow &row) { return eventRow(row); });
        });
    }

    Result<Done> ledgerRow(const SeedMessage &message)
    {
        const domain::DeliveryFold fold = message.fold();
        const bool ours = !message.ofReference;
        const QByteArray address = domain::normalizedAddress(message.address).toUtf8();
        Insert row(m_connection, "forwarder_sent");
        row.set("audit_id", message.id)
            .set("audit_log_id", idOrNull(message.audit))
            .set("team_id", team(message.team))
            .set("sent_at", toSqlTime(message.sentAt()))
            .set("provider", message.provider)
            .set("provider_id", message.providerId)
            .set("recipient", domain::maskLedgerEmail(message.address))
            .set("recipient_domain", ours ? domain::addressDomain(message.address) : QString())
            .set("recipient_sha256", ours && !address.isEmpty() ? sha256(address) : QString())
            .set("template_kind", message.templateKind)
            .set("subject", ours ? message.subject : QString())
            .set("classification", domain::ledgerClassName(message.ledgerClass()))
            .set("intended_at", ours ? QVariant(toSqlTime(message.intendedAt)) : QVariant())
            .set("accepted_at", toSqlTime(message.acceptedAt))
            .set("attempts", message.attempts)
            .set("last_error", message.lastError)
            .set("reason", message.reason)
            .set("repaired_at", toSqlTime(message.repairedAt));
        if (message.ledgerClass() == domain::LedgerClass::Intended)
            row.set("next_attempt_at", toSqlTime(m_seed.now.addSecs(300)));
        return foldColumns(row, fold, message.acceptedAt.has_value()).run();
    }

    static Insert &foldColumns(Insert &row, const domain::DeliveryFold &fold, bool accepted)
    {
        return row.set("outcome", accepted ? fold.storedOutcome() : QStringLiteral("none"))
            .set("delivered_at", toSqlTime(fold.deliveredAt()))
            .set("delivered_event_at", toSqlTime(fold.delivered))
            .set("deferred_at", toSqlTime(fold.deferred))
            .set("soft_bounced_at", toSqlTime(fold.softBounced))
            .set("hard_bounced_at", toSqlTime(fold.hardBounced))
            .set("blocked_at", toSqlTime(fold.blocked))
            .set("errored_at", toSqlTime(fold.errored))
            .set("complained_at", toSqlTime(fold.complained))
            .set("unsubscribed_at", toSqlTime(fold.unsubscribed))
            .set("opened_at", toSqlTime(fold.opened))
            .set("last_event_at", toSqlTime(fold.lastEvent));
    }

    Result<Done> eventRow(const usecases::EventRow &event)
    {
        return Insert(m_connection, "email_delivery_events")
            .set("id", event.stored.toString(QUuid::WithoutBraces))
            .set("audit_id", event.ledgerId.isEmpty() ? QVariant() : QVariant(event.ledgerId))
            .set("provider", event.provider)
            .set("message_id", event.messageId)
            .set("event", domain::deliveryEventName(event.event))
            .set("event_at", toSqlTime(event.at))
            .set("received_at", toSqlTime(event.receivedAt))
            .set("recipient", domain::maskLedgerEmail(event.address))
            .set("reason", event.reason)
            .set("inbox_id", idOrNull(event.webhook))
            .set("repaired", event.repaired)
            .run();
    }

    Result<Done> writeParked()
    {
        return each(m_seed.parked, [this](const usecases::EventRow &row) { return eventRow(row); });
    }

    Result<Done> writeSuppressions()
    {
        quint32 number = 0;
        auto events = each(m_seed.suppressions, [&](const usecases::SuppressionEvent &event) {
            return Insert(m_connection, "email_events")
                .set("id", uuid(0xD00000 + number++).toString(QUuid::WithoutBraces))
                .set("provider", event.provider)
                .set("event_type", event.eventType)
                .set("email", event.address)
                .set("reason", event.reason.isEmpty() ? QVariant() : QVariant(event.reason))
                .set("raw", QString::fromUtf8(event.raw))
                .set("created_at", toSqlTime(event.at))
                .run();
        });
        if (!events)
            return events;
        return each(m_seed.lifts, [this](const SeedLift &lift) {
            return Insert(m_connection, "email_suppression_lifts")
                .set("email", lift.address)
                .set("reason", lift.reason)
                .set("lifted_by", QStringLiteral("ada@example.com"))
                .set("created_at", toSqlTime(lift.at))
                .run();
        });
    }

    Result<Done> writeWebhooks()
    {
        return each(m_seed.webhooks, [this](const SeedWebhook &webhook) {
            const usecases::InboxEntry &entry = webhook.entry;
            QJsonArray headers, effects;
            for (const auto &[name, value] : entry.headers)
                headers.append(QJsonArray{name, value});
            for (const ports::WebhookEffect &effect : entry.effects)
                effects.append(QJsonObject{{QStringLiteral("object"), effect.object},
                                           {QStringLiteral("field"), effect.field},
                                           {QStringLiteral("before"), effect.before},
                                           {QStringLiteral("after"), effect.after}});
            return Insert(m_connection, "webhook_inbox")
                .set("id", entry.id.toString())
                .set("provider", entry.provider)
                .set("received_at", toSqlTime(entry.receivedAt))
                .set("headers", json(headers))
                .set("body", entry.body)
                .set("body_sha256", sha256(entry.body))
                .set("signature", ports::signatureVerdictName(entry.signature))
                .set("event_type", entry.eventType)
                .set("event_count", entry.eventCount)
                .set("object_id", entry.objectId)
                .set("team_id", team(entry.team))
                .set("duplicate_of", idOrNull(entry.duplicateOf))
                .set("outcome", ports::webhookOutcomeName(entry.outcome))
                .set("matched", entry.matched)
                .set("changed", entry.changed)
                .set("effects", json(effects))
                .set("error", entry.error)
                .set("processed_at", toSqlTime(entry.receivedAt))
                .set("request_id", entry.requestId)
                .set("processing_us", entry.processingUs)
                .set("replays", webhook.replays)
                .set("last_replayed_at", toSqlTime(webhook.lastReplayedAt))
                .run();
        });
    }

    Result<Done> writeRefusals()
    {
        return each(m_seed.refusals, [this](const usecases::WebhookInboxRepository::Refusal &refusal) {
            return Insert(m_connection, "webhook_refusals")
                .set("provider", refusal.provider)
                .set("subnet", refusal.subnet)
                .set("first_at", toSqlTime(refusal.firstAt))
                .set("last_at", toSqlTime(refusal.lastAt))
                .set("count", refusal.count)
                .run();
        });
    }

    Result<Done> writeJobs()
    {
        auto cursor = Insert(m_connection, "job_cursors")
                          .set("name", QString(usecases::forwarderJob))
                          .set("at", toSqlTime(m_seed.now.addSecs(-60)))
                          .orKeep()
                          .run();
        if (!cursor)
            return cursor;
        if (auto run = jobRun(usecases::forwarderJob, m_seed.forwarderAt, QStringLiteral("ok")); !run)
            return run;
        if (auto run = jobRun(usecases::gapRepairJob, m_seed.repairAt, QStringLiteral("ok")); !run)
            return run;
        return Insert(m_connection, "job_requests")
            .set("job", QString(usecases::gapRepairJob))
            .set("requested_by", QStringLiteral("ada@example.com"))
            .set("requested_at", toSqlTime(m_seed.repairAt->addSecs(-60)))
            .set("started_at", toSqlTime(m_seed.repairAt->addSecs(-50)))
            .set("finished_at", toSqlTime(m_seed.repairAt))
            .set("result", QStringLiteral("{\"recovered\":5}"))
            .run();
    }

    Result<Done> jobRun(QLatin1StringView job, const std::optional<QDateTime> &finishedAt, const QString &result)
    {
        return Insert(m_connection, "job_leases")
            .set("name", QString(job))
            .set("holder", QString())
            .set("held_until", toSqlTime(finishedAt))
            .set("last_started_at", toSqlTime(finishedAt->addSecs(-2)))
            .set("last_finished_at", toSqlTime(finishedAt))
            .set("last_result", result)
            .orKeep()
            .run();
    }

    storage::Connection &m_connection;
    const MailSeed &m_seed;
    QSet<domain::TeamId> m_teams;
};

} // namespace

Result<Done> writeMail(storage::Connection &connection, const MailSeed &seed)
{
    return connection.inTransaction([&] { return MailWriter(connection, seed).write(); });
}

void seedMail(storage::Connection &connection, const QDateTime &now)
{
    if (auto written = writeMail(connection, mailSeed(now)); !written)
        throw std::runtime_error((written.error().key + QLatin1Char(' ') + written.error().detail).toStdString());
}

} // namespace test
