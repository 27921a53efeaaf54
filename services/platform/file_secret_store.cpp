#include "services/platform/secret_store.h"

#include "services/platform/paths.h"
#include "services/security/aead.h"
#include "services/security/tokens.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QPromise>
#include <QSaveFile>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <optional>

namespace platform {
namespace {

using domain::Done;
using domain::ErrorCode;
using domain::Result;

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr QLatin1StringView saltField("salt");
constexpr QLatin1StringView entriesField("entries");
constexpr qsizetype saltBytes = 16;

domain::Error unavailable(const QString &detail)
{
    return domain::unavailable(QStringLiteral("secret_store_unavailable"), detail);
}

domain::Error corrupt(const QString &detail)
{
    return domain::makeError(ErrorCode::Internal, QStringLiteral("secret_store_corrupt"), detail);
}

/// The blocking part; one job at a time, on a pool of one thread.
class EncryptedFile {
public:
    EncryptedFile(QString secretsFile, QString keyFile)
        : m_secretsFile(std::move(secretsFile))
        , m_keyFile(std::move(keyFile))
    {
    }

    Result<std::optional<QByteArray>> read(const QString &key)
    {
        if (!QFileInfo::exists(m_secretsFile))
            return std::optional<QByteArray>();
        const auto document = load();
        if (!document)
            return document.error();
        const QJsonValue entry = document->value(entriesField).toObject().value(key);
        if (entry.isUndefined())
            return std::optional<QByteArray>();
        const auto aesKey = keyFor(*document, false);
        if (!aesKey)
            return aesKey.error();
        const QByteArray sealed = QByteArray::fromBase64(entry.toString().toLatin1());
        auto secret = security::aesGcmOpen(*aesKey, sealed, key.toUtf8());
        if (!secret)
            return corrupt(QStringLiteral("the entry '%1' cannot be decrypted").arg(key));
        return secret;
    }

    Result<Done> write(const QString &key, const QByteArray &secret)
    {
        return change([&](QJsonObject &document) -> Result<Done> {
            const auto aesKey = keyFor(document, true);
            if (!aesKey)
                return aesKey.error();
            const QByteArray sealed = security::aesGcmSeal(*aesKey, secret, key.toUtf8());
            QJsonObject entries = document.value(entriesField).toObject();
            entries.insert(key, QString::fromLatin1(sealed.toBase64()));
            document.insert(entriesField, entries);
            return Done{};
        });
    }

    Result<Done> remove(const QString &key)
    {
        if (!QFileInfo::exists(m_secretsFile))
            return Done{};
        return change([&](QJsonObject &document) -> Result<Done> {
            QJsonObject entries = document.value(entriesField).toObject();
            entries.remove(key);
            document.insert(entriesField, entries);
            return Done{};
        });
    }

private:
    Result<QJsonObject> load() const
    {
        QFile file(m_secretsFile);
        if (!file.exists())
            return QJsonObject{{QStringLiteral("version"), 1},
                               {saltField, QString::fromLatin1(security::randomBytes(saltBytes).toBase64())},
                               {entriesField, QJsonObject()}};
        if (!file.open(QIODevice::ReadOnly))
            return unavailable(QStringLiteral("%1: %2").arg(m_secretsFile, file.errorString()));
        const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
        const bool complete = document.isObject() && document.object().value(saltField).isString() &&
                              document.object().value(entriesField).isObject();
        // Never overwritten: a damaged file may still be repaired or restored.
        if (!complete)
            return corrupt(QStringLiteral("%1 is damaged").arg(m_secretsFile));
        return document.object();
    }

    /// Two consoles of one user must not lose each other's entries.
    Result<Done> change(const std::function<Result<Done>(QJsonObject &)> &edit)
    {
        constexpr int lockTimeoutMs = 2000;
        if (auto folder = ensureFolder(QFileInfo(m_secretsFile).path()); !folder)
            return unavailable(folder.error().detail);
        QLockFile lock(m_secretsFile + QStringLiteral(".lock"));
        if (!lock.tryLock(lockTimeoutMs))
            return unavailable(QStringLiteral("%1 is locked by another process").arg(m_secretsFile));
        auto document = load();
        if (!document)
            return document.error();
        if (auto edited = edit(*document); !edited)
            return edited;
        return save(m_secretsFile, QJsonDocument(*document).toJson());
    }

    static Result<Done> save(const QString &path, const QByteArray &content)
    {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return unavailable(QStringLiteral("%1: %2").arg(path, file.errorString()));
        file.setPermissions(ownerOnly);
        file.write(content);
        if (!file.commit())
            return unavailable(QStringLiteral("%1: %2").arg(path, file.errorString()));
        return Done{};
    }

    Result<QByteArray> keyFor(const QJsonObject &document, bool create)
    {
        const QByteArray salt = QByteArray::fromBase64(document.value(saltField).toString().toLatin1());
        if (m_derived && m_salt == salt)
            return *m_derived;
        const auto keyMaterial = readKeyFile(create);
        if (!keyMaterial)
            return keyMaterial.error();
        m_derived = security::deriveKey(*keyMaterial, salt);
        m_salt = salt;
        return *m_derived;
    }

    Result<QByteArray> readKeyFile(bool create)
    {
        QFile file(m_keyFile);
        if (!file.exists()) {
            if (!create)
                return corrupt(QStringLiteral("%1 is missing: the stored secrets cannot be read").arg(m_keyFile));
            if (auto folder = ensureFolder(QFileInfo(m_keyFile).path()); !folder)
                return unavailable(folder.error().detail);
            const QByteArray fresh = security::randomBytes(security::aesKeyBytes).toHex();
            if (auto saved = save(m_keyFile, fresh); !saved)
                return saved.error();
            return fresh;
        }
        if (!file.open(QIODevice::ReadOnly))
            return unavailable(QStringLiteral("%1: %2").arg(m_keyFile, file.errorString()));
        const QByteArray key = file.readAll().trimmed();
        if (!security::aesKeyFromHex(key))
            return corrupt(QStringLiteral("%1 is damaged").arg(m_keyFile));
        // A copied or restored file may have lost its mode.
        if ((file.permissions() & ~(ownerOnly | QFileDevice::ReadUser | QFileDevice::WriteUser)) != 0)
            file.setPermissions(ownerOnly);
        return key;
    }

    QString m_secretsFile, m_keyFile;
    QByteArray m_salt;
    std::optional<QByteArray> m_derived;
};

class FileStore final : public SecretStore {
public:
    explicit FileStore(const SecretStoreOptions &options)
        : m_path(options.secretsFile)
        , m_file(std::make_shared<EncryptedFile>(options.secretsFile, options.keyFile))
    {
        m_pool.setMaxThreadCount(1);
    }
    ~FileStore() override { m_pool.waitForDone(); }

    QFuture<Result<std::optional<QByteArray>>> read(QString key) override
    {
        return run<std::optional<QByteArray>>([file = m_file, key] { return file->read(key); });
    }
    QFuture<Result<Done>> write(QString key, QByteArray secret) override
    {
        return run<Done>([file = m_file, key, secret] { return file->write(key, secret); });
    }
    QFuture<Result<Done>> remove(QString key) override
    {
        return run<Done>([file = m_file, key] { return file->remove(key); });
    }
    QString describe() const override { return QStringLiteral("encrypted file %1").arg(m_path); }

private:
    template <typename T>
    QFuture<Result<T>> run(std::function<Result<T>()> job)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        m_pool.start([promise, job = std::move(job)] {
            promise->addResult(job());
            promise->finish();
        });
        return promise->future();
    }

    QString m_path;
    std::shared_ptr<EncryptedFile> m_file;
    QThreadPool m_pool;
};

} // namespace

std::unique_ptr<SecretStore> makeFileStore(const SecretStoreOptions &options)
{
    return std::make_unique<FileStore>(options);
}

} // namespace platform
