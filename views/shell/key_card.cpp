#include "views/shell/key_card.h"

#include "views/pages/page.h"
#include "views/shell/key_dialog.h"
#include "views/shell/key_list.h"
#include "views/widgets/buttons.h"

#include <QHBoxLayout>
#include <QPointer>
#include <QVBoxLayout>

namespace shell {

KeyCard::KeyCard(pages::PageHost &host, KeyBindings &keys, QWidget *parent)
    : Card(tr("Keyboard"), parent)
    , m_host(host)
    , m_keys(keys)
    , m_list(new KeyList(keys, this))
    , m_change(new widgets::SecondaryButton(tr("Change…"), QStringLiteral("settings.keyChange"), this))
    , m_reset(new widgets::SecondaryButton(tr("Reset"), QStringLiteral("settings.keyReset"), this))
    , m_resetAll(new widgets::SecondaryButton(tr("Reset all"), QStringLiteral("settings.keyResetAll"), this))
{
    setObjectName(QStringLiteral("settings.keyboard"));
    setHint(tr("a click or Enter changes a key"));
    setFlush(true);
    auto *overview =
        new widgets::SecondaryButton(QStringLiteral("keyboard"), tr("Overview"), QStringLiteral("settings.keys"), this);
    overview->setAccessibleName(tr("Overview of the keyboard shortcuts"));
    header()->addWidget(overview);
    header()->setContentsMargins(widgets::space::l, 0, widgets::space::l, 0);
    body()->addWidget(m_list);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(widgets::space::l, widgets::space::s, widgets::space::l, 0);
    row->setSpacing(widgets::space::s);
    row->addWidget(m_change);
    row->addWidget(m_reset);
    row->addStretch();
    row->addWidget(m_resetAll);
    body()->addLayout(row);
    connect(overview, &QPushButton::clicked, this, &KeyCard::overviewRequested);
    connect(m_list, &KeyList::chosen, this, [this](const QString &command) { record(command, false); });
    connect(m_list, &KeyList::resetRequested, this, [this](const QString &command) { record(command, true); });
    connect(m_list, &KeyList::currentCommandChanged, this, &KeyCard::updateButtons);
    connect(m_list, &KeyList::lineShown, this,
            [this](const QRect &line) { Q_EMIT lineShown(line.translated(m_list->pos())); });
    connect(m_change, &QPushButton::clicked, this, [this] { record(m_list->currentCommand(), false); });
    connect(m_reset, &QPushButton::clicked, this, [this] { record(m_list->currentCommand(), true); });
    connect(m_resetAll, &QPushButton::clicked, this, &KeyCard::resetAll);
    connect(&keys, &KeyBindings::changed, this, &KeyCard::updateButtons);
    updateButtons();
}

void KeyCard::record(const QString &command, bool toDefault)
{
    const Command *known = findCommand(command);
    if (!known || (toDefault && m_keys.isDefault(command)))
        return;
    const KeyMap before = m_keys.stored();
    const auto say = [this, before, command, text = known->text] {
        const QString now = m_keys.texts(command);
        if (m_keys.stored() != before)
            sayChanged(before,
                       now.isEmpty() ? tr("“%1” has no key now").arg(text) : tr("“%1” is %2 now").arg(text, now));
    };
    if (toDefault && m_keys.reset(command)) {
        say();
        return;
    }
    auto *dialog = new KeyDialog(m_keys, command, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, say);
    dialog->open();
    if (toDefault)
        dialog->propose(known->defaults);
}

void KeyCard::resetAll()
{
    const KeyMap before = m_keys.stored();
    m_keys.restore({});
    sayChanged(before, tr("Every key is the default again"));
}

void KeyCard::sayChanged(const KeyMap &before, const QString &what)
{
    m_host.toast({pages::Toast::Kind::Good, what, tr("Undo"), [keys = QPointer<KeyBindings>(&m_keys), before] {
                      if (keys)
                          keys->restore(before);
                  }});
}

void KeyCard::updateButtons()
{
    const Command *current = findCommand(m_list->currentCommand());
    const QString none = current ? QString() : tr("Choose a command first");
    const QString same =
        current && m_keys.isDefault(current->id) ? tr("“%1” has its default key").arg(current->text) : QString();
    widgets::setWhyDisabled(m_change, none);
    widgets::setWhyDisabled(m_reset, current ? same : none);
    widgets::setWhyDisabled(m_resetAll, m_keys.allDefault() ? tr("Every key is the default") : QString());
    m_change->setAccessibleName(current ? tr("Change the key of “%1”").arg(current->text) : tr("Change a key"));
    m_reset->setAccessibleName(current ? tr("Reset the key of “%1”").arg(current->text) : tr("Reset a key"));
}

} // namespace shell
