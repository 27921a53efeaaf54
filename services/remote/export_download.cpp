#include "services/remote/export_download.h"

#include "services/remote/network_errors.h"
#include "services/wire/error_status.h"
#include "services/wire/routes.h"

#include <QSslError>

namespace remote {

namespace {
constexpr qint64 readBytes = 64 * 1024;
constexpr qint64 socketBytes = 256 * 1024;
} // namespace

ExportDownload::ExportDownload(HttpWorker &worker, HttpCall call, std::shared_ptr<ExportChannel> channel)
    : QObject(worker.jobs())
    , m_worker(worker)
    , m_call(std::move(call))
    , m_channel(std::move(channel))
{
    m_channel->onResume = [this] { readSome(); };
    m_idle.setInterval(worker.config().idleTimeout);
    for (QTimer *timer : {&m_idle, &m_deadline}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, [this] { stop(timeoutError()); });
    }
}

ExportDownload::~ExportDownload()
{
    finish(cancelledError());
}

void ExportDownload::start()
{
    if (m_call.deadline.isValid()) {
        const qint64 left = QDateTime::currentDateTimeUtc().msecsTo(m_call.deadline);
        if (left <= 0)
            return stop(timeoutError());
        m_deadline.start(std::chrono::milliseconds(left));
    }
    m_worker.withPrefix(this, [this](const domain::Result<QString> &prefix) {
        if (m_ended)
            return;
        if (!prefix)
            return stop(prefix.error());
        transmit(wire::adminBase(*prefix));
    });
}

void ExportDownload::stop(domain::Error why)
{
    finish(std::move(why));
}

void ExportDownload::transmit(const QByteArray &base)
{
    m_reply = m_worker.transmit(m_call, base);
    m_reply->setReadBufferSize(socketBytes);
    connect(m_reply, &QNetworkReply::readyRead, this, &ExportDownload::readSome);
    connect(m_reply, &QNetworkReply::finished, this, [this] {
        m_arrived = true;
        readSome();
    });
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            m_tlsProblems << error.errorString();
    });
    m_idle.start();
}

bool ExportDownload::succeeded() const
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    return status >= 200 && status < 300;
}

void ExportDownload::readSome()
{
    if (!m_reply || m_ended)
        return;
    if (m_channel->closed()) // the receiver wants no more
        return finish(cancelledError());
    while (m_reply->bytesAvailable() > 0) {
        if (m_channel->full()) {
            m_idle.stop(); // the receiver is slow, not the host
            return;
        }
        const QByteArray piece = m_reply->read(readBytes);
        if (succeeded())
            m_channel->push(piece);
        else if (m_errorBody.size() < readBytes)
            m_errorBody += piece;
    }
    m_idle.start();
    if (m_arrived)
        conclude();
}

void ExportDownload::conclude()
{
    m_idle.stop();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (succeeded() && m_reply->error() == QNetworkReply::NoError)
        return finish(domain::Done{});
    if (status == 0 || succeeded())
        return finish(networkError(*m_reply, m_tlsProblems));
    finish(status < 400 ? unreadable(QStringLiteral("the host answered with status %1").arg(status))
                        : wire::decodeError(status, m_errorBody));
}

void ExportDownload::finish(domain::Result<domain::Done> end)
{
    if (std::exchange(m_ended, true))
        return;
    m_idle.stop();
    m_deadline.stop();
    m_channel->onResume = nullptr;
    m_channel->close(std::move(end));
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply = nullptr;
    }
    deleteLater();
}

} // namespace remote
