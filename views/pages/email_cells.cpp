#include "views/pages/email_cells.h"

#include "models/domain/delivery.h"
#include "models/domain/format.h"
#include "models/items/roles.h"
#include "views/pages/email_words.h"

#include <QPainter>
#include <QtMath>

namespace pages {

namespace {
QString stateOf(const QModelIndex &index)
{
    return index.data(items::StateRole).toString();
}

bool isRight(const QModelIndex &index)
{
    return Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignRight;
}
} // namespace

void OutcomeDelegate::paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &,
                                const QModelIndex &index) const
{
    const int used = widgets::Badge::paint(painter, rect, index.data().toString(), outcomeTone(stateOf(index)));
    const QString marks = index.data(items::SecondaryRole).toString();
    const QRect rest = rect.adjusted(used + widgets::space::s, 0, 0, 0);
    if (marks.isEmpty() || rest.width() < 20)
        return;
    painter.setFont(widgets::Theme::instance().font(widgets::TextRole::Small12));
    painter.setPen(widgets::Theme::instance().colors().text2);
    painter.drawText(rest, Qt::AlignVCenter, painter.fontMetrics().elidedText(marks, Qt::ElideRight, rest.width()));
}

void QuietWhenWellDelegate::paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &,
                                      const QModelIndex &index) const
{
    const widgets::Colors &c = widgets::Theme::instance().colors();
    const QString text = index.data().toString(), state = stateOf(index);
    const bool number = isRight(index), well = state == QLatin1StringView("delivered");
    const bool quiet = number ? state == QLatin1StringView("pending") : well;
    painter.setPen(text == domain::noValue() ? c.text3 : quiet ? c.text2 : c.text);
    if (number) {
        painter.setFont(widgets::Theme::instance().font(widgets::TextRole::Base13, 400, true));
        widgets::drawTabular(painter, rect, Qt::AlignRight, text);
    } else {
        painter.drawText(rect, Qt::AlignVCenter, painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
    }
}

void SentTimeDelegate::paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &,
                                 const QModelIndex &index) const
{
    const widgets::Colors &c = widgets::Theme::instance().colors();
    const bool accepted = domain::parseDeliveryOutcome(stateOf(index)).has_value();
    painter.setPen(accepted ? c.text : widgets::readableOn(c.text3, c.surface));
    painter.setFont(widgets::Theme::instance().font(widgets::TextRole::Base13, 400, true));
    widgets::drawTabular(painter, rect, Qt::AlignLeft, index.data().toString());
}

int secondsTimeWidth()
{
    const QFont font = widgets::Theme::instance().font(widgets::TextRole::Base13, 400, true);
    return qCeil(widgets::tabularWidth(font, QStringLiteral("2026-11-22 09:14:07"))) + 2 * widgets::space::m + 2;
}

} // namespace pages
