#include "services/wire/note_codec.h"

#include "services/wire/body.h"
#include "services/wire/json_reader.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace wire {

namespace {

QJsonObject noteObject(const domain::Note &note)
{
    return QJsonObject{
        {QStringLiteral("id"), note.id.toString()},
        {QStringLiteral("team_id"), note.team.toString()},
        {QStringLiteral("body"), note.body},
        {QStringLiteral("author_email"), note.authorEmail},
        {QStringLiteral("created_at"), timeText(note.createdAt)},
    };
}

domain::Note readNote(const JsonReader &reader)
{
    domain::Note note;
    note.id = reader.id<domain::NoteId>(QLatin1StringView("id"));
    note.team = reader.id<domain::TeamId>(QLatin1StringView("team_id"));
    note.body = reader.text(QLatin1StringView("body"));
    note.authorEmail = reader.text(QLatin1StringView("author_email"));
    note.createdAt = reader.time(QLatin1StringView("created_at"));
    return note;
}

} // namespace

QByteArray encodeNotes(const QList<domain::Note> &notes)
{
    QJsonArray array;
    for (const domain::Note &note : notes)
        array.append(noteObject(note));
    return okBody({{QStringLiteral("notes"), array}});
}

domain::Result<QList<domain::Note>> decodeNotes(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    QList<domain::Note> notes;
    for (const JsonReader &item : reader.objects(QLatin1StringView("notes")))
        notes << readNote(item);
    return reader.finish(std::move(notes));
}

QByteArray encodeNewNote(const QString &text)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("body"), text}}).toJson(QJsonDocument::Compact);
}

domain::Result<QString> decodeNewNote(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    return reader.finish(reader.optionalText(QLatin1StringView("body")));
}

QByteArray encodeNote(const domain::Note &note)
{
    return okBody({{QStringLiteral("note"), noteObject(note)}});
}

domain::Result<domain::Note> decodeNote(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    return reader.finish(readNote(reader.object(QLatin1StringView("note"))));
}

QByteArray encodeDeletedNote(domain::NoteId note)
{
    return okBody({{QStringLiteral("note_id"), note.toString()}});
}

} // namespace wire
