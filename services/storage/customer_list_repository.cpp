// The list half of SqlCustomerRepository; what belongs to one customer is in customer_repository.cpp.
#include "services/storage/customer_repository.h"

#include "services/storage/customer_query.h"
#include "services/storage/keyset.h"
#include "services/storage/sql_helpers.h"
#include "services/usecases/customers.h"

#include <algorithm>

namespace storage {

using domain::Done;
using domain::Result;
using ports::CustomerRow;

namespace {

QString sortName(ports::CustomerSort sort)
{
    return QString::number(static_cast<int>(sort));
}

QByteArray fingerprintOf(const ports::CustomerQuery &query)
{
    const ports::CustomerFilter &f = query.filter;
    const auto time = [](const std::optional<QDateTime> &t) { return t ? toSqlTime(*t) : QString(); };
    return listFingerprint({QStringLiteral("customers"), f.q, QJsonArray::fromStringList(f.tiers), time(f.createdFrom),
                            time(f.createdUntil), time(f.lastSeenFrom), time(f.lastSeenUntil),
                            f.mrrAtLeastCents ? QString::number(*f.mrrAtLeastCents) : QString(), sortName(query.sort),
                            query.descending});
}

Result<std::optional<CustomerPosition>> positionOf(const QString &cursor, const QByteArray &fingerprint,
                                                   const CustomerOrder &order)
{
    if (cursor.isEmpty())
        return std::optional<CustomerPosition>();
    auto columns = decodeCursor(cursor, fingerprint, 3);
    if (!columns)
        return columns.error();
    CustomerPosition position;
    if (!columns->at(0).isNull())
        position.key = columns->at(0).toString();
    position.createdAt = columns->at(1).toString();
    position.id = columns->at(2).toString();
    if (!order.accepts(position))
        return invalidCursor();
    return std::optional<CustomerPosition>(position);
}

qint64 medianOf(const QMap<qint64, qint64> &countByPrice, qint64 count)
{
    if (count == 0)
        return 0;
    const auto at = [&](qint64 index) {
        for (auto it = countByPrice.cbegin(); it != countByPrice.cend(); ++it) {
            if (index < it.value())
                return it.key();
            index -= it.value();
        }
        return qint64(0);
    };
    return (at((count - 1) / 2) + at(count / 2)) / 2;
}

} // namespace

QString SqlCustomerRepository::rowColumns(const QString &keyColumn, const QString &totalColumn) const
{
    const QString types = m_connection.isSqlite() ? QStringLiteral("group_concat(DISTINCT r.resource_type)")
                                                  : QStringLiteral("string_agg(DISTINCT r.resource_type, ',')");
    return QStringLiteral(
               "c.team_id, t.name, c.primary_email, c.plan_tier, c.status, c.storage_bytes, c.resource_count, "
               "c.deployments_active, c.user_count, c.note_count, %1, %2, "
               "(SELECT %3 FROM resources r WHERE r.team_id = c.team_id AND r.status = 'active'), %4, %5")
        .arg(m_connection.millis(QStringLiteral("c.last_seen_at")), m_connection.millis(QStringLiteral("c.created_at")),
             types, keyColumn, totalColumn);
}

Result<Done> SqlCustomerRepository::read(const QString &sql, const QVariantList &values, bool keyIsTime, Found &into)
{
    return m_connection.select(sql, values, [&](const Row &r) {
        into.total = r.integer(14);
        if (r.isNull(0))
            return true;
        CustomerRow row;
        row.id = domain::TeamId(r.uuid(0));
        row.name = r.text(1);
        row.primaryEmail = r.text(2);
        row.tier = r.text(3);
        row.status = r.text(4);
        row.mrrListCents = m_plans.listMonthlyCents(row.tier);
        row.storageBytes = r.integer(5);
        row.resourceCount = static_cast<int>(r.integer(6));
        row.deploymentsActive = static_cast<int>(r.integer(7));
        row.userCount = static_cast<int>(r.integer(8));
        row.hasNotes = r.integer(9) > 0;
        row.lastSeenAt = r.optionalTime(10);
        row.createdAt = r.time(11);
        row.storageLimitBytes =
            usecases::storageLimitOf(m_plans, row.tier, r.text(12).split(QLatin1Char(','), Qt::SkipEmptyParts));
        CustomerPosition position;
        if (!r.isNull(13))
            position.key = keyIsTime ? toSqlTime(r.time(13)) : r.text(13);
        position.createdAt = toSqlTime(row.createdAt);
        position.id = row.id.toString();
        into.rows.append(row);
        into.positions.append(position);
        return true;
    });
}

Result<qint64> SqlCustomerRepository::count(const SqlCondition &condition)
{
    qint64 rows = 0;
    auto done = m_connection.select(QStringLiteral("SELECT count(*) FROM customer_stats c") + whereClause(condition),
                                    condition.values, [&](const Row &row) {
                                        rows = row.integer(0);
                                        return false;
                                    });
    if (!done)
        return done.error();
    return rows;
}

Result<QStringList> SqlCustomerRepository::possibleTiers(const CustomerOrder &order,
                                                         const ports::CustomerFilter &filter)
{
    if (!order.needsTiers())
        return QStringList();
    auto tiers = storedTiers(m_connection);
    if (tiers && !filter.tiers.isEmpty())
        tiers.value().removeIf([&](const QString &tier) { return !filter.tiers.contains(tier); });
    return tiers;
}

Result<Done> SqlCustomerRepository::bySegments(const CustomerOrder &order, const SqlCondition &filter,
                                               const std::optional<CustomerPosition> &after,
                                               const ports::CustomerQuery &query, Found &into)
{
    const qint64 wanted = query.limit + 1;
    qint64 skip = query.offset;
    auto tiers = possibleTiers(order, query.filter);
    if (!tiers)
        return tiers.error();
    for (const CustomerOrder::Segment &segment : order.segments(after, *tiers)) {
        QList<SqlCondition> parts;
        qint64 size = 0;
        for (const SqlCondition &alternative : segment.alternatives) {
            parts.append(both(alternative, filter));
            if (skip > 0) {
                auto rows = count(parts.constLast());
                if (!rows)
                    return rows.error();
                size += *rows;
            }
        }
        if (skip > 0 && size <= skip) {
            skip -= size;
            continue;
        }
        const QString by = order.orderBy(segment);
        const qint64 missing = wanted - into.rows.size();
        QStringList selects;
        QVariantList values;
        for (const SqlCondition &part : parts) {
            // Each alternative by its own index, never more rows than the page can take.
            selects.append(QStringLiteral("SELECT * FROM (SELECT * FROM customer_stats c%1 ORDER BY %2 LIMIT ?) part%3")
                               .arg(whereClause(part), by)
                               .arg(selects.size()));
            values += part.values + QVariantList{missing + skip};
        }
        const QString sql = QStringLiteral("SELECT %1 FROM (SELECT * FROM (%2) c ORDER BY %3 LIMIT ? OFFSET ?) c "
                                           "LEFT JOIN teams t ON t.id = c.team_id ORDER BY %3")
                                .arg(rowColumns(order.keyColumn(), QStringLiteral("0")),
                                     selects.join(QStringLiteral(" UNION ALL ")), by);
        values += QVariantList{missing, skip};
        if (auto done = read(sql, values, order.keyIsTime(), into); !done)
            return done;
        skip = 0;
        if (into.rows.size() >= wanted)
            break;
    }
    return Done{};
}

Result<Done> SqlCustomerRepository::byOnePass(const CustomerOrder &order, const SqlCondition &filter,
                                              const std::optional<CustomerPosition> &after,
                                              const ports::CustomerQuery &query, Found &into)
{
    const SqlCondition rest = after ? order.fullKeyset(*after) : SqlCondition{};
    const QString by = order.fullOrderBy();
    // The count stands on the left so that an empty page still has it.
    const QString sql =
        QStringLiteral("WITH matching AS MATERIALIZED (SELECT c.team_id, c.created_at, c.plan_tier, c.storage_bytes, "
                       "c.deployments_active, c.last_seen_at, c.name_key FROM customer_stats c%1), "
                       "page AS (SELECT c.team_id FROM matching c%2 ORDER BY %3 LIMIT ? OFFSET ?) "
                       "SELECT %4 FROM (SELECT count(*) AS total FROM matching) n LEFT JOIN "
                       "(page p JOIN customer_stats c ON c.team_id = p.team_id JOIN teams t ON t.id = c.team_id) "
                       "ON 1 = 1 ORDER BY %3")
            .arg(whereClause(filter), whereClause(rest), by, rowColumns(order.keyColumn(), QStringLiteral("n.total")));
    return read(sql, filter.values + rest.values + QVariantList{query.limit + 1, query.offset}, order.keyIsTime(),
                into);
}

Result<ports::Page<CustomerRow>> SqlCustomerRepository::list(const ports::CustomerQuery &query)
{
    const CustomerOrder order(m_connection, m_plans, query.sort, query.descending);
    const QByteArray fingerprint = fingerprintOf(query);
    auto after = positionOf(query.cursor, fingerprint, order);
    if (!after)
        return after.error();
    const SqlCondition filter = customerFilter(m_connection, m_plans, query.filter);

    Found found;
    if (query.filter.q.isEmpty()) {
        auto total = count(filter);
        if (!total)
            return total.error();
        if (auto done = bySegments(order, filter, *after, query, found); !done)
            return done.error();
        found.total = *total;
    } else if (auto done = byOnePass(order, filter, *after, query, found); !done) {
        return done.error();
    }

    ports::Page<CustomerRow> page;
    page.total = found.total;
    if (found.rows.size() > query.limit) {
        const CustomerPosition &last = found.positions.at(query.limit - 1);
        page.next =
            encodeCursor(fingerprint, {last.key ? QJsonValue(*last.key) : QJsonValue(), last.createdAt, last.id});
        found.rows.resize(query.limit);
    }
    page.rows = std::move(found.rows);
    return page;
}

Result<ports::CustomerSums> SqlCustomerRepository::sums(const ports::CustomerFilter &filter)
{
    const SqlCondition where = customerFilter(m_connection, m_plans, filter);
    // Without a text, customer_stats_figures_idx has all that is asked for.
    const bool indexed = filter.q.isEmpty();
    const QString sql = QStringLiteral("SELECT c.plan_tier, count(*), CAST(sum(c.storage_bytes) AS bigint), "
                                       "CAST(sum(c.deployments_active) AS bigint) FROM customer_stats c%1 "
                                       "GROUP BY %2c.plan_tier")
                            .arg(whereClause(where), indexed ? QString() : groupedByScan(m_connection));
    ports::CustomerSums sums;
    QMap<qint64, qint64> countByPrice;
    auto done = m_connection.select(sql, where.values, [&](const Row &row) {
        const qint64 price = m_plans.listMonthlyCents(row.text(0));
        const qint64 customers = row.integer(1);
        countByPrice[price] += customers;
        sums.count += customers;
        sums.paying += price > 0 ? customers : 0;
        sums.mrrListCents += price * customers;
        sums.storageBytes += row.integer(2);
        sums.deploymentsActive += row.integer(3);
        return true;
    });
    if (!done)
        return done.error();
    sums.medianMrrCents = medianOf(countByPrice, sums.count);
    return sums;
}

Result<CustomerRow> SqlCustomerRepository::row(domain::TeamId team)
{
    const QString sql = QStringLiteral("SELECT %1 FROM customer_stats c JOIN teams t ON t.id = c.team_id "
                                       "WHERE c.team_id = ?")
                            .arg(rowColumns(QStringLiteral("NULL"), QStringLiteral("0")));
    Found found;
    if (auto done = read(sql, {team.toString()}, false, found); !done)
        return done.error();
    if (found.rows.isEmpty())
        return domain::makeError(domain::ErrorCode::NotFound, QStringLiteral("team_not_found"),
                                 QStringLiteral("there is no such customer"));
    return found.rows.first();
}

} // namespace storage
