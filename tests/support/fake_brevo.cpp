#include "tests/support/fake_brevo.h"

#include "tests/support/fake_brevo_log.h"

#include <QMutex>
#include <QUrl>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <stdexcept>
#include <thread>

namespace test {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Break = FakeBrevo::Reply::Break;

QByteArray toBytes(beast::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

/// Answers are written by hand: no library would write a status of 700, or half a head.
QByteArray answerBytes(const FakeBrevo::Reply &reply, bool keepAlive)
{
    const QByteArray body = reply.body.value_or(QByteArray());
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(reply.status) + " Scripted\r\n";
    for (const auto &[name, value] : reply.headers)
        bytes += name + ": " + value + "\r\n";
    if (!body.isEmpty())
        bytes += "Content-Type: " + reply.contentType + "\r\n";
    bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    bytes += keepAlive ? "\r\n" : "Connection: close\r\n\r\n";
    switch (reply.breaks) {
    case Break::None:
        return bytes + body;
    case Break::ResetInHead:
        return bytes.first(bytes.size() / 2);
    case Break::ResetInBody:
        return bytes + body.first(body.size() / 2);
    case Break::NoAnswer:
    case Break::ResetBeforeAnswer:
        break;
    }
    return {};
}

} // namespace

struct FakeBrevo::Private {
    asio::io_context context{1};
    tcp::acceptor acceptor{context};
    std::thread thread;
    quint16 port = 0;
    QString key;

    mutable QMutex mutex; ///< everything below
    Reply reply;
    QList<Reply> scripted;
    std::optional<Reply> eventsReply;
    Fate fate;
    FakeBrevoLog log;
    Request last;
    int requests = 0, connections = 0;

    class Session;
    void listen();
    void accept();
    Reply answer(const Request &request);
    Reply answerSend(const Request &request);
};

class FakeBrevo::Private::Session : public std::enable_shared_from_this<Session> {
public:
    Session(Private &owner, tcp::socket socket) : m_owner(owner), m_socket(std::move(socket)), m_timer(owner.context) {}
    void read()
    {
        m_parser.emplace();
        m_parser->body_limit(16 * 1024 * 1024);
        http::async_read(m_socket, m_buffer, *m_parser, [self = shared_from_this()](error_code error, std::size_t) {
            if (!error)
                self->answer();
        });
    }

private:
    void answer()
    {
        const auto &message = m_parser->get();
        Request request{toBytes(message.method_string()), toBytes(message.target()), toBytes(message.body()), {}};
        for (const auto &field : message)
            request.headers.append({toBytes(field.name_string()).toLower(), toBytes(field.value())});
        m_reply = m_owner.answer(request);
        if (m_reply.latencyMs <= 0) {
            write(message.keep_alive());
            return;
        }
        m_timer.expires_after(std::chrono::milliseconds(m_reply.latencyMs));
        m_timer.async_wait([self = shared_from_this(), keepAlive = message.keep_alive()](error_code error) {
            if (!error)
                self->write(keepAlive);
        });
    }
    void write(bool keepAlive)
    {
        if (m_reply.breaks == Break::NoAnswer) {
            // Holds the connection until the client leaves.
            m_socket.async_read_some(asio::buffer(&m_rest, 1), [self = shared_from_this()](error_code, std::size_t) {});
            return;
        }
        m_bytes = answerBytes(m_reply, keepAlive);
        asio::async_write(m_socket, asio::buffer(m_bytes.constData(), static_cast<std::size_t>(m_bytes.size())),
                          [self = shared_from_this(), keepAlive](error_code error, std::size_t) {
                              if (self->m_reply.breaks != Break::None)
                                  self->reset();
                              else if (!error && keepAlive)
                                  self->read();
                          });
    }
    void reset()
    {
        error_code ignored;
        m_socket.set_option(asio::socket_base::linger(true, 0), ignored);
        m_socket.close(ignored);
    }

    Private &m_owner;
    tcp::socket m_socket;
    asio::steady_timer m_timer;
    beast::flat_buffer m_buffer;
    std::optional<http::request_parser<http::string_body>> m_parser;
    Reply m_reply;
    QByteArray m_bytes;
    char m_rest = 0;
};

void FakeBrevo::Private::listen()
{
    error_code error;
    const tcp::endpoint here(asio::ip::address_v4::loopback(), 0);
    acceptor.open(here.protocol(), error);
    if (!error)
        acceptor.bind(here, error);
    if (!error)
        acceptor.listen(1024, error);
    if (error)
        throw std::runtime_error("the fake Brevo cannot listen: " + error.message());
    port = acceptor.local_endpoint().port();
    accept();
    thread = std::thread([this] { context.run(); });
}

void FakeBrevo::Private::accept()
{
    acceptor.async_accept([this](error_code error, tcp::socket socket) {
        if (error)
            return;
        error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        {
            const QMutexLocker lock(&mutex);
            ++connections;
        }
        std::make_shared<Session>(*this, std::move(socket))->read();
        accept();
    });
}

FakeBrevo::Reply FakeBrevo::Private::answer(const Request &request)
{
    const QMutexLocker lock(&mutex);
    ++requests;
    last = request;
    Reply found;
    if (request.header("api-key") != key.toUtf8()) {
        found.status = 401;
        found.body = R"({"code":"unauthorized","message":"Key not found"})";
        return found;
    }
    const qsizetype mark = request.target.indexOf('?');
    const QByteArray path = mark < 0 ? request.target : request.target.first(mark);
    if (path == "/v3/smtp/email" && request.method == "POST")
        return answerSend(request);
    if (path == "/v3/smtp/statistics/events" && request.method == "GET") {
        if (eventsReply)
            return *eventsReply;
        const QByteArray query = mark < 0 ? QByteArray() : request.target.sliced(mark + 1);
        std::tie(found.status, found.body) = log.page(QUrlQuery(QString::fromLatin1(query)));
        return found;
    }
    found.status = 404;
    found.body = R"({"code":"document_not_found","message":"no such route"})";
    return found;
}

FakeBrevo::Reply FakeBrevo::Private::answerSend(const Request &request)
{
    Reply found = scripted.isEmpty() ? reply : scripted.takeFirst();
    if (found.status < 200 || found.status >= 300) {
        if (!found.body)
            found.body = R"({"code":"scripted","message":"scripted refusal"})";
        return found;
    }
    QByteArray problem;
    const auto mail = log.accept(request.body, request.header("x-mailin-custom"), fate, problem);
    if (!mail) {
        found.status = 400;
        found.body = problem;
    } else if (!found.body) {
        found.body = "{\"messageId\":\"" + mail->messageId.toUtf8() + "\"}";
    }
    return found;
}

QByteArray FakeBrevo::Request::header(QByteArrayView lowerCaseName) const
{
    for (const auto &[name, value] : headers) {
        if (name == lowerCaseName)
            return value;
    }
    return {};
}

FakeBrevo::FakeBrevo() : m_d(std::make_unique<Private>())
{
    m_d->key = apiKey();
    m_d->fate = [](const Mail &) {
        return QList<Happening>{{QStringLiteral("request"), 0, {}}, {QStringLiteral("delivered"), 1000, {}}};
    };
    m_d->listen();
}

FakeBrevo::~FakeBrevo()
{
    m_d->context.stop();
    m_d->thread.join();
}

QString FakeBrevo::url() const
{
    return QStringLiteral("http://127.0.0.1:%1").arg(m_d->port);
}

void FakeBrevo::setReply(const Reply &reply)
{
    const QMutexLocker lock(&m_d->mutex);
    m_d->reply = reply;
}

void FakeBrevo::script(const QList<Reply> &replies)
{
    const QMutexLocker lock(&m_d->mutex);
    m_d->scripted.append(replies);
}

void FakeBrevo::setEventsReply(std::optional<Reply> reply)
{
    const QMutexLocker lock(&m_d->mutex);
    m_d->eventsReply = std::move(reply);
}

void FakeBrevo::setFate(Fate fate)
{
    const QMutexLocker lock(&m_d->mutex);
    m_d->fate = std::move(fate);
}

void FakeBrevo::happen(const QString &messageId, const QString &recipient, const Happening &what, const QDateTime &at)
{
    const QMutexLocker lock(&m_d->mutex);
    m_d->log.happen(messageId, recipient, {}, {}, {}, what, at);
}

int FakeBrevo::requests() const
{
    const QMutexLocker lock(&m_d->mutex);
    return m_d->requests;
}

int FakeBrevo::connections() const
{
    const QMutexLocker lock(&m_d->mutex);
    return m_d->connections;
}

int FakeBrevo::accepted() const
{
    const QMutexLocker lock(&m_d->mutex);
    return static_cast<int>(m_d->log.mails().size());
}

QList<FakeBrevo::Mail> FakeBrevo::mails() const
{
    const QMutexLocker lock(&m_d->mutex);
    return m_d->log.mails();
}

QHash<QString, int> FakeBrevo::acceptedByKey() const
{
    QHash<QString, int> counts;
    for (const Mail &mail : mails())
        ++counts[mail.key];
    return counts;
}

QHash<QString, int> FakeBrevo::acceptedByRecipient() const
{
    QHash<QString, int> counts;
    for (const Mail &mail : mails())
        ++counts[mail.recipient];
    return counts;
}

FakeBrevo::Request FakeBrevo::lastRequest() const
{
    const QMutexLocker lock(&m_d->mutex);
    return m_d->last;
}

QList<QByteArray> FakeBrevo::webhookBodies(int batch) const
{
    const QMutexLocker lock(&m_d->mutex);
    return m_d->log.webhookBodies(batch);
}

QList<int> FakeBrevo::post(const QString &url, const QList<QByteArray> &bodies, int connections)
{
    const QUrl target(url);
    const std::string path = target.path(QUrl::FullyEncoded).toStdString();
    const std::string host = target.host().toStdString();
    const std::string port = std::to_string(target.port(80));
    QList<int> statuses(bodies.size(), 0);
    std::atomic<qsizetype> next{0};
    int *const results = statuses.data();
    const auto work = [&] {
        asio::io_context context;
        std::optional<beast::tcp_stream> stream;
        beast::flat_buffer buffer;
        for (qsizetype i = next++; i < bodies.size(); i = next++) {
            error_code error;
            if (!stream) {
                stream.emplace(context);
                buffer.clear();
                stream->connect(tcp::resolver(context).resolve(host, port, error), error);
            }
            http::request<http::string_body> request(http::verb::post, path, 11, bodies.at(i).toStdString());
            request.set(http::field::host, host);
            request.set(http::field::content_type, "application/json");
            request.prepare_payload();
            http::response<http::string_body> answer;
            if (!error)
                http::write(*stream, request, error);
            if (!error)
                http::read(*stream, buffer, answer, error);
            results[i] = error ? 0 : static_cast<int>(answer.result_int());
            if (error || !answer.keep_alive())
                stream.reset();
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < std::max(1, connections); ++i)
        threads.emplace_back(work);
    for (std::thread &thread : threads)
        thread.join();
    return statuses;
}

} // namespace test
