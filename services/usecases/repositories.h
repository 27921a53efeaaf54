#pragma once
#include "models/domain/audit.h"
#include "models/domain/customer.h"
#include "models/domain/plan.h"
#include "models/domain/result.h"
#include "services/ports/access_service.h"
#include "services/ports/audit_service.h"
#include "services/ports/customer_service.h"
#include "services/ports/overview_service.h"
#include "services/ports/page.h"
#include "services/ports/view_service.h"
#include "services/usecases/email_repositories.h"

#include <functional>

/// What the use cases need of storage. Implemented by services/storage; synchronous, on the caller's (worker) thread.
namespace usecases {

struct TeamRecord {
    domain::TeamId id;
    QString name;
    QString tier;
    QString status;
    QString subscriptionId; ///< teams.stripe_customer_id
    QDateTime createdAt;
};

struct ElevationCount {
    int resources = 0, deployments = 0;
};

class CustomerRepository {
public:
    virtual ~CustomerRepository() = default;
    /// Page::total is set.
    virtual domain::Result<ports::Page<ports::CustomerRow>> list(const ports::CustomerQuery &query) = 0;
    virtual domain::Result<ports::CustomerSums> sums(const ports::CustomerFilter &filter) = 0;
    /// NotFound `team_not_found`.
    virtual domain::Result<ports::CustomerRow> row(domain::TeamId team) = 0;
    virtual domain::Result<QList<domain::User>> users(domain::TeamId team) = 0;
    virtual domain::Result<QList<domain::Resource>> resources(domain::TeamId team) = 0;
    virtual domain::Result<QList<domain::Deployment>> deployments(domain::TeamId team) = 0;
    /// Active resources per type: count and used (`limit` left 0).
    virtual domain::Result<QList<ports::ResourceUsage>> usage(domain::TeamId team) = 0;

    /// Locks the team's row until the transaction ends. NotFound `team_not_found`.
    virtual domain::Result<TeamRecord> lockTeam(domain::TeamId team) = 0;
    virtual domain::Result<TeamRecord> team(domain::TeamId team) = 0;
    virtual domain::Result<domain::Done> setTier(domain::TeamId team, const QString &tier) = 0;
    /// Live resources (active or paused, not expired at `now`) and deployments that are not stopped, expired or deleted
    /// (spec 01 §2.6 step 2, §3.8 step 4).
    virtual domain::Result<ElevationCount> countElevatable(domain::TeamId team, const QDateTime &now) = 0;
    /// Gives those, and the stacks that are not being deleted, the tier and takes their expiry away.
    virtual domain::Result<ElevationCount> elevate(domain::TeamId team, const QString &tier, const QDateTime &now) = 0;
};

class NoteRepository {
public:
    virtual ~NoteRepository() = default;
    virtual domain::Result<QList<domain::Note>> newest(domain::TeamId team, int limit) = 0;
    virtual domain::Result<domain::Done> insert(const domain::Note &note) = 0;
    virtual domain::Result<std::optional<domain::Note>> find(domain::NoteId note) = 0;
    virtual domain::Result<bool> remove(domain::NoteId note) = 0; ///< false: there was none
};

class AuditRepository {
public:
    virtual ~AuditRepository() = default;
    virtual domain::Result<domain::Done> insert(const domain::AuditEntry &entry) = 0;
    virtual domain::Result<ports::Page<domain::AuditEntry>> search(const ports::AuditQuery &query) = 0;
    /// Streams newest first in keyset batches until onRow returns false.
    virtual domain::Result<domain::Done> each(const ports::AuditFilter &filter,
                                              const std::function<bool(const domain::AuditEntry &)> &onRow) = 0;
    virtual domain::Result<QList<domain::AuditEntry>> newestOfTeam(domain::TeamId team, int limit,
                                                                   bool withOperatorRows) = 0;
};

class OverviewRepository {
public:
    virtual ~OverviewRepository() = default;
    /// Everything but names of tiers without customers; `now` is the reference time of all windows.
    virtual domain::Result<ports::Overview> overview(const QDateTime &now) = 0;
};

class TokenRepository {
public:
    virtual ~TokenRepository() = default;
    virtual domain::Result<domain::Done> insert(const ports::OperatorToken &token, const QByteArray &sha256Hex) = 0;
    /// NotFound `token_not_found`.
    virtual domain::Result<ports::OperatorToken> findByHash(const QByteArray &sha256Hex) = 0;
    virtual domain::Result<ports::OperatorToken> find(domain::TokenId id) = 0;
    virtual domain::Result<QList<ports::OperatorToken>> all() = 0;
    virtual domain::Result<domain::Done> touch(domain::TokenId id, const QDateTime &usedAt) = 0;
    virtual domain::Result<domain::Done> revoke(domain::TokenId id, const QDateTime &at) = 0;
};

class RateRepository {
public:
    virtual ~RateRepository() = default;
    /// Records a hit at `now`, drops those older than the window, returns how many were in the window before this one.
    virtual domain::Result<int> hit(const QString &bucket, const QDateTime &now, int windowSeconds) = 0;
};

class ViewRepository {
public:
    virtual ~ViewRepository() = default;
    virtual domain::Result<QList<ports::SavedView>> visibleTo(const QString &email, const QString &screen) = 0;
    virtual domain::Result<ports::SavedView> upsert(const ports::SavedView &view) = 0;
    virtual domain::Result<bool> remove(domain::ViewId view, const QString &ownerEmail) = 0;
};

/// One connection's repositories; transaction() makes the use case's writes one unit.
class UnitOfWork {
public:
    virtual ~UnitOfWork() = default;
    virtual CustomerRepository &customers() = 0;
    virtual NoteRepository &notes() = 0;
    virtual AuditRepository &audit() = 0;
    virtual OverviewRepository &overview() = 0;
    virtual TokenRepository &tokens() = 0;
    virtual RateRepository &rates() = 0;
    virtual ViewRepository &views() = 0;
    virtual EmailLedgerRepository &ledger() = 0;
    virtual EmailEventRepository &emailEvents() = 0;
    virtual WebhookInboxRepository &inbox() = 0;
    virtual SuppressionRepository &suppressions() = 0;
    virtual DeliveryRepository &delivery() = 0;
    virtual RecipientRepository &recipients() = 0;
    virtual JobRepository &jobs() = 0;
    /// Commits when body's Result is Done, rolls back otherwise.
    virtual domain::Result<domain::Done> transaction(const std::function<domain::Result<domain::Done>()> &body) = 0;
    /// Announced to the change feed after the commit.
    virtual domain::Result<domain::Done> announce(const QString &kind, const QString &id) = 0;
};

} // namespace usecases
