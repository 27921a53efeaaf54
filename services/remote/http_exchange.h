#pragma once
#include "services/remote/http_call.h"
#include "services/remote/http_worker.h"

#include <QTimer>

namespace remote {

/// One call from its first byte to its answer, in the worker's thread: finds the admin prefix, sends, bounds the
/// answer, keeps the deadline, repeats a GET once whose kept-alive connection broke before the answer. Deletes itself.
class HttpExchange : public QObject {
public:
    HttpExchange(HttpWorker &worker, HttpCall call, HttpDone done);
    ~HttpExchange() override; ///< answers Cancelled if nothing else was

    void start();
    void cancel(); ///< answers Cancelled

private:
    void locate();
    void transmit(const QByteArray &base);
    void readPiece();
    void replyFinished();
    bool tryAgain(const domain::Error &error, int status, bool broken);
    void finish(domain::Result<HttpAnswer> answer);
    void dropReply();

    HttpWorker &m_worker;
    HttpCall m_call;
    HttpDone m_done;
    QTimer m_deadline;
    QNetworkReply *m_reply = nullptr;
    QByteArray m_body;
    QStringList m_tlsProblems;
    QString m_usedPrefix;
    bool m_repeated = false, m_relocated = false;
};

} // namespace remote
