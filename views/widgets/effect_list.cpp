#include "views/widgets/effect_list.h"

#include "views/widgets/text.h"

#include <QEvent>

#include <algorithm>

namespace widgets {
namespace {

constexpr int side = 14, edge = 11, gap = 24, between = 7;

Ink inkOf(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return Ink::Text;
    case Tone::Accent:
        return Ink::Accent;
    case Tone::Good:
        return Ink::Good;
    case Tone::Warning:
        return Ink::Warning;
    case Tone::Bad:
        return Ink::Bad;
    }
    Q_UNREACHABLE();
}

} // namespace

EffectList::EffectList(QWidget *parent) : QFrame(parent)
{
    setProperty("role", QStringLiteral("inset"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void EffectList::setEffects(const QList<ReviewSheet::Effect> &effects)
{
    for (const Row &row : std::as_const(m_rows)) {
        delete row.label;
        delete row.value;
    }
    m_rows.clear();
    for (const ReviewSheet::Effect &effect : effects) {
        Row row{makeLabel(effect.label, TextRole::Base13, 400, Ink::Second, this),
                makeLabel(effect.value, TextRole::Base13, 500, inkOf(effect.tone), this)};
        for (QLabel *text : {row.label, row.value}) {
            text->setWordWrap(true);
            text->setTextFormat(Qt::PlainText);
            text->show();
        }
        row.value->setAlignment(Qt::AlignRight | Qt::AlignTop);
        row.label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        row.value->setAccessibleName(effect.label + QStringLiteral(", ") + effect.value);
        m_rows.append(row);
    }
    arrange(width(), true);
    updateGeometry();
}

int EffectList::labelWidth(int width) const
{
    int widest = 0;
    for (const Row &row : m_rows)
        widest = std::max(widest, row.label->fontMetrics().horizontalAdvance(row.label->text()) + 2);
    return std::min(widest, (width - 2 * side - gap) / 2);
}

int EffectList::arrange(int width, bool place) const
{
    const int left = labelWidth(width), right = std::max(40, width - 2 * side - gap - left);
    int y = edge;
    for (const Row &row : m_rows) {
        const int height = std::max(row.label->heightForWidth(left), row.value->heightForWidth(right));
        if (place) {
            row.label->setGeometry(side, y, left, height);
            row.value->setGeometry(side + left + gap, y, right, height);
        }
        y += height + between;
    }
    return m_rows.isEmpty() ? 0 : y - between + edge;
}

int EffectList::heightForWidth(int width) const
{
    return arrange(width, false);
}

QSize EffectList::sizeHint() const
{
    return {460, heightForWidth(460)};
}

QSize EffectList::minimumSizeHint() const
{
    return {320, width() > 320 ? heightForWidth(width()) : 0};
}

void EffectList::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    arrange(width(), true);
    updateGeometry();
}

void EffectList::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        arrange(width(), true);
        updateGeometry();
    }
}

} // namespace widgets
