#include "services/remote/http_worker.h"

#include "services/remote/http_exchange.h"
#include "services/remote/network_errors.h"
#include "services/wire/routes.h"

#include <QNetworkRequest>
#include <QUuid>

namespace remote {

namespace {

std::chrono::milliseconds idleTimeout(Transfer transfer, const RemoteConfig &config)
{
    switch (transfer) {
    case Transfer::Call:
        return config.idleTimeout;
    case Transfer::Download:
        return std::chrono::milliseconds(0); // a slow receiver is no fault; ExportDownload watches the host itself
    case Transfer::LiveFeed:
        return 3 * std::chrono::milliseconds(15'000); // three heartbeats of the host
    }
    return config.idleTimeout;
}

} // namespace

HttpWorker::HttpWorker(RemoteConfig config, QSslConfiguration tls) : m_config(std::move(config)), m_tls(std::move(tls))
{
    for (QNetworkAccessManager *manager : {&m_calls, &m_streams}) {
        manager->setParent(this);
        manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy); // the token is for this host alone
    }
}

HttpWorker::~HttpWorker() = default;

HttpExchange *HttpWorker::send(HttpCall call, HttpDone done)
{
    auto *exchange = new HttpExchange(*this, std::move(call), std::move(done));
    exchange->start();
    return exchange;
}

void HttpWorker::withPrefix(QObject *context, PrefixDone done)
{
    if (!m_prefix.isEmpty())
        return done(m_prefix);
    m_waiters.append({context, std::move(done)});
    if (m_waiters.size() > 1)
        return;
    HttpCall call;
    call.path = wire::authMePath;
    call.admin = false;
    send(std::move(call), [this](const domain::Result<HttpAnswer> &answer) { prefixAnswered(answer); });
}

void HttpWorker::prefixAnswered(const domain::Result<HttpAnswer> &answer)
{
    domain::Result<QString> prefix = answer.andThen([](const HttpAnswer &me) -> domain::Result<QString> {
        const wire::JsonReader reader = wire::JsonReader::fromBody(me.body);
        const QString name = reader.optionalText(QLatin1StringView("admin_path_prefix"));
        if (reader.failed() || !wire::adminPrefixProblem(name).isEmpty())
            return unreadable(QStringLiteral("the host's answer to /auth/me is not readable"));
        if (name.isEmpty())
            return domain::makeError(domain::ErrorCode::Forbidden, QStringLiteral("forbidden"),
                                     QStringLiteral("the host does not list this operator, or has no admin surface"));
        return name;
    });
    if (prefix)
        m_prefix = *prefix;
    const QList<Waiter> waiters = std::exchange(m_waiters, {});
    for (const Waiter &waiter : waiters) {
        if (waiter.context)
            waiter.done(prefix);
    }
}

QNetworkReply *HttpWorker::transmit(const HttpCall &call, const QByteArray &base)
{
    QByteArray address = m_config.url.toEncoded(QUrl::StripTrailingSlash | QUrl::FullyEncoded) + base + call.path;
    if (!call.query.isEmpty())
        address += '?' + wire::encodedQuery(call.query);
    QNetworkRequest request(QUrl::fromEncoded(address));
    request.setSslConfiguration(m_tls);
    request.setRawHeader("Authorization", "Bearer " + m_config.token.toLatin1());
    request.setRawHeader("Accept", call.accept);
    request.setRawHeader("User-Agent", "instanode-console");
    if (!call.requestId.isEmpty())
        request.setRawHeader("X-Request-ID", call.requestId.toLatin1());
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setTransferTimeout(static_cast<int>(idleTimeout(call.transfer, m_config).count()));
    if (!call.body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    QNetworkAccessManager &manager = call.transfer == Transfer::Call ? m_calls : m_streams;
    if (call.method == "GET")
        return manager.get(request);
    // Qt sends a request again by itself when the connection breaks before the answer, a POST too; by this key the host
    // knows a repetition and answers it without carrying it out twice.
    request.setRawHeader("Idempotency-Key", QUuid::createUuid().toByteArray(QUuid::WithoutBraces));
    return manager.sendCustomRequest(request, call.method, call.body);
}

} // namespace remote
