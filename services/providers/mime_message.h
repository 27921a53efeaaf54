#pragma once
#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace providers {

struct MimeMessage {
    QString from, fromName, to, subject;
    QString html, text;   ///< one may be empty
    QByteArray messageId; ///< with its angle brackets
    QDateTime date;
};

/// The bytes of a mail (RFC 5322, MIME), lines ended by CRLF: text and HTML as multipart/alternative, UTF-8 in
/// quoted-printable; names and subject as encoded words where they are not plain ASCII. Control characters of the
/// header values become spaces, so that none can add a header.
QByteArray mimeBytes(const MimeMessage &message);

} // namespace providers
