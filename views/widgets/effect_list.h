#pragma once
#include "views/widgets/review_sheet.h"

#include <QFrame>

class QLabel;

namespace widgets {

/// The lines of a review: label on the left, value on the right. A long value wraps and its row grows.
class EffectList : public QFrame {
    Q_OBJECT
public:
    explicit EffectList(QWidget *parent = nullptr);
    void setEffects(const QList<ReviewSheet::Effect> &effects);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Row {
        QLabel *label, *value;
    };
    int labelWidth(int width) const;
    /// Places the rows when `place`; the height they need.
    int arrange(int width, bool place) const;
    QList<Row> m_rows;
};

} // namespace widgets
