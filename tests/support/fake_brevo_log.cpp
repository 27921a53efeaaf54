#include "tests/support/fake_brevo_log.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace test {

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray problemBody(const char *code, const char *message)
{
    return compact({{QStringLiteral("code"), QString::fromLatin1(code)},
                    {QStringLiteral("message"), QString::fromLatin1(message)}});
}

/// The event log's name of what a webhook calls `event`.
QString logName(const QString &event)
{
    static const QHash<QString, QString> names{
        {QStringLiteral("request"), QStringLiteral("requests")},
        {QStringLiteral("soft_bounce"), QStringLiteral("softBounces")},
        {QStringLiteral("hard_bounce"), QStringLiteral("hardBounces")},
        {QStringLiteral("complaint"), QStringLiteral("spam")},
        {QStringLiteral("click"), QStringLiteral("clicks")},
        {QStringLiteral("unique_opened"), QStringLiteral("opened")},
        {QStringLiteral("proxy_open"), QStringLiteral("loadedByProxy")},
        {QStringLiteral("invalid_email"), QStringLiteral("invalid")},
    };
    return names.value(event, event);
}

} // namespace

std::optional<FakeBrevo::Mail> FakeBrevoLog::accept(const QByteArray &json, const QByteArray &key,
                                                    const FakeBrevo::Fate &fate, QByteArray &problem)
{
    const QJsonObject body = QJsonDocument::fromJson(json).object();
    const QString recipient =
        body.value(QLatin1StringView("to")).toArray().first().toObject().value(QLatin1StringView("email")).toString();
    const QJsonObject sender = body.value(QLatin1StringView("sender")).toObject();
    if (recipient.isEmpty() || body.value(QLatin1StringView("subject")).toString().isEmpty() ||
        body.value(QLatin1StringView("htmlContent")).toString().isEmpty() ||
        sender.value(QLatin1StringView("email")).toString().isEmpty()) {
        problem = problemBody("missing_parameter", "to, sender, subject and htmlContent are needed");
        return std::nullopt;
    }
    FakeBrevo::Mail mail;
    mail.at = QDateTime::currentDateTimeUtc();
    mail.messageId = QStringLiteral("<%1.%2@smtp-relay.mailin.fr>")
                         .arg(mail.at.toString(QStringLiteral("yyyyMMddhhmm")))
                         .arg(m_mails.size() + 1, 10, 10, QLatin1Char('0'));
    mail.recipient = recipient;
    mail.subject = body.value(QLatin1StringView("subject")).toString();
    mail.tag = body.value(QLatin1StringView("tags")).toArray().first().toString();
    mail.key = QString::fromUtf8(key);
    m_mails.append(mail);
    for (const FakeBrevo::Happening &what : fate(mail))
        happen(mail.messageId, mail.recipient, mail.subject, mail.tag, mail.key, what, mail.at);
    return mail;
}

void FakeBrevoLog::happen(const QString &messageId, const QString &recipient, const QString &subject,
                          const QString &tag, const QString &key, const FakeBrevo::Happening &what, const QDateTime &at)
{
    Event event{messageId, recipient, subject, tag, key, what.event, what.reason, at.addMSecs(what.afterMs)};
    const auto place = std::upper_bound(m_events.begin(), m_events.end(), event,
                                        [](const Event &a, const Event &b) { return a.at < b.at; });
    m_events.insert(place, std::move(event));
}

QList<FakeBrevoLog::Event> FakeBrevoLog::matching(const QUrlQuery &query, const QDate &first, const QDate &last) const
{
    const QString id = query.queryItemValue(QStringLiteral("messageId"), QUrl::FullyDecoded);
    const QString email = query.queryItemValue(QStringLiteral("email"), QUrl::FullyDecoded);
    const QString name = query.queryItemValue(QStringLiteral("event"));
    QList<Event> found;
    for (const Event &event : m_events) {
        const QDate day = event.at.date();
        if (day >= first && day <= last && (id.isEmpty() || id == event.messageId) &&
            (email.isEmpty() || email == event.recipient) && (name.isEmpty() || name == logName(event.event)))
            found.append(event);
    }
    if (query.queryItemValue(QStringLiteral("sort")) != QLatin1StringView("asc"))
        std::reverse(found.begin(), found.end());
    return found;
}

std::pair<int, QByteArray> FakeBrevoLog::page(const QUrlQuery &query) const
{
    const auto number = [&query](const char *name, int otherwise) {
        const QString text = query.queryItemValue(QString::fromLatin1(name));
        return text.isEmpty() ? otherwise : text.toInt();
    };
    const QDate today = QDateTime::currentDateTimeUtc().date();
    const QString start = query.queryItemValue(QStringLiteral("startDate"));
    const QString end = query.queryItemValue(QStringLiteral("endDate"));
    const int days = number("days", 30);
    const int limit = number("limit", 2500);
    QDate first = today.addDays(1 - days), last = today;
    if (start.isEmpty() != end.isEmpty())
        return {400, problemBody("missing_parameter", "startDate and endDate belong together")};
    if (!start.isEmpty()) {
        first = QDate::fromString(start, Qt::ISODate);
        last = QDate::fromString(end, Qt::ISODate);
    }
    if (!first.isValid() || !last.isValid() || first > last || first.daysTo(last) > 90 || days > 90)
        return {400, problemBody("invalid_parameter", "the range is not one of at most 90 days")};
    if (limit < 1 || limit > 2500)
        return {400, problemBody("out_of_range", "limit is at most 2500")};
    QJsonArray list;
    for (const Event &event : matching(query, first, last).mid(number("offset", 0), limit)) {
        QJsonObject entry{{QStringLiteral("email"), event.recipient},
                          {QStringLiteral("date"), event.at.toOffsetFromUtc(2 * 3600).toString(Qt::ISODateWithMs)},
                          {QStringLiteral("subject"), event.subject},
                          {QStringLiteral("messageId"), event.messageId},
                          {QStringLiteral("event"), logName(event.event)},
                          {QStringLiteral("tag"), event.tag},
                          {QStringLiteral("from"), QStringLiteral("noreply@instanode.dev")}};
        if (!event.reason.isEmpty())
            entry.insert(QStringLiteral("reason"), event.reason);
        list.append(entry);
    }
    return {200, list.isEmpty() ? QByteArray("{}") : compact({{QStringLiteral("events"), list}})};
}

QList<QByteArray> FakeBrevoLog::webhookBodies(int batch) const
{
    QList<QByteArray> bodies;
    QJsonArray pending;
    qint64 id = 0;
    const auto flush = [&] {
        if (!pending.isEmpty())
            bodies.append(QJsonDocument(pending).toJson(QJsonDocument::Compact));
        pending = {};
    };
    for (const Event &event : m_events) {
        const qint64 seconds = event.at.toSecsSinceEpoch();
        QJsonObject body{{QStringLiteral("event"), event.event},
                         {QStringLiteral("email"), event.recipient},
                         {QStringLiteral("id"), ++id},
                         {QStringLiteral("date"), event.at.toString(QStringLiteral("yyyy-MM-dd hh:mm:ss"))},
                         {QStringLiteral("ts"), seconds},
                         {QStringLiteral("message-id"), event.messageId},
                         {QStringLiteral("ts_event"), seconds},
                         {QStringLiteral("subject"), event.subject},
                         {QStringLiteral("X-Mailin-custom"), event.key},
                         {QStringLiteral("sending_ip"), QStringLiteral("185.41.28.109")},
                         {QStringLiteral("ts_epoch"), event.at.toMSecsSinceEpoch()},
                         {QStringLiteral("tags"), QJsonArray{event.tag}}};
        if (!event.reason.isEmpty())
            body.insert(QStringLiteral("reason"), event.reason);
        if (batch <= 1) {
            bodies.append(compact(body));
            continue;
        }
        pending.append(body);
        if (pending.size() >= batch)
            flush();
    }
    flush();
    return bodies;
}

} // namespace test
