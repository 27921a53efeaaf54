#include "services/storage/demo/demo_audit.h"

#include "models/domain/audit.h"
#include "models/domain/audit_kind_names.h"
#include "services/storage/demo/demo_metadata.h"
#include "services/storage/demo/demo_words.h"

#include <QDateTime>
#include <QJsonDocument>

namespace storage::demo {

namespace kinds = domain::kinds;

namespace {

QString factOf(const QString &name, const AuditFacts &facts)
{
    if (name == QLatin1StringView("app"))
        return facts.app.isEmpty() ? QStringLiteral("an application") : facts.app;
    if (name == QLatin1StringView("resource"))
        return facts.resourceName.isEmpty() ? QStringLiteral("a resource") : facts.resourceName;
    if (name == QLatin1StringView("who"))
        return facts.email.isEmpty() ? QStringLiteral("somebody") : facts.email;
    return {};
}

/// Fills `{name}` from the metadata first, then from the facts.
QString fillIn(const QString &sentence, const QJsonObject &metadata, const AuditFacts &facts)
{
    QString text;
    qsizetype from = 0;
    while (true) {
        const qsizetype open = sentence.indexOf(QLatin1Char('{'), from);
        const qsizetype close = open < 0 ? -1 : sentence.indexOf(QLatin1Char('}'), open);
        if (close < 0)
            return text + sentence.mid(from);
        text += sentence.mid(from, open - from);
        const QString name = sentence.mid(open + 1, close - open - 1);
        const auto value = metadata.constFind(name);
        text += value == metadata.constEnd() ? factOf(name, facts) : value->toVariant().toString();
        from = close + 1;
    }
}

/// Keys whose meaning depends on the kind.
QJsonObject withSpecialValues(QLatin1StringView kind, const AuditFacts &facts, QJsonObject given, Random &random)
{
    const auto set = [&given](const char *key, const QJsonValue &value) {
        if (!given.contains(QLatin1StringView(key)))
            given.insert(QLatin1StringView(key), value);
    };
    if (kind == kinds::adminPromoIssued)
        set("kind", QStringLiteral("percent_off"));
    if (kind == kinds::customerDbDirectDrop)
        set("provider", QStringLiteral("postgres"));
    if (kind == kinds::backupFailed || kind == kinds::restoreFailed)
        set("error_summary", degradedReason(random));
    if (kind == kinds::authProbeFailed || kind == kinds::deployProbeFailed)
        set("error_summary", QStringLiteral("no answer within 10 s"));
    if (kind == kinds::adminTokenMinted || kind == kinds::adminTokenRevoked)
        set("name", QStringLiteral("Weekly figures"));
    if (kind == kinds::propagationDeadLettered)
        set("attempts", 10);
    if (kind == kinds::nearQuotaWall) {
        const qint64 percent = random.between(82, 99);
        const qint64 limit = random.between(1, 20) * 1'048'576'000;
        set("axis", facts.resourceType == QLatin1StringView("webhook") ? QStringLiteral("requests")
                                                                       : QStringLiteral("storage"));
        set("percent_used", percent);
        set("limit", limit);
        set("current", limit / 100 * percent);
    }
    return given;
}

QJsonObject fillMetadata(const domain::AuditKind &kind, const AuditFacts &facts, const QJsonObject &given,
                         Random &random)
{
    const auto &makers = metadataMakers();
    QJsonObject metadata;
    for (const char *rawKey : kind.keys) {
        const QString key = QString::fromLatin1(rawKey);
        const auto own = given.constFind(key);
        if (own != given.constEnd()) {
            if (!own->isNull())
                metadata.insert(key, *own);
            continue;
        }
        const auto maker = makers.constFind(key);
        const QJsonValue value =
            maker == makers.constEnd() ? QJsonValue(QJsonValue::Undefined) : (*maker)(facts, random);
        if (!value.isUndefined())
            metadata.insert(key, value);
    }
    return metadata;
}

} // namespace

AuditRow makeAuditRow(QLatin1StringView kindName, const AuditFacts &told, const QJsonObject &given, Random &random)
{
    AuditFacts facts = told;
    if (domain::isOperatorKind(QString(kindName)))
        facts.email = random.pick(operatorEmails());
    AuditRow row;
    row.kind = QString(kindName);
    const domain::AuditKind *kind = domain::findAuditKind(row.kind);
    Q_ASSERT(kind);
    row.id = random.uuid();
    row.team = facts.team;
    row.atMs = facts.atMs;
    const QJsonObject metadata = fillMetadata(*kind, facts, withSpecialValues(kindName, facts, given, random), random);
    const auto text = kindTexts().constFind(row.kind);
    const bool own = text != kindTexts().constEnd();
    row.actor = QString::fromLatin1(own ? text->actor : "system");
    row.summary = own ? fillIn(QString::fromLatin1(text->sentence), metadata, facts) : row.kind;
    if (row.actor == QLatin1StringView("user"))
        row.user = facts.user;
    if (!facts.resource.isNull()) {
        row.resource = facts.resource;
        row.resourceType = facts.resourceType;
    } else if (!facts.deployment.isNull()) {
        row.resource = facts.deployment;
        row.resourceType = QStringLiteral("deployment");
    }
    if (!metadata.isEmpty())
        row.metadata = QJsonDocument(metadata).toJson(QJsonDocument::Compact);
    return row;
}

bool knowsMetadataKey(const QString &key)
{
    return metadataMakers().contains(key);
}

bool knowsSummary(const QString &kind)
{
    return kindTexts().contains(kind);
}

QString timeText(qint64 epochMs)
{
    return QDateTime::fromMSecsSinceEpoch(epochMs, Qt::UTC).toString(Qt::ISODateWithMs);
}

} // namespace storage::demo
