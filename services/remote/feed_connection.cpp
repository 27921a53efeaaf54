#include "services/remote/feed_connection.h"

#include "services/wire/error_status.h"
#include "services/wire/routes.h"

#include <QRandomGenerator>

namespace remote {

FeedConnection::FeedConnection(HttpWorker &worker, std::function<void(const ports::Change &)> onChange)
    : QObject(worker.jobs())
    , m_worker(worker)
    , m_onChange(std::move(onChange))
    , m_pause(worker.config().firstReconnect)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &FeedConnection::open);
}

FeedConnection::~FeedConnection()
{
    closeReply();
}

void FeedConnection::open()
{
    m_worker.withPrefix(this, [this](const domain::Result<QString> &prefix) {
        if (prefix)
            transmit(wire::adminBase(*prefix));
        else
            openLater();
    });
}

void FeedConnection::transmit(const QByteArray &base)
{
    HttpCall call;
    call.path = wire::adminPath(wire::AdminRoute::Events);
    call.accept = QByteArrayLiteral("text/event-stream");
    call.transfer = Transfer::LiveFeed;
    m_reader = {};
    m_connected = false;
    m_reply = m_worker.transmit(call, base);
    connect(m_reply, &QNetworkReply::readyRead, this, &FeedConnection::readSome);
    connect(m_reply, &QNetworkReply::finished, this, &FeedConnection::replyFinished);
}

void FeedConnection::readSome()
{
    if (m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200)
        return; // an error body; replyFinished() looks at it
    if (!m_connected)
        connected();
    const QList<ports::Change> changes = m_reader.feed(m_reply->readAll());
    for (const ports::Change &change : changes)
        m_onChange(change);
    if (m_reader.overflowed()) {
        closeReply();
        openLater();
    }
}

void FeedConnection::connected()
{
    m_connected = true;
    m_pause = m_worker.config().firstReconnect;
    for (const char *kind : {"team", "note", "audit", "view"})
        m_onChange({QString::fromLatin1(kind), {}}); // whatever happened before this moment was not seen
}

void FeedConnection::replyFinished()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 404 && wire::decodeError(status, m_reply->readAll()).key == QLatin1StringView("not_found"))
        m_worker.forgetPrefix();
    closeReply();
    openLater();
}

void FeedConnection::closeReply()
{
    if (!m_reply)
        return;
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

void FeedConnection::openLater()
{
    // Spread by a fifth, so that the consoles of a restarted host do not all come at once.
    const auto spread = static_cast<qint64>(static_cast<double>(m_pause.count()) * 0.2);
    m_again.start(m_pause + std::chrono::milliseconds(QRandomGenerator::global()->bounded(spread + 1)));
    m_pause = std::min(m_pause * 2, m_worker.config().lastReconnect);
}

} // namespace remote
