#include "services/remote/remote_change_feed.h"

#include "services/remote/feed_connection.h"
#include "services/remote/http_client.h"

#include <algorithm>
#include <mutex>
#include <vector>

namespace remote {

namespace {

struct Subscriber {
    /// Held while the callback runs; recursive, because a callback may end its own subscription.
    std::recursive_mutex running;
    std::function<void(const ports::Change &)> onChange;
};

} // namespace

struct RemoteChangeFeed::State : std::enable_shared_from_this<State> {
    explicit State(HttpClient &httpClient) : client(httpClient) {}

    void add(const std::shared_ptr<Subscriber> &subscriber)
    {
        {
            const std::lock_guard lock(mutex);
            subscribers.push_back(subscriber);
        }
        adjustConnection();
    }

    void remove(const std::shared_ptr<Subscriber> &subscriber)
    {
        {
            const std::lock_guard running(subscriber->running);
            subscriber->onChange = nullptr;
        }
        {
            const std::lock_guard lock(mutex);
            std::erase(subscribers, subscriber);
            if (closed)
                return;
        }
        adjustConnection();
    }

    void notify(const ports::Change &change)
    {
        std::vector<std::shared_ptr<Subscriber>> current;
        {
            const std::lock_guard lock(mutex);
            current = subscribers;
        }
        for (const auto &subscriber : current) {
            const std::lock_guard running(subscriber->running);
            if (subscriber->onChange)
                subscriber->onChange(change);
        }
    }

    /// Opens or closes the connection, whichever the number of subscribers asks for by the time it runs.
    void adjustConnection()
    {
        client.run([self = shared_from_this()](HttpWorker &worker) {
            bool wanted = false;
            {
                const std::lock_guard lock(self->mutex);
                wanted = !self->subscribers.empty() && !self->closed;
            }
            if (wanted && !self->connection) {
                std::weak_ptr<State> weak = self;
                self->connection = new FeedConnection(worker, [weak](const ports::Change &change) {
                    if (const auto state = weak.lock())
                        state->notify(change);
                });
                self->connection->open();
            } else if (!wanted && self->connection) {
                delete self->connection;
            }
        });
    }

    HttpClient &client;
    std::mutex mutex;
    std::vector<std::shared_ptr<Subscriber>> subscribers;
    bool closed = false;
    QPointer<FeedConnection> connection; ///< network thread only
};

namespace {

class FeedSubscription final : public ports::Subscription {
public:
    FeedSubscription(std::shared_ptr<RemoteChangeFeed::State> state, std::shared_ptr<Subscriber> subscriber)
        : m_state(std::move(state))
        , m_subscriber(std::move(subscriber))
    {
    }
    ~FeedSubscription() override { m_state->remove(m_subscriber); }
    FeedSubscription(const FeedSubscription &) = delete;
    FeedSubscription &operator=(const FeedSubscription &) = delete;

private:
    std::shared_ptr<RemoteChangeFeed::State> m_state;
    std::shared_ptr<Subscriber> m_subscriber;
};

} // namespace

RemoteChangeFeed::RemoteChangeFeed(HttpClient &client) : m_state(std::make_shared<State>(client)) {}

RemoteChangeFeed::~RemoteChangeFeed()
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->closed = true;
    }
    m_state->adjustConnection();
}

std::unique_ptr<ports::Subscription> RemoteChangeFeed::subscribe(std::function<void(const ports::Change &)> onChange)
{
    auto subscriber = std::make_shared<Subscriber>();
    subscriber->onChange = std::move(onChange);
    m_state->add(subscriber);
    return std::make_unique<FeedSubscription>(m_state, std::move(subscriber));
}

} // namespace remote
