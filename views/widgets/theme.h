#pragma once
#include <QColor>
#include <QFont>
#include <QIcon>
#include <QList>
#include <QObject>

class QApplication;

/// The design tokens: colours, type scale, spacing. GUI thread only.
namespace widgets {

enum class Scheme { Light, Dark };

struct Colors {
    QColor window, surface, surface2, border;
    QColor text, text2, text3;
    QColor accent, accentWash, onAccent;
    QColor good, goodWash, warning, warningWash, bad, badWash;
    QList<QColor> series; ///< six chart colours, then one per tier in rank order, from quiet to accent
};

/// Where the colours of the tiers begin in Colors::series.
inline constexpr int firstTierSeries = 6;

enum class TextRole { Caption11, Small12, Base13, Title15, Heading20, Figure26 };

namespace space {
inline constexpr int xs = 4, s = 8, m = 12, l = 16, xl = 20, xxl = 24;
inline constexpr int control = 30, row = 38, rail = 196, radius = 6, cardRadius = 10;
} // namespace space

/// The application's look: palette, style sheet and fonts, rebuilt when the scheme changes.
class Theme : public QObject {
    Q_OBJECT
public:
    enum class Mode { System, Light, Dark };
    static Theme &instance();
    /// Sets Fusion as the base, fonts, palette and style sheet; call once after QApplication exists.
    void apply(QApplication &app, Mode mode = Mode::System);
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    Scheme scheme() const { return m_scheme; }
    const Colors &colors() const { return m_colors; }
    static Colors colorsOf(Scheme scheme);
    /// Inter where installed; weight 400, 500 or 600; tabular figures for numbers.
    QFont font(TextRole role, int weight = 400, bool tabular = false) const;

Q_SIGNALS:
    void changed(); ///< repaint and re-read colours

private:
    Theme() = default;
    void rebuild();
    QApplication *m_app = nullptr;
    Mode m_mode = Mode::System;
    Scheme m_scheme = Scheme::Light;
    Colors m_colors;
};

/// An SVG of resources/icons drawn in a colour of the theme at any size (`customers`, `audit` …).
QIcon icon(const QString &name);
QIcon icon(const QString &name, const QColor &color);

} // namespace widgets
