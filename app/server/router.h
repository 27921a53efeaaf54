#pragma once
#include "app/server/request.h"
#include "app/server/response.h"
#include "models/domain/result.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace server {

/// Must not block: it runs on an I/O thread, and answers from any thread before the route's deadline (else 504).
/// An exception out of it becomes 500 `internal_error`. The request lives only during the call; copy it to keep it.
using Handler = std::function<void(const Request &, Responder)>;

enum class Access {
    Public,
    MetricsToken, ///< `Bearer METRICS_TOKEN`, when one is configured
    Bearer,       ///< a signed-in caller (session or operator token): 401 without
    Admin,        ///< an operator behind the admin prefix (spec 01 §2.1)
};

enum class BodyKind {
    None, ///< a body is read (up to the limit) and ignored
    Json, ///< `application/json` or 415, valid UTF-8 or 400 `invalid_body`; an empty body passes
    Raw,  ///< any bytes, any type (webhooks)
};

struct RouteLimits {
    qint64 bodyBytes = 64 * 1024; ///< more is 413 before it is buffered; the global ceiling is 50 MiB (spec 04 §6.3)
    std::chrono::milliseconds deadline{30000};
    BodyKind body = BodyKind::None;
};

struct Route {
    Method method = Method::Get; ///< GET answers HEAD too
    QByteArray path{};           ///< "/a/:id/b"; a ":name" segment matches one non-empty segment
    Access access = Access::Public;
    RouteLimits limits{};
    Handler handler{};
    QByteArray label{}; ///< for metrics and logs; `path` when empty. Admin routes must not show their prefix here
};

/// Wraps the handler of a route: look at the request, answer or call on; decorate the Responder to see the answer.
using Middleware = std::function<Handler(const Route &, Handler next)>;

/// The explicit route table. Filled before the server starts, read-only and thread-safe afterwards.
class Router {
public:
    Router();
    ~Router();
    Router(Router &&) noexcept;
    Router &operator=(Router &&) noexcept;

    /// Wraps every route of this access class, also those added earlier; the middleware added first runs outermost.
    void use(Access access, Middleware middleware);
    /// A pattern that is malformed or clashes with an earlier route (same shape and method) is an Internal error,
    /// key `route_invalid`.
    domain::Result<domain::Done> add(Route route);

    struct Match {
        const Route *route = nullptr; ///< nullptr: see `allow`
        bool knownPath = false;
        QByteArray allow; ///< value of the Allow header for this path; empty when the path is unknown
        NamedValues params;
        const Handler *handler = nullptr; ///< with its middleware around
    };
    /// `rawPath` is still percent-encoded; segments are decoded one by one, so that %2F never splits one.
    Match match(Method method, std::string_view rawPath) const;

    /// Every route as added; for the coverage report of the functional tests and for documents.
    std::vector<const Route *> routes() const;

private:
    struct Node;
    struct Entry;
    std::unique_ptr<Node> m_root;
    std::vector<std::unique_ptr<Entry>> m_entries;
    std::map<Access, std::vector<Middleware>> m_middleware;
};

} // namespace server
