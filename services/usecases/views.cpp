#include "services/usecases/views.h"

#include <optional>

namespace usecases {

using domain::Done;
using domain::ErrorCode;
using domain::Permission;
using domain::Result;

namespace {

constexpr qsizetype maxNameChars = 80;
constexpr qsizetype maxQueryChars = 4000;
constexpr qsizetype maxSortChars = 80;

/// The screens that have saved views, and what one must be allowed to see for them.
std::optional<Permission> neededFor(const QString &screen)
{
    if (screen == QLatin1String("customers"))
        return Permission::ViewCustomers;
    if (screen == QLatin1String("email") || screen == QLatin1String("webhooks"))
        return Permission::ViewEmail;
    if (screen == QLatin1String("audit"))
        return Permission::ViewAudit;
    return std::nullopt;
}

} // namespace

Result<QList<ports::SavedView>> visibleViews(const Env &env, const QString &screen)
{
    if (auto allowed = mayRead(env, neededFor(screen).value_or(Permission::ViewCustomers)); !allowed)
        return allowed.error();
    if (auto checked = checkText(QStringLiteral("screen"), screen); !checked)
        return checked.error();
    return env.work.views().visibleTo(env.call.principal.email, screen);
}

Result<ports::SavedView> saveView(const Env &env, ports::SavedView view)
{
    if (auto allowed = mayWrite(env, Permission::ManageViews); !allowed)
        return allowed.error();
    view.name = view.name.trimmed();
    if (!neededFor(view.screen))
        return domain::invalidInput(QStringLiteral("invalid_screen"), QStringLiteral("screen"),
                                    QStringLiteral("must be customers, email, webhooks or audit"));
    if (view.name.isEmpty() || view.name.size() > maxNameChars || !checkText(QStringLiteral("name"), view.name))
        return domain::invalidInput(QStringLiteral("invalid_name"), QStringLiteral("name"),
                                    QStringLiteral("must have 1 to %1 characters").arg(maxNameChars));
    if (view.query.size() > maxQueryChars || view.sort.size() > maxSortChars ||
        !checkText(QStringLiteral("query"), view.query) || !checkText(QStringLiteral("sort"), view.sort))
        return domain::invalidInput(QStringLiteral("invalid_query"), QStringLiteral("query"),
                                    QStringLiteral("must have at most %1 characters").arg(maxQueryChars));
    view.ownerEmail = env.call.principal.email;
    view.createdAt = env.clock.now();
    view.id = domain::ViewId::random();

    Result<ports::SavedView> saved;
    auto done = env.work.transaction([&]() -> Result<Done> {
        saved = env.work.views().upsert(view);
        if (!saved)
            return saved.error();
        return env.work.announce(QStringLiteral("view"), saved->id.toString());
    });
    if (!done)
        return done.error();
    return saved;
}

Result<Done> deleteView(const Env &env, domain::ViewId view)
{
    if (auto allowed = mayWrite(env, Permission::ManageViews); !allowed)
        return allowed;
    return env.work.transaction([&]() -> Result<Done> {
        auto removed = env.work.views().remove(view, env.call.principal.email);
        if (!removed)
            return removed.error();
        if (!*removed)
            return domain::makeError(ErrorCode::NotFound, QStringLiteral("view_not_found"),
                                     QStringLiteral("you have no such view"));
        return env.work.announce(QStringLiteral("view"), view.toString());
    });
}

} // namespace usecases
