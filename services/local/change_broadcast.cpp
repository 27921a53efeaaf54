#include "services/local/change_broadcast.h"

#include <map>
#include <mutex>

namespace local {

struct ChangeBroadcast::Listeners {
    // Recursive: a callback may end its own subscription. Held while callbacks run, so that none runs after its
    // subscription's destructor has returned.
    std::recursive_mutex lock;
    std::map<quint64, std::function<void(const ports::Change &)>> byNumber;
    quint64 last = 0;
};

class ChangeBroadcast::Handle final : public ports::Subscription {
public:
    Handle(std::shared_ptr<Listeners> listeners, quint64 number) : m_listeners(std::move(listeners)), m_number(number)
    {
    }
    ~Handle() override
    {
        const std::lock_guard guard(m_listeners->lock);
        m_listeners->byNumber.erase(m_number);
    }

private:
    std::shared_ptr<Listeners> m_listeners;
    quint64 m_number;
};

ChangeBroadcast::ChangeBroadcast() : m_listeners(std::make_shared<Listeners>()) {}

ChangeBroadcast::~ChangeBroadcast() = default;

std::unique_ptr<ports::Subscription> ChangeBroadcast::subscribe(std::function<void(const ports::Change &)> onChange)
{
    const std::lock_guard guard(m_listeners->lock);
    const quint64 number = ++m_listeners->last;
    m_listeners->byNumber.emplace(number, std::move(onChange));
    return std::make_unique<Handle>(m_listeners, number);
}

void ChangeBroadcast::publish(const ports::Change &change)
{
    const std::lock_guard guard(m_listeners->lock);
    std::vector<quint64> numbers;
    for (const auto &[number, callback] : m_listeners->byNumber)
        numbers.push_back(number);
    for (const quint64 number : numbers) {
        const auto it = m_listeners->byNumber.find(number);
        if (it == m_listeners->byNumber.end())
            continue;
        const auto callback = it->second;
        callback(change);
    }
}

} // namespace local
