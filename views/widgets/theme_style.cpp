#include "views/widgets/theme_style.h"

#include "views/widgets/text.h"

namespace widgets {
namespace {

// `@name` is replaced by a colour of the theme.
const char *const styleTemplate = R"(
QToolTip { background: @surface; color: @text; border: 1px solid @border; padding: 5px 7px; }
QMainWindow, QDialog, #content { background: @window; }
QDialog { background: @surface; }
QLabel { background: transparent; color: @text; }
QLabel[ink="second"] { color: @text2; }
QLabel[ink="third"] { color: @text3; }
QLabel[ink="accent"] { color: @accentInk; }
QLabel[ink="good"] { color: @goodInk; }
QLabel[ink="warning"] { color: @warningInk; }
QLabel[ink="bad"] { color: @badInk; }
QFrame[role="card"] { background: @surface; border: 1px solid @border; border-radius: 10px; }
QFrame[role="card"][clickable="true"]:hover { border-color: @text3; }
QFrame[role="card"][clickable="true"]:focus { border-color: @accent; }
QFrame[role="hline"] { background: @border; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="inset"] { background: @window; border: 1px solid @border; border-radius: 6px; }

QPushButton { background: @surface; color: @text; border: 1px solid @border; border-radius: 6px;
  padding: 0 11px; min-height: 28px; max-height: 28px; font-weight: 500; }
QPushButton:hover { background: @surface2; }
QPushButton:pressed { background: @border; }
QPushButton:focus { border-color: @accent; outline: none; }
QPushButton:disabled { color: @text3; background: @surface; }
QPushButton[kind="primary"] { background: @accent; color: @onAccent; border-color: @accent; }
QPushButton[kind="primary"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; padding: 0 10px; min-height: 26px; max-height: 26px; }
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled {
  background: @surface2; color: @text3; border-color: @border; }
QPushButton[kind="danger"] { background: @badFill; color: @onBad; border-color: @badFill; }
QPushButton[kind="danger"]:focus { border: 2px solid @text; padding: 0 10px; min-height: 26px; max-height: 26px; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: @accentInk; padding: 0 4px;
  min-height: 20px; max-height: 20px; font-weight: 500; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border-color: @accent; }
QPushButton[kind="link"]:disabled { color: @text3; }
QPushButton[kind="tab"] { background: transparent; border: none; border-radius: 0; color: @text2; padding: 0 2px;
  min-height: 34px; max-height: 34px; font-weight: 500; }
QPushButton[kind="tab"]:hover { color: @text; }
QPushButton[kind="tab"]:focus { color: @accentInk; }
QPushButton[kind="tab"]:checked { color: @text; font-weight: 600; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; color: @text2; }
QToolButton:hover { background: @surface2; }
QToolButton:pressed { background: @border; }
QToolButton:focus { border-color: @accent; }
QToolButton::menu-indicator { image: none; }
QToolButton[kind="chip"] { background: @surface; border: 1px solid @border; color: @text; padding: 0 8px;
  min-height: 24px; max-height: 24px; }
QToolButton[kind="chip"]:focus { border-color: @accent; }
QToolButton[kind="chip"]:checked, QPushButton[kind="secondary"]:checked { background: @accentWash; color: @accentInk;
  border-color: @accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit, QDateTimeEdit { background: @surface; color: @text;
  border: 1px solid @border; border-radius: 6px; padding: 0 8px; selection-background-color: @accent;
  selection-color: @onAccent; }
QLineEdit, QSpinBox, QDateEdit, QDateTimeEdit { min-height: 28px; max-height: 28px; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QDateTimeEdit:focus {
  border-color: @accent; }
QLineEdit[error="true"], QPlainTextEdit[error="true"] { border-color: @bad; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: @text3; background: @window; }
QLineEdit[role="bare"] { border: none; background: transparent; padding: 0; }
QComboBox { background: @surface; color: @text; border: 1px solid @border; border-radius: 6px; padding: 0 10px;
  min-height: 28px; max-height: 28px; }
QComboBox:focus, QComboBox:on { border-color: @accent; }
QComboBox:disabled { color: @text3; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(":/resources/icons/chevron-down@schemeSuffix.svg"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @surface; color: @text; border: 1px solid @border; padding: 4px;
  selection-background-color: @accentWash; selection-color: @text; outline: none; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; border-radius: 4px; }

QCheckBox, QRadioButton { color: @text; spacing: 8px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: @text3; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @text3;
  background: @surface; border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent;
  image: url(":/resources/icons/check@schemeOn.svg"); }
QRadioButton::indicator:checked { border: 5px solid @accent; width: 6px; height: 6px; border-radius: 8px; }

QMenu { background: @surface; color: @text; border: 1px solid @border; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 10px; border-radius: 4px; }
QMenu::item:selected { background: @accentWash; color: @text; }
QMenu::item:disabled { color: @text3; }
QMenu::separator { height: 1px; background: @border; margin: 4px 6px; }
QMenu::icon { padding-left: 8px; }

QAbstractItemView { background: @surface; color: @text; border: none; outline: none;
  selection-background-color: @accentWash; selection-color: @text; }
QHeaderView { background: @surface; border: none; }
QTableCornerButton::section { background: @surface; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget[role="clear"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @scroll; border-radius: 3px; min-height: 32px; min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: @text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
)";

QColor mix(const QColor &a, const QColor &b, double share)
{
    const auto channel = [share](int x, int y) { return static_cast<int>(x + (y - x) * share); };
    return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

} // namespace

QString styleSheetFor(const Colors &c)
{
    const bool dark = c.window.lightness() < 128;
    // Longer names first: "@accent" is a prefix of "@accentWash".
    const QList<std::pair<QString, QString>> tokens{
        {QStringLiteral("@schemeSuffix"), dark ? QStringLiteral("-dark") : QStringLiteral("-light")},
        {QStringLiteral("@schemeOn"), dark ? QStringLiteral("-on-dark") : QStringLiteral("-on-light")},
        {QStringLiteral("@accentHover"), mix(c.accent, c.text, 0.14).name()},
        {QStringLiteral("@accentWash"), c.accentWash.name()},
        {QStringLiteral("@accentInk"), readableOn(c.accent, c.surface).name()},
        {QStringLiteral("@goodInk"), readableOn(c.good, c.surface).name()},
        {QStringLiteral("@warningInk"), readableOn(c.warning, c.surface).name()},
        {QStringLiteral("@badInk"), readableOn(c.bad, c.surface).name()},
        {QStringLiteral("@badFill"), c.bad.name()},
        {QStringLiteral("@onBad"), c.onAccent.name()},
        {QStringLiteral("@onAccent"), c.onAccent.name()},
        {QStringLiteral("@accent"), c.accent.name()},
        {QStringLiteral("@surface2"), c.surface2.name()},
        {QStringLiteral("@surface"), c.surface.name()},
        {QStringLiteral("@window"), c.window.name()},
        {QStringLiteral("@border"), c.border.name()},
        {QStringLiteral("@scroll"), mix(c.surface, c.text3, 0.45).name()},
        {QStringLiteral("@text2"), c.text2.name()},
        {QStringLiteral("@text3"), c.text3.name()},
        {QStringLiteral("@text"), c.text.name()},
        {QStringLiteral("@bad"), c.bad.name()},
    };
    QString sheet = QString::fromLatin1(styleTemplate);
    for (const auto &[name, value] : tokens)
        sheet.replace(name, value);
    return sheet;
}

} // namespace widgets
