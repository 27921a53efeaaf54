#pragma once
#include "app/server/admin/access_auditor.h"
#include "app/server/router.h"
#include "services/ports/access_service.h"

#include <QStringList>

/// What stands before every admin route (spec 01 §2.1). Gate A is the mount point itself: without a prefix nothing is
/// registered. Order, outermost first: bearer → writable → D access audit → C rate limit → B allow-list. D stands
/// outside C, so that rate-limited refusals are audited as well; C and B refuse with the same body.
namespace server {

struct AdminConfig {
    QString prefix;              ///< ADMIN_PATH_PREFIX; empty = no admin surface
    QStringList emails;          ///< ADMIN_EMAILS, see parseAdminEmails(); empty = nobody
    int rateLimit = 30;          ///< hits per window and client fingerprint, for callers that are no operator
    int operatorRateLimit = 600; ///< per window and token, for valid tokens of allow-listed operators
    int rateWindowSeconds = 60;
    int eventStreams = 64; ///< live change feeds at once

    /// Trimmed, without case; an empty address never is (gate B).
    bool allows(const QString &email) const;
};

/// Comma list; trimmed, lower case, empty parts skipped, each once.
QStringList parseAdminEmails(const QString &list);

/// 403 `read_only_session` for an impersonation session, on everything but GET (spec 01 §2.9).
Middleware requireWritable();
/// D: one AdminAccess per answer, queued. The prefix never appears in it.
Middleware auditAccess(const AdminConfig &config, std::shared_ptr<AccessAuditor> auditor);
/// C: counted by the core over all hosts; a counter that fails or is slower than two seconds lets everybody pass.
Middleware limitRate(const AdminConfig &config, ports::AccessService &access);
/// B: the caller's e-mail. A signed-in user on the list gets the permissions of an operator, read-only ones if the
/// session is read-only; an operator token keeps its own.
Middleware requireAllowListed(const AdminConfig &config);

} // namespace server
