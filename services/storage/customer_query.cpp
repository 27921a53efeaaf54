#include "services/storage/customer_query.h"

#include "models/domain/tier.h"
#include "services/storage/keyset.h"
#include "services/storage/sql_helpers.h"

#include <QMap>

#include <algorithm>

namespace storage {

using ports::CustomerSort;

namespace {

/// Canonical tiers and their yearly variants, as teams.plan_tier may hold them.
QStringList knownTierNames(const domain::PlanRegistry &plans)
{
    QStringList names;
    for (const domain::Tier tier : domain::allTiers())
        names.append(domain::tierName(tier));
    for (const domain::Plan &plan : plans.plans())
        names.append(plan.name);
    names.removeDuplicates();
    return names;
}

SqlCondition tiersCondition(const QStringList &tiers)
{
    if (tiers.isEmpty())
        return {QStringLiteral("1 = 0"), {}};
    QVariantList values;
    for (const QString &tier : tiers)
        values.append(tier);
    if (tiers.size() == 1)
        return {QStringLiteral("c.plan_tier = ?"), values};
    return {QStringLiteral("c.plan_tier IN (%1)").arg(placeholders(tiers.size())), values};
}

SqlCondition textCondition(const Connection &connection, const QString &q)
{
    const QString pattern = connection.textPattern(q);
    SqlCondition where{QStringLiteral("%1 OR %2")
                           .arg(connection.containsText(QStringLiteral("c.name_key")),
                                connection.containsText(QStringLiteral("c.emails_key"))),
                       {pattern, pattern}};
    if (const auto id = domain::TeamId::parse(q)) {
        where.sql += QStringLiteral(" OR c.team_id = ? OR c.team_id IN (SELECT u.team_id FROM users u WHERE u.id = ?) "
                                    "OR c.team_id IN (SELECT r.team_id FROM resources r WHERE r.id = ?)");
        for (int i = 0; i < 3; ++i)
            where.values.append(id->toString());
    }
    where.sql = QLatin1Char('(') + where.sql + QLatin1Char(')');
    return where;
}

SqlCondition timeCondition(const QString &column, const char *op, const std::optional<QDateTime> &time,
                           const Connection &connection)
{
    if (!time)
        return {};
    return {QStringLiteral("%1 %2 %3").arg(column, QString::fromLatin1(op), timeParameter(connection)),
            {toSqlTime(*time)}};
}

} // namespace

domain::Result<QStringList> storedTiers(Connection &connection)
{
    QStringList tiers;
    const QString sql =
        QStringLiteral("WITH RECURSIVE step(tier) AS (SELECT min(plan_tier) FROM customer_stats UNION ALL "
                       "SELECT (SELECT min(plan_tier) FROM customer_stats WHERE plan_tier > step.tier) "
                       "FROM step WHERE step.tier IS NOT NULL) "
                       "SELECT tier FROM step WHERE tier IS NOT NULL");
    auto done = connection.select(sql, {}, [&](const Row &row) {
        tiers.append(row.text(0));
        return true;
    });
    if (!done)
        return done.error();
    return tiers;
}

SqlCondition customerFilter(const Connection &connection, const domain::PlanRegistry &plans,
                            const ports::CustomerFilter &filter)
{
    SqlCondition where;
    if (!filter.q.isEmpty())
        where = both(where, textCondition(connection, filter.q));
    if (!filter.tiers.isEmpty())
        where = both(where, tiersCondition(filter.tiers));
    if (filter.mrrAtLeastCents && *filter.mrrAtLeastCents > 0) {
        QStringList dear;
        for (const QString &name : knownTierNames(plans)) {
            if (plans.listMonthlyCents(name) >= *filter.mrrAtLeastCents)
                dear.append(name);
        }
        where = both(where, tiersCondition(dear));
    }
    const QString created = QStringLiteral("c.created_at");
    const QString seen = QStringLiteral("c.last_seen_at");
    where = both(where, timeCondition(created, ">=", filter.createdFrom, connection));
    where = both(where, timeCondition(created, "<", filter.createdUntil, connection));
    where = both(where, timeCondition(seen, ">=", filter.lastSeenFrom, connection));
    return both(where, timeCondition(seen, "<", filter.lastSeenUntil, connection));
}

CustomerOrder::CustomerOrder(const Connection &connection, const domain::PlanRegistry &plans, CustomerSort sort,
                             bool descending)
    : m_connection(connection)
    , m_descending(descending)
{
    const auto byTier = [&](std::function<qint64(const QString &)> valueOf) {
        QString cases;
        for (const QString &name : knownTierNames(plans))
            cases += QStringLiteral(" WHEN %1 THEN %2").arg(quoted(name)).arg(valueOf(name));
        // No tier is called nothing: what an unknown one is worth.
        m_key = QStringLiteral("(CASE c.plan_tier%1 ELSE %2 END)").arg(cases).arg(valueOf(QString()));
        m_valueOf = std::move(valueOf);
    };
    switch (sort) {
    case CustomerSort::Mrr:
        byTier([&plans](const QString &name) { return plans.listMonthlyCents(name); });
        break;
    case CustomerSort::Tier:
        byTier([](const QString &name) { return qint64(domain::tierRank(domain::canonicalTierName(name))); });
        break;
    case CustomerSort::Storage:
        m_key = QStringLiteral("c.storage_bytes");
        break;
    case CustomerSort::Deployments:
        m_key = QStringLiteral("c.deployments_active");
        break;
    case CustomerSort::LastSeen:
        m_key = QStringLiteral("c.last_seen_at");
        m_type = KeyType::Time;
        m_nullable = true;
        break;
    case CustomerSort::Created:
        m_key = QStringLiteral("c.created_at");
        m_type = KeyType::Time;
        m_isCreated = true;
        break;
    case CustomerSort::Name:
        m_key = QStringLiteral("c.name_key");
        m_type = KeyType::Text;
        break;
    }
}

QString CustomerOrder::keyColumn() const
{
    switch (m_type) {
    case KeyType::Integer:
        return QStringLiteral("CAST(%1 AS text)").arg(m_key);
    case KeyType::Text:
        return m_key;
    case KeyType::Time:
        return m_connection.millis(m_key);
    }
    Q_UNREACHABLE();
}

QString CustomerOrder::keyParameter() const
{
    return m_type == KeyType::Time ? timeParameter(m_connection) : QStringLiteral("?");
}

QVariant CustomerOrder::keyValue(const CustomerPosition &position) const
{
    const QString text = position.key.value_or(QString());
    return m_type == KeyType::Integer ? QVariant(text.toLongLong()) : QVariant(text);
}

bool CustomerOrder::accepts(const CustomerPosition &position) const
{
    if (!looksLikeTime(position.createdAt) || !domain::TeamId::parse(position.id))
        return false;
    if (!position.key)
        return m_nullable;
    if (position.key->contains(QChar(u'\0')))
        return false;
    switch (m_type) {
    case KeyType::Integer: {
        bool isNumber = false;
        position.key->toLongLong(&isNumber);
        return isNumber;
    }
    case KeyType::Text:
        return true;
    case KeyType::Time:
        return looksLikeTime(*position.key);
    }
    Q_UNREACHABLE();
}

SqlCondition CustomerOrder::tie(const CustomerPosition &position) const
{
    // The first comparison repeats the others so that an index can be entered with it.
    const QString time = timeParameter(m_connection);
    return {QStringLiteral("(c.created_at <= %1 AND (c.created_at < %1 OR c.team_id > ?))").arg(time),
            {position.createdAt, position.createdAt, position.id}};
}

SqlCondition CustomerOrder::after(const QString &parameter, const CustomerPosition &position, bool keyIsConstant) const
{
    if (keyIsConstant)
        return tie(position);
    const QVariant key = keyValue(position);
    const QString op = m_descending ? QStringLiteral("<") : QStringLiteral(">");
    const SqlCondition same =
        m_isCreated ? SqlCondition{QStringLiteral("c.team_id > ?"), {position.id}} : tie(position);
    return {QStringLiteral("(%1 %2= %3 AND (%1 %2 %3 OR %4))").arg(m_key, op, parameter, same.sql),
            QVariantList{key, key} + same.values};
}

QList<CustomerOrder::Segment> CustomerOrder::valueSegments(const std::optional<CustomerPosition> &position,
                                                           const QStringList &tiers) const
{
    QMap<qint64, QStringList> byValue;
    for (const QString &tier : tiers)
        byValue[m_valueOf(tier)].append(tier);
    QList<Segment> result;
    for (auto it = byValue.cbegin(); it != byValue.cend(); ++it) {
        SqlCondition behind;
        if (position) {
            const qint64 last = keyValue(*position).toLongLong();
            if (m_descending ? it.key() > last : it.key() < last)
                continue;
            if (it.key() == last)
                behind = tie(*position);
        }
        Segment segment;
        for (const QString &tier : it.value())
            segment.alternatives.append(both({QStringLiteral("c.plan_tier = ?"), {tier}}, behind));
        result.append(segment);
    }
    if (m_descending)
        std::reverse(result.begin(), result.end());
    return result;
}

QList<CustomerOrder::Segment> CustomerOrder::segments(const std::optional<CustomerPosition> &position,
                                                      const QStringList &tiers) const
{
    if (needsTiers())
        return valueSegments(position, tiers);
    const QString direction = m_descending ? QStringLiteral(" DESC") : QString();
    QList<Segment> result;
    if (!position || position->key) {
        Segment withKey{{}, m_key + direction};
        SqlCondition condition;
        if (m_nullable) {
            condition.sql = m_key + QStringLiteral(" IS NOT NULL");
            // Spelled as the index is, so that PostgreSQL takes it; there is no NULL in this segment.
            if (!m_connection.isSqlite())
                withKey.keyOrder += m_descending ? QStringLiteral(" NULLS LAST") : QStringLiteral(" NULLS FIRST");
        }
        if (position)
            condition = both(condition, after(keyParameter(), *position, false));
        withKey.alternatives = {condition};
        result.append(withKey);
    }
    if (m_nullable) {
        SqlCondition condition{m_key + QStringLiteral(" IS NULL"), {}};
        if (position && !position->key)
            condition = both(condition, tie(*position));
        result.append({{condition}, QString()});
    }
    return result;
}

QString CustomerOrder::orderBy(const Segment &segment) const
{
    const QString ties = m_isCreated ? QStringLiteral("c.team_id") : QStringLiteral("c.created_at DESC, c.team_id");
    return segment.keyOrder.isEmpty() ? ties : segment.keyOrder + QStringLiteral(", ") + ties;
}

QString CustomerOrder::fullOrderBy() const
{
    const QString direction = m_descending ? QStringLiteral(" DESC") : QString();
    const QString nulls = m_nullable ? QStringLiteral("(%1 IS NULL), ").arg(m_key) : QString();
    return nulls + orderBy({{}, m_key + direction});
}

SqlCondition CustomerOrder::fullKeyset(const CustomerPosition &position) const
{
    if (!m_nullable)
        return after(keyParameter(), position, false);
    if (!position.key)
        return both({m_key + QStringLiteral(" IS NULL"), {}}, tie(position));
    const SqlCondition behind = after(keyParameter(), position, false);
    return {QStringLiteral("(%1 IS NULL OR %2)").arg(m_key, behind.sql), behind.values};
}

} // namespace storage
