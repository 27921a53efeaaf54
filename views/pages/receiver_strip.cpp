#include "views/pages/receiver_strip.h"

#include "models/domain/delivery_health.h"
#include "models/domain/format.h"
#include "models/items/webhook_query.h"
#include "models/items/webhook_table_model.h"
#include "views/pages/page_parts.h"
#include "views/widgets/buttons.h"
#include "views/widgets/card.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace pages {

namespace {
using domain::countText;
using widgets::Ink;
using widgets::TextRole;
using widgets::Tone;

/// A count that leads to its rows; quiet while it is zero.
struct Figure {
    QString key, label;
    qint64 count = 0;
    QString query; ///< empty: it leads nowhere
    Ink ink = Ink::Text;
};

QList<Figure> figuresOf(const ports::WebhookReceiver &r)
{
    const QString rows = QStringLiteral("provider:%1 after:24h").arg(r.provider);
    return {{QStringLiteral("received"), ReceiverStrip::tr("received"), r.received24h, rows, Ink::Text},
            {QStringLiteral("failed"), ReceiverStrip::tr("failed"), r.failed24h,
             rows + QStringLiteral(" outcome:failed,unparseable"), Ink::Bad},
            {QStringLiteral("unmatched"), ReceiverStrip::tr("unmatched"), r.unmatched24h,
             rows + QStringLiteral(" outcome:unmatched"), Ink::Warning},
            {QStringLiteral("duplicates"), ReceiverStrip::tr("duplicates"), r.duplicates24h,
             rows + QStringLiteral(" duplicate:yes"), Ink::Text},
            {QStringLiteral("refused"),
             ReceiverStrip::tr("refused"),
             r.refused24h,
             {},
             r.refused24h >= domain::unauthorizedBurst ? Ink::Bad : Ink::Text}};
}

QWidget *makeFigure(const Figure &figure, const QString &card, ReceiverStrip *strip, QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    const QString name = card + QLatin1Char('.') + figure.key;
    const Ink ink = figure.count == 0 ? Ink::Second : figure.ink;
    if (figure.query.isEmpty() || figure.count == 0) {
        QLabel *label = widgets::makeLabel(countText(figure.count), TextRole::Title15, 600, ink, box);
        label->setObjectName(name);
        label->setAccessibleName(figure.label + QLatin1Char(' ') + label->text());
        column->addWidget(label);
    } else {
        auto *button = new widgets::LinkButton(countText(figure.count), name, box);
        button->setFont(widgets::Theme::instance().font(TextRole::Title15, 600));
        widgets::setInk(button, ink);
        button->setAccessibleName(ReceiverStrip::tr("Show %1 %2").arg(button->text(), figure.label));
        button->setToolTip(ReceiverStrip::tr("Show these"));
        QObject::connect(button, &QPushButton::clicked, strip,
                         [strip, query = figure.query] { Q_EMIT strip->queryRequested(query); });
        column->addWidget(button, 0, Qt::AlignLeft);
    }
    column->addWidget(widgets::makeLabel(figure.label, TextRole::Caption11, 400, Ink::Second, box));
    return box;
}

widgets::Badge *makeAge(const ports::WebhookReceiver &r, std::optional<qint64> accepted, const QDateTime &now,
                        QWidget *parent)
{
    // Only deliveries are expected to come all the time; bounces and complaints may well be rare.
    const bool steady = r.provider == QLatin1StringView("brevo") && accepted;
    const domain::Verdict verdict = steady ? domain::receiverVerdict(r.lastAt, *accepted, now) : domain::Verdict::None;
    const bool silent = verdict == domain::Verdict::Amber || verdict == domain::Verdict::Red;
    const Tone tone = verdict == domain::Verdict::Red     ? Tone::Bad
                      : verdict == domain::Verdict::Amber ? Tone::Warning
                      : verdict == domain::Verdict::Good  ? Tone::Good
                                                          : Tone::Neutral;
    const QString age = r.lastAt ? domain::relativeText(*r.lastAt, now) : ReceiverStrip::tr("never");
    auto *badge = new widgets::Badge(
        silent && r.lastAt ? ReceiverStrip::tr("silent for %1").arg(domain::durationText(r.lastAt->secsTo(now)))
                           : ReceiverStrip::tr("last %1").arg(age),
        tone, parent);
    QString tip = r.lastAt ? domain::timeTip(*r.lastAt, now) : ReceiverStrip::tr("No call was let in yet");
    if (silent)
        tip += QLatin1Char('\n') +
               ReceiverStrip::tr("%1 accepted meanwhile: the provider should have called")
                   .arg(domain::plural(*accepted, ReceiverStrip::tr("mail was"), ReceiverStrip::tr("mails were")));
    badge->setToolTip(tip);
    badge->setAccessibleName(ReceiverStrip::tr("Last event: %1").arg(badge->text()));
    return badge;
}

QLabel *makeSecrets(const ports::WebhookReceiver &r, const QString &card, QWidget *parent)
{
    QString text;
    Ink ink = Ink::Second;
    if (r.previousSecret24h > 0) {
        text = ReceiverStrip::tr("Previous secret still used %1×: update the provider")
                   .arg(countText(r.previousSecret24h));
        ink = Ink::Warning;
    } else if (r.provider == QLatin1StringView("ses")) {
        text = ReceiverStrip::tr("Signed by the topic");
    } else {
        text = r.currentSecret24h > 0 ? ReceiverStrip::tr("Current secret only")
                                      : ReceiverStrip::tr("No secret used in 24 h");
    }
    auto *label = new widgets::ElidedLabel(text, parent);
    label->setObjectName(card + QStringLiteral(".secret"));
    label->setFont(widgets::Theme::instance().font(TextRole::Small12, r.previousSecret24h > 0 ? 600 : 400));
    widgets::setInk(label, ink);
    label->setToolTip(ReceiverStrip::tr("Last 24 h: current secret %1×, previous secret %2×")
                          .arg(countText(r.currentSecret24h), countText(r.previousSecret24h)));
    return label;
}
} // namespace

ReceiverStrip::ReceiverStrip(QWidget *parent) : QWidget(parent), m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("webhooks.receivers"));
    setAccessibleName(tr("Webhook inbox, providers"));
    m_row->setContentsMargins(widgets::space::xl, widgets::space::m, widgets::space::xl, 0);
    m_row->setSpacing(widgets::space::m);
    hide();
}

void ReceiverStrip::setReceivers(const QList<ports::WebhookReceiver> &receivers, std::optional<qint64> accepted,
                                 const QDateTime &now)
{
    clearLayout(m_row);
    for (const ports::WebhookReceiver &receiver : receivers)
        m_row->addWidget(makeCard(receiver, accepted, now), 1);
    setVisible(!receivers.isEmpty());
}

QWidget *ReceiverStrip::makeCard(const ports::WebhookReceiver &receiver, std::optional<qint64> accepted,
                                 const QDateTime &now)
{
    const QString name = QStringLiteral("webhooks.receiver.") + receiver.provider;
    auto *card = new widgets::Card(items::webhookProviderText(receiver.provider), this);
    card->setObjectName(name);
    card->setHint(tr("24 h"));
    widgets::Badge *age = makeAge(receiver, accepted, now, card);
    age->setObjectName(name + QStringLiteral(".age"));
    card->header()->addWidget(age);
    auto *figures = new QHBoxLayout;
    figures->setSpacing(widgets::space::l);
    for (const Figure &figure : figuresOf(receiver))
        figures->addWidget(makeFigure(figure, name, this, card));
    figures->addStretch(1);
    card->body()->addLayout(figures);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(widgets::space::m);
    foot->addWidget(makeSecrets(receiver, name, card), 1);
    const QString p99 = receiver.p99ProcessingUs ? items::processingText(*receiver.p99ProcessingUs) : domain::noValue();
    QLabel *slow = widgets::makeLabel(tr("p99 %1").arg(p99), TextRole::Small12, 400, Ink::Second, card);
    slow->setObjectName(name + QStringLiteral(".p99"));
    slow->setToolTip(tr("99 of 100 calls of the last 24 h were processed at least this fast"));
    foot->addWidget(slow);
    card->body()->addLayout(foot);
    return card;
}

} // namespace pages
