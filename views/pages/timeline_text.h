#pragma once
#include "models/domain/audit.h"
#include "models/domain/customer.h"
#include "views/widgets/timeline.h"

#include <QTimeZone>

namespace pages {

/// Groups of audit kinds that the chips of a timeline offer.
enum class TimelineGroup { All, Billing, Tier, Resources, Deployments, People, Operators };
QString timelineGroupName(TimelineGroup group);
QString timelineGroupKey(TimelineGroup group);
TimelineGroup timelineGroupOf(const QString &kind);
const QList<TimelineGroup> &timelineGroups();

widgets::Tone timelineTone(const QString &kind);
QString timelineIcon(const QString &kind);
/// dayShown: the day stands in a heading, so only the time of day is said.
widgets::TimelineEntry timelineEntry(const domain::AuditEntry &entry, const QTimeZone &zone, const QDateTime &nowUtc,
                                     bool dayShown = false);
widgets::TimelineEntry timelineEntry(const domain::Note &note, const QTimeZone &zone, const QDateTime &nowUtc,
                                     bool dayShown = false);

} // namespace pages
