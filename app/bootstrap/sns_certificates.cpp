#include "app/bootstrap/sns_certificates.h"

#include "services/providers/http_client.h"
#include "services/security/sns_signature.h"

#include <QHash>
#include <QJsonObject>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace bootstrap {

namespace {

constexpr std::size_t longestQueue = 256;
constexpr qsizetype mostCertificates = 16;
constexpr qint64 keepMs = 24LL * 3600 * 1000;

} // namespace

struct SnsCertificates::Private {
    struct Question {
        QJsonObject message;
        std::function<void(bool)> answer;
    };
    struct Kept {
        QByteArray pem;
        QDateTime at;
    };
    Private(const platform::Clock &c, Fetch f) : clock(c), fetch(std::move(f)) {}

    const platform::Clock &clock;
    Fetch fetch;
    std::mutex lock;
    std::condition_variable called;
    std::deque<Question> queue;
    bool stop = false;
    QHash<QString, Kept> kept; ///< the own thread's
    std::thread thread;

    void work();
    QByteArray certificate(const QString &url);
    bool isGenuine(const QJsonObject &message);
};

QByteArray SnsCertificates::Private::certificate(const QString &url)
{
    const auto it = kept.constFind(url);
    if (it != kept.cend() && it->at.msecsTo(clock.now()) < keepMs)
        return it->pem;
    const QByteArray pem = fetch(url);
    if (!pem.isEmpty()) {
        if (kept.size() >= mostCertificates)
            kept.clear();
        kept.insert(url, {pem, clock.now()});
    }
    return pem;
}

bool SnsCertificates::Private::isGenuine(const QJsonObject &message)
{
    const QString url = message.value(QLatin1StringView("SigningCertURL")).toString();
    if (!security::isSnsCertificateUrl(url))
        return false;
    const QByteArray pem = certificate(url);
    return !pem.isEmpty() && security::verifySnsSignature(message, pem, clock.now());
}

void SnsCertificates::Private::work()
{
    std::unique_lock guard(lock);
    for (;;) {
        called.wait(guard, [this] { return stop || !queue.empty(); });
        if (queue.empty())
            return;
        const Question question = std::move(queue.front());
        queue.pop_front();
        const bool ending = stop;
        guard.unlock();
        question.answer(!ending && isGenuine(question.message));
        guard.lock();
    }
}

SnsCertificates::SnsCertificates(const platform::Clock &clock, Fetch fetch)
    : m_d(std::make_shared<Private>(clock, std::move(fetch)))
{
    m_d->thread = std::thread([d = m_d.get()] { d->work(); });
}

SnsCertificates::~SnsCertificates()
{
    {
        const std::lock_guard guard(m_d->lock);
        m_d->stop = true;
        m_d->called.notify_one();
    }
    m_d->thread.join();
}

server::SnsVerifier SnsCertificates::verifier()
{
    return [d = m_d](const QJsonObject &message, std::function<void(bool)> answer) {
        {
            const std::lock_guard guard(d->lock);
            if (!d->stop && d->queue.size() < longestQueue) {
                d->queue.push_back({message, std::move(answer)});
                d->called.notify_one();
                return;
            }
        }
        answer(false);
    };
}

SnsCertificates::Fetch httpsFetch()
{
    const auto client = std::make_shared<providers::HttpClient>();
    return [client](const QString &url) {
        providers::HttpRequest request;
        request.url = url;
        const providers::HttpResponse response = client->send(request);
        return response.status == 200 && response.bodyComplete ? response.body : QByteArray();
    };
}

} // namespace bootstrap
