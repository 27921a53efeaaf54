#pragma once
#include <QKeySequence>
#include <QList>
#include <QMap>
#include <QObject>
#include <QStringList>

namespace shell {

/// Something that a key can do. Page commands act where the page has them: `page.export` is the key of
/// `customers.export` and of `audit.export`.
struct Command {
    QString id;    ///< `console.refresh`, `go.customers`, `page.export`
    QString text;  ///< "Refresh"
    QString group; ///< heading in the settings
    QList<QKeySequence> defaults;
};

/// Every command that has a key or can be given one, in the order of the settings (06-screens §1 "Keys"). Keys that
/// belong to the focus (Enter, Space, Esc, arrows, text editing) are no commands: see whyFixed().
const QList<Command> &commands();
const Command *findCommand(const QString &id);
/// The command whose key runs a page's action; empty = the action has no key of its own.
QString commandOfAction(const QString &actionId);
/// Why nobody may have this key, as a sentence; empty = it can be given to a command.
QString whyFixed(const QKeySequence &key);
/// As the desktop writes it, arrows as arrows: "Ctrl+Shift+L", "Alt+←". Empty for no key.
QString keyText(const QKeySequence &key);

/// Command id → its keys as portable text, "; " between them, `none` for no key. Only what the user changed.
using KeyMap = QMap<QString, QString>;

/// Which keys run which command now: the defaults and what the user changed. No key belongs to two commands, ever. GUI
/// thread only.
class KeyBindings : public QObject {
    Q_OBJECT
public:
    /// An entry that cannot be read, names a fixed key or a key that an earlier command's entry has is left out: its
    /// command has the default. A default that another command's entry claims is that command's.
    explicit KeyBindings(const KeyMap &stored = {}, QObject *parent = nullptr);

    QList<QKeySequence> keys(const QString &command) const;
    QString text(const QString &command) const;       ///< keyText() of the first key; empty = none
    QStringList capsOf(const QString &command) const; ///< of all of them
    QString texts(const QString &command) const;      ///< as one text: "F5, Ctrl+R"
    bool isDefault(const QString &command) const;
    bool allDefault() const { return m_own.isEmpty(); }
    /// The other commands that have one of these keys; empty = they are free.
    QList<const Command *> holders(const QList<QKeySequence> &keys, const QString &command) const;

    /// False, and nothing changes, when a key is fixed or another command has it.
    bool bind(const QString &command, const QList<QKeySequence> &keys);
    /// As bind(), but whoever has one of the keys loses that one.
    bool take(const QString &command, const QList<QKeySequence> &keys);
    /// Back to the default. False when another command has one of its keys now.
    bool reset(const QString &command);
    void restore(const KeyMap &stored); ///< {} = every default
    /// What to keep; entries of commands that this version does not know are kept as they came.
    KeyMap stored() const;

Q_SIGNALS:
    void changed();

private:
    void read(const KeyMap &stored);
    void settle();
    void own(const QString &command, const QList<QKeySequence> &keys);

    QMap<QString, QList<QKeySequence>> m_own; ///< what the user changed
    QMap<QString, QList<QKeySequence>> m_now; ///< every command
    KeyMap m_unknown;
};

} // namespace shell
