#include "services/usecases/email_recipient.h"

#include "services/security/tokens.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace usecases {

QString recipientAddress(const RecipientRepository::Entry &entry)
{
    const QString owner = entry.ownerEmail.trimmed();
    if (!owner.isEmpty())
        return owner;
    return QJsonDocument::fromJson(entry.audit.metadata)
        .object()
        .value(QLatin1StringView("email"))
        .toString()
        .trimmed();
}

QString addressSha256(QStringView address)
{
    const QString normalized = domain::normalizedAddress(address);
    return normalized.isEmpty() ? QString() : QString::fromLatin1(security::sha256Hex(normalized.toUtf8()));
}

} // namespace usecases
