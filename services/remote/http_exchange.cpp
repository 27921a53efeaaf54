#include "services/remote/http_exchange.h"

#include "services/remote/network_errors.h"
#include "services/wire/error_status.h"
#include "services/wire/routes.h"

#include <QSslError>

namespace remote {

HttpExchange::HttpExchange(HttpWorker &worker, HttpCall call, HttpDone done)
    : QObject(worker.jobs())
    , m_worker(worker)
    , m_call(std::move(call))
    , m_done(std::move(done))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { finish(timeoutError()); });
}

HttpExchange::~HttpExchange()
{
    finish(cancelledError());
}

void HttpExchange::start()
{
    qint64 left = m_worker.config().defaultDeadline.count();
    if (m_call.deadline.isValid())
        left = QDateTime::currentDateTimeUtc().msecsTo(m_call.deadline);
    if (left <= 0)
        return finish(timeoutError());
    m_deadline.start(std::chrono::milliseconds(left));
    locate();
}

void HttpExchange::cancel()
{
    finish(cancelledError());
}

void HttpExchange::locate()
{
    if (!m_call.admin)
        return transmit({});
    m_worker.withPrefix(this, [this](const domain::Result<QString> &prefix) {
        if (!m_done)
            return;
        if (!prefix)
            return finish(prefix.error());
        m_usedPrefix = *prefix;
        transmit(wire::adminBase(*prefix));
    });
}

void HttpExchange::transmit(const QByteArray &base)
{
    m_body.clear();
    m_reply = m_worker.transmit(m_call, base);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::readPiece);
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::replyFinished);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            m_tlsProblems << error.errorString();
    });
}

void HttpExchange::readPiece()
{
    m_body += m_reply->readAll();
    if (m_body.size() > m_call.maxBytes)
        finish(domain::unavailable(QStringLiteral("response_too_large"),
                                   QStringLiteral("the answer is larger than %1 bytes").arg(m_call.maxBytes)));
}

void HttpExchange::replyFinished()
{
    readPiece();
    if (!m_done)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool broken = status == 0 || m_reply->error() == QNetworkReply::RemoteHostClosedError ||
                        m_reply->error() == QNetworkReply::OperationCanceledError;
    if (!broken && status >= 200 && status < 300 && m_reply->error() == QNetworkReply::NoError)
        return finish(HttpAnswer{status, m_body});

    domain::Error error = broken ? networkError(*m_reply, m_tlsProblems) : wire::decodeError(status, m_body);
    if (!broken && status < 400)
        error = unreadable(QStringLiteral("the host answered with status %1").arg(status));
    if (!tryAgain(error, status, broken))
        finish(std::move(error));
}

bool HttpExchange::tryAgain(const domain::Error &error, int status, bool broken)
{
    const bool closedEarly = broken && status == 0 && m_reply->error() == QNetworkReply::RemoteHostClosedError;
    const bool repeat = closedEarly && m_call.method == "GET" && !m_repeated;
    // An unknown path was not executed, so any method may follow the mount point to its new place.
    const bool relocate = !broken && m_call.admin && !m_relocated && error.key == QLatin1StringView("not_found");
    if (!repeat && !relocate)
        return false;
    dropReply();
    m_repeated = m_repeated || repeat;
    m_relocated = m_relocated || relocate;
    if (relocate && m_worker.prefix() == m_usedPrefix)
        m_worker.forgetPrefix();
    locate();
    return true;
}

void HttpExchange::finish(domain::Result<HttpAnswer> answer)
{
    if (!m_done)
        return;
    const HttpDone done = std::exchange(m_done, nullptr);
    m_deadline.stop();
    dropReply();
    done(std::move(answer));
    deleteLater();
}

void HttpExchange::dropReply()
{
    if (!m_reply)
        return;
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

} // namespace remote
