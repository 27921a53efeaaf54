#include "views/pages/webhook_cells.h"

#include "models/items/roles.h"
#include "views/widgets/text.h"

#include <QPainter>

namespace pages {

using widgets::Tone;

widgets::Tone webhookOutcomeTone(ports::WebhookOutcome outcome)
{
    switch (outcome) {
    case ports::WebhookOutcome::Applied:
        return Tone::Good;
    case ports::WebhookOutcome::Unmatched:
        return Tone::Warning;
    case ports::WebhookOutcome::NoChange:
    case ports::WebhookOutcome::Skipped:
        return Tone::Neutral;
    case ports::WebhookOutcome::Failed:
    case ports::WebhookOutcome::Unparseable:
        return Tone::Bad;
    }
    Q_UNREACHABLE();
}

void SignatureDelegate::paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &,
                                  const QModelIndex &index) const
{
    const QString state = index.data(items::StateRole).toString();
    const bool current = state == ports::signatureVerdictName(ports::SignatureVerdict::Current);
    const QString iconName = index.data(items::IconRole).toString();
    if (!iconName.isEmpty())
        widgets::icon(iconName, widgets::toneColor(current ? Tone::Good : Tone::Warning))
            .paint(&painter, QRect(rect.left(), rect.center().y() - 7, 16, 16));
    const QRect box = rect.adjusted(22, 0, 0, 0);
    if (!current)
        painter.setPen(widgets::inkColor(widgets::Ink::Warning));
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, box.width()));
}

} // namespace pages
