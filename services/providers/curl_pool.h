#pragma once
#include <QString>

#include <memory>

/// The part of libcurl that HTTP and SMTP share; its headers stay in the sources.
namespace providers {

/// Easy handles, each lent to one call at a time. A handle keeps its connections open between calls, and the one that
/// was given back last is lent first, so few connections carry many calls. Thread-safe.
class CurlPool {
public:
    CurlPool();
    ~CurlPool();

    class Lease {
    public:
        explicit Lease(CurlPool &pool);
        ~Lease();
        Lease(const Lease &) = delete;
        Lease &operator=(const Lease &) = delete;
        void *handle() const { return m_handle; } ///< CURL *; null when there is no memory

    private:
        CurlPool &m_pool;
        void *m_handle;
    };

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

struct TransferLimits {
    int connectTimeoutMs = 5000;
    int timeoutMs = 10'000; ///< for everything, name look-up and TLS included
};

/// Time-outs, no signals, TLS 1.2 and newer with verification against the system's CAs and those of `extraCaFile`.
void setCommonOptions(void *handle, const TransferLimits &limits, const QString &extraCaFile);
/// Why a transfer failed, in libcurl's general words: no address, no URL, no secret.
QString curlErrorText(int curlCode, const TransferLimits &limits);

} // namespace providers
