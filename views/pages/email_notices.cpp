#include "views/pages/email_notices.h"

#include "models/domain/format.h"
#include "views/dialogs/error_text.h"

#include <QCoreApplication>

namespace pages {

namespace {
using widgets::Notice;
using widgets::Tone;

/// The forwarder runs every few seconds; this long without a finished run is not a matter of load.
constexpr qint64 forwarderLateSeconds = 15 * 60;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(EmailNotices)
};

/// Accepted mail since the last event, as far as the window shows it: without mail a receiver may be silent.
bool acceptedLately(const EmailFigures &shown, const QDateTime &since)
{
    if (!shown.series)
        return false;
    for (const ports::DeliveryPoint &point : shown.series->cohorts)
        if (point.start.addSecs(shown.series->stepSeconds) > since && point.counts.accepted() > 0)
            return true;
    return false;
}

void addReceiver(const EmailFigures &shown, const ports::EmailHealth &health, QList<Notice> &notices)
{
    const QDateTime last = health.lastEventAt.value_or(QDateTime());
    const bool silent = !last.isValid() || last.msecsTo(health.asOf) > domain::receiverSilentMs;
    if (!silent || !acceptedLately(shown, last.isValid() ? last : health.asOf.addDays(-1)))
        return;
    const QString since =
        last.isValid() ? Words::tr("since %1").arg(domain::relativeText(last, health.asOf)) : Words::tr("so far");
    notices << Notice{QStringLiteral("silent"),
                      Words::tr("No delivery event came in %1, though mail was accepted. Ratios of this time say "
                                "nothing until events come again.")
                          .arg(since),
                      Tone::Bad, Words::tr("Open webhook inbox")};
}

void addForwarder(const ports::EmailHealth &health, QList<Notice> &notices)
{
    const QString waiting =
        health.waiting > 0
            ? Words::tr(" %1 since %2.")
                  .arg(domain::plural(health.waiting, Words::tr("message waits"), Words::tr("messages wait")),
                       domain::relativeText(health.oldestWaiting.value_or(health.asOf), health.asOf))
            : QString();
    const QString action = health.waiting > 0 ? Words::tr("Show waiting") : QString();
    const bool ok = health.forwarderResult.isEmpty() || health.forwarderResult == QLatin1StringView("ok");
    if (!ok)
        notices << Notice{
            QStringLiteral("forwarder"),
            Words::tr("The forwarder holds: %1.%2").arg(domain::wordText(health.forwarderResult), waiting),
            Tone::Warning, action};
    else if (health.forwarderAt && health.forwarderAt->secsTo(health.asOf) > forwarderLateSeconds)
        notices << Notice{QStringLiteral("forwarder"),
                          Words::tr("The forwarder last finished a run %1: no headless server sends mail.%2")
                              .arg(domain::relativeText(*health.forwarderAt, health.asOf), waiting),
                          Tone::Warning, action};
}
} // namespace

QList<Notice> emailNotices(const EmailFigures &shown, const QDateTime &nowUtc)
{
    QList<Notice> notices;
    if (shown.error && shown.error->code != domain::ErrorCode::Cancelled) {
        const QString age =
            shown.figures
                ? Words::tr(" What you see is from %1.").arg(domain::relativeText(shown.figures->asOf, nowUtc))
                : QString();
        notices << Notice{QStringLiteral("failed"),
                          Words::tr("Not all figures could be loaded. %1%2 (error id %3)")
                              .arg(dialogs::errorText(*shown.error), age, shown.errorId),
                          Tone::Bad, Words::tr("Retry")};
    }
    if (!shown.health)
        return notices;
    const ports::EmailHealth &health = *shown.health;
    addReceiver(shown, health, notices);
    addForwarder(health, notices);
    if (health.refusals24h > 0)
        notices << Notice{QStringLiteral("refused"),
                          Words::tr("%1 with a wrong secret in 24 h, the last one %2.")
                              .arg(domain::plural(health.refusals24h, Words::tr("webhook call was refused"),
                                                  Words::tr("webhook calls were refused")),
                                   domain::relativeText(health.lastRefusalAt.value_or(health.asOf), health.asOf)),
                          Tone::Warning, Words::tr("Show in audit log")};
    if (health.parked > 0)
        notices << Notice{
            QStringLiteral("parked"),
            Words::tr("%1 for messages that are not in the ledger, the oldest %2.")
                .arg(domain::plural(health.parked, Words::tr("event is parked"), Words::tr("events are parked")),
                     domain::relativeText(health.oldestParked.value_or(health.asOf), health.asOf)),
            Tone::Neutral, Words::tr("Open webhook inbox")};
    return notices;
}

} // namespace pages
