#include "app/server/controllers/experiments.h"

#include <QCryptographicHash>
#include <QStringList>
#include <QtEndian>

namespace server {

QString experimentVariant(const QString &identifier, const QString &salt, const QStringList &variants)
{
    const QByteArray digest =
        QCryptographicHash::hash((identifier + QLatin1Char('|') + salt).toUtf8(), QCryptographicHash::Sha256);
    const auto number = qFromBigEndian<quint64>(digest.constData());
    return variants.at(static_cast<qsizetype>(number % static_cast<quint64>(variants.size())));
}

QJsonObject experimentsOf(const QString &teamId)
{
    const QString name = QStringLiteral("upgrade_button");
    const QStringList variants{QStringLiteral("control"), QStringLiteral("urgent"), QStringLiteral("value")};
    return QJsonObject{{name, experimentVariant(teamId, name, variants)}};
}

} // namespace server
