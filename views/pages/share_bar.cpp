#include "views/pages/share_bar.h"

#include "views/widgets/pixel_grid.h"
#include "views/widgets/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <numeric>

namespace pages {

namespace {
constexpr int barHeight = 8;
constexpr qreal gap = 1.5;
constexpr qreal leastWidth = 3; ///< a share that exists can be seen
} // namespace

ShareBar::ShareBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, qOverload<>(&QWidget::update));
}

void ShareBar::setShares(const QList<Share> &shares)
{
    m_shares = shares;
    m_shares.removeIf([](const Share &share) { return share.value <= 0; });
    QStringList words;
    for (const Share &share : std::as_const(m_shares))
        words << QStringLiteral("%1 %2").arg(share.label, share.text);
    setToolTip(words.join(QLatin1Char('\n')));
    setAccessibleName(words.join(QStringLiteral(", ")));
    update();
}

void ShareBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const widgets::Colors &colors = widgets::Theme::instance().colors();
    const QRectF bar = widgets::onPixels(painter, QRectF(0, (height() - barHeight) / 2.0, width(), barHeight));
    QPainterPath rounded;
    rounded.addRoundedRect(bar, barHeight / 2.0, barHeight / 2.0);
    painter.setClipPath(rounded);
    painter.fillRect(bar, colors.surface2);
    const qint64 sum = std::accumulate(m_shares.cbegin(), m_shares.cend(), qint64(0),
                                       [](qint64 all, const Share &share) { return all + share.value; });
    if (sum <= 0)
        return;
    const qreal room = bar.width() - leastWidth * static_cast<qreal>(m_shares.size());
    qreal x = 0;
    for (const Share &share : std::as_const(m_shares)) {
        const qreal wide = leastWidth + room * static_cast<qreal>(share.value) / static_cast<qreal>(sum);
        const QRectF piece(x, bar.top(), wide - (&share == &m_shares.constLast() ? 0 : gap), bar.height());
        painter.fillRect(widgets::onPixels(painter, piece), colors.series.at(share.color));
        x += wide;
    }
}

} // namespace pages
