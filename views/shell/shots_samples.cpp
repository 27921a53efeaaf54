#include "views/shell/shots_samples.h"

#include <QDateTime>

namespace shell {

widgets::Environment environmentFor(bool production, bool unlocked)
{
    using namespace widgets;
    if (production)
        return {QStringLiteral("Production"),
                QStringLiteral("api.example.dev"),
                EnvironmentKind::Production,
                EnvironmentHue::Red,
                true,
                unlocked ? QDateTime::currentDateTimeUtc().addSecs(15 * 60 - 1) : QDateTime()};
    return {QStringLiteral("This machine"),
            QStringLiteral("console.sqlite"),
            EnvironmentKind::Local,
            EnvironmentHue::Green,
            false,
            {}};
}

QList<dialogs::ConnectionProfile> sampleProfiles()
{
    using dialogs::ConnectionKind;
    using widgets::EnvironmentHue;
    using widgets::EnvironmentKind;
    dialogs::ConnectionProfile local, staging, production;
    local.id = QStringLiteral("1");
    local.name = QStringLiteral("This machine");
    staging.id = QStringLiteral("2");
    staging.name = QStringLiteral("Staging");
    staging.kind = ConnectionKind::Postgres;
    staging.host = QStringLiteral("db.staging.example.dev");
    staging.database = QStringLiteral("instanode");
    staging.environment = EnvironmentKind::Staging;
    staging.hue = EnvironmentHue::Amber;
    production.id = QStringLiteral("3");
    production.name = QStringLiteral("Production");
    production.kind = ConnectionKind::Headless;
    production.url = QStringLiteral("https://console.example.dev:8443");
    production.environment = EnvironmentKind::Production;
    production.hue = EnvironmentHue::Red;
    production.safeMode = true;
    return {local, staging, production};
}

QList<ports::SavedView> sampleViews()
{
    const auto view = [](const char *screen, const char *name, const char *query) {
        ports::SavedView v;
        v.screen = QString::fromLatin1(screen);
        v.name = QString::fromLatin1(name);
        v.query = QString::fromLatin1(query);
        v.sort = v.screen == QLatin1StringView("customers") ? QStringLiteral("mrr:desc") : QStringLiteral("time:desc");
        return v;
    };
    return {view("customers", "Pro and Growth", "tier:pro,growth seen<30d"),
            view("customers", "Paying, gone quiet", "mrr>=1 seen>30d"),
            view("audit", "Alerts and failures", "faults:yes")};
}

} // namespace shell
