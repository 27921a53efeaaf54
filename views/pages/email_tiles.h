#pragma once
#include "views/pages/email_loader.h"

#include <QTimeZone>
#include <QWidget>

namespace widgets {
class StatTile;
}

namespace pages {

/// The headline of the delivery screen: settled ratio, unknown, blocked or bounced, time to delivery. Each says how it
/// is computed; the second and third narrow the list.
class EmailTiles : public QWidget {
    Q_OBJECT
public:
    explicit EmailTiles(QWidget *parent);
    /// range: "7 d", "19 Nov"; asked: what the figures are of, for the explanations.
    void setFigures(const EmailFigures &shown, const QString &range, const QString &asked, const QTimeZone &zone);
    /// Opens the comparison with the provider's own figure, below the first tile.
    void compare();

Q_SIGNALS:
    void filterRequested(const QString &field, const QString &term);

private:
    void drawRatio(const ports::DeliveryFigures &f, const QString &range, const QString &footer);
    void drawUnknown(const EmailFigures &shown, const QString &footer, const QTimeZone &zone);
    void drawFailed(const EmailFigures &shown, const QString &footer, const QTimeZone &zone);
    void drawLatency(const ports::DeliveryFigures &f, const QString &footer);
    void drawNothing(const EmailFigures &shown);

    widgets::StatTile *m_ratio, *m_unknown, *m_failed, *m_latency;
    std::optional<ports::DeliveryFigures> m_figures;
    std::optional<EmailFigures::Cause> m_cause;
};

/// The provider-style ratio beside ours, and why they differ.
QString comparisonText(const ports::DeliveryFigures &figures);

} // namespace pages
