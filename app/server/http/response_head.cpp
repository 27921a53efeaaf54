#include "app/server/http/response_head.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <string_view>

namespace server {

namespace {

struct Reason {
    int status;
    QByteArrayView phrase;
};
constexpr Reason reasons[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
};

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
    for (const Reason &reason : reasons) {
        if (reason.status == status)
            return reason.phrase;
    }
    return "Status";
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
