#pragma once
#include <QString>

#include <functional>
#include <memory>

namespace ports {

/// "Something of this kind changed after a commit." `id` is empty when only the kind is known.
struct Change {
    QString kind; ///< `team`, `note`, `audit`, `view`, `email`, `webhook`
    QString id;
    bool operator==(const Change &) const = default;
};

/// Ends the subscription when destroyed. After the destructor returns, the callback does not run any more.
class Subscription {
public:
    virtual ~Subscription() = default;
};

class ChangeFeed {
public:
    virtual ~ChangeFeed() = default;
    /// The callback runs on an unspecified thread and must not block. PostgreSQL: LISTEN/NOTIFY; SQLite: own commits at
    /// once, those of other processes by data_version (≤ 1 s); remote: server-sent events, reconnecting by itself.
    virtual std::unique_ptr<Subscription> subscribe(std::function<void(const Change &)> onChange) = 0;
};

} // namespace ports
