#pragma once
#include "services/platform/cidr.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

/// How the single values of the server's configuration are read. Pure; used by config*.cpp and by what gets the values.
namespace platform::values {

/// Trimmed parts of a comma list, empty ones left out.
QStringList commaList(const QString &text);
/// `host:port`, `[::1]:8080`, `:8080` (every interface), `8080`.
std::optional<std::pair<QString, quint16>> listenAddress(const QString &text);
/// nullopt when the whole text is not a number between the two.
std::optional<int> integer(const QString &text, int lowest, int highest);
/// Why this prefix is refused (spec 01 §2.1 gate A); empty = it is fine. Empty text is fine.
QString prefixProblem(const QString &text);
/// Why this is not an http(s) origin (scheme://host[:port], nothing after it); empty = it is fine.
QString originProblem(const QString &text);
/// `localhost`, 127.0.0.0/8 and ::1, without brackets.
bool isLoopbackHost(QStringView host);
/// Why this is not where a provider may be called: an https origin, or http to this machine; empty = it is fine.
QString providerUrlProblem(const QString &text);
/// Why this is no `smtp://user:password@host:port` or `smtps://…`; empty = it is fine. Repeats nothing of it.
QString smtpUrlProblem(const QString &text);
/// Something that may stand in an envelope and in a header: a local part, one `@` before a domain, at most 254
/// characters, no white space, no control character and none of `<>()[]",;:\`.
bool isAddress(QStringView text);

} // namespace platform::values
