#include "services/jobs/scheduler.h"
#include "tests/support/mail_stage.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <condition_variable>
#include <mutex>

using storage::Engine;
using test::MailStage;
using usecases::SendClass;
using usecases::SendResult;

namespace {

SendResult answer(SendClass result, int status, const QString &error = QStringLiteral("scripted"))
{
    SendResult scripted;
    scripted.result = result;
    scripted.provider = QStringLiteral("brevo");
    scripted.statusCode = status;
    scripted.error = error;
    return scripted;
}

/// Fails statements that contain this text while it is switched on.
struct Breakage {
    std::atomic_bool on{false};
    QString text;
    storage::FaultHook hook()
    {
        return [this](storage::FaultPoint, const QString &sql) -> std::optional<domain::Error> {
            if (on && sql.contains(text))
                return domain::unavailable(QStringLiteral("db_failed"));
            return std::nullopt;
        };
    }
};

} // namespace

/// Spec 02 §3.2 and §8, 00-decisions rows 6 and 7.
class TstForwarder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptedWithTheProvidersIdVerbatim_data() { test::addEngineRows(); }
    void acceptedWithTheProvidersIdVerbatim()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        const auto team = stage.addTeam(QStringLiteral("mira@kestrel.example"));
        const QString id = stage.addEntry(team, stage.clock.now().addSecs(-60));
        QCOMPARE(stage.run(), QStringLiteral("ok"));
        QCOMPARE(stage.ledger(id), QStringLiteral("success|brevo|<1@relay.example>|1"));
        QCOMPARE(stage.provider.mails().first().recipient, QStringLiteral("mira@kestrel.example"));
        QCOMPARE(stage.provider.mails().first().idempotencyKey, QStringLiteral("audit-") + id);
        QCOMPARE(stage.value(QStringLiteral("SELECT recipient || ' ' || recipient_domain FROM forwarder_sent")),
                 QStringLiteral("m***@kestrel.example kestrel.example"));
        QCOMPARE(stage.value(QStringLiteral("SELECT CAST(audit_log_id AS text) FROM forwarder_sent")), id);
        QCOMPARE(stage.run(), QStringLiteral("ok"));
        QCOMPARE(stage.provider.calls(), 1);
    }

    void withoutACursorReadingBeginsFiveMinutesAgo_data() { test::addEngineRows(); }
    void withoutACursorReadingBeginsFiveMinutesAgo()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        const auto team = stage.addTeam(QStringLiteral("mira@kestrel.example"));
        const QString before = stage.addEntry(team, stage.clock.now().addSecs(-301));
        const QString after = stage.addEntry(team, stage.clock.now().addSecs(-299));
        stage.run();
        QCOMPARE(stage.ledger(before), QString());
        QVERIFY(stage.ledger(after).startsWith(QStringLiteral("success")));
        QCOMPARE(stage.provider.calls(), 1);
    }

    void agedOutEntriesAreRecorded_data() { test::addEngineRows(); }
    void agedOutEntriesAreRecorded()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        stage.run();
        const auto team = stage.addTeam(QStringLiteral("mira@kestrel.example"));
        const QString old = stage.addEntry(team, stage.clock.now().addSecs(60));
        stage.clock.advance(49LL * 3600 * 1000);
        const QString fresh = stage.addEntry(team, stage.clock.now().addSecs(-47 * 3600));
        stage.run();
        QCOMPARE(stage.ledger(old), QStringLiteral("expired|none||0"));
        QVERIFY(stage.ledger(fresh).startsWith(QStringLiteral("success")));
    }

    void anEntryWithoutATeamUsesItsMetadata_data() { test::addEngineRows(); }
    void anEntryWithoutATeamUsesItsMetadata()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        const QString anonymous = stage.addEntry(std::nullopt, stage.clock.now(), QStringLiteral("anon.expiry_warning"),
                                                 QStringLiteral("{\"email\": \"sam@ferrous.example\"}"));
        const QString nobody = stage.addEntry(std::nullopt, stage.clock.now(), QStringLiteral("anon.expiry_warning"));
        const QString broken = stage.addEntry(stage.addTeam({}), stage.clock.now());
        QCOMPARE(stage.run(), QStringLiteral("ok"));
        QVERIFY(stage.ledger(anonymous).startsWith(QStringLiteral("success")));
        QCOMPARE(stage.ledger(nobody), QStringLiteral("no_recipient|none||0"));
        QCOMPARE(stage.ledger(broken), QStringLiteral("no_recipient|none||0"));
        QCOMPARE(stage.provider.mails().first().recipient, QStringLiteral("sam@ferrous.example"));
    }

    void suppressedAddressesGetARowOfTheirOwn_data() { test::addEngineRows(); }
    void suppressedAddressesGetARowOfTheirOwn()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        const auto c = stage.database.connect();
        for (const char *type : {"unsubscribe", "bounce", "spam_complaint", "soft_bounce"}) {
            QVERIFY(
                c->execute(QStringLiteral("INSERT INTO email_events (id, provider, event_type, email, raw, created_at) "
                                          "VALUES (?, 'brevo', ?, ?, '{}', ?)"),
                           {domain::AuditId::random().toString(), QString::fromLatin1(type),
                            QStringLiteral("%1@Kestrel.example").arg(QString::fromLatin1(type).toUpper()),
                            storage::toSqlTime(stage.clock.now().addDays(-300))})
                    .ok());
        }
        QHash<QString, QString> ids;
        for (const char *type : {"unsubscribe", "bounce", "spam_complaint", "soft_bounce"})
            ids.insert(
                QString::fromLatin1(type),
                stage.addEntry(stage.addTeam(QStringLiteral("%1@kestrel.example").arg(QString::fromLatin1(type))),
                               stage.clock.now()));
        stage.run();
        QVERIFY(stage.ledger(ids[QStringLiteral("soft_bounce")]).startsWith(QStringLiteral("success")));
        for (const char *type : {"unsubscribe", "bounce", "spam_complaint"})
            QCOMPARE(stage.ledger(ids[QString::fromLatin1(type)]), QStringLiteral("suppressed|none||0"));
        QCOMPARE(stage.provider.calls(), 1);
    }

    /// Fail closed: nothing goes out, the cursor stays, nothing is skipped for good (00-decisions row 6).
    void aFailedUnsubscribeLookupHoldsTheBatch_data() { test::addEngineRows(); }
    void aFailedUnsubscribeLookupHoldsTheBatch()
    {
        QFETCH(Engine, engine);
        Breakage breakage;
        breakage.text = QStringLiteral("'unsubscribe'");
        MailStage stage(engine, breakage.hook());
        stage.run();
        const QString cursor = stage.value(QStringLiteral("SELECT CAST(at AS text) FROM job_cursors"));
        const QString first = stage.addEntry(stage.addTeam(QStringLiteral("a@kestrel.example")), stage.clock.now());
        const QString second = stage.addEntry(stage.addTeam(QStringLiteral("b@kestrel.example")), stage.clock.now());
        breakage.on = true;
        QCOMPARE(stage.run(), QStringLiteral("unsubscribe_lookup_failed"));
        QCOMPARE(stage.provider.calls(), 0);
        QCOMPARE(stage.ledger(first), QString());
        QCOMPARE(stage.value(QStringLiteral("SELECT CAST(at AS text) FROM job_cursors")), cursor);
        breakage.on = false;
        QCOMPARE(stage.run(), QStringLiteral("ok"));
        QVERIFY(stage.ledger(first).startsWith(QStringLiteral("success")));
        QVERIFY(stage.ledger(second).startsWith(QStringLiteral("success")));
    }

    void aMissingTemplateIsDroppedLoudly_data() { test::addEngineRows(); }
    void aMissingTemplateIsDroppedLoudly()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        stage.composer.without = {QStringLiteral("digest.weekly")};
        const auto team = stage.addTeam(QStringLiteral("mira@kestrel.example"));
        const QString lost = stage.addEntry(team, stage.clock.now(), QStringLiteral("digest.weekly"));
        const QString next = stage.addEntry(team, stage.clock.now().addSecs(1));
        QCOMPARE(stage.run(), QStringLiteral("ok"));
        QCOMPARE(stage.ledger(lost), QStringLiteral("permanent_drop|none|missing_renderer|0"));
        QCOMPARE(stage.missing, QStringList{QStringLiteral("digest.weekly")});
        QVERIFY(stage.ledger(next).startsWith(QStringLiteral("success")));
    }

    void kindsThatDoNotMailAreLeftAlone_data() { test::addEngineRows(); }
    void kindsThatDoNotMailAreLeftAlone()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        const auto team = stage.addTeam(QStringLiteral("mira@kestrel.example"));
        stage.addEntry(team, stage.clock.now(), QStringLiteral("auth.login"));
        stage.addEntry(team, stage.clock.now(), QStringLiteral("deploy.deletion_requested"));
        stage.run();
        QCOMPARE(stage.value(QStringLiteral("SELECT count(*) FROM forwarder_sent")), QStringLiteral("0"));
    }

    /// One call, then a pause: the rest of the batch is not burned (spec 02 §8 row 13).
    void aPassingFailureHaltsTheBatch_data() { test::addEngineRows(); }
    void aPassingFailureHaltsTheBatch()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        stage.settings.sender.concurrency = 1;
        const auto team = stage.addTeam(QStringLiteral("mira@kestrel.example"));
        const QString one = stage.addEntry(team, stage.clock.now());
        const QString other = stage.addEntry(team, stage.clock.now().addSecs(1));
        stage.provider.next({answer(SendClass::Transient, 503, QStringLiteral("HTTP 503"))});
        QCOMPARE(stage.run(), QStringLiteral("transient: HTTP 503"));
        QCOMPARE(stage.provider.calls(), 1);
        const bool oneFirst = stage.provider.mails().first().idempotencyKey.endsWith(one);
        const QString first = oneFirst ? one : other;
        const QString second = oneFirst ? other : one;
        QCOMPARE(stage.ledger(first), QStringLiteral("intended|none||1"));
        QCOMPARE(stage.ledger(second), QStringLiteral("intended|none||0"));
        QCOMPARE(stage.run(), QStringLiteral("ok")); // the other one does not wait for it
        QVERIFY(stage.ledger(second).startsWith(QStringLiteral("success")));
        QCOMPARE(stage.ledger(first), QStringLiteral("intended|none||1"));
        stage.clock.advance(3'600'000);
        QCOMPARE(stage.run(), QStringLiteral("ok"));
        QCOMPARE(stage.ledger(first), QStringLiteral("success|brevo|<3@relay.example>|2"));
    }

    void refusedCredentialsAreToldApart_data() { test::addEngineRows(); }
    void refusedCredentialsAreToldApart()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        stage.settings.sender.concurrency = 1;
        const QString id = stage.addEntry(stage.addTeam(QStringLiteral("mira@kestrel.example")), stage.clock.now());
        SendResult wall = answer(SendClass::Transient, 401);
        wall.authWall = true;
        stage.provider.next({wall});
        stage.run();
        QCOMPARE(stage.authWalls, 1);
        QCOMPARE(stage.ledger(id), QStringLiteral("intended|none||1"));
    }

    void anOpenBreakerCostsNoAttempt_data() { test::addEngineRows(); }
    void anOpenBreakerCostsNoAttempt()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        const QString id = stage.addEntry(stage.addTeam(QStringLiteral("mira@kestrel.example")), stage.clock.now());
        SendResult paused = answer(SendClass::Transient, 0, QStringLiteral("paused"));
        paused.called = false;
        stage.provider.next({paused});
        QCOMPARE(stage.run(), QStringLiteral("transient: paused"));
        QCOMPARE(stage.ledger(id), QStringLiteral("intended|none||0"));
        QCOMPARE(stage.run(), QStringLiteral("ok"));
        QVERIFY(stage.ledger(id).startsWith(QStringLiteral("success")));
    }

    void refusedForGoodIsDropped_data() { test::addEngineRows(); }
    void refusedForGoodIsDropped()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        stage.settings.sender.concurrency = 1;
        const auto team = stage.addTeam(QStringLiteral("mira@kestrel.example"));
        const QString refused = stage.addEntry(team, stage.clock.now());
        const QString skipped = stage.addEntry(team, stage.clock.now().addSecs(1));
        stage.provider.next({answer(SendClass::Permanent, 422), answer(SendClass::SkippedNoTemplate, 0)});
        QCOMPARE(stage.run(), QStringLiteral("ok"));
        QCOMPARE(stage.ledger(refused), QStringLiteral("permanent_drop|brevo|audit-%1|1").arg(refused));
        QCOMPARE(stage.ledger(skipped), QStringLiteral("permanent_drop|brevo|audit-%1|1").arg(skipped));
    }

    void acceptedWithoutAnIdIsKnownByOurs_data() { test::addEngineRows(); }
    void acceptedWithoutAnIdIsKnownByOurs()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        const QString id = stage.addEntry(stage.addTeam(QStringLiteral("mira@kestrel.example")), stage.clock.now());
        stage.provider.next({answer(SendClass::Accepted, 201, {})});
        stage.run();
        QCOMPARE(stage.ledger(id), QStringLiteral("success|brevo|audit-%1|1").arg(id));
    }

    /// Accepted, but the ledger could not be written: sent once more, never lost (spec 02 §8 row 14).
    void aLostRecordIsADuplicateNotALoss_data() { test::addEngineRows(); }
    void aLostRecordIsADuplicateNotALoss()
    {
        QFETCH(Engine, engine);
        Breakage breakage;
        breakage.text = QStringLiteral("SET classification = 'success'");
        MailStage stage(engine, breakage.hook());
        const QString id = stage.addEntry(stage.addTeam(QStringLiteral("mira@kestrel.example")), stage.clock.now());
        breakage.on = true;
        QCOMPARE(stage.run(), QStringLiteral("db_failed"));
        QCOMPARE(stage.ledger(id), QStringLiteral("intended|none||0"));
        breakage.on = false;
        QCOMPARE(stage.run(), QStringLiteral("ok"));
        QCOMPARE(stage.provider.calls(), 2);
        QVERIFY(stage.ledger(id).startsWith(QStringLiteral("success")));
    }

    /// Committed late: its time is before entries that were read already.
    void aLateCommitIsNotLost_data() { test::addEngineRows(); }
    void aLateCommitIsNotLost()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        const auto team = stage.addTeam(QStringLiteral("mira@kestrel.example"));
        stage.run();
        stage.addEntry(team, stage.clock.now().addSecs(200));
        stage.clock.advance(200'000);
        stage.run();
        const QString late = stage.addEntry(team, stage.clock.now().addSecs(-180));
        QCOMPARE(stage.run(), QStringLiteral("ok"));
        QVERIFY(stage.ledger(late).startsWith(QStringLiteral("success")));
        QCOMPARE(stage.provider.calls(), 2);
    }

    void manyOfOneInstantAreAllSentOnce_data() { test::addEngineRows(); }
    void manyOfOneInstantAreAllSentOnce()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        stage.settings.plan.batch = 50;
        stage.settings.sendBatch = 64;
        const auto team = stage.addTeam(QStringLiteral("mira@kestrel.example"));
        QSet<QString> keys;
        for (int i = 0; i < 230; ++i)
            keys.insert(QStringLiteral("audit-") + stage.addEntry(team, stage.clock.now()));
        for (int i = 0; i < 8; ++i)
            stage.run();
        const auto sent = stage.provider.perKey();
        QCOMPARE(QSet<QString>(sent.keyBegin(), sent.keyEnd()), keys);
        for (const int count : sent)
            QCOMPARE(count, 1);
        QCOMPARE(stage.value(QStringLiteral("SELECT count(*) FROM forwarder_sent WHERE classification = 'success'")),
                 QStringLiteral("230"));
    }

    void anIntendedRowWhoseEntryIsGoneIsDropped_data() { test::addEngineRows(); }
    void anIntendedRowWhoseEntryIsGoneIsDropped()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        stage.settings.sender.concurrency = 1;
        const QString id = stage.addEntry(stage.addTeam(QStringLiteral("mira@kestrel.example")), stage.clock.now());
        stage.provider.next({answer(SendClass::Transient, 500)});
        stage.run();
        const auto c = stage.database.connect();
        QVERIFY(c->execute(QStringLiteral("DELETE FROM audit_log")).ok());
        stage.clock.advance(3'600'000);
        stage.run();
        QVERIFY(stage.ledger(id).startsWith(QStringLiteral("permanent_drop|none|")));
        QCOMPARE(stage.provider.calls(), 1);
    }

    /// Two hosts, one job: nothing is sent twice.
    void twoHostsSendEachMailOnce_data() { test::addEngineRows(); }
    void twoHostsSendEachMailOnce()
    {
        QFETCH(Engine, engine);
        MailStage stage(engine);
        const auto team = stage.addTeam(QStringLiteral("mira@kestrel.example"));
        for (int i = 0; i < 120; ++i)
            stage.addEntry(team, stage.clock.now());
        const auto second = stage.anotherCore();
        jobs::EmailForwarder::Observer quiet{[](const QString &) {}, [](const QString &) {}, [] {}};
        const auto host = [&](local::LocalCore &core, const char *name) {
            auto scheduler = std::make_unique<jobs::Scheduler>(core.work(), stage.clock, QString::fromLatin1(name));
            scheduler->add(std::make_unique<jobs::EmailForwarder>(core.work(), stage.provider, stage.composer,
                                                                  stage.clock, stage.settings, quiet));
            scheduler->start();
            return scheduler;
        };
        const auto one = host(*stage.core, "one");
        const auto two = host(*second, "two");
        QTRY_COMPARE_WITH_TIMEOUT(
            stage.value(QStringLiteral("SELECT count(*) FROM forwarder_sent WHERE classification = 'success'")),
            QStringLiteral("120"), 20'000);
        one->stop();
        two->stop();
        QCOMPARE(stage.provider.calls(), 120);
    }
};

REGISTER_SUITE(forwarder, TstForwarder)
#include "tst_forwarder.moc"
