#pragma once
#include "views/shell/screens.h"
#include "views/widgets/badge.h"

#include <QAbstractButton>

namespace shell {

/// An entry of the rail: wash when it is hovered or current, a ring only for the keyboard, a count at its right end.
class RailItem : public QAbstractButton {
    Q_OBJECT
public:
    RailItem(const Screen &screen, QWidget *parent);
    void setKey(const QString &keys); ///< shown in the tooltip; empty = none
    void setCount(const QString &text, widgets::Tone tone);

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    RailItem(const QString &name, const QString &text, int height, QWidget *parent);
    void paintGround(QPainter &painter, bool wash) const;

private:
    bool m_byKeyboard = false;
    QString m_icon, m_count;
    widgets::Tone m_tone = widgets::Tone::Neutral;
};

/// A pinned view below its screen.
struct RailPin {
    QString id;     ///< of the view
    QString screen; ///< Screen::key
    QString name;
    QString query; ///< for the tooltip
    QString count; ///< empty = none
    bool current = false;
    bool operator==(const RailPin &) const = default;
};

class RailPinItem : public RailItem {
    Q_OBJECT
public:
    RailPinItem(const RailPin &pin, QWidget *parent);
    void set(const RailPin &pin);
    const RailPin &pin() const { return m_pin; }

Q_SIGNALS:
    void unpinRequested(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    RailPin m_pin;
};

} // namespace shell
