#include "tests/support/test_host.h"

#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <stdexcept>

namespace test {

namespace {

template <typename T>
T orThrow(domain::Result<T> result, const char *what)
{
    if (!result)
        throw std::runtime_error((QString::fromLatin1(what) + QLatin1Char(' ') + result.error().key + QLatin1Char(' ') +
                                  result.error().detail)
                                     .toStdString());
    return std::move(result).value();
}

} // namespace

HostOptions TestHost::options()
{
    HostOptions options;
    options.admin.prefix = QString::fromLatin1(hostPrefix);
    options.admin.emails = {QStringLiteral("operator@example.com"), QStringLiteral("auditor@example.com")};
    options.listener.port = 0;
    return options;
}

TestHost::TestHost(Core core, HostOptions options)
    : m_core(core)
    , m_options(std::move(options))
    , m_auditor(std::make_shared<server::AccessAuditor>(core.access))
{
    restart();
}

TestHost::~TestHost()
{
    stop();
}

void TestHost::restart()
{
    stop();
    server::Router router;
    orThrow(server::registerRoutes(router, {m_core.backend, m_core.access, m_core.plans, m_core.clock, m_options.admin,
                                            m_options.session, m_auditor}),
            "routes:");
    server::ServerConfig listener = m_options.listener;
    listener.port = m_port;
    m_server = std::make_unique<server::Server>(std::move(router), listener);
    m_port = orThrow(m_server->start(), "listen:");
}

void TestHost::stop()
{
    if (!m_server)
        return;
    m_server->stopAccepting();
    m_server->close();
    m_auditor->drain(std::chrono::seconds(30));
    m_server.reset();
}

QUrl TestHost::url() const
{
    const bool tls = !m_options.listener.certificateFile.isEmpty();
    return QUrl(
        QStringLiteral("%1://127.0.0.1:%2").arg(tls ? QStringLiteral("https") : QStringLiteral("http")).arg(m_port));
}

QByteArray TestHost::adminUrl(const QByteArray &path) const
{
    return url().toEncoded() + "/api/v1/" + m_options.admin.prefix.toLatin1() + path;
}

QString TestHost::token(domain::Scope scope, const QString &email)
{
    ports::CallContext context;
    context.principal.email = QStringLiteral("host@example.com");
    context.principal.permissions = domain::Permission::ManageTokens;
    context.origin = QStringLiteral("cli");
    ports::MintToken request;
    request.name = QStringLiteral("test");
    request.email = email;
    request.scope = scope;
    return orThrow(await(m_core.access.mint(context, request)), "mint:").secret;
}

std::unique_ptr<remote::RemoteBackend> TestHost::client(const QString &token) const
{
    remote::RemoteConfig config;
    config.url = url();
    config.token = token;
    config.firstReconnect = std::chrono::milliseconds(20);
    config.lastReconnect = std::chrono::milliseconds(200);
    return orThrow(remote::RemoteBackend::create(std::move(config)), "client:");
}

QByteArray WebAnswer::header(const char *name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QJsonObject WebAnswer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

WebAnswer webSend(const QByteArray &method, const QByteArray &url, const QString &token, const QByteArray &body,
                  const QList<std::pair<QByteArray, QByteArray>> &headers)
{
    QNetworkAccessManager manager;
    QNetworkRequest request(QUrl::fromEncoded(url));
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token.toLatin1());
    if (!body.isEmpty())
        request.setRawHeader("Content-Type", "application/json");
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    // A custom verb HEAD would wait for a body.
    const std::unique_ptr<QNetworkReply> reply(method == "HEAD" ? manager.head(request)
                                                                : manager.sendCustomRequest(request, method, body));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    if (!reply->isFinished())
        finished.wait(30'000);
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
            reply->rawHeaderPairs()};
}

} // namespace test
