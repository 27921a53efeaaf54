#pragma once
#include <QByteArray>
#include <QList>
#include <QString>

#include <initializer_list>

/// The names of the admin surface (spec 01 §2.2), once for the host that serves them and the client that calls them.
namespace wire {

enum class AdminRoute {
    Customers,
    CustomerSums,
    CustomersExported,
    CustomerDetail,
    TierPreview,
    TierChange,
    NotesList,
    NoteAdd,
    NoteDelete,
    AuditSearch,
    AuditExport,
    Overview,
    ViewsList,
    ViewSave,
    ViewDelete,
    Session,
    Health,
    Events,
    EmailFigures,
    EmailSeries,
    EmailGroups,
    EmailMessages,
    EmailExport,
    EmailMessage,
    EmailResend,
    EmailSuppressions,
    EmailLift,
    EmailRepair,
    EmailHealth,
    EmailTemplates,
    EmailPreview,
    Webhooks,
    WebhookReceivers,
    WebhookDetail,
    WebhookReplay,
};

struct AdminRouteInfo {
    AdminRoute route;
    const char *method; ///< GET, POST, DELETE
    const char *path;   ///< below `/api/v1/<prefix>`; ":name" segments are parameters
};

const QList<AdminRouteInfo> &adminRoutes();
const AdminRouteInfo &adminRoute(AdminRoute route);

/// `/api/v1/<prefix>`, the mount point.
QByteArray adminBase(const QString &prefix);
/// Path below the mount point with its parameters filled in, in order. Precondition: as many values as parameters.
QByteArray adminPath(AdminRoute route, std::initializer_list<QString> parameters = {});

inline constexpr const char *authMePath = "/auth/me";

/// Empty, or at least 32 ASCII letters and digits (spec 01 §2.1 gate A). Gives what is wrong, naming the variable;
/// empty when the prefix is fine.
QString adminPrefixProblem(const QString &prefix);

} // namespace wire
