#include "services/wire/routes.h"

#include <algorithm>

namespace wire {

const QList<AdminRouteInfo> &adminRoutes()
{
    static const QList<AdminRouteInfo> routes{
        {AdminRoute::Customers, "GET", "/customers"},
        {AdminRoute::CustomerSums, "GET", "/customers/sums"},
        {AdminRoute::CustomersExported, "POST", "/customers/exports"},
        {AdminRoute::CustomerDetail, "GET", "/customers/:team_id"},
        {AdminRoute::TierPreview, "POST", "/customers/:team_id/tier/preview"},
        {AdminRoute::TierChange, "POST", "/customers/:team_id/tier"},
        {AdminRoute::NotesList, "GET", "/customers/:team_id/notes"},
        {AdminRoute::NoteAdd, "POST", "/customers/:team_id/notes"},
        {AdminRoute::NoteDelete, "DELETE", "/notes/:note_id"},
        {AdminRoute::AuditSearch, "GET", "/audit"},
        {AdminRoute::AuditExport, "GET", "/audit/export"},
        {AdminRoute::Overview, "GET", "/overview"},
        {AdminRoute::ViewsList, "GET", "/views"},
        {AdminRoute::ViewSave, "POST", "/views"},
        {AdminRoute::ViewDelete, "DELETE", "/views/:view_id"},
        {AdminRoute::Session, "GET", "/session"},
        {AdminRoute::Health, "GET", "/health"},
        {AdminRoute::Events, "GET", "/events"},
        {AdminRoute::EmailFigures, "GET", "/email/figures"},
        {AdminRoute::EmailSeries, "GET", "/email/series"},
        {AdminRoute::EmailGroups, "GET", "/email/groups"},
        {AdminRoute::EmailMessages, "GET", "/email/messages"},
        {AdminRoute::EmailExport, "GET", "/email/messages/export"},
        {AdminRoute::EmailMessage, "GET", "/email/messages/:message_id"},
        {AdminRoute::EmailResend, "POST", "/email/messages/:message_id/resend"},
        {AdminRoute::EmailSuppressions, "GET", "/email/suppressions"},
        {AdminRoute::EmailLift, "POST", "/email/suppressions/lift"},
        {AdminRoute::EmailRepair, "POST", "/email/repair"},
        {AdminRoute::EmailHealth, "GET", "/email/health"},
        {AdminRoute::EmailTemplates, "GET", "/email/templates"},
        {AdminRoute::EmailPreview, "GET", "/email/templates/:kind/preview"},
        {AdminRoute::Webhooks, "GET", "/webhooks"},
        {AdminRoute::WebhookReceivers, "GET", "/webhooks/receivers"},
        {AdminRoute::WebhookDetail, "GET", "/webhooks/:webhook_id"},
        {AdminRoute::WebhookReplay, "POST", "/webhooks/:webhook_id/replay"},
    };
    return routes;
}

const AdminRouteInfo &adminRoute(AdminRoute route)
{
    const auto &all = adminRoutes();
    return *std::find_if(all.begin(), all.end(), [route](const AdminRouteInfo &info) { return info.route == route; });
}

QByteArray adminBase(const QString &prefix)
{
    return "/api/v1/" + prefix.toLatin1();
}

QByteArray adminPath(AdminRoute route, std::initializer_list<QString> parameters)
{
    QByteArray path;
    auto value = parameters.begin();
    const QList<QByteArray> segments = QByteArray(adminRoute(route).path).split('/');
    for (const QByteArray &segment : segments.sliced(1)) {
        const bool parameter = segment.startsWith(':');
        Q_ASSERT(!parameter || value != parameters.end());
        path += '/' + (parameter ? (value++)->toUtf8().toPercentEncoding() : segment);
    }
    return path;
}

QString adminPrefixProblem(const QString &prefix)
{
    constexpr qsizetype shortest = 32;
    if (prefix.isEmpty())
        return {};
    const bool plain =
        std::all_of(prefix.begin(), prefix.end(), [](QChar c) { return c.unicode() < 128 && c.isLetterOrNumber(); });
    if (!plain)
        return QStringLiteral("ADMIN_PATH_PREFIX must be alphanumeric: only A-Z, a-z and 0-9");
    if (prefix.size() < shortest)
        return QStringLiteral("ADMIN_PATH_PREFIX must have at least %1 characters, this one has %2")
            .arg(shortest)
            .arg(prefix.size());
    return {};
}

} // namespace wire
