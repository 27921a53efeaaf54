#pragma once
#include "models/domain/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

/// The desktop's connections. Stored as JSON without any secret: passwords and tokens are in the SecretStore under
/// secretKey().
namespace platform {

enum class ProfileKind { Sqlite, Postgres, Headless };
enum class ProfileColour { Blue, Green, Amber, Red, Violet, Grey };
enum class ProfileEnvironment { Local, Staging, Production };
/// Off: writes at once. Confirm: every write is reviewed. ReadOnlyUntilUnlocked: writes are refused until the operator
/// unlocks them for unlockMinutes.
enum class SafeMode { Off, Confirm, ReadOnlyUntilUnlocked };

QString profileKindName(ProfileKind kind);                      ///< sqlite, postgres, headless
QString profileColourName(ProfileColour colour);                ///< blue, green, amber, red, violet, grey
QString profileEnvironmentName(ProfileEnvironment environment); ///< local, staging, production
QString safeModeName(SafeMode mode);                            ///< off, confirm, readOnlyUntilUnlocked
const QList<ProfileColour> &allProfileColours();

struct ConnectionProfile {
    QString id; ///< UUID text; made by newProfileId()
    QString name;
    ProfileKind kind = ProfileKind::Sqlite;
    QString sqliteFile;                    ///< Sqlite; empty = defaultDatabaseFile()
    QString host, database, user, options; ///< Postgres; options: `sslmode=require`
    int port = 5432;
    QString url;    ///< Headless: `https://host:8080`
    QString caFile; ///< Headless: own certificate authority, PEM; empty = the system's
    ProfileColour colour = ProfileColour::Blue;
    ProfileEnvironment environment = ProfileEnvironment::Local;
    SafeMode safeMode = SafeMode::Confirm;
    int unlockMinutes = 15;
    QString timeZone;    ///< IANA name; empty = the system's
    QJsonObject unknown; ///< fields of a newer version, written back unchanged
    bool operator==(const ConnectionProfile &) const = default;

    /// Where its password or token is kept in the SecretStore.
    QString secretKey() const { return QStringLiteral("profile/") + id; }
};
QString newProfileId();
/// InvalidInput `invalid_profile` with the wrong fields by name; Done when it can be used.
domain::Result<domain::Done> validateProfile(const ConnectionProfile &profile);

/// Reads and writes one file. Use from one thread; does small blocking file I/O.
class ProfileStore {
public:
    explicit ProfileStore(QString file);
    /// No file yet = no profiles. A file that is not the expected JSON is renamed to `<file>.corrupt-<time>` and
    /// answered with Internal `profiles_corrupt` (detail: the new name); the next load then finds no file. Single
    /// entries that this version does not understand are left out here and kept by save(). Unavailable
    /// `profiles_unreadable`.
    domain::Result<QList<ConnectionProfile>> load();
    /// Replaces the file atomically (0600). Unavailable `profiles_unwritable`; the old file is then untouched.
    domain::Result<domain::Done> save(const QList<ConnectionProfile> &profiles);
    /// How many entries load() kept aside because it does not understand them.
    int keptAside() const { return static_cast<int>(m_notUnderstood.size()); }
    const QString &file() const { return m_file; }

private:
    QString m_file;
    QJsonArray m_notUnderstood;
    QJsonObject m_unknown; ///< top level fields of a newer version
};

} // namespace platform
