#include "views/pages/timeline_text.h"

#include "models/domain/audit_kind_names.h"
#include "models/domain/format.h"

namespace pages {

namespace {
bool startsWithAny(const QString &kind, std::initializer_list<const char *> prefixes)
{
    for (const char *prefix : prefixes)
        if (kind.startsWith(QLatin1StringView(prefix)))
            return true;
    return false;
}
bool containsAny(const QString &kind, std::initializer_list<const char *> words)
{
    for (const char *word : words)
        if (kind.contains(QLatin1StringView(word)))
            return true;
    return false;
}
QString when(const QDateTime &utc, const QTimeZone &zone, const QDateTime &nowUtc, bool dayShown)
{
    return dayShown ? utc.toTimeZone(zone).toString(QStringLiteral("HH:mm")) : domain::shortTimeText(utc, zone, nowUtc);
}
} // namespace

const QList<TimelineGroup> &timelineGroups()
{
    static const QList<TimelineGroup> all{TimelineGroup::All,       TimelineGroup::Billing,     TimelineGroup::Tier,
                                          TimelineGroup::Resources, TimelineGroup::Deployments, TimelineGroup::People,
                                          TimelineGroup::Operators};
    return all;
}

QString timelineGroupName(TimelineGroup group)
{
    switch (group) {
    case TimelineGroup::All:
        return QStringLiteral("All");
    case TimelineGroup::Billing:
        return QStringLiteral("Billing");
    case TimelineGroup::Tier:
        return QStringLiteral("Tier");
    case TimelineGroup::Resources:
        return QStringLiteral("Resources");
    case TimelineGroup::Deployments:
        return QStringLiteral("Deployments");
    case TimelineGroup::People:
        return QStringLiteral("People");
    case TimelineGroup::Operators:
        return QStringLiteral("Operators");
    }
    return {};
}

QString timelineGroupKey(TimelineGroup group)
{
    return timelineGroupName(group).toLower();
}

TimelineGroup timelineGroupOf(const QString &kind)
{
    namespace kinds = domain::kinds;
    if (kind == kinds::adminTierChanged || kind == kinds::subscriptionUpgraded ||
        kind == kinds::subscriptionDowngraded || startsWithAny(kind, {"tier."}))
        return TimelineGroup::Tier;
    if (domain::isOperatorKind(kind))
        return TimelineGroup::Operators;
    if (startsWithAny(kind, {"payment.", "subscription.", "billing.", "promo", "charge", "invoice"}))
        return TimelineGroup::Billing;
    if (startsWithAny(kind, {"deploy", "stack"}))
        return TimelineGroup::Deployments;
    if (startsWithAny(kind,
                      {"team.", "user.", "auth.", "login", "member", "invite", "account", "rbac", "api_key", "pat."}))
        return TimelineGroup::People;
    return TimelineGroup::Resources;
}

widgets::Tone timelineTone(const QString &kind)
{
    namespace kinds = domain::kinds;
    if (domain::isFaultKind(kind) || containsAny(kind, {"fail", "terminated", "dead", "denied", "deleted", "halted"}))
        return widgets::Tone::Bad;
    if (kind == kinds::paymentGraceStarted || containsAny(kind, {"reminder", "imminent", "near", "warning", "degraded",
                                                                 "paused", "cancel", "expir", "downgrade"}))
        return widgets::Tone::Warning;
    if (containsAny(kind, {"recovered", "healthy", "succeeded", "delivered", "upgraded"}))
        return widgets::Tone::Good;
    return domain::isOperatorKind(kind) || startsWithAny(kind, {"tier", "subscription"}) ? widgets::Tone::Accent
                                                                                         : widgets::Tone::Neutral;
}

QString timelineIcon(const QString &kind)
{
    switch (timelineGroupOf(kind)) {
    case TimelineGroup::All:
        return {};
    case TimelineGroup::Billing:
        return QStringLiteral("money");
    case TimelineGroup::Tier:
        return QStringLiteral("tier");
    case TimelineGroup::Resources:
        return QStringLiteral("database");
    case TimelineGroup::Deployments:
        return QStringLiteral("deploy");
    case TimelineGroup::People:
        return QStringLiteral("user");
    case TimelineGroup::Operators:
        return QStringLiteral("shield");
    }
    return {};
}

widgets::TimelineEntry timelineEntry(const domain::AuditEntry &entry, const QTimeZone &zone, const QDateTime &nowUtc,
                                     bool dayShown)
{
    const QString title = entry.summary.isEmpty() ? entry.kind : entry.summary;
    return {entry.id.toString(),
            timelineIcon(entry.kind),
            timelineTone(entry.kind),
            title,
            when(entry.createdAt, zone, nowUtc, dayShown) + QStringLiteral(" · ") + entry.kind,
            title + QLatin1Char('\n') + domain::timeTip(entry.createdAt, nowUtc)};
}

widgets::TimelineEntry timelineEntry(const domain::Note &note, const QTimeZone &zone, const QDateTime &nowUtc,
                                     bool dayShown)
{
    const QString who = note.authorEmail.section(QLatin1Char('@'), 0, 0);
    return {QStringLiteral("note:") + note.id.toString(),
            QStringLiteral("note"),
            widgets::Tone::Neutral,
            QStringLiteral("Note by %1: %2").arg(who, note.body.simplified()),
            when(note.createdAt, zone, nowUtc, dayShown) + QStringLiteral(" · note"),
            note.body.left(600) + QLatin1Char('\n') + domain::timeTip(note.createdAt, nowUtc)};
}

} // namespace pages
