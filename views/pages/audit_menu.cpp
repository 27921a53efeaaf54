#include "views/pages/audit_menu.h"

#include "models/domain/audit.h"
#include "views/pages/query_bar.h"

#include <QMenu>
#include <QToolButton>

namespace pages {

namespace {
void addTerm(QMenu *menu, QueryBar &query, const QString &text, const QString &field, const QString &value)
{
    const QString term = value.isEmpty() ? QString() : field + QLatin1Char(':') + value;
    QAction *action = menu->addAction(text);
    action->setObjectName(QStringLiteral("audit.filter.") + field + QLatin1Char('.') + value);
    QObject::connect(action, &QAction::triggered, &query, [&query, field, term] { query.setField(field, term); });
}
} // namespace

QToolButton *makeAuditFilterButton(QueryBar &query, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(QStringLiteral("audit.addFilter"));
    button->setAccessibleName(QStringLiteral("Add a filter"));
    button->setToolTip(QStringLiteral("Add a filter"));
    button->setText(QStringLiteral("+ Filter"));
    button->setProperty("kind", QStringLiteral("chip"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(button);
    menu->setObjectName(QStringLiteral("audit.addFilter.menu"));
    button->setMenu(menu);

    QMenu *kinds = menu->addMenu(QStringLiteral("Action"));
    QStringList groups;
    for (const domain::AuditKind &kind : domain::auditKinds()) {
        const QString group = QString::fromLatin1(kind.kind).section(QLatin1Char('.'), 0, 0) + QStringLiteral(".*");
        if (QLatin1StringView(kind.kind).contains(QLatin1Char('.')) && !groups.contains(group))
            groups << group;
    }
    groups.sort();
    for (const QString &group : groups)
        addTerm(kinds, query, group, QStringLiteral("kind"), group);
    addTerm(kinds, query, QStringLiteral("any"), QStringLiteral("kind"), {});
    QMenu *actors = menu->addMenu(QStringLiteral("Actor"));
    for (const char *actor : {"agent", "user", "system", "cli", "admin"})
        addTerm(actors, query, QString::fromLatin1(actor), QStringLiteral("actor"), QString::fromLatin1(actor));
    addTerm(actors, query, QStringLiteral("any"), QStringLiteral("actor"), {});
    QMenu *times = menu->addMenu(QStringLiteral("Time"));
    for (const auto &[text, value] : {std::pair{"last hour", "1h"},
                                      {"last 24 hours", "24h"},
                                      {"last 7 days", "7d"},
                                      {"last 30 days", "30d"},
                                      {"any time", ""}})
        addTerm(times, query, QString::fromLatin1(text), QStringLiteral("after"), QString::fromLatin1(value));
    addTerm(menu, query, QStringLiteral("Faults only"), QStringLiteral("faults"), QStringLiteral("yes"));
    menu->addSeparator();
    QAction *clear = menu->addAction(QStringLiteral("Clear all filters"));
    clear->setObjectName(QStringLiteral("audit.filter.clear"));
    QObject::connect(clear, &QAction::triggered, &query, [&query] { query.setQuery({}); });
    return button;
}

} // namespace pages
