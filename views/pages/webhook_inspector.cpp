#include "views/pages/webhook_inspector.h"

#include "models/domain/format.h"
#include "models/items/webhook_query.h"
#include "models/items/webhook_table_model.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/pages/body_text.h"
#include "views/pages/body_view.h"
#include "views/pages/effect_diff.h"
#include "views/pages/page.h"
#include "views/pages/page_parts.h"
#include "views/pages/webhook_cells.h"
#include "views/widgets/buttons.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QScrollArea>
#include <QTimer>

namespace pages {

namespace {
using widgets::Ink;
using widgets::TextRole;
constexpr int panelWidth = 380;
constexpr int settleMs = 120;
constexpr qsizetype linksAtMost = 5;

QLabel *wrapped(TextRole role, int weight, Ink ink, QWidget *parent)
{
    QLabel *label = widgets::makeLabel({}, role, weight, ink, parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}
} // namespace

struct WebhookInspector::Private {
    explicit Private(PageHost &h) : host(h) {}
    PageHost &host;
    QTimer settle;
    std::optional<domain::WebhookId> id;
    std::optional<ports::WebhookRow> row;
    std::optional<ports::WebhookDetail> detail;
    QFuture<domain::Result<ports::WebhookDetail>> pending;
    quint64 generation = 0;

    QWidget *content = nullptr;
    QLabel *nothing = nullptr, *title = nullptr, *verdict = nullptr, *error = nullptr, *effectsTitle = nullptr;
    widgets::Badge *outcome = nullptr;
    FactList *facts = nullptr;
    EffectDiff *effects = nullptr;
    QVBoxLayout *links = nullptr;
    BodyView *body = nullptr;
    QPushButton *replay = nullptr, *copyBody = nullptr, *copyCurl = nullptr;
};

WebhookInspector::WebhookInspector(PageHost &host, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(host))
{
    setObjectName(QStringLiteral("webhooks.inspector"));
    setAccessibleName(tr("Webhook"));
    setFixedWidth(panelWidth);
    build();
    d->settle.setSingleShot(true);
    d->settle.setInterval(settleMs);
    connect(&d->settle, &QTimer::timeout, this, &WebhookInspector::load);
    setWebhook({});
}

WebhookInspector::~WebhookInspector() = default;

void WebhookInspector::build()
{
    using namespace widgets;
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 0, 0, 0);
    outer->setSpacing(0);
    d->nothing = makeLabel(tr("Select a webhook to see all of it"), TextRole::Base13, 400, Ink::Second, this);
    d->nothing->setAlignment(Qt::AlignCenter);
    outer->addWidget(d->nothing, 1);
    d->content = new QWidget(this);
    auto *inner = new QVBoxLayout(d->content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    outer->addWidget(d->content, 1);

    auto *scrolled = new QWidget(this);
    auto *column = new QVBoxLayout(scrolled);
    column->setContentsMargins(space::l, space::l, space::l, space::m);
    column->setSpacing(space::s);
    auto *head = new QHBoxLayout;
    d->title = makeLabel({}, TextRole::Title15, 600, Ink::Text, this);
    d->outcome = new Badge({}, Tone::Neutral, this);
    head->addWidget(d->title);
    head->addStretch(1);
    head->addWidget(d->outcome);
    column->addLayout(head);
    d->verdict = wrapped(TextRole::Base13, 400, Ink::Text, this);
    d->verdict->setObjectName(QStringLiteral("webhooks.inspector.verdict"));
    d->error = wrapped(TextRole::Base13, 500, Ink::Bad, this);
    d->error->setObjectName(QStringLiteral("webhooks.inspector.error"));
    column->addWidget(d->verdict);
    column->addWidget(d->error);
    d->facts = new FactList(this);
    column->addWidget(d->facts);
    d->effectsTitle = makeLabel(tr("What it changed"), TextRole::Small12, 600, Ink::Second, this);
    d->effects = new EffectDiff(QStringLiteral("webhooks.inspector.effects"), this);
    column->addSpacing(space::xs);
    column->addWidget(d->effectsTitle);
    column->addWidget(d->effects);
    d->links = new QVBoxLayout;
    d->links->setSpacing(space::xs);
    column->addLayout(d->links);
    d->body = new BodyView(QStringLiteral("webhooks.inspector.body"), this);
    column->addWidget(d->body, 1);
    inner->addWidget(makeScroll(scrolled, QStringLiteral("webhooks.inspector.scroll"), this), 1);
    buildFoot(inner);
}

void WebhookInspector::buildFoot(QVBoxLayout *outer)
{
    using namespace widgets;
    outer->addWidget(makeRule(this));
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(space::l, space::m, space::l, space::m);
    buttons->setSpacing(space::s);
    d->replay = new SecondaryButton(tr("Replay…"), QStringLiteral("webhooks.inspector.replay"), this);
    d->replay->setAccessibleName(tr("Replay this webhook"));
    d->copyCurl = new SecondaryButton(tr("Copy as curl"), QStringLiteral("webhooks.inspector.copyCurl"), this);
    d->copyCurl->setToolTip(tr("A command that sends these bytes to a server on this machine; set SECRET first"));
    d->copyBody = new SecondaryButton(tr("Copy body"), QStringLiteral("webhooks.inspector.copyBody"), this);
    for (QPushButton *button : {d->replay, d->copyCurl, d->copyBody})
        buttons->addWidget(button);
    buttons->addStretch(1);
    outer->addLayout(buttons);
    connect(d->replay, &QPushButton::clicked, this, &WebhookInspector::replayRequested);
    connect(d->copyBody, &QPushButton::clicked, this, &WebhookInspector::copyBody);
    connect(d->copyCurl, &QPushButton::clicked, this, &WebhookInspector::copyCurl);
}

void WebhookInspector::setWebhook(const std::optional<ports::WebhookRow> &row)
{
    if (row && d->row && *row == *d->row)
        return;
    const bool same = row && d->id == row->id;
    d->row = row;
    d->id = row ? std::optional(row->id) : std::nullopt;
    if (!same)
        d->detail.reset();
    d->content->setVisible(row.has_value());
    d->nothing->setVisible(!row);
    ++d->generation;
    if (!row) {
        d->nothing->setText(tr("Select a webhook to see all of it"));
        d->settle.stop();
    } else {
        draw();
        d->settle.start();
    }
    Q_EMIT changed();
}

void WebhookInspector::setId(domain::WebhookId id)
{
    setWebhook({});
    d->id = id;
    d->nothing->setText(tr("Loading the webhook"));
    load();
}

const std::optional<ports::WebhookRow> &WebhookInspector::shown() const
{
    return d->row;
}

void WebhookInspector::updatePermissions()
{
    widgets::setWhyDisabled(d->replay, whyNot(d->host, domain::Permission::ManageEmail));
    const QString notYet = d->detail ? QString() : tr("The body is not there yet");
    widgets::setWhyDisabled(d->copyBody, notYet);
    widgets::setWhyDisabled(d->copyCurl, notYet);
}

void WebhookInspector::load()
{
    if (!d->id)
        return;
    const quint64 generation = ++d->generation;
    const ports::CallContext call = d->host.newCall();
    d->pending.cancel();
    d->pending = d->host.backend().webhooks().detail(call, *d->id);
    ports::whenDone(d->pending, this,
                    [this, generation, id = call.requestId](const domain::Result<ports::WebhookDetail> &result) {
                        if (generation == d->generation)
                            take(result, id);
                    });
}

void WebhookInspector::take(const domain::Result<ports::WebhookDetail> &result, const QString &requestId)
{
    if (!result) {
        const QString text =
            tr("The webhook could not be loaded. %1 (error id %2)").arg(dialogs::errorText(result.error()), requestId);
        if (!d->row) {
            d->nothing->setText(text);
            return;
        }
        d->body->clear(text);
        d->verdict->setText(text);
        return;
    }
    d->detail = *result;
    d->row = result->row;
    d->content->show();
    d->nothing->hide();
    draw();
    Q_EMIT changed();
}

void WebhookInspector::draw()
{
    const ports::WebhookRow &row = *d->row;
    const QTimeZone zone = d->host.timeZone();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    d->title->setText(
        QStringLiteral("%1 · %2").arg(items::webhookProviderText(row.provider), items::webhookEventText(row)));
    d->outcome->set(domain::wordText(ports::webhookOutcomeName(row.outcome)), webhookOutcomeTone(row.outcome));
    const bool current = row.signature == ports::SignatureVerdict::Current;
    QList<FactList::Fact> facts{
        {tr("Received, %1").arg(domain::zoneText(zone, now)), domain::exactText(row.receivedAt, zone), Ink::Text,
         domain::timeTip(row.receivedAt, now)},
        {tr("Signature"), current ? tr("✓ current secret") : tr("✓ previous secret"),
         current ? Ink::Text : Ink::Warning},
        {tr("Events"), row.eventCount > 0 ? tr("%1 · %2 matched · %3 changed something")
                                                .arg(domain::countText(row.eventCount), domain::countText(row.matched),
                                                     domain::countText(row.changed))
                                          : tr("none could be read")},
        {tr("Processed in"), items::processingText(row.processingUs)}};
    if (d->detail && (row.replays > 0 || d->detail->lastReplayedAt)) {
        const QDateTime last = d->detail->lastReplayedAt.value_or(QDateTime());
        facts << FactList::Fact{
            tr("Replayed"),
            tr("%1 · last %2")
                .arg(domain::plural(row.replays, tr("time"), tr("times")), domain::relativeText(last, now)),
            Ink::Text, domain::timeTip(last, now)};
    }
    if (d->detail && !d->detail->requestId.isEmpty())
        facts << FactList::Fact{tr("Request"), d->detail->requestId};
    d->facts->setFacts(facts);
    drawDetail();
    drawLinks();
    updatePermissions();
}

void WebhookInspector::drawDetail()
{
    const bool there = d->detail.has_value();
    d->verdict->setText(there ? d->detail->verdict : tr("Loading the verdict"));
    d->error->setText(there ? d->detail->error : QString());
    d->error->setVisible(there && !d->detail->error.isEmpty());
    d->effectsTitle->setVisible(there);
    d->effects->setVisible(there);
    if (there) {
        d->effects->setEffects(d->detail->effects, tr("nothing"));
        d->body->setBody(d->detail->body, d->detail->headers);
    } else {
        d->body->clear(tr("Loading the body"));
    }
}

void WebhookInspector::drawLinks()
{
    clearLayout(d->links);
    const auto add = [this](const QString &text, const QString &name, const QString &spoken, auto act) {
        auto *link = new widgets::LinkButton(text, QStringLiteral("webhooks.inspector.") + name, this);
        link->setAccessibleName(spoken);
        link->setToolTip(spoken);
        connect(link, &QPushButton::clicked, this, act);
        d->links->addWidget(link, 0, Qt::AlignLeft);
    };
    const ports::WebhookRow &row = *d->row;
    if (row.duplicateOf)
        add(tr("Same bytes as %1: show the first").arg(domain::shortId(row.duplicateOf->toString())),
            QStringLiteral("duplicateOf"), tr("Show the webhook %1 that came first").arg(row.duplicateOf->toString()),
            [this, id = *row.duplicateOf] { Q_EMIT webhookRequested(id); });
    if (row.team)
        add(tr("Customer %1").arg(row.teamName.isEmpty() ? domain::shortId(row.team->toString()) : row.teamName),
            QStringLiteral("openTeam"), tr("Open the customer"),
            [this, id = row.team->toString()] { Q_EMIT teamRequested(id); });
    if (!d->detail || d->detail->messages.isEmpty())
        return;
    QStringList ids = messageIdsIn(d->detail->body);
    if (ids.isEmpty() && !row.objectId.isEmpty())
        ids << row.objectId;
    for (qsizetype i = 0; i < std::min(ids.size(), linksAtMost); ++i) {
        const QFontMetrics metrics(widgets::Theme::instance().font(TextRole::Base13));
        add(tr("Message %1").arg(metrics.elidedText(ids.at(i), Qt::ElideMiddle, 240)),
            QStringLiteral("message.%1").arg(i), tr("Show the message %1 on the e-mail screen").arg(ids.at(i)),
            [this, id = ids.at(i)] { Q_EMIT messageRequested(id); });
    }
    if (ids.size() > linksAtMost)
        d->links->addWidget(
            widgets::makeLabel(tr("and %1 more messages").arg(domain::countText(ids.size() - linksAtMost)),
                               TextRole::Small12, 400, Ink::Second, this));
}

void WebhookInspector::copyBody()
{
    if (!d->detail)
        return;
    const BodyText made = bodyText(d->detail->body);
    const bool plain = isPlainText(d->detail->body);
    QGuiApplication::clipboard()->setText(plain ? QString::fromUtf8(d->detail->body) : made.text);
    const QString bytes = domain::plural(d->detail->body.size(), tr("byte"), tr("bytes"));
    d->host.toast({Toast::Kind::Info,
                   plain ? tr("Copied the body, %1").arg(bytes)
                         : tr("Copied the body, %1; what is no text is escaped").arg(bytes),
                   {},
                   {}});
}

void WebhookInspector::copyCurl()
{
    if (!d->detail)
        return;
    QGuiApplication::clipboard()->setText(curlCommand(d->detail->row.provider, d->detail->body, d->detail->headers));
    d->host.toast({Toast::Kind::Info, tr("Copied as curl for localhost:8080. Set SECRET in the shell first."), {}, {}});
}

void WebhookInspector::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const widgets::Colors &colors = widgets::Theme::instance().colors();
    painter.fillRect(rect(), colors.surface);
    painter.fillRect(QRect(0, 0, 1, height()), colors.border);
}

QStringList messageIdsIn(const QByteArray &body)
{
    const QJsonDocument json = QJsonDocument::fromJson(body);
    const QJsonArray events = json.isArray() ? json.array() : QJsonArray{json.object()};
    QStringList ids;
    for (const QJsonValue &event : events) {
        const QString id = event.toObject().value(QLatin1StringView("message-id")).toString();
        if (!id.isEmpty() && !ids.contains(id))
            ids << id;
    }
    return ids;
}

} // namespace pages
