#include "app/server/http/response_head.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <string_view>

namespace server {

namespace {

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool framesTheMessage(QByteArrayView name)
{
    constexpr std::array<std::string_view, 5> own{"content-length", "transfer-encoding", "connection", "date",
                                                  "x-request-id"};
    return std::any_of(own.begin(), own.end(), [&](std::string_view one) {
        return static_cast<qsizetype>(one.size()) == name.size() &&
               qstrnicmp(one.data(), name.size(), name.data(), name.size()) == 0;
    });
}

bool isSendable(QByteArrayView name, QByteArrayView value)
{
    const bool nameFine = !name.isEmpty() && std::all_of(name.begin(), name.end(), isTokenCharacter);
    const bool valueFine = std::none_of(value.begin(), value.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
    return nameFine && valueFine && !framesTheMessage(name);
}

void appendNumber(QByteArray &out, qint64 number)
{
    std::array<char, 24> text{};
    const int size = std::snprintf(text.data(), text.size(), "%lld", static_cast<long long>(number));
    out.append(text.data(), size);
}

void appendField(QByteArray &out, QByteArrayView name, QByteArrayView value)
{
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

bool carriesNoBody(int status)
{
    return status == 204 || status == 304 || status < 200;
}

} // namespace

QByteArrayView reasonPhrase(int status)
{
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 402: return "Payment Required";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    default: return "Status";
    }
}

QByteArrayView httpDate()
{
    thread_local std::time_t formatted = 0;
    thread_local std::array<char, 32> text{};
    timespec now{};
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    if (now.tv_sec != formatted) {
        constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        std::tm utc{};
        gmtime_r(&now.tv_sec, &utc);
        std::snprintf(text.data(), text.size(), "%s, %02u %s %04u %02u:%02u:%02u GMT",
                      days[static_cast<std::size_t>(utc.tm_wday)], static_cast<unsigned>(utc.tm_mday) % 100U,
                      months[static_cast<std::size_t>(utc.tm_mon)], static_cast<unsigned>(utc.tm_year + 1900) % 10000U,
                      static_cast<unsigned>(utc.tm_hour) % 100U, static_cast<unsigned>(utc.tm_min) % 100U,
                      static_cast<unsigned>(utc.tm_sec) % 100U);
        formatted = now.tv_sec;
    }
    return QByteArrayView(text.data());
}

void appendResponseHead(QByteArray &out, const Response &response, const HeadOptions &options)
{
    out.reserve(out.size() + 768);
    out += options.http11 ? "HTTP/1.1 " : "HTTP/1.0 ";
    appendNumber(out, response.status);
    out += ' ';
    out += reasonPhrase(response.status);
    out += "\r\n";
    appendField(out, "Date", httpDate());
    if (!response.contentType.isEmpty() && isSendable("Content-Type", response.contentType))
        appendField(out, "Content-Type", response.contentType);
    if (!carriesNoBody(response.status)) {
        if (options.framing == BodyFraming::Length) {
            out += "Content-Length: ";
            appendNumber(out, response.body.size());
            out += "\r\n";
        } else if (options.framing == BodyFraming::Chunked) {
            out += "Transfer-Encoding: chunked\r\n";
        }
    }
    if (!options.keepAlive)
        out += "Connection: close\r\n";
    else if (!options.http11)
        out += "Connection: keep-alive\r\n";
    appendField(out, "X-Request-ID", options.requestId);
    out += options.fixedLines;
    out += options.corsLines;
    for (const auto &[name, value] : response.headers) {
        if (isSendable(name, value))
            appendField(out, name, value);
    }
    out += "\r\n";
}

} // namespace server
