#pragma once
#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>

/// What an agent should tell its user for each error code. Every sentence keeps the U3 contract (spec 04 §2.3), which
/// tests/unit/tst_agent_actions.cpp walks: begins "Tell the user", names the reason and a next step, holds a full
/// https://instanode.dev/ URL, stays under 280 characters.
namespace server {

struct AgentAction {
    QByteArray code;
    QByteArray message; ///< default `message` of the envelope
    QByteArray action;  ///< template; "{tier|your current plan}" = the fact `tier`, or the text after the bar
};

const QList<AgentAction> &agentActions();
const AgentAction *findAgentAction(QByteArrayView code);

/// The filled sentence; nullopt for a code without an entry, unless the status is 5xx: then the contact-support one.
/// A fact longer than 40 characters is cut, so that the 280 hold.
std::optional<QString> agentActionFor(QByteArrayView code, int status, const QHash<QByteArray, QString> &facts = {});

} // namespace server
