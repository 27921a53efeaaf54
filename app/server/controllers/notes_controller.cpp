#include "app/server/controllers/notes_controller.h"

#include "app/server/controllers/reply.h"
#include "services/wire/note_codec.h"

namespace server {

void NotesController::list(const Request &request, Responder responder) const
{
    const auto team = pathId<domain::TeamId>(request, "team_id", "invalid_team_id");
    if (!team)
        return responder(failure(request, team.error()));
    answer(m_customers.notes(callContext(request), *team), request, std::move(responder),
           [](const QList<domain::Note> &notes) { return jsonReply(wire::encodeNotes(notes)); });
}

void NotesController::add(const Request &request, Responder responder) const
{
    const auto team = pathId<domain::TeamId>(request, "team_id", "invalid_team_id");
    if (!team)
        return responder(failure(request, team.error()));
    const domain::Result<QString> text = wire::decodeNewNote(request.body);
    if (!text)
        return responder(failure(request, text.error()));
    answer(m_customers.addNote(callContext(request), *team, *text), request, std::move(responder),
           [](const domain::Note &note) { return jsonReply(wire::encodeNote(note), 201); });
}

void NotesController::remove(const Request &request, Responder responder) const
{
    const auto note = pathId<domain::NoteId>(request, "note_id", "invalid_note_id");
    if (!note)
        return responder(failure(request, note.error()));
    answer(m_customers.deleteNote(callContext(request), *note), request, std::move(responder),
           [id = *note](const domain::Done &) { return jsonReply(wire::encodeDeletedNote(id)); });
}

} // namespace server
