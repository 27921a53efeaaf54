#include "views/pages/health_page.h"

#include "models/domain/format.h"
#include "models/items/roles.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/pages/check_history.h"
#include "views/pages/page_parts.h"
#include "views/widgets/card.h"
#include "views/widgets/cell_delegates.h"
#include "views/widgets/data_table.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/progress_strip.h"
#include "views/widgets/stat_tile.h"
#include "views/widgets/usage_bar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace pages {

namespace {
using Model = items::ListTableModel<ports::HealthCheck>;
constexpr int pollMs = 5000;
enum Column { Check, Status, Critical, Latency, History, Age, LastError };
constexpr int tableHeaderHeight = 32;

widgets::Tone toneOf(ports::CheckStatus status)
{
    switch (status) {
    case ports::CheckStatus::Ok:
        return widgets::Tone::Good;
    case ports::CheckStatus::Degraded:
        return widgets::Tone::Warning;
    case ports::CheckStatus::Failed:
        return widgets::Tone::Bad;
    }
    return widgets::Tone::Neutral;
}

QString iconOf(ports::CheckStatus status)
{
    switch (status) {
    case ports::CheckStatus::Ok:
        return QStringLiteral("check-circle");
    case ports::CheckStatus::Degraded:
        return QStringLiteral("warning");
    case ports::CheckStatus::Failed:
        return QStringLiteral("cross-circle");
    }
    return {};
}

widgets::Ink inkOf(ports::CheckStatus status)
{
    switch (status) {
    case ports::CheckStatus::Ok:
        return widgets::Ink::Good;
    case ports::CheckStatus::Degraded:
        return widgets::Ink::Warning;
    case ports::CheckStatus::Failed:
        return widgets::Ink::Bad;
    }
    return widgets::Ink::Text;
}

QString headline(ports::CheckStatus status)
{
    switch (status) {
    case ports::CheckStatus::Ok:
        return QStringLiteral("Ready");
    case ports::CheckStatus::Degraded:
        return QStringLiteral("Degraded");
    case ports::CheckStatus::Failed:
        return QStringLiteral("Not ready");
    }
    return {};
}

Model *makeModel(const CheckHistory &history, QObject *parent)
{
    const auto now = [] { return QDateTime::currentDateTimeUtc(); };
    using ports::HealthCheck;
    QList<Model::Column> columns{
        {QStringLiteral("Check"), [](const HealthCheck &c) { return c.name; }, Qt::AlignLeft,
         [](const HealthCheck &c, int role) -> QVariant {
             if (role == items::SecondaryRole)
                 return checkMeaning(c.name);
             return role == items::IconRole ? QVariant(iconOf(c.status)) : QVariant();
         }},
        {QStringLiteral("Status"), [](const HealthCheck &c) { return ports::checkStatusName(c.status); }, Qt::AlignLeft,
         [](const HealthCheck &c, int role) -> QVariant {
             return role == items::StateRole ? QVariant(int(toneOf(c.status))) : QVariant();
         }},
        {QStringLiteral("Gates readiness"),
         [](const HealthCheck &c) { return c.critical ? QStringLiteral("yes") : QStringLiteral("no, shown only"); }},
        {QStringLiteral("Latency"),
         [](const HealthCheck &c) { return QStringLiteral("%1 ms").arg(domain::countText(c.latencyMs)); },
         Qt::AlignRight},
        {QStringLiteral("Since opened"), [&history](const HealthCheck &c) { return history.text(c.name); },
         Qt::AlignLeft,
         [&history](const HealthCheck &c, int role) -> QVariant {
             if (role == Qt::ToolTipRole)
                 return QStringLiteral("%1, one every %2 s, newest at the right")
                     .arg(history.text(c.name))
                     .arg(pollMs / 1000);
             return role == items::IdRole ? QVariant(c.name) : QVariant();
         }},
        {QStringLiteral("Checked"), [now](const HealthCheck &c) { return domain::relativeText(c.lastCheckAt, now()); },
         Qt::AlignLeft,
         [now](const HealthCheck &c, int role) -> QVariant {
             return role == Qt::ToolTipRole ? QVariant(domain::timeTip(c.lastCheckAt, now())) : QVariant();
         }},
        {QStringLiteral("Last error"), [](const HealthCheck &c) {
             return c.lastError.isEmpty() ? QStringLiteral("—") : domain::wordText(c.lastError);
         }}};
    return new Model(
        std::move(columns), [](const HealthCheck &c) { return c.name; }, parent);
}
} // namespace

struct HealthPage::Private {
    CheckHistory history; ///< the model and a delegate read it
    Model *model = nullptr;
    widgets::ProgressStrip *strip = nullptr;
    widgets::DataTable *table = nullptr;
    widgets::StatTile *overall = nullptr, *uptime = nullptr, *pool = nullptr, *database = nullptr;
    widgets::UsageBar *poolBar = nullptr;
    FactList *facts = nullptr;
    QLabel *stale = nullptr;
    QTimer poll;
    QFuture<domain::Result<ports::HealthReport>> pending;
    std::optional<ports::HealthReport> report;
    quint64 generation = 0;
    bool asking = false;
};

HealthPage::HealthPage(PageHost &host, QWidget *parent) : Page(host, parent), d(std::make_unique<Private>())
{
    using namespace widgets;
    setObjectName(QStringLiteral("page.health"));
    setAccessibleName(title());
    d->strip = new ProgressStrip(this);
    d->overall = new StatTile(QStringLiteral("health.tile.overall"), this);
    d->uptime = new StatTile(QStringLiteral("health.tile.uptime"), this);
    d->pool = new StatTile(QStringLiteral("health.tile.pool"), this);
    d->database = new StatTile(QStringLiteral("health.tile.database"), this);
    d->stale = makeLabel({}, TextRole::Small12, 500, Ink::Warning, this);
    d->stale->setObjectName(QStringLiteral("health.stale"));
    d->stale->hide();

    d->model = makeModel(d->history, this);
    d->table = new DataTable(screen(), this);
    d->table->setModel(d->model);
    d->table->setColumn(Check, 292);
    d->table->setColumn(Status, 76);
    d->table->setColumn(Critical, 122);
    d->table->setColumn(Latency, 74, Qt::AlignRight);
    d->table->setColumn(History, 128);
    d->table->setColumn(Age, 84);
    d->table->setColumn(LastError, -1);
    d->table->setItemDelegateForColumn(Check, new TwoTextDelegate(items::SecondaryRole, d->table, items::IconRole));
    d->table->setItemDelegateForColumn(History, new CheckHistoryDelegate(d->history, items::IdRole, d->table));
    d->table->setItemDelegateForColumn(
        Status,
        new BadgeDelegate([](const QModelIndex &i) { return static_cast<Tone>(i.data(items::StateRole).toInt()); },
                          d->table));

    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(d->strip);
    auto *column = new QVBoxLayout;
    column->setContentsMargins(space::xl, space::l, space::xl, space::l);
    column->setSpacing(space::l);
    outer->addLayout(column);
    column->addWidget(d->stale);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(space::m);
    for (StatTile *tile : {d->overall, d->uptime, d->pool, d->database})
        tiles->addWidget(tile, 1);
    column->addLayout(tiles);
    auto *lower = new QHBoxLayout;
    lower->setSpacing(space::m);
    auto *checks = new Card(QStringLiteral("Checks"), this);
    checks->setHint(QStringLiteral("as /readyz?verbose says"));
    checks->setFlush(true);
    checks->body()->addWidget(d->table);
    connect(d->table->horizontalScrollBar(), &QScrollBar::rangeChanged, this, &HealthPage::sizeTable);
    sizeTable();
    auto *about = new Card(QStringLiteral("This core"), this);
    d->facts = new FactList(this);
    about->body()->addWidget(d->facts);
    about->setFixedWidth(312);
    lower->addWidget(checks, 1, Qt::AlignTop);
    lower->addWidget(about, 0, Qt::AlignTop);
    column->addLayout(lower);
    column->addStretch(1);
    d->poolBar = new UsageBar(d->pool);
    d->pool->body()->addSpacing(space::xs);
    d->pool->body()->addWidget(d->poolBar);

    connect(d->strip, &ProgressStrip::cancelRequested, this, [this] {
        ++d->generation;
        d->pending.cancel();
        take(domain::makeError(domain::ErrorCode::Cancelled, QStringLiteral("cancelled")), {});
    });
    connect(d->table->emptyState(), &EmptyState::retryRequested, this, &HealthPage::refresh);
    d->poll.setInterval(pollMs);
    connect(&d->poll, &QTimer::timeout, this, [this] { load(true); });
}

HealthPage::~HealthPage() = default;

void HealthPage::show(const Location &)
{
    load(false);
}

void HealthPage::refresh()
{
    load(false);
}

void HealthPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    d->poll.start();
}

void HealthPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    d->poll.stop();
}

void HealthPage::load(bool quiet)
{
    if (quiet && d->asking)
        return;
    const quint64 generation = ++d->generation;
    d->asking = true;
    if (!quiet) {
        d->strip->start(QStringLiteral("Checking the server"));
        if (!d->report)
            d->table->emptyState()->showLoading(QStringLiteral("checks"));
        d->table->showEmptyState(!d->report);
    }
    const ports::CallContext call = host().newCall();
    d->pending.cancel();
    d->pending = host().backend().health().report(call);
    ports::whenDone(d->pending, this,
                    [this, generation, id = call.requestId](const domain::Result<ports::HealthReport> &result) {
                        if (generation == d->generation)
                            take(result, id);
                    });
}

void HealthPage::take(const domain::Result<ports::HealthReport> &result, const QString &requestId)
{
    d->asking = false;
    d->strip->finish();
    if (result) {
        d->report = *result;
        d->history.record(*result);
        d->stale->hide();
        draw(*result);
        markUpdated();
        return;
    }
    const QString text = dialogs::errorText(result.error());
    if (d->report && result.error().code != domain::ErrorCode::Cancelled) {
        d->history.recordSilence();
        d->table->viewport()->update();
    }
    if (d->report) {
        d->stale->setText(QStringLiteral("Nobody answers now; what you see is from %1. %2")
                              .arg(domain::relativeText(d->report->asOf, QDateTime::currentDateTimeUtc()), text));
        d->stale->show();
    } else {
        d->overall->setStat(
            {QStringLiteral("Server"), QStringLiteral("No answer"), {}, text, widgets::Ink::Bad, {}, {}, {}, false});
        d->table->emptyState()->showFailed(QStringLiteral("Checks"), text, requestId);
        d->table->showEmptyState(true);
    }
    Q_EMIT chromeChanged();
}

void HealthPage::draw(const ports::HealthReport &r)
{
    using widgets::Stat;
    qsizetype bad = 0;
    for (const ports::HealthCheck &check : r.checks)
        bad += check.status == ports::CheckStatus::Ok ? 0 : 1;
    Stat overall{QStringLiteral("Server"), headline(r.overall), {}, {}, inkOf(r.overall), {}, {}, {}, false};
    overall.sub = bad == 0 ? QStringLiteral("all %1 checks pass").arg(r.checks.size())
                           : QStringLiteral("%1 of %2 checks need a look").arg(bad).arg(r.checks.size());
    d->overall->setStat(overall);
    d->overall->setExplanation(
        QStringLiteral("Ready when every check that gates readiness passes; degraded when one that is shown only "
                       "fails. As of %1.")
            .arg(domain::isoText(r.asOf)));
    Stat up{
        QStringLiteral("Uptime"), domain::durationText(r.uptimeSeconds), {}, {}, widgets::Ink::Text, {}, {}, {}, false};
    up.sub = QStringLiteral("since %1")
                 .arg(domain::shortTimeText(r.asOf.addSecs(-r.uptimeSeconds), host().timeZone(), r.asOf));
    d->uptime->setStat(up);
    d->uptime->setExplanation(
        QStringLiteral("Since the process that answers was started. As of %1.").arg(domain::isoText(r.asOf)));
    Stat pool{QStringLiteral("Database connections"),
              domain::countText(r.poolInUse),
              QStringLiteral("of %1 in use").arg(r.poolMax),
              {},
              r.poolMax > 0 && r.poolInUse >= r.poolMax ? widgets::Ink::Warning : widgets::Ink::Text,
              {},
              {},
              {},
              false};
    pool.sub = QStringLiteral("%1 idle · %2 waited for one")
                   .arg(domain::countText(r.poolIdle), domain::countText(r.poolWaitCount));
    d->pool->setStat(pool);
    d->poolBar->setUsage(r.poolInUse, r.poolMax, QStringLiteral("Database connections"),
                         QStringLiteral("%1 of %2 in use").arg(r.poolInUse).arg(r.poolMax));
    d->pool->setExplanation(
        QStringLiteral(
            "Connections of the pool that work now, of the most it may open. Waited: requests that found none free, since "
            "the start. As of %1.")
            .arg(domain::isoText(r.asOf)));
    Stat size{QStringLiteral("Database size"),
              r.databaseBytes < 0 ? QStringLiteral("—") : domain::bytesText(r.databaseBytes),
              {},
              {},
              widgets::Ink::Text,
              {},
              {},
              {},
              false};
    size.sub = r.backend.section(QStringLiteral(" · "), 0, 0);
    d->database->setStat(size);
    d->database->setExplanation(
        QStringLiteral("What the database says about its own size. As of %1.").arg(domain::isoText(r.asOf)));
    d->facts->setFacts({{QStringLiteral("Service"), r.service},
                        {QStringLiteral("Version"), r.version},
                        {QStringLiteral("Commit"), r.commit},
                        {QStringLiteral("Database"), r.backend, widgets::Ink::Text, r.backend},
                        {QStringLiteral("Schema"),
                         QStringLiteral("%1 · %2").arg(r.migrationVersion,
                                                       domain::plural(r.migrationCount, QStringLiteral("migration"),
                                                                      QStringLiteral("migrations"))),
                         r.migrationStatus == QLatin1StringView("ok") ? widgets::Ink::Text : widgets::Ink::Warning},
                        {QStringLiteral("Schema status"), r.migrationStatus,
                         r.migrationStatus == QLatin1StringView("ok") ? widgets::Ink::Good : widgets::Ink::Warning},
                        {QStringLiteral("As of"), domain::exactText(r.asOf, host().timeZone()).left(19),
                         widgets::Ink::Text, domain::timeTip(r.asOf, QDateTime::currentDateTimeUtc())}});
    d->model->setRows(r.checks);
    if (r.checks.isEmpty())
        d->table->emptyState()->showNothingYet(QStringLiteral("No checks"),
                                               QStringLiteral("The core that answers runs no readiness checks."));
    d->table->showEmptyState(r.checks.isEmpty());
    sizeTable();
}

void HealthPage::sizeTable()
{
    // The card ends with its last row; an empty state needs some room to speak.
    const int rows = d->model->rowCount();
    const QScrollBar *sideways = d->table->horizontalScrollBar();
    const int bar = sideways->maximum() > 0 ? sideways->sizeHint().height() : 0;
    const int height = rows > 0 ? tableHeaderHeight + rows * widgets::space::row + bar : 300;
    d->table->setFixedHeight(std::min(height, 560));
}

QList<PageAction> HealthPage::actions() const
{
    return {{QStringLiteral("health.check"),
             QStringLiteral("Check now"),
             QStringLiteral("F5"),
             true,
             {},
             false,
             [self = const_cast<HealthPage *>(this)] { self->refresh(); }},
            {QStringLiteral("health.copy"),
             QStringLiteral("Copy report"),
             {},
             d->report.has_value(),
             QStringLiteral("Nothing to copy yet"),
             false,
             [this] { copyReport(); }}};
}

void HealthPage::copyReport() const
{
    if (!d->report)
        return;
    const ports::HealthReport &r = *d->report;
    QStringList lines{
        QStringLiteral("%1 %2 (%3), %4").arg(r.service, r.version, r.commit, headline(r.overall)), r.backend,
        QStringLiteral("schema %1 (%2), up %3 s, as of %4")
            .arg(r.migrationVersion, r.migrationStatus, QString::number(r.uptimeSeconds), domain::isoText(r.asOf))};
    for (const ports::HealthCheck &check : r.checks)
        lines << QStringLiteral("%1: %2 %3 ms %4")
                     .arg(check.name, ports::checkStatusName(check.status), QString::number(check.latencyMs),
                          check.lastError);
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    host().toast({Toast::Kind::Info, QStringLiteral("Report copied"), {}, {}});
}

QString HealthPage::status() const
{
    return d->report
               ? QStringLiteral("%1 · schema %2").arg(d->report->backend.toHtmlEscaped(), d->report->migrationVersion)
               : QString();
}

} // namespace pages
