#pragma once
#include "services/ports/overview_service.h"

namespace wire {

QByteArray encodeOverview(const ports::Overview &overview); ///< `{ok, overview}`
domain::Result<ports::Overview> decodeOverview(const QByteArray &body);

QString attentionKindName(ports::AttentionKind kind); ///< over_quota, near_quota, grace_ending …
std::optional<ports::AttentionKind> parseAttentionKind(QStringView name);

} // namespace wire
