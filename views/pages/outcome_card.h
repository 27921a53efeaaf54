#pragma once
#include "views/charts/segment_bar.h"
#include "views/widgets/card.h"

#include <memory>

namespace pages {

/// A card with one stacked bar, as high as it needs to be, and the same figures as a table.
class OutcomeCard : public widgets::Card {
    Q_OBJECT
public:
    OutcomeCard(const QString &name, QWidget *parent);
    ~OutcomeCard() override;
    charts::SegmentBar *bar() const;
    void setShowAsTable(bool table);
    bool showsTable() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pages
