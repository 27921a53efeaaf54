#include "views/shell/key_bindings.h"

#include "views/shell/screens.h"

#include <QCoreApplication>

#include <algorithm>

namespace shell {
namespace {

constexpr qsizetype mostKeys = 4; ///< of one command

QString tr(const char *text)
{
    return QCoreApplication::translate("KeyBindings", text);
}

QList<Command> makeCommands()
{
    QList<Command> all;
    QString group = tr("Everywhere");
    const auto add = [&](const char *id, const char *text, const QList<QKeySequence> &keys = {}) {
        all.append({QString::fromLatin1(id), tr(text), group, keys});
    };
    add("console.palette", QT_TR_NOOP("Open the palette"), {QKeySequence(Qt::CTRL | Qt::Key_K)});
    add("console.filter", QT_TR_NOOP("Filter the list"), {QKeySequence(Qt::Key_Slash)});
    add("console.refresh", QT_TR_NOOP("Refresh"), {QKeySequence(Qt::Key_F5), QKeySequence(Qt::CTRL | Qt::Key_R)});
    add("console.back", QT_TR_NOOP("Back"), {QKeySequence(Qt::ALT | Qt::Key_Left)});
    add("console.forward", QT_TR_NOOP("Forward"), {QKeySequence(Qt::ALT | Qt::Key_Right)});
    add("console.undo", QT_TR_NOOP("Undo"), {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    add("console.copyId", QT_TR_NOOP("Copy id"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)});
    add("console.copyLink", QT_TR_NOOP("Copy link to this page"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)});
    add("console.keys", QT_TR_NOOP("Keyboard shortcuts"), {QKeySequence(Qt::Key_Question), QKeySequence(Qt::Key_F1)});
    add("console.theme", QT_TR_NOOP("Switch between light and dark"));
    add("console.zone", QT_TR_NOOP("Change time zone"));
    add("console.lock", QT_TR_NOOP("Unlock or lock writes"));
    add("console.connection", QT_TR_NOOP("Switch connection"));
    group = tr("Screens");
    int number = 1;
    for (const Screen &screen : screens()) {
        const QList<QKeySequence> keys = number <= 9
                                             ? QList{QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number))}
                                             : QList<QKeySequence>{};
        all.append({QStringLiteral("go.") + screen.key, screen.title, group, keys});
        ++number;
    }
    group = tr("Lists and pages");
    add("page.inspector", QT_TR_NOOP("Show or hide the inspector"), {QKeySequence(Qt::CTRL | Qt::Key_I)});
    add("page.export", QT_TR_NOOP("Export"), {QKeySequence(Qt::CTRL | Qt::Key_E)});
    add("page.saveView", QT_TR_NOOP("Save view"), {QKeySequence(Qt::CTRL | Qt::Key_S)});
    add("page.faults", QT_TR_NOOP("Faults only"), {QKeySequence(Qt::CTRL | Qt::Key_J)});
    add("page.toggleFollow", QT_TR_NOOP("Follow new entries"));
    add("page.changeTier", QT_TR_NOOP("Change tier"));
    add("page.addNote", QT_TR_NOOP("Add note"));
    add("page.copy", QT_TR_NOOP("Copy report"));
    add("page.replay", QT_TR_NOOP("Replay the webhook"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)});
    add("page.copyCurl", QT_TR_NOOP("Copy as curl"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U)});
    add("page.copyBody", QT_TR_NOOP("Copy body"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B)});
    return all;
}

/// A whole key text; nothing when it is not one that a command could have.
std::optional<QList<QKeySequence>> parse(const QString &text)
{
    if (text == QLatin1StringView("none"))
        return QList<QKeySequence>{};
    const QList<QKeySequence> keys = QKeySequence::listFromString(text, QKeySequence::PortableText);
    if (keys.isEmpty() || keys.size() > mostKeys)
        return std::nullopt;
    const bool usable = std::all_of(keys.cbegin(), keys.cend(), [&keys](const QKeySequence &key) {
        return whyFixed(key).isEmpty() && keys.count(key) == 1;
    });
    return usable ? std::optional(keys) : std::nullopt;
}

QString print(const QList<QKeySequence> &keys)
{
    return keys.isEmpty() ? QStringLiteral("none") : QKeySequence::listToString(keys, QKeySequence::PortableText);
}

bool overlap(const QList<QKeySequence> &a, const QList<QKeySequence> &b)
{
    return std::any_of(a.cbegin(), a.cend(), [&b](const QKeySequence &key) { return b.contains(key); });
}

QList<QKeySequence> without(QList<QKeySequence> keys, const QList<QKeySequence> &gone)
{
    keys.removeIf([&gone](const QKeySequence &key) { return gone.contains(key); });
    return keys;
}

/// What a key does by itself, whatever the user chooses; empty = nothing.
QString fixedUse(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    const bool alone = !(modifiers & ~Qt::ShiftModifier);
    const bool movesOrEdits = !(modifiers & (Qt::AltModifier | Qt::MetaModifier));
    switch (key) {
    case Qt::Key_unknown:
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
        return tr("is not a key of its own");
    case Qt::Key_Escape:
        return tr("closes and goes up");
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return tr("moves the focus");
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return alone ? tr("acts on what has the focus") : QString();
    case Qt::Key_Space:
        return alone || modifiers == Qt::ControlModifier ? tr("marks rows and presses buttons") : QString();
    case Qt::Key_Menu:
        return tr("opens the menu of what has the focus");
    case Qt::Key_F10:
        return modifiers == Qt::ShiftModifier ? tr("opens the menu of what has the focus") : QString();
    case Qt::Key_F4:
        return modifiers == Qt::AltModifier ? tr("closes the window") : QString();
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        return movesOrEdits ? tr("moves the cursor") : QString();
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
    case Qt::Key_Insert:
        return movesOrEdits ? tr("edits text") : QString();
    case Qt::Key_A:
    case Qt::Key_C:
    case Qt::Key_V:
    case Qt::Key_X:
        return modifiers == Qt::ControlModifier ? tr("copies and edits text") : QString();
    default:
        return {};
    }
}

} // namespace

const QList<Command> &commands()
{
    static const QList<Command> all = makeCommands();
    return all;
}

const Command *findCommand(const QString &id)
{
    const QList<Command> &all = commands();
    const auto found = std::find_if(all.cbegin(), all.cend(), [&id](const Command &c) { return c.id == id; });
    return found == all.cend() ? nullptr : &*found;
}

QString commandOfAction(const QString &actionId)
{
    const QString verb = actionId.section(u'.', -1);
    if (verb == QLatin1StringView("undo"))
        return QStringLiteral("console.undo");
    if (verb == QLatin1StringView("refresh") || verb == QLatin1StringView("check"))
        return QStringLiteral("console.refresh");
    const QString id = QStringLiteral("page.") + verb;
    return findCommand(id) ? id : QString();
}

QString whyFixed(const QKeySequence &key)
{
    if (key.count() != 1)
        return tr("One key with its modifiers, please, not a sequence of keys.");
    const QString use = fixedUse(key[0].key(), key[0].keyboardModifiers());
    if (use.isEmpty())
        return {};
    const QString text = keyText(key);
    return tr("%1 %2 and cannot be given to a command.").arg(text.isEmpty() ? tr("This") : text, use);
}

QString keyText(const QKeySequence &key)
{
    QString text = key.toString(QKeySequence::NativeText);
    static const QList<std::pair<QString, QString>> nicer{{QStringLiteral("Left"), QStringLiteral("←")},
                                                          {QStringLiteral("Right"), QStringLiteral("→")},
                                                          {QStringLiteral("Up"), QStringLiteral("↑")},
                                                          {QStringLiteral("Down"), QStringLiteral("↓")},
                                                          {QStringLiteral("Return"), QStringLiteral("Enter")}};
    for (const auto &[name, better] : nicer) {
        if (text == name || text.endsWith(u'+' + name))
            return text.chopped(name.size()) + better;
    }
    return text;
}

KeyBindings::KeyBindings(const KeyMap &stored, QObject *parent) : QObject(parent)
{
    read(stored);
}

void KeyBindings::read(const KeyMap &stored)
{
    m_own.clear();
    m_unknown.clear();
    QList<QKeySequence> claimed;
    for (const Command &command : commands()) {
        if (!stored.contains(command.id))
            continue;
        const auto keys = parse(stored.value(command.id));
        if (!keys || *keys == command.defaults || overlap(*keys, claimed))
            continue;
        m_own.insert(command.id, *keys);
        claimed += *keys;
    }
    for (auto it = stored.cbegin(); it != stored.cend(); ++it) {
        if (!findCommand(it.key()))
            m_unknown.insert(it.key(), it.value());
    }
    settle();
}

void KeyBindings::settle()
{
    QList<QKeySequence> claimed;
    for (const QList<QKeySequence> &keys : std::as_const(m_own))
        claimed += keys;
    m_now.clear();
    for (const Command &command : commands()) {
        const auto own = m_own.constFind(command.id);
        m_now.insert(command.id, own == m_own.cend() ? without(command.defaults, claimed) : *own);
    }
}

QList<QKeySequence> KeyBindings::keys(const QString &command) const
{
    return m_now.value(command);
}

QString KeyBindings::text(const QString &command) const
{
    return keyText(keys(command).value(0));
}

QStringList KeyBindings::capsOf(const QString &command) const
{
    QStringList all;
    const QList<QKeySequence> now = keys(command);
    for (const QKeySequence &key : now)
        all << keyText(key);
    return all;
}

QString KeyBindings::texts(const QString &command) const
{
    return capsOf(command).join(QStringLiteral(", "));
}

bool KeyBindings::isDefault(const QString &command) const
{
    const Command *known = findCommand(command);
    return !known || known->defaults == keys(command);
}

QList<const Command *> KeyBindings::holders(const QList<QKeySequence> &keys, const QString &command) const
{
    QList<const Command *> found;
    for (const Command &other : commands()) {
        if (other.id != command && overlap(m_now.value(other.id), keys))
            found.append(&other);
    }
    return found;
}

void KeyBindings::own(const QString &command, const QList<QKeySequence> &keys)
{
    const Command *known = findCommand(command);
    if (known && known->defaults != keys)
        m_own.insert(command, keys);
    else
        m_own.remove(command);
}

bool KeyBindings::bind(const QString &command, const QList<QKeySequence> &keys)
{
    const bool fixed =
        std::any_of(keys.cbegin(), keys.cend(), [](const QKeySequence &key) { return !whyFixed(key).isEmpty(); });
    if (fixed || !findCommand(command) || !holders(keys, command).isEmpty())
        return false;
    if (m_now.value(command) == keys)
        return true;
    own(command, keys);
    settle();
    Q_EMIT changed();
    return true;
}

bool KeyBindings::take(const QString &command, const QList<QKeySequence> &keys)
{
    const auto before = m_own;
    const QList<const Command *> others = holders(keys, command);
    for (const Command *other : others)
        own(other->id, without(m_now.value(other->id), keys));
    settle();
    if (bind(command, keys))
        return true;
    m_own = before;
    settle();
    return false;
}

bool KeyBindings::reset(const QString &command)
{
    const Command *known = findCommand(command);
    return known && bind(command, known->defaults);
}

void KeyBindings::restore(const KeyMap &stored)
{
    read(stored);
    Q_EMIT changed();
}

KeyMap KeyBindings::stored() const
{
    KeyMap all = m_unknown;
    for (auto it = m_own.cbegin(); it != m_own.cend(); ++it)
        all.insert(it.key(), print(it.value()));
    return all;
}

} // namespace shell
