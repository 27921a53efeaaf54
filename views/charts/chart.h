#pragma once
#include "views/charts/chart_table.h"

#include <QWidget>

namespace charts {

/// Base of the drawn charts: every chart can say its figures as a table.
class Chart : public QWidget {
    Q_OBJECT
public:
    explicit Chart(QWidget *parent = nullptr) : QWidget(parent) {}
    virtual ChartTable table() const = 0;

Q_SIGNALS:
    void dataChanged();
};

} // namespace charts
