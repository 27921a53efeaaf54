#include "services/usecases/webhooks/ses_payload.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace usecases {

using domain::Result;

namespace {

QString textOf(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1StringView(name)).toString().replace(QChar(0), QChar(0xFFFD));
}

/// The parts of an SES message that both of its kinds share.
struct Report {
    const char *object, *recipients;
    QString eventType;
};

std::optional<Report> reportOf(const QJsonObject &message)
{
    const QString kind = textOf(message, "notificationType").isEmpty() ? textOf(message, "eventType")
                                                                       : textOf(message, "notificationType");
    if (kind == QLatin1StringView("Complaint"))
        return Report{"complaint", "complainedRecipients", QStringLiteral("spam_complaint")};
    if (kind != QLatin1StringView("Bounce"))
        return std::nullopt;
    const bool transient =
        textOf(message.value(QLatin1StringView("bounce")).toObject(), "bounceType") == QLatin1StringView("Transient");
    return Report{"bounce", "bouncedRecipients", transient ? QStringLiteral("soft_bounce") : QStringLiteral("bounce")};
}

QByteArray rawOf(const QString &type, const QString &address, const QString &messageId)
{
    const QJsonObject raw{
        {QStringLiteral("event"), type}, {QStringLiteral("email"), address}, {QStringLiteral("message_id"), messageId}};
    return QJsonDocument(raw).toJson(QJsonDocument::Compact);
}

} // namespace

Result<WebhookContent> readSesNotification(const QByteArray &body, const QDateTime &receivedAt)
{
    const QJsonDocument outer = QJsonDocument::fromJson(body);
    if (!outer.isObject())
        return domain::invalidInput(QStringLiteral("invalid_payload"), QStringLiteral("body"),
                                    QStringLiteral("must be an SNS message"));
    WebhookContent content;
    content.eventCount = 1;
    content.eventType = textOf(outer.object(), "Type");
    content.objectId = textOf(outer.object(), "MessageId");
    content.skippedBecause = QStringLiteral("unhandled");
    content.labels = {content.skippedBecause};
    if (content.eventType != QLatin1StringView("Notification"))
        return content;
    const QJsonDocument inner = QJsonDocument::fromJson(textOf(outer.object(), "Message").toUtf8());
    if (!inner.isObject())
        return domain::invalidInput(QStringLiteral("invalid_message"), QStringLiteral("Message"),
                                    QStringLiteral("must be a JSON object"));
    const QJsonObject message = inner.object();
    const std::optional<Report> report = reportOf(message);
    if (!report)
        return content;
    const QString messageId = textOf(message.value(QLatin1StringView("mail")).toObject(), "messageId");
    const QJsonObject facts = message.value(QLatin1StringView(report->object)).toObject();
    for (const QJsonValue &recipient : facts.value(QLatin1StringView(report->recipients)).toArray()) {
        const QString address = textOf(recipient.toObject(), "emailAddress").trimmed();
        if (!address.isEmpty())
            content.suppressions.append({QStringLiteral("ses"), report->eventType, address,
                                         textOf(recipient.toObject(), "diagnosticCode"), messageId,
                                         rawOf(report->eventType, address, messageId), receivedAt});
    }
    if (!content.suppressions.isEmpty()) {
        content.labels = {report->eventType};
        content.skippedBecause.clear();
        content.objectId = messageId;
    }
    return content;
}

} // namespace usecases
