#include "views/widgets/buttons.h"

namespace widgets {
namespace {

void setNames(QAbstractButton *button, const QString &text, const QString &objectName)
{
    button->setObjectName(objectName);
    button->setAccessibleName(text);
    button->setCursor(Qt::PointingHandCursor);
}

void setKind(QPushButton *button, const QString &kind, int weight = 500)
{
    button->setProperty("kind", kind);
    button->setFont(Theme::instance().font(TextRole::Base13, weight));
    button->setAutoDefault(false);
}

} // namespace

IconButton::IconButton(const QString &iconName, const QString &text, const QString &objectName, QWidget *parent)
    : QToolButton(parent)
{
    setNames(this, text, objectName);
    setToolTip(text);
    setFixedSize(space::control, space::control);
    setIconSize({18, 18});
    setFocusPolicy(Qt::TabFocus);
    setIconName(iconName);
    connect(&Theme::instance(), &Theme::changed, this, [this] { setIcon(widgets::icon(m_iconName)); });
}

void IconButton::setIconName(const QString &iconName)
{
    m_iconName = iconName;
    setIcon(widgets::icon(iconName));
}

PrimaryButton::PrimaryButton(const QString &text, const QString &objectName, QWidget *parent)
    : QPushButton(text, parent)
{
    setNames(this, text, objectName);
    setKind(this, QStringLiteral("primary"));
}

SecondaryButton::SecondaryButton(const QString &text, const QString &objectName, QWidget *parent)
    : QPushButton(text, parent)
{
    setNames(this, text, objectName);
    setKind(this, QStringLiteral("secondary"));
}

SecondaryButton::SecondaryButton(const QString &iconName, const QString &text, const QString &objectName,
                                 QWidget *parent)
    : SecondaryButton(u' ' + text, objectName, parent) // the style leaves no gap after the icon
{
    setAccessibleName(text);
    m_iconName = iconName;
    setIconSize({16, 16});
    setIcon(widgets::icon(iconName));
    connect(&Theme::instance(), &Theme::changed, this, [this] { setIcon(widgets::icon(m_iconName)); });
}

DangerButton::DangerButton(const QString &text, const QString &objectName, QWidget *parent) : QPushButton(text, parent)
{
    setNames(this, text, objectName);
    setKind(this, QStringLiteral("danger"));
}

LinkButton::LinkButton(const QString &text, const QString &objectName, QWidget *parent) : QPushButton(text, parent)
{
    setNames(this, text, objectName);
    setKind(this, QStringLiteral("link"));
    setFont(Theme::instance().font(TextRole::Small12, 500));
}

void setWhyDisabled(QWidget *widget, const QString &reason)
{
    widget->setEnabled(reason.isEmpty());
    widget->setToolTip(reason);
    widget->setAccessibleDescription(reason);
}

} // namespace widgets
