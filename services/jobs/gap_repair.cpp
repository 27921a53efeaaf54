#include "services/jobs/gap_repair.h"

#include <QJsonDocument>
#include <QLoggingCategory>
#include <QSet>

#include <algorithm>

namespace jobs {

using domain::Done;
using domain::Result;
using usecases::Env;
using usecases::ProviderEvent;
using Open = usecases::EmailLedgerRepository::Open;

namespace {
Q_LOGGING_CATEGORY(logRepair, "email.repair")

/// The cursor whose time is that of the last nightly run.
const QString nightlyCursor = QStringLiteral("email_repair_nightly");

/// From this many messages on, whole pages of the provider's log are cheaper than a question for each.
constexpr qsizetype worthPaging = 20;
constexpr int pageSize = 2500; // what the provider gives at most
/// How long after its acceptance a message still has events worth asking for.
constexpr int daysOfEvents = 10;

QDateTime lastNight(const QDateTime &now, const QTime &at)
{
    const QDateTime today(now.date(), at, Qt::UTC);
    return today <= now ? today : today.addDays(-1);
}

} // namespace

GapRepair::GapRepair(usecases::WorkSource &work, usecases::MailEventLog &log, const platform::Clock &clock,
                     Settings settings)
    : m_work(work)
    , m_log(log)
    , m_clock(clock)
    , m_settings(settings)
{
}

bool GapRepair::isDue(const QDateTime &now, bool &requested)
{
    bool nightly = false;
    const auto asked = m_work.write([&](const Env &env) -> Result<Done> {
        auto open = env.work.jobs().hasOpenRequest(name());
        auto night = env.work.jobs().cursor(nightlyCursor);
        if (!open || !night)
            return open ? night.error() : open.error();
        requested = *open;
        const QDateTime due = lastNight(now, m_settings.nightlyAt);
        if (!*night) // a new installation has no gap from before it
            return env.work.jobs().setCursor(nightlyCursor, {due, {}}, now);
        nightly = (*night)->at < due;
        return Done{};
    });
    return asked && (requested || nightly);
}

JobResult GapRepair::run(const std::atomic_bool &stop)
{
    const QDateTime startedAt = m_clock.now();
    bool requested = false;
    if (!isDue(startedAt, requested))
        return {QString(), false, 0};
    const Progress progress = repair(stop);
    if (stop)
        return {QStringLiteral("interrupted"), false, 0};
    finish(startedAt, requested, progress);
    qCInfo(logRepair, "looked=%d recovered=%d %s", progress.looked, progress.recovered, qPrintable(progress.problem));
    return {progress.problem.isEmpty()
                ? QStringLiteral("ok recovered=%1 of %2").arg(progress.recovered).arg(progress.looked)
                : progress.problem,
            false, 0};
}

GapRepair::Progress GapRepair::repair(const std::atomic_bool &stop)
{
    Progress progress;
    QDateTime after = QDateTime::fromMSecsSinceEpoch(0, Qt::UTC);
    QString afterId;
    while (!stop && progress.problem.isEmpty()) {
        QList<Open> open;
        const auto read = m_work.read([&](const Env &env) -> Result<Done> {
            auto rows = usecases::openMessages(env, m_log.provider(), m_settings.repair, after, afterId);
            if (!rows)
                return rows.error();
            open = std::move(rows).value();
            return Done{};
        });
        if (!read)
            progress.problem = read.error().key;
        if (open.isEmpty())
            break;
        after = open.last().acceptedAt;
        afterId = open.last().id;
        if (!repairBatch(open, progress, stop))
            break;
    }
    return progress;
}

Result<QList<ProviderEvent>> GapRepair::fetch(const QList<Open> &open, const std::atomic_bool &stop)
{
    QList<ProviderEvent> events;
    if (open.size() < worthPaging) {
        for (const Open &row : open) {
            auto told = m_log.eventsOf(row.providerId);
            if (!told)
                return told.error();
            events += *told;
        }
        return events;
    }
    QSet<QString> wanted;
    for (const Open &row : open)
        wanted.insert(domain::normalizedMessageId(row.providerId));
    const QDateTime until = std::min(m_clock.now(), open.last().acceptedAt.addDays(daysOfEvents));
    for (int offset = 0; !stop; offset += pageSize) {
        auto page = m_log.events(open.first().acceptedAt, until, pageSize, offset);
        if (!page)
            return page.error();
        for (const ProviderEvent &event : std::as_const(page.value())) {
            if (wanted.contains(domain::normalizedMessageId(event.messageId)))
                events.append(event);
        }
        if (page->size() < pageSize)
            break;
    }
    return events;
}

bool GapRepair::repairBatch(const QList<Open> &open, Progress &progress, const std::atomic_bool &stop)
{
    const auto events = fetch(open, stop);
    if (!events) {
        progress.problem = events.error().key;
        return false;
    }
    progress.looked += int(open.size());
    const auto applied = m_work.write([&](const Env &env) -> Result<Done> {
        auto recovered = usecases::applyRepairs(env, m_log.provider(), *events);
        if (!recovered)
            return recovered.error();
        progress.recovered += *recovered;
        return Done{};
    });
    if (!applied)
        progress.problem = applied.error().key;
    return progress.problem.isEmpty();
}

void GapRepair::finish(const QDateTime &startedAt, bool requested, const Progress &progress)
{
    const QJsonObject result{{QStringLiteral("looked"), progress.looked},
                             {QStringLiteral("recovered"), progress.recovered},
                             {QStringLiteral("problem"), progress.problem}};
    const auto kept = m_work.write([&](const Env &env) {
        return env.work.transaction([&]() -> Result<Done> {
            const QDateTime now = m_clock.now();
            if (progress.problem.isEmpty()) {
                const QDateTime night = lastNight(startedAt, m_settings.nightlyAt);
                if (auto moved = env.work.jobs().setCursor(nightlyCursor, {night, {}}, now); !moved)
                    return moved;
            }
            if (requested) {
                const QByteArray text = QJsonDocument(result).toJson(QJsonDocument::Compact);
                if (auto closed = env.work.jobs().closeRequests(name(), startedAt, now, text); !closed)
                    return closed;
            }
            return env.work.announce(QStringLiteral("email"), {});
        });
    });
    if (!kept)
        qCWarning(logRepair, "the end of a repair could not be recorded: %s", qPrintable(kept.error().key));
}

} // namespace jobs
