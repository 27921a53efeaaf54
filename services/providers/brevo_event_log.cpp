#include "services/providers/brevo_event_log.h"

#include "models/domain/delivery.h"
#include "services/providers/error_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>

namespace providers {

namespace {

using domain::DeliveryEvent;
using usecases::ProviderEvent;

/// The event log has names of its own beside those of the webhooks. `bounces` says too little to be one.
QString eventName(const QString &name)
{
    static const QHash<QString, DeliveryEvent> names{
        {QStringLiteral("requests"), DeliveryEvent::Request},
        {QStringLiteral("delivered"), DeliveryEvent::Delivered},
        {QStringLiteral("hardBounces"), DeliveryEvent::HardBounce},
        {QStringLiteral("softBounces"), DeliveryEvent::SoftBounce},
        {QStringLiteral("blocked"), DeliveryEvent::Blocked},
        {QStringLiteral("deferred"), DeliveryEvent::Deferred},
        {QStringLiteral("spam"), DeliveryEvent::Complaint},
        {QStringLiteral("unsubscribed"), DeliveryEvent::Unsubscribed},
        {QStringLiteral("invalid"), DeliveryEvent::Invalid},
        {QStringLiteral("error"), DeliveryEvent::Error},
        {QStringLiteral("opened"), DeliveryEvent::Opened},
        {QStringLiteral("loadedByProxy"), DeliveryEvent::Opened},
        {QStringLiteral("clicks"), DeliveryEvent::Click},
    };
    const auto known = names.constFind(name);
    return known == names.constEnd() ? name : domain::deliveryEventName(*known);
}

/// Every entry becomes one event, readable or not: the length of a page says whether it was the last.
ProviderEvent eventOf(const QJsonObject &entry)
{
    ProviderEvent event;
    event.messageId = entry.value(QLatin1StringView("messageId")).toString();
    event.address = entry.value(QLatin1StringView("email")).toString();
    event.reason = entry.value(QLatin1StringView("reason")).toString();
    QDateTime at = QDateTime::fromString(entry.value(QLatin1StringView("date")).toString(), Qt::ISODateWithMs);
    if (at.timeSpec() == Qt::LocalTime)
        at.setTimeSpec(Qt::UTC); // documented as UTC; without a zone it cannot be anything else
    event.at = at.toUTC();
    if (at.isValid() && !event.messageId.isEmpty())
        event.event = eventName(entry.value(QLatin1StringView("event")).toString());
    return event;
}

domain::Error failure(const HttpResponse &answer, const BrevoAccount &account)
{
    QString key = QStringLiteral("email_provider_unavailable");
    QString why = answer.error;
    if (answer.status != 0 && !(answer.status == 200 && !answer.error.isEmpty())) {
        const QJsonObject body = QJsonDocument::fromJson(answer.body.left(4096)).object();
        why = QStringLiteral("HTTP %1 %2").arg(answer.status).arg(body.value(QLatin1StringView("message")).toString());
    }
    if (answer.status == 401 || answer.status == 403) {
        key = QStringLiteral("email_provider_auth_wall");
        why += QStringLiteral("; the API key is refused");
    } else if (answer.status == 429) {
        key = QStringLiteral("email_provider_rate_limited");
        if (const qint64 waitMs = retryAfterMs(answer); waitMs > 0)
            why += QStringLiteral("; again in %1 s").arg(waitMs / 1000);
    }
    return domain::unavailable(key, safeErrorText(why, {account.apiKey}));
}

} // namespace

BrevoEventLog::BrevoEventLog(BrevoAccount account, std::shared_ptr<const HttpClient> http, int timeoutMs)
    : m_account(std::move(account))
    , m_http(std::move(http))
    , m_timeoutMs(timeoutMs)
{
}

domain::Result<QList<ProviderEvent>> BrevoEventLog::events(const QDateTime &from, const QDateTime &until, int limit,
                                                           int offset)
{
    constexpr qint64 mostDays = 90;
    const QDate first = from.toUTC().date();
    const QDate last = until.toUTC().date();
    if (!from.isValid() || !until.isValid() || first > last)
        return domain::invalidInput(QStringLiteral("invalid_range"), QStringLiteral("from"),
                                    QStringLiteral("the range has no days"));
    if (first.daysTo(last) > mostDays)
        return domain::invalidInput(QStringLiteral("invalid_range"), QStringLiteral("from"),
                                    QStringLiteral("the event log gives at most 90 days at once"));
    // Brevo's days are those of the account's time zone, which may have begun before ours.
    const QDate start = first.daysTo(last) < mostDays ? first.addDays(-1) : first;
    return ask({{QStringLiteral("limit"), QString::number(std::clamp(limit, 1, largestPage))},
                {QStringLiteral("offset"), QString::number(std::max(0, offset))},
                {QStringLiteral("startDate"), start.toString(Qt::ISODate)},
                {QStringLiteral("endDate"), last.toString(Qt::ISODate)},
                {QStringLiteral("sort"), QStringLiteral("asc")}});
}

domain::Result<QList<ProviderEvent>> BrevoEventLog::eventsOf(const QString &messageId)
{
    const QString id = domain::normalizedMessageId(messageId);
    if (id.isEmpty())
        return domain::invalidInput(QStringLiteral("invalid_message_id"), QStringLiteral("message_id"),
                                    QStringLiteral("there is no message id to ask for"));
    return ask({{QStringLiteral("limit"), QString::number(largestPage)},
                {QStringLiteral("offset"), QStringLiteral("0")},
                {QStringLiteral("days"), QStringLiteral("90")},
                {QStringLiteral("messageId"), QLatin1Char('<') + id + QLatin1Char('>')},
                {QStringLiteral("sort"), QStringLiteral("asc")}});
}

domain::Result<QList<ProviderEvent>> BrevoEventLog::ask(const Query &query) const
{
    HttpRequest request;
    request.url = m_account.baseUrl + QStringLiteral("/v3/smtp/statistics/events");
    QChar separator = QLatin1Char('?');
    for (const auto &[name, value] : query) {
        request.url += separator + name + QLatin1Char('=') + QString::fromLatin1(QUrl::toPercentEncoding(value));
        separator = QLatin1Char('&');
    }
    request.headers = {{"api-key", m_account.apiKey.toUtf8()}, {"Accept", "application/json"}};
    request.limits.timeoutMs = m_timeoutMs;
    request.bodyCap = 16 * 1024 * 1024;
    const HttpResponse answer = m_http->send(request);
    if (answer.status != 200 || !answer.bodyComplete)
        return failure(answer, m_account);

    const QJsonDocument document = QJsonDocument::fromJson(answer.body);
    const QJsonValue list = document.object().value(QLatin1StringView("events"));
    // Nothing to report is `{}`.
    if (!document.isObject() || !(list.isArray() || list.isUndefined()))
        return domain::unavailable(QStringLiteral("email_provider_unavailable"),
                                   QStringLiteral("the answer is not a list of events"));
    QList<ProviderEvent> events;
    const QJsonArray entries = list.toArray();
    events.reserve(entries.size());
    for (const QJsonValue &entry : entries)
        events.append(eventOf(entry.toObject()));
    return events;
}

} // namespace providers
