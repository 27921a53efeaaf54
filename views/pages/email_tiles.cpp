#include "views/pages/email_tiles.h"

#include "models/domain/format.h"
#include "views/dialogs/error_text.h"
#include "views/pages/email_words.h"
#include "views/widgets/stat_tile.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QWidgetAction>

namespace pages {

namespace {
using domain::countText;
using domain::OutcomeCounts;
using widgets::Ink;
using widgets::Stat;

Stat stat(const QString &title)
{
    Stat made;
    made.title = title;
    made.figure = domain::noValue();
    made.lastOpen = false;
    return made;
}

QString sinceText(const EmailFigures::Cause &cause, const QTimeZone &zone)
{
    if (!cause.since)
        return {};
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return cause.toTheHour ? domain::shortTimeText(*cause.since, zone, now)
                           : cause.since->toUTC().toString(QStringLiteral("d MMM"));
}
} // namespace

EmailTiles::EmailTiles(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("email.tiles"));
    const auto tile = [this](const char *name) { return new widgets::StatTile(QString::fromLatin1(name), this); };
    m_ratio = tile("email.tile.ratio");
    m_unknown = tile("email.tile.unknown");
    m_failed = tile("email.tile.failed");
    m_latency = tile("email.tile.latency");
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::space::m);
    for (widgets::StatTile *one : {m_ratio, m_unknown, m_failed, m_latency})
        row->addWidget(one, 1);
    m_unknown->setClickable(true);
    m_failed->setClickable(true);
    connect(m_unknown, &widgets::StatTile::clicked, this,
            [this] { Q_EMIT filterRequested(QStringLiteral("outcome"), QStringLiteral("outcome:unknown")); });
    connect(m_failed, &widgets::StatTile::clicked, this, [this] {
        if (m_cause)
            Q_EMIT filterRequested(QStringLiteral("domain"), QStringLiteral("domain:") + m_cause->domain);
        Q_EMIT filterRequested(QStringLiteral("outcome"), QStringLiteral("outcome:blocked,hard,soft,bounced_later"));
    });
}

void EmailTiles::setFigures(const EmailFigures &shown, const QString &range, const QString &asked,
                            const QTimeZone &zone)
{
    m_figures = shown.figures;
    m_cause = shown.cause;
    if (!shown.figures) {
        drawNothing(shown);
        return;
    }
    const QString footer = tr("\n\nOf: %1\nBy the time of acceptance, bounds in UTC. As of %2.")
                               .arg(asked, domain::isoText(shown.figures->asOf));
    drawRatio(*shown.figures, range, footer);
    drawUnknown(shown, footer, zone);
    drawFailed(shown, footer, zone);
    drawLatency(*shown.figures, footer);
}

void EmailTiles::drawNothing(const EmailFigures &shown)
{
    const QString why = shown.error ? dialogs::errorText(*shown.error) : tr("Loading…");
    for (auto [tile, title] :
         {std::pair{m_ratio, tr("Settled delivery")}, std::pair{m_unknown, tr("Unknown after 72 h")},
          std::pair{m_failed, tr("Blocked or bounced")}, std::pair{m_latency, tr("Time to delivery")}}) {
        Stat empty = stat(title);
        empty.sub = why;
        tile->setStat(empty);
        tile->setExplanation({});
    }
}

void EmailTiles::drawRatio(const ports::DeliveryFigures &f, const QString &range, const QString &footer)
{
    const OutcomeCounts &c = f.counts;
    Stat ratio = stat(tr("Settled delivery, %1").arg(range));
    ratio.figure = ratioText(domain::settledRatio(c));
    ratio.figureInk = verdictInk(domain::ratioVerdict(c));
    if (c.settled() == 0) {
        ratio.sub = c.accepted() == 0 ? tr("no mail was accepted")
                                      : tr("%1 accepted, none settled yet").arg(countText(c.accepted()));
    } else {
        const bool few = c.settled() < domain::minimumForVerdict;
        ratio.sub = (few ? tr("n %1, too few to judge · 95 % interval %2 · bounds %3")
                         : tr("n %1 · 95 % interval %2 · bounds %3"))
                        .arg(countText(c.settled()), intervalText(domain::settledInterval(c)),
                             intervalText(domain::ratioBounds(c)));
    }
    m_ratio->setStat(ratio);
    m_ratio->setExplanation(
        tr("Delivered ÷ (accepted − pending − unknown) = %1 ÷ (%2 − %3 − %4).\n\nDelivered: the receiving server took "
           "it; not necessarily the inbox. %5 of them only because an opening, a click or a complaint proves it. "
           "Interval: 95 % Wilson. Bounds: if every unknown message had failed, and if none had.\n\nRed when even the "
           "upper end of the interval is below 95 %, amber below 98 %; no colour below %6 settled messages.\n\nLeft "
           "out: what was never accepted (%7), and filters on outcome, class, reason and message id.")
            .arg(countText(c.delivered), countText(c.accepted()), countText(c.pending), countText(c.unknown),
                 countText(f.inferred), countText(domain::minimumForVerdict), countText(c.rejected)) +
        footer);
}

void EmailTiles::drawUnknown(const EmailFigures &shown, const QString &footer, const QTimeZone &zone)
{
    const ports::DeliveryFigures &f = *shown.figures;
    Stat unknown = stat(tr("Unknown after 72 h"));
    if (f.counts.settled() + f.counts.unknown > 0) {
        unknown.figure = countText(f.counts.unknown);
        unknown.unit = ratioText(domain::unknownRate(f.counts));
    }
    unknown.figureInk = verdictInk(domain::unknownVerdict(f.counts));
    if (unknown.figureInk == Ink::Good)
        unknown.figureInk = Ink::Text; // only the headline is praised
    QStringList parts;
    if (f.counts.unknown > 0)
        parts << tr("our receiver, not the inbox");
    if (shown.health)
        parts << (shown.health->repairRunning ? tr("gap repair is asked for")
                  : !shown.health->repairAt
                      ? tr("never repaired")
                      : tr("repair found %1, %2")
                            .arg(countText(shown.health->repairRecovered),
                                 domain::shortTimeText(*shown.health->repairAt, zone, shown.health->asOf)));
    unknown.sub = parts.join(QStringLiteral(" · "));
    m_unknown->setStat(unknown);
    m_unknown->setExplanation(tr("Accepted more than 72 h ago and no last word since. Rate: unknown ÷ (accepted − "
                                 "pending); amber from 0.5 %, red from 2 %, no colour below %1 messages.\n\nIt "
                                 "measures how well events reach us, not how well mail is delivered. Gap repair asks "
                                 "the provider about these messages every night and on demand. %2 messages of this "
                                 "set got their outcome that way.")
                                  .arg(countText(domain::minimumForVerdict), countText(f.repaired)) +
                              footer);
}

void EmailTiles::drawFailed(const EmailFigures &shown, const QString &footer, const QTimeZone &zone)
{
    const ports::DeliveryFigures &f = *shown.figures;
    const OutcomeCounts &c = f.counts;
    Stat failed = stat(tr("Blocked or bounced"));
    QStringList parts;
    if (c.settled() > 0) {
        const qint64 count = c.blocked + c.hard + c.soft + c.bouncedLater;
        failed.figure = countText(count);
        failed.unit = ratioText(domain::ratioOf(count, c.settled()));
        const bool matters = count > 0 && domain::ratioVerdict(c) > domain::Verdict::Good;
        if (domain::hardVerdict(c) == domain::Verdict::Red)
            failed.figureInk = Ink::Bad;
        else if (matters || domain::hardVerdict(c) == domain::Verdict::Amber)
            failed.figureInk = Ink::Warning;
    }
    if (shown.cause) {
        const QString since = sinceText(*shown.cause, zone);
        const QString where = shown.cause->domain.isEmpty() ? tr("addresses without a domain") : shown.cause->domain;
        parts << (since.isEmpty() ? tr("%1 at %2").arg(countText(shown.cause->count), where)
                                  : tr("%1 at %2 since %3").arg(countText(shown.cause->count), where, since));
    } else if (c.settled() > 0) {
        parts << tr("none");
    }
    if (const domain::Verdict complaints = domain::complaintVerdict(f.complaints, f.deliveredEvents);
        complaints == domain::Verdict::Amber || complaints == domain::Verdict::Red)
        parts << tr("complaints %1").arg(domain::percentText(domain::ratioOf(f.complaints, f.deliveredEvents), 2));
    failed.sub = parts.join(QStringLiteral(" · "));
    m_failed->setStat(failed);
    m_failed->setExplanation(
        tr("Messages that the receiving side refused, of %1 settled. Blocked %2, bounced %3 (hard %4, soft %5, later "
           "%6). Named is the recipient domain with the most of them, and since when delivery to it is worse: the "
           "moment that parts its ratio most.\n\nHard bounces are amber from 2 % and red from 5 %, complaints (%7 of "
           "%8 delivered events) amber from 0.10 % and red from 0.30 %.")
            .arg(countText(c.settled()), ratioText(domain::blockRate(c)), ratioText(domain::bounceRate(c)),
                 countText(c.hard), countText(c.soft), countText(c.bouncedLater), countText(f.complaints),
                 countText(f.deliveredEvents)) +
        footer);
}

void EmailTiles::drawLatency(const ports::DeliveryFigures &f, const QString &footer)
{
    Stat latency = stat(tr("Time to delivery"));
    latency.figure = domain::latencyText(f.latency.p50);
    if (f.latency.p50) {
        latency.unit = tr("p50");
        latency.sub = tr("p95 %1").arg(domain::latencyText(f.latency.p95));
        if (f.deferredOnce > 0)
            latency.sub += tr(" · deferred at least once: %1 (%2)")
                               .arg(domain::latencyText(f.latencyDeferred.p50), countText(f.deferredOnce));
    } else {
        latency.sub = tr("nothing was delivered");
    }
    m_latency->setStat(latency);
    m_latency->setExplanation(tr("From acceptance by the provider to the delivered event, of messages that were "
                                 "delivered. p50: half of them were faster; p95: 95 of 100 were. Separately for the "
                                 "%1 messages that were deferred at least once. Deliveries that are only inferred "
                                 "have no time.")
                                  .arg(countText(f.deferredOnce)) +
                              footer);
}

QString comparisonText(const ports::DeliveryFigures &f)
{
    const OutcomeCounts &c = f.counts;
    return EmailTiles::tr("<b>Provider's figure %1</b><br>delivered events ÷ accepted = %2 ÷ %3. It counts what is "
                          "still under way (%4) and what nobody heard of (%5) as not delivered, and what bounced later "
                          "(%6) as delivered.<br><br><b>Settled ratio %7</b><br>delivered ÷ settled = %8 ÷ %9. Only "
                          "messages whose end is known.<br><br>Compare the first with the provider's own page. Neither "
                          "is (sent − bounced) ÷ sent, which books silence as success.")
        .arg(ratioText(domain::ratioOf(f.deliveredEvents, c.accepted())), countText(f.deliveredEvents),
             countText(c.accepted()), countText(c.pending), countText(c.unknown), countText(c.bouncedLater),
             ratioText(domain::settledRatio(c)), countText(c.delivered), countText(c.settled()));
}

void EmailTiles::compare()
{
    if (!m_figures)
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("email.comparison"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QLabel *text = widgets::makeLabel(comparisonText(*m_figures), widgets::TextRole::Small12);
    text->setObjectName(QStringLiteral("email.comparison.text"));
    text->setWordWrap(true);
    text->setFixedWidth(340);
    text->setMargin(widgets::space::s);
    auto *action = new QWidgetAction(menu);
    action->setDefaultWidget(text);
    menu->addAction(action);
    menu->popup(m_ratio->mapToGlobal(QPoint(0, m_ratio->height() + widgets::space::xs)));
}

} // namespace pages
