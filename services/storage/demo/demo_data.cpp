#include "services/storage/demo/demo_data.h"

#include "models/domain/audit_kind_names.h"
#include "services/storage/customer_stats.h"
#include "services/storage/demo/demo_mail_writer.h"
#include "services/storage/demo/demo_writer.h"
#include "services/usecases/mail/template_composer.h"

namespace storage {

using domain::Done;
using domain::ErrorCode;
using domain::Result;
namespace kinds = domain::kinds;

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

/// What is there for all customers together.
void addRest(demo::DemoWriter &writer, demo::MailWriter &mail, const demo::LifeSettings &settings,
             const demo::MailCalendar &calendar, const usecases::MailComposer &composer, int customers)
{
    const QStringList told =
        writer.seenKinds() + QStringList{QString(kinds::webhookBrevoUnauthorized),
                                         QString(kinds::adminSuppressionLifted), QString(kinds::adminEmailResent),
                                         QString(kinds::adminEmailRepairRequested),
                                         QString(kinds::adminWebhookReplayed)};
    const demo::Surroundings surroundings = demo::makeSurroundings(settings, customers, told);
    writer.add(surroundings);
    writer.addOperators(settings.seed, settings.nowMs);
    mail.add(demo::makeVisitorMail(settings, calendar, composer, surroundings.audit), 0);
    mail.finish();
}

Result<DemoReport> fill(Connection &connection, const demo::LifeSettings &settings, const DemoOptions &options,
                        const std::function<bool(int)> &progress)
{
    const auto composer = usecases::TemplateComposer::load({});
    if (!composer)
        return composer.error();
    const demo::MailCalendar calendar(settings);
    demo::DemoWriter writer(connection);
    demo::MailWriter mail(connection, settings.seed, calendar, [&writer](const auto &row) { writer.addAudit(row); });
    const auto flush = [&]() -> Result<Done> {
        auto done = writer.flush();
        return done ? mail.flush() : done;
    };
    int shown = -1;
    for (int i = 0; i < options.customers; ++i) {
        const demo::CustomerLife life = demo::makeLife(settings, i);
        writer.add(life);
        mail.add(demo::makeMail(settings, calendar, **composer, life, i), i);
        if (writer.isFull() || mail.isFull()) {
            if (auto done = flush(); !done)
                return done.error();
        }
        const int percent = static_cast<int>(static_cast<qint64>(i) * 96 / options.customers);
        if (percent != shown && progress) {
            shown = percent;
            if (!progress(percent))
                return domain::makeError(ErrorCode::Cancelled, QStringLiteral("cancelled"));
        }
    }
    addRest(writer, mail, settings, calendar, **composer, options.customers);
    if (auto done = flush(); !done)
        return done.error();
    DemoReport report = writer.report();
    mail.addTo(report);
    return report;
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
            QStringLiteral("VACUUM teams, users, resources, deployments, audit_log, customer_stats, forwarder_sent, "
                           "email_delivery_events, email_events, webhook_inbox")));
    }
    if (progress)
        progress(100);
    return report;
}

} // namespace storage
