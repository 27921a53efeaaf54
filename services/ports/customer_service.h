#pragma once
#include "models/domain/audit.h"
#include "models/domain/customer.h"
#include "models/domain/result.h"
#include "services/ports/call_context.h"
#include "services/ports/page.h"

#include <QFuture>
#include <QStringList>

namespace ports {

enum class CustomerSort { Mrr, Tier, Storage, Deployments, LastSeen, Created, Name };

/// The filtered set; the same value drives the list, its sums, saved views and exports.
struct CustomerFilter {
    QString q;         ///< case-insensitive substring of team name or any user's e-mail, or a whole team/user/resource
                       ///< id; `%` and `_` are literal
    QStringList tiers; ///< canonical names; empty = all. Unknown names match nothing
    std::optional<QDateTime> createdFrom, createdUntil;   ///< UTC, [from, until)
    std::optional<QDateTime> lastSeenFrom, lastSeenUntil; ///< UTC, [from, until); teams never seen do not match
    std::optional<qint64> mrrAtLeastCents;
    bool operator==(const CustomerFilter &) const = default;
};

struct CustomerQuery {
    CustomerFilter filter;
    CustomerSort sort = CustomerSort::Mrr;
    bool descending = true;      ///< ties: created descending, then id; stable in both directions
    int limit = defaultPageSize; ///< 1…maxPageSize
    QString cursor;              ///< from Page::next; belongs to this filter and sort, else `invalid_cursor`
    int offset = 0;              ///< only for the public API's compatibility (0…10 000); the desktop never uses it
    bool operator==(const CustomerQuery &) const = default;
};

struct CustomerRow {
    domain::TeamId id;
    QString name;         ///< may be empty
    QString primaryEmail; ///< empty if the team has no user
    QString tier;
    QString status;               ///< team status name
    qint64 mrrListCents = 0;      ///< list price of the tier per month, USD cents (until the billing issue)
    qint64 storageBytes = 0;      ///< active resources
    qint64 storageLimitBytes = 0; ///< sum of the plan's storage limits over the resource types in use; −1 unlimited
    int resourceCount = 0;        ///< active resources
    int deploymentsActive = 0;
    int userCount = 0;
    bool hasNotes = false;
    std::optional<QDateTime> lastSeenAt; ///< operator rows (`admin.*`) do not count
    QDateTime createdAt;
    bool operator==(const CustomerRow &) const = default;
};

/// Sums of the whole filtered set, not of the page.
struct CustomerSums {
    qint64 count = 0;
    qint64 paying = 0; ///< customers with mrrListCents > 0
    qint64 mrrListCents = 0;
    qint64 medianMrrCents = 0; ///< over the whole filtered set; 0 when empty
    qint64 storageBytes = 0;
    qint64 deploymentsActive = 0;
    bool operator==(const CustomerSums &) const = default;
};

struct ResourceUsage {
    QString type;
    qint64 count = 0; ///< active
    qint64 used = 0;  ///< bytes; stored requests for webhook
    qint64 limit = 0; ///< same unit; −1 unlimited, 0 not available
    bool operator==(const ResourceUsage &) const = default;
};

/// One limit of the plan that is a count, with what is used of it (deployments, team members, queues …).
struct CountUsage {
    QString key; ///< `deployments_apps`, `team_members`, `queue_count`
    qint64 used = 0;
    qint64 limit = 0; ///< −1 unlimited
    bool operator==(const CountUsage &) const = default;
};

struct CustomerDetail {
    CustomerRow row;
    QString subscriptionId;     ///< teams.stripe_customer_id: holds the provider's subscription id; may be empty
    QList<domain::User> users;  ///< oldest first, at most 200
    QList<ResourceUsage> usage; ///< one per resource type, ordered by type; types of the plan without any count 0
    QList<CountUsage> counts;
    QList<domain::Resource> resources;     ///< newest first, at most 200, deleted ones left out
    QList<domain::Deployment> deployments; ///< newest first, at most 100
    QList<domain::AuditEntry> recentAudit; ///< newest 20, operator rows left out (00-decisions row 13)
    bool operator==(const CustomerDetail &) const = default;
};

/// What a tier change would do; computed without changing anything.
struct TierChangePreview {
    QString from, to;
    int direction = 0; ///< +1 promotion, −1 demotion, 0 unknown (spec 01 §1.5)
    qint64 mrrBeforeCents = 0, mrrAfterCents = 0;
    int resourcesElevated = 0; ///< promotion: live resources that take the new tier and lose their expiry
    int deploymentsElevated = 0;
    QList<ResourceUsage> overQuota; ///< usage above the new tier's limit
    QString subscriptionId;         ///< demotion: the subscription that stays live at the provider until billing lands
    QStringList emails;             ///< audit kinds that will mail the customer
    bool operator==(const TierChangePreview &) const = default;
};

struct TierChange {
    domain::TeamId team;
    QString tier;   ///< trimmed and lower-cased by the implementation
    QString reason; ///< required after trimming
};

struct TierChangeResult {
    domain::TeamId team;
    QString from, to;
    int resourcesElevated = 0, deploymentsElevated = 0;
    domain::AuditId audit;
    bool operator==(const TierChangeResult &) const = default;
};

/// All methods: callable from any thread, answer on an unspecified thread, never block, never throw.
/// Common errors: Unauthenticated, Forbidden (`forbidden`), Unavailable (`db_failed`), Timeout, Cancelled.
class CustomerService {
public:
    virtual ~CustomerService() = default;

    /// Errors: `invalid_cursor`, `invalid_limit`. Page::total is set.
    virtual QFuture<domain::Result<Page<CustomerRow>>> list(CallContext context, CustomerQuery query) = 0;
    virtual QFuture<domain::Result<CustomerSums>> sums(CallContext context, CustomerFilter filter) = 0;
    /// NotFound `team_not_found` (spec 01 §2.5).
    virtual QFuture<domain::Result<CustomerDetail>> detail(CallContext context, domain::TeamId team) = 0;
    /// Errors as changeTier, but a missing reason is fine.
    virtual QFuture<domain::Result<TierChangePreview>> previewTierChange(CallContext context, TierChange change) = 0;
    /// In order: `invalid_tier`, `missing_reason`, `reason_too_long`, `team_not_found`, Conflict `tier_unchanged`
    /// (spec 01 §2.6). Team, live resources, deployments and audit rows change in one transaction or not at all.
    virtual QFuture<domain::Result<TierChangeResult>> changeTier(CallContext context, TierChange change) = 0;
    /// Newest first, at most 50; an unknown team has none (spec 01 §2.8).
    virtual QFuture<domain::Result<QList<domain::Note>>> notes(CallContext context, domain::TeamId team) = 0;
    /// `missing_body`, `body_too_long`, `team_not_found`; the author is the caller.
    virtual QFuture<domain::Result<domain::Note>> addNote(CallContext context, domain::TeamId team, QString body) = 0;
    /// `note_not_found`; a hard delete.
    virtual QFuture<domain::Result<domain::Done>> deleteNote(CallContext context, domain::NoteId note) = 0;
    /// Writes the one `admin.customers_exported` row of an export that the caller makes from list() (06-screens §1
    /// "Export"); ask for it before the file is handed out. `format`: csv, jsonl. ViewCustomers and ExportData,
    /// Forbidden `read_only_session`; `invalid_format`, `invalid_value` (rows < 0), `invalid_text`.
    virtual QFuture<domain::Result<domain::Done>> recordExport(CallContext context, CustomerFilter filter, qint64 rows,
                                                               QString format) = 0;
};

} // namespace ports
