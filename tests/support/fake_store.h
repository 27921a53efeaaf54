#pragma once
#include "models/domain/plan.h"
#include "services/storage/sql_unit_of_work.h"
#include "services/usecases/repositories.h"
#include "tests/support/seed.h"
#include "tests/support/temp_database.h"

#include <QHash>

namespace test {

/// The repositories over a Dataset in memory; mail and webhooks over a SQLite database of its own, opened on the thread
/// that first asks for them. Not thread-safe: FakeBackend locks. A transaction is a copy put back.
class FakeStore final : public usecases::UnitOfWork,
                        private usecases::CustomerRepository,
                        private usecases::NoteRepository,
                        private usecases::AuditRepository,
                        private usecases::OverviewRepository,
                        private usecases::TokenRepository,
                        private usecases::RateRepository,
                        private usecases::ViewRepository {
public:
    FakeStore(Dataset data, const domain::PlanRegistry &plans) : m_state{std::move(data), {}, {}, {}}, m_plans(plans) {}

    usecases::CustomerRepository &customers() override { return *this; }
    usecases::NoteRepository &notes() override { return *this; }
    usecases::AuditRepository &audit() override { return *this; }
    usecases::OverviewRepository &overview() override { return *this; }
    usecases::TokenRepository &tokens() override { return *this; }
    usecases::RateRepository &rates() override { return *this; }
    usecases::ViewRepository &views() override { return *this; }
    usecases::EmailLedgerRepository &ledger() override { return mail().ledger(); }
    usecases::EmailEventRepository &emailEvents() override { return mail().emailEvents(); }
    usecases::WebhookInboxRepository &inbox() override { return mail().inbox(); }
    usecases::SuppressionRepository &suppressions() override { return mail().suppressions(); }
    usecases::DeliveryRepository &delivery() override { return mail().delivery(); }
    usecases::RecipientRepository &recipients() override { return mail().recipients(); }
    usecases::JobRepository &jobs() override { return mail().jobs(); }
    /// The database behind mail and webhooks; only on the thread that uses them. It holds the data set's teams, users
    /// and audit rows; those that are added later follow.
    storage::Connection &mailConnection();
    /// On the thread that opened it.
    void closeMail() { m_mail.reset(); }
    domain::Result<domain::Done> transaction(const std::function<domain::Result<domain::Done>()> &body) override;
    domain::Result<domain::Done> announce(const QString &kind, const QString &id) override;

    Dataset &data() { return m_state.data; }
    const Dataset &data() const { return m_state.data; }
    void failAuditInsertsAfter(int count) { m_auditInsertsLeft = count; }
    /// What was announced by transactions that committed since the last call.
    QList<std::pair<QString, QString>> takeAnnouncements();

private:
    // CustomerRepository
    domain::Result<ports::Page<ports::CustomerRow>> list(const ports::CustomerQuery &query) override;
    domain::Result<ports::CustomerSums> sums(const ports::CustomerFilter &filter) override;
    domain::Result<ports::CustomerRow> row(domain::TeamId team) override;
    domain::Result<QList<domain::User>> users(domain::TeamId team) override;
    domain::Result<QList<domain::Resource>> resources(domain::TeamId team) override;
    domain::Result<QList<domain::Deployment>> deployments(domain::TeamId team) override;
    domain::Result<QList<ports::ResourceUsage>> usage(domain::TeamId team) override;
    domain::Result<usecases::TeamRecord> lockTeam(domain::TeamId id) override { return team(id); }
    domain::Result<usecases::TeamRecord> team(domain::TeamId team) override;
    domain::Result<domain::Done> setTier(domain::TeamId team, const QString &tier) override;
    domain::Result<usecases::ElevationCount> countElevatable(domain::TeamId team, const QDateTime &now) override;
    domain::Result<usecases::ElevationCount> elevate(domain::TeamId team, const QString &tier,
                                                     const QDateTime &now) override;
    // NoteRepository
    domain::Result<QList<domain::Note>> newest(domain::TeamId team, int limit) override;
    domain::Result<domain::Done> insert(const domain::Note &note) override;
    domain::Result<std::optional<domain::Note>> find(domain::NoteId note) override;
    domain::Result<bool> remove(domain::NoteId note) override;
    // AuditRepository
    domain::Result<domain::Done> insert(const domain::AuditEntry &entry) override;
    domain::Result<ports::Page<domain::AuditEntry>> search(const ports::AuditQuery &query) override;
    domain::Result<domain::Done> each(const ports::AuditFilter &filter,
                                      const std::function<bool(const domain::AuditEntry &)> &onRow) override;
    domain::Result<QList<domain::AuditEntry>> newestOfTeam(domain::TeamId team, int limit,
                                                           bool withOperatorRows) override;
    // OverviewRepository
    domain::Result<ports::Overview> overview(const QDateTime &now) override;
    // TokenRepository
    domain::Result<domain::Done> insert(const ports::OperatorToken &token, const QByteArray &sha256Hex) override;
    domain::Result<ports::OperatorToken> findByHash(const QByteArray &sha256Hex) override;
    domain::Result<ports::OperatorToken> find(domain::TokenId id) override;
    domain::Result<QList<ports::OperatorToken>> all() override;
    domain::Result<domain::Done> touch(domain::TokenId id, const QDateTime &usedAt) override;
    domain::Result<domain::Done> revoke(domain::TokenId id, const QDateTime &at) override;
    // RateRepository
    domain::Result<int> hit(const QString &bucket, const QDateTime &now, int windowSeconds) override;
    // ViewRepository
    domain::Result<QList<ports::SavedView>> visibleTo(const QString &email, const QString &screen) override;
    domain::Result<ports::SavedView> upsert(const ports::SavedView &view) override;
    domain::Result<bool> remove(domain::ViewId view, const QString &ownerEmail) override;

    usecases::UnitOfWork &mail();
    void copyPeople();
    SeedTeam *teamOf(domain::TeamId id);
    ports::CustomerRow rowOf(const SeedTeam &team) const;
    bool matches(const SeedTeam &team, const ports::CustomerRow &row, const ports::CustomerFilter &filter) const;
    QList<ports::CustomerRow> matching(const ports::CustomerFilter &filter) const;
    /// Newest first, with team names filled in.
    QList<domain::AuditEntry> auditMatching(const ports::AuditFilter &filter) const;
    bool isCounted(const SeedTeam &team) const;
    void addAttention(const QDateTime &now, ports::Overview &into) const;
    void addSeries(const QDateTime &now, ports::Overview &into) const;

    struct StoredToken {
        ports::OperatorToken token;
        QByteArray hash;
    };
    struct State {
        Dataset data;
        QList<StoredToken> tokens;
        QList<ports::SavedView> views;
        QHash<QString, QList<QDateTime>> hits;
    };
    State m_state;
    const domain::PlanRegistry &m_plans;
    int m_auditInsertsLeft = -1;
    struct Mail {
        TempDatabase database{storage::Engine::Sqlite};
        std::unique_ptr<storage::Connection> connection = database.connect();
        std::unique_ptr<storage::SqlUnitOfWork> work;
        struct {
            qsizetype teams = 0, users = 0, audit = 0;
        } copied; ///< how much of each list of the data set is there
    };
    std::unique_ptr<Mail> m_mail;
    QList<std::pair<QString, QString>> m_pending, m_announced;
};

} // namespace test
