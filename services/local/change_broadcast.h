#pragma once
#include "services/ports/change_feed.h"

#include <memory>

namespace local {

/// Hands each change to every subscriber, one after another, on the publisher's thread.
class ChangeBroadcast : public ports::ChangeFeed {
public:
    ChangeBroadcast();
    ~ChangeBroadcast() override;

    std::unique_ptr<ports::Subscription> subscribe(std::function<void(const ports::Change &)> onChange) override;
    /// Thread-safe.
    void publish(const ports::Change &change);

private:
    struct Listeners;
    class Handle;
    std::shared_ptr<Listeners> m_listeners;
};

} // namespace local
