#pragma once
#include "services/ports/change_feed.h"
#include "services/remote/http_worker.h"
#include "services/wire/event_stream.h"

#include <QTimer>

namespace remote {

/// Keeps one stream of server-sent events open, in the worker's thread. Deleting it closes the stream.
class FeedConnection : public QObject {
public:
    FeedConnection(HttpWorker &worker, std::function<void(const ports::Change &)> onChange);
    ~FeedConnection() override;

    void open();

private:
    void transmit(const QByteArray &base);
    void readSome();
    void replyFinished();
    void connected();
    void closeReply();
    void openLater();

    HttpWorker &m_worker;
    std::function<void(const ports::Change &)> m_onChange;
    QNetworkReply *m_reply = nullptr;
    wire::EventStreamReader m_reader;
    QTimer m_again;
    std::chrono::milliseconds m_pause;
    bool m_connected = false;
};

} // namespace remote
