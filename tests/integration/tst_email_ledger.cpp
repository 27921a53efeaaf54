#include "services/security/tokens.h"
#include "services/storage/email_ledger_repository.h"
#include "tests/integration/mail_storage.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using domain::Done;
using domain::LedgerClass;
using domain::Result;
using storage::Connection;
using storage::Engine;
using test::after;
using test::failure;
using test::idText;
using test::ledgerEntry;
using test::rowOf;
using test::rowsOf;
using test::TempDatabase;

namespace {

const QString nul = QString(QChar(u'\0'));

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

struct Ledger {
    explicit Ledger(Engine engine) : database(engine), connection(database.connect()), rows(*connection) {}
    QString row(const QString &id, const char *columns, int count)
    {
        return rowOf(*connection, QStringLiteral("SELECT %1 FROM forwarder_sent WHERE audit_id = ?").arg(text(columns)),
                     count, {id});
    }
    QString millis(const char *column) const { return connection->millis(text(column)); }
    QDateTime time(const QString &id, const char *column)
    {
        QDateTime found;
        const auto read =
            connection->select(QStringLiteral("SELECT %1 FROM forwarder_sent WHERE audit_id = ?").arg(millis(column)),
                               {id}, [&found](const storage::Row &row) {
                                   found = row.time(0);
                                   return false;
                               });
        return read ? found : QDateTime();
    }

    TempDatabase database;
    std::unique_ptr<Connection> connection;
    storage::SqlEmailLedgerRepository rows;
};

QStringList idsOf(const Result<QList<usecases::DueMail>> &mails)
{
    if (!mails)
        return {failure(mails)};
    QStringList ids;
    for (const usecases::DueMail &mail : *mails)
        ids.append(mail.id);
    return ids;
}

QStringList idsOf(const Result<QList<usecases::FoldRow>> &rows)
{
    if (!rows)
        return {failure(rows)};
    QStringList ids;
    for (const usecases::FoldRow &row : *rows)
        ids.append(row.id);
    return ids;
}

} // namespace

class TstEmailLedger : public QObject {
    Q_OBJECT
private slots:
    void insertLeavesAloneWhatIsThere_data() { test::addEngineRows(); }
    void insertLeavesAloneWhatIsThere()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        auto first = ledger.rows.insert({ledgerEntry(text("b")), ledgerEntry(text("a"))});
        QCOMPARE(failure(first), QString());
        first->sort();
        QCOMPARE(*first, QStringList({text("a"), text("b")}));
        auto other = ledgerEntry(text("a"));
        other.subject = text("Changed");
        const auto second = ledger.rows.insert({other, ledgerEntry(text("c")), ledgerEntry(text("c"))});
        QCOMPARE(failure(second), QString());
        QCOMPARE(*second, QStringList({text("c")}));
        QCOMPARE(ledger.row(text("a"), "subject", 1), text("Welcome"));
        QCOMPARE(failure(ledger.rows.insert({})), QString());
    }

    void addressIsNeverStored_data() { test::addEngineRows(); }
    void addressIsNeverStored()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        auto nobody = ledgerEntry(text("nobody"));
        nobody.address.clear();
        nobody.ledgerClass = LedgerClass::NoRecipient;
        QVERIFY(ledger.rows.insert({ledgerEntry(text("m")), nobody}).ok());
        const QString sha = QString::fromLatin1(security::sha256Hex("alice@example.com"));
        QCOMPARE(ledger.row(text("m"), "recipient, recipient_domain, recipient_sha256", 3),
                 text("A***@Example.com|example.com|") + sha);
        QCOMPARE(ledger.row(text("nobody"), "recipient, recipient_domain, recipient_sha256", 3), text("||"));
    }

    void insertWritesTheTimesOfItsClass_data() { test::addEngineRows(); }
    void insertWritesTheTimesOfItsClass()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        QList<usecases::LedgerEntry> entries;
        for (const LedgerClass ledgerClass : domain::allLedgerClasses()) {
            auto entry = ledgerEntry(domain::ledgerClassName(ledgerClass));
            entry.ledgerClass = ledgerClass;
            entries.append(entry);
        }
        QCOMPARE(failure(ledger.rows.insert(entries)), QString());
        for (const LedgerClass ledgerClass : domain::allLedgerClasses()) {
            const QString id = domain::ledgerClassName(ledgerClass);
            QCOMPARE(ledger.row(id, "classification, outcome, attempts, provider, delivered_at", 5),
                     id + text("|none|0|none|-"));
            QCOMPARE(ledger.time(id, "sent_at"), test::seedNow());
            QCOMPARE(ledger.time(id, "intended_at"), test::seedNow());
            QCOMPARE(ledger.time(id, "accepted_at").isValid(), domain::isAccepted(ledgerClass));
            QCOMPARE(ledger.time(id, "next_attempt_at").isValid(), ledgerClass == LedgerClass::Intended);
        }
    }

    /// Neither an entry nor a team that went away meanwhile may hold up the others.
    void linksToWhatIsGoneStayEmpty_data() { test::addEngineRows(); }
    void linksToWhatIsGoneStayEmpty()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        QVERIFY(test::addTeam(*ledger.connection, 1).ok());
        QVERIFY(test::addAudit(*ledger.connection, 10, after(0), text("onboarding.claimed"), 1).ok());
        auto linked = ledgerEntry(idText(10));
        linked.audit = domain::AuditId(test::uuid(10));
        linked.team = test::teamId(1);
        auto orphan = ledgerEntry(idText(11));
        orphan.audit = domain::AuditId(test::uuid(11));
        orphan.team = test::teamId(2);
        QCOMPARE(failure(ledger.rows.insert({linked, orphan})), QString());
        QCOMPARE(ledger.row(idText(10), "audit_log_id, team_id", 2), idText(10) + QLatin1Char('|') + idText(1));
        QCOMPARE(ledger.row(idText(11), "audit_log_id, team_id", 2), text("-|-"));
    }

    void oneBadCharacterLosesNoBatch_data() { test::addEngineRows(); }
    void oneBadCharacterLosesNoBatch()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        auto bad = ledgerEntry(text("bad"));
        bad.subject = text("a") + nul + text("b");
        bad.address = text("x") + nul + text("@example.com");
        bad.lastError = bad.providerId = nul;
        QCOMPARE(failure(ledger.rows.insert({ledgerEntry(text("good")), bad})), QString());
        QCOMPARE(ledger.row(text("bad"), "subject", 1), QStringLiteral("a\uFFFDb"));
        QCOMPARE(failure(ledger.rows.markTransient(text("good"), nul, after(60))), QString());
        QCOMPARE(
            failure(ledger.rows.markDropped({{text("bad"), LedgerClass::PermanentDrop, {}, nul, nul, true, after(1)}})),
            QString());
        QCOMPARE(failure(ledger.rows.markAccepted({{text("good"), text("brevo"), nul + text("id"), nul, after(1)}})),
                 QString());
        auto rows = ledger.rows.lockByMessageIds(text("brevo"), {nul + text("id")});
        QCOMPARE(idsOf(rows), QStringList({text("good")}));
        (*rows)[0].reason = nul;
        QCOMPARE(failure(ledger.rows.updateFolds(*rows, {})), QString());
        // Half of a surrogate pair.
        const QString half = QString(QChar(0xD83D)) + text("id");
        QCOMPARE(idsOf(ledger.rows.lockByMessageIds(text("brevo"), {half, text("\"}{,'\\")})),
                 QStringList({text("good")}));
    }

    void fiveHundredRowsAreAHandfulOfStatements_data() { test::addEngineRows(); }
    void fiveHundredRowsAreAHandfulOfStatements()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        int statements = 0;
        auto opened = Connection::open(test::counted(database.config(), statements));
        QCOMPARE(failure(opened.map([](const auto &) { return Done{}; })), QString());
        storage::SqlEmailLedgerRepository rows(**opened);
        QList<usecases::LedgerEntry> entries;
        QList<usecases::EmailLedgerRepository::Accepted> accepted;
        QStringList messages;
        for (int i = 0; i < 500; ++i) {
            const QString id = QStringLiteral("row-%1").arg(i, 4, 10, QLatin1Char('0'));
            entries.append(ledgerEntry(id));
            accepted.append(test::acceptance(id, QStringLiteral("<m%1>").arg(i)));
            messages.append(QStringLiteral("m%1").arg(i));
        }
        const auto measure = [&statements](const auto &step) {
            statements = 0;
            return step().ok() && statements <= 4;
        };
        QVERIFY(measure([&] { return rows.insert(entries); }));
        QVERIFY(measure([&] { return rows.markAccepted(accepted); }));
        QList<usecases::FoldRow> folds;
        QVERIFY(measure([&] {
            auto locked = rows.lockByMessageIds(text("brevo"), messages);
            folds = locked ? *locked : QList<usecases::FoldRow>();
            return locked;
        }));
        QCOMPARE(folds.size(), 500);
        for (usecases::FoldRow &row : folds)
            row.fold.add(domain::DeliveryEvent::Delivered, after(5));
        QVERIFY(measure([&] { return rows.updateFolds(folds, {}); }));
        const auto counts = rows.countByClass();
        QVERIFY(counts.ok());
        QCOMPARE(*counts, (QHash<QString, qint64>{{text("delivered"), 500}}));
    }

    void dueInTheOrderOfWaiting_data() { test::addEngineRows(); }
    void dueInTheOrderOfWaiting()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        QCOMPARE(*ledger.rows.nextDue(), std::nullopt);
        QList<usecases::LedgerEntry> entries;
        for (const int seconds : {30, 10, 20}) {
            auto entry = ledgerEntry(QStringLiteral("m%1").arg(seconds));
            entry.at = after(seconds);
            entries.append(entry);
        }
        auto suppressed = ledgerEntry(text("s"));
        suppressed.ledgerClass = LedgerClass::Suppressed;
        QVERIFY(ledger.rows.insert(entries << suppressed).ok());
        QCOMPARE(ledger.rows.nextDue().value(), std::optional(after(10)));
        QCOMPARE(idsOf(ledger.rows.due(after(20), 10)), QStringList({text("m10"), text("m20")}));
        QCOMPARE(idsOf(ledger.rows.due(after(9), 10)), QStringList());
        QCOMPARE(idsOf(ledger.rows.due(after(50), 2)), QStringList({text("m10"), text("m20")}));
        QVERIFY(ledger.rows.markTransient(text("m10"), text("http_500"), after(40)).ok());
        QCOMPARE(idsOf(ledger.rows.due(after(50), 10)), QStringList({text("m20"), text("m30"), text("m10")}));
        const auto due = ledger.rows.due(after(50), 10);
        QCOMPARE(due->at(2).attempts, 1);
        QCOMPARE(due->at(2).intendedAt, after(10));
        QCOMPARE(due->at(2).audit, std::nullopt);
        QCOMPARE(ledger.row(text("m10"), "classification, last_error", 2), text("intended|http_500"));
        // A row that nobody gave a time is not forgotten.
        QVERIFY(
            ledger.connection->execute(text("UPDATE forwarder_sent SET next_attempt_at = NULL WHERE audit_id = 'm30'"))
                .ok());
        QCOMPARE(idsOf(ledger.rows.due(after(50), 10)), QStringList({text("m30"), text("m20"), text("m10")}));
        QCOMPARE(ledger.rows.nextDue().value(), std::optional(after(20)));
    }

    void dueKnowsTheEntry_data() { test::addEngineRows(); }
    void dueKnowsTheEntry()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        QVERIFY(test::addAudit(*ledger.connection, 7, after(0), text("onboarding.claimed")).ok());
        auto entry = ledgerEntry(text("resend-1"));
        entry.audit = domain::AuditId(test::uuid(7));
        QVERIFY(ledger.rows.insert({entry}).ok());
        const auto due = ledger.rows.due(after(1), 5);
        QCOMPARE(due->size(), 1);
        QCOMPARE(due->first().audit, entry.audit);
    }

    void onlyIntendedRowsAreAcceptedOrDropped_data() { test::addEngineRows(); }
    void onlyIntendedRowsAreAcceptedOrDropped()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        QVERIFY(ledger.rows.insert({ledgerEntry(text("a")), ledgerEntry(text("b")), ledgerEntry(text("c"))}).ok());
        QVERIFY(ledger.rows.markTransient(text("a"), text("http_503"), after(30)).ok());
        QVERIFY(ledger.rows.markAccepted({test::acceptance(text("a"), text("<id@relay>"), after(40))}).ok());
        QCOMPARE(ledger.row(text("a"), "classification, provider, provider_id, subject, attempts, next_attempt_at", 6),
                 text("success|brevo|<id@relay>|Welcome|2|-"));
        QCOMPARE(ledger.time(text("a"), "accepted_at"), after(40));
        QCOMPARE(ledger.time(text("a"), "sent_at"), after(40));
        QCOMPARE(ledger.time(text("a"), "intended_at"), test::seedNow());
        QVERIFY(
            ledger.rows
                .markDropped({{text("a"), LedgerClass::PermanentDrop, text("x"), text("y"), text("z"), true, after(50)},
                              {text("b"), LedgerClass::PermanentDrop, text("brevo"), text("audit-b"), text("http_400"),
                               true, after(50)},
                              {text("c"), LedgerClass::Expired, {}, {}, text("too old"), false, after(50)}})
                .ok());
        QCOMPARE(ledger.row(text("a"), "classification, provider_id", 2), text("success|<id@relay>"));
        QCOMPARE(ledger.row(text("b"), "classification, provider, provider_id, last_error, attempts, accepted_at", 6),
                 text("permanent_drop|brevo|audit-b|http_400|1|-"));
        QCOMPARE(ledger.row(text("c"), "classification, provider, provider_id, last_error, attempts", 5),
                 text("expired|none||too old|0"));
        QVERIFY(ledger.rows.markAccepted({test::acceptance(text("b"), text("late"))}).ok());
        QVERIFY(ledger.rows.markTransient(text("c"), text("late"), after(60)).ok());
        QCOMPARE(ledger.row(text("b"), "classification", 1), text("permanent_drop"));
        QCOMPARE(ledger.row(text("c"), "last_error", 1), text("too old"));
        QVERIFY(ledger.rows.due(after(1000), 10)->isEmpty());
        auto acceptance = test::acceptance(text("d"), text("1"));
        acceptance.subject = text("As sent");
        QVERIFY(ledger.rows.insert({ledgerEntry(text("d"))}).ok());
        QVERIFY(ledger.rows.markAccepted({acceptance}).ok());
        QCOMPARE(ledger.row(text("d"), "subject", 1), text("As sent"));
    }

    void messageIdsMatchWithAndWithoutBrackets_data() { test::addEngineRows(); }
    void messageIdsMatchWithAndWithoutBrackets()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        QList<usecases::LedgerEntry> entries;
        for (const char *id : {"4", "3", "2", "1", "0"})
            entries.append(ledgerEntry(text(id)));
        QVERIFY(ledger.rows.insert(entries).ok());
        QVERIFY(ledger.rows
                    .markAccepted({test::acceptance(text("4"), text("<A>")), test::acceptance(text("3"), text("b")),
                                   test::acceptance(text("2"), text("b")),
                                   test::acceptance(text("1"), text("A"), after(0), text("ses"))})
                    .ok());
        const QString brevo = text("brevo");
        QCOMPARE(idsOf(ledger.rows.lockByMessageIds(brevo, {text("A")})), QStringList({text("4")}));
        QCOMPARE(idsOf(ledger.rows.lockByMessageIds(brevo, {text("<b>"), text("A")})),
                 QStringList({text("2"), text("3"), text("4")}));
        QCOMPARE(idsOf(ledger.rows.lockByMessageIds(brevo, {text("a"), text("unknown")})), QStringList());
        // Row 0 has no provider id yet: an empty one must not find it.
        QCOMPARE(idsOf(ledger.rows.lockByMessageIds(text("none"), {QString(), text("<>"), text(" ")})), QStringList());
        QCOMPARE(idsOf(ledger.rows.lockByMessageIds(brevo, {})), QStringList());
    }

    void lockedUntilTheTransactionEnds_data() { test::addEngineRows(); }
    void lockedUntilTheTransactionEnds()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        QVERIFY(ledger.rows.insert({ledgerEntry(text("a"))}).ok());
        QVERIFY(ledger.rows.markAccepted({test::acceptance(text("a"), text("m"))}).ok());
        const auto other = ledger.database.connect();
        QVERIFY(other->setPatience(50).ok());
        storage::SqlEmailLedgerRepository theirs(*other);
        const auto lockElsewhere = [&] {
            return other->inTransaction([&]() -> Result<Done> {
                return theirs.lockByMessageIds(text("brevo"), {text("m")}).map([](const auto &) { return Done{}; });
            });
        };
        const auto held = ledger.connection->inTransaction([&]() -> Result<Done> {
            auto rows = ledger.rows.lockByMessageIds(text("brevo"), {text("m")});
            if (!rows)
                return rows.error();
            const auto refused = lockElsewhere();
            return refused.ok() ? domain::unavailable(text("not locked")) : Result<Done>(Done{});
        });
        QCOMPARE(failure(held), QString());
        QCOMPARE(failure(lockElsewhere()), QString());
    }

    void foldsComeBackAsWritten_data() { test::addEngineRows(); }
    void foldsComeBackAsWritten()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        QVERIFY(test::addTeam(*ledger.connection, 1).ok());
        auto entry = ledgerEntry(text("a"));
        entry.team = test::teamId(1);
        QVERIFY(ledger.rows.insert({entry}).ok());
        QVERIFY(ledger.rows.markAccepted({test::acceptance(text("a"), text("<m>"))}).ok());
        domain::DeliveryFold expected;
        int second = 0;
        for (const domain::DeliveryEvent event : domain::allDeliveryEvents()) {
            auto rows = ledger.rows.lockByMessageIds(text("brevo"), {text("m")});
            QCOMPARE(idsOf(rows), QStringList({text("a")}));
            QCOMPARE(rows->first().fold, expected);
            QCOMPARE(rows->first().team, std::optional(test::teamId(1)));
            QCOMPARE(rows->first().providerId, text("<m>"));
            expected.add(event, after(++second).addMSecs(7));
            (*rows)[0].fold = expected;
            rows->first().reason = domain::deliveryEventName(event);
            QVERIFY(ledger.rows.updateFolds(*rows, {}).ok());
            QCOMPARE(ledger.row(text("a"), "classification, outcome, reason", 3),
                     QStringLiteral("%1|%2|%3")
                         .arg(domain::ledgerClassName(expected.ledgerClass()), expected.storedOutcome(),
                              domain::deliveryEventName(event)));
            QCOMPARE(ledger.time(text("a"), "delivered_at"), expected.deliveredAt().value_or(QDateTime()));
        }
        const auto last = ledger.rows.lockByMessageIds(text("brevo"), {text("m")});
        QCOMPARE(last->first().fold, expected);
        QCOMPARE(last->first().ledgerClass, text("bounced_hard"));
        QCOMPARE(ledger.row(text("a"), "repaired_at", 1), text("-"));
    }

    void repairIsMarkedOnce_data() { test::addEngineRows(); }
    void repairIsMarkedOnce()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        QVERIFY(ledger.rows.insert({ledgerEntry(text("a"))}).ok());
        QVERIFY(ledger.rows.markAccepted({test::acceptance(text("a"), text("m"))}).ok());
        auto rows = ledger.rows.lockByMessageIds(text("brevo"), {text("m")});
        (*rows)[0].fold.add(domain::DeliveryEvent::Delivered, after(1));
        QVERIFY(ledger.rows.updateFolds(*rows, after(100)).ok());
        QVERIFY(ledger.rows.updateFolds(*rows, after(200)).ok());
        QVERIFY(ledger.rows.updateFolds(*rows, {}).ok());
        QCOMPARE(ledger.time(text("a"), "repaired_at"), after(100));
    }

    /// An event for a row that was thought lost proves that the provider took it; one without a verdict proves nothing.
    void eventsOfADroppedRow_data() { test::addEngineRows(); }
    void eventsOfADroppedRow()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        auto entry = ledgerEntry(text("a"));
        entry.ledgerClass = LedgerClass::PermanentDrop;
        entry.provider = text("brevo");
        entry.providerId = text("m");
        QVERIFY(ledger.rows.insert({entry}).ok());
        auto rows = ledger.rows.lockByMessageIds(text("brevo"), {text("m")});
        (*rows)[0].fold.add(domain::DeliveryEvent::Request, after(1));
        QVERIFY(ledger.rows.updateFolds(*rows, {}).ok());
        QCOMPARE(ledger.row(text("a"), "classification", 1), text("permanent_drop"));
        (*rows)[0].fold.add(domain::DeliveryEvent::Delivered, after(2));
        QVERIFY(ledger.rows.updateFolds(*rows, {}).ok());
        QCOMPARE(ledger.row(text("a"), "classification", 1), text("delivered"));
        QCOMPARE(ledger.time(text("a"), "accepted_at"), test::seedNow());
    }

    void openRowsPageByPage_data() { test::addEngineRows(); }
    void openRowsPageByPage()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        QList<usecases::LedgerEntry> entries;
        QList<usecases::EmailLedgerRepository::Accepted> accepted;
        for (int i = 0; i < 25; ++i) {
            const QString id = QStringLiteral("r%1").arg(i, 2, 10, QLatin1Char('0'));
            entries.append(ledgerEntry(id));
            // Ten share a time.
            accepted.append(test::acceptance(id, QStringLiteral("<%1>").arg(id), after(i < 10 ? 10 : 10 + i)));
        }
        accepted[20].provider = text("smtp");
        accepted[21].providerId.clear();
        QVERIFY(ledger.rows.insert(entries << ledgerEntry(text("waiting"))).ok());
        QVERIFY(ledger.rows.markAccepted(accepted).ok());
        auto known = ledger.rows.lockByMessageIds(text("brevo"), {text("r03"), text("r15")});
        (*known)[0].fold.add(domain::DeliveryEvent::Delivered, after(20));
        (*known)[1].fold.add(domain::DeliveryEvent::Deferred, after(20));
        QVERIFY(ledger.rows.updateFolds(*known, {}).ok());
        QStringList found;
        QDateTime at;
        QString id;
        for (int page = 0; page < 20; ++page) {
            const auto rows = ledger.rows.withoutOutcome(text("brevo"), after(0), after(34), at, id, 4);
            QCOMPARE(failure(rows), QString());
            if (rows->isEmpty())
                break;
            for (const auto &row : *rows)
                found.append(row.id);
            at = rows->last().acceptedAt;
            id = rows->last().id;
        }
        QStringList expected;
        for (int i = 0; i < 24; ++i) {
            if (i != 3 && i != 20 && i != 21)
                expected.append(entries.at(i).id);
        }
        QCOMPARE(found, expected);
        const auto late = ledger.rows.withoutOutcome(text("brevo"), after(30), after(100), after(5), text("zz"), 10);
        QCOMPARE(late->first().id, text("r22"));
        QCOMPARE(late->first().providerId, text("<r22>"));
    }

    void lastSendOfTheSameMail_data() { test::addEngineRows(); }
    void lastSendOfTheSameMail()
    {
        QFETCH(Engine, engine);
        Ledger ledger(engine);
        auto otherKind = ledgerEntry(text("kind"));
        otherKind.templateKind = text("digest.weekly");
        auto otherAddress = ledgerEntry(text("address"));
        otherAddress.address = text("bob@example.com");
        QVERIFY(ledger.rows
                    .insert({ledgerEntry(text("a")), ledgerEntry(text("b")), ledgerEntry(text("waiting")), otherKind,
                             otherAddress})
                    .ok());
        QVERIFY(ledger.rows
                    .markAccepted({test::acceptance(text("a"), text("1"), after(10)),
                                   test::acceptance(text("b"), text("2"), after(20)),
                                   test::acceptance(text("kind"), text("3"), after(30)),
                                   test::acceptance(text("address"), text("4"), after(30))})
                    .ok());
        const QString sha = QString::fromLatin1(security::sha256Hex("alice@example.com"));
        const QString kind = text("onboarding.claimed");
        QCOMPARE(ledger.rows.lastSend(kind, sha, text("waiting")).value(), std::optional(after(20)));
        QCOMPARE(ledger.rows.lastSend(kind, sha, text("b")).value(), std::optional(after(10)));
        QCOMPARE(ledger.rows.lastSend(text("deploy.failed"), sha, {}).value(), std::nullopt);
        QCOMPARE(ledger.rows.lastSend(kind, QString(), {}).value(), std::nullopt);
        QCOMPARE(*ledger.rows.countByClass(), (QHash<QString, qint64>{{text("success"), 4}, {text("intended"), 1}}));
    }
};

REGISTER_SUITE(email_ledger, TstEmailLedger)
#include "tst_email_ledger.moc"
