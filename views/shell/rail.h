#pragma once
#include "views/shell/rail_item.h"

#include <QWidget>

#include <memory>

namespace shell {

/// The left rail: product name, one entry per screen with a count of what needs attention, the pinned views below their
/// screen, who is signed in.
class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);
    ~Rail() override;
    void setCurrent(const QString &screen);
    /// Empty text hides it; a Neutral count is information, Bad and Warning are attention.
    void setCount(const QString &screen, const QString &text, widgets::Tone tone);
    void setKey(const QString &screen, const QString &keys); ///< for the tooltip
    void setPins(const QList<RailPin> &pins);                ///< of a screen that the rail does not have: left out
    void setSignedIn(const QString &who, const QString &backend);

Q_SIGNALS:
    void chosen(const QString &screen);
    void pinChosen(const QString &view);
    void unpinRequested(const QString &view);
    void themeRequested();
    void connectionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void orderTabs();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shell
