#pragma once
#include <QByteArray>
#include <QString>

namespace pages {

/// The stored JSON indented, every token as it stands: numbers keep all their digits, keys their order. What is not
/// JSON comes back unchanged. `<`, `&` are not escaped: plain text.
QString prettyJson(const QByteArray &json);

} // namespace pages
