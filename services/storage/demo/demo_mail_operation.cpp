#include "services/storage/demo/demo_mail_operation.h"

#include "models/domain/audit_kind_names.h"
#include "services/storage/demo/demo_life_builder.h"
#include "services/usecases/email_jobs.h"

#include <QJsonDocument>

namespace storage::demo {

namespace kinds = domain::kinds;

namespace {

constexpr quint64 operationStream = 7'000'000'003ULL;
constexpr qint64 secondMs = 1000;
const QString provider = QStringLiteral("brevo");

class Operator {
public:
    Operator(quint64 seed, const MailCalendar &calendar, const MailTotals &totals)
        : m_random(seed, operationStream)
        , m_calendar(calendar)
        , m_totals(totals)
    {
    }
    MailOperation tell(const Inbox &inbox);

private:
    void refuse(const QString &subnet, qint64 firstMs, qint64 lastMs, qint64 count, bool supplied, bool isFirstWord);
    void tellRefusals();
    void tellJobs();
    void tellRequest();
    void tellReplay(const Inbox &inbox);

    Random m_random;
    const MailCalendar &m_calendar;
    const MailTotals &m_totals;
    MailOperation m_all;
};

MailOperation Operator::tell(const Inbox &inbox)
{
    tellRefusals();
    tellJobs();
    tellRequest();
    if (!inbox.replayed.isNull())
        tellReplay(inbox);
    // Spec 01: one dunning mail a day.
    const QString day = timeText(m_calendar.nowMs - 3 * dayMs).left(10);
    m_all.dedup << DedupRow{QStringLiteral("dunning:%1:%2").arg(m_totals.dunned, day), QStringLiteral("payment.failed"),
                            m_calendar.nowMs - 3 * dayMs};
    return std::move(m_all);
}

void Operator::refuse(const QString &subnet, qint64 firstMs, qint64 lastMs, qint64 count, bool supplied,
                      bool isFirstWord)
{
    AuditFacts facts;
    facts.atMs = lastMs;
    AuditRow row = makeAuditRow(kinds::webhookBrevoUnauthorized, facts,
                                {{QStringLiteral("have_configured_secret"), true},
                                 {QStringLiteral("have_url_param"), supplied},
                                 {QStringLiteral("source_ip_subnet"), subnet}},
                                m_random);
    row.summary = isFirstWord ? QStringLiteral("Webhook call with a wrong secret (brevo)")
                              : QStringLiteral("%1 more webhook calls with a wrong secret (brevo)").arg(count);
    QJsonObject metadata = QJsonDocument::fromJson(row.metadata).object();
    metadata.insert(QStringLiteral("calls"), count);
    row.metadata = QJsonDocument(metadata).toJson(QJsonDocument::Compact);
    m_all.audit << row;
    m_all.refusals << RefusalRow{m_random.uuid(), row.id, subnet, firstMs, lastMs, count};
}

void Operator::tellRefusals()
{
    const qint64 burstMs = m_calendar.nowMs / dayMs * dayMs - 2 * dayMs + 3 * hourMs + 12 * minuteMs;
    const QString scanner = QStringLiteral("198.51.100.0/24");
    refuse(scanner, burstMs, burstMs, 1, true, true);
    refuse(scanner, burstMs, burstMs + 58 * secondMs, 412, true, false);
    const qint64 loneMs = m_calendar.nowMs - 1290 * minuteMs;
    refuse(QStringLiteral("203.0.113.0/24"), loneMs, loneMs, 1, false, true);
}

void Operator::tellJobs()
{
    const qint64 now = m_calendar.nowMs;
    const qint64 night = m_calendar.lastNightMs;
    m_all.cursors << CursorRow{usecases::forwarderJob, m_totals.lastPlanned.id, m_totals.lastPlanned.atMs};
    m_all.cursors << CursorRow{QStringLiteral("email_repair_nightly"), {}, night};
    const QString first = QStringLiteral("host-1:2214:5f0c21ab");
    const QString second = QStringLiteral("host-2:1876:c07e93d1");
    const auto lease = [this](const QString &job, const QString &holder, qint64 startedMs, qint64 ms,
                              const QString &result) {
        m_all.leases << LeaseRow{job, holder, result, m_calendar.nowMs + 15 * secondMs, startedMs, startedMs + ms};
    };
    lease(usecases::forwarderJob, first, now - 6 * secondMs, 41, QStringLiteral("ok"));
    lease(usecases::gapRepairJob, first, night + 2 * secondMs, 44 * secondMs,
          QStringLiteral("ok recovered=%1 of %2").arg(m_totals.recovered).arg(m_totals.openLastNight));
    lease(QStringLiteral("email_parked"), second, now - 31 * secondMs, 6, QStringLiteral("ok"));
    lease(QStringLiteral("webhook_retention"), second, now - 17 * minuteMs, 12, QStringLiteral("ok"));
}

void Operator::tellRequest()
{
    const qint64 atMs = repairRequestMs(m_calendar);
    RequestRow request;
    request.id = m_random.uuid();
    request.job = usecases::gapRepairJob;
    request.by = operatorEmails().at(1);
    request.requestedMs = atMs;
    request.startedMs = atMs + 4 * secondMs;
    request.finishedMs = atMs + 19 * secondMs;
    request.result = QJsonDocument(QJsonObject{{QStringLiteral("looked"), m_totals.openAtRequest},
                                               {QStringLiteral("recovered"), 0},
                                               {QStringLiteral("problem"), QString()}})
                         .toJson(QJsonDocument::Compact);
    m_all.requests << request;
    AuditFacts facts;
    facts.atMs = atMs;
    m_all.audit << makeAuditRow(kinds::adminEmailRepairRequested, facts,
                                {{QStringLiteral("by_admin_email"), request.by}}, m_random);
}

void Operator::tellReplay(const Inbox &inbox)
{
    AuditFacts facts;
    facts.atMs = inbox.replayedMs;
    m_all.audit << makeAuditRow(kinds::adminWebhookReplayed, facts,
                                {{QStringLiteral("webhook_id"), inbox.replayed.toString(QUuid::WithoutBraces)},
                                 {QStringLiteral("provider"), provider},
                                 {QStringLiteral("outcome"), QStringLiteral("no_change")},
                                 {QStringLiteral("effects"), 0},
                                 {QStringLiteral("by_admin_email"), operatorEmails().first()}},
                                m_random);
}

} // namespace

qint64 repairRequestMs(const MailCalendar &calendar)
{
    // On the second day of the incident: nothing was missing, the receiver had refused it all.
    return calendar.incidentFromMs + 19 * hourMs + 35 * minuteMs;
}

MailOperation makeMailOperation(quint64 seed, const MailCalendar &calendar, const MailTotals &totals,
                                const Inbox &inbox)
{
    return Operator(seed, calendar, totals).tell(inbox);
}

} // namespace storage::demo
