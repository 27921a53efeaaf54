#pragma once
#include "views/charts/chart.h"
#include "views/widgets/card.h"

#include <memory>

namespace charts {

/// A card around a chart with "Show as table" (06-screens §1, accessible names). Takes ownership of the chart.
class ChartCard : public widgets::Card {
    Q_OBJECT
public:
    ChartCard(const QString &title, Chart *chart, QWidget *parent = nullptr);
    ~ChartCard() override;
    void setShowAsTable(bool table);
    bool showsTable() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace charts
