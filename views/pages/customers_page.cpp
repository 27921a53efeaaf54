#include "views/pages/customers_page.h"

#include "models/domain/format.h"
#include "models/items/customer_table_model.h"
#include "services/ports/backend.h"
#include "views/pages/customer_actions.h"
#include "views/pages/customer_inspector.h"
#include "views/pages/customers_menus.h"
#include "views/pages/query_bar.h"
#include "views/widgets/cell_delegates.h"
#include "views/widgets/data_table.h"

namespace pages {

namespace {
using Model = items::CustomerTableModel;

ListSpec spec()
{
    return {.screen = QStringLiteral("customers"),
            .title = CustomersPage::tr("Customers"),
            .placeholder = CustomersPage::tr("Name, e-mail or id; tier:pro  mrr>=40  seen<30d"),
            .changeKind = QStringLiteral("team"),
            .one = CustomersPage::tr("customer"),
            .many = CustomersPage::tr("customers"),
            .nothingYet = CustomersPage::tr("No customers yet"),
            .howToGetSome = CustomersPage::tr("Teams appear here as soon as somebody signs up; sample data comes from "
                                              "“instanode-console demo”."),
            .selectFirst = CustomersPage::tr("Select a customer first")};
}

/// The cell says the tier, or the status of a team that goes or is gone.
widgets::Tone tierCellTone(const QModelIndex &index)
{
    const QString state = index.data(items::StateRole).toString();
    return domain::tierRank(state) >= 0 ? widgets::tierTone(state) : widgets::statusTone(state);
}
} // namespace

CustomersPage::CustomersPage(PageHost &host, QWidget *parent)
    : ListPage(host, spec(), parent)
    , m_model(new Model(host.backend().customers(), calls(), this))
    , m_inspector(new CustomerInspector(host, this))
{
    setList(m_model, m_inspector, columns());
    setFilters(customerFilters());
    setColumnsMenu(Model::Name, {Model::Created, Model::Users}); // the inspector says these too
    connect(m_inspector, &CustomerInspector::changeTierRequested, this, &CustomersPage::changeTier);
    connect(m_inspector, &CustomerInspector::addNoteRequested, this, &CustomersPage::addNote);
    connect(m_inspector, &CustomerInspector::openRequested, this, [this] { openRow(); });
}

QList<ListColumn> CustomersPage::columns()
{
    using namespace widgets;
    return {{Model::Name, 280, new TwoTextDelegate(items::SecondaryRole, this)},
            {Model::Tier, 94, new BadgeDelegate(tierCellTone, this)},
            {Model::Mrr, 88, new MoneyDelegate(items::CentsRole, this)},
            {Model::Storage, 158, new UsageBarDelegate(items::UsedRole, items::LimitRole, this)},
            {Model::Resources, 94},
            {Model::Deployments, 72},
            {Model::Users, 58},
            {Model::LastSeen, 104},
            {Model::Created, 102},
            {Model::Notes, 60, new IconDelegate(items::IconRole, this)}};
}

void CustomersPage::inspect()
{
    m_inspector->setCustomer(currentRow());
}

std::optional<ports::CustomerRow> CustomersPage::currentRow() const
{
    return m_model->valueAt(table().currentIndex());
}

void CustomersPage::openRow()
{
    if (const auto row = currentRow())
        host().open({QStringLiteral("customer"), row->id.toString(), {}});
}

void CustomersPage::changeTier()
{
    if (const auto row = currentRow())
        openTierChange(host(), *row, this, [this] { m_inspector->reload(); });
}

void CustomersPage::addNote()
{
    if (const auto row = currentRow())
        openAddNote(host(), *row, this, [this] { m_inspector->reload(); });
}

void CustomersPage::permissionsChanged()
{
    m_inspector->updatePermissions();
}

void CustomersPage::loadAside()
{
    const ports::CustomerFilter wanted = m_model->filter();
    if (std::exchange(m_sumsFilter, wanted) != wanted)
        m_sums.reset();
    const quint64 generation = ++m_sumsGeneration;
    ports::CustomerService &service = host().backend().customers();
    ports::whenDone(service.sums(host().newCall(), wanted), this,
                    [this, generation](const domain::Result<ports::CustomerSums> &result) {
                        if (generation != m_sumsGeneration)
                            return;
                        m_sums = result ? std::optional<ports::CustomerSums>(*result) : std::nullopt;
                        Q_EMIT chromeChanged();
                    });
    if (wanted == ports::CustomerFilter{}) {
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

ExportControl::Start CustomersPage::exporter() const
{
    const ports::CustomerQuery shown{
        m_model->filter(), m_model->sortKey(), m_model->descending(), ports::maxPageSize, {}, 0};
    return [this, shown, text = query().query()](const dialogs::ExportTarget &target, QObject *parent) {
        return new dialogs::CustomerExportJob(host().backend().customers(), host().newCall(), shown, text,
                                              host().timeZone(), target, parent);
    };
}

QList<PageAction> CustomersPage::ownActions() const
{
    auto *self = const_cast<CustomersPage *>(this);
    return {guarded(QStringLiteral("changeTier"), tr("Change tier…"), {}, domain::Permission::ChangeTier, Needs::Row,
                    [self] { self->changeTier(); }),
            guarded(QStringLiteral("addNote"), tr("Add note…"), {}, domain::Permission::WriteNotes, Needs::Row,
                    [self] { self->addNote(); }),
            guarded(QStringLiteral("open"), tr("Open customer"), QStringLiteral("Return"),
                    domain::Permission::ViewCustomers, Needs::Row, [self] { self->openRow(); })};
}

QString CustomersPage::status() const
{
    if (!m_sums)
        return m_model->total() ? domain::plural(*m_model->total(), tr("customer"), tr("customers")) : QString();
    const QString count =
        m_everybody ? tr("<b>%1 of %2</b>").arg(domain::countText(m_sums->count), domain::countText(*m_everybody))
                    : tr("<b>%1</b> customers").arg(domain::countText(m_sums->count));
    return tr("%1&nbsp;&nbsp;&nbsp; Σ MRR <b>%2</b> list&nbsp;&nbsp;&nbsp; median <b>%3</b>&nbsp;&nbsp;&nbsp; "
              "paying <b>%4</b>&nbsp;&nbsp;&nbsp; storage <b>%5</b>")
        .arg(count, domain::moneyText(m_sums->mrrListCents), domain::moneyText(m_sums->medianMrrCents),
             domain::countText(m_sums->paying), domain::bytesText(m_sums->storageBytes));
}

} // namespace pages
