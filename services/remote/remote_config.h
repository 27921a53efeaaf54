#pragma once
#include "models/domain/result.h"

#include <QString>
#include <QUrl>

#include <chrono>

namespace remote {

struct RemoteConfig {
    QUrl url;      ///< `https://console.example.com`, with an optional base path
    QString token; ///< operator token, `ink_…`
    /// PEM file: when set, only these authorities are trusted, not the system's.
    QString caFile;
    /// Plain http sends the token readably; allowed to this machine without asking, elsewhere only with this.
    bool allowPlainHttp = false;
    std::chrono::milliseconds defaultDeadline{30'000}; ///< for calls whose context has none
    std::chrono::milliseconds idleTimeout{20'000};     ///< without a byte in either direction
    std::chrono::milliseconds firstReconnect{500};     ///< of the change feed; doubles up to lastReconnect
    std::chrono::milliseconds lastReconnect{30'000};
};

/// InvalidInput: `invalid_url`, `insecure_url`, `missing_token`.
domain::Result<domain::Done> checkConfig(const RemoteConfig &config);

} // namespace remote
