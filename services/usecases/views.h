#pragma once
#include "services/usecases/env.h"

/// Saved views of a list (06-screens §1).
namespace usecases {

/// The permission to see the screen itself. Own and shared ones, by name; an unknown screen has none.
domain::Result<QList<ports::SavedView>> visibleViews(const Env &env, const QString &screen);
/// ManageViews. `invalid_screen`, `invalid_name`, `invalid_query`. Owner and time are set here; the caller's view of
/// the same screen and name is replaced and keeps its id.
domain::Result<ports::SavedView> saveView(const Env &env, ports::SavedView view);
/// ManageViews. `view_not_found`, also when it belongs to somebody else.
domain::Result<domain::Done> deleteView(const Env &env, domain::ViewId view);

} // namespace usecases
