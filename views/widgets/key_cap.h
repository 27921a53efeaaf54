#pragma once
#include <QWidget>

namespace widgets {

/// A key drawn as a cap, as wide as its text and 20 px high.
class KeyCap : public QWidget {
    Q_OBJECT
public:
    explicit KeyCap(const QString &text = {}, QWidget *parent = nullptr);
    void setText(const QString &text);
    QString text() const { return m_text; }

    static int widthOf(const QString &text);
    /// The same drawing for delegates, at the right end of the box and vertically centred; returns the width used.
    static int paint(QPainter &painter, const QRect &box, const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
};

} // namespace widgets
