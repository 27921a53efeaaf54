#include "services/usecases/notes.h"

namespace usecases {

using domain::Done;
using domain::ErrorCode;
using domain::Permission;
using domain::Result;

namespace {

constexpr int newestLimit = 50;

Result<Done> recordNoteChange(const Env &env, QLatin1StringView kind, const domain::Note &note, const QString &summary)
{
    const auto entry = operatorEntry(env, kind, note.team, summary,
                                     {{QStringLiteral("note_id"), note.id.toString()},
                                      {QStringLiteral("by_admin_email"), env.call.principal.email}});
    if (auto written = writeAudit(env, entry); !written)
        return written;
    return env.work.announce(QStringLiteral("note"), note.team.toString());
}

} // namespace

Result<QList<domain::Note>> newestNotes(const Env &env, domain::TeamId team)
{
    if (auto allowed = mayRead(env, Permission::ViewCustomers); !allowed)
        return allowed.error();
    return env.work.notes().newest(team, newestLimit);
}

Result<domain::Note> addNote(const Env &env, domain::TeamId team, const QString &body)
{
    if (auto allowed = mayWrite(env, Permission::WriteNotes); !allowed)
        return allowed.error();
    const QString text = body.trimmed();
    if (text.isEmpty())
        return domain::invalidInput(QStringLiteral("missing_body"), QStringLiteral("body"),
                                    QStringLiteral("must not be empty"));
    if (text.toUtf8().size() > domain::maxNoteBytes)
        return domain::invalidInput(QStringLiteral("body_too_long"), QStringLiteral("body"),
                                    QStringLiteral("must be at most %1 bytes").arg(domain::maxNoteBytes));
    if (auto checked = checkText(QStringLiteral("body"), text); !checked)
        return checked.error();

    const domain::Note note{domain::NoteId::random(), team, text, env.call.principal.email, env.clock.now()};
    auto done = env.work.transaction([&]() -> Result<Done> {
        if (auto known = env.work.customers().team(team); !known)
            return known.error();
        if (auto inserted = env.work.notes().insert(note); !inserted)
            return inserted;
        return recordNoteChange(env, domain::kinds::adminNoteAdded, note, QStringLiteral("Note added"));
    });
    if (!done)
        return done.error();
    return note;
}

Result<Done> deleteNote(const Env &env, domain::NoteId id)
{
    if (auto allowed = mayWrite(env, Permission::WriteNotes); !allowed)
        return allowed.error();
    const auto missing = [] {
        return domain::makeError(ErrorCode::NotFound, QStringLiteral("note_not_found"),
                                 QStringLiteral("there is no such note"));
    };
    return env.work.transaction([&]() -> Result<Done> {
        auto note = env.work.notes().find(id);
        if (!note)
            return note.error();
        if (!note->has_value())
            return missing();
        auto removed = env.work.notes().remove(id);
        if (!removed)
            return removed.error();
        if (!*removed)
            return missing();
        return recordNoteChange(env, domain::kinds::adminNoteDeleted, **note, QStringLiteral("Note deleted"));
    });
}

} // namespace usecases
