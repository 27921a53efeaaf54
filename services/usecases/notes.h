#pragma once
#include "services/usecases/env.h"

/// Notes of a customer (spec 01 §2.8). Adding and deleting write one audit row each, without the note's text.
namespace usecases {

/// ViewCustomers. Newest first, at most 50; an unknown team has none.
domain::Result<QList<domain::Note>> newestNotes(const Env &env, domain::TeamId team);
/// WriteNotes. `missing_body`, `body_too_long`, `invalid_text`, `team_not_found`.
domain::Result<domain::Note> addNote(const Env &env, domain::TeamId team, const QString &body);
/// WriteNotes. `note_not_found`.
domain::Result<domain::Done> deleteNote(const Env &env, domain::NoteId note);

} // namespace usecases
