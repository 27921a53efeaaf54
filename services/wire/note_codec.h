#pragma once
#include "models/domain/customer.h"
#include "models/domain/result.h"

namespace wire {

QByteArray encodeNotes(const QList<domain::Note> &notes);
domain::Result<QList<domain::Note>> decodeNotes(const QByteArray &body);

/// Request body `{body}`; absent is empty, so that `missing_body` answers.
QByteArray encodeNewNote(const QString &text);
domain::Result<QString> decodeNewNote(const QByteArray &body);

QByteArray encodeNote(const domain::Note &note); ///< `{ok, note}`
domain::Result<domain::Note> decodeNote(const QByteArray &body);

QByteArray encodeDeletedNote(domain::NoteId note); ///< `{ok, note_id}`

} // namespace wire
