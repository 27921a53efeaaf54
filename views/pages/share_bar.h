#pragma once
#include <QList>
#include <QWidget>

namespace pages {

/// One bar cut into shares, as high as a sparkline: what a tile shows that has no series. The tooltip and the
/// accessible name list the shares in words.
class ShareBar : public QWidget {
    Q_OBJECT
public:
    struct Share {
        QString label;
        qint64 value = 0; ///< ≤ 0 takes no room
        QString text;     ///< the value as written
        int color = 0;    ///< index into Colors::series
    };
    explicit ShareBar(QWidget *parent = nullptr);
    void setShares(const QList<Share> &shares);
    QSize sizeHint() const override { return {120, 28}; }
    QSize minimumSizeHint() const override { return {40, 20}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<Share> m_shares;
};

} // namespace pages
