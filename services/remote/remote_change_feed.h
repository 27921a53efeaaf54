#pragma once
#include "services/ports/change_feed.h"

#include <memory>

namespace remote {

class HttpClient;

/// The host's server-sent events. One connection for all subscribers, open while there is one; after a break it comes
/// back by itself with growing pauses, and then says "something changed" for every kind (Change::id empty), because
/// changes in between were missed. The client outlives it.
class RemoteChangeFeed final : public ports::ChangeFeed {
public:
    explicit RemoteChangeFeed(HttpClient &client);
    ~RemoteChangeFeed() override;
    std::unique_ptr<ports::Subscription> subscribe(std::function<void(const ports::Change &)> onChange) override;

    struct State;

private:
    std::shared_ptr<State> m_state;
};

} // namespace remote
