#include "views/charts/chart_card.h"

#include "views/widgets/buttons.h"
#include "views/widgets/data_table.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace charts {

struct ChartCard::Private {
    Chart *chart;
    ChartTableModel *model;
    widgets::DataTable *table;
    QStackedWidget *stack;
    widgets::IconButton *toggle;
};

ChartCard::ChartCard(const QString &title, Chart *chart, QWidget *parent)
    : Card(title, parent)
    , d(std::make_unique<Private>())
{
    const QString name = chart->objectName();
    d->chart = chart;
    d->model = new ChartTableModel(this);
    d->stack = new QStackedWidget(this);
    d->stack->addWidget(chart);
    d->table = new widgets::DataTable(name, d->stack);
    d->table->setModel(d->model);
    d->stack->addWidget(d->table);
    body()->addWidget(d->stack, 1);
    d->toggle =
        new widgets::IconButton(QStringLiteral("table"), tr("Show as table"), name + QStringLiteral(".asTable"), this);
    d->toggle->setFixedSize(24, 24);
    d->toggle->setIconSize({15, 15});
    header()->addWidget(d->toggle);
    connect(d->toggle, &QToolButton::clicked, this, [this] { setShowAsTable(!showsTable()); });
    const auto reload = [this] {
        d->model->setTable(d->chart->table());
        for (int column = 0; column < d->model->columnCount(); ++column)
            d->table->setColumn(column, column == 0 ? -1 : 120);
    };
    connect(chart, &Chart::dataChanged, this, reload);
    reload();
}

ChartCard::~ChartCard() = default;

void ChartCard::setShowAsTable(bool table)
{
    d->stack->setCurrentIndex(table ? 1 : 0);
    const QString text = table ? tr("Show as chart") : tr("Show as table");
    d->toggle->setIconName(table ? QStringLiteral("chart") : QStringLiteral("table"));
    d->toggle->setToolTip(text);
    d->toggle->setAccessibleName(text);
}

bool ChartCard::showsTable() const
{
    return d->stack->currentIndex() == 1;
}

} // namespace charts
