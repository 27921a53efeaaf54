#pragma once
#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>
#include <QList>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace server {

/// The open end of a streaming answer. Thread-safe; may outlive the connection (then it is gone).
class StreamWriter {
public:
    virtual ~StreamWriter() = default;
    /// Waits while more than 256 KiB are unsent (back-pressure). False: the client is gone, stop producing.
    /// For worker threads only; on an I/O thread it never waits and behaves as offer().
    virtual bool write(QByteArray chunk) = 0;
    /// Never waits. False: gone, or the client reads too slowly and the chunk was not taken.
    virtual bool offer(QByteArray chunk) = 0;
    /// Ends the answer properly. Later writes return false.
    virtual void close() = 0;
    /// Ends it visibly broken (no last chunk), so that the client cannot take a part for the whole.
    virtual void abort() = 0;
    virtual bool gone() const = 0;
    /// Runs once, on an I/O thread, when the client leaves or the server closes the stream; at once if that has
    /// already happened. Does not run after close() or abort(). Must not block.
    virtual void onGone(std::function<void()> notice) = 0;
};

enum class StreamKind {
    Download, ///< ends by itself: a shutdown waits for it
    LiveFeed, ///< endless (server-sent events): a shutdown closes it
};

struct StreamBody {
    StreamKind kind = StreamKind::Download;
    /// Sent when nothing was written for `heartbeatEvery`; empty = none. Server-sent events: ": keep-alive\n\n".
    QByteArray heartbeat{};
    std::chrono::milliseconds heartbeatEvery{15000};
    /// Runs once on an I/O thread after the head was sent; must not block: it starts the producer elsewhere.
    /// Not called for HEAD. Destroying every copy of the writer without close() aborts.
    std::function<void(std::shared_ptr<StreamWriter>)> start{};
};

struct Response {
    int status = 200;
    QByteArray contentType{}; ///< empty = no Content-Type header
    /// Further headers. The front end adds Date, Content-Length, Connection, X-Request-ID, security headers and CORS.
    /// A name or value with a control character is dropped.
    QList<std::pair<QByteArray, QByteArray>> headers{};
    QByteArray body{};
    std::shared_ptr<const StreamBody> stream{}; ///< set: `body` is ignored
    QByteArray deniedBy{};                      ///< why a gate refused, for the access audit; never sent

    Response &withHeader(QByteArray name, QByteArray value) &;
    Response &&withHeader(QByteArray name, QByteArray value) &&;
    QByteArray header(QByteArrayView name) const; ///< among `headers`, without case

    static Response json(int status, const QJsonObject &object);
    static Response jsonBytes(int status, QByteArray bytes);
    static Response text(int status, QByteArray bytes);
    static Response empty(int status);
    static Response streaming(QByteArray contentType, StreamBody body);
};

/// Takes the answer to one request. Copyable, callable from any thread; the first answer counts, later ones are
/// ignored. When every copy is destroyed unanswered, the client gets 500 `internal_error` at once.
class Responder {
public:
    struct State {
        virtual ~State() = default;
        virtual void deliver(Response &&response) = 0;
    };

    Responder() = default;
    explicit Responder(std::shared_ptr<State> state) : m_state(std::move(state)) {}
    /// For tests and decorators: `sink` runs at most once. A dropped one is reported as 500 here as well.
    explicit Responder(std::function<void(Response &&)> sink);

    void operator()(Response response) const;

private:
    std::shared_ptr<State> m_state;
};

} // namespace server
