#include "views/pages/body_text.h"

#include <QSet>

#include <algorithm>

namespace pages {

namespace {

/// A command line of this many bytes is safe on every system; longer bodies are piped.
constexpr qsizetype longestArgument = 64 * 1024;

/// Length of the well-formed UTF-8 sequence that begins here, 0 when none does (RFC 3629: no overlong forms, no
/// surrogates, nothing above U+10FFFF).
qsizetype sequenceAt(const QByteArray &bytes, qsizetype at)
{
    const auto byte = [&](qsizetype i) {
        return at + i < bytes.size() ? static_cast<uchar>(bytes.at(at + i)) : uchar(0);
    };
    const auto follows = [&](qsizetype i) { return (byte(i) & 0xC0) == 0x80; };
    const uchar first = byte(0), second = byte(1);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool overlong = first == 0xE0 && second < 0xA0;
        const bool surrogate = first == 0xED && second > 0x9F;
        return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool overlong = first == 0xF0 && second < 0x90;
        const bool beyond = first == 0xF4 && second > 0x8F;
        return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

QString hexByte(uchar byte)
{
    return QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0'));
}

bool misleads(char16_t c)
{
    return (c >= 0x80 && c <= 0x9F) || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

void appendCharacter(QString &text, const QByteArray &bytes, qsizetype at, qsizetype length)
{
    if (length == 1) {
        const auto c = static_cast<uchar>(bytes.at(at));
        const bool shows = (c >= 0x20 && c != 0x7F) || c == '\n' || c == '\t';
        text += shows ? QString(QLatin1Char(static_cast<char>(c))) : hexByte(c);
        return;
    }
    const QString character = QString::fromUtf8(bytes.constData() + at, length);
    text += misleads(character.front().unicode())
                ? QStringLiteral("\\u{%1}").arg(character.front().unicode(), 4, 16, QLatin1Char('0'))
                : character;
}

bool isToken(const QString &name)
{
    static const QString marks = QStringLiteral("!#$%&'*+-.^_`|~");
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || marks.contains(c));
    });
}

bool isSent(const QString &name, const QString &value)
{
    static const QSet<QString> made{QStringLiteral("host"),
                                    QStringLiteral("content-length"),
                                    QStringLiteral("expect"),
                                    QStringLiteral("transfer-encoding"),
                                    QStringLiteral("te"),
                                    QStringLiteral("connection"),
                                    QStringLiteral("accept-encoding")};
    const QString lower = name.toLower();
    const bool signature =
        lower == QLatin1StringView("x-sib-signature") || lower == QLatin1StringView("x-mailin-custom");
    const bool printable =
        std::none_of(value.begin(), value.end(), [](QChar c) { return c.unicode() < 0x20 && c != QLatin1Char('\t'); });
    return isToken(name) && printable && value != redactedValue && !made.contains(lower) && !signature;
}

QString addressOf(const QString &provider)
{
    const QString host = QStringLiteral("\"http://localhost:8080");
    if (provider == QLatin1StringView("brevo_suppression"))
        return host + QStringLiteral("/api/v1/email/webhook/brevo\"");
    if (provider == QLatin1StringView("ses"))
        return host + QStringLiteral("/api/v1/email/webhook/ses\"");
    return host + QStringLiteral("/webhooks/brevo/$SECRET\"");
}

/// What writes the exact bytes to its output.
QString printer(const QByteArray &body)
{
    if (isPlainText(body) && body.size() <= longestArgument)
        return QStringLiteral("printf %s ") + shellQuoted(QString::fromUtf8(body));
    return QStringLiteral("printf %s ") + shellQuoted(QString::fromLatin1(body.toBase64())) +
           QStringLiteral(" | base64 -d");
}

} // namespace

BodyText bodyText(const QByteArray &body, qsizetype limit)
{
    BodyText made;
    const qsizetype end = limit < 0 ? body.size() : std::min(limit, body.size());
    made.text.reserve(end);
    while (made.shown < end) {
        const qsizetype length = sequenceAt(body, made.shown);
        if (length == 0) {
            made.text += hexByte(static_cast<uchar>(body.at(made.shown)));
            ++made.escaped;
            ++made.shown;
            continue;
        }
        if (made.shown + length > end)
            break;
        appendCharacter(made.text, body, made.shown, length);
        made.shown += length;
    }
    return made;
}

bool isPlainText(const QByteArray &body)
{
    for (qsizetype at = 0; at < body.size();) {
        const qsizetype length = sequenceAt(body, at);
        if (length == 0 || body.at(at) == '\0')
            return false;
        at += length;
    }
    return true;
}

QString shellQuoted(const QString &text)
{
    QString quoted = text;
    quoted.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    return QLatin1Char('\'') + quoted + QLatin1Char('\'');
}

QString curlCommand(const QString &provider, const QByteArray &body, const QList<std::pair<QString, QString>> &headers)
{
    const QString next = QStringLiteral(" \\\n  ");
    QString command = QStringLiteral("curl -sS -X POST ") + addressOf(provider);
    for (const auto &[name, value] : headers) {
        // curl drops a header without a value; a semicolon keeps it.
        if (isSent(name, value))
            command += next + QStringLiteral("-H ") +
                       shellQuoted(value.isEmpty() ? name + QLatin1Char(';') : name + QStringLiteral(": ") + value);
    }
    if (provider == QLatin1StringView("brevo_suppression"))
        command +=
            next +
            QStringLiteral("-H \"X-Sib-Signature: $(%1 | openssl dgst -sha256 -hmac \"$SECRET\" -r | cut -d' ' -f1)\"")
                .arg(printer(body));
    if (isPlainText(body) && body.size() <= longestArgument)
        return command + next + QStringLiteral("--data-raw ") + shellQuoted(QString::fromUtf8(body));
    return printer(body) + QStringLiteral(" | ") + command + next + QStringLiteral("--data-binary @-");
}

} // namespace pages
