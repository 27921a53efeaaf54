#include "services/wire/email_codec.h"

#include "services/wire/body.h"
#include "services/wire/json_reader.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace wire {

namespace {

QJsonValue integerOrNull(const std::optional<qint64> &number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

QJsonObject messageObject(const ports::MessageRow &row)
{
    return QJsonObject{
        {QStringLiteral("id"), row.id},
        {QStringLiteral("sent_at"), timeText(row.sentAt)},
        {QStringLiteral("accepted_at"), timeOrNull(row.acceptedAt)},
        {QStringLiteral("delivered_at"), timeOrNull(row.deliveredAt)},
        {QStringLiteral("recipient"), row.recipient},
        {QStringLiteral("domain"), row.recipientDomain},
        {QStringLiteral("template"), row.templateKind},
        {QStringLiteral("subject"), row.subject},
        {QStringLiteral("provider"), row.provider},
        {QStringLiteral("message_id"), row.providerId},
        {QStringLiteral("class"), row.ledgerClass},
        {QStringLiteral("outcome"), domain::deliveryOutcomeName(row.outcome)},
        {QStringLiteral("inferred"), row.inferred},
        {QStringLiteral("repaired"), row.repaired},
        {QStringLiteral("reason"), row.reason},
        {QStringLiteral("attempts"), row.attempts},
        {QStringLiteral("latency_ms"), integerOrNull(row.latencyMs)},
        {QStringLiteral("team_id"), idOrNull(row.team)},
        {QStringLiteral("team_name"), row.teamName},
        {QStringLiteral("audit_id"), idOrNull(row.audit)},
    };
}

ports::MessageRow readMessage(const JsonReader &reader)
{
    ports::MessageRow row;
    row.id = reader.text(QLatin1StringView("id"));
    row.sentAt = reader.time(QLatin1StringView("sent_at"));
    row.acceptedAt = reader.optionalTime(QLatin1StringView("accepted_at"));
    row.deliveredAt = reader.optionalTime(QLatin1StringView("delivered_at"));
    row.recipient = reader.text(QLatin1StringView("recipient"));
    row.recipientDomain = reader.text(QLatin1StringView("domain"));
    row.templateKind = reader.text(QLatin1StringView("template"));
    row.subject = reader.text(QLatin1StringView("subject"));
    row.provider = reader.text(QLatin1StringView("provider"));
    row.providerId = reader.text(QLatin1StringView("message_id"));
    row.ledgerClass = reader.text(QLatin1StringView("class"));
    row.outcome = reader.choice(QLatin1StringView("outcome"), domain::parseDeliveryOutcome);
    row.inferred = reader.flag(QLatin1StringView("inferred"));
    row.repaired = reader.flag(QLatin1StringView("repaired"));
    row.reason = reader.text(QLatin1StringView("reason"));
    row.attempts = reader.smallInteger(QLatin1StringView("attempts"));
    if (reader.has(QLatin1StringView("latency_ms")))
        row.latencyMs = reader.integer(QLatin1StringView("latency_ms"));
    row.team = reader.optionalId<domain::TeamId>(QLatin1StringView("team_id"));
    row.teamName = reader.text(QLatin1StringView("team_name"));
    row.audit = reader.optionalId<domain::AuditId>(QLatin1StringView("audit_id"));
    return row;
}

QJsonObject eventObject(const ports::MessageEvent &event)
{
    return QJsonObject{
        {QStringLiteral("event"), event.event},
        {QStringLiteral("at"), timeText(event.at)},
        {QStringLiteral("received_at"), timeText(event.receivedAt)},
        {QStringLiteral("reason"), event.reason},
        {QStringLiteral("repaired"), event.repaired},
        {QStringLiteral("webhook_id"), idOrNull(event.webhook)},
    };
}

ports::MessageEvent readEvent(const JsonReader &reader)
{
    ports::MessageEvent event;
    event.event = reader.text(QLatin1StringView("event"));
    event.at = reader.time(QLatin1StringView("at"));
    event.receivedAt = reader.time(QLatin1StringView("received_at"));
    event.reason = reader.text(QLatin1StringView("reason"));
    event.repaired = reader.flag(QLatin1StringView("repaired"));
    event.webhook = reader.optionalId<domain::WebhookId>(QLatin1StringView("webhook_id"));
    return event;
}

QJsonObject suppressionObject(const ports::Suppression &suppression)
{
    return QJsonObject{
        {QStringLiteral("email"), suppression.email},
        {QStringLiteral("event_type"), suppression.eventType},
        {QStringLiteral("provider"), suppression.provider},
        {QStringLiteral("reason"), suppression.reason},
        {QStringLiteral("since"), timeText(suppression.since)},
        {QStringLiteral("until"), timeOrNull(suppression.until)},
        {QStringLiteral("team_id"), idOrNull(suppression.team)},
        {QStringLiteral("liftable"), suppression.liftable},
    };
}

ports::Suppression readSuppression(const JsonReader &reader)
{
    ports::Suppression suppression;
    suppression.email = reader.text(QLatin1StringView("email"));
    suppression.eventType = reader.text(QLatin1StringView("event_type"));
    suppression.provider = reader.text(QLatin1StringView("provider"));
    suppression.reason = reader.text(QLatin1StringView("reason"));
    suppression.since = reader.time(QLatin1StringView("since"));
    suppression.until = reader.optionalTime(QLatin1StringView("until"));
    suppression.team = reader.optionalId<domain::TeamId>(QLatin1StringView("team_id"));
    suppression.liftable = reader.flag(QLatin1StringView("liftable"));
    return suppression;
}

template <typename T, typename Encode>
QByteArray pageBody(const char *member, const ports::Page<T> &page, Encode encode)
{
    QJsonArray rows;
    for (const T &row : page.rows)
        rows.append(encode(row));
    return okBody({{QString::fromLatin1(member), rows},
                   {QStringLiteral("next_cursor"), page.next.isEmpty() ? QJsonValue() : QJsonValue(page.next)}});
}

template <typename T, typename Read>
domain::Result<ports::Page<T>> readPage(const char *member, const QByteArray &body, Read read)
{
    const JsonReader reader = JsonReader::fromBody(body);
    ports::Page<T> page;
    for (const JsonReader &item : reader.objects(QLatin1StringView(member)))
        page.rows << read(item);
    page.next = reader.optionalText(QLatin1StringView("next_cursor"));
    return reader.finish(std::move(page));
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

QByteArray encodeMessagePage(const ports::Page<ports::MessageRow> &page)
{
    return pageBody("messages", page, messageObject);
}

domain::Result<ports::Page<ports::MessageRow>> decodeMessagePage(const QByteArray &body)
{
    return readPage<ports::MessageRow>("messages", body, readMessage);
}

QByteArray encodeMessageDetail(const ports::MessageDetail &detail)
{
    QJsonArray timeline;
    for (const ports::MessageEvent &event : detail.timeline)
        timeline.append(eventObject(event));
    QJsonObject message = messageObject(detail.row);
    message.insert(QStringLiteral("timeline"), timeline);
    message.insert(QStringLiteral("suppression"), detail.suppression
                                                      ? QJsonValue(suppressionObject(*detail.suppression))
                                                      : QJsonValue(QJsonValue::Null));
    message.insert(QStringLiteral("last_send_to_same"), timeOrNull(detail.lastSendToSame));
    message.insert(QStringLiteral("resendable"), detail.resendable);
    return okBody({{QStringLiteral("message"), message}});
}

domain::Result<ports::MessageDetail> decodeMessageDetail(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    const JsonReader message = reader.object(QLatin1StringView("message"));
    ports::MessageDetail detail;
    detail.row = readMessage(message);
    for (const JsonReader &item : message.objects(QLatin1StringView("timeline")))
        detail.timeline << readEvent(item);
    if (message.has(QLatin1StringView("suppression")))
        detail.suppression = readSuppression(message.object(QLatin1StringView("suppression")));
    detail.lastSendToSame = message.optionalTime(QLatin1StringView("last_send_to_same"));
    detail.resendable = message.flag(QLatin1StringView("resendable"));
    return reader.finish(std::move(detail));
}

QByteArray encodeSuppressionPage(const ports::Page<ports::Suppression> &page)
{
    return pageBody("suppressions", page, suppressionObject);
}

domain::Result<ports::Page<ports::Suppression>> decodeSuppressionPage(const QByteArray &body)
{
    return readPage<ports::Suppression>("suppressions", body, readSuppression);
}

QByteArray encodeLift(const LiftRequest &lift)
{
    return compact({{QStringLiteral("email"), lift.email}, {QStringLiteral("reason"), lift.reason}});
}

domain::Result<LiftRequest> decodeLift(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    return reader.finish(
        LiftRequest{reader.optionalText(QLatin1StringView("email")), reader.optionalText(QLatin1StringView("reason"))});
}

QByteArray encodeResend(const ports::Resend &resend)
{
    return compact(
        {{QStringLiteral("reason"), resend.reason}, {QStringLiteral("even_if_recent"), resend.evenIfRecent}});
}

domain::Result<ports::Resend> decodeResend(const QString &message, const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    ports::Resend resend;
    resend.message = message;
    resend.reason = reader.optionalText(QLatin1StringView("reason"));
    if (reader.has(QLatin1StringView("even_if_recent")))
        resend.evenIfRecent = reader.flag(QLatin1StringView("even_if_recent"));
    return reader.finish(std::move(resend));
}

QByteArray encodeResent(const QString &message)
{
    return okBody({{QStringLiteral("message_id"), message}});
}

domain::Result<QString> decodeResent(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    return reader.finish(reader.text(QLatin1StringView("message_id")));
}

QByteArray encodeEmailHealth(const ports::EmailHealth &health)
{
    return okBody({{QStringLiteral("health"), QJsonObject{
                                                  {QStringLiteral("last_event_at"), timeOrNull(health.lastEventAt)},
                                                  {QStringLiteral("forwarder_at"), timeOrNull(health.forwarderAt)},
                                                  {QStringLiteral("forwarder_result"), health.forwarderResult},
                                                  {QStringLiteral("cursor_at"), timeOrNull(health.cursorAt)},
                                                  {QStringLiteral("waiting"), health.waiting},
                                                  {QStringLiteral("oldest_waiting"), timeOrNull(health.oldestWaiting)},
                                                  {QStringLiteral("parked"), health.parked},
                                                  {QStringLiteral("oldest_parked"), timeOrNull(health.oldestParked)},
                                                  {QStringLiteral("refusals_24h"), health.refusals24h},
                                                  {QStringLiteral("last_refusal_at"), timeOrNull(health.lastRefusalAt)},
                                                  {QStringLiteral("repair_at"), timeOrNull(health.repairAt)},
                                                  {QStringLiteral("repair_recovered"), health.repairRecovered},
                                                  {QStringLiteral("repair_running"), health.repairRunning},
                                                  {QStringLiteral("as_of"), timeText(health.asOf)},
                                              }}});
}

domain::Result<ports::EmailHealth> decodeEmailHealth(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    const JsonReader object = reader.object(QLatin1StringView("health"));
    ports::EmailHealth health;
    health.lastEventAt = object.optionalTime(QLatin1StringView("last_event_at"));
    health.forwarderAt = object.optionalTime(QLatin1StringView("forwarder_at"));
    health.forwarderResult = object.text(QLatin1StringView("forwarder_result"));
    health.cursorAt = object.optionalTime(QLatin1StringView("cursor_at"));
    health.waiting = object.integer(QLatin1StringView("waiting"), 0);
    health.oldestWaiting = object.optionalTime(QLatin1StringView("oldest_waiting"));
    health.parked = object.integer(QLatin1StringView("parked"), 0);
    health.oldestParked = object.optionalTime(QLatin1StringView("oldest_parked"));
    health.refusals24h = object.integer(QLatin1StringView("refusals_24h"), 0);
    health.lastRefusalAt = object.optionalTime(QLatin1StringView("last_refusal_at"));
    health.repairAt = object.optionalTime(QLatin1StringView("repair_at"));
    health.repairRecovered = object.integer(QLatin1StringView("repair_recovered"), 0);
    health.repairRunning = object.flag(QLatin1StringView("repair_running"));
    health.asOf = object.time(QLatin1StringView("as_of"));
    return reader.finish(std::move(health));
}

QByteArray encodeTemplates(const QList<ports::EmailTemplate> &templates)
{
    QJsonArray array;
    for (const ports::EmailTemplate &mail : templates)
        array.append(QJsonObject{{QStringLiteral("kind"), mail.kind}, {QStringLiteral("subject"), mail.subject}});
    return okBody({{QStringLiteral("templates"), array}});
}

domain::Result<QList<ports::EmailTemplate>> decodeTemplates(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    QList<ports::EmailTemplate> templates;
    for (const JsonReader &item : reader.objects(QLatin1StringView("templates")))
        templates.append({item.text(QLatin1StringView("kind")), item.text(QLatin1StringView("subject"))});
    return reader.finish(std::move(templates));
}

QByteArray encodePreview(const ports::EmailPreview &preview)
{
    return okBody({{QStringLiteral("preview"), QJsonObject{{QStringLiteral("kind"), preview.kind},
                                                           {QStringLiteral("subject"), preview.subject},
                                                           {QStringLiteral("html"), preview.html},
                                                           {QStringLiteral("text"), preview.text}}}});
}

domain::Result<ports::EmailPreview> decodePreview(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    const JsonReader object = reader.object(QLatin1StringView("preview"));
    return reader.finish(
        ports::EmailPreview{object.text(QLatin1StringView("kind")), object.text(QLatin1StringView("subject")),
                            object.text(QLatin1StringView("html")), object.text(QLatin1StringView("text"))});
}

} // namespace wire
