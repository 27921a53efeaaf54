#pragma once
#include "app/server/error_envelope.h"
#include "app/server/request.h"
#include "app/server/server.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <string_view>

namespace server {

/// Turns bytes into requests, strictly, without any transport: connections and the fuzz target feed the same object.
/// Nothing is buffered beyond the limits. Refused (with the status of problem()): a bad request line or version, bare
/// LF, obs-fold, control characters, a bad target (target.h), no or two Host fields in HTTP/1.1, Content-Length that is
/// not one plain number, any Transfer-Encoding but a single `chunked`, both of them, Expect other than 100-continue.
/// Not thread-safe.
class RequestReader {
public:
    enum class Step {
        NeedMore, ///< every byte was taken
        Head,     ///< the head is complete: look at it, then acceptBody() or give up
        Complete, ///< the request is complete: takeRequest() is worth reading
        Failed,   ///< problem() says why; only reset by a new object
    };

    explicit RequestReader(const ServerLimits &limits);
    ~RequestReader();

    /// Takes bytes from the front of `bytes`; `used` says how many. What is left belongs to the next call.
    Step feed(std::string_view bytes, std::size_t &used);
    /// After Step::Head. More body than `limit` fails with 413 as soon as it is announced or seen.
    Step acceptBody(qint64 limit);

    bool started() const; ///< a byte of the request has been seen
    Request &request();   ///< head parts after Step::Head, the body too after Step::Complete
    const QByteArray &rawPath() const;
    bool hasBody() const;
    std::optional<qint64> contentLength() const;
    bool expectsContinue() const;
    bool keepAlive() const;
    bool http11() const;
    const ErrorReply &problem() const;
    void reset(); ///< ready for the next request on the connection

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace server
