#include "app/server/agent_actions.h"

#include <algorithm>

namespace server {

namespace {

constexpr qsizetype maxFactLength = 40;

/// Entries by code, sorted once; the table itself stays in reading order.
const QList<const AgentAction *> &byCode()
{
    static const QList<const AgentAction *> sorted = [] {
        QList<const AgentAction *> all;
        for (const AgentAction &entry : agentActions())
            all.append(&entry);
        std::sort(all.begin(), all.end(), [](const AgentAction *a, const AgentAction *b) { return a->code < b->code; });
        return all;
    }();
    return sorted;
}

QString supportSentence()
{
    return QStringLiteral(
        "Tell the user the service failed on its own side. Retry once in a minute; if it fails again, "
        "email support@instanode.dev with the request id or use https://instanode.dev/support");
}

QString factOr(const QHash<QByteArray, QString> &facts, const QByteArray &name, const QByteArray &fallback)
{
    const QString value = facts.value(name).simplified();
    if (value.isEmpty())
        return QString::fromUtf8(fallback);
    return value.size() <= maxFactLength ? value : value.left(maxFactLength - 1) + QChar(0x2026);
}

QString fill(const QByteArray &pattern, const QHash<QByteArray, QString> &facts)
{
    QString out;
    qsizetype at = 0;
    while (at < pattern.size()) {
        const qsizetype open = pattern.indexOf('{', at);
        const qsizetype close = open < 0 ? -1 : pattern.indexOf('}', open);
        if (close < 0)
            break;
        out += QString::fromUtf8(pattern.sliced(at, open - at));
        const QByteArray inside = pattern.sliced(open + 1, close - open - 1);
        const qsizetype bar = inside.indexOf('|');
        out += factOr(facts, bar < 0 ? inside : inside.first(bar), bar < 0 ? QByteArray() : inside.sliced(bar + 1));
        at = close + 1;
    }
    return out + QString::fromUtf8(pattern.sliced(at));
}

} // namespace

const AgentAction *findAgentAction(QByteArrayView code)
{
    const auto &all = byCode();
    const auto found =
        std::lower_bound(all.begin(), all.end(), code, [](const AgentAction *entry, QByteArrayView wanted) {
            return QByteArrayView(entry->code) < wanted;
        });
    return found != all.end() && (*found)->code == code ? *found : nullptr;
}

std::optional<QString> agentActionFor(QByteArrayView code, int status, const QHash<QByteArray, QString> &facts)
{
    if (const AgentAction *entry = findAgentAction(code))
        return fill(entry->action, facts);
    if (status >= 500)
        return supportSentence();
    return std::nullopt;
}

} // namespace server
