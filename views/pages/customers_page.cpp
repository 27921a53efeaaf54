#include "views/pages/customers_page.h"

#include "models/domain/format.h"
#include "models/items/change_listener.h"
#include "models/items/query_text.h"
#include "models/items/roles.h"
#include "services/ports/backend.h"
#include "views/dialogs/error_text.h"
#include "views/pages/column_fit.h"
#include "views/pages/customer_actions.h"
#include "views/pages/customer_inspector.h"
#include "views/pages/customers_menus.h"
#include "views/pages/export_control.h"
#include "views/pages/page_parts.h"
#include "views/pages/query_bar.h"
#include "views/pages/saved_views.h"
#include "views/widgets/cell_delegates.h"
#include "views/widgets/data_table.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/progress_strip.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPointer>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

namespace pages {

namespace {
using Model = items::CustomerTableModel;

items::QueryClock clockOf(const PageHost &host)
{
    return {QDateTime::currentDateTimeUtc(), host.timeZone()};
}
} // namespace

CustomersPage::CustomersPage(PageHost &host, QWidget *parent)
    : Page(host, parent)
    , m_model(new Model(
          host.backend().customers(), [&host] { return host.newCall(); }, this))
    , m_query(new QueryBar(
          screen(), items::customerQueryFields(), items::customerQueryWords(),
          QStringLiteral("Name, e-mail or id; tier:pro  mrr>=40  seen<30d"),
          [&host](const QString &text) -> std::optional<domain::Error> {
              const auto filter = items::customerFilter(text, clockOf(host));
              return filter ? std::nullopt : std::optional<domain::Error>(filter.error());
          },
          this))
    , m_strip(new widgets::ProgressStrip(this))
    , m_exportStrip(new widgets::ProgressStrip(this))
    , m_table(new widgets::DataTable(screen(), this))
    , m_inspector(new CustomerInspector(host, this))
    , m_views(new SavedViews(host, screen(), this))
    , m_export(new ExportControl(host, *m_exportStrip, this))
    , m_changes(new items::ChangeListener(host.backend().changes(), this))
{
    setObjectName(QStringLiteral("page.customers"));
    setAccessibleName(QStringLiteral("Customers"));
    buildTable();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_query);
    column->addWidget(makeRule(this));
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    auto *list = new QVBoxLayout;
    list->setSpacing(0);
    list->addWidget(m_strip);
    list->addWidget(m_exportStrip);
    list->addWidget(m_table, 1);
    row->addLayout(list, 1);
    row->addWidget(m_inspector);
    column->addLayout(row, 1);
    buildMenus();
    connectAll();
    setFocusProxy(m_table);
}

CustomersPage::~CustomersPage() = default;

void CustomersPage::buildTable()
{
    m_model->setTimeZone(host().timeZone());
    m_table->setModel(m_model);
    const auto right = Qt::AlignRight;
    const auto sortable = [](int column) { return Model::sortOfColumn(column).has_value(); };
    const QList<std::pair<int, int>> widths{{Model::Name, 280},    {Model::Tier, 94},      {Model::Mrr, 88},
                                            {Model::Storage, 158}, {Model::Resources, 94}, {Model::Deployments, 72},
                                            {Model::Users, 58},    {Model::LastSeen, 104}, {Model::Created, 102},
                                            {Model::Notes, 60}};
    for (const auto &[column, width] : widths) {
        const bool number = column == Model::Mrr || column == Model::Resources || column == Model::Deployments ||
                            column == Model::Users;
        m_table->setColumn(column, width, number ? right : Qt::AlignLeft, sortable(column));
    }
    m_table->setItemDelegateForColumn(Model::Name, new widgets::TwoTextDelegate(items::SecondaryRole, m_table));
    m_table->setItemDelegateForColumn(Model::Tier, new widgets::BadgeDelegate(
                                                       [](const QModelIndex &index) {
                                                           const QString state =
                                                               index.data(items::StateRole).toString();
                                                           const widgets::Tone status = widgets::statusTone(state);
                                                           const bool isTier = domain::tierRank(state) >= 0;
                                                           return isTier ? widgets::tierTone(state) : status;
                                                       },
                                                       m_table));
    m_table->setItemDelegateForColumn(Model::Mrr, new widgets::MoneyDelegate(items::CentsRole, m_table));
    m_table->setItemDelegateForColumn(Model::Storage,
                                      new widgets::UsageBarDelegate(items::UsedRole, items::LimitRole, m_table));
    m_table->setItemDelegateForColumn(Model::Notes, new widgets::IconDelegate(items::IconRole, m_table));
    m_table->setSort(Model::Mrr, Qt::DescendingOrder);
}

void CustomersPage::buildMenus()
{
    const auto addButton = [this](QToolButton *button) { m_query->trailing()->addWidget(button); };
    addButton(makeCustomerFilterButton(*m_query, this));
    addButton(m_views->button());
    QToolButton *columns = makeColumnsButton(*m_table, screen(), this);
    addButton(columns);
    // The inspector says these too.
    new ColumnFit(*m_table, *columns->menu(), Model::Name, {Model::Created, Model::Users});
}

void CustomersPage::connectAll()
{
    connect(m_query, &QueryBar::queryChanged, this, [this] {
        load();
        Q_EMIT locationChanged();
    });
    connect(m_query, &QueryBar::escaped, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_model, &items::PagedTableModel::stateChanged, this, &CustomersPage::stateChanged);
    connect(m_model, &items::PagedTableModel::totalChanged, this, &Page::chromeChanged);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] { m_inspector->setCustomer(currentRow()); });
    connect(m_table, &widgets::DataTable::sortRequested, this, &CustomersPage::sortBy);
    connect(m_table, &widgets::DataTable::opened, this, &CustomersPage::activate);
    connect(m_table, &widgets::DataTable::contextMenuAt, this, &CustomersPage::rowMenu);
    connect(m_table, &widgets::DataTable::copied, this, [this](const QString &text) {
        host().toast({Toast::Kind::Info, QStringLiteral("Copied “%1”").arg(text), {}, {}});
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_inspector->setCustomer(currentRow());
        if (std::exchange(m_anyRow, currentRow().has_value()) != m_anyRow)
            Q_EMIT chromeChanged(); // what the bar offers depends on a row, not on which
    });
    connect(m_table->emptyState(), &widgets::EmptyState::retryRequested, this, &CustomersPage::refresh);
    connect(m_table->emptyState(), &widgets::EmptyState::clearRequested, m_query, &QueryBar::clear);
    connect(m_strip, &widgets::ProgressStrip::cancelRequested, m_model, &items::PagedTableModel::cancel);
    connect(m_views, &SavedViews::applied, this, [this](const ports::SavedView &view) {
        applySort(view.sort);
        if (m_query->query() == view.query)
            load();
        else
            m_query->setQuery(view.query);
        Q_EMIT locationChanged();
    });
    const auto change = [this] {
        if (const auto row = currentRow())
            openTierChange(host(), *row, this, [this] { m_inspector->reload(); });
    };
    connect(m_inspector, &CustomerInspector::changeTierRequested, this, change);
    connect(m_inspector, &CustomerInspector::addNoteRequested, this, [this] {
        if (const auto row = currentRow())
            openAddNote(host(), *row, this, [this] { m_inspector->reload(); });
    });
    connect(m_inspector, &CustomerInspector::openRequested, this, &CustomersPage::openCurrent);
    const auto shortcut = [this](const QKeySequence &keys, auto slot) {
        auto *s = new QShortcut(keys, this);
        s->setContext(Qt::WidgetWithChildrenShortcut);
        connect(s, &QShortcut::activated, this, slot);
    };
    shortcut(QKeySequence::Undo, [this] { m_query->undo(); });
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_I), [this] { showInspector(!m_inspector->isVisibleTo(this)); });

    m_sumsSoon.setSingleShot(true);
    m_sumsSoon.setInterval(400);
    connect(&m_sumsSoon, &QTimer::timeout, this, &CustomersPage::loadSums);
    connect(m_changes, &items::ChangeListener::changed, this, [this](const QList<ports::Change> &changes) {
        QStringList ids;
        bool all = false;
        for (const ports::Change &one : changes) {
            if (one.kind == QLatin1StringView("view"))
                m_views->reload();
            if (one.kind != QLatin1StringView("team"))
                continue;
            all = all || one.id.isEmpty();
            ids << one.id;
        }
        if (ids.isEmpty())
            return;
        m_model->refreshRows(all ? QStringList() : ids);
        m_sumsSoon.start();
    });
    m_permissions.setInterval(1000);
    connect(&m_permissions, &QTimer::timeout, m_inspector, &CustomerInspector::updatePermissions);
    m_permissions.start();
}

Location CustomersPage::location() const
{
    Location location{screen(), {}, {}};
    if (!m_query->query().isEmpty())
        location.query.addQueryItem(QStringLiteral("q"), m_query->query());
    if (sortText() != QLatin1StringView("mrr:desc"))
        location.query.addQueryItem(QStringLiteral("sort"), sortText());
    return location;
}

void CustomersPage::show(const Location &location)
{
    const QString sort = location.query.queryItemValue(QStringLiteral("sort"), QUrl::FullyDecoded);
    const QString wanted = sort.isEmpty() ? QStringLiteral("mrr:desc") : sort;
    const bool sortChanged = wanted != sortText();
    applySort(wanted);
    const QString before = m_query->query();
    m_query->setQuery(location.query.queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded));
    if (!m_started || (sortChanged && before == m_query->query()))
        load();
    if (!m_started) {
        m_views->reload();
        m_table->setFocus();
    }
    m_started = true;
    if (const QString view = location.query.queryItemValue(QStringLiteral("view"), QUrl::FullyDecoded); !view.isEmpty())
        m_views->select(view);
}

void CustomersPage::refresh()
{
    load();
    m_views->reload();
}

void CustomersPage::focusFilter()
{
    m_query->focusField();
}

std::optional<ports::CustomerFilter> CustomersPage::filter() const
{
    const auto filter = items::customerFilter(m_query->query(), clockOf(host()));
    return filter ? std::optional<ports::CustomerFilter>(*filter) : std::nullopt;
}

void CustomersPage::load()
{
    const auto wanted = filter();
    if (!wanted)
        return;
    m_wantedId = currentId();
    m_model->setTimeZone(host().timeZone());
    m_model->setQuery(*wanted, m_model->sortKey(), m_model->descending());
    m_model->reload();
    m_views->setCurrent(m_query->query(), sortText());
    m_sums.reset();
    loadSums();
}

void CustomersPage::loadSums()
{
    const auto wanted = filter();
    if (!wanted)
        return;
    const quint64 generation = ++m_sumsGeneration;
    ports::CustomerService &service = host().backend().customers();
    ports::whenDone(service.sums(host().newCall(), *wanted), this,
                    [this, generation](const domain::Result<ports::CustomerSums> &result) {
                        if (generation != m_sumsGeneration)
                            return;
                        m_sums = result ? std::optional<ports::CustomerSums>(*result) : std::nullopt;
                        Q_EMIT chromeChanged();
                    });
    if (*wanted == ports::CustomerFilter{}) {
        m_everybody.reset();
        return;
    }
    ports::whenDone(service.sums(host().newCall(), {}), this,
                    [this, generation](const domain::Result<ports::CustomerSums> &result) {
                        if (generation != m_sumsGeneration || !result)
                            return;
                        m_everybody = result->count;
                        Q_EMIT chromeChanged();
                    });
}

void CustomersPage::sortBy(int column, Qt::SortOrder order)
{
    const auto key = Model::sortOfColumn(column);
    if (!key)
        return;
    m_model->setQuery(m_model->filter(), *key, order == Qt::DescendingOrder);
    m_table->setSort(column, order);
    load();
    Q_EMIT locationChanged();
}

void CustomersPage::applySort(const QString &sort)
{
    const auto key = Model::parseSort(sort.section(QLatin1Char(':'), 0, 0));
    const bool descending = sort.section(QLatin1Char(':'), 1) != QLatin1StringView("asc");
    m_model->setQuery(m_model->filter(), key.value_or(ports::CustomerSort::Mrr), descending);
    m_table->setSort(Model::columnOfSort(m_model->sortKey()), descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

QString CustomersPage::sortText() const
{
    return Model::sortName(m_model->sortKey()) +
           (m_model->descending() ? QStringLiteral(":desc") : QStringLiteral(":asc"));
}

void CustomersPage::stateChanged()
{
    widgets::EmptyState *empty = m_table->emptyState();
    const bool rows = m_model->rowCount() > 0;
    switch (m_model->state()) {
    case items::LoadState::Idle:
        break;
    case items::LoadState::Loading:
        m_strip->start(QStringLiteral("Loading customers"));
        if (!rows)
            empty->showLoading(QStringLiteral("customers"));
        m_table->showEmptyState(!rows);
        break;
    case items::LoadState::Failed:
        m_strip->finish();
        empty->showFailed(QStringLiteral("Customers"), dialogs::errorText(m_model->error()), m_model->lastRequestId());
        m_table->showEmptyState(true);
        break;
    case items::LoadState::Ready:
        if (m_model->fetchingMore())
            m_strip->start(QStringLiteral("Loading more customers"));
        else
            m_strip->finish();
        if (m_model->moreError())
            host().toast({Toast::Kind::Bad, QStringLiteral("More customers could not be loaded"),
                          QStringLiteral("Retry"), [model = QPointer<Model>(m_model)] {
                              if (model)
                                  model->retryMore();
                          }});
        if (!rows && !m_query->query().isEmpty())
            empty->showNoMatch(items::queryInWords(m_query->query(), items::customerQueryFields()));
        else if (!rows)
            empty->showNothingYet(
                QStringLiteral("No customers yet"),
                QStringLiteral(
                    "Teams appear here as soon as somebody signs up; sample data comes from “instanode-console demo”."));
        m_table->showEmptyState(!rows);
        if (rows && !m_table->currentIndex().isValid()) {
            const int row = m_model->rowOfId(m_wantedId);
            m_table->selectRow(row < 0 ? 0 : row);
        }
        m_inspector->setCustomer(currentRow());
        markUpdated();
        break;
    }
    fitName();
}

void CustomersPage::fitName()
{
    m_table->setAccessibleDescription(status());
}

void CustomersPage::showInspector(bool on)
{
    m_inspector->setVisible(on);
    if (on)
        m_inspector->setCustomer(currentRow());
}

void CustomersPage::activate(const QModelIndex &)
{
    if (m_inspector->isVisibleTo(this))
        openCurrent();
    else
        showInspector(true);
}

void CustomersPage::openCurrent()
{
    if (const auto row = currentRow())
        host().open({QStringLiteral("customer"), row->id.toString(), {}});
}

void CustomersPage::rowMenu(const QModelIndex &index, const QPoint &at)
{
    m_table->selectRow(index.row());
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("customers.rowMenu"));
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

void CustomersPage::exportRows()
{
    const auto wanted = filter();
    if (!wanted)
        return;
    const ports::CustomerQuery query{*wanted, m_model->sortKey(), m_model->descending(), ports::maxPageSize, {}, 0};
    m_export->ask(QStringLiteral("customers"), m_model->total().value_or(-1), m_query->query(),
                  [this, query, text = m_query->query()](const dialogs::ExportTarget &target,
                                                         QObject *parent) -> dialogs::ExportJob * {
                      return new dialogs::CustomerExportJob(host().backend().customers(), host().newCall(), query, text,
                                                            host().timeZone(), target, parent);
                  });
}

QList<PageAction> CustomersPage::actions() const
{
    auto *self = const_cast<CustomersPage *>(this);
    const bool any = currentRow().has_value();
    const auto guarded = [&](const QString &id, const QString &text, const QString &keys, domain::Permission permission,
                             bool needsRow, std::function<void()> trigger) {
        QString why = whyNot(host(), permission);
        if (why.isEmpty() && needsRow && !any)
            why = QStringLiteral("Select a customer first");
        return PageAction{id, text, keys, why.isEmpty(), why, false, std::move(trigger)};
    };
    PageAction undo{QStringLiteral("customers.undo"),
                    QStringLiteral("Undo filter"),
                    QStringLiteral("Ctrl+Z"),
                    m_query->canUndo(),
                    QStringLiteral("No filter to take back"),
                    false,
                    [self] { self->m_query->undo(); }};
    return {guarded(QStringLiteral("customers.export"), QStringLiteral("Export"), QStringLiteral("Ctrl+E"),
                    domain::Permission::ExportData, false, [self] { self->exportRows(); }),
            guarded(QStringLiteral("customers.changeTier"), QStringLiteral("Change tier…"), {},
                    domain::Permission::ChangeTier, true, [self] { Q_EMIT self->m_inspector->changeTierRequested(); }),
            guarded(QStringLiteral("customers.addNote"), QStringLiteral("Add note…"), {},
                    domain::Permission::WriteNotes, true, [self] { Q_EMIT self->m_inspector->addNoteRequested(); }),
            guarded(QStringLiteral("customers.open"), QStringLiteral("Open customer"), QStringLiteral("Return"),
                    domain::Permission::ViewCustomers, true, [self] { self->openCurrent(); }),
            guarded(QStringLiteral("customers.saveView"), QStringLiteral("Save view…"), QStringLiteral("Ctrl+S"),
                    domain::Permission::ManageViews, false, [self] { self->m_views->save(); }),
            guarded(QStringLiteral("customers.inspector"), QStringLiteral("Show or hide the inspector"),
                    QStringLiteral("Ctrl+I"), domain::Permission::ViewCustomers, false,
                    [self] { self->showInspector(!self->m_inspector->isVisibleTo(self)); }),
            undo};
}

QString CustomersPage::status() const
{
    if (!m_sums)
        return m_model->total()
                   ? domain::plural(*m_model->total(), QStringLiteral("customer"), QStringLiteral("customers"))
                   : QString();
    const QString count =
        m_everybody
            ? QStringLiteral("<b>%1 of %2</b>").arg(domain::countText(m_sums->count), domain::countText(*m_everybody))
            : QStringLiteral("<b>%1</b> customers").arg(domain::countText(m_sums->count));
    return QStringLiteral(
               "%1&nbsp;&nbsp;&nbsp; Σ MRR <b>%2</b> list&nbsp;&nbsp;&nbsp; median <b>%3</b>&nbsp;&nbsp;&nbsp; paying <b>%4</b>"
               "&nbsp;&nbsp;&nbsp; storage <b>%5</b>")
        .arg(count, domain::moneyText(m_sums->mrrListCents), domain::moneyText(m_sums->medianMrrCents),
             domain::countText(m_sums->paying), domain::bytesText(m_sums->storageBytes));
}

QString CustomersPage::currentId() const
{
    const auto row = currentRow();
    return row ? row->id.toString() : QString();
}

std::optional<ports::CustomerRow> CustomersPage::currentRow() const
{
    const QModelIndex index = m_table->currentIndex();
    const ports::CustomerRow *row = index.isValid() ? m_model->rowAt(index.row()) : nullptr;
    return row ? std::optional<ports::CustomerRow>(*row) : std::nullopt;
}

} // namespace pages
