#include "views/pages/customers_menus.h"

#include "models/domain/format.h"
#include "models/domain/list_query.h"
#include "models/domain/tier.h"
#include "models/items/query_text.h"
#include "views/pages/query_bar.h"
#include "views/widgets/data_table.h"

#include <QHeaderView>
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

QStringList tiersIn(const QString &query)
{
    const auto terms = domain::parseQuery(query, items::customerQueryFields());
    if (terms)
        for (const domain::QueryTerm &term : *terms)
            if (term.field == QLatin1StringView("tier") && !term.negated)
                return term.values;
    return {};
}

struct Choice {
    const char *text;
    const char *term; ///< empty removes the filter
};

void addChoices(QMenu *menu, const QString &title, const QString &field, QueryBar &query,
                std::initializer_list<Choice> choices)
{
    QMenu *sub = menu->addMenu(title);
    sub->setObjectName(QStringLiteral("customers.filter.") + field);
    for (const Choice &choice : choices) {
        const QString term = QString::fromLatin1(choice.term);
        QAction *action = sub->addAction(QString::fromUtf8(choice.text));
        action->setObjectName(QStringLiteral("customers.filter.") + term);
        QObject::connect(action, &QAction::triggered, &query, [&query, field, term] { query.setField(field, term); });
    }
}

} // namespace

QToolButton *makeCustomerFilterButton(QueryBar &query, QWidget *parent)
{
    QToolButton *button = makeMenuButton(QStringLiteral("+ Filter"), QStringLiteral("customers.addFilter"),
                                         QStringLiteral("Add a filter"), parent);
    button->setProperty("kind", QStringLiteral("chip"));
    QMenu *menu = button->menu();
    QMenu *tiers = menu->addMenu(QStringLiteral("Tier"));
    tiers->setObjectName(QStringLiteral("customers.filter.tier"));
    for (const domain::Tier tier : domain::allTiers()) {
        const QString name = domain::tierName(tier);
        QAction *action = tiers->addAction(domain::wordText(name));
        action->setObjectName(QStringLiteral("customers.filter.tier.") + name);
        action->setCheckable(true);
        QObject::connect(action, &QAction::triggered, &query, [&query, name](bool on) {
            QStringList wanted = tiersIn(query.query());
            wanted.removeAll(name);
            if (on)
                wanted << name;
            query.setField(QStringLiteral("tier"),
                           wanted.isEmpty() ? QString() : QStringLiteral("tier:") + wanted.join(QLatin1Char(',')));
        });
    }
    QObject::connect(tiers, &QMenu::aboutToShow, &query, [tiers, &query] {
        const QStringList now = tiersIn(query.query());
        for (QAction *action : tiers->actions())
            action->setChecked(now.contains(action->objectName().section(QLatin1Char('.'), -1)));
    });
    addChoices(
        menu, QStringLiteral("MRR, list price"), QStringLiteral("mrr"), query,
        {{"paying", "mrr>0"}, {"from $19", "mrr>=19"}, {"from $49", "mrr>=49"}, {"from $99", "mrr>=99"}, {"any", ""}});
    addChoices(menu, QStringLiteral("Last seen"), QStringLiteral("seen"), query,
               {{"within 24 hours", "seen<24h"},
                {"within 7 days", "seen<7d"},
                {"within 30 days", "seen<30d"},
                {"over 30 days ago", "seen>30d"},
                {"over 90 days ago", "seen>90d"},
                {"any time", ""}});
    addChoices(menu, QStringLiteral("Created"), QStringLiteral("created"), query,
               {{"within 7 days", "created<7d"},
                {"within 30 days", "created<30d"},
                {"within 90 days", "created<90d"},
                {"over a year ago", "created>365d"},
                {"any time", ""}});
    menu->addSeparator();
    QAction *clear = menu->addAction(QStringLiteral("Clear all filters"));
    clear->setObjectName(QStringLiteral("customers.filter.clear"));
    QObject::connect(clear, &QAction::triggered, &query, [&query] { query.setQuery({}); });
    return button;
}

QToolButton *makeColumnsButton(widgets::DataTable &table, const QString &screen, QWidget *parent)
{
    QToolButton *button = makeMenuButton(QStringLiteral("Columns"), screen + QStringLiteral(".columns"),
                                         QStringLiteral("Show and hide columns"), parent);
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
