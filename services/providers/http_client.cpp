#include "services/providers/http_client.h"

#include "services/platform/config_values.h"

#include <QUrl>

#include <algorithm>
#include <cstring>
#include <curl/curl.h>
#include <memory>

namespace providers {

namespace {

constexpr qsizetype mostHeaders = 100;

struct Exchange {
    HttpResponse answer;
    bool headComplete = false;
    qsizetype bodyCap = 0;
    bool overCap = false;
    const QByteArray *body = nullptr;
    qsizetype sent = 0;
};

size_t onHeader(char *data, size_t size, size_t count, void *user)
{
    auto &exchange = *static_cast<Exchange *>(user);
    const QByteArrayView line(data, static_cast<qsizetype>(size * count));
    const QByteArrayView text = line.trimmed();
    if (text.startsWith("HTTP/")) { // also after an interim answer
        exchange.answer.headers.clear();
        exchange.headComplete = false;
    } else if (text.isEmpty()) {
        exchange.headComplete = true;
    } else if (const qsizetype colon = text.indexOf(':'); colon > 0 && exchange.answer.headers.size() < mostHeaders) {
        exchange.answer.headers.append(
            {text.first(colon).toByteArray().toLower(), text.sliced(colon + 1).trimmed().toByteArray()});
    }
    return size * count;
}

size_t onBody(char *data, size_t size, size_t count, void *user)
{
    auto &exchange = *static_cast<Exchange *>(user);
    const auto bytes = static_cast<qsizetype>(size * count);
    const qsizetype taken = std::min(bytes, exchange.bodyCap - exchange.answer.body.size());
    exchange.answer.body.append(data, taken);
    exchange.overCap = exchange.overCap || taken < bytes;
    return size * count;
}

size_t onUpload(char *buffer, size_t size, size_t count, void *user)
{
    auto &exchange = *static_cast<Exchange *>(user);
    const qsizetype taken = std::min(static_cast<qsizetype>(size * count), exchange.body->size() - exchange.sent);
    std::memcpy(buffer, exchange.body->constData() + exchange.sent, static_cast<size_t>(taken));
    exchange.sent += taken;
    return static_cast<size_t>(taken);
}

QByteArray withoutControls(QByteArray text)
{
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return text;
}

using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

HeaderList headerList(const HttpRequest &request)
{
    HeaderList list(nullptr, curl_slist_free_all);
    const auto add = [&list](const QByteArray &line) {
        if (curl_slist *longer = curl_slist_append(list.get(), line.constData())) {
            static_cast<void>(list.release());
            list.reset(longer);
        }
    };
    for (const auto &[name, value] : request.headers)
        add(withoutControls(name) + ": " + withoutControls(value));
    add("Expect:"); // waiting for "100 Continue" would cost a round trip
    return list;
}

/// Why this address is not called; empty = it may be.
QString refusal(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return QStringLiteral("the provider's address is not a URL");
    if (url.scheme() == QLatin1StringView("https"))
        return {};
    if (url.scheme() == QLatin1StringView("http") && platform::values::isLoopbackHost(url.host()))
        return {};
    return QStringLiteral("the provider's address is not https");
}

void setUp(CURL *curl, const HttpRequest &request, const QUrl &url, Exchange &exchange)
{
    curl_easy_setopt(curl, CURLOPT_URL, url.toEncoded(QUrl::FullyEncoded | QUrl::RemoveFragment).constData());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, url.scheme() == QLatin1StringView("https") ? "https" : "http");
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    if (platform::values::isLoopbackHost(url.host()))
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
    if (request.method == "POST") {
        // A callback that cannot be rewound instead of CURLOPT_POSTFIELDS: libcurl sends those a second time by itself
        // when a kept connection breaks, and that would be a second mail.
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, onUpload);
        curl_easy_setopt(curl, CURLOPT_READDATA, &exchange);
    } else {
        curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    }
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
}

} // namespace

QByteArray HttpResponse::header(QByteArrayView lowerCaseName) const
{
    for (const auto &[name, value] : headers) {
        if (name == lowerCaseName)
            return value;
    }
    return {};
}

HttpClient::HttpClient(QString extraCaFile) : m_extraCaFile(std::move(extraCaFile)) {}

HttpResponse HttpClient::send(const HttpRequest &request) const
{
    const QUrl url(request.url, QUrl::StrictMode);
    Exchange exchange;
    exchange.answer.error = refusal(url);
    if (!exchange.answer.error.isEmpty())
        return exchange.answer;
    exchange.bodyCap = request.bodyCap;
    exchange.body = &request.body;

    const CurlPool::Lease lease(m_pool);
    CURL *curl = lease.handle();
    if (!curl) {
        exchange.answer.error = QStringLiteral("out of memory");
        return exchange.answer;
    }
    setCommonOptions(curl, request.limits, m_extraCaFile);
    setUp(curl, request, url, exchange);
    const HeaderList headers = headerList(request);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    const CURLcode code = curl_easy_perform(curl);

    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (exchange.headComplete && status >= 200)
        exchange.answer.status = static_cast<int>(status);
    if (code != CURLE_OK)
        exchange.answer.error = curlErrorText(code, request.limits);
    else if (exchange.overCap)
        exchange.answer.error = QStringLiteral("the answer is longer than %1 bytes").arg(request.bodyCap);
    exchange.answer.bodyComplete = exchange.answer.error.isEmpty();
    return exchange.answer;
}

} // namespace providers
