#include "views/pages/customer_timeline.h"

#include "models/domain/format.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/pages/page.h"
#include "views/pages/page_parts.h"
#include "views/widgets/buttons.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/timeline.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace pages {

namespace {
constexpr int pageSize = 60;
constexpr qsizetype maxEntries = 600; ///< beyond it the audit log is the place to look
} // namespace

struct CustomerTimeline::Private {
    explicit Private(PageHost &pageHost) : host(pageHost) {}

    PageHost &host;
    std::optional<domain::TeamId> team;
    QList<domain::AuditEntry> entries;
    QList<domain::Note> notes;
    QString next;
    TimelineGroup group = TimelineGroup::All;
    QButtonGroup *chips = nullptr;
    widgets::Timeline *list = nullptr;
    widgets::EmptyState *empty = nullptr;
    QPushButton *more = nullptr;
    quint64 generation = 0;
    bool loading = false;
    int shown = 0;
    QFuture<domain::Result<ports::Page<domain::AuditEntry>>> pending;
};

CustomerTimeline::CustomerTimeline(PageHost &host, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(host))
{
    using namespace widgets;
    setObjectName(QStringLiteral("customer.timeline"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, space::m, 0, 0);
    column->setSpacing(space::s);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::xs);
    d->chips = new QButtonGroup(this);
    for (const TimelineGroup group : timelineGroups()) {
        auto *chip = new QToolButton(this);
        chip->setObjectName(QStringLiteral("customer.timeline.") + timelineGroupKey(group));
        chip->setText(timelineGroupName(group));
        chip->setAccessibleName(QStringLiteral("Timeline, show %1").arg(timelineGroupName(group)));
        chip->setCheckable(true);
        chip->setChecked(group == TimelineGroup::All);
        chip->setFocusPolicy(Qt::TabFocus);
        chip->setProperty("kind", QStringLiteral("chip"));
        d->chips->addButton(chip, static_cast<int>(group));
        row->addWidget(chip);
    }
    row->addStretch(1);
    column->addLayout(row);
    d->empty = new EmptyState(this);
    d->empty->setObjectName(QStringLiteral("customer.timeline.empty"));
    column->addWidget(d->empty, 1);
    d->list = new Timeline(QStringLiteral("customer.timeline.list"), this);
    column->addWidget(d->list, 1);
    d->more = new SecondaryButton(QStringLiteral("Load older entries"), QStringLiteral("customer.timeline.more"), this);
    d->more->hide();
    column->addWidget(d->more, 0, Qt::AlignLeft);
    connect(d->chips, &QButtonGroup::idClicked, this, [this](int id) { setGroup(static_cast<TimelineGroup>(id)); });
    connect(d->list, &Timeline::activated, this, &CustomerTimeline::entryActivated);
    connect(d->more, &QPushButton::clicked, this, &CustomerTimeline::loadMore);
    connect(d->empty, &EmptyState::retryRequested, this, &CustomerTimeline::reload);
    connect(d->empty, &EmptyState::clearRequested, this, [this] { setGroup(TimelineGroup::All); });
}

CustomerTimeline::~CustomerTimeline() = default;

void CustomerTimeline::setTeam(domain::TeamId team)
{
    if (d->team != team) {
        d->entries.clear();
        d->notes.clear();
        d->group = TimelineGroup::All;
        d->chips->button(static_cast<int>(TimelineGroup::All))->setChecked(true);
    }
    d->team = team;
    reload();
}

void CustomerTimeline::reload()
{
    if (!d->team)
        return;
    d->next.clear();
    if (d->entries.isEmpty()) {
        d->list->hide();
        d->empty->show();
        d->empty->showLoading(QStringLiteral("the timeline"));
    }
    loadMore();
}

void CustomerTimeline::loadMore()
{
    const quint64 generation = ++d->generation;
    d->loading = true;
    const ports::CallContext call = d->host.newCall();
    ports::AuditQuery query;
    query.filter.team = d->team;
    query.limit = pageSize;
    query.cursor = d->next;
    d->pending.cancel();
    d->pending = d->host.backend().audit().search(call, query);
    ports::whenDone(
        d->pending, this,
        [this, generation, id = call.requestId](const domain::Result<ports::Page<domain::AuditEntry>> &result) {
            if (generation == d->generation)
                take(result, id);
        });
}

void CustomerTimeline::take(const domain::Result<ports::Page<domain::AuditEntry>> &result, const QString &requestId)
{
    d->loading = false;
    Q_EMIT answered();
    if (!result) {
        if (d->entries.isEmpty()) {
            d->empty->showFailed(QStringLiteral("The timeline"), dialogs::errorText(result.error()), requestId);
        } else {
            d->host.toast(
                {Toast::Kind::Bad,
                 QStringLiteral("The timeline could not be loaded further. ") + dialogs::errorText(result.error()),
                 {},
                 {}});
        }
        return;
    }
    if (d->next.isEmpty())
        d->entries.clear();
    d->entries += result->rows;
    d->next = result->next;
    draw();
}

void CustomerTimeline::setNotes(const QList<domain::Note> &notes)
{
    d->notes = notes;
    if (!d->entries.isEmpty() || !notes.isEmpty())
        draw();
}

void CustomerTimeline::setGroup(TimelineGroup group)
{
    d->group = group;
    d->chips->button(static_cast<int>(group))->setChecked(true);
    draw();
}

TimelineGroup CustomerTimeline::group() const
{
    return d->group;
}

bool CustomerTimeline::settled() const
{
    return !d->loading;
}

int CustomerTimeline::shownCount() const
{
    return d->shown;
}

void CustomerTimeline::draw()
{
    struct Item {
        QDateTime time;
        widgets::TimelineEntry entry;
    };
    const QTimeZone zone = d->host.timeZone();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QList<Item> all;
    for (const domain::AuditEntry &entry : d->entries)
        if (d->group == TimelineGroup::All || timelineGroupOf(entry.kind) == d->group)
            all << Item{entry.createdAt, timelineEntry(entry, zone, now, true)};
    if (d->group == TimelineGroup::All || d->group == TimelineGroup::Operators)
        for (const domain::Note &note : d->notes)
            if (d->next.isEmpty() || d->entries.isEmpty() || note.createdAt >= d->entries.last().createdAt)
                all << Item{note.createdAt, timelineEntry(note, zone, now, true)};
    std::stable_sort(all.begin(), all.end(), [](const Item &a, const Item &b) { return a.time > b.time; });
    d->shown = static_cast<int>(all.size());
    d->list->setVisible(!all.isEmpty());
    d->empty->setVisible(all.isEmpty());
    d->more->setVisible(!d->next.isEmpty() && d->entries.size() < maxEntries);
    if (all.isEmpty()) {
        if (d->group == TimelineGroup::All)
            d->empty->showNothingYet(QStringLiteral("Nothing has happened yet"),
                                     QStringLiteral("Sign-ups, resources, payments and tier changes appear here."));
        else
            d->empty->showNoMatch(
                QStringLiteral("Nothing of the group “%1” in what is loaded.").arg(timelineGroupName(d->group)));
        return;
    }
    QList<widgets::TimelineEntry> entries;
    QDate day;
    for (const Item &item : std::as_const(all)) {
        entries << item.entry;
        const QDate itsDay = item.time.toTimeZone(zone).date();
        if (itsDay != day)
            entries.last().heading = domain::dayText(item.time, zone);
        day = itsDay;
    }
    d->list->setEntries(entries);
}

} // namespace pages
