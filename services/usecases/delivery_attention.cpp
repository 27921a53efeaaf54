#include "services/usecases/delivery_attention.h"

#include "models/domain/delivery_health.h"
#include "models/domain/format.h"

namespace usecases {

using domain::countText;
using domain::durationText;
using domain::percentText;
using domain::Verdict;
using ports::AttentionItem;
using ports::AttentionKind;

namespace {

constexpr int bad = 3, warning = 2, weekDays = 7;

bool outOfBounds(Verdict verdict)
{
    return verdict == Verdict::Amber || verdict == Verdict::Red;
}

int severityOf(Verdict verdict)
{
    return verdict == Verdict::Red ? bad : warning;
}

QString plain(qint64 count, const char *one, const char *many)
{
    return domain::plural(count, QString::fromLatin1(one), QString::fromLatin1(many));
}

/// The first day of the latest run of days that were out of bounds themselves; days with too little mail to say do not
/// end it. The beginning of the week where no day says anything.
QDateTime sinceWhen(const ports::DeliverySummary &summary, Verdict (*verdictOf)(const domain::OutcomeCounts &),
                    const QDateTime &now)
{
    std::optional<QDate> first;
    for (auto day = summary.byDay.crbegin(); day != summary.byDay.crend(); ++day) {
        const Verdict verdict = verdictOf(day->counts);
        if (verdict == Verdict::Good)
            break;
        if (outOfBounds(verdict))
            first = day->day;
    }
    return first ? QDateTime(*first, QTime(0, 0), Qt::UTC) : now.addDays(-weekDays);
}

void addRatio(const DeliveryState &state, const QDateTime &now, QList<AttentionItem> &items)
{
    const domain::OutcomeCounts &counts = state.summary.counts7d;
    const Verdict verdict = domain::ratioVerdict(counts);
    const auto interval = domain::settledInterval(counts);
    if (!outOfBounds(verdict) || !interval)
        return;
    items.append({AttentionKind::DeliveryRatio,
                  severityOf(verdict),
                  QStringLiteral("E-mail delivery at %1").arg(percentText(domain::settledRatio(counts), 1)),
                  QStringLiteral("%1 of %2 settled mails of 7 days arrived; 95 % interval %3 – %4")
                      .arg(countText(counts.delivered), countText(counts.settled()), percentText(interval->low, 1),
                           percentText(interval->high, 1)),
                  {},
                  sinceWhen(state.summary, domain::ratioVerdict, now)});
}

void addUnknown(const DeliveryState &state, const QDateTime &now, QList<AttentionItem> &items)
{
    const domain::OutcomeCounts &counts = state.summary.counts7d;
    const Verdict verdict = domain::unknownVerdict(counts);
    if (!outOfBounds(verdict))
        return;
    items.append({AttentionKind::UnknownRate,
                  severityOf(verdict),
                  QStringLiteral("%1 without an outcome").arg(plain(counts.unknown, "mail", "mails")),
                  QStringLiteral("%1 of those older than 72 h: our receiver missed their events")
                      .arg(percentText(domain::unknownRate(counts), 1)),
                  {},
                  sinceWhen(state.summary, domain::unknownVerdict, now)});
}

void addSilence(const DeliveryState &state, const QDateTime &now, QList<AttentionItem> &items)
{
    const std::optional<QDateTime> &last = state.health.lastEventAt;
    const Verdict verdict = domain::receiverVerdict(last, state.acceptedLately, now);
    if (!outOfBounds(verdict))
        return;
    const QString accepted = QStringLiteral("%1 in the last 6 h")
                                 .arg(plain(state.acceptedLately, "mail was accepted", "mails were accepted"));
    items.append({AttentionKind::ReceiverSilent,
                  severityOf(verdict),
                  last ? QStringLiteral("No delivery webhook for %1").arg(durationText(last->secsTo(now)))
                       : QStringLiteral("No delivery webhook ever"),
                  accepted,
                  {},
                  last.value_or(now.addSecs(-domain::receiverSilentSeconds))});
}

void addParked(const DeliveryState &state, const QDateTime &now, QList<AttentionItem> &items)
{
    const std::optional<QDateTime> &oldest = state.health.oldestParked;
    if (state.health.parked == 0 || !oldest || oldest->secsTo(now) <= domain::parkedTooLongSeconds)
        return;
    items.append(
        {AttentionKind::ParkedEvents,
         warning,
         QStringLiteral("%1 without a message").arg(plain(state.health.parked, "delivery event", "delivery events")),
         QStringLiteral("the oldest waits for %1").arg(durationText(oldest->secsTo(now))),
         {},
         *oldest});
}

void addRefusals(const DeliveryState &state, const QDateTime &now, QList<AttentionItem> &items)
{
    const qint64 refused = state.health.refusals24h;
    if (refused < domain::unauthorizedBurst)
        return;
    items.append({AttentionKind::UnauthorizedBurst,
                  warning,
                  QStringLiteral("%1 refused").arg(plain(refused, "webhook call", "webhook calls")),
                  QStringLiteral("wrong secret or signature, in the last 24 h"),
                  {},
                  state.health.lastRefusalAt.value_or(now)});
}

void addForwarder(const DeliveryState &state, const QDateTime &now, QList<AttentionItem> &items)
{
    const ports::EmailHealth &health = state.health;
    const bool holds = !health.forwarderResult.isEmpty() && health.forwarderResult != QLatin1StringView("ok");
    const qint64 waitsFor = health.waiting > 0 && health.oldestWaiting ? health.oldestWaiting->secsTo(now) : 0;
    const bool late = waitsFor > domain::backlogTooOldSeconds;
    if (!holds && !late)
        return;
    QStringList facts;
    if (health.waiting > 0)
        facts << QStringLiteral("%1, the oldest for %2")
                     .arg(plain(health.waiting, "mail waits", "mails wait"), durationText(waitsFor));
    if (holds)
        facts << QStringLiteral("last run: %1").arg(health.forwarderResult);
    items.append({AttentionKind::ForwarderHolding,
                  late ? bad : warning,
                  holds ? QStringLiteral("The e-mail forwarder holds") : QStringLiteral("Mail is not being sent"),
                  facts.join(QStringLiteral("; ")),
                  {},
                  late ? *health.oldestWaiting : health.forwarderAt.value_or(now)});
}

} // namespace

QList<AttentionItem> deliveryAttention(const DeliveryState &state, const QDateTime &now)
{
    QList<AttentionItem> items;
    for (const auto add : {addRatio, addUnknown, addSilence, addParked, addRefusals, addForwarder})
        add(state, now, items);
    return items;
}

} // namespace usecases
