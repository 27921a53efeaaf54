#pragma once
#include <QList>
#include <QString>

class QToolButton;
class QWidget;
namespace widgets {
class DataTable;
}

namespace pages {

class QueryBar;

/// One entry of a filter menu: the term it puts into the query text; an empty one removes the terms of the field.
struct FilterChoice {
    QString text;
    QString term; ///< `tier:pro`, `mrr>=19`
};

/// A submenu of "+ Filter": what one field is asked for. Several: entries are ticked one by one and written as
/// `field:a,b`.
struct FilterGroup {
    enum class Pick { One, Several };
    QString title;
    QString field;
    QList<FilterChoice> choices;
    Pick pick = Pick::One;
};

/// "+ Filter" of a list, "Clear all filters" below the groups. Names: `<screen>.addFilter`, its menu
/// `<screen>.addFilter.menu`, submenus `<screen>.filter.<field>`, entries `<screen>.filter.<term>` with a dot for the
/// colon, `<screen>.filter.clear`.
QToolButton *makeFilterButton(QueryBar &query, const QString &screen, const QList<FilterGroup> &groups,
                              QWidget *parent);
/// Shows and hides columns; remembered per screen. The first column stays. Call after the table has its model.
QToolButton *makeColumnsButton(widgets::DataTable &table, const QString &screen, QWidget *parent);

} // namespace pages
