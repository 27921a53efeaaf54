#include "services/platform/secret_store.h"

#include "services/platform/paths.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

namespace platform {
namespace {

using domain::Done;
using domain::Result;
using Found = std::optional<QByteArray>;

/// Every continuation runs in the thread that made the store and dies with it; open futures are then cancelled.
class FallbackStore final : public SecretStore {
public:
    FallbackStore(std::unique_ptr<SecretStore> preferred, std::unique_ptr<SecretStore> fallback)
        : m_preferred(std::move(preferred))
        , m_fallback(std::move(fallback))
    {
    }

    /// The fallback first: it holds an entry only if that is newer than the keychain's, and it never asks the user.
    QFuture<Result<Found>> read(QString key) override
    {
        auto promise = begin<Found>();
        when<Found>(m_fallback->read(key), [this, key, promise](const Result<Found> &inFile) {
            if ((inFile && inFile->has_value()) || m_preferredFailed)
                return finish(promise, inFile);
            when<Found>(m_preferred->read(key), [this, promise, inFile](const Result<Found> &inKeychain) {
                if (!inKeychain)
                    m_preferredFailed = true;
                const bool found = inKeychain && inKeychain->has_value();
                finish(promise, found ? inKeychain : inFile);
            });
        });
        return promise->future();
    }

    QFuture<Result<Done>> write(QString key, QByteArray secret) override
    {
        auto promise = begin<Done>();
        const auto toFile = [this, key, secret, promise] {
            when<Done>(m_fallback->write(key, secret), [promise](const Result<Done> &done) { finish(promise, done); });
        };
        if (m_preferredFailed) {
            toFile();
            return promise->future();
        }
        when<Done>(m_preferred->write(key, secret), [this, key, promise, toFile](const Result<Done> &written) {
            if (!written) {
                m_preferredFailed = true;
                return toFile();
            }
            when<Done>(m_fallback->remove(key), [promise](const Result<Done> &removed) { finish(promise, removed); });
        });
        return promise->future();
    }

    QFuture<Result<Done>> remove(QString key) override
    {
        auto promise = begin<Done>();
        when<Done>(m_fallback->remove(key), [this, key, promise](const Result<Done> &removed) {
            if (m_preferredFailed)
                return finish(promise, removed);
            when<Done>(m_preferred->remove(key), [this, promise, removed](const Result<Done> &inKeychain) {
                if (!inKeychain)
                    m_preferredFailed = true;
                finish(promise, removed);
            });
        });
        return promise->future();
    }

    QString describe() const override { return m_preferredFailed ? m_fallback->describe() : m_preferred->describe(); }

private:
    template <typename T>
    using Promise = std::shared_ptr<QPromise<Result<T>>>;

    template <typename T>
    static Promise<T> begin()
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        return promise;
    }

    template <typename T>
    static void finish(const Promise<T> &promise, const Result<T> &result)
    {
        promise->addResult(result);
        promise->finish();
    }

    template <typename T, typename F>
    void when(QFuture<Result<T>> future, F then)
    {
        auto *watcher = new QFutureWatcher<Result<T>>(&m_context);
        QObject::connect(watcher, &QFutureWatcherBase::finished, &m_context, [watcher, then] {
            watcher->deleteLater();
            const auto done = watcher->future();
            then(done.resultCount() > 0 ? done.resultAt(0)
                                        : Result<T>(domain::unavailable(QStringLiteral("secret_store_unavailable"),
                                                                        QStringLiteral("the store gave up"))));
        });
        watcher->setFuture(std::move(future));
    }

    std::unique_ptr<SecretStore> m_preferred, m_fallback;
    bool m_preferredFailed = false; ///< for the life of this store: no second wait for a keychain that is not there
    QObject m_context;              ///< last member: continuations end before the stores go
};

} // namespace

SecretStoreOptions defaultSecretStoreOptions()
{
    SecretStoreOptions options;
    options.secretsFile = configDir() + QStringLiteral("/secrets.json");
    options.keyFile = stateDir() + QStringLiteral("/secrets.key");
    return options;
}

std::unique_ptr<SecretStore> makeFallbackStore(std::unique_ptr<SecretStore> preferred,
                                               std::unique_ptr<SecretStore> fallback)
{
    return std::make_unique<FallbackStore>(std::move(preferred), std::move(fallback));
}

std::unique_ptr<SecretStore> makeSecretStore(const SecretStoreOptions &options)
{
    return makeFallbackStore(makeKeychainStore(options), makeFileStore(options));
}

} // namespace platform
