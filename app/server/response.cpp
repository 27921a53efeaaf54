#include "app/server/response.h"

#include "app/server/error_envelope.h"

#include <QJsonDocument>

#include <atomic>

namespace server {

namespace {

/// Responder over a plain function; a dropped one still tells the sink.
class SinkState final : public Responder::State {
public:
    explicit SinkState(std::function<void(Response &&)> sink) : m_sink(std::move(sink)) {}
    ~SinkState() override
    {
        if (!m_used.exchange(true))
            m_sink(errorResponse(ErrorReply{.status = 500, .code = "internal_error"}, {}));
    }
    void deliver(Response &&response) override
    {
        if (!m_used.exchange(true))
            m_sink(std::move(response));
    }

private:
    std::function<void(Response &&)> m_sink;
    std::atomic_bool m_used = false;
};

} // namespace

Response &Response::withHeader(QByteArray name, QByteArray value) &
{
    headers.emplaceBack(std::move(name), std::move(value));
    return *this;
}

Response &&Response::withHeader(QByteArray name, QByteArray value) &&
{
    headers.emplaceBack(std::move(name), std::move(value));
    return std::move(*this);
}

QByteArray Response::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key.size() == name.size() && qstrnicmp(key.constData(), key.size(), name.data(), name.size()) == 0)
            return value;
    }
    return {};
}

Response Response::json(int status, const QJsonObject &object)
{
    return jsonBytes(status, QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Response Response::jsonBytes(int status, QByteArray bytes)
{
    Response response;
    response.status = status;
    response.contentType = QByteArrayLiteral("application/json");
    response.body = std::move(bytes);
    return response;
}

Response Response::text(int status, QByteArray bytes)
{
    Response response;
    response.status = status;
    response.contentType = QByteArrayLiteral("text/plain; charset=utf-8");
    response.body = std::move(bytes);
    return response;
}

Response Response::empty(int status)
{
    Response response;
    response.status = status;
    return response;
}

Response Response::streaming(QByteArray contentType, StreamBody body)
{
    Response response;
    response.contentType = std::move(contentType);
    response.stream = std::make_shared<const StreamBody>(std::move(body));
    return response;
}

Responder::Responder(std::function<void(Response &&)> sink) : m_state(std::make_shared<SinkState>(std::move(sink))) {}

void Responder::operator()(Response response) const
{
    if (m_state)
        m_state->deliver(std::move(response));
}

} // namespace server
