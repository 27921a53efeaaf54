#pragma once
#include "app/server/routes.h"
#include "app/server/server.h"
#include "models/domain/result.h"
#include "services/remote/remote_backend.h"

#include <QFutureWatcher>
#include <QJsonObject>
#include <QList>
#include <QSignalSpy>
#include <QUrl>

#include <memory>
#include <utility>

/// The real HTTP front end on 127.0.0.1 over any core, for tests of the remote client and of the admin surface.
namespace test {

/// The admin prefix of every TestHost.
inline constexpr const char *hostPrefix = "Tg7x2KqLm9Vr4Bn8Wc3Zp6Yd1Hf5Js0A";

struct HostOptions {
    server::AdminConfig admin; ///< prefix and `operator@example.com` are filled in by TestHost::options()
    server::SessionConfig session;
    server::ServerConfig listener; ///< port 0: any free one
};

class TestHost {
public:
    /// What the host stands on; the references outlive it.
    struct Core {
        ports::Backend &backend;
        ports::AccessService &access;
        const domain::PlanRegistry &plans;
        const platform::Clock &clock;
    };
    static HostOptions options();

    /// Throws std::runtime_error when it cannot listen.
    explicit TestHost(Core core, HostOptions options = TestHost::options());
    ~TestHost();

    QUrl url() const;
    QByteArray adminUrl(const QByteArray &path) const; ///< absolute, with the prefix
    /// A fresh token of `email`, minted by the core.
    QString token(domain::Scope scope = domain::Scope::Admin,
                  const QString &email = QStringLiteral("operator@example.com"));
    /// The client of this host; every call on it is a request to the host.
    std::unique_ptr<remote::RemoteBackend> client(const QString &token) const;
    server::AccessAuditor &auditor() { return *m_auditor; }
    server::Server &server() { return *m_server; }

    void stop();    ///< connections end, the port is free
    void restart(); ///< the same port; optionally changed options()
    HostOptions &currentOptions() { return m_options; }

private:
    Core m_core;
    HostOptions m_options;
    std::shared_ptr<server::AccessAuditor> m_auditor;
    std::unique_ptr<server::Server> m_server;
    quint16 m_port = 0;
};

struct WebAnswer {
    int status = 0; ///< 0: no answer
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray header(const char *name) const; ///< first, without case
    QJsonObject json() const;
};
/// One request from the test's thread, which has an event loop; waits for the answer.
WebAnswer webSend(const QByteArray &method, const QByteArray &url, const QString &token = {},
                  const QByteArray &body = {}, const QList<std::pair<QByteArray, QByteArray>> &headers = {});

/// Waits, with a running event loop, until the future has finished; its value, or an Internal error when it has none.
template <typename T>
domain::Result<T> await(QFuture<domain::Result<T>> future)
{
    QFutureWatcher<domain::Result<T>> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(future);
    if (!future.isFinished())
        finished.wait(30'000);
    if (future.isFinished() && future.resultCount() > 0)
        return future.resultAt(0);
    return domain::makeError(domain::ErrorCode::Internal, QStringLiteral("no_answer"));
}

} // namespace test
