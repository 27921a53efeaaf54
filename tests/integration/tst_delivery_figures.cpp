#include "services/storage/delivery_repository.h"
#include "services/storage/delivery_scan.h"
#include "tests/support/mail_rows.h"
#include "tests/support/seed.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using domain::DeliveryEvent;
using domain::DeliveryOutcome;
using domain::LedgerClass;
using domain::OutcomeCounts;
using ports::DeliveryDimension;
using ports::DeliveryFigures;
using ports::MessageFilter;
using storage::Connection;
using storage::Engine;
using storage::SqlDeliveryRepository;
using test::MailEvent;
using test::MailRow;
using test::MailRowWriter;
using test::TempDatabase;

namespace {

const QDateTime now = test::seedNow();

void write(Connection &c, const QList<MailRow> &rows, const QList<MailEvent> &events = {})
{
    MailRowWriter writer(c);
    for (const MailRow &row : rows)
        writer.add(row);
    for (const MailEvent &event : events)
        writer.add(event);
    writer.flush();
}

/// The filter's meaning once more, over the rows themselves.
bool matches(const MailRow &row, const MessageFilter &f)
{
    const QDateTime at = row.acceptedAt.value_or(row.sentAt);
    const auto outcome = row.outcome(now);
    const QString stored =
        row.ledgerClass.isEmpty() ? domain::ledgerClassName(row.fold.ledgerClass()) : row.ledgerClass;
    const auto among = [](const QStringList &list, const QString &text) {
        return list.isEmpty() || list.contains(text);
    };
    return (!f.from || at >= *f.from) && (!f.until || at < *f.until) && among(f.templates, row.templateKind) &&
           among(f.providers, row.provider) && among(f.classes, stored) &&
           (f.domain.isEmpty() || f.domain.toLower() == row.recipientDomain()) &&
           (f.to.isEmpty() || row.address == f.to) &&
           (f.reason.isEmpty() || row.reason.contains(f.reason) || row.lastError.contains(f.reason)) &&
           (!f.repairedOnly || row.repairedAt) &&
           (f.outcomes.isEmpty() || (outcome && f.outcomes.contains(domain::deliveryOutcomeName(*outcome))));
}

std::optional<qint64> discrete(QList<qint64> values, double share)
{
    if (values.isEmpty())
        return std::nullopt;
    std::sort(values.begin(), values.end());
    return values.at(qsizetype(std::ceil(share * double(values.size()))) - 1);
}

DeliveryFigures recount(const QList<MailRow> &rows, const MessageFilter &filter)
{
    DeliveryFigures f;
    f.asOf = now;
    QList<qint64> latencies, deferred;
    for (const MailRow &row : rows) {
        if (!matches(row, filter))
            continue;
        if (const auto outcome = row.outcome(now))
            f.counts.add(*outcome, 1);
        f.suppressed += row.ledgerClass == QLatin1StringView("suppressed") ? 1 : 0;
        f.expired += row.ledgerClass == QLatin1StringView("expired") ? 1 : 0;
        f.noRecipient += row.ledgerClass == QLatin1StringView("no_recipient") ? 1 : 0;
        f.waiting += row.ledgerClass == QLatin1StringView("intended") ? 1 : 0;
        if (!row.acceptedAt)
            continue;
        const DeliveryOutcome outcome = *row.outcome(now);
        f.deliveredEvents += row.fold.delivered ? 1 : 0;
        f.inferred += outcome == DeliveryOutcome::Delivered && row.fold.isInferred() ? 1 : 0;
        f.complaints += row.fold.complained ? 1 : 0;
        f.deferredOnce += row.fold.deferred ? 1 : 0;
        f.repaired += row.repairedAt ? 1 : 0;
        if (row.fold.delivered && (outcome == DeliveryOutcome::Delivered || outcome == DeliveryOutcome::BouncedLater)) {
            latencies << row.acceptedAt->msecsTo(*row.fold.delivered);
            if (row.fold.deferred)
                deferred << latencies.constLast();
        }
    }
    f.latency = {discrete(latencies, 0.5), discrete(latencies, 0.95)};
    f.latencyDeferred = {discrete(deferred, 0.5), discrete(deferred, 0.95)};
    return f;
}

/// Every field alone and some together, over several ranges.
QList<std::pair<QByteArray, MessageFilter>> filters()
{
    QList<std::pair<QByteArray, MessageFilter>> all;
    const auto add = [&all](const char *name, auto change) {
        MessageFilter filter;
        change(filter);
        all.append({name, filter});
    };
    add("everything", [](MessageFilter &) {});
    add("last day", [](MessageFilter &f) { f.from = now.addDays(-1); });
    add("seven days", [](MessageFilter &f) {
        f.from = now.addDays(-7);
        f.until = now;
    });
    add("until", [](MessageFilter &f) { f.until = now.addMSecs(-domain::settleMs); });
    add("empty range", [](MessageFilter &f) { f.from = now.addDays(1); });
    for (const DeliveryOutcome outcome : domain::allDeliveryOutcomes()) {
        const QString name = domain::deliveryOutcomeName(outcome);
        all.append({"outcome " + name.toLatin1(), {}});
        all.last().second.outcomes = QStringList{name};
    }
    add("two outcomes", [](MessageFilter &f) { f.outcomes = {QStringLiteral("pending"), QStringLiteral("rejected")}; });
    add("classes", [](MessageFilter &f) { f.classes = {QStringLiteral("suppressed"), QStringLiteral("complaint")}; });
    add("templates", [](MessageFilter &f) { f.templates = {QStringLiteral("auth.login"), QStringLiteral("nothing")}; });
    add("domain", [](MessageFilter &f) { f.domain = QStringLiteral("Gmail.Example"); });
    add("provider", [](MessageFilter &f) { f.providers = {QStringLiteral("smtp")}; });
    add("address", [](MessageFilter &f) { f.to = QStringLiteral("eve@snake.example"); });
    add("reason", [](MessageFilter &f) { f.reason = QStringLiteral("0%_f"); });
    add("repaired", [](MessageFilter &f) { f.repairedOnly = true; });
    add("together", [](MessageFilter &f) {
        f.from = now.addDays(-9);
        f.templates = {QStringLiteral("billing.paid"), QStringLiteral("billing.failed"), QStringLiteral("team.left")};
        f.outcomes = {QStringLiteral("delivered"), QStringLiteral("unknown"), QStringLiteral("soft")};
        f.providers = {QStringLiteral("brevo")};
    });
    return all;
}

OutcomeCounts sum(const QList<ports::DeliveryPoint> &points)
{
    OutcomeCounts total;
    for (const auto &point : points)
        total += point.counts;
    return total;
}

OutcomeCounts sum(const QList<ports::DeliveryGroup> &groups)
{
    OutcomeCounts total;
    for (const auto &group : groups)
        total += group.counts;
    return total;
}

/// Values in place of the question marks, because EXPLAIN takes no parameters.
QString filledIn(QString sql, const QVariantList &values)
{
    for (const QVariant &value : values)
        sql.replace(sql.indexOf(QLatin1Char('?')), 1, QLatin1Char('\'') + value.toString() + QLatin1Char('\''));
    return sql;
}

QString planOf(Connection &c, const QString &sql)
{
    QString plan;
    const bool lite = c.isSqlite();
    const auto done = c.select(QStringLiteral("EXPLAIN %1").arg(lite ? QStringLiteral("QUERY PLAN ") : QString()) + sql,
                               {}, [&plan, lite](const storage::Row &row) {
                                   plan += row.text(lite ? 3 : 0) + QLatin1Char('\n');
                                   return true;
                               });
    return done ? plan : done.error().detail;
}

} // namespace

class TstDeliveryFigures : public QObject {
    Q_OBJECT
private:
    /// What a message of the outcome looks like; an odd number is settled.
    static MailRow example(DeliveryOutcome outcome, int n)
    {
        const QDateTime old = now.addDays(-5), fresh = now.addDays(-1);
        MailRow row = test::acceptedMail(QStringLiteral("%1-%2").arg(domain::deliveryOutcomeName(outcome)).arg(n),
                                         outcome == DeliveryOutcome::Pending ? fresh : old);
        const QDateTime at = row.acceptedAt->addSecs(4);
        switch (outcome) {
        case DeliveryOutcome::Delivered:
            row.fold.add(DeliveryEvent::Delivered, at);
            return row;
        case DeliveryOutcome::BouncedLater:
            row.fold.add(DeliveryEvent::Delivered, at);
            row.fold.add(DeliveryEvent::HardBounce, at.addSecs(60));
            return row;
        case DeliveryOutcome::Hard:
            row.fold.add(DeliveryEvent::HardBounce, at);
            return row;
        case DeliveryOutcome::Blocked:
            row.fold.add(DeliveryEvent::Invalid, at);
            return row;
        case DeliveryOutcome::Error:
            row.fold.add(DeliveryEvent::Error, at);
            return row;
        case DeliveryOutcome::Soft:
            row.fold.add(DeliveryEvent::SoftBounce, at);
            return row;
        case DeliveryOutcome::Pending:
            row.fold.add(n % 2 ? DeliveryEvent::Deferred : DeliveryEvent::SoftBounce, at);
            return row;
        case DeliveryOutcome::Unknown:
        case DeliveryOutcome::Rejected:
            return row;
        }
        Q_UNREACHABLE();
    }

private slots:
    /// 05-formulas §2, "Worked": A 1000 = D 930 + L 4 + H 12 + S 8 + K 5 + E 1 + P 30 + U 10.
    void workedExample_data() { test::addEngineRows(); }
    void workedExample()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        QList<MailRow> rows;
        const std::pair<DeliveryOutcome, int> wanted[] = {
            {DeliveryOutcome::Delivered, 930}, {DeliveryOutcome::BouncedLater, 4}, {DeliveryOutcome::Hard, 12},
            {DeliveryOutcome::Soft, 8},        {DeliveryOutcome::Blocked, 5},      {DeliveryOutcome::Error, 1},
            {DeliveryOutcome::Pending, 30},    {DeliveryOutcome::Unknown, 10}};
        for (const auto &[outcome, count] : wanted) {
            for (int i = 0; i < count; ++i)
                rows << example(outcome, i);
        }
        write(*c, rows);
        const auto read = SqlDeliveryRepository(*c).figures({}, now);
        QVERIFY(read.ok());
        for (const auto &[outcome, count] : wanted)
            QCOMPARE(read->counts.of(outcome), count);
        QCOMPARE(read->counts.accepted(), 1000);
        QCOMPARE(read->deliveredEvents, 934);
        QCOMPARE(read->deferredOnce, 15);
        QCOMPARE(*domain::settledRatio(read->counts), 930.0 / 960.0);
        QCOMPARE(domain::ratioBounds(read->counts)->low, 930.0 / 970.0);
        QCOMPARE(domain::ratioBounds(read->counts)->high, 940.0 / 970.0);
        QCOMPARE(read->latency, (ports::Latency{4000, 4000}));
        QCOMPARE(read->latencyDeferred, ports::Latency());
        QCOMPARE(read->asOf, now);
    }

    /// A = D + L + H + K + E + S + P + U against a recount with domain::outcomeAt(), for every filter.
    void figuresEqualARecount_data() { test::addEngineRows(); }
    void figuresEqualARecount()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const QList<MailRow> rows = test::randomMail(4000, 20'260'615, now, 100);
        write(*c, rows);
        SqlDeliveryRepository repository(*c);
        int nonEmpty = 0;
        for (const auto &[name, filter] : filters()) {
            const auto read = repository.figures(filter, now);
            QVERIFY2(read.ok(), name);
            const DeliveryFigures wanted = recount(rows, filter);
            QVERIFY2(*read == wanted, qPrintable(QStringLiteral("%1: %2 accepted and %3 rejected, not %4 and %5")
                                                     .arg(QString::fromLatin1(name))
                                                     .arg(read->counts.accepted())
                                                     .arg(read->counts.rejected)
                                                     .arg(wanted.counts.accepted())
                                                     .arg(wanted.counts.rejected)));
            nonEmpty += wanted.counts.accepted() + wanted.counts.rejected > 0 ? 1 : 0;
        }
        QCOMPARE(nonEmpty, filters().size() - 1);
        const qint64 accepted = std::count_if(rows.begin(), rows.end(), [](const MailRow &r) { return r.acceptedAt; });
        QCOMPARE(repository.figures({}, now)->counts.accepted(), accepted);
    }

    /// The outcome changes at 72 h to the millisecond, in C++ and in SQL alike.
    void theEdgeOfSettling_data() { test::addEngineRows(); }
    void theEdgeOfSettling()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const QDateTime edge = now.addMSecs(-domain::settleMs);
        write(*c, {test::acceptedMail(QStringLiteral("just"), edge),
                   test::acceptedMail(QStringLiteral("not yet"), edge.addMSecs(1))});
        const auto read = SqlDeliveryRepository(*c).figures({}, now);
        QVERIFY(read.ok());
        QCOMPARE(read->counts.unknown, 1);
        QCOMPARE(read->counts.pending, 1);
        QCOMPARE(SqlDeliveryRepository(*c).figures({}, now.addMSecs(1))->counts.unknown, 2);
    }

    void seriesAndGroupsAddUp_data() { test::addEngineRows(); }
    void seriesAndGroupsAddUp()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const QList<MailRow> rows = test::randomMail(3000, 7, now, 40);
        write(*c, rows);
        SqlDeliveryRepository repository(*c);
        for (auto [name, filter] : filters()) {
            filter.from = filter.from.value_or(now.addDays(-41));
            filter.until = filter.until.value_or(now.addDays(2));
            const OutcomeCounts whole = recount(rows, filter).counts;
            for (const qint64 step : {3600, 86'400}) {
                const auto series = repository.series(filter, step, now);
                QVERIFY2(series.ok(), name);
                QVERIFY2(sum(series->cohorts) == whole, name);
            }
            for (const DeliveryDimension dimension :
                 {DeliveryDimension::Template, DeliveryDimension::Domain, DeliveryDimension::Provider,
                  DeliveryDimension::TemplateAndDomain}) {
                const auto groups = repository.groups(filter, dimension, 200, now);
                QVERIFY2(groups.ok(), name);
                QVERIFY2(sum(*groups) == whole, name);
            }
        }
    }

    void groupsAreOrderedAndCut_data() { test::addEngineRows(); }
    void groupsAreOrderedAndCut()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        QList<MailRow> rows;
        const auto add = [&rows](const char *kind, const char *address, int count) {
            for (int i = 0; i < count; ++i) {
                rows << test::acceptedMail(QStringLiteral("m%1").arg(rows.size()), now.addDays(-4));
                rows.last().templateKind = QString::fromLatin1(kind);
                rows.last().address = QString::fromLatin1(address);
            }
        };
        add("Zeta", "a@x.example", 2);
        add("alpha", "a@x.example", 2);
        add("beta", "a@x.example", 5);
        add("beta", "a@y.example", 1);
        rows << test::unsentMail(QStringLiteral("dropped"), now.addDays(-4), LedgerClass::PermanentDrop);
        rows.last().templateKind = QStringLiteral("gone");
        rows.last().address = QStringLiteral("a@z.example");
        write(*c, rows);
        SqlDeliveryRepository repository(*c);
        const auto byTemplate = repository.groups({}, DeliveryDimension::Template, 3, now);
        QVERIFY(byTemplate.ok());
        QCOMPARE(byTemplate->size(), 3);
        QCOMPARE(byTemplate->at(0).key, QStringLiteral("beta"));
        QCOMPARE(byTemplate->at(0).counts.unknown, 6);
        QCOMPARE(byTemplate->at(1).key, QStringLiteral("Zeta"));
        QCOMPARE(byTemplate->at(2).key, QStringLiteral("alpha"));
        const auto both = repository.groups({}, DeliveryDimension::TemplateAndDomain, 200, now);
        QVERIFY(both.ok());
        QCOMPARE(both->size(), 5);
        QCOMPARE(both->at(0).second, QStringLiteral("x.example"));
        QCOMPARE(both->at(4).key, QStringLiteral("gone"));
        QCOMPARE(both->at(4).second, QStringLiteral("z.example"));
        QCOMPARE(both->at(4).counts.rejected, 1);
        QCOMPARE(both->at(4).counts.accepted(), 0);
    }

    void seriesHasEveryStep_data() { test::addEngineRows(); }
    void seriesHasEveryStep()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const QDateTime midnight(QDate(2026, 6, 10), QTime(0, 0), Qt::UTC);
        QList<MailRow> rows{test::acceptedMail(QStringLiteral("before"), midnight.addSecs(3600)),
                            test::acceptedMail(QStringLiteral("first"), midnight.addSecs(7 * 3600)),
                            test::acceptedMail(QStringLiteral("last"), midnight.addDays(3).addMSecs(-1)),
                            test::acceptedMail(QStringLiteral("after"), midnight.addDays(3))};
        write(*c, rows,
              {{QStringLiteral("before"), DeliveryEvent::Delivered, midnight.addSecs(8 * 3600)},
               {QStringLiteral("first"), DeliveryEvent::Request, midnight.addSecs(7 * 3600)},
               {QStringLiteral("first"), DeliveryEvent::Click, midnight.addDays(2)},
               {QStringLiteral("first"), DeliveryEvent::Click, midnight.addDays(2).addSecs(60)},
               {QString(), DeliveryEvent::Click, midnight.addDays(2).addSecs(90)},
               {QStringLiteral("last"), DeliveryEvent::Error, midnight.addDays(3)}});
        MessageFilter filter;
        filter.from = midnight.addSecs(6 * 3600);
        filter.until = midnight.addDays(3);
        SqlDeliveryRepository repository(*c);
        const auto days = repository.series(filter, 86'400, now);
        QVERIFY(days.ok());
        QCOMPARE(days->stepSeconds, 86'400);
        QCOMPARE(days->cohorts.size(), 3);
        QCOMPARE(days->events.size(), 3);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(days->cohorts.at(i).start, midnight.addDays(i));
            QCOMPARE(days->events.at(i).start, midnight.addDays(i));
        }
        QCOMPARE(days->cohorts.at(0).counts.accepted(), 1);
        QCOMPARE(days->cohorts.at(1).counts.accepted(), 0);
        QCOMPARE(days->cohorts.at(2).counts.accepted(), 1);
        using Events = QHash<QString, qint64>;
        QCOMPARE(days->events.at(0).events, (Events{{QStringLiteral("delivered"), 1}, {QStringLiteral("request"), 1}}));
        QCOMPARE(days->events.at(1).events, Events());
        QCOMPARE(days->events.at(2).events, (Events{{QStringLiteral("click"), 3}}));
        QCOMPARE(repository.series(filter, 3600, now)->cohorts.size(), 66);
        filter.until = filter.from;
        QCOMPARE(repository.series(filter, 3600, now).error().key, QStringLiteral("invalid_range"));
        QCOMPARE(repository.series({}, 3600, now).error().key, QStringLiteral("invalid_range"));
    }

    /// Events by their own time, under every filter: from the index of events or by way of the messages.
    void eventsEqualARecount_data() { test::addEngineRows(); }
    void eventsEqualARecount()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const QList<MailRow> rows = test::randomMail(1500, 99, now, 20);
        const QList<MailEvent> events = test::eventsOf(rows);
        write(*c, rows, events);
        QHash<QString, MailRow> byId;
        for (const MailRow &row : rows)
            byId.insert(row.id, row);
        SqlDeliveryRepository repository(*c);
        for (auto [name, filter] : filters()) {
            filter.from = now.addDays(-15).addSecs(1234);
            filter.until = now.addDays(-1);
            MessageFilter anyTime = filter;
            anyTime.from.reset();
            anyTime.until.reset();
            QMap<std::pair<qint64, QString>, qint64> wanted, read;
            for (const MailEvent &event : events) {
                if (event.at >= *filter.from && event.at < *filter.until && matches(byId.value(event.message), anyTime))
                    ++wanted[{event.at.date().startOfDay(Qt::UTC).toMSecsSinceEpoch(),
                              domain::deliveryEventName(event.event)}];
            }
            const auto series = repository.series(filter, 86'400, now);
            QVERIFY2(series.ok(), name);
            for (const auto &point : series->events) {
                for (auto it = point.events.cbegin(); it != point.events.cend(); ++it)
                    read.insert({point.start.toMSecsSinceEpoch(), it.key()}, it.value());
            }
            QVERIFY2(read == wanted, name);
        }
    }

    /// The copies of template and domain on the events follow the link, whoever sets it.
    void eventsKnowTheirMessage_data() { test::addEngineRows(); }
    void eventsKnowTheirMessage()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        MailRow row = test::acceptedMail(QStringLiteral("m"), now.addDays(-2));
        row.templateKind = QStringLiteral("team.invited");
        row.address = QStringLiteral("ada@Far.Example");
        write(*c, {row},
              {{QStringLiteral("m"), DeliveryEvent::Delivered, now.addDays(-2)},
               {QString(), DeliveryEvent::Opened, now.addDays(-1)}});
        MessageFilter filter;
        filter.from = now.addDays(-3);
        filter.until = now;
        filter.templates = QStringList{QStringLiteral("team.invited")};
        filter.domain = QStringLiteral("far.example");
        const auto eventsNow = [&] {
            QHash<QString, qint64> all;
            const auto series = SqlDeliveryRepository(*c).series(filter, 86'400, now);
            for (const auto &point : series->events) {
                for (auto it = point.events.cbegin(); it != point.events.cend(); ++it)
                    all[it.key()] += it.value();
            }
            return all;
        };
        QCOMPARE(eventsNow(), (QHash<QString, qint64>{{QStringLiteral("delivered"), 1}}));
        QVERIFY(
            c->execute(QStringLiteral("UPDATE email_delivery_events SET audit_id = 'm' WHERE audit_id IS NULL")).ok());
        QCOMPARE(eventsNow(),
                 (QHash<QString, qint64>{{QStringLiteral("delivered"), 1}, {QStringLiteral("opened"), 1}}));
    }

    /// The figures must not need the rows themselves, whatever the filter, as long as the index knows it.
    void theIndexIsEnough_data() { test::addEngineRows(); }
    void theIndexIsEnough()
    {
        QFETCH(Engine, engine);
        const bool lite = engine == Engine::Sqlite;
        const TempDatabase database(engine);
        const auto c = database.connect();
        write(*c, test::randomMail(4000, 3, now, 90));
        if (!lite)
            QVERIFY(c->executeScript(QStringLiteral("VACUUM ANALYZE forwarder_sent")).ok());
        const QString wanted = lite ? QStringLiteral("USING COVERING INDEX forwarder_sent_%1_idx")
                                    : QStringLiteral("Index Only Scan using forwarder_sent_%1_idx");
        for (auto [name, filter] : filters()) {
            if (!filter.to.isEmpty() || !filter.reason.isEmpty())
                continue;
            filter.from = now.addDays(-7);
            filter.until = now;
            for (const auto part : {storage::MessagePart::Accepted, storage::MessagePart::Unsent}) {
                const bool accepted = part == storage::MessagePart::Accepted;
                const auto where = storage::messageCondition(*c, filter, now, part);
                if (!where || (!accepted && filter.repairedOnly))
                    continue;
                const QString plan = planOf(
                    *c, filledIn(QStringLiteral("SELECT f.template_kind, f.recipient_domain, f.provider%1 "
                                                "FROM forwarder_sent f WHERE %2")
                                     .arg(accepted ? QStringLiteral(", f.accepted_at, f.delivered_event_at, f.outcome, "
                                                                    "f.deferred_at, f.complained_at, f.repaired_at")
                                                   : QString(),
                                          where->sql),
                                 where->values));
                const QString index = accepted ? QStringLiteral("figures") : QStringLiteral("unsent");
                QVERIFY2(plan.contains(wanted.arg(index)), (name + '\n' + plan.toUtf8()).constData());
            }
        }
    }

    void packedRowsAreChecked()
    {
        const auto unpack = [](const QByteArray &row) {
            return storage::unpackMessage(row, storage::MessagePart::Accepted, now.toMSecsSinceEpoch());
        };
        const QByteArray row = QByteArray("2024-02-29T23:59:59.999Z5") + "2024-03-01T00:00:05.250Z" + '\xff' +
                               "delivered" + '\xff' + "auth.login" + '\xff' + "d\xc3\xa4.example";
        const auto message = unpack(row);
        QVERIFY(message);
        QCOMPARE(message->atMs, QDateTime(QDate(2024, 2, 29), QTime(23, 59, 59, 999), Qt::UTC).toMSecsSinceEpoch());
        QCOMPARE(*message->deliveredMs - message->atMs, 5251);
        QVERIFY(message->deferred && !message->complained && message->repaired);
        QCOMPARE(message->outcome, DeliveryOutcome::Delivered);
        QCOMPARE(message->key.toByteArray(), QByteArray("auth.login"));
        QCOMPARE(message->second.toByteArray(), QByteArray("d\xc3\xa4.example"));
        QVERIFY(!unpack(QByteArray()));
        QVERIFY(!unpack(QByteArray("2024-02-29T23:59:59.999Z0x\xff") + "none"));
    }
};

REGISTER_SUITE(delivery_figures, TstDeliveryFigures)
#include "tst_delivery_figures.moc"
