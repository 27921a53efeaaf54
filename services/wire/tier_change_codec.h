#pragma once
#include "services/ports/customer_service.h"

namespace wire {

/// Body of a tier change or its preview: `{tier, reason}`. An absent member is empty, so that the rule of the use case
/// answers (`invalid_tier`, `missing_reason`); a member of another type is `invalid_body`.
QByteArray encodeTierChange(const ports::TierChange &change);
domain::Result<ports::TierChange> decodeTierChange(domain::TeamId team, const QByteArray &body);

QByteArray encodeTierChangePreview(const ports::TierChangePreview &preview);
domain::Result<ports::TierChangePreview> decodeTierChangePreview(const QByteArray &body);

/// `{ok, team_id, from, to, agent_action, …}` (spec 01 §2.6).
QByteArray encodeTierChangeResult(const ports::TierChangeResult &result, const QString &agentAction);
domain::Result<ports::TierChangeResult> decodeTierChangeResult(const QByteArray &body);

} // namespace wire
