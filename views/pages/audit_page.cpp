#include "views/pages/audit_page.h"

#include "models/items/audit_table_model.h"
#include "services/ports/backend.h"
#include "views/pages/audit_inspector.h"
#include "views/pages/audit_menu.h"
#include "views/pages/page_parts.h"
#include "views/pages/query_bar.h"
#include "views/pages/timeline_text.h"
#include "views/widgets/cell_delegates.h"
#include "views/widgets/data_table.h"

namespace pages {

namespace {
using Model = items::AuditTableModel;

ListSpec spec()
{
    return {.screen = QStringLiteral("audit"),
            .title = AuditPage::tr("Audit log"),
            .placeholder = AuditPage::tr("Text; kind:admin.*  actor:  team:  after:7d"),
            .changeKind = QStringLiteral("audit"),
            .one = AuditPage::tr("entry"),
            .many = AuditPage::tr("entries"),
            .noun = AuditPage::tr("audit entries"),
            .whole = AuditPage::tr("The audit log"),
            .nothingYet = AuditPage::tr("No audit entries yet"),
            .howToGetSome = AuditPage::tr("Every change of a customer or by an operator writes one.")};
}

widgets::Tone kindTone(const QModelIndex &index)
{
    return timelineTone(index.data(items::StateRole).toString());
}
} // namespace

AuditPage::AuditPage(PageHost &host, QWidget *parent)
    : ListPage(host, spec(), parent)
    , m_model(new Model(host.backend().audit(), calls(), this))
    , m_inspector(new AuditInspector(this))
{
    setList(m_model, m_inspector,
            {{Model::Time, exactTimeWidth()},
             {Model::Actor, 76},
             {Model::Action, 198, new widgets::BadgeDelegate(kindTone, this)},
             {Model::Target, 162, new widgets::TwoTextDelegate(items::SecondaryRole, this)},
             {Model::Summary, -1}});
    setFilters(auditFilters());
    connect(m_inspector, &AuditInspector::teamRequested, this, [this](const QString &id) {
        this->host().open({QStringLiteral("customer"), id, {}});
    });
    connect(m_inspector, &AuditInspector::filterRequested, &query(), &QueryBar::setField);
}

void AuditPage::inspect()
{
    m_inspector->setEntry(m_model->valueAt(table().currentIndex()), host().timeZone());
}

ExportControl::Start AuditPage::exporter() const
{
    return [this, filter = m_model->filter()](const dialogs::ExportTarget &target, QObject *parent) {
        return new dialogs::AuditExportJob(host().backend().audit(), host().newCall(), filter, target, parent);
    };
}

} // namespace pages
