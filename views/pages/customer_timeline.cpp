#include "views/pages/customer_timeline.h"

#include "models/domain/format.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/pages/page.h"
#include "views/pages/page_parts.h"
#include "views/widgets/buttons.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/text.h"
#include "views/widgets/timeline.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace pages {

namespace {
constexpr int pageSize = 60;
constexpr int rowHeight = 46;
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
    QVBoxLayout *days = nullptr;
    QScrollArea *scroll = nullptr;
    widgets::EmptyState *empty = nullptr;
    QPushButton *more = nullptr;
    quint64 generation = 0;
    int shown = 0;
    QFuture<domain::Result<ports::Page<domain::AuditEntry>>> pending;
};

CustomerTimeline::CustomerTimeline(PageHost &host, QWidget *parent) : QWidget(parent), d(std::make_unique<Private>(host))
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
    auto *content = new QWidget(this);
    d->days = new QVBoxLayout(content);
    d->days->setContentsMargins(0, 0, space::s, space::l);
    d->days->setSpacing(space::xs);
    d->scroll = makeScroll(content, QStringLiteral("customer.timeline.scroll"), this);
    column->addWidget(d->scroll, 1);
    d->more = new SecondaryButton(QStringLiteral("Load older entries"), QStringLiteral("customer.timeline.more"), this);
    d->more->hide();
    column->addWidget(d->more, 0, Qt::AlignLeft);
    connect(d->chips, &QButtonGroup::idClicked, this, [this](int id) { setGroup(static_cast<TimelineGroup>(id)); });
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
        d->scroll->hide();
        d->empty->show();
        d->empty->showLoading(QStringLiteral("the timeline"));
    }
    loadMore();
}

void CustomerTimeline::loadMore()
{
    const quint64 generation = ++d->generation;
    const ports::CallContext call = d->host.newCall();
    ports::AuditQuery query;
    query.filter.team = d->team;
    query.limit = pageSize;
    query.cursor = d->next;
    d->pending.cancel();
    d->pending = d->host.backend().audit().search(call, query);
    ports::whenDone(d->pending, this, [this, generation, id = call.requestId](const domain::Result<ports::Page<domain::AuditEntry>> &result) {
        if (generation == d->generation)
            take(result, id);
    });
}

void CustomerTimeline::take(const domain::Result<ports::Page<domain::AuditEntry>> &result, const QString &requestId)
{
    if (!result) {
        if (d->entries.isEmpty()) {
            d->empty->showFailed(QStringLiteral("The timeline"), dialogs::errorText(result.error()), requestId);
        } else {
            d->host.toast({Toast::Kind::Bad, QStringLiteral("The timeline could not be loaded further. ") + dialogs::errorText(result.error()), {}, {}});
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
    clearLayout(d->days);
    d->scroll->setVisible(!all.isEmpty());
    d->empty->setVisible(all.isEmpty());
    d->more->setVisible(!d->next.isEmpty() && d->entries.size() < maxEntries);
    if (all.isEmpty()) {
        if (d->group == TimelineGroup::All)
            d->empty->showNothingYet(QStringLiteral("Nothing has happened yet"), QStringLiteral("Sign-ups, resources, payments and tier changes appear here."));
        else
            d->empty->showNoMatch(QStringLiteral("Nothing of the group “%1” in what is loaded.").arg(timelineGroupName(d->group)));
        return;
    }
    for (qsizetype i = 0; i < all.size();) {
        const QDate day = all.at(i).time.toTimeZone(zone).date();
        QList<widgets::TimelineEntry> entries;
        const QDateTime first = all.at(i).time;
        for (; i < all.size() && all.at(i).time.toTimeZone(zone).date() == day; ++i)
            entries << all.at(i).entry;
        QLabel *heading = widgets::makeLabel(domain::dayText(first, zone), widgets::TextRole::Small12, 600, widgets::Ink::Second, d->scroll->widget());
        heading->setContentsMargins(0, widgets::space::s, 0, 0);
        d->days->addWidget(heading);
        auto *list = new widgets::Timeline(QStringLiteral("customer.timeline.") + day.toString(Qt::ISODate), d->scroll->widget());
        list->setAccessibleName(QStringLiteral("Timeline of ") + domain::dayText(first, zone));
        list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        list->setEntries(entries);
        list->setFixedHeight(static_cast<int>(entries.size()) * rowHeight);
        connect(list, &widgets::Timeline::activated, this, &CustomerTimeline::entryActivated);
        d->days->addWidget(list);
    }
    d->days->addStretch(1);
}

} // namespace pages
