#pragma once
#include <QJsonObject>
#include <QString>

namespace server {

/// The variant of an experiment for an identifier (spec 01 §5): SHA-256 of `identifier|salt`, first eight bytes
/// big-endian, modulo the number of variants. The order of the variants is part of the rule.
QString experimentVariant(const QString &identifier, const QString &salt, const QStringList &variants);

/// `{experiment: variant}` of every running experiment for a team, as `/auth/me` shows it.
QJsonObject experimentsOf(const QString &teamId);

} // namespace server
