#pragma once
#include "views/pages/page.h"

#include <optional>

namespace shell {

/// `console://<profile>/<screen>[/<id>]?<query>`; the profile's name is percent-encoded (06-screens §1).
struct DeepLink {
    QString profile;
    pages::Location location;
    bool operator==(const DeepLink &) const = default;
};
QString toText(const DeepLink &link);
/// nullopt when it is not such a link or names no known screen.
std::optional<DeepLink> parseDeepLink(const QString &text);

} // namespace shell
