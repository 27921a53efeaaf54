#include "services/wire/webhook_codec.h"

#include "services/wire/body.h"
#include "services/wire/json_reader.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>

namespace wire {

namespace {

struct Counter {
    QLatin1StringView name;
    qint64 ports::WebhookReceiver::*member;
};
constexpr std::array<Counter, 7> counters{{
    {QLatin1StringView("received_24h"), &ports::WebhookReceiver::received24h},
    {QLatin1StringView("failed_24h"), &ports::WebhookReceiver::failed24h},
    {QLatin1StringView("unmatched_24h"), &ports::WebhookReceiver::unmatched24h},
    {QLatin1StringView("duplicates_24h"), &ports::WebhookReceiver::duplicates24h},
    {QLatin1StringView("refused_24h"), &ports::WebhookReceiver::refused24h},
    {QLatin1StringView("current_secret_24h"), &ports::WebhookReceiver::currentSecret24h},
    {QLatin1StringView("previous_secret_24h"), &ports::WebhookReceiver::previousSecret24h},
}};

QJsonObject rowObject(const ports::WebhookRow &row)
{
    return QJsonObject{
        {QStringLiteral("id"), row.id.toString()},
        {QStringLiteral("provider"), row.provider},
        {QStringLiteral("received_at"), timeText(row.receivedAt)},
        {QStringLiteral("event"), row.eventType},
        {QStringLiteral("event_count"), row.eventCount},
        {QStringLiteral("object_id"), row.objectId},
        {QStringLiteral("team_id"), idOrNull(row.team)},
        {QStringLiteral("team_name"), row.teamName},
        {QStringLiteral("signature"), ports::signatureVerdictName(row.signature)},
        {QStringLiteral("duplicate_of"), idOrNull(row.duplicateOf)},
        {QStringLiteral("outcome"), ports::webhookOutcomeName(row.outcome)},
        {QStringLiteral("matched"), row.matched},
        {QStringLiteral("changed"), row.changed},
        {QStringLiteral("processing_us"), row.processingUs},
        {QStringLiteral("body_bytes"), row.bodyBytes},
        {QStringLiteral("replays"), row.replays},
    };
}

ports::WebhookRow readRow(const JsonReader &reader)
{
    ports::WebhookRow row;
    row.id = reader.id<domain::WebhookId>(QLatin1StringView("id"));
    row.provider = reader.text(QLatin1StringView("provider"));
    row.receivedAt = reader.time(QLatin1StringView("received_at"));
    row.eventType = reader.text(QLatin1StringView("event"));
    row.eventCount = reader.smallInteger(QLatin1StringView("event_count"));
    row.objectId = reader.text(QLatin1StringView("object_id"));
    row.team = reader.optionalId<domain::TeamId>(QLatin1StringView("team_id"));
    row.teamName = reader.text(QLatin1StringView("team_name"));
    row.signature = reader.choice(QLatin1StringView("signature"), ports::parseSignatureVerdict);
    row.duplicateOf = reader.optionalId<domain::WebhookId>(QLatin1StringView("duplicate_of"));
    row.outcome = reader.choice(QLatin1StringView("outcome"), ports::parseWebhookOutcome);
    row.matched = reader.smallInteger(QLatin1StringView("matched"));
    row.changed = reader.smallInteger(QLatin1StringView("changed"));
    row.processingUs = reader.integer(QLatin1StringView("processing_us"));
    row.bodyBytes = reader.integer(QLatin1StringView("body_bytes"), 0);
    row.replays = reader.smallInteger(QLatin1StringView("replays"));
    return row;
}

QJsonArray effectsArray(const QList<ports::WebhookEffect> &effects)
{
    QJsonArray array;
    for (const ports::WebhookEffect &effect : effects)
        array.append(QJsonObject{{QStringLiteral("object"), effect.object},
                                 {QStringLiteral("field"), effect.field},
                                 {QStringLiteral("before"), effect.before},
                                 {QStringLiteral("after"), effect.after}});
    return array;
}

QList<ports::WebhookEffect> readEffects(const JsonReader &reader)
{
    QList<ports::WebhookEffect> effects;
    for (const JsonReader &item : reader.objects(QLatin1StringView("effects")))
        effects.append({item.text(QLatin1StringView("object")), item.text(QLatin1StringView("field")),
                        item.text(QLatin1StringView("before")), item.text(QLatin1StringView("after"))});
    return effects;
}

} // namespace

QByteArray encodeWebhookPage(const ports::Page<ports::WebhookRow> &page)
{
    QJsonArray rows;
    for (const ports::WebhookRow &row : page.rows)
        rows.append(rowObject(row));
    return okBody({{QStringLiteral("webhooks"), rows},
                   {QStringLiteral("next_cursor"), page.next.isEmpty() ? QJsonValue() : QJsonValue(page.next)}});
}

domain::Result<ports::Page<ports::WebhookRow>> decodeWebhookPage(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    ports::Page<ports::WebhookRow> page;
    for (const JsonReader &item : reader.objects(QLatin1StringView("webhooks")))
        page.rows << readRow(item);
    page.next = reader.optionalText(QLatin1StringView("next_cursor"));
    return reader.finish(std::move(page));
}

QByteArray encodeWebhookDetail(const ports::WebhookDetail &detail)
{
    QJsonArray headers;
    for (const auto &[name, value] : detail.headers)
        headers.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("value"), value}});
    QJsonObject webhook = rowObject(detail.row);
    webhook.insert(QStringLiteral("body_base64"), QString::fromLatin1(detail.body.toBase64()));
    webhook.insert(QStringLiteral("headers"), headers);
    webhook.insert(QStringLiteral("verdict"), detail.verdict);
    webhook.insert(QStringLiteral("error"), detail.error);
    webhook.insert(QStringLiteral("effects"), effectsArray(detail.effects));
    webhook.insert(QStringLiteral("messages"), QJsonArray::fromStringList(detail.messages));
    webhook.insert(QStringLiteral("last_replayed_at"), timeOrNull(detail.lastReplayedAt));
    webhook.insert(QStringLiteral("request_id"), detail.requestId);
    return okBody({{QStringLiteral("webhook"), webhook}});
}

domain::Result<ports::WebhookDetail> decodeWebhookDetail(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    const JsonReader webhook = reader.object(QLatin1StringView("webhook"));
    ports::WebhookDetail detail;
    detail.row = readRow(webhook);
    detail.body = webhook.base64(QLatin1StringView("body_base64"));
    for (const JsonReader &item : webhook.objects(QLatin1StringView("headers")))
        detail.headers.append({item.text(QLatin1StringView("name")), item.text(QLatin1StringView("value"))});
    detail.verdict = webhook.text(QLatin1StringView("verdict"));
    detail.error = webhook.text(QLatin1StringView("error"));
    detail.effects = readEffects(webhook);
    detail.messages = webhook.texts(QLatin1StringView("messages"));
    detail.lastReplayedAt = webhook.optionalTime(QLatin1StringView("last_replayed_at"));
    detail.requestId = webhook.text(QLatin1StringView("request_id"));
    return reader.finish(std::move(detail));
}

QByteArray encodeReplayRequest(bool dryRun)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("dry_run"), dryRun}}).toJson(QJsonDocument::Compact);
}

domain::Result<bool> decodeReplayRequest(const QByteArray &body)
{
    if (body.trimmed().isEmpty())
        return true;
    const JsonReader reader = JsonReader::fromBody(body);
    return reader.finish(!reader.has(QLatin1StringView("dry_run")) || reader.flag(QLatin1StringView("dry_run")));
}

QByteArray encodeReplay(const ports::WebhookReplay &replay)
{
    return okBody(
        {{QStringLiteral("replay"), QJsonObject{{QStringLiteral("effects"), effectsArray(replay.effects)},
                                                {QStringLiteral("outcome"), ports::webhookOutcomeName(replay.outcome)},
                                                {QStringLiteral("dry_run"), replay.dryRun}}}});
}

domain::Result<ports::WebhookReplay> decodeReplay(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    const JsonReader object = reader.object(QLatin1StringView("replay"));
    ports::WebhookReplay replay;
    replay.effects = readEffects(object);
    replay.outcome = object.choice(QLatin1StringView("outcome"), ports::parseWebhookOutcome);
    replay.dryRun = object.flag(QLatin1StringView("dry_run"));
    return reader.finish(std::move(replay));
}

QByteArray encodeReceivers(const QList<ports::WebhookReceiver> &receivers)
{
    QJsonArray array;
    for (const ports::WebhookReceiver &receiver : receivers) {
        QJsonObject object{
            {QStringLiteral("provider"), receiver.provider},
            {QStringLiteral("last_at"), timeOrNull(receiver.lastAt)},
            {QStringLiteral("p99_processing_us"),
             receiver.p99ProcessingUs ? QJsonValue(*receiver.p99ProcessingUs) : QJsonValue(QJsonValue::Null)},
        };
        for (const Counter &counter : counters)
            object.insert(counter.name, receiver.*counter.member);
        array.append(object);
    }
    return okBody({{QStringLiteral("receivers"), array}});
}

domain::Result<QList<ports::WebhookReceiver>> decodeReceivers(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    QList<ports::WebhookReceiver> receivers;
    for (const JsonReader &item : reader.objects(QLatin1StringView("receivers"))) {
        ports::WebhookReceiver receiver;
        receiver.provider = item.text(QLatin1StringView("provider"));
        receiver.lastAt = item.optionalTime(QLatin1StringView("last_at"));
        if (item.has(QLatin1StringView("p99_processing_us")))
            receiver.p99ProcessingUs = item.integer(QLatin1StringView("p99_processing_us"));
        for (const Counter &counter : counters)
            receiver.*counter.member = item.integer(counter.name, 0);
        receivers.append(receiver);
    }
    return reader.finish(std::move(receivers));
}

} // namespace wire
