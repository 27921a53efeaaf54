#include "app/server/controllers/events_controller.h"

#include "app/server/controllers/reply.h"
#include "services/wire/event_stream.h"

#include <QThreadPool>

#include <chrono>
#include <mutex>

namespace server {

namespace {

constexpr std::chrono::minutes longestStream{15};

/// One place among the streams; given back when the last copy dies.
class Place {
public:
    explicit Place(std::shared_ptr<std::atomic<int>> open) : m_open(std::move(open)) {}
    ~Place() { m_open->fetch_sub(1); }
    Place(const Place &) = delete;
    Place &operator=(const Place &) = delete;

private:
    std::shared_ptr<std::atomic<int>> m_open;
};

/// A running stream. It owns its subscription, whose callback holds it: release() breaks that circle.
class LiveFeed : public std::enable_shared_from_this<LiveFeed> {
public:
    LiveFeed(std::shared_ptr<StreamWriter> writer, std::shared_ptr<Place> place)
        : m_writer(std::move(writer))
        , m_place(std::move(place))
    {
    }

    void run(ports::ChangeFeed &changes)
    {
        m_writer->offer(QByteArrayLiteral(": connected\n\n"));
        auto subscription =
            changes.subscribe([self = shared_from_this()](const ports::Change &change) { self->forward(change); });
        {
            const std::lock_guard lock(m_mutex);
            if (!m_released)
                m_subscription = std::move(subscription);
        }
        m_writer->onGone([self = shared_from_this()] { self->releaseLater(); });
    }

private:
    void forward(const ports::Change &change)
    {
        if (std::chrono::steady_clock::now() - m_started > longestStream)
            m_writer->close();
        else if (m_writer->offer(wire::encodeChangeEvent(change)))
            return;
        else
            m_writer->abort();
        releaseLater();
    }

    /// Elsewhere, because ending a subscription waits for its callback, and forward() is that callback.
    void releaseLater()
    {
        QThreadPool::globalInstance()->start([self = shared_from_this()] {
            std::unique_ptr<ports::Subscription> ended;
            const std::lock_guard lock(self->m_mutex);
            self->m_released = true;
            ended = std::move(self->m_subscription);
            self->m_place.reset();
        });
    }

    const std::chrono::steady_clock::time_point m_started = std::chrono::steady_clock::now();
    const std::shared_ptr<StreamWriter> m_writer;
    std::mutex m_mutex;
    bool m_released = false;
    std::shared_ptr<Place> m_place;
    std::unique_ptr<ports::Subscription> m_subscription;
};

} // namespace

EventsController::EventsController(ports::ChangeFeed &changes, int mostStreams)
    : m_changes(changes)
    , m_mostStreams(mostStreams)
    , m_open(std::make_shared<std::atomic<int>>(0))
{
}

void EventsController::stream(const Request &request, Responder responder) const
{
    const int before = m_open->fetch_add(1);
    const auto place = std::make_shared<Place>(m_open);
    if (before >= m_mostStreams)
        return responder(failure(request, domain::unavailable(QStringLiteral("too_many_connections"))));
    StreamBody body;
    body.kind = StreamKind::LiveFeed;
    body.heartbeat = QByteArrayLiteral(": keep-alive\n\n");
    body.start = [place, &changes = m_changes](std::shared_ptr<StreamWriter> writer) {
        std::make_shared<LiveFeed>(std::move(writer), place)->run(changes);
    };
    responder(Response::streaming(QByteArrayLiteral("text/event-stream"), std::move(body))
                  .withHeader("Cache-Control", "no-store")
                  .withHeader("X-Accel-Buffering", "no"));
}

} // namespace server
