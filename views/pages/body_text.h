#pragma once
#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace pages {

/// Bytes as text, nothing lost and nothing made up: well-formed UTF-8 as it reads, every other byte and every control
/// character but line feed and tab as `\x1f`, characters that would turn or hide the text as `\u{202e}`.
struct BodyText {
    QString text;
    qsizetype shown = 0;   ///< bytes that `text` stands for
    qsizetype escaped = 0; ///< bytes that are no UTF-8, within those shown
};
/// At most about `limit` bytes, never half a character; limit < 0 = all.
BodyText bodyText(const QByteArray &body, qsizetype limit = -1);
/// Well-formed UTF-8 without U+0000: such bytes can stand in a shell command and on the clipboard as they are.
bool isPlainText(const QByteArray &body);

/// A POSIX shell command that sends the stored body to a server on this machine. The secret is the variable $SECRET:
/// part of the address for `brevo`, key of the signature for `brevo_suppression`. Whatever stands in body and headers
/// is quoted; bytes that no argument can hold go through base64. Redacted headers and those that curl makes are left
/// out.
QString curlCommand(const QString &provider, const QByteArray &body, const QList<std::pair<QString, QString>> &headers);
/// In single quotes; holds for every text.
QString shellQuoted(const QString &text);

/// What a header's value is replaced by when it holds a secret.
inline constexpr QLatin1StringView redactedValue("[redacted]");

} // namespace pages
