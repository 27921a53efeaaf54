#pragma once
#include "views/shell/key_bindings.h"
#include "views/widgets/card.h"

class QPushButton;

namespace pages {
class PageHost;
}

namespace shell {

class KeyList;

/// "Keyboard" of the settings: every command with its key, changed in place and taken back by Undo.
class KeyCard : public widgets::Card {
    Q_OBJECT
public:
    KeyCard(pages::PageHost &host, KeyBindings &keys, QWidget *parent);
    KeyList &list() { return *m_list; }

Q_SIGNALS:
    void overviewRequested();          ///< the overview of `?`
    void lineShown(const QRect &line); ///< in this card's coordinates: scroll there

private:
    void record(const QString &command, bool toDefault);
    void resetAll();
    void sayChanged(const KeyMap &before, const QString &what);
    void updateButtons();
    pages::PageHost &m_host;
    KeyBindings &m_keys;
    KeyList *m_list;
    QPushButton *m_change, *m_reset, *m_resetAll;
};

} // namespace shell
