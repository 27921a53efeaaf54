#include "services/providers/smtp_provider.h"

#include "models/domain/delivery.h"
#include "services/platform/config_values.h"
#include "services/providers/error_text.h"
#include "services/providers/mime_message.h"
#include "services/security/tokens.h"

#include <QLoggingCategory>
#include <QUrl>

#include <algorithm>
#include <cstring>
#include <curl/curl.h>

namespace providers {

namespace {

Q_LOGGING_CATEGORY(logSmtp, "smtp")

using usecases::OutgoingMail;
using usecases::SendClass;
using usecases::SendResult;

/// What the last command was about.
enum class Stage { Session, Sender, Recipient, Message };

struct Dialogue {
    QByteArray message;
    qsizetype sent = 0;
    Stage stage = Stage::Session;
    QByteArray reply; ///< the last one that counts, all its lines
    bool replyComplete = true;
    bool leaving = false; ///< QUIT was sent; what is said to that does not count

    int replyCode() const
    {
        bool ok = false;
        const int code = reply.first(std::min<qsizetype>(3, reply.size())).toInt(&ok);
        return ok ? code : 0;
    }
};

size_t onUpload(char *buffer, size_t size, size_t count, void *user)
{
    auto &dialogue = *static_cast<Dialogue *>(user);
    const qsizetype taken = std::min(static_cast<qsizetype>(size * count), dialogue.message.size() - dialogue.sent);
    std::memcpy(buffer, dialogue.message.constData() + dialogue.sent, static_cast<size_t>(taken));
    dialogue.sent += taken;
    return static_cast<size_t>(taken);
}

size_t onReplyLine(char *data, size_t size, size_t count, void *user)
{
    constexpr qsizetype longestReply = 4096;
    auto &dialogue = *static_cast<Dialogue *>(user);
    const QByteArrayView line(data, static_cast<qsizetype>(size * count));
    if (dialogue.leaving)
        return size * count;
    if (dialogue.replyComplete)
        dialogue.reply.clear();
    if (dialogue.reply.size() < longestReply)
        dialogue.reply += line;
    dialogue.replyComplete = line.size() < 4 || line[3] != '-';
    return size * count;
}

/// libcurl tells which command it sent only here.
int onTrace(CURL *, curl_infotype type, char *data, size_t size, void *user)
{
    auto &dialogue = *static_cast<Dialogue *>(user);
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    if (type != CURLINFO_HEADER_OUT)
        return 0;
    if (bytes.startsWith("MAIL "))
        dialogue.stage = Stage::Sender;
    else if (bytes.startsWith("RCPT "))
        dialogue.stage = Stage::Recipient;
    else if (bytes.startsWith("DATA"))
        dialogue.stage = Stage::Message;
    else if (bytes.startsWith("QUIT"))
        dialogue.leaving = true;
    return 0;
}

QByteArray messageIdOf(const OutgoingMail &mail, const QString &from)
{
    const QByteArray seed =
        mail.idempotencyKey.isEmpty() ? security::randomBytes(32) : "smtp:" + mail.idempotencyKey.toUtf8();
    return '<' + security::sha256Hex(seed).first(40) + '@' + domain::addressDomain(from).toUtf8() + '>';
}

/// The session, not the mail, was refused.
bool isAuthWall(CURLcode code, int reply, Stage stage)
{
    constexpr int tooLarge = 552;
    switch (reply) {
    case 530: // authentication or encryption required
    case 534:
    case 535:
    case 538:
        return true;
    }
    if (code == CURLE_LOGIN_DENIED)
        return reply == 0 || reply >= 500;
    const bool beforeTheMail = stage == Stage::Session || (stage == Stage::Sender && reply != tooLarge);
    return reply >= 500 && beforeTheMail;
}

SendResult notCalled(SendClass result, const QString &why)
{
    SendResult refused;
    refused.result = result;
    refused.provider = QStringLiteral("smtp");
    refused.error = why;
    refused.called = false;
    return refused;
}

void setUp(CURL *curl, const SmtpProvider::Options &options, Dialogue &dialogue)
{
    const SmtpServer &server = options.server;
    QUrl url;
    url.setScheme(server.implicitTls ? QStringLiteral("smtps") : QStringLiteral("smtp"));
    url.setHost(server.host);
    url.setPort(server.port);
    url.setPath(QLatin1Char('/') + domain::addressDomain(options.from)); // the name in EHLO
    curl_easy_setopt(curl, CURLOPT_URL, url.toEncoded().constData());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    const bool plain = options.plainToLoopback && !server.implicitTls && platform::values::isLoopbackHost(server.host);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    // Servers say goodbye to idle sessions soon; a session found dead costs a transient failure.
    curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, 20L);
    if (!server.user.isEmpty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.toUtf8().constData());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.toUtf8().constData());
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ('<' + options.from.toUtf8() + '>').constData());
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(dialogue.message.size()));
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, onUpload);
    curl_easy_setopt(curl, CURLOPT_READDATA, &dialogue);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, onReplyLine);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &dialogue);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, onTrace);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &dialogue);
}

SendResult judge(CURLcode code, const Dialogue &dialogue, const TransferLimits &limits)
{
    const int lastReply = dialogue.replyCode();
    SendResult result;
    result.provider = QStringLiteral("smtp");
    if (code == CURLE_OK) {
        result.result = SendClass::Accepted;
        result.statusCode = lastReply;
        return result;
    }
    // 354 or an earlier 250 is not the answer to what failed.
    const int reply = lastReply >= 400 && lastReply < 600 ? lastReply : 0;
    result.statusCode = reply;
    result.authWall = isAuthWall(code, reply, dialogue.stage);
    result.result = reply >= 500 && !result.authWall ? SendClass::Permanent : SendClass::Transient;
    result.error =
        reply == 0 ? curlErrorText(code, limits) : QStringLiteral("SMTP ") + QString::fromUtf8(dialogue.reply);
    return result;
}

} // namespace

domain::Result<SmtpServer> SmtpServer::parse(const QString &url)
{
    if (const QString problem = platform::values::smtpUrlProblem(url.trimmed()); !problem.isEmpty())
        return domain::invalidInput(QStringLiteral("invalid_smtp_url"), QStringLiteral("SMTP_URL"), problem);
    const QUrl parsed(url.trimmed(), QUrl::StrictMode);
    SmtpServer server;
    server.implicitTls = parsed.scheme() == QLatin1StringView("smtps");
    server.host = parsed.host();
    server.port = static_cast<quint16>(parsed.port(server.implicitTls ? 465 : 587));
    server.user = parsed.userName(QUrl::FullyDecoded);
    server.password = parsed.password(QUrl::FullyDecoded);
    return server;
}

SmtpProvider::SmtpProvider(Options options, const platform::Clock &clock)
    : m_options(std::move(options))
    , m_clock(clock)
{
}

SendResult SmtpProvider::send(const OutgoingMail &mail, int timeoutMs)
{
    const QString to = mail.recipient.trimmed();
    if (to.isEmpty())
        return notCalled(SendClass::Permanent, QStringLiteral("the mail has no recipient"));
    if (mail.html.isEmpty())
        return notCalled(SendClass::SkippedNoTemplate, QStringLiteral("the mail has no HTML text"));
    if (mail.subject.trimmed().isEmpty())
        return notCalled(SendClass::Permanent, QStringLiteral("the mail has no subject"));
    if (!platform::values::isAddress(to))
        return notCalled(SendClass::Permanent, QStringLiteral("the recipient is not an address"));

    const QByteArray messageId = messageIdOf(mail, m_options.from);
    Dialogue dialogue;
    dialogue.message = mimeBytes({.from = m_options.from,
                                  .fromName = m_options.fromName,
                                  .to = to,
                                  .subject = mail.subject,
                                  .html = mail.html,
                                  .text = mail.text,
                                  .messageId = messageId,
                                  .date = m_clock.now()});
    const CurlPool::Lease lease(m_pool);
    CURL *curl = lease.handle();
    if (!curl)
        return notCalled(SendClass::Transient, QStringLiteral("out of memory"));
    const TransferLimits limits{.timeoutMs = timeoutMs};
    setCommonOptions(curl, limits, m_options.extraCaFile);
    setUp(curl, m_options, dialogue);
    curl_slist *recipients = curl_slist_append(nullptr, ('<' + to.toUtf8() + '>').constData());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    const CURLcode code = curl_easy_perform(curl);
    curl_slist_free_all(recipients);

    SendResult result = judge(code, dialogue, limits);
    const SmtpServer &server = m_options.server;
    const QString plainAuth = QLatin1Char('\0') + server.user + QLatin1Char('\0') + server.password;
    result.error =
        safeErrorText(result.error, {server.password, to, QString::fromLatin1(server.password.toUtf8().toBase64()),
                                     QString::fromLatin1(plainAuth.toUtf8().toBase64())});
    if (result.result == SendClass::Accepted)
        result.messageId = QString::fromUtf8(messageId);
    else if (result.authWall)
        qCCritical(logSmtp, "auth_wall: %s", qUtf8Printable(result.error));
    else if (result.result == SendClass::Permanent)
        qCCritical(logSmtp, "refused for good: %s", qUtf8Printable(result.error));
    return result;
}

} // namespace providers
