#include "tests/benchmark/lists.h"

#include "app/bootstrap/database.h"
#include "services/platform/plan_loader.h"
#include "services/storage/demo/demo_data.h"
#include "tests/benchmark/report.h"

#include <stdexcept>

namespace bench {

namespace {

template <typename T>
T must(domain::Result<T> result)
{
    if (!result)
        throw std::runtime_error((result.error().key + QStringLiteral(": ") + result.error().detail).toStdString());
    return std::move(result).value();
}

struct SortName {
    ports::CustomerSort sort;
    const char *name;
};
constexpr SortName sorts[] = {
    {ports::CustomerSort::Mrr, "MRR"},
    {ports::CustomerSort::Tier, "tier"},
    {ports::CustomerSort::Storage, "storage"},
    {ports::CustomerSort::Deployments, "deployments"},
    {ports::CustomerSort::LastSeen, "last seen"},
    {ports::CustomerSort::Created, "created"},
    {ports::CustomerSort::Name, "name"},
};

/// Times one call `runs` times; the answer is checked each time, so that an error is never timed as a success.
template <typename Call>
void measure(const QString &what, int runs, double goalMs, const Call &call)
{
    QList<double> times;
    for (int i = 0; i < runs; ++i) {
        const Stopwatch watch;
        must(call().result());
        times << watch.ms();
    }
    printTimings(what, times, goalMs);
}

/// Every change of the sort, one after the other, as clicks on the column headers: no two neighbours are alike.
void measureResort(ports::Backend &backend, int rounds, double goalMs)
{
    QList<double> times;
    for (int round = 0; round < rounds; ++round) {
        for (const SortName &by : sorts) {
            ports::CustomerQuery query;
            query.sort = by.sort;
            query.descending = round % 2 == 0;
            const Stopwatch watch;
            must(backend.customers().list(bootstrap::operatorCall(), query).result());
            times << watch.ms();
        }
    }
    printTimings(QStringLiteral("re-sort, every column in turn"), times, goalMs);
}

void measureFilters(ports::Backend &backend, int runs, double goalMs)
{
    auto &customers = backend.customers();
    const auto page = [&customers](const ports::CustomerQuery &query) {
        return [&customers, query] { return customers.list(bootstrap::operatorCall(), query); };
    };
    ports::CustomerQuery text;
    text.filter.q = QStringLiteral("harbor");
    measure(QStringLiteral("page, text in name or e-mail"), runs, goalMs, page(text));
    text.filter.q = QStringLiteral("zz-no-such-customer");
    measure(QStringLiteral("page, text that nobody has"), runs, goalMs, page(text));
    ports::CustomerQuery tiers;
    tiers.filter.tiers = QStringList{QStringLiteral("pro"), QStringLiteral("growth")};
    tiers.sort = ports::CustomerSort::LastSeen;
    measure(QStringLiteral("page, two tiers by last seen"), runs, goalMs, page(tiers));
    ports::CustomerQuery next;
    next.cursor = must(customers.list(bootstrap::operatorCall(), next).result()).next;
    measure(QStringLiteral("page, the second one"), runs, goalMs, page(next));
    measure(QStringLiteral("sums of all"), runs, goalMs,
            [&customers] { return customers.sums(bootstrap::operatorCall(), {}); });
    measure(QStringLiteral("sums of two tiers"), runs, goalMs,
            [&customers, &tiers] { return customers.sums(bootstrap::operatorCall(), tiers.filter); });
}

} // namespace

void fillDatabase(const storage::DatabaseConfig &database, int customers)
{
    storage::DatabaseConfig patient = database;
    patient.statementTimeoutMs = 0;
    const auto connection = must(storage::Connection::open(patient));
    storage::DemoOptions options;
    options.customers = customers;
    options.now = QDateTime::currentDateTimeUtc();
    const Stopwatch watch;
    const auto report = must(storage::writeDemo(*connection, must(platform::loadEmbeddedPlans()), options));
    const double seconds = watch.ms() / 1000;
    const bool sqlite = database.engine == storage::Engine::Sqlite;
    printFigure(QStringLiteral("%1 customers, %2 rows on %3")
                    .arg(customers)
                    .arg(report.rows())
                    .arg(sqlite ? QStringLiteral("SQLite") : QStringLiteral("PostgreSQL")),
                QStringLiteral("%1 s").arg(seconds, 0, 'f', 1),
                sqlite && customers == 100'000 ? QStringLiteral("< 180 s") : QString(), seconds < 180);
}

void measureLists(ports::Backend &backend, const QString &title, int runs, double goalMs)
{
    printTimingHead(title);
    for (const SortName &by : sorts) {
        for (const bool descending : {true, false}) {
            ports::CustomerQuery query;
            query.sort = by.sort;
            query.descending = descending;
            measure(QStringLiteral("page of 50 by %1, %2")
                        .arg(QLatin1StringView(by.name),
                             descending ? QStringLiteral("descending") : QStringLiteral("ascending")),
                    runs, goalMs,
                    [&backend, &query] { return backend.customers().list(bootstrap::operatorCall(), query); });
        }
    }
    measureResort(backend, 4, 2 * 100);
    measureFilters(backend, runs, goalMs);
    const auto first = must(backend.customers().list(bootstrap::operatorCall(), {}).result());
    const domain::TeamId team = first.rows.first().id;
    measure(QStringLiteral("customer detail"), runs, 0,
            [&backend, team] { return backend.customers().detail(bootstrap::operatorCall(), team); });
    measure(QStringLiteral("overview"), runs, 0,
            [&backend] { return backend.overview().overview(bootstrap::operatorCall()); });
    ports::AuditQuery audit;
    audit.filter.kind = QStringLiteral("admin.*");
    measure(QStringLiteral("audit, newest 50 of admin.*"), runs, 0,
            [&backend, &audit] { return backend.audit().search(bootstrap::operatorCall(), audit); });
}

} // namespace bench
