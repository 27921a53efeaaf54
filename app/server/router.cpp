#include "app/server/router.h"

#include "app/server/http/target.h"

#include <algorithm>
#include <array>

namespace server {

namespace {

constexpr std::array routable{Method::Get,   Method::Head,   Method::Post,   Method::Put,
                              Method::Patch, Method::Delete, Method::Options};

domain::Error invalidRoute(const QByteArray &path, const char *why)
{
    return domain::makeError(domain::ErrorCode::Internal, QStringLiteral("route_invalid"),
                             QStringLiteral("%1: %2").arg(QString::fromUtf8(path), QString::fromLatin1(why)));
}

std::string_view nextSegment(std::string_view &rest)
{
    const std::size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
    return segment;
}

} // namespace

struct Router::Entry {
    Route route;
    std::vector<QByteArray> paramNames;
    Handler composed;
};

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
    std::unique_ptr<Node> param;
    std::array<Entry *, routable.size()> byMethod{};
    QByteArray allow;

    bool isEnd() const { return !allow.isEmpty(); }
    void updateAllow()
    {
        allow.clear();
        for (const Method method : routable) {
            const bool own = byMethod[static_cast<std::size_t>(method)] != nullptr;
            const bool headOfGet = method == Method::Head && byMethod[static_cast<std::size_t>(Method::Get)] != nullptr;
            if (own || headOfGet || method == Method::Options)
                allow += (allow.isEmpty() ? QByteArray() : QByteArray(", ")) + methodName(method).toByteArray();
        }
    }

    /// Literal segments win over parameters; values are collected in order.
    const Node *find(std::string_view rest, std::vector<std::string_view> &values) const
    {
        if (rest.empty())
            return isEnd() ? this : nullptr;
        rest.remove_prefix(1);
        const std::string_view segment = nextSegment(rest);
        std::string decodedCopy;
        std::string_view decoded = segment;
        if (segment.find('%') != std::string_view::npos) {
            const std::optional<QByteArray> bytes = percentDecode(segment);
            if (!bytes)
                return nullptr;
            decodedCopy = bytes->toStdString();
            decoded = decodedCopy;
        }
        if (const auto child = literal.find(decoded); child != literal.end()) {
            if (const Node *found = child->second->find(rest, values))
                return found;
        }
        if (!param || segment.empty())
            return nullptr;
        values.push_back(segment);
        if (const Node *found = param->find(rest, values))
            return found;
        values.pop_back();
        return nullptr;
    }
};

Router::Router() : m_root(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router &&) noexcept = default;
Router &Router::operator=(Router &&) noexcept = default;

void Router::use(Access access, Middleware middleware)
{
    std::vector<Middleware> &chain = m_middleware[access];
    chain.push_back(std::move(middleware));
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        if (entry->route.access != access)
            continue;
        entry->composed = entry->route.handler;
        for (auto wrap = chain.rbegin(); wrap != chain.rend(); ++wrap)
            entry->composed = (*wrap)(entry->route, std::move(entry->composed));
    }
}

domain::Result<domain::Done> Router::add(Route route)
{
    if (!route.path.startsWith('/') || !route.handler || route.method == Method::Other)
        return invalidRoute(route.path, "needs a leading slash, a method and a handler");
    auto entry = std::make_unique<Entry>();
    Node *node = m_root.get();
    const std::string path = route.path.toStdString();
    for (std::string_view rest = path; !rest.empty();) {
        rest.remove_prefix(1);
        const std::string_view segment = nextSegment(rest);
        if (segment.starts_with(':')) {
            if (segment.size() < 2)
                return invalidRoute(route.path, "a parameter has no name");
            entry->paramNames.emplace_back(segment.data() + 1, static_cast<qsizetype>(segment.size()) - 1);
            if (!node->param)
                node->param = std::make_unique<Node>();
            node = node->param.get();
            continue;
        }
        if (segment.empty() && path.size() > 1)
            return invalidRoute(route.path, "has an empty segment");
        std::unique_ptr<Node> &child = node->literal[std::string(segment)];
        if (!child)
            child = std::make_unique<Node>();
        node = child.get();
    }
    Entry *&slot = node->byMethod[static_cast<std::size_t>(route.method)];
    if (slot)
        return invalidRoute(route.path, "is there already");
    if (route.label.isEmpty())
        route.label = route.path;
    entry->route = std::move(route);
    entry->composed = entry->route.handler;
    if (const auto chain = m_middleware.find(entry->route.access); chain != m_middleware.end()) {
        for (auto wrap = chain->second.rbegin(); wrap != chain->second.rend(); ++wrap)
            entry->composed = (*wrap)(entry->route, std::move(entry->composed));
    }
    slot = entry.get();
    node->updateAllow();
    m_entries.push_back(std::move(entry));
    return domain::Done{};
}

Router::Match Router::match(Method method, std::string_view rawPath) const
{
    Match match;
    std::vector<std::string_view> values;
    const Node *node = rawPath.starts_with('/') ? m_root->find(rawPath, values) : nullptr;
    if (!node)
        return match;
    match.knownPath = true;
    match.allow = node->allow;
    if (method == Method::Other)
        return match;
    const Entry *entry = node->byMethod[static_cast<std::size_t>(method)];
    if (!entry && method == Method::Head)
        entry = node->byMethod[static_cast<std::size_t>(Method::Get)];
    if (!entry)
        return match;
    match.route = &entry->route;
    match.handler = &entry->composed;
    for (std::size_t i = 0; i < entry->paramNames.size(); ++i)
        match.params.emplaceBack(entry->paramNames[i], percentDecode(values[i]).value_or(QByteArray()));
    return match;
}

std::vector<const Route *> Router::routes() const
{
    std::vector<const Route *> all;
    for (const std::unique_ptr<Entry> &entry : m_entries)
        all.push_back(&entry->route);
    return all;
}

} // namespace server
