#include "views/widgets/theme.h"

#include "views/widgets/theme_style.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QPalette>
#include <QPixmapCache>
#include <QStyleFactory>

namespace widgets {
namespace {

/// Tells when the desktop's own theme changed, so that Mode::System can follow.
class SystemWatcher : public QObject {
public:
    SystemWatcher(QObject *parent, std::function<void()> onChange) : QObject(parent), m_onChange(std::move(onChange)) {}

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::ThemeChange && watched->isWindowType())
            QMetaObject::invokeMethod(
                this, [this] { m_onChange(); }, Qt::QueuedConnection);
        return QObject::eventFilter(watched, event);
    }

private:
    std::function<void()> m_onChange;
};

Scheme schemeOfSystem()
{
    QGuiApplication::setPalette(QPalette());
    return QGuiApplication::palette().color(QPalette::Window).lightness() < 128 ? Scheme::Dark : Scheme::Light;
}

QPalette paletteOf(const Colors &c)
{
    QPalette p;
    p.setColor(QPalette::Window, c.window);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.surface);
    p.setColor(QPalette::AlternateBase, c.window);
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::PlaceholderText, c.text3);
    p.setColor(QPalette::Button, c.surface);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::BrightText, c.bad);
    p.setColor(QPalette::ToolTipBase, c.surface);
    p.setColor(QPalette::ToolTipText, c.text);
    p.setColor(QPalette::Highlight, c.accent);
    p.setColor(QPalette::HighlightedText, c.onAccent);
    p.setColor(QPalette::Link, c.accent);
    p.setColor(QPalette::LinkVisited, c.accent);
    p.setColor(QPalette::Light, c.surface);
    p.setColor(QPalette::Midlight, c.surface2);
    p.setColor(QPalette::Mid, c.border);
    p.setColor(QPalette::Dark, c.border);
    p.setColor(QPalette::Shadow, c.border);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, c.text3);
    return p;
}

QString family()
{
    static const QString name = [] {
        const QStringList families = QFontDatabase::families();
        for (const auto &wanted : {QStringLiteral("Inter"), QStringLiteral("Inter Variable")}) {
            if (families.contains(wanted))
                return wanted;
        }
        return QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    }();
    return name;
}

int pixels(TextRole role)
{
    switch (role) {
    case TextRole::Caption11:
        return 11;
    case TextRole::Small12:
        return 12;
    case TextRole::Base13:
        return 13;
    case TextRole::Title15:
        return 15;
    case TextRole::Heading20:
        return 20;
    case TextRole::Figure26:
        return 26;
    }
    Q_UNREACHABLE();
}

QColor rgb(unsigned value)
{
    return QColor::fromRgb(value);
}

} // namespace

Theme &Theme::instance()
{
    static Theme theme;
    return theme;
}

void Theme::apply(QApplication &app, Mode mode)
{
    m_app = &app;
    m_mode = mode;
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setEffectEnabled(Qt::UI_AnimateMenu, false);
    auto *watcher = new SystemWatcher(&app, [this] {
        if (m_mode == Mode::System)
            rebuild();
    });
    app.installEventFilter(watcher);
    rebuild();
}

void Theme::setMode(Mode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    rebuild();
}

void Theme::rebuild()
{
    if (!m_app)
        return;
    switch (m_mode) {
    case Mode::System:
        m_scheme = schemeOfSystem();
        break;
    case Mode::Light:
        m_scheme = Scheme::Light;
        break;
    case Mode::Dark:
        m_scheme = Scheme::Dark;
        break;
    }
    m_colors = colorsOf(m_scheme);
    QPixmapCache::clear();
    QApplication::setPalette(paletteOf(m_colors));
    QApplication::setFont(font(TextRole::Base13));
    m_app->setStyleSheet(styleSheetFor(m_colors));
    Q_EMIT changed();
}

Colors Theme::colorsOf(Scheme scheme)
{
    Colors c;
    if (scheme == Scheme::Light) {
        c.window = rgb(0xF7F7F8), c.surface = rgb(0xFFFFFF), c.surface2 = rgb(0xF1F1F4), c.border = rgb(0xE4E4E8);
        c.text = rgb(0x18181B), c.text2 = rgb(0x52525B), c.text3 = rgb(0x86868F);
        c.accent = rgb(0x3B5BDB), c.accentWash = rgb(0xEDF0FD), c.onAccent = rgb(0xFFFFFF);
        c.good = rgb(0x2B8A3E), c.goodWash = rgb(0xE6F4EA);
        c.warning = rgb(0xB45309), c.warningWash = rgb(0xFDF1DF);
        c.bad = rgb(0xC92A2A), c.badWash = rgb(0xFCE8E8);
        c.series = {rgb(0x3B5BDB), rgb(0x0C8599), rgb(0xE8890C), rgb(0xC92A2A), rgb(0x868E96),
                    rgb(0x2F9E44), rgb(0xCED4DA), rgb(0xADB5BD), rgb(0x9DAEF2), rgb(0x748FFC),
                    rgb(0x4C6EF5), rgb(0x3247B8), rgb(0x1B2A75)};
    } else {
        c.window = rgb(0x111113), c.surface = rgb(0x18181B), c.surface2 = rgb(0x222226), c.border = rgb(0x2E2E34);
        c.text = rgb(0xF4F4F5), c.text2 = rgb(0xB4B4BD), c.text3 = rgb(0x7E7E89);
        c.accent = rgb(0x8DA2FB), c.accentWash = rgb(0x23294A), c.onAccent = rgb(0x111113);
        c.good = rgb(0x62C97A), c.goodWash = rgb(0x17301E);
        c.warning = rgb(0xFFB454), c.warningWash = rgb(0x3A2A12);
        c.bad = rgb(0xFF7B7B), c.badWash = rgb(0x3D1B1D);
        c.series = {rgb(0x8DA2FB), rgb(0x3BC9DB), rgb(0xFFB454), rgb(0xFF7B7B), rgb(0x8A8F98),
                    rgb(0x62C97A), rgb(0x3F4249), rgb(0x5C6068), rgb(0x46539C), rgb(0x5C70D6),
                    rgb(0x8DA2FB), rgb(0xB6C4FF), rgb(0xE3E9FF)};
    }
    return c;
}

QFont Theme::font(TextRole role, int weight, bool tabular) const
{
    QFont f(family());
    f.setPixelSize(pixels(role));
    f.setWeight(static_cast<QFont::Weight>(weight));
    f.setHintingPreference(QFont::PreferNoHinting);
    f.setKerning(!tabular);
    if (role == TextRole::Figure26 || role == TextRole::Heading20)
        f.setLetterSpacing(QFont::PercentageSpacing, 98);
    return f;
}

} // namespace widgets
