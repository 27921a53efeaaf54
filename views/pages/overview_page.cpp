#include "views/pages/overview_page.h"

#include "models/domain/audit_kind_names.h"
#include "models/domain/format.h"
#include "models/domain/tier.h"
#include "models/items/change_listener.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/charts/chart_card.h"
#include "views/charts/distribution_chart.h"
#include "views/charts/time_chart.h"
#include "views/dialogs/error_text.h"
#include "views/pages/attention_list.h"
#include "views/pages/attention_target.h"
#include "views/pages/page_parts.h"
#include "views/pages/share_bar.h"
#include "views/widgets/badge.h"
#include "views/widgets/buttons.h"
#include "views/widgets/card.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/progress_strip.h"
#include "views/widgets/stat_tile.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace pages {

namespace {
constexpr int refreshSoonMs = 1500;
enum TileIndex : size_t { Mrr, Customers, Active, Resources, Deployments, Delivery, TileCount };
constexpr std::array<const char *, TileCount> tileNames{"mrr",       "customers",   "active",
                                                        "resources", "deployments", "delivery"};

QList<double> values(const QList<ports::DayPoint> &points)
{
    QList<double> out;
    for (const ports::DayPoint &point : points)
        out << static_cast<double>(point.value);
    return out;
}

QString signedText(qint64 value)
{
    return value < 0 ? QChar(0x2212) + domain::countText(-value) : QLatin1Char('+') + domain::countText(value);
}

/// "How it is counted" and when.
QString explain(const QString &formula, const QString &window, const QDateTime &asOf)
{
    return QStringLiteral("%1\n\nWindow: %2\nDays begin at midnight UTC\nAs of %3")
        .arg(formula, window, domain::isoText(asOf));
}

/// Ratio with bounds; the line leaves out days without settled mail.
widgets::Stat deliveryStat(const std::optional<ports::DeliverySummary> &delivery)
{
    using widgets::Ink;
    widgets::Stat stat;
    stat.title = QStringLiteral("Settled delivery, 7 d");
    stat.figure = domain::noValue();
    if (!delivery) {
        stat.sub = QStringLiteral("your role may not see e-mail");
        return stat;
    }
    const domain::OutcomeCounts &counts = delivery->counts7d;
    for (const ports::DeliveryDay &day : delivery->byDay)
        if (const auto ratio = domain::settledRatio(day.counts))
            stat.series << *ratio;
    const auto bounds = domain::ratioBounds(counts);
    if (!bounds || counts.settled() == 0) {
        stat.sub = QStringLiteral("no mail settled");
        return stat;
    }
    stat.figure = domain::percentText(domain::settledRatio(counts), 1);
    stat.sub = QStringLiteral("bounds %1 – %2 · n %3")
                   .arg(QString(domain::percentText(bounds->low, 1)).remove(QStringLiteral(" %")),
                        domain::percentText(bounds->high, 1), domain::countText(counts.settled()));
    switch (domain::ratioVerdict(counts)) {
    case domain::Verdict::Red:
        stat.figureInk = stat.deltaInk = Ink::Bad;
        stat.delta = QStringLiteral("below 95 %");
        break;
    case domain::Verdict::Amber:
        stat.figureInk = stat.deltaInk = Ink::Warning;
        stat.delta = QStringLiteral("below 98 %");
        break;
    case domain::Verdict::None:
    case domain::Verdict::Good:
        break;
    }
    return stat;
}
} // namespace

struct OverviewPage::Private {
    widgets::ProgressStrip *strip = nullptr;
    widgets::EmptyState *empty = nullptr;
    QStackedLayout *stack = nullptr;
    QWidget *content = nullptr;
    std::array<widgets::StatTile *, TileCount> tiles{};
    std::array<ShareBar *, TileCount> shares{}; ///< where a tile has no series
    widgets::Card *attentionCard = nullptr;
    AttentionList *attention = nullptr;
    charts::DistributionChart *tiers = nullptr;
    charts::TimeChart *activity = nullptr, *movement = nullptr;
    charts::ChartCard *movementCard = nullptr;
    widgets::LinkButton *tierChanges = nullptr;
    QLabel *stale = nullptr;
    QTimer soon;
    QFuture<domain::Result<ports::Overview>> pending;
    std::optional<ports::Overview> shown;
    quint64 generation = 0;
};

OverviewPage::OverviewPage(PageHost &host, QWidget *parent) : Page(host, parent), d(std::make_unique<Private>())
{
    setObjectName(QStringLiteral("page.overview"));
    setAccessibleName(title());
    build();
    connect(d->strip, &widgets::ProgressStrip::cancelRequested, this, [this] {
        ++d->generation;
        d->pending.cancel();
        take(domain::makeError(domain::ErrorCode::Cancelled, QStringLiteral("cancelled")), {});
    });
    connect(d->empty, &widgets::EmptyState::retryRequested, this, &OverviewPage::refresh);
    connect(d->attention, &AttentionList::openRequested, this,
            [this](const ports::AttentionItem &item, int count) { this->host().open(attentionTarget(item, count)); });
    connect(d->tiers, &charts::DistributionChart::sliceClicked, this,
            [this](const QString &tier) { openCustomers(QStringLiteral("tier:") + tier); });
    d->soon.setSingleShot(true);
    d->soon.setInterval(refreshSoonMs);
    connect(&d->soon, &QTimer::timeout, this, [this] { load(true); });
    auto *changes = new items::ChangeListener(host.backend().changes(), this);
    connect(changes, &items::ChangeListener::changed, this, [this] {
        if (isVisible() && !d->soon.isActive())
            d->soon.start();
    });
}

OverviewPage::~OverviewPage() = default;

void OverviewPage::build()
{
    using namespace widgets;
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    d->strip = new ProgressStrip(this);
    outer->addWidget(d->strip);
    auto *holder = new QWidget(this);
    d->stack = new QStackedLayout(holder);
    outer->addWidget(holder, 1);
    d->empty = new EmptyState(holder);
    d->empty->setObjectName(QStringLiteral("overview.empty"));
    d->content = new QWidget(holder);
    d->stack->addWidget(d->empty);
    d->stack->addWidget(makeScroll(d->content, QStringLiteral("overview.scroll"), holder));

    auto *column = new QVBoxLayout(d->content);
    column->setContentsMargins(space::xl, space::l, space::xl, space::l);
    column->setSpacing(space::m);
    d->stale = makeLabel({}, TextRole::Small12, 500, Ink::Warning, d->content);
    d->stale->hide();
    column->addWidget(d->stale);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(space::m);
    for (size_t i = 0; i < TileCount; ++i) {
        d->tiles[i] = new StatTile(QStringLiteral("tile.") + QLatin1StringView(tileNames[i]), d->content);
        d->tiles[i]->setClickable(true);
        tiles->addWidget(d->tiles[i], 1);
    }
    for (const size_t i : {size_t(Mrr), size_t(Resources), size_t(Deployments)}) {
        d->shares[i] = new ShareBar(d->tiles[i]);
        d->tiles[i]->body()->addWidget(d->shares[i]);
    }
    column->addLayout(tiles);
    const std::array<const char *, TileCount> targets{"mrr>0", "", "seen<7d", "", "", ""};
    for (const size_t i : {size_t(Mrr), size_t(Customers), size_t(Active), size_t(Resources), size_t(Deployments)})
        connect(d->tiles[i], &StatTile::clicked, this,
                [this, query = QString::fromLatin1(targets[i])] { openCustomers(query); });
    connect(d->tiles[Delivery], &StatTile::clicked, this, [this] { host().open({QStringLiteral("email"), {}, {}}); });

    auto *grid = new QGridLayout;
    grid->setSpacing(space::m);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 2);
    grid->setRowStretch(0, 5);
    grid->setRowStretch(1, 4);
    d->attentionCard = new Card(QStringLiteral("Needs attention"), d->content);
    d->attentionCard->setFlush(true);
    d->attention = new AttentionList(d->content);
    d->attention->setMinimumHeight(220);
    d->attentionCard->body()->addWidget(d->attention, 1);
    d->tiers = new charts::DistributionChart(QStringLiteral("overview.tiers"), d->content);
    d->activity = new charts::TimeChart(QStringLiteral("overview.activity"), d->content);
    d->movement = new charts::TimeChart(QStringLiteral("overview.movement"), d->content);
    auto *tierCard = new charts::ChartCard(QStringLiteral("Customers by tier"), d->tiers, d->content);
    auto *activityCard = new charts::ChartCard(QStringLiteral("Active customers by day"), d->activity, d->content);
    activityCard->setHint(QStringLiteral("distinct · 30 days · UTC · today is open"));
    d->movementCard = new charts::ChartCard(QStringLiteral("Tier movement by day"), d->movement, d->content);
    d->tierChanges = new LinkButton({}, QStringLiteral("overview.tierChanges"), d->content);
    d->movementCard->header()->insertWidget(d->movementCard->header()->count() - 1, d->tierChanges);
    connect(d->tierChanges, &QPushButton::clicked, this, [this] {
        Location audit{QStringLiteral("audit"), {}, {}};
        audit.query.addQueryItem(QStringLiteral("q"),
                                 QStringLiteral("kind:%1 after:30d").arg(domain::kinds::adminTierChanged));
        host().open(audit);
    });
    grid->addWidget(d->attentionCard, 0, 0);
    grid->addWidget(tierCard, 0, 1);
    grid->addWidget(activityCard, 1, 0);
    grid->addWidget(d->movementCard, 1, 1);
    column->addLayout(grid, 1);
}

void OverviewPage::show(const Location &)
{
    load(d->shown.has_value());
}

void OverviewPage::refresh()
{
    load(false);
}

void OverviewPage::load(bool quiet)
{
    const quint64 generation = ++d->generation;
    if (!quiet)
        d->strip->start(QStringLiteral("Loading the overview"));
    if (!d->shown) {
        d->empty->showLoading(QStringLiteral("the overview"));
        d->stack->setCurrentIndex(0);
    }
    const ports::CallContext call = host().newCall();
    d->pending.cancel();
    d->pending = host().backend().overview().overview(call);
    ports::whenDone(d->pending, this,
                    [this, generation, id = call.requestId](const domain::Result<ports::Overview> &result) {
                        if (generation == d->generation)
                            take(result, id);
                    });
}

void OverviewPage::take(const domain::Result<ports::Overview> &result, const QString &requestId)
{
    d->strip->finish();
    if (!result) {
        const QString text = dialogs::errorText(result.error());
        if (d->shown) {
            d->stale->setText(QStringLiteral("These figures are from %1. %2")
                                  .arg(domain::relativeText(d->shown->asOf, QDateTime::currentDateTimeUtc()), text));
            d->stale->show();
        } else {
            d->empty->showFailed(QStringLiteral("The overview"), text, requestId);
        }
        Q_EMIT chromeChanged();
        return;
    }
    d->shown = *result;
    d->stale->hide();
    if (result->customers == 0) {
        d->empty->showNothingYet(
            QStringLiteral("No customers yet"),
            QStringLiteral(
                "Figures appear when the first team signs up; sample data comes from “instanode-console demo”."));
        d->stack->setCurrentIndex(0);
    } else {
        drawTiles(*result);
        drawCharts(*result);
        d->attention->setItems(result->attention, result->asOf, host().timeZone());
        d->attentionCard->setHint(result->attention.isEmpty() ? QString()
                                                              : domain::countText(result->attention.size()));
        d->attentionCard->setToolTip(
            QStringLiteral("The most urgent of every kind first; equal alerts are counted in one row"));
        d->stack->setCurrentIndex(1);
    }
    markUpdated();
}

void OverviewPage::drawTiles(const ports::Overview &o)
{
    using widgets::Ink;
    using widgets::Stat;
    const auto set = [this](TileIndex tile, const Stat &stat, const QString &text) {
        d->tiles[tile]->setStat(stat);
        d->tiles[tile]->setExplanation(text);
    };
    const qint64 change = o.newCustomers30d - o.newCustomersPrev30d;
    Stat mrr{
        QStringLiteral("MRR, list price"), domain::moneyText(o.mrrListCents), {}, {}, Ink::Text, {}, {}, {}, false};
    if (mrr.figure.endsWith(QLatin1StringView(".00")))
        mrr.figure.chop(3);
    mrr.sub = QStringLiteral("list figure · %1 paying").arg(domain::countText(o.paying));
    QList<ShareBar::Share> byTier;
    for (const ports::TierCount &tier : o.tiers)
        if (tier.mrrListCents > 0)
            byTier << ShareBar::Share{widgets::tierLabel(tier.tier), tier.mrrListCents,
                                      domain::moneyText(tier.mrrListCents), widgets::tierSeries(tier.tier)};
    d->shares[Mrr]->setShares(byTier);
    set(Mrr, mrr,
        explain(
            QStringLiteral(
                "Sum of the list price per month of every customer's tier. It is the list figure: discounts, yearly terms, "
                "comped and unpaid customers are not taken off. Test and removed teams are left out. The bar: share of every tier."),
            QStringLiteral("now"), o.asOf));
    Stat customers{QStringLiteral("Customers"),
                   domain::countText(o.customers),
                   {},
                   {},
                   Ink::Text,
                   {},
                   Ink::Second,
                   values(o.newCustomersByDay),
                   true};
    customers.sub = QStringLiteral("%1 new in 30 d").arg(domain::countText(o.newCustomers30d));
    customers.delta = signedText(change);
    customers.deltaInk = change > 0 ? Ink::Good : change < 0 ? Ink::Bad : Ink::Second;
    set(Customers, customers,
        explain(
            QStringLiteral(
                "Teams that are not removed and not test teams. New: created in the last 30 days, the change compares with the 30 days before. "
                "The line: new customers per day."),
            QStringLiteral("30 days"), o.asOf));
    Stat active{QStringLiteral("Active, 7 d"),
                domain::countText(o.activeCustomers7d),
                {},
                {},
                Ink::Text,
                {},
                Ink::Second,
                values(o.activityByDay),
                true};
    active.sub = o.customers > 0 ? domain::percentText(double(o.activeCustomers7d) / double(o.customers)) +
                                       QStringLiteral(" of customers")
                                 : QString();
    set(Active, active,
        explain(
            QStringLiteral(
                "Customers seen in the last 7 days: an audit entry of their own, a new resource or deployment. What operators do does "
                "not count. The line: distinct customers by day."),
            QStringLiteral("7 days"), o.asOf));
    Stat resources{
        QStringLiteral("Resources"), domain::countText(o.resourcesActive), {}, {}, Ink::Text, {}, {}, {}, false};
    resources.sub = o.resourcesDegraded > 0
                        ? QStringLiteral("%1 degraded · %2")
                              .arg(domain::countText(o.resourcesDegraded), domain::bytesText(o.storageBytes))
                        : QStringLiteral("none degraded · %1").arg(domain::bytesText(o.storageBytes));
    set(Resources, resources,
        explain(
            QStringLiteral(
                "Active resources of all seven types, how many of them are degraded, and the storage they use. The bar: the degraded share."),
            QStringLiteral("now"), o.asOf));
    d->shares[Resources]->setShares(
        {{QStringLiteral("well"), o.resourcesActive - o.resourcesDegraded,
          domain::countText(o.resourcesActive - o.resourcesDegraded), 0},
         {QStringLiteral("degraded"), o.resourcesDegraded, domain::countText(o.resourcesDegraded), 2}});
    Stat deployments{
        QStringLiteral("Deployments"), domain::countText(o.deploymentsActive), {}, {}, Ink::Text, {}, {}, {}, false};
    deployments.sub = QStringLiteral("%1 failed in 7 d").arg(domain::countText(o.deploymentsFailed7d));
    set(Deployments, deployments,
        explain(
            QStringLiteral(
                "Deployments that are building, deploying or healthy. Failed: deployments of the last 7 days that failed. The bar: these beside the active ones."),
            QStringLiteral("now; failures 7 days"), o.asOf));
    d->shares[Deployments]->setShares(
        {{QStringLiteral("running"), o.deploymentsActive, domain::countText(o.deploymentsActive), 0},
         {QStringLiteral("failed in 7 d"), o.deploymentsFailed7d, domain::countText(o.deploymentsFailed7d), 3}});
    d->tiles[Delivery]->setStat(deliveryStat(o.delivery));
    d->tiles[Delivery]->setExplanation(explain(
        QStringLiteral("Delivered mails of those whose fate is known, by acceptance; a mail that bounced later is "
                       "not delivered. Bounds: what the mails without an outcome could make of it. The line: the "
                       "same ratio per day; the last three days are still settling."),
        QStringLiteral("7 days; line 30 days"), o.asOf));
}

void OverviewPage::drawCharts(const ports::Overview &o)
{
    QList<charts::Slice> slices;
    for (const ports::TierCount &tier : o.tiers)
        slices << charts::Slice{tier.tier, widgets::tierLabel(tier.tier), static_cast<double>(tier.customers),
                                tier.mrrListCents > 0 ? domain::moneyText(tier.mrrListCents) : QStringLiteral("—"),
                                widgets::tierSeries(tier.tier)};
    d->tiers->setSlices(slices, QStringLiteral("customers"));
    if (!o.activityByDay.isEmpty())
        d->activity->setSeries(o.activityByDay.first().day,
                               {{QStringLiteral("active"), values(o.activityByDay), charts::Series::Shape::Area, 0},
                                {QStringLiteral("new"), values(o.newCustomersByDay), charts::Series::Shape::Line, 5}});
    d->activity->setUnit(QStringLiteral("customers"));
    if (!o.upgradesByDay.isEmpty()) {
        QList<double> down = values(o.downgradesByDay);
        for (double &value : down)
            value = -value;
        d->movement->setSeries(o.upgradesByDay.first().day,
                               {{QStringLiteral("upgrades"), values(o.upgradesByDay), charts::Series::Shape::Bars, 5},
                                {QStringLiteral("downgrades"), down, charts::Series::Shape::Bars, 2}});
    }
    d->movement->setUnit(QStringLiteral("changes"));
    d->movementCard->setHint(QStringLiteral("30 days · UTC"));
    d->tierChanges->setText(QStringLiteral("%1 by operators").arg(domain::countText(o.tierChanges30d)));
    d->tierChanges->setAccessibleName(
        QStringLiteral("Tier changes, 30 days, %1 by operators: show").arg(domain::countText(o.tierChanges30d)));
}

void OverviewPage::openCustomers(const QString &query)
{
    Location location{QStringLiteral("customers"), {}, {}};
    if (!query.isEmpty())
        location.query.addQueryItem(QStringLiteral("q"), query);
    host().open(location);
}

QList<PageAction> OverviewPage::actions() const
{
    return {{QStringLiteral("overview.refresh"),
             QStringLiteral("Refresh"),
             QStringLiteral("F5"),
             true,
             {},
             false,
             [self = const_cast<OverviewPage *>(this)] { self->refresh(); }}};
}

/// The core answers the most urgent ones up to this many: at the limit there may be more.
constexpr qsizetype attentionLimit = 20;

QString OverviewPage::status() const
{
    if (!d->shown)
        return {};
    const qsizetype n = d->shown->attention.size();
    return n == 0 ? QStringLiteral("All clear")
                  : QStringLiteral("<b>%1</b> need attention")
                        .arg(n < attentionLimit ? QString::number(n) : QStringLiteral("%1+").arg(n));
}

} // namespace pages
