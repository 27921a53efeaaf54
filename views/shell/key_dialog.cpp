#include "views/shell/key_dialog.h"

#include "views/widgets/buttons.h"
#include "views/widgets/environment.h"
#include "views/widgets/scrim.h"
#include "views/widgets/text.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace shell {

using widgets::Ink;
using widgets::TextRole;
using widgets::Theme;

namespace {

/// Shift that only chose the character is part of the character: `?`, not Shift+?.
QKeySequence sequenceOf(const QKeyEvent &event)
{
    Qt::KeyboardModifiers modifiers = event.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const QString text = event.text();
    if (!text.isEmpty() && text[0].isPrint() && !text[0].isLetterOrNumber() && !text[0].isSpace())
        modifiers &= ~Qt::ShiftModifier;
    return QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(event.key())));
}

QString sharedWith(const QList<QKeySequence> &theirs, const QList<QKeySequence> &wanted)
{
    QStringList shared;
    for (const QKeySequence &key : wanted) {
        if (theirs.contains(key))
            shared << keyText(key);
    }
    return shared.join(QStringLiteral(", "));
}

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_AltGr ||
           key == Qt::Key_Meta || key == Qt::Key_CapsLock || key == Qt::Key_NumLock || key == Qt::Key_ScrollLock;
}

} // namespace

KeyField::KeyField(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("keyDialog.field"));
    setAccessibleName(tr("Press the new key"));
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(520, 64); // the dialog is as wide as its longest button row, so that it does not jump
}

void KeyField::show(const QKeySequence &key)
{
    m_key = key;
    setAccessibleName(key.isEmpty() ? tr("Press the new key") : keyText(key));
    update();
}

void KeyField::setEnterGoesOn(bool on)
{
    m_enterGoesOn = on;
}

bool KeyField::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // every key is text here
        return true;
    }
    return QWidget::event(event);
}

void KeyField::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (key == Qt::Key_Escape || isModifier(key) || event->isAutoRepeat() || (enter && m_enterGoesOn))
        QWidget::keyPressEvent(event);
    else
        Q_EMIT recorded(sequenceOf(*event));
}

void KeyField::paintEvent(QPaintEvent *)
{
    const auto &c = Theme::instance().colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? c.accent : c.border);
    painter.setBrush(c.window);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    if (m_key.isEmpty()) {
        painter.setFont(Theme::instance().font(TextRole::Base13));
        painter.setPen(c.text2);
        painter.drawText(rect(), Qt::AlignCenter, hasFocus() ? tr("Press the new key") : tr("Click to record a key"));
        return;
    }
    painter.setFont(Theme::instance().font(TextRole::Title15, 600));
    painter.setPen(c.text);
    painter.drawText(rect(), Qt::AlignCenter, keyText(m_key));
}

KeyDialog::KeyDialog(KeyBindings &keys, const QString &command, QWidget *parent)
    : QDialog(parent)
    , m_keys(keys)
    , m_command(findCommand(command))
    , m_field(new KeyField(this))
    , m_message(widgets::makeLabel({}, TextRole::Base13, 400, Ink::Second, this))
{
    new widgets::Scrim(this);
    setObjectName(QStringLiteral("keyDialog"));
    setWindowTitle(tr("Key for “%1”").arg(m_command->text));
    setAccessibleName(windowTitle());
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->setSizeConstraint(QLayout::SetFixedSize);
    auto *band = new widgets::EnvironmentBand(widgets::environmentOf(parent), this);
    band->setInteractive(false);
    outer->addWidget(band);
    auto *body = new QVBoxLayout;
    body->setContentsMargins(widgets::space::xxl, widgets::space::xl, widgets::space::xxl, widgets::space::xl);
    body->setSpacing(widgets::space::l);
    body->addWidget(widgets::makeLabel(windowTitle(), TextRole::Title15, 600, Ink::Text, this));
    body->addWidget(m_field);
    m_message->setObjectName(QStringLiteral("keyDialog.message"));
    m_message->setWordWrap(true);
    m_message->setFixedHeight(40); // two lines: nothing moves under the pointer when the text changes
    m_message->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    body->addWidget(m_message);
    buildButtons(body);
    outer->addLayout(body);
    const QString now = m_keys.texts(command);
    say(now.isEmpty() ? tr("It has no key now. Esc leaves it so.") : tr("Now %1. Esc leaves it so.").arg(now), false);
    connect(m_field, &KeyField::recorded, this, [this](const QKeySequence &key) { propose({key}); });
    m_field->setFocus();
}

void KeyDialog::buildButtons(QVBoxLayout *body)
{
    auto *none = new widgets::SecondaryButton(tr("No key"), QStringLiteral("keyDialog.none"), this);
    m_reset = new widgets::SecondaryButton(tr("Reset"), QStringLiteral("keyDialog.reset"), this);
    m_reset->setAccessibleName(tr("Reset to the default"));
    auto *cancel = new widgets::SecondaryButton(tr("Cancel"), QStringLiteral("keyDialog.cancel"), this);
    m_take = new widgets::PrimaryButton(tr("Take it"), QStringLiteral("keyDialog.take"), this);
    m_take->hide();
    widgets::setWhyDisabled(none, m_keys.keys(m_command->id).isEmpty() ? tr("It has no key") : QString());
    widgets::setWhyDisabled(m_reset, m_keys.isDefault(m_command->id) ? tr("It has its default key") : QString());
    auto *row = new QHBoxLayout;
    row->setSpacing(widgets::space::s);
    row->addWidget(none);
    row->addWidget(m_reset);
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(m_take);
    body->addLayout(row);
    connect(none, &QPushButton::clicked, this, [this] {
        m_keys.bind(m_command->id, {});
        accept();
    });
    connect(m_reset, &QPushButton::clicked, this, [this] { propose(m_command->defaults); });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_take, &QPushButton::clicked, this, [this] {
        m_keys.take(m_command->id, m_wanted);
        accept();
    });
}

void KeyDialog::propose(const QList<QKeySequence> &keys)
{
    const QList<const Command *> others = m_keys.holders(keys, m_command->id);
    const bool held = !others.isEmpty();
    m_wanted = keys;
    m_take->setVisible(held);
    m_take->setDefault(held);
    m_field->setEnterGoesOn(held);
    m_field->show(keys.value(0));
    if (held) {
        QStringList whose;
        for (const Command *other : others)
            whose << tr("%1 belongs to “%2”").arg(sharedWith(m_keys.keys(other->id), keys), other->text);
        m_take->setText(others.size() == 1 ? tr("Take it from “%1”").arg(others.first()->text) : tr("Take them"));
        m_take->setAccessibleName(m_take->text());
        say(tr("%1. Press another key, or take it from there.").arg(whose.join(QStringLiteral(", "))), true);
        layout()->activate(); // the button grew with its text
        return;
    }
    for (const QKeySequence &key : keys) {
        if (const QString why = whyFixed(key); !why.isEmpty()) {
            say(why, true);
            return;
        }
    }
    m_keys.bind(m_command->id, keys);
    accept();
}

void KeyDialog::say(const QString &text, bool bad)
{
    m_message->setText(text);
    m_message->setAccessibleName(text);
    m_field->setAccessibleDescription(text); // the field keeps the focus: what is said is said there
    widgets::setInk(m_message, bad ? Ink::Bad : Ink::Second);
}

} // namespace shell
