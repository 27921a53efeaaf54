#include "views/pages/list_menus.h"

#include "models/domain/list_query.h"
#include "views/pages/query_bar.h"
#include "views/widgets/data_table.h"

#include <QMenu>
#include <QSettings>
#include <QToolButton>

namespace pages {

namespace {

QToolButton *makeMenuButton(const QString &text, const QString &name, const QString &spoken, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(name);
    button->setAccessibleName(spoken);
    button->setToolTip(spoken);
    button->setText(text);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(button);
    menu->setObjectName(name + QStringLiteral(".menu"));
    button->setMenu(menu);
    return button;
}

QString actionName(const QString &screen, const FilterGroup &group, const FilterChoice &choice)
{
    const QString term = choice.term.isEmpty() ? group.field + QLatin1Char('.') : choice.term;
    return screen + QStringLiteral(".filter.") + QString(term).replace(QLatin1Char(':'), QLatin1Char('.'));
}

QStringList valuesIn(const QueryBar &query, const QString &field)
{
    if (const auto terms = domain::parseQuery(query.query(), query.fields()))
        for (const domain::QueryTerm &term : *terms)
            if (term.field == field && !term.negated)
                return term.values;
    return {};
}

QString valueOf(const FilterChoice &choice)
{
    return choice.term.section(QLatin1Char(':'), 1);
}

/// The ticks follow the query text, which the operator may have typed.
void makeSeveral(QMenu *menu, QAction *action, const QString &field, const QString &value, QueryBar &query)
{
    action->setCheckable(true);
    QObject::connect(menu, &QMenu::aboutToShow, action,
                     [action, field, value, &query] { action->setChecked(valuesIn(query, field).contains(value)); });
    QObject::connect(action, &QAction::triggered, &query, [field, value, &query](bool on) {
        QStringList wanted = valuesIn(query, field);
        wanted.removeAll(value);
        if (on)
            wanted << value;
        query.setField(field, wanted.isEmpty() ? QString() : field + QLatin1Char(':') + wanted.join(QLatin1Char(',')));
    });
}

void addGroup(QMenu *menu, const FilterGroup &group, const QString &screen, QueryBar &query)
{
    QMenu *sub = menu->addMenu(group.title);
    sub->setObjectName(screen + QStringLiteral(".filter.") + group.field);
    for (const FilterChoice &choice : group.choices) {
        QAction *action = sub->addAction(choice.text);
        action->setObjectName(actionName(screen, group, choice));
        if (group.pick == FilterGroup::Pick::Several)
            makeSeveral(sub, action, group.field, valueOf(choice), query);
        else
            QObject::connect(action, &QAction::triggered, &query,
                             [&query, field = group.field, term = choice.term] { query.setField(field, term); });
    }
}

} // namespace

QToolButton *makeFilterButton(QueryBar &query, const QString &screen, const QList<FilterGroup> &groups, QWidget *parent)
{
    QToolButton *button = makeMenuButton(QObject::tr("+ Filter"), screen + QStringLiteral(".addFilter"),
                                         QObject::tr("Add a filter"), parent);
    button->setProperty("kind", QStringLiteral("chip"));
    for (const FilterGroup &group : groups)
        addGroup(button->menu(), group, screen, query);
    button->menu()->addSeparator();
    QAction *clear = button->menu()->addAction(QObject::tr("Clear all filters"));
    clear->setObjectName(screen + QStringLiteral(".filter.clear"));
    QObject::connect(clear, &QAction::triggered, &query, &QueryBar::clear);
    return button;
}

QToolButton *makeColumnsButton(widgets::DataTable &table, const QString &screen, QWidget *parent)
{
    QToolButton *button = makeMenuButton(QObject::tr("Columns"), screen + QStringLiteral(".columns"),
                                         QObject::tr("Show and hide columns"), parent);
    const QString key = QStringLiteral("columns/") + screen;
    const QStringList hidden = QSettings().value(key).toStringList();
    const QAbstractItemModel *model = table.model();
    for (int column = 1; column < model->columnCount(); ++column) {
        const QString title = model->headerData(column, Qt::Horizontal).toString();
        QAction *action = button->menu()->addAction(title);
        action->setObjectName(screen + QStringLiteral(".column.%1").arg(column));
        action->setCheckable(true);
        action->setChecked(!hidden.contains(title));
        table.setColumnHidden(column, hidden.contains(title));
        QObject::connect(action, &QAction::toggled, &table, [&table, column, key, title](bool on) {
            table.setColumnHidden(column, !on);
            QStringList now = QSettings().value(key).toStringList();
            now.removeAll(title);
            if (!on)
                now << title;
            QSettings().setValue(key, now);
        });
    }
    return button;
}

} // namespace pages
