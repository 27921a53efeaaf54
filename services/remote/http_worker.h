#pragma once
#include "services/remote/http_call.h"
#include "services/remote/remote_config.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QSslConfiguration>

namespace remote {

class HttpExchange;

/// Lives in the network thread of HttpClient and is used only there: the connections, the headers that every request
/// carries, and the admin prefix, which `/auth/me` tells once.
class HttpWorker : public QObject {
public:
    HttpWorker(RemoteConfig config, QSslConfiguration tls);
    ~HttpWorker() override; ///< ends what is running with Cancelled
    /// Parent of whatever is in progress: it goes before the connections.
    QObject *jobs() { return &m_jobs; }

    /// Starts a call; `done` runs once, in this thread, unless the exchange is deleted. The exchange deletes itself.
    HttpExchange *send(HttpCall call, HttpDone done);

    using PrefixDone = std::function<void(domain::Result<QString>)>;
    /// Asks the host at most once at a time; the answer is kept. Nothing runs if `context` died first.
    void withPrefix(QObject *context, PrefixDone done);
    /// After a host was restarted with another prefix.
    void forgetPrefix() { m_prefix.clear(); }
    const QString &prefix() const { return m_prefix; }

    /// Sends. `base` is the admin mount point or empty. Downloads and live feeds use connections of their own, so that
    /// they never hold up a call.
    QNetworkReply *transmit(const HttpCall &call, const QByteArray &base);
    const RemoteConfig &config() const { return m_config; }

private:
    struct Waiter {
        QPointer<QObject> context;
        PrefixDone done;
    };
    void prefixAnswered(const domain::Result<HttpAnswer> &answer);

    RemoteConfig m_config;
    QSslConfiguration m_tls;
    QNetworkAccessManager m_calls, m_streams;
    QString m_prefix;
    QList<Waiter> m_waiters;
    QObject m_jobs{this};
};

} // namespace remote
