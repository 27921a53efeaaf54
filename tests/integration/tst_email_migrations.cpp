#include "services/storage/email_ledger_repository.h"
#include "services/storage/migrator.h"
#include "services/storage/multi_row.h"
#include "tests/integration/mail_storage.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QRegularExpression>
#include <QTest>

using domain::Done;
using domain::Result;
using storage::Connection;
using storage::Engine;
using storage::Migration;
using test::after;
using test::Content;
using test::failure;
using test::idText;
using test::rowOf;
using test::rowsOf;
using test::TempDatabase;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

/// The ladder up to and with the file of this number.
QList<Migration> upTo(Engine engine, const char *number)
{
    QList<Migration> ladder = storage::embeddedMigrations(engine);
    while (!ladder.isEmpty() && ladder.last().filename.left(4) > text(number))
        ladder.removeLast();
    return ladder;
}

QString migrated(Connection &c, const QList<Migration> &ladder)
{
    return failure(storage::migrate(c, ladder));
}

/// The statements of the migration that fill what was there before.
QStringList backfill(Engine engine)
{
    static const QRegularExpression update(QStringLiteral("^UPDATE .*?;"),
                                           QRegularExpression::MultilineOption |
                                               QRegularExpression::DotMatchesEverythingOption);
    QStringList statements;
    auto matches = update.globalMatch(upTo(engine, "0007").last().sql);
    while (matches.hasNext())
        statements.append(matches.next().captured().chopped(1));
    return statements;
}

/// As the versions before the link wrote them: a key, nothing else of ours.
bool addLegacy(Connection &c, const QString &key)
{
    return c
        .execute(text("INSERT INTO forwarder_sent (audit_id, provider, provider_id, recipient, template_kind) "
                      "VALUES (?, 'brevo', ?, 'a***@x.com', 'onboarding.claimed')"),
                 {key, QLatin1Char('<') + key + QLatin1Char('>')})
        .ok();
}

QStringList links(Connection &c)
{
    return rowsOf(c, text("SELECT audit_id, audit_log_id FROM forwarder_sent ORDER BY audit_id"), 2);
}

/// name, type, nullable, default of every column of forwarder_sent.
QStringList columnsOf(Connection &c)
{
    if (c.isSqlite())
        return rowsOf(c,
                      text("SELECT name, type, CASE WHEN \"notnull\" THEN 'not null' ELSE 'null' END, "
                           "CASE WHEN dflt_value IS NULL THEN '' ELSE 'default' END "
                           "FROM pragma_table_info('forwarder_sent')"),
                      4);
    return rowsOf(c,
                  text("SELECT column_name::text, data_type::text, CASE is_nullable WHEN 'YES' THEN 'null' ELSE "
                       "'not null' END, CASE WHEN column_default IS NULL THEN '' ELSE 'default' END "
                       "FROM information_schema.columns WHERE table_name = 'forwarder_sent'"),
                  4);
}

/// The ledger of the reference with everything it has (spec 02 §3.4), and the tables that it points to.
QString referenceSchema()
{
    return text(
        "CREATE TABLE teams (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text, "
        "plan_tier text NOT NULL DEFAULT 'hobby', stripe_customer_id text UNIQUE, created_at timestamptz DEFAULT now(), "
        "status text NOT NULL DEFAULT 'active', deletion_requested_at timestamptz, "
        "is_test_cohort boolean NOT NULL DEFAULT false);"
        "CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "
        "team_id uuid REFERENCES teams (id) ON DELETE CASCADE, email text NOT NULL UNIQUE, "
        "github_id text UNIQUE, google_id text UNIQUE, created_at timestamptz NOT NULL DEFAULT now(), "
        "role text NOT NULL DEFAULT 'member', is_primary boolean NOT NULL DEFAULT false, "
        "email_verified boolean NOT NULL DEFAULT false);"
        "CREATE TABLE audit_log (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "
        "team_id uuid REFERENCES teams (id) ON DELETE CASCADE, user_id uuid REFERENCES users (id) ON DELETE SET NULL, "
        "actor text NOT NULL DEFAULT 'agent', kind text NOT NULL, resource_type text, resource_id uuid, "
        "summary text NOT NULL, metadata jsonb, created_at timestamptz NOT NULL DEFAULT now());"
        "CREATE TABLE forwarder_sent (audit_id text PRIMARY KEY, sent_at timestamptz NOT NULL DEFAULT now(), "
        "provider text NOT NULL DEFAULT 'legacy', provider_id text NOT NULL DEFAULT '', "
        "recipient text NOT NULL DEFAULT '', template_kind text NOT NULL DEFAULT '', "
        "classification text NOT NULL DEFAULT 'success', delivered_at timestamptz, audit_log_id uuid, "
        "CONSTRAINT fk_ledger_audit FOREIGN KEY (audit_log_id) REFERENCES audit_log (id) ON DELETE SET NULL);"
        "CREATE INDEX idx_forwarder_sent_at ON forwarder_sent (sent_at DESC);"
        "CREATE INDEX idx_forwarder_sent_kind ON forwarder_sent (template_kind, sent_at DESC);"
        "CREATE INDEX idx_forwarder_sent_drop ON forwarder_sent (sent_at) WHERE classification = 'permanent_drop';"
        "CREATE INDEX idx_forwarder_sent_delivered ON forwarder_sent (delivered_at) WHERE delivered_at IS NOT NULL;"
        "CREATE INDEX idx_forwarder_sent_provider ON forwarder_sent (provider, provider_id);"
        "CREATE INDEX idx_forwarder_sent_uuid ON forwarder_sent (audit_id) WHERE audit_id ~* "
        "'^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';"
        "CREATE INDEX idx_forwarder_sent_link_064 ON forwarder_sent (audit_log_id) WHERE audit_log_id IS NOT NULL;"
        "CREATE INDEX idx_forwarder_sent_link_072 ON forwarder_sent (audit_log_id) WHERE audit_log_id IS NOT NULL;"
        "CREATE TABLE email_events (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), provider text NOT NULL "
        "CHECK (provider IN ('brevo', 'ses', 'sendgrid')), event_type text NOT NULL, email text NOT NULL, reason text, "
        "raw jsonb NOT NULL, created_at timestamptz NOT NULL DEFAULT now());"
        "CREATE TABLE email_send_dedup (dedup_key text PRIMARY KEY, email_kind text NOT NULL DEFAULT '', "
        "created_at timestamptz NOT NULL DEFAULT now());");
}

} // namespace

class TstEmailMigrations : public QObject {
    Q_OBJECT
private slots:
    void columnsOfTheLedger_data() { test::addEngineRows(); }
    void columnsOfTheLedger()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const QStringList columns = columnsOf(*database.connect());
        const bool lite = engine == Engine::Sqlite;
        const QString time = lite ? text("TEXT") : text("timestamp with time zone");
        const QString words = lite ? text("TEXT") : text("text"), id = lite ? text("TEXT") : text("uuid");
        const auto column = [&columns](const char *name, const QString &type, const char *rest) {
            const QString line = QStringLiteral("%1|%2|%3").arg(text(name), type, text(rest));
            return columns.contains(line) ? QString() : line;
        };
        QCOMPARE(column("audit_id", words, "not null|"), QString());
        QCOMPARE(column("sent_at", time, "not null|default"), QString());
        for (const char *name : {"provider", "provider_id", "recipient", "template_kind", "classification", "outcome",
                                 "recipient_domain", "recipient_sha256", "subject", "last_error", "reason"})
            QCOMPARE(column(name, words, "not null|default"), QString());
        for (const char *name : {"delivered_at", "intended_at", "accepted_at", "next_attempt_at", "delivered_event_at",
                                 "deferred_at", "soft_bounced_at", "hard_bounced_at", "blocked_at", "errored_at",
                                 "complained_at", "unsubscribed_at", "opened_at", "last_event_at", "repaired_at"})
            QCOMPARE(column(name, time, "null|"), QString());
        QCOMPARE(column("audit_log_id", id, "null|"), QString());
        QCOMPARE(column("team_id", id, "null|"), QString());
    }

    void theLinkSetsNull_data() { test::addEngineRows(); }
    void theLinkSetsNull()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const QString sql =
            engine == Engine::Sqlite
                ? text("SELECT \"table\", \"to\", on_delete FROM pragma_foreign_key_list('forwarder_sent') "
                       "WHERE \"from\" = 'audit_log_id'")
                : text(
                      "SELECT k.confrelid::regclass::text, f.attname::text, CASE k.confdeltype WHEN 'n' THEN 'SET NULL' "
                      "END FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid "
                      "AND a.attnum = k.conkey[1] JOIN pg_attribute f ON f.attrelid = k.confrelid "
                      "AND f.attnum = k.confkey[1] WHERE k.conrelid = 'forwarder_sent'::regclass "
                      "AND k.contype = 'f' AND a.attname = 'audit_log_id' AND k.convalidated");
        QCOMPARE(rowsOf(*c, sql, 3), QStringList({text("audit_log|id|SET NULL")}));
    }

    void theLinkHasAPartialIndex_data() { test::addEngineRows(); }
    void theLinkHasAPartialIndex()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        QString definition =
            rowOf(*c, engine == Engine::Sqlite
                          ? text("SELECT sql FROM sqlite_schema WHERE name = 'forwarder_sent_audit_log_idx'")
                          : text("SELECT indexdef FROM pg_indexes WHERE indexname = 'forwarder_sent_audit_log_idx'"));
        definition.remove(QLatin1Char('(')).remove(QLatin1Char(')'));
        QVERIFY2(definition.endsWith(text("audit_log_id WHERE audit_log_id IS NOT NULL")), qPrintable(definition));
        QVERIFY(!definition.contains(text("UNIQUE")));
    }

    void theLedgerOutlivesItsEntry_data() { test::addEngineRows(); }
    void theLedgerOutlivesItsEntry()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        QVERIFY(test::addAudit(*c, 1, after(0), text("onboarding.claimed")).ok());
        auto entry = test::ledgerEntry(idText(1));
        entry.audit = domain::AuditId(test::uuid(1));
        storage::SqlEmailLedgerRepository ledger(*c);
        QVERIFY(ledger.insert({entry}).ok());
        QCOMPARE(links(*c), QStringList({idText(1) + QLatin1Char('|') + idText(1)}));
        QCOMPARE(*c->execute(text("DELETE FROM audit_log")), 1);
        QCOMPARE(links(*c), QStringList({idText(1) + text("|-")}));
        // A link to nothing cannot be written by hand either.
        const auto forged = c->execute(text("UPDATE forwarder_sent SET audit_log_id = '%1'").arg(idText(1)));
        QVERIFY(!forged.ok());
        QCOMPARE(forged.error().code, domain::ErrorCode::Conflict);
    }

    void placeholdersStayLegal_data() { test::addEngineRows(); }
    void placeholdersStayLegal()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine, Content::Empty);
        const auto c = database.connect();
        QCOMPARE(migrated(*c, upTo(engine, "0006")), QString());
        // The part behind the dash is the id of an entry that exists: still no link.
        QVERIFY(test::addAudit(*c, 1, after(0), text("payment.grace_started")).ok());
        const QStringList keys{text("provider-") + idText(1), text("reminder-%1-stage_6h").arg(idText(1)),
                               // As long as an id, with its dashes where they belong.
                               text("zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz")};
        for (const QString &key : keys)
            QVERIFY(addLegacy(*c, key));
        const QString everything = text("SELECT audit_id, sent_at, provider, provider_id, recipient, template_kind, "
                                        "classification, delivered_at, team_id FROM forwarder_sent ORDER BY audit_id");
        const QStringList before = rowsOf(*c, everything, 9);
        QCOMPARE(migrated(*c, upTo(engine, "0007")), QString());
        QCOMPARE(rowsOf(*c, everything, 9), before);
        QVERIFY(addLegacy(*c, text("reminder-%1-stage_1h").arg(idText(1))));
        storage::SqlEmailLedgerRepository ledger(*c);
        QVERIFY(ledger.insert({test::ledgerEntry(text("resend-") + idText(2))}).ok());
        QCOMPARE(rowOf(*c, text("SELECT count(*) FROM forwarder_sent WHERE audit_log_id IS NULL")), text("5"));
        QCOMPARE(rowOf(*c, text("SELECT count(*) FROM forwarder_sent WHERE audit_log_id IS NOT NULL")), text("0"));
    }

    void backfillLinksWhatStillExists_data() { test::addEngineRows(); }
    void backfillLinksWhatStillExists()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine, Content::Empty);
        const auto c = database.connect();
        QCOMPARE(migrated(*c, upTo(engine, "0006")), QString());
        const QString kind = text("onboarding.claimed");
        const QUuid lettered(0xabcdef01, 0xabcd, 0x4bcd, 0x8b, 0xcd, 0xab, 0xcd, 0xef, 0xab, 0xcd, 0xef);
        const QString lower = lettered.toString(QUuid::WithoutBraces), upper = lower.toUpper();
        QVERIFY(test::addTeam(*c, 9).ok());
        for (const quint32 number : {1u, 2u, 3u, 4u})
            QVERIFY(test::addAudit(*c, number, after(number), kind, 9).ok());
        QVERIFY(c->execute(text("INSERT INTO audit_log (id, kind, summary) VALUES ('%1', 'x', 'x')").arg(lower)).ok());
        const QStringList keys{idText(1),
                               idText(2),
                               upper,
                               idText(77), // never existed
                               idText(4),  // is deleted below
                               test::uuid(3).toString(QUuid::WithBraces),
                               test::uuid(3).toString(QUuid::Id128),
                               text("audit-") + idText(3),
                               idText(3) + QLatin1Char(' ')};
        for (const QString &key : keys)
            QVERIFY(addLegacy(*c, key));
        QCOMPARE(*c->execute(text("DELETE FROM audit_log WHERE id = '%1'").arg(idText(4))), 1);
        QCOMPARE(migrated(*c, storage::embeddedMigrations(engine)), QString());
        QStringList expected;
        for (const QString &key : keys) {
            const bool linked = key == idText(1) || key == idText(2) || key == upper;
            expected.append(key + QLatin1Char('|') + (linked ? key.toLower() : text("-")));
        }
        expected.sort();
        QStringList found = links(*c);
        found.sort();
        QCOMPARE(found, expected);
        QCOMPARE(rowsOf(*c, text("SELECT audit_id FROM forwarder_sent WHERE team_id = '%1' ORDER BY 1").arg(idText(9))),
                 QStringList({idText(1), idText(2)}));
    }

    void aSecondRunChangesNothing_data() { test::addEngineRows(); }
    void aSecondRunChangesNothing()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine, Content::Empty);
        const auto c = database.connect();
        QCOMPARE(migrated(*c, upTo(engine, "0006")), QString());
        QVERIFY(test::addTeam(*c, 9).ok());
        QVERIFY(test::addAudit(*c, 1, after(0), text("onboarding.claimed"), 9).ok());
        QVERIFY(addLegacy(*c, idText(1)) && addLegacy(*c, idText(2)) && addLegacy(*c, text("reminder-x")));
        QCOMPARE(migrated(*c, storage::embeddedMigrations(engine)), QString());
        const QString everything = text("SELECT * FROM forwarder_sent ORDER BY audit_id");
        const QStringList before = rowsOf(*c, everything, 31);
        const auto again = storage::migrate(*c, storage::embeddedMigrations(engine));
        QCOMPARE(failure(again), QString());
        QVERIFY(again->applied.isEmpty());
        const QStringList statements = backfill(engine);
        QCOMPARE(statements.size(), 2);
        for (const QString &statement : statements)
            QVERIFY(c->execute(statement).ok());
        QCOMPARE(*c->execute(statements.first()), 0);
        QCOMPARE(rowsOf(*c, everything, 31), before);
        QVERIFY(before.join(QLatin1Char(' ')).contains(idText(9)));
    }

    void deletingATeamLeavesNoOrphanLink_data() { test::addEngineRows(); }
    void deletingATeamLeavesNoOrphanLink()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        QVERIFY(test::addTeam(*c, 1).ok() && test::addTeam(*c, 2).ok());
        storage::SqlEmailLedgerRepository ledger(*c);
        constexpr quint32 rows = 10'000, others = 10;
        const storage::MultiRow audit{
            text("WITH v (id, team, at) AS (VALUES %1) INSERT INTO audit_log (id, team_id, kind, summary, created_at) "
                 "SELECT v.id, v.team, 'digest.weekly', 'x', v.at FROM v WHERE v.id IS NOT NULL"),
            {"uuid", "uuid", "timestamptz"}};
        const auto filled = c->inTransaction([&]() -> Result<Done> {
            QList<QVariantList> entries;
            QList<usecases::LedgerEntry> mails;
            for (quint32 i = 0; i < rows + others; ++i) {
                const quint32 number = 1000 + i, team = i < rows ? 1 : 2;
                entries.append(QVariantList{idText(number), idText(team), after(i)});
                auto mail = test::ledgerEntry(idText(number));
                mail.audit = domain::AuditId(test::uuid(number));
                mail.team = test::teamId(team);
                mails.append(mail);
            }
            if (auto added = storage::executeRows(*c, audit, entries); !added)
                return added.error();
            return ledger.insert(mails).map([](const QStringList &) { return Done{}; });
        });
        QCOMPARE(failure(filled), QString());
        QCOMPARE(rowOf(*c, text("SELECT count(*) FROM forwarder_sent WHERE audit_log_id IS NOT NULL")),
                 QString::number(rows + others));
        QCOMPARE(*c->execute(text("DELETE FROM teams WHERE id = '%1'").arg(idText(1))), 1);
        QCOMPARE(rowOf(*c, text("SELECT count(*) FROM forwarder_sent")), QString::number(rows + others));
        QCOMPARE(rowOf(*c, text("SELECT count(*) FROM forwarder_sent WHERE audit_log_id IS NOT NULL")),
                 QString::number(others));
        QCOMPARE(rowOf(*c, text("SELECT count(*) FROM forwarder_sent f WHERE f.audit_log_id IS NOT NULL AND NOT EXISTS "
                                "(SELECT 1 FROM audit_log a WHERE a.id = f.audit_log_id)")),
                 text("0"));
        QCOMPARE(rowOf(*c, text("SELECT count(*) FROM forwarder_sent f WHERE f.team_id IS NOT NULL AND NOT EXISTS "
                                "(SELECT 1 FROM teams t WHERE t.id = f.team_id)")),
                 text("0"));
    }

    void deliveryColumnsOfOlderRows_data() { test::addEngineRows(); }
    void deliveryColumnsOfOlderRows()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine, Content::Empty);
        const auto c = database.connect();
        QCOMPARE(migrated(*c, upTo(engine, "0005")), QString());
        for (const char *ledgerClass : {"success", "permanent_drop", "transient_retry", "delivered", "bounced_hard",
                                        "bounced_soft", "rejected", "complaint", "deferred", "unsubscribed", "error"}) {
            QVERIFY(
                c->execute(text("INSERT INTO forwarder_sent (audit_id, sent_at, provider, provider_id, classification) "
                                "VALUES (?, ?, 'brevo', ?, ?)"),
                           {text(ledgerClass), storage::toSqlTime(after(0)), text(ledgerClass), text(ledgerClass)})
                    .ok());
        }
        QCOMPARE(migrated(*c, upTo(engine, "0006")), QString());
        QCOMPARE(rowsOf(*c,
                        text("SELECT audit_id, outcome FROM forwarder_sent WHERE accepted_at = sent_at "
                             "ORDER BY audit_id"),
                        2),
                 QStringList({text("bounced_hard|hard"), text("bounced_soft|soft"), text("complaint|delivered"),
                              text("deferred|none"), text("delivered|delivered"), text("error|error"),
                              text("rejected|blocked"), text("success|none"), text("unsubscribed|none")}));
        QCOMPARE(rowsOf(*c, text("SELECT audit_id FROM forwarder_sent WHERE accepted_at IS NULL ORDER BY 1")),
                 QStringList({text("permanent_drop"), text("transient_retry")}));
        // What the columns say is what the rules say.
        storage::SqlEmailLedgerRepository ledger(*c);
        QCOMPARE(migrated(*c, upTo(engine, "0007")), QString());
        const auto rows = ledger.lockByMessageIds(
            text("brevo"), {text("bounced_hard"), text("bounced_soft"), text("complaint"), text("rejected"),
                            text("deferred"), text("error"), text("unsubscribed"), text("success")});
        QCOMPARE(failure(rows), QString());
        QCOMPARE(rows->size(), 8);
        for (const usecases::FoldRow &row : *rows) {
            QCOMPARE(domain::ledgerClassName(row.fold.ledgerClass()), row.ledgerClass);
            QCOMPARE(rowOf(*c, text("SELECT outcome FROM forwarder_sent WHERE audit_id = ?"), 1, {row.id}),
                     row.fold.storedOutcome());
        }
    }

    /// A database that the reference made, with every column, index and the constraint of this ladder there already.
    void theLedgerOfTheReferenceIsAdopted()
    {
        const TempDatabase database(Engine::PostgreSql, Content::Empty);
        const auto c = database.connect();
        QCOMPARE(failure(c->executeScript(referenceSchema())), QString());
        QVERIFY(c->executeScript(
                     text("CREATE TABLE schema_migrations (filename text PRIMARY KEY, "
                          "applied_at timestamptz NOT NULL DEFAULT now());"
                          "INSERT INTO schema_migrations (filename) VALUES ('064_forwarder_sent_audit_fk.sql'), "
                          "('072_forwarder_sent_audit_fk.sql')"))
                    .ok());
        for (const quint32 number : {1u, 2u, 3u})
            QVERIFY(test::addAudit(*c, number, after(number), text("onboarding.claimed")).ok());
        // Linked by the reference; not linked by it, as its newest rows are; a placeholder; delivered, then bounced.
        QVERIFY(c->executeScript(
                     text("INSERT INTO forwarder_sent (audit_id, sent_at, provider, provider_id, "
                          "classification, delivered_at, audit_log_id) VALUES "
                          "('%1', '2026-06-01 10:00:00.123456+00', 'brevo', '<a@relay>', 'success', NULL, '%1'),"
                          "('%2', '2026-06-01 10:00:00.123999+00', 'brevo', '<b@relay>', 'delivered', "
                          "'2026-06-01 10:01:00.000777+00', NULL),"
                          "('reminder-%3-stage_1h', '2026-06-01 10:00:01+00', 'brevo', '<c@relay>', 'success', "
                          "NULL, NULL), ('%3', '2026-06-01 10:00:02+00', 'brevo', '<d@relay>', 'bounced_hard', "
                          "'2026-06-01 10:03:00+00', NULL)")
                         .arg(idText(1), idText(2), idText(3)))
                    .ok());
        const QString kept = text("SELECT audit_id, sent_at::text, provider, provider_id, recipient, template_kind, "
                                  "classification, delivered_at::text FROM forwarder_sent ORDER BY audit_id");
        const QStringList before = rowsOf(*c, kept, 8);
        const auto report = storage::migrate(*c, storage::embeddedMigrations(Engine::PostgreSql));
        QCOMPARE(failure(report), QString());
        QCOMPARE(report->applied.size(), storage::embeddedMigrations(Engine::PostgreSql).size());
        QCOMPARE(rowsOf(*c, kept, 8), before);
        QCOMPARE(
            links(*c),
            QStringList({idText(1) + QLatin1Char('|') + idText(1), idText(2) + QLatin1Char('|') + idText(2),
                         idText(3) + QLatin1Char('|') + idText(3), text("reminder-%1-stage_1h|-").arg(idText(3))}));
        QCOMPARE(rowsOf(*c, text("SELECT conname::text FROM pg_constraint WHERE conrelid = 'forwarder_sent'::regclass "
                                 "AND contype = 'f' AND confrelid = 'audit_log'::regclass")),
                 QStringList({text("fk_ledger_audit")}));
        QCOMPARE(rowsOf(*c, text("SELECT outcome FROM forwarder_sent ORDER BY audit_id")),
                 QStringList({text("none"), text("delivered"), text("bounced_later"), text("none")}));

        storage::SqlEmailLedgerRepository ledger(*c);
        const auto bounced = ledger.lockByMessageIds(text("brevo"), {text("d@relay")});
        QCOMPARE(bounced->first().fold.storedOutcome(), text("bounced_later"));
        QCOMPARE(bounced->first().fold.ledgerClass(), domain::LedgerClass::BouncedHard);
        // Its times have microseconds; a page that ends there must not come again.
        const QDateTime from = after(-90 * 86'400), until = after(86'400);
        const auto first = ledger.withoutOutcome(text("brevo"), from, until, {}, {}, 1);
        QCOMPARE(first->first().id, idText(1));
        const auto second =
            ledger.withoutOutcome(text("brevo"), from, until, first->first().acceptedAt, first->first().id, 5);
        QCOMPARE(second->size(), 1);
        QCOMPARE(second->first().id, text("reminder-%1-stage_1h").arg(idText(3)));
        // And the reference goes on writing what it knows.
        QVERIFY(addLegacy(*c, idText(99)));
    }
};

REGISTER_SUITE(email_migrations, TstEmailMigrations)
#include "tst_email_migrations.moc"
