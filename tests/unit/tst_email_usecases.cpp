#include "models/domain/audit_kind_names.h"
#include "services/storage/connection.h"
#include "services/usecases/email_actions.h"
#include "services/usecases/email_delivery.h"
#include "services/usecases/email_recipient.h"
#include "services/usecases/message_filter.h"
#include "services/usecases/webhook_inbox.h"
#include "tests/support/fake_backend.h"
#include "tests/support/mail_seed.h"
#include "tests/support/test_main.h"

#include <QTest>

using test::FakeBackend;

/// The rules of mail that need no database, and what the fake adds to the use cases.
class TstEmailUsecases : public QObject {
    Q_OBJECT

    template <typename T>
    static QString keyOf(QFuture<domain::Result<T>> future)
    {
        future.waitForFinished();
        return future.result() ? QStringLiteral("ok") : future.result().error().key;
    }

private slots:
    void filtersAreTold()
    {
        QCOMPARE(usecases::describeMessageFilter({}), QStringLiteral("all"));
        ports::MessageFilter filter;
        filter.from = test::seedNow();
        filter.outcomes = {QStringLiteral(" Soft"), QStringLiteral("hard"), QStringLiteral("soft"), QString()};
        filter.domain = QStringLiteral(" @Acme.TEST");
        filter.to = QStringLiteral(" Olivia@Acme.test ");
        filter.messageId = QStringLiteral(" <2026.1@relay.example> ");
        filter.repairedOnly = true;
        const auto clean = usecases::normalisedMessageFilter(filter);
        QVERIFY(clean.ok());
        QCOMPARE(clean->to, QStringLiteral("olivia@acme.test"));
        QCOMPARE(
            usecases::describeMessageFilter(*clean),
            QStringLiteral("from=2026-06-15T12:00:00.000Z; outcome=hard,soft; domain=acme.test; to=o***@acme.test; "
                           "message_id=2026.1@relay.example; repaired=yes"));
    }

    void stepsOfASeries_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<qint64>("step");
        QTest::newRow("an hour") << qint64(3'600'000) << qint64(3600);
        QTest::newRow("three days") << qint64(3) * 86'400'000 << qint64(3600);
        QTest::newRow("a moment more") << qint64(3) * 86'400'000 + 1 << qint64(86'400);
    }
    void stepsOfASeries()
    {
        QFETCH(qint64, ms);
        QFETCH(qint64, step);
        QCOMPARE(usecases::seriesStep(test::seedNow(), test::seedNow().addMSecs(ms)), step);
    }

    void recipients_data()
    {
        QTest::addColumn<QString>("owner");
        QTest::addColumn<QByteArray>("metadata");
        QTest::addColumn<QString>("address");
        QTest::newRow("owner first") << QStringLiteral(" a@b.test ") << QByteArray(R"({"email":"c@d.test"})")
                                     << QStringLiteral("a@b.test");
        QTest::newRow("metadata") << QString() << QByteArray(R"({"email":" c@d.test"})") << QStringLiteral("c@d.test");
        QTest::newRow("no metadata") << QString() << QByteArray() << QString();
        QTest::newRow("broken metadata") << QString() << QByteArray("{") << QString();
        QTest::newRow("not a text") << QString() << QByteArray(R"({"email":["c@d.test"]})") << QString();
    }
    void recipients()
    {
        QFETCH(QString, owner);
        QFETCH(QByteArray, metadata);
        QFETCH(QString, address);
        usecases::RecipientRepository::Entry entry;
        entry.ownerEmail = owner;
        entry.audit.metadata = metadata;
        QCOMPARE(usecases::recipientAddress(entry), address);
    }

    void hashesAreOfTheNormalizedAddress()
    {
        QCOMPARE(usecases::addressSha256(u" Olivia@ACME.test"), usecases::addressSha256(u"olivia@acme.test"));
        QCOMPARE(usecases::addressSha256(u"a").size(), 64);
        QCOMPARE(usecases::addressSha256(u"  "), QString());
    }

    void aHostWithoutRendererOrReceiver()
    {
        FakeBackend fake;
        fake.editMail([](storage::Connection &connection) { test::seedMail(connection); });
        fake.setMailPreviews(nullptr);
        fake.setWebhookApply({});
        QCOMPARE(keyOf(fake.email().templates({})), QStringLiteral("unsupported"));
        QCOMPARE(keyOf(fake.email().preview({}, QString(domain::kinds::digestWeekly))), QStringLiteral("unsupported"));
        const domain::WebhookId webhook = test::mailSeed().webhooks.first().entry.id;
        QCOMPARE(keyOf(fake.webhooks().replay({}, webhook, true)), QStringLiteral("unsupported"));
        QCOMPARE(keyOf(fake.webhooks().detail({}, webhook)), QStringLiteral("ok"));
    }

    void aFailedApplyLeavesNothing()
    {
        FakeBackend fake;
        fake.editMail([](storage::Connection &connection) { test::seedMail(connection); });
        const domain::WebhookId id = test::mailSeed().webhooks.first().entry.id;
        fake.setWebhookApply([](const usecases::Env &env, const ports::WebhookDetail &stored,
                                bool) -> domain::Result<ports::WebhookReplay> {
            if (auto told = env.work.announce(QStringLiteral("email"), stored.row.objectId); !told)
                return told.error();
            return domain::unavailable(QStringLiteral("db_failed"));
        });
        QCOMPARE(keyOf(fake.webhooks().replay({}, id, false)), QStringLiteral("db_failed"));
        auto detail = fake.webhooks().detail({}, id);
        detail.waitForFinished();
        QCOMPARE(detail.result()->row.replays, 0);
        QCOMPARE(fake.data().audit.size(), test::smallDataset().audit.size());
    }

    /// What a test adds to the data set is there for mail as well, also after the mail database was opened.
    void theFakesMailFollowsItsData()
    {
        FakeBackend fake;
        fake.editMail([](storage::Connection &connection) { test::seedMail(connection); });
        const auto rows = [&fake](const QString &sql, const QString &id) {
            int count = 0;
            fake.editMail([&](storage::Connection &connection) {
                const auto done = connection.select(sql, {id}, [&count](const storage::Row &) { return ++count > 0; });
                QVERIFY(done.ok());
            });
            return count;
        };
        const QString teams = QStringLiteral("SELECT 1 FROM teams WHERE id = ?"),
                      audit = QStringLiteral("SELECT 1 FROM audit_log WHERE id = ?");
        const QString acme = test::teamId(test::seed::acme).toString(), added = test::teamId(0xfeed).toString();
        QCOMPARE(rows(teams, acme), 1);
        QCOMPARE(rows(teams, added), 0);
        const domain::AuditId entry(test::uuid(0xbeef));
        fake.edit([&](test::Dataset &data) {
            test::SeedTeam team;
            team.id = test::teamId(0xfeed);
            team.createdAt = data.now;
            data.teams.append(team);
            domain::AuditEntry row;
            row.id = entry;
            row.team = team.id;
            row.actor = QStringLiteral("system");
            row.kind = QString(domain::kinds::digestWeekly);
            row.createdAt = data.now;
            data.audit.append(row);
        });
        QCOMPARE(rows(teams, added), 1);
        QCOMPARE(rows(audit, entry.toString()), 1);
    }

    void scriptsHoldAndFailMailToo()
    {
        FakeBackend fake;
        fake.fail(test::Method::EmailFigures, domain::unavailable(QStringLiteral("db_failed")));
        QCOMPARE(keyOf(fake.email().figures({}, {})), QStringLiteral("db_failed"));
        QCOMPARE(keyOf(fake.email().figures({}, {})), QStringLiteral("ok"));
        fake.holdAll();
        auto receivers = fake.webhooks().receivers({});
        QCOMPARE(fake.waiting(test::Method::WebhookReceivers), 1);
        QVERIFY(!receivers.isFinished());
        fake.releaseAll();
        receivers.waitForFinished();
        QVERIFY(receivers.result().ok());
        fake.setGone(true);
        QCOMPARE(keyOf(fake.email().suppressions({}, {})), QStringLiteral("db_failed"));
    }
};

REGISTER_SUITE(email_usecases, TstEmailUsecases)
#include "tst_email_usecases.moc"
