#include "views/pages/email_inspector.h"

#include "models/domain/format.h"
#include "models/items/message_table_model.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/pages/email_words.h"
#include "views/pages/message_timeline.h"
#include "views/pages/page.h"
#include "views/pages/page_parts.h"
#include "views/widgets/buttons.h"
#include "views/widgets/copy_label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace pages {

using widgets::Ink;
using widgets::TextRole;
namespace space = widgets::space;

namespace {
constexpr int panelWidth = 328;
}

struct EmailInspector::Private {
    explicit Private(PageHost &pageHost) : host(pageHost) {}
    PageHost &host;
    std::optional<ports::MessageRow> row;
    std::optional<ports::MessageDetail> detail;
    QFuture<domain::Result<ports::MessageDetail>> pending;
    quint64 generation = 0;
    bool loading = false;

    QWidget *content = nullptr;
    QScrollArea *scroll = nullptr;
    QLabel *nothing = nullptr, *title = nullptr, *marks = nullptr, *reason = nullptr, *state = nullptr;
    widgets::Badge *badge = nullptr;
    FactList *facts = nullptr;
    widgets::CopyLabel *messageId = nullptr;
    QLabel *messageIdLabel = nullptr, *suppression = nullptr;
    QPushButton *lift = nullptr, *resend = nullptr, *customer = nullptr, *audit = nullptr, *retry = nullptr;
    MessageTimeline *timeline = nullptr;
};

EmailInspector::EmailInspector(PageHost &host, QWidget *parent) : QWidget(parent), d(std::make_unique<Private>(host))
{
    setObjectName(QStringLiteral("email.inspector"));
    setAccessibleName(tr("Message"));
    setFixedWidth(panelWidth);
    build();
    setMessage({});
}

EmailInspector::~EmailInspector() = default;

void EmailInspector::build()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 0, 0, 0);
    d->nothing =
        widgets::makeLabel(tr("Select a message to see what became of it"), TextRole::Base13, 400, Ink::Second, this);
    d->nothing->setAlignment(Qt::AlignCenter);
    d->nothing->setWordWrap(true);
    outer->addWidget(d->nothing, 1);
    d->content = new QWidget(this);
    d->scroll = makeScroll(d->content, QStringLiteral("email.inspector.scroll"), this);
    outer->addWidget(d->scroll, 1);
    auto *column = new QVBoxLayout(d->content);
    column->setContentsMargins(space::l, space::l, space::l, space::l);
    column->setSpacing(space::s);
    auto *badges = new QHBoxLayout;
    badges->setSpacing(space::s);
    d->badge = new widgets::Badge({}, widgets::Tone::Neutral, this);
    d->marks = widgets::makeLabel({}, TextRole::Small12, 500, Ink::Second, this);
    badges->addWidget(d->badge);
    badges->addWidget(d->marks, 1);
    column->addLayout(badges);
    const auto text = [this, column](TextRole role, int weight, Ink ink) {
        QLabel *label = widgets::makeLabel({}, role, weight, ink, this);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
        return label;
    };
    d->title = text(TextRole::Title15, 600, Ink::Text);
    d->reason = text(TextRole::Base13, 400, Ink::Text);
    d->facts = new FactList(this);
    column->addWidget(d->facts);
    auto *idRow = new QHBoxLayout;
    d->messageIdLabel = widgets::makeLabel(tr("Message id"), TextRole::Base13, 400, Ink::Second, this);
    d->messageId = new widgets::CopyLabel(QStringLiteral("email.inspector.messageId"), this);
    idRow->addWidget(d->messageIdLabel);
    idRow->addStretch(1);
    idRow->addWidget(d->messageId);
    column->addLayout(idRow);
    d->suppression = text(TextRole::Small12, 500, Ink::Second);
    d->suppression->setObjectName(QStringLiteral("email.inspector.suppression"));
    buildActions();
    column->addSpacing(space::s);
    column->addWidget(widgets::makeLabel(tr("Timeline"), TextRole::Small12, 600, Ink::Second, this));
    d->state = text(TextRole::Small12, 400, Ink::Second);
    d->retry = new widgets::LinkButton(tr("Retry"), QStringLiteral("email.inspector.retry"), this);
    column->addWidget(d->retry, 0, Qt::AlignLeft);
    d->timeline = new MessageTimeline(QStringLiteral("email.inspector.timeline"), this);
    column->addWidget(d->timeline);
    column->addStretch(1);
    connect(d->retry, &QPushButton::clicked, this, &EmailInspector::reload);
    connect(d->timeline, &MessageTimeline::webhookRequested, this, &EmailInspector::webhookRequested);
}

void EmailInspector::buildActions()
{
    auto *column = static_cast<QVBoxLayout *>(d->content->layout());
    d->resend = new widgets::SecondaryButton(tr("Resend…"), QStringLiteral("email.inspector.resend"), this);
    d->lift = new widgets::SecondaryButton(tr("Lift suppression…"), QStringLiteral("email.inspector.lift"), this);
    d->customer = new widgets::LinkButton(tr("Open customer"), QStringLiteral("email.inspector.customer"), this);
    d->audit = new widgets::LinkButton(tr("Audit entry"), QStringLiteral("email.inspector.audit"), this);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(d->resend);
    buttons->addWidget(d->lift);
    buttons->addStretch(1);
    auto *links = new QHBoxLayout;
    links->setSpacing(space::l);
    links->addWidget(d->customer);
    links->addWidget(d->audit);
    links->addStretch(1);
    column->addSpacing(space::xs);
    column->addLayout(buttons);
    column->addLayout(links);
    connect(d->resend, &QPushButton::clicked, this, &EmailInspector::resendRequested);
    connect(d->lift, &QPushButton::clicked, this, &EmailInspector::liftRequested);
    connect(d->customer, &QPushButton::clicked, this, [this] { Q_EMIT customerRequested(d->row->team->toString()); });
    connect(d->audit, &QPushButton::clicked, this, [this] { Q_EMIT auditRequested(d->row->audit->toString()); });
}

void EmailInspector::setMessage(const std::optional<ports::MessageRow> &row)
{
    d->scroll->setVisible(row.has_value());
    d->nothing->setVisible(!row);
    if (row == d->row)
        return;
    const bool same = row && d->row && row->id == d->row->id;
    d->row = row;
    if (!same) {
        d->detail.reset();
        d->timeline->setEvents({}, d->host.timeZone());
        d->scroll->ensureVisible(0, 0);
    }
    if (!row) {
        ++d->generation;
        d->loading = false;
        return;
    }
    drawRow();
    load();
}

void EmailInspector::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (d->row && !d->detail)
        load();
}

void EmailInspector::reload()
{
    if (d->row)
        load();
}

void EmailInspector::load()
{
    if (!isVisible())
        return; // asked for when it is opened
    const quint64 generation = ++d->generation;
    d->loading = true;
    d->pending.cancel();
    drawDetail();
    const ports::CallContext call = d->host.newCall();
    d->pending = d->host.backend().email().message(call, d->row->id);
    ports::whenDone(d->pending, this,
                    [this, generation, id = call.requestId](const domain::Result<ports::MessageDetail> &result) {
                        if (generation == d->generation)
                            take(result, id);
                    });
}

void EmailInspector::take(const domain::Result<ports::MessageDetail> &result, const QString &requestId)
{
    d->loading = false;
    if (!result) {
        d->state->setText(tr("%1 (error id %2)").arg(dialogs::errorText(result.error()), requestId));
        d->state->show();
        d->retry->show();
        updatePermissions();
        return;
    }
    d->detail = *result;
    d->row = result->row;
    drawRow();
    drawDetail();
}

void EmailInspector::drawRow()
{
    const ports::MessageRow &row = *d->row;
    const QTimeZone zone = d->host.timeZone();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString state = items::isUnsent(row) ? row.ledgerClass : domain::deliveryOutcomeName(row.outcome);
    d->badge->set(items::messageOutcomeText(row), outcomeTone(state));
    d->badge->setToolTip(outcomeMeaning(row.outcome));
    d->marks->setText(items::messageMarks(row));
    d->title->setText(row.subject.isEmpty() ? row.templateKind : row.subject);
    d->reason->setText(row.reason);
    d->reason->setVisible(!row.reason.isEmpty());
    const auto orDash = [](const QString &text) { return text.isEmpty() ? domain::noValue() : text; };
    QList<FactList::Fact> facts{{tr("To"), orDash(row.recipient)}, {tr("Template"), row.templateKind}};
    const auto time = [&](const QString &label, const QDateTime &at) {
        facts << FactList::Fact{label, domain::exactText(at, zone).left(19), Ink::Text, domain::timeTip(at, now)};
    };
    const QString zoneName = domain::zoneText(zone, now);
    if (row.acceptedAt)
        time(tr("Accepted, %1").arg(zoneName), *row.acceptedAt);
    else
        time(tr("Decided, %1").arg(zoneName), row.sentAt);
    if (row.deliveredAt)
        time(tr("Delivered, %1").arg(zoneName), *row.deliveredAt);
    facts << FactList::Fact{tr("Latency"), domain::latencyText(row.latencyMs)}
          << FactList::Fact{tr("Attempts"), domain::countText(row.attempts)}
          << FactList::Fact{tr("Provider"), orDash(row.provider)}
          << FactList::Fact{tr("Customer"), orDash(row.teamName)}
          << FactList::Fact{tr("Ledger class"), domain::wordText(row.ledgerClass)};
    d->facts->setFacts(facts);
    d->messageId->setValue(row.providerId, row.providerId.size() > 30 ? row.providerId.left(13) + QStringLiteral("…") +
                                                                            row.providerId.right(14)
                                                                      : row.providerId);
    d->messageIdLabel->setVisible(!row.providerId.isEmpty());
    d->customer->setVisible(row.team.has_value());
    d->audit->setVisible(row.audit.has_value());
    updatePermissions();
}

void EmailInspector::drawDetail()
{
    d->retry->hide();
    d->state->setText(tr("Loading…"));
    d->state->setVisible(d->loading && !d->detail);
    const auto &suppression = d->detail ? d->detail->suppression : std::nullopt;
    d->suppression->setVisible(suppression.has_value());
    d->lift->setVisible(suppression.has_value());
    if (suppression) {
        const QString until = suppression->until
                                  ? tr("until %1").arg(domain::dayText(*suppression->until, d->host.timeZone()))
                                  : tr("for ever");
        d->suppression->setText(tr("The recipient is suppressed %1: %2 on %3. %4")
                                    .arg(until, domain::wordText(suppression->eventType),
                                         domain::dayText(suppression->since, d->host.timeZone()), suppression->reason));
        widgets::setInk(d->suppression, Ink::Warning);
    }
    if (d->detail)
        d->timeline->setEvents(d->detail->timeline, d->host.timeZone());
    updatePermissions();
}

void EmailInspector::updatePermissions()
{
    widgets::setWhyDisabled(d->resend, whyNoResend());
    widgets::setWhyDisabled(d->lift, whyNoLift());
}

QString EmailInspector::whyNoResend() const
{
    if (const QString why = whyNot(d->host, domain::Permission::ManageEmail); !why.isEmpty())
        return why;
    if (!d->row)
        return tr("Select a message first");
    if (!d->detail)
        return tr("The message is still being read");
    if (d->detail->suppression)
        return tr("The recipient is suppressed: nothing is sent to this address");
    if (!d->detail->resendable)
        return tr(
            "It cannot be sent again: its audit entry is gone, its kind is not mailed any more, or it waits to be "
            "sent already");
    return {};
}

QString EmailInspector::whyNoLift() const
{
    if (const QString why = whyNot(d->host, domain::Permission::ManageEmail); !why.isEmpty())
        return why;
    if (!d->detail || !d->detail->suppression)
        return tr("The recipient of the selected message is not suppressed");
    if (!d->detail->suppression->liftable)
        return tr("The recipient unsubscribed. That is their word, and only they can take it back");
    return {};
}

std::optional<ports::MessageDetail> EmailInspector::detail() const
{
    return d->detail;
}

bool EmailInspector::isSettled() const
{
    return !isVisible() || !d->loading;
}

void EmailInspector::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const widgets::Colors &colors = widgets::Theme::instance().colors();
    painter.fillRect(rect(), colors.surface);
    painter.fillRect(QRect(0, 0, 1, height()), colors.border);
}

} // namespace pages
