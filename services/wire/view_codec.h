#pragma once
#include "services/ports/view_service.h"

namespace wire {

QByteArray encodeViews(const QList<ports::SavedView> &views);
domain::Result<QList<ports::SavedView>> decodeViews(const QByteArray &body);

/// Request `{screen, name, query, sort, shared}`; the owner is the caller, never a member of the body.
QByteArray encodeNewView(const ports::SavedView &view);
domain::Result<ports::SavedView> decodeNewView(const QByteArray &body);

QByteArray encodeView(const ports::SavedView &view); ///< `{ok, view}`
domain::Result<ports::SavedView> decodeView(const QByteArray &body);

QByteArray encodeDeletedView(domain::ViewId view); ///< `{ok, view_id}`

} // namespace wire
