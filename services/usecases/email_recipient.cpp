#include "services/usecases/email_recipient.h"

#include <QCryptographicHash>
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
    if (normalized.isEmpty())
        return {};
    return QString::fromLatin1(QCryptographicHash::hash(normalized.toUtf8(), QCryptographicHash::Sha256).toHex());
}

} // namespace usecases
