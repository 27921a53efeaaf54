#include "views/pages/outcome_card.h"

#include "views/charts/chart_table.h"
#include "views/widgets/buttons.h"
#include "views/widgets/data_table.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace pages {

namespace {
constexpr int headerHeight = 32;
}

struct OutcomeCard::Private {
    charts::SegmentBar *bar;
    charts::ChartTableModel *model;
    widgets::DataTable *table;
    widgets::IconButton *toggle;
};

OutcomeCard::OutcomeCard(const QString &name, QWidget *parent) : Card({}, parent), d(std::make_unique<Private>())
{
    d->bar = new charts::SegmentBar(name, this);
    d->model = new charts::ChartTableModel(this);
    d->table = new widgets::DataTable(name, this);
    d->table->setModel(d->model);
    d->table->hide();
    d->toggle =
        new widgets::IconButton(QStringLiteral("table"), tr("Show as table"), name + QStringLiteral(".asTable"), this);
    d->toggle->setFixedSize(24, 24);
    d->toggle->setIconSize({15, 15});
    auto *row = new QHBoxLayout;
    row->setSpacing(widgets::space::m);
    row->addWidget(d->bar, 1);
    row->addWidget(d->table, 1);
    row->addWidget(d->toggle, 0, Qt::AlignTop);
    body()->addLayout(row);
    body()->setContentsMargins(widgets::space::l, 0, widgets::space::m, 0);
    connect(d->toggle, &QToolButton::clicked, this, [this] { setShowAsTable(!showsTable()); });
    connect(d->bar, &charts::Chart::dataChanged, this, [this] {
        d->model->setTable(d->bar->table());
        for (int column = 0; column < d->model->columnCount(); ++column)
            d->table->setColumn(column, column == 0 ? -1 : 120, column == 0 ? Qt::AlignLeft : Qt::AlignRight);
        fit();
    });
}

OutcomeCard::~OutcomeCard() = default;

charts::SegmentBar *OutcomeCard::bar() const
{
    return d->bar;
}

void OutcomeCard::setShowAsTable(bool table)
{
    d->bar->setVisible(!table);
    d->table->setVisible(table);
    const QString text = table ? tr("Show as chart") : tr("Show as table");
    d->toggle->setIconName(table ? QStringLiteral("chart") : QStringLiteral("table"));
    d->toggle->setToolTip(text);
    d->toggle->setAccessibleName(text);
    fit();
}

bool OutcomeCard::showsTable() const
{
    return d->table->isVisibleTo(this);
}

void OutcomeCard::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    fit();
}

/// The scrolled frame of a list asks for a least height only, so nothing below may depend on the width by itself.
void OutcomeCard::fit()
{
    d->bar->setFixedHeight(d->bar->heightForWidth(d->bar->width()));
    d->table->setFixedHeight(headerHeight + d->model->rowCount() * widgets::space::row);
}

} // namespace pages
