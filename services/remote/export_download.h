#pragma once
#include "services/remote/export_channel.h"
#include "services/remote/http_call.h"
#include "services/remote/http_worker.h"

#include <QTimer>

#include <memory>

namespace remote {

/// The network side of one export: reads while the channel has room. Lives in the worker's thread, deletes itself.
class ExportDownload : public QObject {
public:
    ExportDownload(HttpWorker &worker, HttpCall call, std::shared_ptr<ExportChannel> channel);
    ~ExportDownload() override;

    void start();
    void stop(domain::Error why);

private:
    void transmit(const QByteArray &base);
    void readSome();
    void conclude();
    void finish(domain::Result<domain::Done> end);
    bool succeeded() const;

    HttpWorker &m_worker;
    HttpCall m_call;
    std::shared_ptr<ExportChannel> m_channel;
    QNetworkReply *m_reply = nullptr;
    QByteArray m_errorBody;
    QStringList m_tlsProblems;
    QTimer m_idle, m_deadline;
    bool m_arrived = false, m_ended = false;
};

} // namespace remote
