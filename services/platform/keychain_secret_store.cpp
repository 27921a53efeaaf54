#include "services/platform/secret_store.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPromise>
#include <QThread>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <atomic>
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

/// Lives in a thread of its own: QtKeychain talks to the message bus, and connecting to a bus that accepts but never
/// answers blocks the thread that tries. One for the process, because QtKeychain queues jobs in the thread of its
/// first.
QObject *keychainWorker()
{
    static QObject *const worker = [] {
        auto *thread = new QThread;
        thread->setObjectName(QStringLiteral("keychain"));
        auto *object = new QObject;
        object->moveToThread(thread);
        // Never joined for long, and never deleted: it may be stuck in the bus.
        QObject::connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, thread, [thread] {
            constexpr int patienceMs = 200;
            thread->quit();
            thread->wait(patienceMs);
        });
        thread->start();
        return object;
    }();
    return worker;
}

/// Answers once: with what the job says, or with a time-out when it says nothing. Job deletes itself when it finishes.
template <typename T, typename Job>
QFuture<Result<T>> start(const QString &service, const QString &key, int timeoutMs,
                         std::function<void(Job &)> configure, std::function<Result<T>(Job &)> answer)
{
    struct Pending {
        QPromise<Result<T>> promise;
        std::atomic_flag settled = ATOMIC_FLAG_INIT;
        void settle(Result<T> result)
        {
            if (settled.test_and_set())
                return;
            promise.addResult(std::move(result));
            promise.finish();
        }
    };
    auto pending = std::make_shared<Pending>();
    pending->promise.start();
    QMetaObject::invokeMethod(keychainWorker(), [=] {
        auto *job = new Job(service);
        job->setKey(key);
        configure(*job);
        QObject::connect(job, &QKeychain::Job::finished, job,
                         [pending, job, answer] { pending->settle(answer(*job)); });
        job->start();
    });
    QTimer::singleShot(timeoutMs, [pending] {
        pending->settle(domain::unavailable(QStringLiteral("secret_store_timeout"),
                                            QStringLiteral("the system keychain does not answer")));
    });
    return pending->promise.future();
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
    explicit KeychainStore(const SecretStoreOptions &options)
        : m_service(options.service)
        , m_timeoutMs(options.timeoutMs)
    {
    }

    QFuture<Result<std::optional<QByteArray>>> read(QString key) override
    {
        using Answer = std::optional<QByteArray>;
        if (!hasSessionBus())
            return finished<Answer>(noBus());
        return start<Answer, QKeychain::ReadPasswordJob>(
            m_service, key, m_timeoutMs, [](QKeychain::ReadPasswordJob &) {},
            [](QKeychain::ReadPasswordJob &done) -> Result<Answer> {
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
        return start<Done, QKeychain::WritePasswordJob>(
            m_service, key, m_timeoutMs, [secret](QKeychain::WritePasswordJob &job) { job.setBinaryData(secret); },
            [](QKeychain::WritePasswordJob &done) { return doneUnlessFailed(done); });
    }

    QFuture<Result<Done>> remove(QString key) override
    {
        if (!hasSessionBus())
            return finished<Done>(noBus());
        return start<Done, QKeychain::DeletePasswordJob>(
            m_service, key, m_timeoutMs, [](QKeychain::DeletePasswordJob &) {},
            [](QKeychain::DeletePasswordJob &done) { return doneUnlessFailed(done); });
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
