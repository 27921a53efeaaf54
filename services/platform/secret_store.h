#pragma once
#include "models/domain/result.h"

#include <QByteArray>
#include <QFuture>
#include <QString>

#include <memory>
#include <optional>

namespace platform {

/// Passwords and tokens of the desktop. Make and call it in one thread with an event loop (the GUI thread); the answer
/// may arrive on a worker, never blocks, and comes within the time limit. Errors: Unavailable
/// `secret_store_unavailable`, `secret_store_timeout`; Internal `secret_store_corrupt`.
class SecretStore {
public:
    virtual ~SecretStore() = default;
    /// nullopt = nothing is stored under this key.
    virtual QFuture<domain::Result<std::optional<QByteArray>>> read(QString key) = 0;
    virtual QFuture<domain::Result<domain::Done>> write(QString key, QByteArray secret) = 0;
    /// Removing what is not there is fine.
    virtual QFuture<domain::Result<domain::Done>> remove(QString key) = 0;
    /// Where secrets go, for people: "system keychain", "encrypted file /…/secrets.json".
    virtual QString describe() const = 0;
};

struct SecretStoreOptions {
    QString service = QStringLiteral("instanode-console"); ///< name of the keychain's folder
    QString secretsFile;                                   ///< the encrypted fallback (config folder)
    QString keyFile;        ///< its key, 0600 (state folder: not in the same place as the file)
    int timeoutMs = 10'000; ///< long enough to unlock a keychain; one that is not there answers at once
};
/// Files in configDir() and stateDir().
SecretStoreOptions defaultSecretStoreOptions();

/// The system keychain alone (QtKeychain).
std::unique_ptr<SecretStore> makeKeychainStore(const SecretStoreOptions &options);
/// The encrypted file alone: AES-256-GCM, the entry's name bound as additional data, key derived from the key file.
std::unique_ptr<SecretStore> makeFileStore(const SecretStoreOptions &options);
/// The keychain while it answers, else the file; what either of them holds is found. What the desktop uses.
std::unique_ptr<SecretStore> makeSecretStore(const SecretStoreOptions &options);
/// The same with given parts, for tests. Prefers the first.
std::unique_ptr<SecretStore> makeFallbackStore(std::unique_ptr<SecretStore> preferred,
                                               std::unique_ptr<SecretStore> fallback);

} // namespace platform
