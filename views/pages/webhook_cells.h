#pragma once
#include "services/ports/webhook_inbox_service.h"
#include "views/widgets/badge.h"
#include "views/widgets/cell_delegates.h"

namespace pages {

widgets::Tone webhookOutcomeTone(ports::WebhookOutcome outcome);

/// An icon in the colour of its tone, then the text: `✓ current`.
class SignatureDelegate : public widgets::CellDelegate {
    Q_OBJECT
public:
    using CellDelegate::CellDelegate;

protected:
    void paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const override;
};

} // namespace pages
