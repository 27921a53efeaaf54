#include "services/providers/mime_message.h"

#include "services/security/tokens.h"

#include <algorithm>

namespace providers {

namespace {

constexpr qsizetype longestLine = 76;

bool isControl(QChar c)
{
    return c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

QString headerText(QString text)
{
    std::replace_if(text.begin(), text.end(), isControl, QLatin1Char(' '));
    return text.simplified();
}

bool isPlainAscii(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7f; });
}

/// RFC 2047, folded: each word at most 75 characters, none splits a character.
QByteArray encodedWords(const QString &text)
{
    constexpr qsizetype bytesPerWord = 45; // 60 in Base64
    QByteArray words, pending;
    const auto flush = [&] {
        if (!pending.isEmpty())
            words += (words.isEmpty() ? "" : "\r\n ") + QByteArray("=?UTF-8?B?") + pending.toBase64() + "?=";
        pending.clear();
    };
    for (const char32_t c : text.toStdU32String()) {
        const QByteArray bytes = QString::fromUcs4(&c, 1).toUtf8();
        if (pending.size() + bytes.size() > bytesPerWord)
            flush();
        pending += bytes;
    }
    flush();
    return words;
}

QByteArray subjectText(const QString &subject)
{
    const QString text = headerText(subject);
    const bool plain = isPlainAscii(text) && text.size() <= longestLine - 10 && !text.contains(QLatin1StringView("=?"));
    return plain ? text.toLatin1() : encodedWords(text);
}

QByteArray displayName(const QString &name)
{
    QString text = headerText(name);
    if (!isPlainAscii(text) || text.size() > longestLine - 10 || text.contains(QLatin1StringView("=?")))
        return encodedWords(text);
    text.replace(QLatin1Char('\\'), QStringLiteral("\\\\")).replace(QLatin1Char('"'), QStringLiteral("\\\""));
    return '"' + text.toLatin1() + '"';
}

QByteArray quotedPrintable(const QString &text)
{
    QByteArray out, line;
    const auto add = [&](const QByteArray &unit) {
        if (line.size() + unit.size() >= longestLine) { // room for the soft break
            out += line + "=\r\n";
            line.clear();
        }
        line += unit;
    };
    QString normalized = text;
    normalized.replace(QLatin1StringView("\r\n"), QLatin1StringView("\n"))
        .replace(QLatin1Char('\r'), QLatin1Char('\n'));
    const QByteArray bytes = normalized.toUtf8();
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const auto c = static_cast<unsigned char>(bytes.at(i));
        if (c == '\n') {
            out += line + "\r\n";
            line.clear();
            continue;
        }
        const bool blank = c == ' ' || c == '\t';
        const bool lineEnds = i + 1 == bytes.size() || bytes.at(i + 1) == '\n';
        const bool literal = (c > 0x20 && c < 0x7f && c != '=') || (blank && !lineEnds);
        add(literal ? QByteArray(1, static_cast<char>(c))
                    : '=' + QByteArray(1, static_cast<char>(c)).toHex().toUpper());
    }
    return line.isEmpty() ? out : out + line + "\r\n";
}

QByteArray part(const char *type, const QString &text)
{
    return QByteArray("Content-Type: ") + type +
           "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quotedPrintable(text);
}

} // namespace

QByteArray mimeBytes(const MimeMessage &message)
{
    QByteArray bytes = "Date: " + message.date.toUTC().toString(Qt::RFC2822Date).toLatin1() + "\r\n";
    bytes += "From: " + displayName(message.fromName) + " <" + headerText(message.from).toUtf8() + ">\r\n";
    bytes += "To: <" + headerText(message.to).toUtf8() + ">\r\n";
    bytes += "Subject: " + subjectText(message.subject) + "\r\n";
    bytes += "Message-ID: " + message.messageId + "\r\n";
    bytes += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
    if (message.text.isEmpty() || message.html.isEmpty())
        return bytes + (message.html.isEmpty() ? part("text/plain", message.text) : part("text/html", message.html));
    // Quoted-printable never has "=_", so no text can hold the boundary.
    const QByteArray boundary = "=_" + security::sha256Hex(message.messageId).first(32);
    const QByteArray delimiter = "--" + boundary;
    return bytes + "Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n\r\n" + delimiter +
           "\r\n" + part("text/plain", message.text) + delimiter + "\r\n" + part("text/html", message.html) +
           delimiter + "--\r\n";
}

} // namespace providers
