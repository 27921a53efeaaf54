#include "views/pages/customer_page.h"

#include "models/domain/format.h"
#include "models/items/audit_table_model.h"
#include "models/items/change_listener.h"
#include "models/items/roles.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/pages/customer_actions.h"
#include "views/pages/customer_notes.h"
#include "views/pages/customer_resources.h"
#include "views/pages/customer_timeline.h"
#include "views/pages/page_parts.h"
#include "views/widgets/badge.h"
#include "views/widgets/buttons.h"
#include "views/widgets/card.h"
#include "views/widgets/cell_delegates.h"
#include "views/widgets/copy_label.h"
#include "views/widgets/data_table.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/progress_strip.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace pages {

namespace {
using widgets::Ink;
using widgets::TextRole;
constexpr int sideWidth = 288;
const QStringList &tabKeys()
{
    static const QStringList keys{QStringLiteral("timeline"), QStringLiteral("users"), QStringLiteral("resources"),
                                  QStringLiteral("notes"), QStringLiteral("audit")};
    return keys;
}
} // namespace

struct CustomerPage::Private {
    std::optional<domain::TeamId> team;
    std::optional<ports::CustomerDetail> detail;
    QString error;
    widgets::ProgressStrip *strip = nullptr;
    widgets::EmptyState *empty = nullptr;
    QStackedWidget *outer = nullptr, *stack = nullptr;
    widgets::ElidedLabel *name = nullptr;
    widgets::TierBadge *tier = nullptr;
    widgets::Badge *status = nullptr;
    QLabel *line = nullptr, *mrr = nullptr, *mrrHint = nullptr, *stale = nullptr;
    widgets::CopyLabel *id = nullptr, *email = nullptr, *subscription = nullptr;
    QLabel *subscriptionLabel = nullptr;
    widgets::SegmentedTabs *tabs = nullptr;
    CustomerTimeline *timeline = nullptr;
    UserModel *users = nullptr;
    widgets::DataTable *userTable = nullptr;
    CustomerResources *resources = nullptr;
    CustomerNotes *notes = nullptr;
    items::AuditTableModel *audit = nullptr;
    widgets::DataTable *auditTable = nullptr;
    UsageList *usage = nullptr;
    FactList *facts = nullptr;
    QTimer soon, permissions;
    quint64 generation = 0;
    QFuture<domain::Result<ports::CustomerDetail>> pending;
};

CustomerPage::CustomerPage(PageHost &host, QWidget *parent) : Page(host, parent), d(std::make_unique<Private>())
{
    setObjectName(QStringLiteral("page.customer"));
    setAccessibleName(QStringLiteral("Customer"));
    build();
    connectAll();
}

CustomerPage::~CustomerPage() = default;

void CustomerPage::build()
{
    using namespace widgets;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    d->strip = new ProgressStrip(this);
    column->addWidget(d->strip);
    d->outer = new QStackedWidget(this);
    column->addWidget(d->outer, 1);
    d->empty = new EmptyState(d->outer);
    d->empty->setObjectName(QStringLiteral("customer.empty"));
    d->outer->addWidget(d->empty);
    auto *content = new QWidget(d->outer);
    d->outer->addWidget(content);
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(space::xl, space::l, space::xl, space::l);
    inner->setSpacing(space::m);
    d->stale = makeLabel({}, TextRole::Small12, 500, Ink::Warning, content);
    d->stale->setObjectName(QStringLiteral("customer.stale"));
    d->stale->hide();
    inner->addWidget(d->stale);
    inner->addWidget(buildHeader());
    auto *lower = new QHBoxLayout;
    lower->setSpacing(space::m);
    auto *main = new Card({}, content);
    main->layout()->setContentsMargins(1, space::xs, 1, space::m);
    d->tabs = new SegmentedTabs(QStringLiteral("customer.tabs"), main);
    d->stack = new QStackedWidget(main);
    main->body()->addWidget(d->tabs);
    main->body()->addWidget(d->stack, 1);
    buildTabs();
    lower->addWidget(main, 1);
    lower->addWidget(buildSide());
    inner->addLayout(lower, 1);
}

QWidget *CustomerPage::buildHeader()
{
    using namespace widgets;
    auto *card = new Card({}, this);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::xl);
    auto *left = new QVBoxLayout;
    left->setSpacing(space::xs);
    auto *nameRow = new QHBoxLayout;
    nameRow->setSpacing(space::s);
    d->name = new ElidedLabel({}, card);
    d->name->setObjectName(QStringLiteral("customer.name"));
    d->name->setFont(Theme::instance().font(TextRole::Heading20, 600));
    d->tier = new TierBadge({}, card);
    d->status = new Badge({}, Tone::Neutral, card);
    d->status->setObjectName(QStringLiteral("customer.status"));
    nameRow->addWidget(d->name);
    nameRow->addWidget(d->tier, 0, Qt::AlignVCenter);
    nameRow->addWidget(d->status, 0, Qt::AlignVCenter);
    nameRow->addStretch(1);
    left->addLayout(nameRow);
    auto *ids = new QHBoxLayout;
    ids->setSpacing(space::s);
    const auto pair = [&](const QString &label, const QString &name, QLabel **out) {
        QLabel *text = makeLabel(label, TextRole::Small12, 400, Ink::Second, card);
        text->setTextFormat(Qt::RichText); // laid out as the selectable value beside it: both stand on one line
        ids->addWidget(text);
        auto *value = new CopyLabel(name, card);
        ids->addWidget(value);
        ids->addSpacing(space::s);
        if (out)
            *out = text;
        connect(value, &CopyLabel::copied, this, [this](const QString &copied) {
            host().toast({Toast::Kind::Info, QStringLiteral("Copied %1").arg(copied), {}, {}});
        });
        return value;
    };
    d->id = pair(QStringLiteral("team"), QStringLiteral("customer.id"), nullptr);
    d->email = pair(QStringLiteral("e-mail"), QStringLiteral("customer.email"), nullptr);
    d->subscription =
        pair(QStringLiteral("subscription"), QStringLiteral("customer.subscription"), &d->subscriptionLabel);
    ids->addStretch(1);
    left->addLayout(ids);
    d->line = makeLabel({}, TextRole::Small12, 400, Ink::Second, card);
    left->addWidget(d->line);
    row->addLayout(left, 1);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    d->mrr = makeLabel({}, TextRole::Figure26, 600, Ink::Text, card);
    d->mrr->setAlignment(Qt::AlignRight);
    d->mrrHint = makeLabel(QStringLiteral("MRR, list price"), TextRole::Small12, 400, Ink::Second, card);
    d->mrrHint->setAlignment(Qt::AlignRight);
    d->mrrHint->setToolTip(
        QStringLiteral("List price of the tier per month; discounts and yearly terms are not in it"));
    right->addWidget(d->mrr);
    right->addWidget(d->mrrHint);
    right->addStretch(1);
    row->addLayout(right);
    card->body()->addLayout(row);
    return card;
}

QWidget *CustomerPage::buildSide()
{
    using namespace widgets;
    auto *card = new Card(QStringLiteral("Limits of the plan"), this);
    auto *body = new QWidget(card);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    d->usage = new UsageList(body);
    d->facts = new FactList(body);
    column->addWidget(d->usage);
    column->addWidget(makeRule(body));
    column->addWidget(d->facts);
    column->addStretch(1);
    card->body()->addWidget(makeScroll(body, QStringLiteral("customer.side"), card), 1);
    card->setFixedWidth(sideWidth);
    return card;
}

void CustomerPage::buildTabs()
{
    using Model = items::AuditTableModel;
    const ZoneOf zone = [this] { return host().timeZone(); };
    d->timeline = new CustomerTimeline(host(), d->stack);
    d->userTable = makeUserTable(d->users, zone, d->stack);
    d->resources = new CustomerResources(zone, d->stack);
    d->notes = new CustomerNotes(host(), d->stack);
    d->audit = new Model(
        host().backend().audit(), [this] { return host().newCall(); }, this);
    d->auditTable = new widgets::DataTable(QStringLiteral("customer.audit"), d->stack);
    d->auditTable->setModel(d->audit);
    d->auditTable->setColumn(Model::Time, exactTimeWidth());
    d->auditTable->setColumn(Model::Actor, 80);
    d->auditTable->setColumn(Model::Action, 220);
    d->auditTable->setColumn(Model::Target, 120);
    d->auditTable->setColumnHidden(Model::Target, true);
    d->auditTable->setColumn(Model::Summary, -1);
    d->auditTable->setItemDelegateForColumn(
        Model::Action,
        new widgets::BadgeDelegate(
            [](const QModelIndex &i) { return timelineTone(i.data(items::StateRole).toString()); }, d->auditTable));
    const QStringList titles{QStringLiteral("Timeline"), QStringLiteral("Users"), QStringLiteral("Resources"),
                             QStringLiteral("Notes"), QStringLiteral("Audit")};
    const QList<QWidget *> pagesOfTabs{d->timeline, d->userTable, d->resources, d->notes, d->auditTable};
    for (qsizetype i = 0; i < titles.size(); ++i) {
        d->tabs->addTab(tabKeys().at(i), titles.at(i));
        d->stack->addWidget(pagesOfTabs.at(i));
    }
}

void CustomerPage::connectAll()
{
    connect(d->tabs, &widgets::SegmentedTabs::currentChanged, this, [this](const QString &key) {
        selectTab(key);
        Q_EMIT locationChanged();
    });
    connect(d->empty, &widgets::EmptyState::retryRequested, this, &CustomerPage::refresh);
    connect(d->strip, &widgets::ProgressStrip::cancelRequested, this, [this] {
        ++d->generation;
        d->pending.cancel();
        take(domain::makeError(domain::ErrorCode::Cancelled, QStringLiteral("cancelled")), {});
    });
    connect(d->notes, &CustomerNotes::notesChanged, this, [this](const QList<domain::Note> &notes) {
        d->timeline->setNotes(notes);
        d->tabs->setCount(QStringLiteral("notes"), static_cast<int>(notes.size()));
    });
    const auto openEntry = [this](const QString &kind) {
        Location audit{QStringLiteral("audit"), {}, {}};
        audit.query.addQueryItem(QStringLiteral("q"),
                                 (kind.isEmpty() ? QString() : QStringLiteral("kind:%1 ").arg(kind)) +
                                     QStringLiteral("team:") + currentId());
        host().open(audit);
    };
    connect(d->timeline, &CustomerTimeline::entryActivated, this, [this, openEntry](const QString &id) {
        if (id.startsWith(QLatin1StringView("note:")))
            d->tabs->setCurrent(QStringLiteral("notes"));
        else
            openEntry({});
    });
    connect(d->auditTable, &widgets::DataTable::opened, this, [this, openEntry](const QModelIndex &index) {
        const domain::AuditEntry *entry = d->audit->rowAt(index.row());
        openEntry(entry ? entry->kind : QString());
    });
    connect(d->audit, &items::PagedTableModel::stateChanged, this, [this] {
        widgets::EmptyState *empty = d->auditTable->emptyState();
        const bool rows = d->audit->rowCount() > 0;
        if (d->audit->state() == items::LoadState::Failed)
            empty->showFailed(QStringLiteral("The audit entries"), dialogs::errorText(d->audit->error()),
                              d->audit->lastRequestId());
        else if (d->audit->state() == items::LoadState::Loading)
            empty->showLoading(QStringLiteral("audit entries"));
        else
            empty->showNothingYet(QStringLiteral("No audit entries"),
                                  QStringLiteral("Every change of this customer writes one."));
        d->auditTable->showEmptyState(!rows || d->audit->state() == items::LoadState::Failed);
    });
    connect(d->auditTable->emptyState(), &widgets::EmptyState::retryRequested, d->audit,
            &items::PagedTableModel::reload);
    d->soon.setSingleShot(true);
    d->soon.setInterval(300);
    connect(&d->soon, &QTimer::timeout, this, [this] { load(true); });
    auto *changes = new items::ChangeListener(host().backend().changes(), this);
    connect(changes, &items::ChangeListener::changed, this, [this](const QList<ports::Change> &list) {
        for (const ports::Change &change : list) {
            const bool mine = change.id.isEmpty() || change.id == currentId();
            if (change.kind == QLatin1StringView("team") && mine)
                d->soon.start();
            if (change.kind == QLatin1StringView("note"))
                d->notes->reload();
        }
    });
    // Who waits for the whole page hears of its last part.
    const auto whole = [this] {
        if (settled())
            QMetaObject::invokeMethod(this, &Page::chromeChanged, Qt::QueuedConnection);
    };
    connect(d->timeline, &CustomerTimeline::answered, this, whole);
    connect(d->notes, &CustomerNotes::answered, this, whole);
    connect(d->audit, &items::PagedTableModel::stateChanged, this, whole);
    d->permissions.setInterval(1000);
    connect(&d->permissions, &QTimer::timeout, d->notes, &CustomerNotes::updatePermissions);
    d->permissions.start();
}

QString CustomerPage::title() const
{
    return d->detail ? customerTitle(d->detail->row) : QStringLiteral("Customer");
}

Location CustomerPage::location() const
{
    Location location{screen(), currentId(), {}};
    if (d->tabs->current() != tabKeys().first())
        location.query.addQueryItem(QStringLiteral("tab"), d->tabs->current());
    return location;
}

void CustomerPage::show(const Location &location)
{
    const QString tab = location.query.queryItemValue(QStringLiteral("tab"));
    {
        const QSignalBlocker quiet(d->tabs); // the location is given, not found
        d->tabs->setCurrent(tabKeys().contains(tab) ? tab : tabKeys().first());
    }
    selectTab(d->tabs->current());
    const auto team = domain::TeamId::parse(location.id);
    if (team && team == d->team && d->detail) {
        load(true);
        return;
    }
    d->team = team;
    d->detail.reset();
    load(false);
}

void CustomerPage::refresh()
{
    load(false);
}

void CustomerPage::selectTab(const QString &key)
{
    d->stack->setCurrentIndex(static_cast<int>(tabKeys().indexOf(key)));
}

void CustomerPage::load(bool quiet)
{
    const quint64 generation = ++d->generation;
    d->pending.cancel();
    if (!d->team) {
        d->empty->showNothingYet(QStringLiteral("No such customer"),
                                 QStringLiteral("The link holds no valid customer id."));
        d->outer->setCurrentIndex(0);
        Q_EMIT chromeChanged();
        return;
    }
    if (!quiet)
        d->strip->start(QStringLiteral("Loading the customer"));
    if (!d->detail) {
        d->empty->showLoading(QStringLiteral("the customer"));
        d->outer->setCurrentIndex(0);
    }
    const ports::CallContext call = host().newCall();
    d->pending = host().backend().customers().detail(call, *d->team);
    ports::whenDone(d->pending, this,
                    [this, generation, id = call.requestId](const domain::Result<ports::CustomerDetail> &result) {
                        if (generation == d->generation)
                            take(result, id);
                    });
}

void CustomerPage::take(const domain::Result<ports::CustomerDetail> &result, const QString &requestId)
{
    d->strip->finish();
    if (!result) {
        const QString text = dialogs::errorText(result.error());
        if (result.error().key == QLatin1StringView("team_not_found")) {
            d->detail.reset();
            d->empty->showNothingYet(QStringLiteral("No such customer"), text);
            d->outer->setCurrentIndex(0);
        } else if (d->detail) {
            d->stale->setText(QStringLiteral("Not up to date. ") + text);
            d->stale->show();
        } else {
            d->empty->showFailed(QStringLiteral("The customer"), text, requestId);
        }
        Q_EMIT chromeChanged();
        return;
    }
    const bool other = !d->detail || d->detail->row.id != result->row.id;
    d->detail = *result;
    d->stale->hide();
    draw();
    d->outer->setCurrentIndex(1);
    d->timeline->setTeam(result->row.id);
    d->notes->setTeam(result->row.id);
    if (other) {
        ports::AuditFilter filter;
        filter.team = result->row.id;
        d->audit->setFilter(filter);
        d->audit->setTimeZone(host().timeZone());
        d->audit->reload();
    } else {
        d->audit->setFollowing(true);
        d->audit->checkForNew();
    }
    markUpdated();
}

void CustomerPage::draw()
{
    const ports::CustomerRow &row = d->detail->row;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QTimeZone zone = host().timeZone();
    d->name->setText(customerTitle(row));
    d->tier->setTier(row.tier);
    d->status->set(widgets::statusLabel(row.status), widgets::statusTone(row.status));
    d->status->setVisible(row.status != QLatin1StringView("active"));
    d->id->setValue(row.id.toString(), domain::shortId(row.id.toString()));
    d->email->setValue(row.primaryEmail.isEmpty() ? QStringLiteral("—") : row.primaryEmail);
    d->subscription->setValue(d->detail->subscriptionId);
    d->subscription->setVisible(!d->detail->subscriptionId.isEmpty());
    d->subscriptionLabel->setVisible(!d->detail->subscriptionId.isEmpty());
    const QDateTime seen = row.lastSeenAt.value_or(QDateTime());
    d->line->setText(QStringLiteral("Customer since %1 · last seen %2")
                         .arg(domain::dayText(row.createdAt, zone), domain::relativeText(seen, now)));
    d->line->setToolTip(QStringLiteral("Created %1\nLast seen %2")
                            .arg(domain::timeTip(row.createdAt, now), domain::timeTip(seen, now)));
    d->mrr->setText(domain::moneyText(row.mrrListCents));
    d->users->setRows(d->detail->users);
    d->userTable->emptyState()->showNothingYet(QStringLiteral("No users"),
                                               QStringLiteral("Nobody has signed in to this team."));
    d->userTable->showEmptyState(d->detail->users.isEmpty());
    d->resources->setDetail(*d->detail);
    d->usage->setUsage(d->detail->usage, d->detail->counts);
    d->facts->setFacts({{QStringLiteral("Plan"), widgets::tierLabel(row.tier)},
                        {QStringLiteral("Storage in all"), domain::usageText(row.storageBytes, row.storageLimitBytes)},
                        {QStringLiteral("Created"), domain::dayText(row.createdAt, zone), Ink::Text,
                         domain::timeTip(row.createdAt, now)}});
    d->tabs->setCount(QStringLiteral("users"), static_cast<int>(d->detail->users.size()));
    d->tabs->setCount(QStringLiteral("resources"), static_cast<int>(d->detail->resources.size()));
}

void CustomerPage::changeTier()
{
    if (d->detail)
        openTierChange(host(), d->detail->row, this, [this] { load(true); });
}

void CustomerPage::addNote()
{
    if (d->detail)
        openAddNote(host(), d->detail->row, this, [this] { d->notes->reload(); });
}

QList<PageAction> CustomerPage::actions() const
{
    auto *self = const_cast<CustomerPage *>(this);
    const auto guarded = [this](domain::Permission permission) {
        const QString why = whyNot(host(), permission);
        return why.isEmpty() && !d->detail ? QStringLiteral("The customer is not loaded") : why;
    };
    const QString noTier = guarded(domain::Permission::ChangeTier);
    const QString noNote = guarded(domain::Permission::WriteNotes);
    return {{QStringLiteral("customer.addNote"),
             QStringLiteral("Add note"),
             {},
             noNote.isEmpty(),
             noNote,
             false,
             [self] { self->addNote(); }},
            {QStringLiteral("customer.changeTier"),
             QStringLiteral("Change tier…"),
             {},
             noTier.isEmpty(),
             noTier,
             true,
             [self] { self->changeTier(); }}};
}

QString CustomerPage::status() const
{
    if (!d->detail)
        return {};
    const ports::CustomerRow &row = d->detail->row;
    return QStringLiteral("<b>%1</b>&nbsp;&nbsp;&nbsp; %2&nbsp;&nbsp;&nbsp; %3&nbsp;&nbsp;&nbsp; storage <b>%4</b>")
        .arg(customerTitle(row).toHtmlEscaped(),
             domain::plural(row.resourceCount, QStringLiteral("resource"), QStringLiteral("resources")),
             domain::plural(row.deploymentsActive, QStringLiteral("deployment"), QStringLiteral("deployments")),
             domain::bytesText(row.storageBytes));
}

QString CustomerPage::currentId() const
{
    return d->team ? d->team->toString() : QString();
}

bool CustomerPage::settled() const
{
    return updatedAt().isValid() && d->timeline->settled() && d->notes->settled() &&
           d->audit->state() != items::LoadState::Loading;
}

} // namespace pages
