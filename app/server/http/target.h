#pragma once
#include "app/server/request.h"

#include <QByteArray>

#include <optional>
#include <string_view>

namespace server {

/// Decodes %XX. nullopt: a bad escape, a control character (U+0000 included) or invalid UTF-8 in the result.
/// `plusIsSpace` for query strings.
std::optional<QByteArray> percentDecode(std::string_view text, bool plusIsSpace = false);

/// The parts of a request target. Origin form ("/a?b") and absolute form ("http://host/a?b") only.
struct Target {
    QByteArray rawPath; ///< still encoded, begins with a slash
    QByteArray path;    ///< decoded
    NamedValues query;
};

/// nullopt: not one of the two forms, a character outside printable ASCII, '#', a bad escape, invalid UTF-8, a control
/// character behind an escape, or more than 100 query pairs.
std::optional<Target> parseTarget(std::string_view target);

/// Valid UTF-8 (no overlong forms, no surrogates).
bool isValidUtf8(QByteArrayView bytes);

} // namespace server
