#include "services/usecases/webhooks/refusal_log.h"

#include <QJsonDocument>

namespace usecases {

using domain::Done;
using domain::Result;

std::optional<RefusalLog::Burst> RefusalLog::note(const ports::WebhookRefusal &refusal, const QDateTime &now)
{
    ports::WebhookRefusal kept = refusal;
    QString key = refusal.provider + QLatin1Char('|') + refusal.subnet;
    if (!m_running.contains(key) && m_running.size() >= maxSubnets) {
        kept.subnet.clear();
        key = refusal.provider + QStringLiteral("|others");
    }
    const auto it = m_running.find(key);
    if (it != m_running.end()) {
        ++it->count;
        it->lastAt = now;
        return std::nullopt;
    }
    m_running.insert(key, Burst{kept, now, now, 0, false});
    return Burst{kept, now, now, 1, true};
}

QList<RefusalLog::Burst> RefusalLog::ended(const QDateTime &now, bool everything)
{
    QList<Burst> over;
    m_running.removeIf([&](const std::pair<const QString &, Burst &> &entry) {
        const Burst &burst = entry.second;
        if (!everything && burst.firstAt.msecsTo(now) < burstMs)
            return false;
        if (burst.count > 0)
            over.append(burst);
        return true;
    });
    return over;
}

namespace {

QLatin1StringView kindOf(const QString &provider)
{
    return provider == QLatin1StringView("razorpay") ? domain::kinds::webhookRazorpayUnauthorized
                                                     : domain::kinds::webhookBrevoUnauthorized;
}

domain::AuditEntry entryOf(const RefusalLog::Burst &burst)
{
    domain::AuditEntry entry;
    entry.id = domain::AuditId::random();
    entry.actor = QStringLiteral("system");
    entry.kind = kindOf(burst.refusal.provider);
    entry.createdAt = burst.lastAt;
    entry.summary = burst.isFirstWord
                        ? QStringLiteral("Webhook call with a wrong secret (%1)").arg(burst.refusal.provider)
                        : QStringLiteral("%1 more webhook calls with a wrong secret (%2)")
                              .arg(burst.count)
                              .arg(burst.refusal.provider);
    const QJsonObject metadata{{QStringLiteral("have_configured_secret"), burst.refusal.haveConfiguredSecret},
                               {QStringLiteral("have_url_param"), burst.refusal.haveSuppliedSecret},
                               {QStringLiteral("source_ip_subnet"), burst.refusal.subnet},
                               {QStringLiteral("calls"), burst.count}};
    entry.metadata = QJsonDocument(metadata).toJson(QJsonDocument::Compact);
    return entry;
}

} // namespace

Result<Done> writeRefusals(const Env &env, const QList<RefusalLog::Burst> &bursts)
{
    if (bursts.isEmpty())
        return Done{};
    return env.work.transaction([&]() -> Result<Done> {
        QList<WebhookInboxRepository::Refusal> rows;
        for (const RefusalLog::Burst &burst : bursts) {
            const domain::AuditEntry entry = entryOf(burst);
            if (auto written = writeAudit(env, entry); !written)
                return written;
            rows.append(
                {burst.refusal.provider, burst.refusal.subnet, burst.firstAt, burst.lastAt, burst.count, entry.id});
        }
        return env.work.inbox().insertRefusals(rows);
    });
}

} // namespace usecases
