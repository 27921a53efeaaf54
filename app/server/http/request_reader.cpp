#include "app/server/http/request_reader.h"

#include "app/server/http/target.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <charconv>

namespace server {

namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

/// Longest piece of chunk framing (a size line with its extensions, or all trailers); the same however it arrives.
constexpr qsizetype maxFraming = 8 * 1024;

ErrorReply problemOf(int status, QByteArray code, const QString &message)
{
    return ErrorReply{.status = status, .code = std::move(code), .message = message};
}

ErrorReply malformed(const char *what)
{
    ErrorReply reply = problemOf(400, "invalid_request", QString::fromLatin1(what));
    reply.facts.insert("reason", QString::fromLatin1(what).section(QLatin1Char('.'), 0, 0));
    return reply;
}

bool sameText(string_view a, std::string_view b)
{
    return a.size() == b.size() &&
           qstrnicmp(a.data(), static_cast<qsizetype>(a.size()), b.data(), static_cast<qsizetype>(b.size())) == 0;
}

bool isHostCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == ':' || c == '[' || c == ']' || c == '_';
}

/// Head fields that decide about the rest of the message.
struct Framing {
    int hosts = 0;
    int lengths = 0;
    int encodings = 0;
    std::optional<qint64> length;
    bool chunked = false;
    bool expectContinue = false;
    bool http11 = true;
};

} // namespace

class RequestReader::Impl final : public http::basic_parser<true> {
public:
    explicit Impl(const ServerLimits &given) : limits(given)
    {
        header_limit(static_cast<std::uint32_t>(limits.headerBytes + 4096));
        body_limit(boost::none);
    }

    ServerLimits limits;
    Request request;
    QByteArray rawPath;
    QByteArray pending; ///< bytes of an unfinished head or of unfinished chunk framing
    Framing framing;
    ErrorReply problem;
    Step step = Step::NeedMore;
    bool started = false;
    bool lineSeen = false;
    bool headDone = false;
    qint64 bodyLimit = 0;

    Step fail(ErrorReply reply)
    {
        problem = std::move(reply);
        return step = Step::Failed;
    }

    Step feedHead(std::string_view bytes, std::size_t &used);
    Step feedBody(std::string_view bytes, std::size_t &used);
    Step parseHead(std::string_view head);
    Step checkEarly(qsizetype from);
    Step checkFraming();
    ErrorReply replyFor(const error_code &ec) const;

    void refuse(ErrorReply reply, error_code &ec)
    {
        problem = std::move(reply);
        ec = http::error::bad_field;
    }

    void on_request_impl(http::verb, string_view method, string_view target, int version, error_code &ec) override
    {
        framing.http11 = version == 11;
        request.method = parseMethod(QByteArrayView(method.data(), static_cast<qsizetype>(method.size())));
        if (static_cast<qsizetype>(target.size()) > limits.targetBytes)
            return refuse(problemOf(414, "uri_too_long", {}), ec);
        std::optional<Target> parts = parseTarget(std::string_view(target.data(), target.size()));
        if (!parts)
            return refuse(problemOf(400, "invalid_target", {}), ec);
        rawPath = std::move(parts->rawPath);
        request.path = std::move(parts->path);
        request.query = std::move(parts->query);
    }
    void on_field_impl(http::field field, string_view name, string_view value, error_code &ec) override;
    void on_header_impl(error_code &ec) override { ec = {}; }
    void on_body_init_impl(boost::optional<std::uint64_t> const &length, error_code &ec) override
    {
        ec = {};
        if (length)
            request.body.reserve(static_cast<qsizetype>(std::min<std::uint64_t>(*length, 64 * 1024)));
    }
    std::size_t on_body_impl(string_view body, error_code &ec) override
    {
        ec = {};
        request.body.append(body.data(), static_cast<qsizetype>(body.size()));
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t size, string_view, error_code &ec) override
    {
        ec = {};
        if (size > static_cast<std::uint64_t>(bodyLimit - request.body.size()))
            ec = http::error::body_limit;
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code &ec) override
    {
        return on_body_impl(body, ec);
    }
    void on_finish_impl(error_code &ec) override { ec = {}; }
    void on_response_impl(int, string_view, int, error_code &ec) override { ec = http::error::bad_version; }
};

void RequestReader::Impl::on_field_impl(http::field field, string_view name, string_view value, error_code &ec)
{
    ec = {};
    if (headDone)
        return; // trailers: framed and bounded, but nobody reads them
    if (request.headers.size() == limits.headerFields)
        return refuse(problemOf(431, "headers_too_large", QStringLiteral("The request has too many headers.")), ec);
    if (field == http::field::host) {
        ++framing.hosts;
        if (value.empty() || !std::all_of(value.begin(), value.end(), isHostCharacter))
            return refuse(malformed("The Host header is not a host name."), ec);
    } else if (field == http::field::content_length) {
        ++framing.lengths;
        qint64 length = -1;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
        if (error != std::errc() || end != value.data() + value.size() || length < 0 || value.size() > 18)
            return refuse(malformed("Content-Length is not one plain number."), ec);
        framing.length = length;
    } else if (field == http::field::transfer_encoding) {
        ++framing.encodings;
        framing.chunked = sameText(value, "chunked");
        if (!framing.chunked)
            return refuse(malformed("Transfer-Encoding can only be chunked."), ec);
    } else if (field == http::field::expect) {
        framing.expectContinue = sameText(value, "100-continue");
        if (!framing.expectContinue)
            return refuse(problemOf(417, "expectation_failed", {}), ec);
    }
    request.headers.append(QByteArrayView(name.data(), static_cast<qsizetype>(name.size())),
                           QByteArrayView(value.data(), static_cast<qsizetype>(value.size())));
}

ErrorReply RequestReader::Impl::replyFor(const error_code &ec) const
{
    if (!problem.code.isEmpty())
        return problem;
    if (ec == http::error::body_limit || ec == http::error::buffer_overflow)
        return problemOf(413, "payload_too_large", {});
    if (ec == http::error::header_limit)
        return problemOf(431, "headers_too_large", {});
    if (ec == http::error::bad_method)
        return malformed("The request line has no valid method.");
    if (ec == http::error::bad_target)
        return malformed("The request line is not method, target and version.");
    if (ec == http::error::bad_version)
        return malformed("Only HTTP/1.0 and HTTP/1.1 are spoken here.");
    if (ec == http::error::bad_content_length || ec == http::error::multiple_content_length)
        return malformed("Content-Length is not one plain number.");
    if (ec == http::error::bad_transfer_encoding)
        return malformed("Transfer-Encoding is repeated or comes with Content-Length.");
    if (ec == http::error::bad_chunk || ec == http::error::bad_chunk_extension)
        return malformed("The chunked body is framed wrongly.");
    if (ec == http::error::bad_line_ending)
        return malformed("A line does not end with CR LF.");
    return malformed("A header line is not valid.");
}

RequestReader::Step RequestReader::Impl::checkFraming()
{
    if (framing.hosts > 1)
        return fail(malformed("The Host header is there twice."));
    if (framing.http11 && framing.hosts == 0)
        return fail(malformed("The Host header is missing."));
    if (framing.lengths > 1 || framing.encodings > 1 || (framing.lengths > 0 && framing.encodings > 0))
        return fail(malformed("The length of the body is given twice."));
    if (framing.chunked && !framing.http11)
        return fail(malformed("Transfer-Encoding needs HTTP/1.1."));
    return step = Step::Head;
}

RequestReader::Step RequestReader::Impl::parseHead(std::string_view head)
{
    if (head.find("\r\n ") != std::string_view::npos || head.find("\r\n\t") != std::string_view::npos)
        return fail(malformed("A header is folded over several lines."));
    request.headers.reserve(static_cast<qsizetype>(head.size()), 16);
    error_code ec;
    const std::size_t taken = put(boost::asio::const_buffer(head.data(), head.size()), ec);
    if (ec)
        return fail(replyFor(ec));
    if (taken != head.size())
        return fail(malformed("A header line is not valid."));
    headDone = true;
    return checkFraming();
}

/// A head that is still incomplete, but cannot become valid any more, need not run into the time-out. Only the bytes
/// since `from` are new.
RequestReader::Step RequestReader::Impl::checkEarly(qsizetype from)
{
    if (pending.size() > limits.headerBytes)
        return fail(problemOf(431, "headers_too_large", {}));
    for (qsizetype i = from; i < pending.size(); ++i) {
        const char c = pending[i];
        const bool bareLf = c == '\n' && (i == 0 || pending[i - 1] != '\r');
        const bool control = static_cast<unsigned char>(c) < 0x20 && c != '\r' && c != '\n' && c != '\t';
        if (bareLf || control)
            return fail(malformed("The request head holds a control character."));
    }
    if (!lineSeen) {
        const qsizetype end = pending.indexOf("\r\n", std::max<qsizetype>(0, from - 1));
        const QByteArrayView line = QByteArrayView(pending).first(std::max<qsizetype>(end, 0));
        lineSeen = end >= 0;
        if (lineSeen && !line.endsWith(" HTTP/1.1") && !line.endsWith(" HTTP/1.0"))
            return fail(malformed("The request line is not valid."));
        if (!lineSeen && pending.size() > limits.targetBytes + 64)
            return fail(problemOf(414, "uri_too_long", {}));
    }
    return step = Step::NeedMore;
}

RequestReader::Step RequestReader::Impl::feedHead(std::string_view bytes, std::size_t &used)
{
    if (!started) { // RFC 9112 §2.2: empty lines before a request line are skipped
        const std::size_t begin = bytes.find_first_not_of("\r\n");
        used = begin == std::string_view::npos ? bytes.size() : begin;
        bytes.remove_prefix(used);
        if (bytes.empty())
            return step = Step::NeedMore;
        started = true;
    }
    if (pending.isEmpty()) {
        const std::size_t end = bytes.substr(0, static_cast<std::size_t>(limits.headerBytes)).find("\r\n\r\n");
        if (end != std::string_view::npos) {
            used += end + 4;
            return parseHead(bytes.substr(0, end + 4));
        }
    }
    const qsizetype before = pending.size();
    const qsizetype room = limits.headerBytes + 1 - before;
    const qsizetype taken = std::min(static_cast<qsizetype>(bytes.size()), room);
    pending.append(bytes.data(), taken);
    const qsizetype end = pending.indexOf("\r\n\r\n", std::max<qsizetype>(0, before - 3));
    if (end < 0 || end + 4 > limits.headerBytes) {
        used += static_cast<std::size_t>(taken);
        return checkEarly(before);
    }
    used += static_cast<std::size_t>(end + 4 - before);
    const QByteArray head = pending.first(end + 4);
    pending.clear();
    return parseHead(std::string_view(head.constData(), static_cast<std::size_t>(head.size())));
}

RequestReader::Step RequestReader::Impl::feedBody(std::string_view bytes, std::size_t &used)
{
    const auto before = static_cast<std::size_t>(pending.size());
    std::string_view rest = bytes;
    if (before > 0) {
        pending.append(bytes.data(), static_cast<qsizetype>(bytes.size()));
        rest = std::string_view(pending.constData(), static_cast<std::size_t>(pending.size()));
    }
    const std::size_t total = rest.size();
    while (!rest.empty() && !is_done()) {
        error_code ec;
        const qsizetype bodyBefore = request.body.size();
        const std::size_t taken = put(boost::asio::const_buffer(rest.data(), rest.size()), ec);
        rest.remove_prefix(taken);
        if (ec == http::error::need_more)
            break;
        if (ec)
            return fail(replyFor(ec));
        if (static_cast<qsizetype>(taken) - (request.body.size() - bodyBefore) > maxFraming)
            return fail(malformed("The chunked body is framed wrongly."));
    }
    if (is_done()) {
        used = total - rest.size() - before;
        pending.clear();
        return step = Step::Complete;
    }
    used = bytes.size();
    if (static_cast<qsizetype>(rest.size()) > maxFraming)
        return fail(malformed("The chunked body is framed wrongly."));
    pending = QByteArray(rest.data(), static_cast<qsizetype>(rest.size()));
    return step = Step::NeedMore;
}

RequestReader::RequestReader(const ServerLimits &limits) : m_impl(std::make_unique<Impl>(limits)) {}
RequestReader::~RequestReader() = default;

RequestReader::Step RequestReader::feed(std::string_view bytes, std::size_t &used)
{
    used = 0;
    Impl &impl = *m_impl;
    if (impl.step != Step::NeedMore)
        return impl.step;
    if (bytes.empty())
        return impl.step = Step::NeedMore;
    return impl.headDone ? impl.feedBody(bytes, used) : impl.feedHead(bytes, used);
}

RequestReader::Step RequestReader::acceptBody(qint64 limit)
{
    Impl &impl = *m_impl;
    if (impl.step != Step::Head)
        return impl.step;
    if (!hasBody())
        return impl.step = Step::Complete;
    if (impl.framing.length && *impl.framing.length > limit)
        return impl.fail(problemOf(413, "payload_too_large", {}));
    impl.bodyLimit = limit;
    return impl.step = Step::NeedMore;
}

bool RequestReader::started() const
{
    return m_impl->started;
}
Request &RequestReader::request()
{
    return m_impl->request;
}
const QByteArray &RequestReader::rawPath() const
{
    return m_impl->rawPath;
}
bool RequestReader::hasBody() const
{
    return m_impl->framing.chunked || m_impl->framing.length.value_or(0) > 0;
}
std::optional<qint64> RequestReader::contentLength() const
{
    return m_impl->framing.length;
}
bool RequestReader::expectsContinue() const
{
    return m_impl->framing.expectContinue && m_impl->framing.http11;
}
bool RequestReader::keepAlive() const
{
    return m_impl->headDone && m_impl->keep_alive();
}
bool RequestReader::http11() const
{
    return m_impl->framing.http11;
}
const ErrorReply &RequestReader::problem() const
{
    return m_impl->problem;
}

void RequestReader::reset()
{
    const ServerLimits limits = m_impl->limits;
    m_impl = std::make_unique<Impl>(limits);
}

} // namespace server
