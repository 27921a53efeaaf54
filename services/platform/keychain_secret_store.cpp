#include "services/platform/secret_store.h"

#include <QFileInfo>
#include <QPromise>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <functional>
#include <memory>

namespace platform {
namespace {

using domain::Done;
using domain::Result;

/// Without a session bus no secret service can answer, and asking for one may start a bus daemon.
bool hasSessionBus()
{
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return true;
    const QString runtimeDir = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtimeDir.isEmpty() && QFileInfo::exists(runtimeDir + QStringLiteral("/bus"));
}

template <typename T>
QFuture<Result<T>> finished(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

/// Answers once: with what the job says, or with a time-out when it says nothing. Job deletes itself when it finishes.
template <typename T, typename Job>
QFuture<Result<T>> start(Job *job, int timeoutMs, std::function<Result<T>(Job &)> answer)
{
    struct Pending {
        QPromise<Result<T>> promise;
        bool settled = false;
        void settle(Result<T> result)
        {
            if (settled)
                return;
            settled = true;
            promise.addResult(std::move(result));
            promise.finish();
        }
    };
    auto pending = std::make_shared<Pending>();
    pending->promise.start();
    QObject::connect(job, &QKeychain::Job::finished, job,
                     [pending, job, answer = std::move(answer)] { pending->settle(answer(*job)); });
    QTimer::singleShot(timeoutMs, job, [pending] {
        pending->settle(domain::unavailable(QStringLiteral("secret_store_timeout"),
                                            QStringLiteral("the system keychain does not answer")));
    });
    QFuture<Result<T>> future = pending->promise.future();
    job->start();
    return future;
}

domain::Error keychainError(const QKeychain::Job &job)
{
    return domain::unavailable(QStringLiteral("secret_store_unavailable"),
                               QStringLiteral("the system keychain refused: %1").arg(job.errorString()));
}

Result<Done> doneUnlessFailed(QKeychain::Job &job)
{
    if (job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound)
        return Done{};
    return keychainError(job);
}

class KeychainStore final : public SecretStore {
public:
    explicit KeychainStore(const SecretStoreOptions &options) : m_service(options.service), m_timeoutMs(options.timeoutMs)
    {
    }

    QFuture<Result<std::optional<QByteArray>>> read(QString key) override
    {
        using Answer = std::optional<QByteArray>;
        if (!hasSessionBus())
            return finished<Answer>(noBus());
        auto *job = new QKeychain::ReadPasswordJob(m_service);
        job->setKey(key);
        return start<Answer, QKeychain::ReadPasswordJob>(
            job, m_timeoutMs, [](QKeychain::ReadPasswordJob &done) -> Result<Answer> {
                if (done.error() == QKeychain::EntryNotFound)
                    return Answer();
                if (done.error() != QKeychain::NoError)
                    return keychainError(done);
                return Answer(done.binaryData());
            });
    }

    QFuture<Result<Done>> write(QString key, QByteArray secret) override
    {
        if (!hasSessionBus())
            return finished<Done>(noBus());
        auto *job = new QKeychain::WritePasswordJob(m_service);
        job->setKey(key);
        job->setBinaryData(secret);
        return start<Done, QKeychain::WritePasswordJob>(
            job, m_timeoutMs, [](QKeychain::WritePasswordJob &done) { return doneUnlessFailed(done); });
    }

    QFuture<Result<Done>> remove(QString key) override
    {
        if (!hasSessionBus())
            return finished<Done>(noBus());
        auto *job = new QKeychain::DeletePasswordJob(m_service);
        job->setKey(key);
        return start<Done, QKeychain::DeletePasswordJob>(
            job, m_timeoutMs, [](QKeychain::DeletePasswordJob &done) { return doneUnlessFailed(done); });
    }

    QString describe() const override { return QStringLiteral("system keychain"); }

private:
    static domain::Error noBus()
    {
        return domain::unavailable(QStringLiteral("secret_store_unavailable"),
                                   QStringLiteral("this session has no message bus, so there is no system keychain"));
    }

    QString m_service;
    int m_timeoutMs;
};

} // namespace

std::unique_ptr<SecretStore> makeKeychainStore(const SecretStoreOptions &options)
{
    return std::make_unique<KeychainStore>(options);
}

} // namespace platform
