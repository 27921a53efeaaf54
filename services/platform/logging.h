#pragma once
#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <qlogging.h>

namespace platform {

enum class LogFormat { Text, Json };

struct LogOptions {
    LogFormat format = LogFormat::Text;
    QtMsgType lowest = QtInfoMsg; ///< less severe messages are dropped
};

/// debug, info, warning, error → message type; anything else is info.
QtMsgType logLevelFromName(const QString &name);

/// Replaces what must never be in a log: passwords of connection URLs, `ink_…` secrets, Bearer and Basic credentials,
/// JSON web tokens, Brevo's keys, the secret of its webhook's address.
QString redactSecrets(const QString &text);

/// One line without a line break at its end: text `time level category: message`, or one JSON object
/// {time, level, category, message}. Line breaks of the message are escaped, secrets are redacted.
QByteArray formatLogLine(LogFormat format, QtMsgType type, const QString &category, const QString &message,
                         const QDateTime &timeUtc);

/// All messages of the process go to standard error in this form from now on. Thread-safe; lines never interleave.
void installLogging(const LogOptions &options);

} // namespace platform
