#pragma once
#include "services/storage/demo/demo_random.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QUuid>

/// Audit rows of the sample data: any kind of the kind table, its metadata keys filled (spec 02 §1.2, §1.3).
namespace storage::demo {

/// What is known where the row is written; metadata and summary are made of it.
struct AuditFacts {
    QUuid team, user; ///< null: none
    QString email, domain, tier, subscription;
    QString resourceType, resourceName, env = QStringLiteral("production");
    QUuid resource;
    QUuid deployment;
    QString appId; ///< 8 characters
    QString app, url;
    qint64 atMs = 0; ///< epoch milliseconds
};

struct AuditRow {
    QUuid id, team, user, resource;
    QString actor, kind, resourceType, summary;
    QByteArray metadata;
    qint64 atMs = 0;
};

/// `given` wins over the generated values; a null value leaves its key out (`cancel_error` of a success).
/// Precondition: domain::findAuditKind(kind).
AuditRow makeAuditRow(QLatin1StringView kind, const AuditFacts &facts, const QJsonObject &given, Random &random);

/// True when a value can be made for this metadata key; a test walks the whole kind table with it.
bool knowsMetadataKey(const QString &key);
/// True when the kind has its own summary sentence.
bool knowsSummary(const QString &kind);

/// RFC 3339, UTC, milliseconds.
QString timeText(qint64 epochMs);

} // namespace storage::demo
