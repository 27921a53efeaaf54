#pragma once
#include "services/storage/demo/bulk_insert.h"
#include "services/storage/demo/demo_data.h"
#include "services/storage/demo/demo_life.h"

#include <QSet>

/// Turns sample customers into rows of the tables.
namespace storage::demo {

class DemoWriter {
public:
    explicit DemoWriter(Connection &connection);

    void add(const CustomerLife &life);
    void add(const Surroundings &surroundings);
    void addAudit(const AuditRow &row);
    /// Saved views, operator tokens, hits of the rate limit.
    void addOperators(quint64 seed, qint64 nowMs);
    bool isFull() const { return m_audit.isFull() || m_resources.isFull(); }
    /// Parents before children.
    domain::Result<domain::Done> flush();
    DemoReport report() const;
    QStringList seenKinds() const { return {m_kinds.cbegin(), m_kinds.cend()}; }

private:
    void addResource(const ResourceRow &row);
    void addToken(Random &random, const QString &name, int operatorIndex, const QString &scope, qint64 createdMs,
                  qint64 expiresMs, qint64 revokedMs, qint64 usedMs);

    BulkInsert m_teams, m_users, m_resources, m_deployments, m_stacks, m_graces, m_notes, m_audit, m_views, m_tokens,
        m_hits;
    QSet<QString> m_kinds;
};

} // namespace storage::demo
