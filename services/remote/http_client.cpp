#include "services/remote/http_client.h"

#include "services/remote/network_errors.h"

namespace remote {

HttpClient::HttpClient(RemoteConfig config, QSslConfiguration tls)
    : m_worker(new HttpWorker(std::move(config), std::move(tls)))
{
    m_thread.setObjectName(QStringLiteral("remote"));
    m_worker->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

HttpClient::~HttpClient()
{
    m_thread.quit();
    m_thread.wait();
}

void HttpClient::run(std::function<void(HttpWorker &)> job)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, job = std::move(job)] { job(*worker); }, Qt::QueuedConnection);
}

domain::Error HttpClient::unreadableField(const domain::Error &error)
{
    QStringList where;
    for (auto field = error.fields.begin(); field != error.fields.end(); ++field)
        where << field.key() + QLatin1Char(' ') + field.value();
    return unreadable(QStringLiteral("the host's answer cannot be read: %1").arg(where.join(QStringLiteral(", "))));
}

HttpCall callFor(const ports::CallContext &context, const char *method, QByteArray path)
{
    HttpCall call;
    call.method = method;
    call.path = std::move(path);
    call.requestId = context.requestId;
    call.deadline = context.deadline;
    return call;
}

} // namespace remote
