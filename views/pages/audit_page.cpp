#include "views/pages/audit_page.h"

#include "models/domain/format.h"
#include "models/items/change_listener.h"
#include "models/items/query_text.h"
#include "models/items/roles.h"
#include "services/ports/backend.h"
#include "views/dialogs/error_text.h"
#include "views/pages/audit_inspector.h"
#include "views/pages/audit_menu.h"
#include "views/pages/export_control.h"
#include "views/pages/page_parts.h"
#include "views/pages/query_bar.h"
#include "views/pages/saved_views.h"
#include "views/pages/timeline_text.h"
#include "views/widgets/cell_delegates.h"
#include "views/widgets/data_table.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/progress_strip.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPointer>
#include <QScrollBar>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

namespace pages {

namespace {
using Model = items::AuditTableModel;

items::QueryClock clockOf(const PageHost &host)
{
    return {QDateTime::currentDateTimeUtc(), host.timeZone()};
}
} // namespace

AuditPage::AuditPage(PageHost &host, QWidget *parent)
    : Page(host, parent)
    , m_model(new Model(
          host.backend().audit(), [&host] { return host.newCall(); }, this))
    , m_query(new QueryBar(
          screen(), items::auditQueryFields(), items::auditQueryWords(),
          QStringLiteral("Text; kind:admin.*  actor:  team:  after:7d"),
          [&host](const QString &text) -> std::optional<domain::Error> {
              const auto filter = items::auditFilter(text, clockOf(host));
              return filter ? std::nullopt : std::optional<domain::Error>(filter.error());
          },
          this))
    , m_strip(new widgets::ProgressStrip(this))
    , m_exportStrip(new widgets::ProgressStrip(this))
    , m_table(new widgets::DataTable(screen(), this))
    , m_inspector(new AuditInspector(this))
    , m_views(new SavedViews(host, screen(), this))
    , m_export(new ExportControl(host, *m_exportStrip, this))
{
    setObjectName(QStringLiteral("page.audit"));
    setAccessibleName(title());
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
    m_query->trailing()->addWidget(buildFollow());
    m_query->trailing()->addWidget(makeAuditFilterButton(*m_query, this));
    m_query->trailing()->addWidget(m_views->button());
    connectAll();
    setFocusProxy(m_table);
}

AuditPage::~AuditPage() = default;

void AuditPage::buildTable()
{
    m_model->setTimeZone(host().timeZone());
    m_table->setModel(m_model);
    m_table->setColumn(Model::Time, exactTimeWidth());
    m_table->setColumn(Model::Actor, 76);
    m_table->setColumn(Model::Action, 198);
    m_table->setColumn(Model::Target, 162);
    m_table->setColumn(Model::Summary, -1);
    m_table->setItemDelegateForColumn(
        Model::Action,
        new widgets::BadgeDelegate(
            [](const QModelIndex &index) { return timelineTone(index.data(items::StateRole).toString()); }, m_table));
    m_table->setItemDelegateForColumn(Model::Target, new widgets::TwoTextDelegate(items::SecondaryRole, m_table));
}

QWidget *AuditPage::buildFollow()
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::space::s);
    m_pill = new QToolButton(box);
    m_pill->setObjectName(QStringLiteral("audit.pill"));
    m_pill->setProperty("kind", QStringLiteral("chip"));
    m_pill->setFocusPolicy(Qt::TabFocus);
    m_pill->hide();
    m_follow = new QToolButton(box);
    m_follow->setObjectName(QStringLiteral("audit.follow"));
    m_follow->setAccessibleName(QStringLiteral("Follow new entries"));
    m_follow->setToolTip(QStringLiteral("Put new entries on top as they are written"));
    m_follow->setText(QStringLiteral("Follow"));
    m_follow->setProperty("kind", QStringLiteral("chip"));
    m_follow->setCheckable(true);
    m_follow->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_follow->setIcon(widgets::icon(QStringLiteral("play")));
    m_follow->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_pill);
    row->addWidget(m_follow);
    return box;
}

void AuditPage::connectAll()
{
    connect(m_query, &QueryBar::queryChanged, this, [this] {
        load();
        Q_EMIT locationChanged();
    });
    connect(m_query, &QueryBar::escaped, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_model, &items::PagedTableModel::stateChanged, this, &AuditPage::stateChanged);
    connect(m_model, &Model::waitingChanged, this, &AuditPage::waitingChanged);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this] { m_inspector->setEntry(currentEntry(), host().timeZone()); });
    connect(m_table, &widgets::DataTable::opened, this,
            [this] { m_inspector->setVisible(!m_inspector->isVisibleTo(this)); });
    connect(m_table, &widgets::DataTable::copied, this, [this](const QString &text) {
        host().toast({Toast::Kind::Info, QStringLiteral("Copied “%1”").arg(text), {}, {}});
    });
    connect(m_table->emptyState(), &widgets::EmptyState::retryRequested, this, &AuditPage::refresh);
    connect(m_table->emptyState(), &widgets::EmptyState::clearRequested, m_query, &QueryBar::clear);
    connect(m_strip, &widgets::ProgressStrip::cancelRequested, m_model, &items::PagedTableModel::cancel);
    connect(m_inspector, &AuditInspector::teamRequested, this, [this](const QString &id) {
        host().open({QStringLiteral("customer"), id, {}});
    });
    connect(m_inspector, &AuditInspector::filterRequested, m_query, &QueryBar::setField);
    connect(m_views, &SavedViews::applied, this,
            [this](const ports::SavedView &view) { m_query->setQuery(view.query); });
    connect(m_follow, &QToolButton::toggled, this, [this](bool on) {
        m_follow->setText(on ? QStringLiteral("Following") : QStringLiteral("Follow"));
        m_follow->setIcon(widgets::icon(on ? QStringLiteral("pause") : QStringLiteral("play")));
        m_model->setFollowing(on);
        if (on)
            m_table->scrollToTop();
        Q_EMIT chromeChanged();
    });
    connect(m_pill, &QToolButton::clicked, this, [this] {
        m_model->showWaiting();
        m_table->scrollToTop();
    });
    auto *changes = new items::ChangeListener(host().backend().changes(), this);
    connect(changes, &items::ChangeListener::changed, this, [this](const QList<ports::Change> &list) {
        for (const ports::Change &change : list) {
            if (change.kind == QLatin1StringView("view"))
                m_views->reload();
            if (change.kind == QLatin1StringView("audit"))
                return m_model->checkForNew();
        }
    });
    const auto shortcut = [this](const QKeySequence &keys, auto slot) {
        auto *s = new QShortcut(keys, this);
        s->setContext(Qt::WidgetWithChildrenShortcut);
        connect(s, &QShortcut::activated, this, slot);
    };
    shortcut(QKeySequence::Undo, [this] { m_query->undo(); });
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_I), [this] { m_inspector->setVisible(!m_inspector->isVisibleTo(this)); });
}

Location AuditPage::location() const
{
    Location location{screen(), {}, {}};
    if (!m_query->query().isEmpty())
        location.query.addQueryItem(QStringLiteral("q"), m_query->query());
    return location;
}

void AuditPage::show(const Location &location)
{
    m_query->setQuery(location.query.queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded));
    if (m_model->state() == items::LoadState::Idle)
        load();
    else if (m_started)
        m_model->checkForNew();
    if (!m_started) {
        m_views->reload();
        m_table->setFocus();
    }
    m_started = true;
    if (const QString view = location.query.queryItemValue(QStringLiteral("view"), QUrl::FullyDecoded); !view.isEmpty())
        m_views->select(view);
}

void AuditPage::refresh()
{
    load();
}

void AuditPage::focusFilter()
{
    m_query->focusField();
}

void AuditPage::load()
{
    const auto filter = items::auditFilter(m_query->query(), clockOf(host()));
    if (!filter)
        return;
    m_model->setTimeZone(host().timeZone());
    m_model->setFilter(*filter);
    m_model->reload();
    m_views->setCurrent(m_query->query(), QStringLiteral("time:desc"));
}

void AuditPage::stateChanged()
{
    widgets::EmptyState *empty = m_table->emptyState();
    const bool rows = m_model->rowCount() > 0;
    switch (m_model->state()) {
    case items::LoadState::Idle:
        break;
    case items::LoadState::Loading:
        m_strip->start(QStringLiteral("Loading audit entries"));
        if (!rows)
            empty->showLoading(QStringLiteral("audit entries"));
        m_table->showEmptyState(!rows);
        break;
    case items::LoadState::Failed:
        m_strip->finish();
        empty->showFailed(QStringLiteral("The audit log"), dialogs::errorText(m_model->error()),
                          m_model->lastRequestId());
        m_table->showEmptyState(true);
        break;
    case items::LoadState::Ready:
        if (m_model->fetchingMore())
            m_strip->start(QStringLiteral("Loading older entries"));
        else
            m_strip->finish();
        if (m_model->moreError())
            host().toast({Toast::Kind::Bad, QStringLiteral("Older entries could not be loaded"),
                          QStringLiteral("Retry"), [model = QPointer<Model>(m_model)] {
                              if (model)
                                  model->retryMore();
                          }});
        if (!rows && !m_query->query().isEmpty())
            empty->showNoMatch(items::queryInWords(m_query->query(), items::auditQueryFields()));
        else if (!rows)
            empty->showNothingYet(QStringLiteral("No audit entries yet"),
                                  QStringLiteral("Every change of a customer or by an operator writes one."));
        m_table->showEmptyState(!rows);
        if (rows && !m_table->currentIndex().isValid())
            m_table->selectRow(0);
        m_inspector->setEntry(currentEntry(), host().timeZone());
        markUpdated();
        break;
    }
}

void AuditPage::waitingChanged()
{
    const int n = m_model->waiting();
    m_pill->setVisible(n > 0);
    m_pill->setText(m_model->waitingOverflow() ? QStringLiteral("%1+ new").arg(n) : QStringLiteral("%1 new").arg(n));
    m_pill->setAccessibleName(
        QStringLiteral("Show %1").arg(domain::plural(n, QStringLiteral("new entry"), QStringLiteral("new entries"))));
    Q_EMIT chromeChanged();
}

void AuditPage::exportRows()
{
    m_export->ask(QStringLiteral("audit entries"), -1, m_query->query(),
                  [this, filter = m_model->filter()](const dialogs::ExportTarget &target,
                                                     QObject *parent) -> dialogs::ExportJob * {
                      return new dialogs::AuditExportJob(host().backend().audit(), host().newCall(), filter, target,
                                                         parent);
                  });
}

QList<PageAction> AuditPage::actions() const
{
    auto *self = const_cast<AuditPage *>(this);
    const QString noExport = whyNot(host(), domain::Permission::ExportData);
    const QString noViews = whyNot(host(), domain::Permission::ManageViews);
    return {{QStringLiteral("audit.export"), QStringLiteral("Export"), QStringLiteral("Ctrl+E"), noExport.isEmpty(),
             noExport, false, [self] { self->exportRows(); }},
            {QStringLiteral("audit.saveView"), QStringLiteral("Save view…"), QStringLiteral("Ctrl+S"),
             noViews.isEmpty(), noViews, false, [self] { self->m_views->save(); }},
            {QStringLiteral("audit.toggleFollow"),
             m_model->following() ? QStringLiteral("Stop following") : QStringLiteral("Follow new entries"),
             {},
             true,
             {},
             false,
             [self] { self->m_follow->toggle(); }},
            {QStringLiteral("audit.faults"),
             m_model->filter().faults ? QStringLiteral("Show everything") : QStringLiteral("Faults only"),
             QStringLiteral("Ctrl+J"),
             true,
             {},
             false,
             [self] {
                 const bool on = self->m_model->filter().faults;
                 self->m_query->setField(QStringLiteral("faults"), on ? QString() : QStringLiteral("faults:yes"));
             }},
            {QStringLiteral("audit.inspector"),
             QStringLiteral("Show or hide the inspector"),
             QStringLiteral("Ctrl+I"),
             true,
             {},
             false,
             [self] { self->m_inspector->setVisible(!self->m_inspector->isVisibleTo(self)); }},
            {QStringLiteral("audit.undo"), QStringLiteral("Undo filter"), QStringLiteral("Ctrl+Z"), m_query->canUndo(),
             QStringLiteral("No filter to take back"), false, [self] { self->m_query->undo(); }}};
}

QString AuditPage::status() const
{
    QString text = QStringLiteral("<b>%1</b> entries loaded, newest first").arg(domain::countText(m_model->rowCount()));
    if (m_model->following())
        text += QStringLiteral("&nbsp;&nbsp;&nbsp; following");
    else if (m_model->waiting() > 0)
        text += QStringLiteral("&nbsp;&nbsp;&nbsp; <b>%1</b> new").arg(m_model->waiting());
    return text;
}

QString AuditPage::currentId() const
{
    const auto entry = currentEntry();
    return entry ? entry->id.toString() : QString();
}

std::optional<domain::AuditEntry> AuditPage::currentEntry() const
{
    const QModelIndex index = m_table->currentIndex();
    const domain::AuditEntry *entry = index.isValid() ? m_model->rowAt(index.row()) : nullptr;
    return entry ? std::optional<domain::AuditEntry>(*entry) : std::nullopt;
}

} // namespace pages
