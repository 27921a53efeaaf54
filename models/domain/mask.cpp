#include "models/domain/mask.h"

namespace domain {
namespace {

/// Never half of a surrogate pair.
qsizetype firstCharacterLength(const QString &text)
{
    return text.size() > 1 && text.front().isHighSurrogate() && text.at(1).isLowSurrogate() ? 2 : 1;
}

} // namespace

QString maskAuditEmail(const QString &email)
{
    if (email.isEmpty())
        return {};
    const qsizetype at = email.indexOf(QLatin1Char('@'));
    const QString domainPart = at < 0 ? QString() : email.sliced(at);
    const QString local = at < 0 ? email : email.first(at);
    const QString shown = local.isEmpty() ? QString() : local.first(firstCharacterLength(local));
    return shown + QStringLiteral("***") + domainPart;
}

QString maskLedgerEmail(const QString &email)
{
    const qsizetype at = email.lastIndexOf(QLatin1Char('@'));
    if (at < 0)
        return email;
    const qsizetype shown = at == 0 ? 0 : firstCharacterLength(email);
    if (at <= shown)
        return email;
    return email.first(shown) + QStringLiteral("***") + email.sliced(at);
}

} // namespace domain
