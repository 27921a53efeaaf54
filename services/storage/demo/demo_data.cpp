#include "services/storage/demo/demo_data.h"

#include "services/storage/customer_stats.h"
#include "services/storage/demo/demo_writer.h"

namespace storage {

using domain::Done;
using domain::ErrorCode;
using domain::Result;

namespace {

constexpr int shortHistoriesAbove = 10'000;

Result<Done> checkOptions(const DemoOptions &options)
{
    if (options.customers < 1 || options.customers > 100'000)
        return domain::invalidInput(QStringLiteral("invalid_customers"), QStringLiteral("customers"),
                                    QStringLiteral("must be 1 to 100000"));
    if (options.months < 1 || options.months > 60)
        return domain::invalidInput(QStringLiteral("invalid_months"), QStringLiteral("months"),
                                    QStringLiteral("must be 1 to 60"));
    if (!options.now.isValid())
        return domain::invalidInput(QStringLiteral("invalid_now"), QStringLiteral("now"),
                                    QStringLiteral("must be a time"));
    return Done{};
}

Result<bool> hasTeams(Connection &connection)
{
    bool found = false;
    const auto done = connection.select(QStringLiteral("SELECT 1 FROM teams LIMIT 1"), {}, [&found](const Row &) {
        found = true;
        return false;
    });
    return done.map([&found](const Done &) { return found; });
}

Result<DemoReport> fill(Connection &connection, const demo::LifeSettings &settings, const DemoOptions &options,
                        const std::function<bool(int)> &progress)
{
    demo::DemoWriter writer(connection);
    int shown = -1;
    for (int i = 0; i < options.customers; ++i) {
        writer.add(demo::makeLife(settings, i));
        if (writer.isFull()) {
            if (auto done = writer.flush(); !done)
                return done.error();
        }
        const int percent = static_cast<int>(static_cast<qint64>(i) * 96 / options.customers);
        if (percent != shown && progress) {
            shown = percent;
            if (!progress(percent))
                return domain::makeError(ErrorCode::Cancelled, QStringLiteral("cancelled"));
        }
    }
    writer.add(demo::makeSurroundings(settings, options.customers, writer.seenKinds()));
    writer.addOperators(options.seed, settings.nowMs);
    if (auto done = writer.flush(); !done)
        return done.error();
    return writer.report();
}

/// A cache that holds the indexes being built; the old size comes back at the end.
class LargeCache {
public:
    explicit LargeCache(Connection &connection) : m_connection(connection)
    {
        if (!connection.isSqlite())
            return;
        const auto read = connection.select(QStringLiteral("PRAGMA cache_size"), {}, [this](const Row &row) {
            m_before = row.integer(0);
            return false;
        });
        if (read && m_before != 0)
            set(-262'144);
    }
    ~LargeCache()
    {
        if (m_before != 0)
            set(m_before);
    }
    Q_DISABLE_COPY_MOVE(LargeCache)

private:
    void set(qint64 pages)
    {
        // Speed only: if it is refused, the load is merely slower.
        static_cast<void>(m_connection.executeScript(QStringLiteral("PRAGMA cache_size = %1").arg(pages)));
    }
    Connection &m_connection;
    qint64 m_before = 0;
};

} // namespace

Result<DemoReport> writeDemo(Connection &connection, const domain::PlanRegistry &plans, const DemoOptions &options,
                             const std::function<bool(int)> &progress)
{
    if (auto checked = checkOptions(options); !checked)
        return checked.error();
    demo::LifeSettings settings;
    settings.seed = options.seed;
    settings.nowMs = options.now.toMSecsSinceEpoch();
    settings.startMs = settings.nowMs - options.months * qint64(30) * 86'400'000;
    settings.detailed = options.customers <= shortHistoriesAbove;
    settings.plans = &plans;

    const LargeCache cache(connection);
    const auto report = connection.inTransaction([&]() -> Result<DemoReport> {
        const auto occupied = hasTeams(connection);
        if (!occupied)
            return occupied.error();
        if (*occupied && !options.force)
            return domain::makeError(ErrorCode::Conflict, QStringLiteral("database_not_empty"),
                                     QStringLiteral("the database has teams already"));
        if (auto off = setCustomerStatsTriggers(connection, false); !off)
            return off.error();
        auto written = fill(connection, settings, options, progress);
        if (!written)
            return written;
        if (auto rebuilt = rebuildCustomerStats(connection); !rebuilt)
            return rebuilt.error();
        return written;
    });
    if (!report)
        return report;
    if (!connection.isSqlite()) {
        // Speed only, so never an error: without it, no index answers alone until autovacuum comes round.
        static_cast<void>(connection.executeScript(
            QStringLiteral("VACUUM teams, users, resources, deployments, audit_log, customer_stats")));
    }
    if (progress)
        progress(100);
    return report;
}

} // namespace storage
