#pragma once
#include "views/widgets/badge.h"

#include <QWidget>

namespace widgets {

/// Ratio of use: accent below 80 %, warning from 80 %, bad from 100 %. limit ≤ 0: an empty track (unlimited/none).
Tone usageTone(qint64 used, qint64 limit);

class UsageBar : public QWidget {
    Q_OBJECT
public:
    explicit UsageBar(QWidget *parent = nullptr);
    /// what: "Storage"; text: "9.1 / 10 GB", both for the accessible name.
    void setUsage(qint64 used, qint64 limit, const QString &what = {}, const QString &text = {});
    QSize sizeHint() const override { return {120, 6}; }
    QSize minimumSizeHint() const override { return {40, 6}; }

    static void paint(QPainter &painter, const QRectF &rect, qint64 used, qint64 limit);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    qint64 m_used = 0, m_limit = 0;
};

} // namespace widgets
