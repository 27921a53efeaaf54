#include "app/desktop/profile_mapping.h"

namespace desktop {
namespace {

using platform::ProfileColour;
using platform::ProfileEnvironment;
using platform::ProfileKind;
using platform::SafeMode;
using widgets::EnvironmentHue;
using widgets::EnvironmentKind;

EnvironmentHue toHue(ProfileColour colour)
{
    switch (colour) {
    case ProfileColour::Blue:
        return EnvironmentHue::Blue;
    case ProfileColour::Green:
        return EnvironmentHue::Green;
    case ProfileColour::Amber:
        return EnvironmentHue::Amber;
    case ProfileColour::Red:
        return EnvironmentHue::Red;
    case ProfileColour::Violet:
        return EnvironmentHue::Violet;
    case ProfileColour::Grey:
        return EnvironmentHue::Grey;
    }
    Q_UNREACHABLE();
}

ProfileColour toColour(EnvironmentHue hue)
{
    switch (hue) {
    case EnvironmentHue::Blue:
        return ProfileColour::Blue;
    case EnvironmentHue::Green:
        return ProfileColour::Green;
    case EnvironmentHue::Amber:
        return ProfileColour::Amber;
    case EnvironmentHue::Red:
        return ProfileColour::Red;
    case EnvironmentHue::Violet:
        return ProfileColour::Violet;
    case EnvironmentHue::Grey:
        return ProfileColour::Grey;
    }
    Q_UNREACHABLE();
}

EnvironmentKind toKind(ProfileEnvironment environment)
{
    switch (environment) {
    case ProfileEnvironment::Local:
        return EnvironmentKind::Local;
    case ProfileEnvironment::Staging:
        return EnvironmentKind::Staging;
    case ProfileEnvironment::Production:
        return EnvironmentKind::Production;
    }
    Q_UNREACHABLE();
}

ProfileEnvironment toEnvironment(EnvironmentKind kind)
{
    switch (kind) {
    case EnvironmentKind::Local:
        return ProfileEnvironment::Local;
    case EnvironmentKind::Staging:
        return ProfileEnvironment::Staging;
    case EnvironmentKind::Production:
        return ProfileEnvironment::Production;
    }
    Q_UNREACHABLE();
}

dialogs::ConnectionKind toConnection(ProfileKind kind)
{
    switch (kind) {
    case ProfileKind::Sqlite:
        return dialogs::ConnectionKind::Sqlite;
    case ProfileKind::Postgres:
        return dialogs::ConnectionKind::Postgres;
    case ProfileKind::Headless:
        return dialogs::ConnectionKind::Headless;
    }
    Q_UNREACHABLE();
}

ProfileKind toProfile(dialogs::ConnectionKind kind)
{
    switch (kind) {
    case dialogs::ConnectionKind::Sqlite:
        return ProfileKind::Sqlite;
    case dialogs::ConnectionKind::Postgres:
        return ProfileKind::Postgres;
    case dialogs::ConnectionKind::Headless:
        return ProfileKind::Headless;
    }
    Q_UNREACHABLE();
}

} // namespace

dialogs::ConnectionProfile toView(const platform::ConnectionProfile &p)
{
    dialogs::ConnectionProfile v;
    v.id = p.id;
    v.name = p.name;
    v.kind = toConnection(p.kind);
    v.sqliteFile = p.sqliteFile;
    v.host = p.host;
    v.database = p.database;
    v.user = p.user;
    v.options = p.options;
    v.port = p.port;
    v.url = p.url;
    v.caFile = p.caFile;
    v.hue = toHue(p.colour);
    v.environment = toKind(p.environment);
    v.safeMode = p.safeMode == SafeMode::ReadOnlyUntilUnlocked;
    v.unlockMinutes = p.unlockMinutes;
    v.timeZone = p.timeZone;
    return v;
}

platform::ConnectionProfile toStored(const dialogs::ConnectionProfile &v, const platform::ConnectionProfile &before)
{
    platform::ConnectionProfile p = before;
    p.id = v.id.isEmpty() ? platform::newProfileId() : v.id;
    p.name = v.name;
    p.kind = toProfile(v.kind);
    p.sqliteFile = v.sqliteFile;
    p.host = v.host;
    p.database = v.database;
    p.user = v.user;
    p.options = v.options;
    p.port = v.port;
    p.url = v.url;
    p.caFile = v.caFile;
    p.colour = toColour(v.hue);
    p.environment = toEnvironment(v.environment);
    if (v.safeMode)
        p.safeMode = SafeMode::ReadOnlyUntilUnlocked;
    else if (p.safeMode == SafeMode::ReadOnlyUntilUnlocked)
        p.safeMode = SafeMode::Confirm;
    p.unlockMinutes = v.unlockMinutes;
    p.timeZone = v.timeZone;
    return p;
}

} // namespace desktop
