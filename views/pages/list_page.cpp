#include "views/pages/list_page.h"

#include "models/domain/format.h"
#include "models/items/change_listener.h"
#include "models/items/paged_table_model.h"
#include "models/items/roles.h"
#include "services/ports/backend.h"
#include "views/pages/column_fit.h"
#include "views/pages/follow_control.h"
#include "views/pages/list_frame.h"
#include "views/pages/list_progress.h"
#include "views/pages/page_parts.h"
#include "views/pages/permission_watch.h"
#include "views/pages/query_bar.h"
#include "views/pages/saved_views.h"
#include "views/widgets/data_table.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/progress_strip.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QStyledItemDelegate>
#include <QTextDocumentFragment>
#include <QToolButton>

namespace pages {

namespace {
constexpr int asideSoonMs = 400;
} // namespace

ListPage::ListPage(PageHost &host, ListSpec spec, QWidget *parent) : Page(host, parent), m_spec(std::move(spec))
{
    setObjectName(QStringLiteral("page.") + m_spec.screen);
    setAccessibleName(m_spec.title);
}

ListPage::~ListPage() = default;

void ListPage::setList(items::PagedTableModel *model, QWidget *inspector, const QList<ListColumn> &columns)
{
    Q_ASSERT(!m_model);
    m_model = model;
    m_model->setParent(this);
    m_inspector = inspector;
    m_query = new QueryBar(
        m_spec.screen, model->queryFields(), model->queryWords(), m_spec.placeholder,
        [model](const QString &text) { return model->checkQuery(text); }, this);
    if (model->newestFirst()) {
        m_follow = new FollowControl(*model, m_spec.screen, m_spec.one, m_spec.many, this);
        m_query->trailing()->addWidget(m_follow);
    }
    m_views = new SavedViews(host(), m_spec.screen, this);
    m_query->trailing()->addWidget(m_views->button());
    m_table = new widgets::DataTable(m_spec.screen, this);
    auto *progress = new ListProgress(host(), m_spec, *model, *m_query, *m_table, this);
    auto *exportStrip = new widgets::ProgressStrip(this);
    m_export = new ExportControl(host(), *exportStrip, this);
    buildTable(columns);
    // Keys go from one widget to the next in the order in which they came: the inspector is last.
    inspector->setParent(nullptr);
    inspector->setParent(this);
    const ListFrame::Parts parts{m_query, progress->strip(), exportStrip, m_table, inspector};
    m_frame = std::make_unique<ListFrame>(this, m_spec.screen, parts, m_spec.tableLeastHeight);
    connectQuery();
    connectTable();
    connectModel();
    setFocusProxy(m_table);
}

void ListPage::buildTable(const QList<ListColumn> &columns)
{
    m_model->setTimeZone(host().timeZone());
    m_table->setModel(m_model);
    for (const ListColumn &shown : columns) {
        const int alignment = m_model->headerData(shown.column, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
        m_table->setColumn(shown.column, shown.width, Qt::Alignment(alignment),
                           !m_model->sortName(shown.column).isEmpty());
        if (shown.delegate)
            m_table->setItemDelegateForColumn(shown.column, shown.delegate);
    }
    sortBy(m_model->defaultSortText());
}

void ListPage::setFilters(const QList<FilterGroup> &groups)
{
    QToolButton *button = makeFilterButton(*m_query, m_spec.screen, groups, this);
    QWidget *before = m_views->button()->previousInFocusChain();
    m_query->trailing()->insertWidget(m_query->trailing()->indexOf(m_views->button()), button);
    setTabOrder(before, button);
}

void ListPage::setColumnsMenu(int flexible, const QList<int> &yielding)
{
    QToolButton *columns = makeColumnsButton(*m_table, m_spec.screen, this);
    m_query->trailing()->addWidget(columns);
    setTabOrder(m_views->button(), columns);
    new ColumnFit(*m_table, *columns->menu(), flexible, yielding);
}

void ListPage::addAboveQuery(QWidget *widget)
{
    m_frame->addAboveQuery(widget);
}

void ListPage::addAboveTable(QWidget *widget)
{
    m_frame->addAboveTable(widget);
}

void ListPage::connectQuery()
{
    connect(m_query, &QueryBar::queryChanged, this, [this] {
        load();
        Q_EMIT locationChanged();
    });
    connect(m_query, &QueryBar::escaped, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_views, &SavedViews::applied, this, &ListPage::applyView);
    if (!m_follow)
        return;
    connect(m_follow, &FollowControl::changed, this, &Page::chromeChanged);
    connect(m_follow, &FollowControl::topWanted, this, [this] {
        m_wantedId.clear(); // the newest is wanted, not the row of before
        m_table->scrollToTop();
    });
}

void ListPage::connectTable()
{
    connect(m_table, &widgets::DataTable::sortRequested, this, [this](int column, Qt::SortOrder order) {
        m_model->setSort(column, order == Qt::DescendingOrder);
        m_table->setSort(column, order);
        load();
        Q_EMIT locationChanged();
    });
    connect(m_table, &widgets::DataTable::opened, this, &ListPage::activate);
    connect(m_table, &widgets::DataTable::contextMenuAt, this, &ListPage::rowMenu);
    connect(m_table, &widgets::DataTable::copied, this, [this](const QString &text) {
        host().toast({Toast::Kind::Info, tr("Copied “%1”").arg(text), {}, {}});
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ListPage::currentChanged);
    connect(m_table->emptyState(), &widgets::EmptyState::retryRequested, this, &ListPage::refresh);
    connect(m_table->emptyState(), &widgets::EmptyState::clearRequested, m_query, &QueryBar::clear);
}

void ListPage::connectModel()
{
    connect(m_model, &items::PagedTableModel::stateChanged, this, &ListPage::stateChanged);
    connect(m_model, &items::PagedTableModel::totalChanged, this, &Page::chromeChanged);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] { inspect(); });
    auto *changes = new items::ChangeListener(host().backend().changes(), this);
    connect(changes, &items::ChangeListener::changed, this, &ListPage::takeChanges);
    m_asideSoon.setSingleShot(true);
    m_asideSoon.setInterval(asideSoonMs);
    connect(&m_asideSoon, &QTimer::timeout, this, [this] { loadAside(); });
    connect(new PermissionWatch(host(), this), &PermissionWatch::changed, this, [this] { permissionsChanged(); });
}

Location ListPage::location() const
{
    Location location{screen(), {}, {}};
    if (!m_query->query().isEmpty())
        location.query.addQueryItem(QStringLiteral("q"), m_query->query());
    if (m_model->sortText() != m_model->defaultSortText())
        location.query.addQueryItem(QStringLiteral("sort"), m_model->sortText());
    return location;
}

void ListPage::show(const Location &location)
{
    const auto item = [&location](const QString &key) {
        return location.query.queryItemValue(key, QUrl::FullyDecoded);
    };
    const QString before = m_query->query(), sort = m_model->sortText();
    sortBy(item(QStringLiteral("sort")));
    m_query->setQuery(item(QStringLiteral("q")));
    const bool resorted = sort != m_model->sortText() && before == m_query->query();
    if (m_model->state() == items::LoadState::Idle || resorted)
        load();
    else if (m_model->newestFirst())
        m_model->checkForNew();
    if (!m_started) {
        m_views->reload();
        m_table->setFocus();
    }
    m_started = true;
    if (const QString view = item(QStringLiteral("view")); !view.isEmpty())
        m_views->select(view);
}

void ListPage::refresh()
{
    load();
    m_views->reload();
}

void ListPage::focusFilter()
{
    m_query->focusField();
}

void ListPage::load()
{
    m_model->setTimeZone(host().timeZone());
    m_model->setQueryText(m_query->query());
    m_model->reload();
    m_views->setCurrent(m_query->query(), m_model->sortText());
    m_asideSoon.stop();
    loadAside();
}

void ListPage::sortBy(const QString &sort)
{
    m_model->setSortText(sort);
    if (m_model->sortColumn() >= 0)
        m_table->setSort(m_model->sortColumn(), m_model->descending() ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void ListPage::applyView(const ports::SavedView &view)
{
    sortBy(view.sort);
    if (m_query->query() == view.query)
        load();
    else
        m_query->setQuery(view.query);
    Q_EMIT locationChanged();
}

void ListPage::takeChanges(const QList<ports::Change> &changes)
{
    QStringList ids;
    for (const ports::Change &change : changes) {
        if (change.kind == QLatin1StringView("view"))
            m_views->reload();
        if (change.kind == m_spec.changeKind)
            ids << change.id;
    }
    if (ids.isEmpty())
        return;
    m_model->refreshRows(ids);
    if (!m_asideSoon.isActive())
        m_asideSoon.start();
}

void ListPage::currentChanged(const QModelIndex &now, const QModelIndex &before)
{
    inspect();
    if (before.isValid()) // the operator moved; the row of a fresh answer does not scroll the charts away
        m_frame->keepInView(now);
    // What the bar offers depends on a row, not on which.
    if (const bool any = !currentId().isEmpty(); std::exchange(m_anyRow, any) != any)
        Q_EMIT chromeChanged();
}

void ListPage::stateChanged()
{
    if (m_model->state() == items::LoadState::Loading)
        m_wantedId = currentId();
    if (m_model->state() == items::LoadState::Ready) {
        if (m_model->rowCount() > 0 && !m_table->currentIndex().isValid())
            m_table->selectRow(std::max(0, m_model->rowOfId(m_wantedId)));
        inspect();
        markUpdated();
    }
    m_table->setAccessibleDescription(QTextDocumentFragment::fromHtml(status()).toPlainText());
}

void ListPage::showInspector(bool on)
{
    m_inspector->setVisible(on);
    if (on)
        inspect();
}

void ListPage::activate()
{
    if (m_inspector->isVisibleTo(this))
        openRow();
    else
        showInspector(true);
}

void ListPage::rowMenu(const QModelIndex &index, const QPoint &at)
{
    m_table->selectRow(index.row());
    if (ownActions().isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(m_spec.screen + QStringLiteral(".rowMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const PageAction &action : actions()) {
        QAction *entry = menu->addAction(action.text);
        entry->setEnabled(action.enabled);
        entry->setToolTip(action.whyDisabled);
        connect(entry, &QAction::triggered, this, action.trigger);
    }
    menu->setToolTipsVisible(true);
    menu->popup(at);
}

void ListPage::toggleFaults()
{
    const QString field = QStringLiteral("faults");
    m_query->setField(field, m_query->has(field) ? QString() : field + QStringLiteral(":yes"));
}

void ListPage::exportRows()
{
    m_export->ask(m_spec.noun, m_model->total().value_or(-1), m_query->query(), exporter());
}

PageAction ListPage::guarded(const QString &name, const QString &text, const QString &keys,
                             domain::Permission permission, Needs needs, std::function<void()> trigger) const
{
    QString why = whyNot(host(), permission);
    if (why.isEmpty() && needs == Needs::Row && currentId().isEmpty())
        why = m_spec.selectFirst.isEmpty() ? tr("Select a row first") : m_spec.selectFirst;
    return {screen() + QLatin1Char('.') + name, text, keys, why.isEmpty(), why, false, std::move(trigger)};
}

QList<PageAction> ListPage::actions() const
{
    auto *self = const_cast<ListPage *>(this);
    const auto plain = [this](const QString &name, const QString &text) {
        PageAction action;
        action.id = screen() + QLatin1Char('.') + name;
        action.text = text;
        return action;
    };
    QList<PageAction> all;
    if (m_spec.exports)
        all << guarded(QStringLiteral("export"), tr("Export"), QStringLiteral("Ctrl+E"), domain::Permission::ExportData,
                       Needs::Nothing, [self] { self->exportRows(); });
    all << ownActions();
    all << guarded(QStringLiteral("saveView"), tr("Save view…"), QStringLiteral("Ctrl+S"),
                   domain::Permission::ManageViews, Needs::Nothing, [self] { self->m_views->save(); });
    if (m_follow) {
        const QString text = m_model->following() ? tr("Stop following") : tr("Follow new %1").arg(m_spec.many);
        all << plain(QStringLiteral("toggleFollow"), text);
        all.last().trigger = [self] { self->m_follow->toggle(); };
    }
    if (m_query->fields().contains(QStringLiteral("faults"))) {
        all << plain(QStringLiteral("faults"),
                     m_query->has(QStringLiteral("faults")) ? tr("Show everything") : tr("Faults only"));
        all.last().keys = QStringLiteral("Ctrl+J");
        all.last().trigger = [self] { self->toggleFaults(); };
    }
    all << plain(QStringLiteral("inspector"), tr("Show or hide the inspector"));
    all.last().keys = QStringLiteral("Ctrl+I");
    all.last().trigger = [self] { self->showInspector(!self->m_inspector->isVisibleTo(self)); };
    PageAction undo = plain(QStringLiteral("undo"), tr("Undo filter"));
    undo.keys = QStringLiteral("Ctrl+Z");
    undo.enabled = m_query->canUndo();
    undo.whyDisabled = tr("No filter to take back");
    undo.trigger = [self] { self->m_query->undo(); };
    return all << undo;
}

QString ListPage::status() const
{
    const qint64 loaded = m_model->rowCount();
    const qint64 n = m_model->total().value_or(loaded);
    QString text = (m_model->total() ? tr("<b>%1</b> %2") : tr("<b>%1</b> %2 loaded"))
                       .arg(domain::countText(n), n == 1 ? m_spec.one : m_spec.many);
    if (m_model->newestFirst())
        text += tr(", newest first");
    if (m_model->following())
        text += tr("&nbsp;&nbsp;&nbsp; following");
    else if (m_model->waiting() > 0)
        text += tr("&nbsp;&nbsp;&nbsp; <b>%1</b> new").arg(m_model->waiting());
    return text;
}

QString ListPage::currentId() const
{
    return m_table->currentIndex().data(items::IdRole).toString();
}

std::function<ports::CallContext()> ListPage::calls() const
{
    return [&host = host()] { return host.newCall(); };
}

} // namespace pages
