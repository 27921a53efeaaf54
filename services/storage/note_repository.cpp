#include "services/storage/note_repository.h"

namespace storage {

using domain::Done;
using domain::Note;
using domain::Result;

namespace {

QString columns(const Connection &connection)
{
    return QStringLiteral("id, team_id, body, author_email, %1").arg(connection.millis(QStringLiteral("created_at")));
}

Note noteOf(const Row &row)
{
    return {domain::NoteId(row.uuid(0)), domain::TeamId(row.uuid(1)), row.text(2), row.text(3), row.time(4)};
}

} // namespace

Result<QList<Note>> SqlNoteRepository::newest(domain::TeamId team, int limit)
{
    QList<Note> notes;
    const QString sql = QStringLiteral("SELECT %1 FROM admin_customer_notes WHERE team_id = ? "
                                       "ORDER BY created_at DESC, id DESC LIMIT ?")
                            .arg(columns(m_connection));
    auto done = m_connection.select(sql, {team.toString(), limit}, [&](const Row &row) {
        notes.append(noteOf(row));
        return true;
    });
    if (!done)
        return done.error();
    return notes;
}

Result<Done> SqlNoteRepository::insert(const Note &note)
{
    auto done = m_connection.execute(
        QStringLiteral("INSERT INTO admin_customer_notes (id, team_id, body, author_email, created_at) "
                       "VALUES (?, ?, ?, ?, ?)"),
        {note.id.toString(), note.team.toString(), note.body, note.authorEmail, toSqlTime(note.createdAt)});
    if (!done)
        return done.error();
    return Done{};
}

Result<std::optional<Note>> SqlNoteRepository::find(domain::NoteId id)
{
    std::optional<Note> note;
    const QString sql = QStringLiteral("SELECT %1 FROM admin_customer_notes WHERE id = ?").arg(columns(m_connection));
    auto done = m_connection.select(sql, {id.toString()}, [&](const Row &row) {
        note = noteOf(row);
        return false;
    });
    if (!done)
        return done.error();
    return note;
}

Result<bool> SqlNoteRepository::remove(domain::NoteId id)
{
    return m_connection.execute(QStringLiteral("DELETE FROM admin_customer_notes WHERE id = ?"), {id.toString()})
        .map([](qint64 rows) { return rows > 0; });
}

} // namespace storage
