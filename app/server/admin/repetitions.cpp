#include "app/server/admin/repetitions.h"

#include "app/server/error_envelope.h"

#include <QCryptographicHash>

#include <algorithm>
#include <deque>
#include <mutex>

namespace server {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::minutes remembered{2};
constexpr size_t mostKeys = 1024;

struct Entry {
    QByteArray key, bodyHash;
    Clock::time_point since;
    std::optional<Response> answer; ///< unset: still running
};

/// Oldest first. Thread-safe.
class Memory {
public:
    /// The entry as it was, or nullopt when this is the first: then it is remembered as running.
    std::optional<Entry> begin(const QByteArray &key, const QByteArray &bodyHash)
    {
        const std::lock_guard lock(m_mutex);
        while (!m_entries.empty() && Clock::now() - m_entries.front().since > remembered)
            m_entries.pop_front();
        const auto known = find(key);
        if (known != m_entries.end())
            return *known;
        if (m_entries.size() >= mostKeys)
            m_entries.pop_front();
        m_entries.push_back({key, bodyHash, Clock::now(), {}});
        return std::nullopt;
    }
    void end(const QByteArray &key, const Response &answer)
    {
        const std::lock_guard lock(m_mutex);
        const auto known = find(key);
        if (known == m_entries.end())
            return;
        if (answer.status >= 500)
            m_entries.erase(known);
        else
            known->answer = answer;
    }

private:
    std::deque<Entry>::iterator find(const QByteArray &key)
    {
        return std::find_if(m_entries.begin(), m_entries.end(),
                            [&key](const Entry &entry) { return entry.key == key; });
    }

    std::mutex m_mutex;
    std::deque<Entry> m_entries;
};

bool isUsableKey(QByteArrayView key)
{
    return !key.isEmpty() && key.size() <= 255 &&
           std::all_of(key.begin(), key.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
}

QByteArray scopeOf(const Request &request)
{
    const domain::Principal &caller = *request.principal;
    const QUuid who = caller.token ? caller.token->value() : caller.user ? caller.user->value() : QUuid();
    return who.toByteArray() + ' ' + methodName(request.method).toByteArray() + ' ' + request.path + ' ';
}

Response repetition(const Request &request, const Entry &known, const QByteArray &bodyHash)
{
    if (known.bodyHash != bodyHash)
        return errorResponse(request, {.status = 409, .code = "idempotency_key_conflict"});
    if (!known.answer)
        return errorResponse(request, {.status = 409, .code = "idempotency_key_in_progress", .retryAfter = 2});
    return Response(*known.answer).withHeader("X-Idempotent-Replay", "true");
}

} // namespace

Middleware answerRepetitions()
{
    return [memory = std::make_shared<Memory>()](const Route &route, Handler next) -> Handler {
        if (route.method == Method::Get)
            return next;
        return [memory, next = std::move(next)](const Request &request, Responder responder) {
            if (!request.headers.contains("Idempotency-Key"))
                return next(request, std::move(responder));
            const QByteArrayView given = request.headers.value("Idempotency-Key").trimmed();
            if (!isUsableKey(given))
                return responder(errorResponse(request, {.status = 400, .code = "invalid_idempotency_key"}));
            const QByteArray key = scopeOf(request) + given.toByteArray();
            const QByteArray bodyHash = QCryptographicHash::hash(request.body, QCryptographicHash::Sha256);
            if (const std::optional<Entry> known = memory->begin(key, bodyHash))
                return responder(repetition(request, *known, bodyHash));
            next(request, Responder([memory, key, responder](Response &&answer) {
                     memory->end(key, answer);
                     responder(std::move(answer));
                 }));
        };
    };
}

} // namespace server
