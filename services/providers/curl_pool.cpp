#include "services/providers/curl_pool.h"

#include <QFile>
#include <QMutex>
#include <QVector>

#include <algorithm>
#include <curl/curl.h>

namespace providers {

struct CurlPool::Private {
    QMutex mutex;
    QVector<CURL *> idle;
};

CurlPool::CurlPool() : m_d(std::make_unique<Private>())
{
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (ready != CURLE_OK)
        qFatal("libcurl does not start: %s", curl_easy_strerror(ready));
}

CurlPool::~CurlPool()
{
    for (CURL *handle : std::as_const(m_d->idle))
        curl_easy_cleanup(handle);
}

CurlPool::Lease::Lease(CurlPool &pool) : m_pool(pool), m_handle(nullptr)
{
    {
        const QMutexLocker lock(&pool.m_d->mutex);
        if (!pool.m_d->idle.isEmpty())
            m_handle = pool.m_d->idle.takeLast();
    }
    if (!m_handle)
        m_handle = curl_easy_init();
}

CurlPool::Lease::~Lease()
{
    constexpr qsizetype mostIdle = 64;
    if (!m_handle)
        return;
    curl_easy_reset(m_handle);
    {
        const QMutexLocker lock(&m_pool.m_d->mutex);
        if (m_pool.m_d->idle.size() < mostIdle) {
            m_pool.m_d->idle.append(m_handle);
            return;
        }
    }
    curl_easy_cleanup(m_handle);
}

void setCommonOptions(void *handle, const TransferLimits &limits, const QString &extraCaFile)
{
    CURL *curl = handle;
    // Name look-up with a time-out by SIGALRM is no use in a program with threads.
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::max(1, limits.connectTimeoutMs)));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(std::max(1, limits.timeoutMs)));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!extraCaFile.isEmpty()) {
        // The file takes the place of the system's bundle, so the system's folder has to stand in for that.
        curl_easy_setopt(curl, CURLOPT_CAINFO, QFile::encodeName(extraCaFile).constData());
        if (const char *folder = curl_version_info(CURLVERSION_NOW)->capath)
            curl_easy_setopt(curl, CURLOPT_CAPATH, folder);
    }
}

QString curlErrorText(int curlCode, const TransferLimits &limits)
{
    if (curlCode == CURLE_OPERATION_TIMEDOUT)
        return QStringLiteral("no answer within %1 ms").arg(limits.timeoutMs);
    if (curlCode == CURLE_SEND_FAIL_REWIND)
        return QStringLiteral("the connection broke before the answer");
    const QString text = QString::fromUtf8(curl_easy_strerror(static_cast<CURLcode>(curlCode)));
    return text.isEmpty() ? QStringLiteral("transfer failed") : text.first(1).toLower() + text.sliced(1);
}

} // namespace providers
