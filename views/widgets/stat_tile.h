#pragma once
#include "views/widgets/card.h"
#include "views/widgets/text.h"

#include <memory>

namespace widgets {

/// One figure: "Paying customers  214  customers  +12 in 30 d" with a sparkline and Explain.
struct Stat {
    QString title;
    QString figure; ///< already formatted; "—" where none exists
    QString unit;   ///< quiet text right of the figure
    QString sub;    ///< one or two lines below
    Ink figureInk = Ink::Text;
    QString delta;              ///< "+12", "−3"; empty = none
    Ink deltaInk = Ink::Second; ///< Good, Bad or Second
    QList<double> series;       ///< sparkline, oldest first; empty = none
    bool lastOpen = true;       ///< the last point is not settled yet: drawn as a hollow dot
};

class StatTile : public Card {
    Q_OBJECT
public:
    /// name: objectName, e.g. `tile.mrr`.
    explicit StatTile(const QString &name, QWidget *parent = nullptr);
    ~StatTile() override;
    void setStat(const Stat &stat); ///< also sets the accessible name: "<title>, <figure> <unit>, <delta>, <sub>"
    /// Shows the Explain button; its text opens in a popover: formula, window, zone, exclusions.
    void setExplanation(const QString &text);
    void setClickable(bool clickable);

Q_SIGNALS:
    void clicked();

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace widgets
