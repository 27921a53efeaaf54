#include "views/pages/customer_inspector.h"

#include "models/domain/format.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/pages/customer_actions.h"
#include "views/pages/page.h"
#include "views/pages/page_parts.h"
#include "views/pages/timeline_text.h"
#include "views/widgets/badge.h"
#include "views/widgets/buttons.h"
#include "views/widgets/timeline.h"
#include "views/widgets/usage_bar.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace pages {

namespace {
constexpr int panelWidth = 304;
constexpr int settleMs = 120; ///< the cursor may run through the list before details are asked for
} // namespace

struct CustomerInspector::Private {
    explicit Private(PageHost &pageHost) : host(pageHost) {}

    PageHost &host;
    std::optional<ports::CustomerRow> row;
    QTimer settle;
    quint64 generation = 0;
    QFuture<domain::Result<ports::CustomerDetail>> pending;
    widgets::ElidedLabel *name = nullptr;
    widgets::TierBadge *tier = nullptr;
    widgets::Badge *status = nullptr;
    widgets::ElidedLabel *email = nullptr, *sub = nullptr;
    FactList *facts = nullptr;
    widgets::UsageBar *bar = nullptr;
    QPushButton *changeTier = nullptr, *addNote = nullptr, *open = nullptr;
    QLabel *heading = nullptr, *message = nullptr;
    widgets::Timeline *timeline = nullptr;
    QWidget *content = nullptr;
    QLabel *nothing = nullptr;
};

CustomerInspector::CustomerInspector(PageHost &host, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(host))
{
    using namespace widgets;
    setObjectName(QStringLiteral("customers.inspector"));
    setAccessibleName(QStringLiteral("Customer summary"));
    setFixedWidth(panelWidth);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    d->nothing =
        makeLabel(QStringLiteral("Select a customer to see its summary"), TextRole::Base13, 400, Ink::Second, this);
    d->nothing->setAlignment(Qt::AlignCenter);
    outer->addWidget(d->nothing, 1);
    d->content = new QWidget(this);
    outer->addWidget(d->content, 1);
    auto *column = new QVBoxLayout(d->content);
    column->setContentsMargins(space::l, space::l, space::l, 0);
    column->setSpacing(space::xs);

    auto *head = new QHBoxLayout;
    head->setSpacing(space::s);
    d->name = new ElidedLabel({}, this);
    d->name->setFont(Theme::instance().font(TextRole::Title15, 600));
    d->tier = new TierBadge({}, this);
    d->status = new Badge({}, Tone::Neutral, this);
    head->addWidget(d->name);
    head->addWidget(d->tier);
    head->addWidget(d->status);
    head->addStretch(1);
    column->addLayout(head);
    d->email = new ElidedLabel({}, this);
    d->email->setObjectName(QStringLiteral("customers.inspector.email"));
    d->sub = new ElidedLabel({}, this);
    for (ElidedLabel *label : {d->email, d->sub}) {
        label->setFont(Theme::instance().font(TextRole::Small12));
        setInk(label, Ink::Second);
        column->addWidget(label);
    }
    column->addSpacing(space::s);
    d->facts = new FactList(this);
    column->addWidget(d->facts);
    d->bar = new UsageBar(this);
    column->addSpacing(space::xs);
    column->addWidget(d->bar);
    column->addSpacing(space::m);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    d->changeTier =
        new SecondaryButton(QStringLiteral("Change tier…"), QStringLiteral("customers.inspector.changeTier"), this);
    d->addNote = new SecondaryButton(QStringLiteral("Add note"), QStringLiteral("customers.inspector.addNote"), this);
    d->open = new SecondaryButton(QStringLiteral("Open"), QStringLiteral("customers.inspector.open"), this);
    d->open->setAccessibleName(QStringLiteral("Open the customer"));
    d->open->setToolTip(QStringLiteral("Open the customer (Enter)"));
    for (QPushButton *button : {d->changeTier, d->addNote, d->open})
        buttons->addWidget(button);
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addSpacing(space::l);

    d->heading = makeLabel(QStringLiteral("Timeline"), TextRole::Small12, 600, Ink::Second, this);
    d->message = makeLabel({}, TextRole::Small12, 400, Ink::Second, this);
    d->message->setWordWrap(true);
    d->timeline = new Timeline(QStringLiteral("customers.inspector.timeline"), this);
    column->addWidget(d->heading);
    column->addWidget(d->message);
    column->addWidget(d->timeline, 1);

    connect(d->changeTier, &QPushButton::clicked, this, &CustomerInspector::changeTierRequested);
    connect(d->addNote, &QPushButton::clicked, this, &CustomerInspector::addNoteRequested);
    connect(d->open, &QPushButton::clicked, this, &CustomerInspector::openRequested);
    d->settle.setSingleShot(true);
    d->settle.setInterval(settleMs);
    connect(&d->settle, &QTimer::timeout, this, &CustomerInspector::load);
    setCustomer({});
}

CustomerInspector::~CustomerInspector() = default;

void CustomerInspector::setCustomer(const std::optional<ports::CustomerRow> &row)
{
    const bool same = d->row && row && d->row->id == row->id;
    d->row = row;
    d->content->setVisible(row.has_value());
    d->nothing->setVisible(!row);
    if (!row)
        return;
    draw();
    if (same)
        return;
    ++d->generation;
    d->timeline->setEntries({});
    d->message->setText(QStringLiteral("Loading…"));
    d->message->show();
    d->settle.start();
}

void CustomerInspector::reload()
{
    if (d->row)
        load();
}

void CustomerInspector::updatePermissions()
{
    widgets::setWhyDisabled(d->changeTier, whyNot(d->host, domain::Permission::ChangeTier));
    widgets::setWhyDisabled(d->addNote, whyNot(d->host, domain::Permission::WriteNotes));
}

void CustomerInspector::draw()
{
    const ports::CustomerRow &row = *d->row;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QTimeZone zone = d->host.timeZone();
    d->name->setText(customerTitle(row));
    d->tier->setTier(row.tier);
    d->status->set(widgets::statusLabel(row.status), widgets::statusTone(row.status));
    d->status->setVisible(row.status != QLatin1StringView("active"));
    d->sub->setText(QStringLiteral("team %1 · since %2")
                        .arg(domain::shortId(row.id.toString()), domain::dayText(row.createdAt, zone)));
    d->sub->setToolTip(row.id.toString() + QLatin1Char('\n') + domain::timeTip(row.createdAt, now));
    const QDateTime seen = row.lastSeenAt.value_or(QDateTime());
    d->email->setText(row.primaryEmail);
    d->email->setVisible(!row.primaryEmail.isEmpty());
    d->facts->setFacts(
        {{QStringLiteral("MRR, list price"), domain::moneyText(row.mrrListCents)},
         {QStringLiteral("Last seen"), domain::relativeText(seen, now), widgets::Ink::Text, domain::timeTip(seen, now)},
         {QStringLiteral("Users"), domain::countText(row.userCount)},
         {QStringLiteral("Resources"), domain::countText(row.resourceCount)},
         {QStringLiteral("Deployments"), domain::countText(row.deploymentsActive)},
         {QStringLiteral("Storage"), domain::usageText(row.storageBytes, row.storageLimitBytes)}});
    d->bar->setUsage(row.storageBytes, row.storageLimitBytes, QStringLiteral("Storage"),
                     domain::usageText(row.storageBytes, row.storageLimitBytes));
    d->bar->setVisible(row.storageLimitBytes > 0);
    updatePermissions();
}

void CustomerInspector::load()
{
    if (!d->row)
        return;
    const quint64 generation = ++d->generation;
    d->pending.cancel();
    d->pending = d->host.backend().customers().detail(d->host.newCall(), d->row->id);
    ports::whenDone(d->pending, this, [this, generation](const domain::Result<ports::CustomerDetail> &result) {
        if (generation != d->generation)
            return;
        if (!result) {
            d->message->setText(
                QStringLiteral("The timeline could not be loaded. %1").arg(dialogs::errorText(result.error())));
            d->message->show();
            return;
        }
        d->row = result->row;
        draw();
        QList<widgets::TimelineEntry> entries;
        for (const domain::AuditEntry &entry : result->recentAudit.mid(0, 12))
            entries << timelineEntry(entry, d->host.timeZone(), QDateTime::currentDateTimeUtc());
        d->timeline->setEntries(entries);
        d->message->setText(QStringLiteral("Nothing has happened yet."));
        d->message->setVisible(entries.isEmpty());
    });
}

void CustomerInspector::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const widgets::Colors &colors = widgets::Theme::instance().colors();
    painter.fillRect(rect(), colors.surface);
    painter.fillRect(QRect(0, 0, 1, height()), colors.border);
}

} // namespace pages
