#include "views/pages/email_words.h"

#include "models/domain/format.h"
#include "models/items/message_table_model.h"

#include <QCoreApplication>
#include <QHash>

namespace pages {

namespace {
using charts::Segment;
using domain::DeliveryEvent;
using domain::DeliveryOutcome;
using widgets::Tone;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(EmailWords)
};

enum SeriesColor { Accent, Cyan, Amber, Red, Grey, Green };

Segment segment(DeliveryOutcome outcome, int color, Segment::Mark mark, bool hatched = false)
{
    return {domain::deliveryOutcomeName(outcome),
            items::outcomeText(outcome),
            0,
            color,
            mark,
            hatched,
            outcomeMeaning(outcome)};
}

struct EventLook {
    DeliveryEvent event;
    int color;
    bool hatched;
};

/// From what is well to what is not; two meanings of one colour differ by hatching.
const QList<EventLook> &eventLooks()
{
    static const QList<EventLook> all{
        {DeliveryEvent::Delivered, Green, false},  {DeliveryEvent::Deferred, Cyan, false},
        {DeliveryEvent::SoftBounce, Amber, false}, {DeliveryEvent::HardBounce, Red, false},
        {DeliveryEvent::Blocked, Red, true},       {DeliveryEvent::Invalid, Amber, true},
        {DeliveryEvent::Complaint, Accent, false}, {DeliveryEvent::Unsubscribed, Accent, true},
        {DeliveryEvent::Error, Grey, false},       {DeliveryEvent::Opened, Green, true},
        {DeliveryEvent::Click, Cyan, true},        {DeliveryEvent::Request, Grey, true}};
    return all;
}
} // namespace

Tone outcomeTone(const QString &state)
{
    static const QHash<QString, Tone> tones{
        {QStringLiteral("delivered"), Tone::Good},  {QStringLiteral("bounced_later"), Tone::Bad},
        {QStringLiteral("hard"), Tone::Bad},        {QStringLiteral("blocked"), Tone::Bad},
        {QStringLiteral("error"), Tone::Bad},       {QStringLiteral("soft"), Tone::Warning},
        {QStringLiteral("unknown"), Tone::Warning}, {QStringLiteral("permanent_drop"), Tone::Bad},
        {QStringLiteral("expired"), Tone::Warning}, {QStringLiteral("intended"), Tone::Accent},
        {QStringLiteral("pending"), Tone::Accent}};
    return tones.value(state, Tone::Neutral);
}

widgets::Ink verdictInk(domain::Verdict verdict)
{
    switch (verdict) {
    case domain::Verdict::None:
        return widgets::Ink::Text;
    case domain::Verdict::Good:
        return widgets::Ink::Good;
    case domain::Verdict::Amber:
        return widgets::Ink::Warning;
    case domain::Verdict::Red:
        return widgets::Ink::Bad;
    }
    Q_UNREACHABLE();
}

Tone verdictTone(domain::Verdict verdict)
{
    switch (verdict) {
    case domain::Verdict::None:
        return Tone::Neutral;
    case domain::Verdict::Good:
        return Tone::Good;
    case domain::Verdict::Amber:
        return Tone::Warning;
    case domain::Verdict::Red:
        return Tone::Bad;
    }
    Q_UNREACHABLE();
}

QString outcomeMeaning(DeliveryOutcome outcome)
{
    switch (outcome) {
    case DeliveryOutcome::Delivered:
        return Words::tr("The receiving server took it. That is not yet the inbox.");
    case DeliveryOutcome::BouncedLater:
        return Words::tr("Taken first, then refused for good: counts as a failure.");
    case DeliveryOutcome::Hard:
        return Words::tr("Refused for good: no such mailbox.");
    case DeliveryOutcome::Blocked:
        return Words::tr("Refused because of the sender, the content or an invalid address.");
    case DeliveryOutcome::Error:
        return Words::tr("The provider failed to deliver it.");
    case DeliveryOutcome::Soft:
        return Words::tr("Refused for the time being, and not delivered within 72 h.");
    case DeliveryOutcome::Pending:
        return Words::tr("No last word yet, younger than 72 h: not settled.");
    case DeliveryOutcome::Unknown:
        return Words::tr("No last word after 72 h: our blind spot, not the receiver's.");
    case DeliveryOutcome::Rejected:
        return Words::tr("Never accepted by the provider: not part of the ratio.");
    }
    Q_UNREACHABLE();
}

QList<Segment> outcomeSegments(const domain::OutcomeCounts &counts)
{
    using Mark = Segment::Mark;
    QList<Segment> segments{segment(DeliveryOutcome::Delivered, Green, Mark::Circle),
                            segment(DeliveryOutcome::BouncedLater, Accent, Mark::HalfCircle),
                            segment(DeliveryOutcome::Hard, Red, Mark::Square),
                            segment(DeliveryOutcome::Blocked, Amber, Mark::Diamond),
                            segment(DeliveryOutcome::Error, Red, Mark::Cross, true),
                            segment(DeliveryOutcome::Soft, Cyan, Mark::Triangle),
                            segment(DeliveryOutcome::Pending, Grey, Mark::Hatched, true),
                            segment(DeliveryOutcome::Unknown, Grey, Mark::Ring)};
    for (Segment &part : segments)
        part.count = counts.of(*domain::parseDeliveryOutcome(part.key));
    return segments;
}

QString eventTitle(const QString &event)
{
    static const QHash<QString, const char *> ours{
        {QStringLiteral("intended"), QT_TRANSLATE_NOOP("EmailWords", "Decided to send")},
        {QStringLiteral("accepted"), QT_TRANSLATE_NOOP("EmailWords", "Accepted by the provider")},
        {QStringLiteral("failed_attempt"), QT_TRANSLATE_NOOP("EmailWords", "Attempt failed")},
        {QStringLiteral("soft_bounce"), QT_TRANSLATE_NOOP("EmailWords", "Soft bounce")},
        {QStringLiteral("hard_bounce"), QT_TRANSLATE_NOOP("EmailWords", "Hard bounce")},
        {QStringLiteral("request"), QT_TRANSLATE_NOOP("EmailWords", "Taken over by the provider")},
        {QStringLiteral("complaint"), QT_TRANSLATE_NOOP("EmailWords", "Complaint: marked as spam")}};
    if (const char *known = ours.value(event, nullptr))
        return Words::tr(known);
    const QString words = domain::wordText(event);
    return words.left(1).toUpper() + words.mid(1);
}

Tone eventTone(const QString &event)
{
    const auto known = domain::parseDeliveryEvent(event);
    if (!known)
        return event == QLatin1StringView("failed_attempt") ? Tone::Warning : Tone::Neutral;
    switch (*known) {
    case DeliveryEvent::Delivered:
    case DeliveryEvent::Opened:
    case DeliveryEvent::Click:
        return Tone::Good;
    case DeliveryEvent::SoftBounce:
    case DeliveryEvent::Deferred:
    case DeliveryEvent::Unsubscribed:
        return Tone::Warning;
    case DeliveryEvent::HardBounce:
    case DeliveryEvent::Blocked:
    case DeliveryEvent::Invalid:
    case DeliveryEvent::Complaint:
    case DeliveryEvent::Error:
        return Tone::Bad;
    case DeliveryEvent::Request:
        return Tone::Neutral;
    }
    Q_UNREACHABLE();
}

QString eventIcon(const QString &event)
{
    switch (eventTone(event)) {
    case Tone::Good:
        return QStringLiteral("check");
    case Tone::Warning:
        return event == QLatin1StringView("deferred") ? QStringLiteral("hourglass") : QStringLiteral("warning");
    case Tone::Bad:
        return QStringLiteral("close");
    case Tone::Neutral:
    case Tone::Accent:
        return event == QLatin1StringView("intended") ? QStringLiteral("clock") : QStringLiteral("mail");
    }
    Q_UNREACHABLE();
}

QList<charts::StepSeries> eventSeries(const QList<ports::EventPoint> &points)
{
    QList<charts::StepSeries> all;
    for (const EventLook &look : eventLooks()) {
        const QString name = domain::deliveryEventName(look.event);
        charts::StepSeries series{domain::wordText(name), {}, look.color, look.hatched};
        qint64 sum = 0;
        for (const ports::EventPoint &point : points) {
            const qint64 count = point.events.value(name);
            sum += count;
            series.values << std::optional<double>(static_cast<double>(count));
        }
        if (sum > 0)
            all << series;
    }
    return all;
}

QString ratioText(std::optional<double> ratio)
{
    return domain::percentText(ratio, 1);
}

QString intervalText(const std::optional<domain::Interval> &interval)
{
    if (!interval)
        return domain::noValue();
    QString low = domain::percentText(interval->low, 1);
    low.chop(2); // the sign stands once, behind the second figure
    const QString text = low + QStringLiteral(" –\u2060 ") + domain::percentText(interval->high, 1);
    return QString(text).replace(QLatin1Char(' '), QChar(QChar::Nbsp)); // a line never ends inside
}

} // namespace pages
