#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

namespace storage {

struct CustomerPosition;
struct SqlCondition;
class CustomerOrder;

/// Teams and what belongs to them. The list works on customer_stats (migration 0002), which triggers keep.
class SqlCustomerRepository final : public usecases::CustomerRepository {
public:
    SqlCustomerRepository(Connection &connection, const domain::PlanRegistry &plans)
        : m_connection(connection)
        , m_plans(plans)
    {
    }

    domain::Result<ports::Page<ports::CustomerRow>> list(const ports::CustomerQuery &query) override;
    domain::Result<ports::CustomerSums> sums(const ports::CustomerFilter &filter) override;
    domain::Result<ports::CustomerRow> row(domain::TeamId team) override;
    domain::Result<QList<domain::User>> users(domain::TeamId team) override;
    domain::Result<QList<domain::Resource>> resources(domain::TeamId team) override;
    domain::Result<QList<domain::Deployment>> deployments(domain::TeamId team) override;
    domain::Result<QList<ports::ResourceUsage>> usage(domain::TeamId team) override;

    domain::Result<usecases::TeamRecord> lockTeam(domain::TeamId team) override;
    domain::Result<usecases::TeamRecord> team(domain::TeamId team) override;
    domain::Result<domain::Done> setTier(domain::TeamId team, const QString &tier) override;
    domain::Result<usecases::ElevationCount> countElevatable(domain::TeamId team, const QDateTime &now) override;
    domain::Result<usecases::ElevationCount> elevate(domain::TeamId team, const QString &tier,
                                                     const QDateTime &now) override;

private:
    /// Rows of a page and, beside each, its place in the order.
    struct Found {
        QList<ports::CustomerRow> rows;
        QList<CustomerPosition> positions;
        qint64 total = 0;
    };
    domain::Result<domain::Done> read(const QString &sql, const QVariantList &values, bool keyIsTime, Found &into);
    domain::Result<QStringList> possibleTiers(const CustomerOrder &order, const ports::CustomerFilter &filter);
    domain::Result<domain::Done> bySegments(const CustomerOrder &order, const SqlCondition &filter,
                                            const std::optional<CustomerPosition> &after,
                                            const ports::CustomerQuery &query, Found &into);
    domain::Result<domain::Done> byOnePass(const CustomerOrder &order, const SqlCondition &filter,
                                           const std::optional<CustomerPosition> &after,
                                           const ports::CustomerQuery &query, Found &into);
    domain::Result<qint64> count(const SqlCondition &condition);
    QString rowColumns(const QString &keyColumn, const QString &totalColumn) const;
    domain::Result<usecases::TeamRecord> teamRecord(domain::TeamId team, bool lock);

    Connection &m_connection;
    const domain::PlanRegistry &m_plans;
};

} // namespace storage
