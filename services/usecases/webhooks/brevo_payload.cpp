#include "services/usecases/webhooks/brevo_payload.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

namespace usecases {

using domain::Done;
using domain::Result;

namespace {

constexpr qint64 oldestBelievableMs = 400LL * 24 * 3600 * 1000;
constexpr qint64 aheadBelievableMs = 10LL * 60 * 1000;
constexpr qint64 sameMomentMs = 2000;
/// More of a reason is of no use to anybody; the raw bytes keep all of it.
constexpr int maxReasonChars = 1000;

domain::Error invalid(const QString &what)
{
    return domain::invalidInput(QStringLiteral("invalid_payload"), QStringLiteral("body"), what);
}

/// A text, or nothing where there is null or no field; U+0000 cannot be stored and is made visible.
Result<QString> textField(const QJsonObject &object, const char *name)
{
    const QJsonValue value = object.value(QLatin1StringView(name));
    if (value.isUndefined() || value.isNull())
        return QString();
    if (!value.isString())
        return invalid(QStringLiteral("%1 must be a text").arg(QLatin1StringView(name)));
    return value.toString().replace(QChar(0), QChar(0xFFFD));
}

Result<QString> messageIdField(const QJsonObject &object)
{
    const QJsonValue value = object.value(QLatin1StringView("message-id"));
    if (!value.isDouble())
        return textField(object, "message-id");
    const qint64 number = value.toInteger(-1);
    return number >= 0 ? QString::number(number) : QString::number(value.toDouble(), 'g', 17);
}

/// Milliseconds, where the field holds a time that is believable beside that of reception.
std::optional<qint64> believable(const QJsonObject &object, const char *name, qint64 factor, qint64 receivedMs)
{
    const qint64 value = object.value(QLatin1StringView(name)).toInteger(0);
    if (value <= 0 || value > std::numeric_limits<qint64>::max() / 1000)
        return std::nullopt;
    const qint64 ms = value * factor;
    const bool fits = ms > receivedMs - oldestBelievableMs && ms < receivedMs + aheadBelievableMs;
    return fits ? std::optional(ms) : std::nullopt;
}

/// `ts_event` (seconds, UTC) is when the event happened. `ts_epoch` (milliseconds) sharpens it; where the two are far
/// apart it is the time of sending instead. `date` is in the account's zone and not used.
QDateTime timeOf(const QJsonObject &object, const QDateTime &receivedAt)
{
    const qint64 received = receivedAt.toMSecsSinceEpoch();
    const auto epoch = believable(object, "ts_epoch", 1, received);
    auto seconds = believable(object, "ts_event", 1000, received);
    if (!seconds)
        seconds = believable(object, "ts", 1000, received);
    if (!epoch && !seconds)
        return receivedAt;
    const bool sharpens = epoch && (!seconds || qAbs(*epoch - *seconds) <= sameMomentMs);
    return QDateTime::fromMSecsSinceEpoch(sharpens ? *epoch : *seconds, Qt::UTC);
}

Result<BrevoEvent> eventOf(const QJsonValue &value, const QDateTime &receivedAt)
{
    if (!value.isObject())
        return invalid(QStringLiteral("each event must be an object"));
    const QJsonObject object = value.toObject();
    const auto name = textField(object, "event");
    const auto id = messageIdField(object);
    const auto address = textField(object, "email");
    const auto reason = textField(object, "reason");
    for (const auto *field : {&name, &id, &address, &reason}) {
        if (!*field)
            return field->error();
    }
    BrevoEvent event;
    event.name = name->trimmed().toLower();
    event.event = domain::parseDeliveryEvent(event.name);
    event.messageId = id->trimmed();
    event.address = address->trimmed();
    event.reason = reason->trimmed().left(maxReasonChars);
    event.at = timeOf(object, receivedAt);
    return event;
}

} // namespace

Result<QList<BrevoEvent>> parseBrevoEvents(const QByteArray &body, const QDateTime &receivedAt)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (problem.error != QJsonParseError::NoError)
        return invalid(problem.errorString());
    const QJsonArray values = document.isArray() ? document.array() : QJsonArray{document.object()};
    if (values.isEmpty() || values.size() > maxWebhookEvents)
        return invalid(QStringLiteral("must hold 1 to %1 events").arg(maxWebhookEvents));
    QList<BrevoEvent> events;
    for (const QJsonValue &value : values) {
        auto event = eventOf(value, receivedAt);
        if (!event)
            return event.error();
        events.append(std::move(event).value());
    }
    return events;
}

} // namespace usecases
