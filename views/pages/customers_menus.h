#pragma once
#include <QString>

class QToolButton;
class QWidget;
namespace widgets {
class DataTable;
}

namespace pages {

class QueryBar;

/// "+ Filter": tiers, MRR, last seen and created, written into the query text.
QToolButton *makeCustomerFilterButton(QueryBar &query, QWidget *parent);
/// Shows and hides columns; remembered per screen. The first column stays.
QToolButton *makeColumnsButton(widgets::DataTable &table, const QString &screen, QWidget *parent);

} // namespace pages
