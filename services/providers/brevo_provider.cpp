#include "services/providers/brevo_provider.h"

#include "services/providers/error_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>

#include <algorithm>

namespace providers {

namespace {

Q_LOGGING_CATEGORY(logBrevo, "brevo")

using usecases::OutgoingMail;
using usecases::SendClass;
using usecases::SendResult;

constexpr qsizetype errorBodyCap = 4096;

QByteArray requestBody(const OutgoingMail &mail, const BrevoProvider::Sender &sender)
{
    QJsonObject body{
        {QStringLiteral("sender"),
         QJsonObject{{QStringLiteral("email"), sender.address}, {QStringLiteral("name"), sender.name}}},
        {QStringLiteral("to"), QJsonArray{QJsonObject{{QStringLiteral("email"), mail.recipient.trimmed()}}}},
        {QStringLiteral("subject"), mail.subject},
        {QStringLiteral("htmlContent"), mail.html},
    };
    if (!mail.text.isEmpty())
        body.insert(QStringLiteral("textContent"), mail.text);
    if (!mail.kind.isEmpty())
        body.insert(QStringLiteral("tags"), QJsonArray{mail.kind});
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

/// Empty when there is none that could be one: null, a number, HTML, half a document, megabytes.
QString messageIdOf(const QByteArray &body)
{
    constexpr qsizetype longest = 998; // a line of a mail's head
    const QString id = QJsonDocument::fromJson(body).object().value(QLatin1StringView("messageId")).toString();
    const bool printable =
        std::none_of(id.begin(), id.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
    return printable && id.size() <= longest ? id : QString();
}

/// Brevo's `{code, message}`; anything else is not repeated, it may be a page of somebody's proxy.
QString errorOf(const HttpResponse &answer)
{
    const QJsonObject body = QJsonDocument::fromJson(answer.body.left(errorBodyCap)).object();
    return QStringLiteral("HTTP %1 %2 %3")
        .arg(QString::number(answer.status), body.value(QLatin1StringView("code")).toString(),
             body.value(QLatin1StringView("message")).toString());
}

/// `Tue, 10 Mar 2026 10:01:30 GMT`; invalid when it is not one.
QDateTime httpDate(QByteArray text)
{
    return QDateTime::fromString(QString::fromLatin1(text.replace("GMT", "+0000")), Qt::RFC2822Date);
}

SendResult notCalled(SendClass result, const QString &why)
{
    SendResult refused;
    refused.result = result;
    refused.provider = QStringLiteral("brevo");
    refused.error = why;
    refused.called = false;
    return refused;
}

} // namespace

SendClass sendClassOf(int httpStatus)
{
    if (httpStatus >= 200 && httpStatus < 300)
        return SendClass::Accepted;
    if (httpStatus < 400 || httpStatus >= 500)
        return SendClass::Transient;
    switch (httpStatus) {
    case 401:
    case 403: // our credentials; as permanent they once burned a whole queue
    case 408:
    case 425:
    case 429:
        return SendClass::Transient;
    }
    return SendClass::Permanent;
}

qint64 retryAfterMs(const HttpResponse &answer)
{
    constexpr qint64 longestSeconds = 24 * 3600;
    bool ok = false;
    const QByteArray asked = answer.header("retry-after");
    qint64 seconds = asked.toLongLong(&ok);
    if (!ok && !asked.isEmpty()) {
        // A date: compared with the answer's own clock, which need not be ours.
        const QDateTime until = httpDate(asked);
        const QDateTime now = httpDate(answer.header("date"));
        seconds = until.isValid() && now.isValid() ? now.secsTo(until) : 0;
    }
    if (seconds <= 0 && answer.status == 429)
        seconds = answer.header("x-sib-ratelimit-reset").toLongLong();
    return std::clamp(seconds, qint64{0}, longestSeconds) * 1000;
}

BrevoProvider::BrevoProvider(BrevoAccount account, Sender sender, std::shared_ptr<const HttpClient> http,
                             ErrorHook onError)
    : m_account(std::move(account))
    , m_sender(std::move(sender))
    , m_http(std::move(http))
    , m_onError(std::move(onError))
{
}

SendResult BrevoProvider::send(const OutgoingMail &mail, int timeoutMs)
{
    if (mail.recipient.trimmed().isEmpty())
        return notCalled(SendClass::Permanent, QStringLiteral("the mail has no recipient"));
    if (mail.html.isEmpty())
        return notCalled(SendClass::SkippedNoTemplate, QStringLiteral("the mail has no HTML text"));
    if (mail.subject.trimmed().isEmpty())
        return notCalled(SendClass::Permanent, QStringLiteral("the mail has no subject"));

    HttpRequest request;
    request.method = "POST";
    request.url = m_account.baseUrl + QStringLiteral("/v3/smtp/email");
    request.headers = {{"api-key", m_account.apiKey.toUtf8()},
                       {"Content-Type", "application/json"},
                       {"Accept", "application/json"},
                       {"X-Mailin-Custom", mail.idempotencyKey.toUtf8()}};
    request.body = requestBody(mail, m_sender);
    request.limits.timeoutMs = timeoutMs;
    SendResult result = judge(m_http->send(request), mail);
    if (result.result != SendClass::Accepted && m_onError)
        m_onError(result.result, result.statusCode);
    return result;
}

SendResult BrevoProvider::judge(const HttpResponse &answer, const OutgoingMail &mail) const
{
    SendResult result;
    result.result = sendClassOf(answer.status);
    result.provider = name();
    result.statusCode = answer.status;
    if (result.result == SendClass::Accepted) {
        // It was accepted even when the rest of the answer is lost: sending it again would be a second mail.
        result.messageId = messageIdOf(answer.body);
        return result;
    }
    result.error = safeErrorText(answer.status == 0 ? answer.error : errorOf(answer),
                                 {m_account.apiKey, mail.recipient.trimmed()});
    result.authWall = answer.status == 401 || answer.status == 403;
    if (result.result == SendClass::Transient)
        result.retryAfterMs = retryAfterMs(answer);
    if (result.authWall)
        qCCritical(logBrevo, "auth_wall: %s", qUtf8Printable(result.error));
    else if (result.result == SendClass::Permanent)
        qCCritical(logBrevo, "refused for good: %s", qUtf8Printable(result.error));
    return result;
}

} // namespace providers
