#include "views/widgets/text.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace widgets {
namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

QString inkName(Ink ink)
{
    switch (ink) {
    case Ink::Text:
        return QStringLiteral("text");
    case Ink::Second:
        return QStringLiteral("second");
    case Ink::Third:
        return QStringLiteral("third");
    case Ink::Accent:
        return QStringLiteral("accent");
    case Ink::Good:
        return QStringLiteral("good");
    case Ink::Warning:
        return QStringLiteral("warning");
    case Ink::Bad:
        return QStringLiteral("bad");
    }
    Q_UNREACHABLE();
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

qreal digitCell(const QFontMetricsF &metrics)
{
    qreal widest = 0;
    for (char16_t c = u'0'; c <= u'9'; ++c)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(c)));
    return widest;
}

/// Calls fn(piece, width, isDigit) for every digit and every run of other characters.
template <typename F>
void eachPiece(const QFontMetricsF &metrics, const QString &text, F fn)
{
    const qreal cell = digitCell(metrics);
    qsizetype i = 0;
    while (i < text.size()) {
        if (isDigit(text[i])) {
            fn(text.mid(i, 1), cell, true);
            ++i;
            continue;
        }
        qsizetype end = i;
        while (end < text.size() && !isDigit(text[end]))
            ++end;
        const QString run = text.mid(i, end - i);
        fn(run, metrics.horizontalAdvance(run), false);
        i = end;
    }
}

} // namespace

double contrastRatio(const QColor &a, const QColor &b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

QColor readableOn(const QColor &ink, const QColor &ground)
{
    const bool darken = luminance(ground) > 0.2;
    QColor color = ink;
    for (int step = 0; step < 40 && contrastRatio(color, ground) < 4.5; ++step)
        color = darken ? color.darker(104) : color.lighter(104);
    return color;
}

QColor inkColor(Ink ink)
{
    const Colors &c = Theme::instance().colors();
    switch (ink) {
    case Ink::Text:
        return c.text;
    case Ink::Second:
        return c.text2;
    case Ink::Third:
        return c.text3;
    case Ink::Accent:
        return readableOn(c.accent, c.surface);
    case Ink::Good:
        return readableOn(c.good, c.surface);
    case Ink::Warning:
        return readableOn(c.warning, c.surface);
    case Ink::Bad:
        return readableOn(c.bad, c.surface);
    }
    Q_UNREACHABLE();
}

QLabel *makeLabel(const QString &text, TextRole role, int weight, Ink ink, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(Theme::instance().font(role, weight));
    setInk(label, ink);
    return label;
}

void setInk(QWidget *label, Ink ink)
{
    const QString name = inkName(ink);
    if (label->property("ink").toString() == name)
        return;
    label->setProperty("ink", name);
    label->style()->unpolish(label);
    label->style()->polish(label);
}

void drawTabular(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text)
{
    const QFontMetricsF metrics(painter.font());
    qreal x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - tabularWidth(painter.font(), text);
    const qreal baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    eachPiece(metrics, text, [&](const QString &piece, qreal width, bool digit) {
        const qreal slack = digit ? (width - metrics.horizontalAdvance(piece)) / 2 : 0;
        painter.drawText(QPointF(x + slack, baseline), piece);
        x += width;
    });
}

qreal tabularWidth(const QFont &font, const QString &text)
{
    qreal sum = 0;
    eachPiece(QFontMetricsF(font), text, [&sum](const QString &, qreal width, bool) { sum += width; });
    return sum;
}

ElidedLabel::ElidedLabel(const QString &text, QWidget *parent) : QLabel(text, parent)
{
    setFont(Theme::instance().font(TextRole::Base13));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(QStringLiteral("…")), fontMetrics().height()};
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + 2, fontMetrics().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, width());
    painter.drawText(rect(), static_cast<int>(alignment() | Qt::AlignVCenter), shown);
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        const bool cut = fontMetrics().horizontalAdvance(text()) > width();
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), cut ? text() : QString(), this);
        return true;
    }
    return QLabel::event(event);
}

} // namespace widgets
