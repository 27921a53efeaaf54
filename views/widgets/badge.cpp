#include "views/widgets/badge.h"

#include "models/domain/tier.h"
#include "views/widgets/pixel_grid.h"
#include "views/widgets/text.h"

#include <QFontMetrics>
#include <QHash>
#include <QPainter>

namespace widgets {
namespace {

constexpr int padding = 7, badgeHeight = 20;

QFont badgeFont()
{
    return Theme::instance().font(TextRole::Small12, 500);
}

} // namespace

QColor toneColor(Tone tone)
{
    const Colors &c = Theme::instance().colors();
    switch (tone) {
    case Tone::Neutral:
        return c.text2;
    case Tone::Accent:
        return c.accent;
    case Tone::Good:
        return c.good;
    case Tone::Warning:
        return c.warning;
    case Tone::Bad:
        return c.bad;
    }
    Q_UNREACHABLE();
}

QColor toneWash(Tone tone)
{
    const Colors &c = Theme::instance().colors();
    switch (tone) {
    case Tone::Neutral:
        return c.surface2;
    case Tone::Accent:
        return c.accentWash;
    case Tone::Good:
        return c.goodWash;
    case Tone::Warning:
        return c.warningWash;
    case Tone::Bad:
        return c.badWash;
    }
    Q_UNREACHABLE();
}

Badge::Badge(const QString &text, Tone tone, QWidget *parent) : QWidget(parent), m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    set(text, tone);
}

void Badge::set(const QString &text, Tone tone)
{
    m_text = text;
    m_tone = tone;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Badge::sizeFor(const QString &text)
{
    return {QFontMetrics(badgeFont()).horizontalAdvance(text) + 2 * padding, badgeHeight};
}

QSize Badge::sizeHint() const
{
    return m_text.isEmpty() ? QSize(0, badgeHeight) : sizeFor(m_text);
}

int Badge::paint(QPainter &painter, const QRect &rect, const QString &text, Tone tone, bool pill)
{
    if (text.isEmpty())
        return 0;
    painter.save();
    painter.setFont(badgeFont());
    painter.setRenderHint(QPainter::Antialiasing);
    const int wanted = sizeFor(text).width();
    const int width = qMin(wanted, rect.width());
    const QRectF box =
        onPixels(painter, QRectF(rect.left(), rect.top() + (rect.height() - badgeHeight) / 2.0, width, badgeHeight));
    const QColor wash = toneWash(tone);
    painter.setPen(Qt::NoPen);
    painter.setBrush(wash);
    const qreal radius = pill ? badgeHeight / 2.0 : 4;
    painter.drawRoundedRect(box, radius, radius);
    painter.setPen(readableOn(toneColor(tone), wash));
    const QString shown = QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, width - 2 * padding + 1);
    painter.drawText(box.adjusted(padding, 0, -padding + 1, 0), static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft),
                     shown);
    painter.restore();
    return width;
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect(), m_text, m_tone);
}

QString tierLabel(const QString &tier)
{
    QString name = tier;
    const bool yearly = name.endsWith(QLatin1StringView("_yearly"));
    if (yearly)
        name.chop(7);
    name.replace(u'_', u' ');
    return yearly ? name + QStringLiteral(" · yearly") : name;
}

Tone tierTone(const QString &tier)
{
    for (const char *paid : {"team", "pro", "growth", "hobby_plus"}) {
        if (tier.startsWith(QLatin1StringView(paid)))
            return Tone::Accent;
    }
    return Tone::Neutral;
}

int tierSeries(const QString &tier)
{
    const auto known = domain::parseTier(domain::canonicalTierName(tier));
    return firstTierSeries + (known ? domain::tierRank(*known) : 0);
}

Tone statusTone(const QString &status)
{
    static const QHash<QString, Tone> tones{
        {QStringLiteral("active"), Tone::Good},
        {QStringLiteral("healthy"), Tone::Good},
        {QStringLiteral("ok"), Tone::Good},
        {QStringLiteral("pending"), Tone::Warning},
        {QStringLiteral("building"), Tone::Accent},
        {QStringLiteral("deploying"), Tone::Accent},
        {QStringLiteral("paused"), Tone::Warning},
        {QStringLiteral("suspended"), Tone::Warning},
        {QStringLiteral("degraded"), Tone::Warning},
        {QStringLiteral("failed"), Tone::Bad},
        {QStringLiteral("deletion_requested"), Tone::Warning},
        {QStringLiteral("deletion_pending"), Tone::Bad},
    };
    return tones.value(status, Tone::Neutral);
}

QString statusLabel(const QString &status)
{
    QString label = status;
    return label.replace(u'_', u' ');
}

TierBadge::TierBadge(const QString &tier, QWidget *parent) : Badge({}, Tone::Neutral, parent)
{
    setTier(tier);
}

void TierBadge::setTier(const QString &tier)
{
    set(tierLabel(tier), tierTone(tier));
}

} // namespace widgets
