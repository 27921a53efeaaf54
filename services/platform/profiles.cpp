#include "services/platform/profiles.h"

#include "services/platform/paths.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QTimeZone>
#include <QUrl>
#include <QUuid>

#include <array>
#include <optional>

namespace platform {
namespace {

using domain::ErrorCode;

constexpr QLatin1StringView profilesField("profiles");

template <typename E, size_t N>
std::optional<E> fromName(const std::array<E, N> &all, QString (*nameOf)(E), const QJsonValue &value, E missing)
{
    if (value.isUndefined())
        return missing;
    for (const E one : all) {
        if (value.isString() && nameOf(one) == value.toString())
            return one;
    }
    return std::nullopt;
}

constexpr std::array allKinds{ProfileKind::Sqlite, ProfileKind::Postgres, ProfileKind::Headless};
constexpr std::array allColours{ProfileColour::Blue, ProfileColour::Green,  ProfileColour::Amber,
                                ProfileColour::Red,  ProfileColour::Violet, ProfileColour::Grey};
constexpr std::array allEnvironments{ProfileEnvironment::Local, ProfileEnvironment::Staging,
                                     ProfileEnvironment::Production};
constexpr std::array allSafeModes{SafeMode::Off, SafeMode::Confirm, SafeMode::ReadOnlyUntilUnlocked};

/// The plain text fields, by their name in the file.
struct TextField {
    QLatin1StringView name;
    QString ConnectionProfile::*member;
};
constexpr std::array textFields{
    TextField{QLatin1StringView("id"), &ConnectionProfile::id},
    TextField{QLatin1StringView("name"), &ConnectionProfile::name},
    TextField{QLatin1StringView("sqliteFile"), &ConnectionProfile::sqliteFile},
    TextField{QLatin1StringView("host"), &ConnectionProfile::host},
    TextField{QLatin1StringView("database"), &ConnectionProfile::database},
    TextField{QLatin1StringView("user"), &ConnectionProfile::user},
    TextField{QLatin1StringView("options"), &ConnectionProfile::options},
    TextField{QLatin1StringView("url"), &ConnectionProfile::url},
    TextField{QLatin1StringView("caFile"), &ConnectionProfile::caFile},
    TextField{QLatin1StringView("timeZone"), &ConnectionProfile::timeZone},
};
constexpr std::array otherFields{
    QLatin1StringView("kind"),        QLatin1StringView("port"),     QLatin1StringView("colour"),
    QLatin1StringView("environment"), QLatin1StringView("safeMode"), QLatin1StringView("unlockMinutes"),
};

QJsonObject toJson(const ConnectionProfile &profile)
{
    QJsonObject object = profile.unknown;
    for (const TextField &field : textFields) {
        if (const QString &value = profile.*field.member; !value.isEmpty())
            object.insert(field.name, value);
    }
    object.insert(QStringLiteral("kind"), profileKindName(profile.kind));
    object.insert(QStringLiteral("colour"), profileColourName(profile.colour));
    object.insert(QStringLiteral("environment"), profileEnvironmentName(profile.environment));
    object.insert(QStringLiteral("safeMode"), safeModeName(profile.safeMode));
    object.insert(QStringLiteral("unlockMinutes"), profile.unlockMinutes);
    if (profile.kind == ProfileKind::Postgres)
        object.insert(QStringLiteral("port"), profile.port);
    return object;
}

/// nullopt = this version does not understand the entry.
std::optional<ConnectionProfile> fromJson(const QJsonValue &value)
{
    if (!value.isObject())
        return std::nullopt;
    const QJsonObject object = value.toObject();
    ConnectionProfile profile;
    profile.unknown = object;
    for (const TextField &field : textFields) {
        const QJsonValue text = object.value(field.name);
        if (!text.isUndefined() && !text.isString())
            return std::nullopt;
        profile.*field.member = text.toString();
        profile.unknown.remove(field.name);
    }
    for (const QLatin1StringView name : otherFields)
        profile.unknown.remove(name);
    const auto kind = fromName(allKinds, profileKindName, object.value(QLatin1StringView("kind")), profile.kind);
    const auto colour =
        fromName(allColours, profileColourName, object.value(QLatin1StringView("colour")), profile.colour);
    const auto environment = fromName(allEnvironments, profileEnvironmentName,
                                      object.value(QLatin1StringView("environment")), profile.environment);
    const auto safeMode =
        fromName(allSafeModes, safeModeName, object.value(QLatin1StringView("safeMode")), profile.safeMode);
    if (profile.id.isEmpty() || !kind || !colour || !environment || !safeMode)
        return std::nullopt;
    profile.kind = *kind;
    profile.colour = *colour;
    profile.environment = *environment;
    profile.safeMode = *safeMode;
    profile.port = object.value(QLatin1StringView("port")).toInt(profile.port);
    profile.unlockMinutes = object.value(QLatin1StringView("unlockMinutes")).toInt(profile.unlockMinutes);
    return profile;
}

void validateHeadless(const ConnectionProfile &profile, QHash<QString, QString> &problems)
{
    const QUrl url(profile.url, QUrl::StrictMode);
    const bool https = url.scheme() == QLatin1StringView("https"), http = url.scheme() == QLatin1StringView("http");
    const bool loopback = url.host() == QLatin1StringView("localhost") || url.host() == QLatin1StringView("::1") ||
                          url.host().startsWith(QLatin1StringView("127."));
    if (!url.isValid() || url.host().isEmpty() || (!https && !http))
        problems.insert(QStringLiteral("url"), QStringLiteral("must be an address such as https://host:8080"));
    else if (!url.userInfo().isEmpty())
        problems.insert(QStringLiteral("url"), QStringLiteral("must not contain a user or password"));
    else if (http && !loopback)
        problems.insert(QStringLiteral("url"), QStringLiteral("plain http is allowed to this machine only; use https"));
}

} // namespace

QString profileKindName(ProfileKind kind)
{
    switch (kind) {
    case ProfileKind::Sqlite:
        return QStringLiteral("sqlite");
    case ProfileKind::Postgres:
        return QStringLiteral("postgres");
    case ProfileKind::Headless:
        return QStringLiteral("headless");
    }
    Q_UNREACHABLE();
}

QString profileColourName(ProfileColour colour)
{
    switch (colour) {
    case ProfileColour::Blue:
        return QStringLiteral("blue");
    case ProfileColour::Green:
        return QStringLiteral("green");
    case ProfileColour::Amber:
        return QStringLiteral("amber");
    case ProfileColour::Red:
        return QStringLiteral("red");
    case ProfileColour::Violet:
        return QStringLiteral("violet");
    case ProfileColour::Grey:
        return QStringLiteral("grey");
    }
    Q_UNREACHABLE();
}

QString profileEnvironmentName(ProfileEnvironment environment)
{
    switch (environment) {
    case ProfileEnvironment::Local:
        return QStringLiteral("local");
    case ProfileEnvironment::Staging:
        return QStringLiteral("staging");
    case ProfileEnvironment::Production:
        return QStringLiteral("production");
    }
    Q_UNREACHABLE();
}

QString safeModeName(SafeMode mode)
{
    switch (mode) {
    case SafeMode::Off:
        return QStringLiteral("off");
    case SafeMode::Confirm:
        return QStringLiteral("confirm");
    case SafeMode::ReadOnlyUntilUnlocked:
        return QStringLiteral("readOnlyUntilUnlocked");
    }
    Q_UNREACHABLE();
}

const QList<ProfileColour> &allProfileColours()
{
    static const QList<ProfileColour> colours(allColours.begin(), allColours.end());
    return colours;
}

QString newProfileId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

domain::Result<domain::Done> validateProfile(const ConnectionProfile &profile)
{
    constexpr int longestName = 80, longestUnlock = 24 * 60;
    QHash<QString, QString> problems;
    if (profile.id.isEmpty())
        problems.insert(QStringLiteral("id"), QStringLiteral("is missing"));
    if (profile.name.trimmed().isEmpty() || profile.name.size() > longestName)
        problems.insert(QStringLiteral("name"), QStringLiteral("must have 1 to 80 characters"));
    if (profile.unlockMinutes < 1 || profile.unlockMinutes > longestUnlock)
        problems.insert(QStringLiteral("unlockMinutes"), QStringLiteral("must be 1 to 1440"));
    if (!profile.timeZone.isEmpty() && !QTimeZone::isTimeZoneIdAvailable(profile.timeZone.toUtf8()))
        problems.insert(QStringLiteral("timeZone"), QStringLiteral("is not a known time zone"));
    switch (profile.kind) {
    case ProfileKind::Sqlite:
        if (!profile.sqliteFile.isEmpty() && !QFileInfo(profile.sqliteFile).isAbsolute())
            problems.insert(QStringLiteral("sqliteFile"), QStringLiteral("must be a full path"));
        break;
    case ProfileKind::Postgres:
        if (profile.host.trimmed().isEmpty())
            problems.insert(QStringLiteral("host"), QStringLiteral("is missing"));
        if (profile.database.trimmed().isEmpty())
            problems.insert(QStringLiteral("database"), QStringLiteral("is missing"));
        if (profile.port < 1 || profile.port > 65535)
            problems.insert(QStringLiteral("port"), QStringLiteral("must be 1 to 65535"));
        if (profile.options.contains(QLatin1StringView("password"), Qt::CaseInsensitive))
            problems.insert(QStringLiteral("options"), QStringLiteral("must not contain a password"));
        break;
    case ProfileKind::Headless:
        validateHeadless(profile, problems);
        break;
    }
    if (problems.isEmpty())
        return domain::Done{};
    return domain::Error{ErrorCode::InvalidInput, QStringLiteral("invalid_profile"),
                         QStringLiteral("the profile has wrong fields"), problems};
}

ProfileStore::ProfileStore(QString file) : m_file(std::move(file)) {}

domain::Result<QList<ConnectionProfile>> ProfileStore::load()
{
    m_notUnderstood = {};
    m_unknown = {};
    QFile file(m_file);
    if (!file.exists())
        return QList<ConnectionProfile>();
    if (!file.open(QIODevice::ReadOnly))
        return domain::unavailable(QStringLiteral("profiles_unreadable"),
                                   QStringLiteral("%1: %2").arg(m_file, file.errorString()));
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    file.close();
    if (!document.isObject() || !document.object().value(profilesField).isArray()) {
        const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddTHHmmsszzz"));
        const QString aside = m_file + QStringLiteral(".corrupt-") + stamp;
        if (!QFile::rename(m_file, aside))
            return domain::unavailable(QStringLiteral("profiles_unreadable"),
                                       QStringLiteral("%1 is damaged and cannot be moved aside").arg(m_file));
        return domain::makeError(ErrorCode::Internal, QStringLiteral("profiles_corrupt"), aside);
    }
    m_unknown = document.object();
    QList<ConnectionProfile> profiles;
    for (const QJsonValue &value : m_unknown.take(profilesField).toArray()) {
        if (auto profile = fromJson(value))
            profiles.append(*profile);
        else
            m_notUnderstood.append(value);
    }
    return profiles;
}

domain::Result<domain::Done> ProfileStore::save(const QList<ConnectionProfile> &profiles)
{
    const auto unwritable = [this](const QString &why) {
        return domain::unavailable(QStringLiteral("profiles_unwritable"), QStringLiteral("%1: %2").arg(m_file, why));
    };
    if (auto folder = ensureFolder(QFileInfo(m_file).path()); !folder)
        return unwritable(folder.error().detail);
    QJsonArray entries;
    for (const ConnectionProfile &profile : profiles)
        entries.append(toJson(profile));
    for (const QJsonValue &value : m_notUnderstood)
        entries.append(value);
    QJsonObject root = m_unknown;
    root.insert(QStringLiteral("version"), root.value(QStringLiteral("version")).toInt(1));
    root.insert(profilesField, entries);
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly))
        return unwritable(file.errorString());
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QJsonDocument(root).toJson());
    if (!file.commit())
        return unwritable(file.errorString());
    return domain::Done{};
}

} // namespace platform
