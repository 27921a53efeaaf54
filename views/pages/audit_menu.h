#pragma once
class QToolButton;
class QWidget;

namespace pages {

class QueryBar;

/// "+ Filter" of the audit log: action groups, actors, time, written into the query text.
QToolButton *makeAuditFilterButton(QueryBar &query, QWidget *parent);

} // namespace pages
