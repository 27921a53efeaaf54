#pragma once
#include "models/domain/plan.h"
#include "services/ports/customer_service.h"
#include "services/storage/connection.h"
#include "services/storage/sql_condition.h"

/// The customers list as SQL over customer_stats (alias `c`).
///
/// Two ways to the same page. Without free text, a sort is a chain of segments, each with a condition and an order that
/// an index delivers, so a page reads only its own rows whatever the size of the table: one segment for a plain column,
/// rows with and without a value for last seen, one per price or rank for MRR and tier (a price that several tiers
/// share is read tier by tier and merged). With free text, every row must be looked at anyway: one pass collects the
/// matches, counts them and sorts them.
namespace storage {

/// "Every row of the filter, whatever the order."
SqlCondition customerFilter(const Connection &connection, const domain::PlanRegistry &plans,
                            const ports::CustomerFilter &filter);

/// The tiers that occur in the table, found in as many steps as there are tiers.
domain::Result<QStringList> storedTiers(Connection &connection);

/// Where a page ended.
struct CustomerPosition {
    std::optional<QString> key; ///< value of the sort key as text; empty = NULL
    QString createdAt;          ///< RFC 3339
    QString id;
};

class CustomerOrder {
public:
    CustomerOrder(const Connection &connection, const domain::PlanRegistry &plans, ports::CustomerSort sort,
                  bool descending);

    struct Segment {
        QList<SqlCondition> alternatives; ///< one or more; no row is in two of them
        QString keyOrder;                 ///< `c.storage_bytes DESC`, empty when the key is constant in the segment
    };
    /// From `after` on (from the start without one); the first segment then begins behind it. `tiers`: those that can
    /// occur at all, read only by orders that need them.
    QList<Segment> segments(const std::optional<CustomerPosition> &after, const QStringList &tiers) const;
    bool needsTiers() const { return static_cast<bool>(m_valueOf); }
    /// ORDER BY list of one segment.
    QString orderBy(const Segment &segment) const;

    /// One order over all rows, for the pass with free text.
    QString fullOrderBy() const;
    SqlCondition fullKeyset(const CustomerPosition &after) const;
    /// The key of a row as a column of the select list: text, or a time where keyIsTime().
    QString keyColumn() const;
    bool keyIsTime() const { return m_type == KeyType::Time; }
    /// False when the position cannot have come from this order.
    bool accepts(const CustomerPosition &position) const;

private:
    enum class KeyType { Integer, Text, Time };
    SqlCondition after(const QString &keyParameter, const CustomerPosition &position, bool keyIsConstant) const;
    SqlCondition tie(const CustomerPosition &position) const;
    QList<Segment> valueSegments(const std::optional<CustomerPosition> &after, const QStringList &tiers) const;
    QString keyParameter() const;
    QVariant keyValue(const CustomerPosition &position) const;

    const Connection &m_connection;
    QString m_key; ///< SQL expression
    KeyType m_type = KeyType::Integer;
    bool m_nullable = false;
    bool m_isCreated = false;
    bool m_descending = true;
    std::function<qint64(const QString &tier)> m_valueOf; ///< MRR and tier: the key of a tier
};

} // namespace storage
