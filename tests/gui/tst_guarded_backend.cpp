#include "app/desktop/guarded_backend.h"
#include "services/ports/when_done.h"
#include "tests/support/fake_backend.h"
#include "tests/support/mail_seed.h"
#include "tests/support/test_main.h"

#include <QTest>

using test::Method;

/// A locked profile: nothing about mail or webhooks is written, everything can be read.
class TstGuardedBackend : public QObject {
    Q_OBJECT

    template <typename T>
    static domain::Result<T> answer(QFuture<domain::Result<T>> future)
    {
        [&] { QTRY_VERIFY(future.isFinished()); }();
        return future.isFinished() ? future.result()
                                   : domain::Result<T>(domain::makeError(domain::ErrorCode::Internal, {}));
    }
    template <typename T>
    static QString keyOf(QFuture<domain::Result<T>> future)
    {
        const auto result = answer(future);
        return result ? QStringLiteral("ok") : result.error().key;
    }

private slots:
    void mailAndWebhooks_data()
    {
        QTest::addColumn<bool>("locked");
        QTest::newRow("locked") << true;
        QTest::newRow("unlocked") << false;
    }
    void mailAndWebhooks()
    {
        QFETCH(bool, locked);
        const auto fake = std::make_shared<test::FakeBackend>();
        fake->editMail([](storage::Connection &connection) { test::seedMail(connection); });
        const auto lock = std::make_shared<std::atomic<bool>>(locked);
        desktop::GuardedBackend guarded(fake, lock);
        const test::MailSeed seed = test::mailSeed();
        ports::EmailService &email = guarded.email();
        const QString expected = locked ? QStringLiteral("profile_locked") : QStringLiteral("ok");
        const QString why = QStringLiteral("because");

        QCOMPARE(keyOf(email.liftSuppression({}, test::mail::bounced, why)), expected);
        QCOMPARE(keyOf(email.resend({}, {seed.messages.at(61).id, why, false})), expected);
        QCOMPARE(keyOf(email.requestRepair({})), expected);
        const domain::WebhookId webhook = seed.webhooks.first().entry.id;
        QCOMPARE(keyOf(guarded.webhooks().replay({}, webhook, false)), expected);
        for (const Method write :
             {Method::LiftSuppression, Method::ResendEmail, Method::RequestRepair, Method::ReplayWebhook})
            QCOMPARE(fake->calls(write), locked ? 0 : 1);

        // Looking is free, and a dry run only looks.
        QCOMPARE(keyOf(guarded.webhooks().replay({}, webhook, true)), QStringLiteral("ok"));
        QCOMPARE(keyOf(guarded.webhooks().list({}, {})), QStringLiteral("ok"));
        QCOMPARE(keyOf(guarded.webhooks().detail({}, webhook)), QStringLiteral("ok"));
        QCOMPARE(keyOf(guarded.webhooks().receivers({})), QStringLiteral("ok"));
        QCOMPARE(keyOf(email.figures({}, {})), QStringLiteral("ok"));
        QCOMPARE(keyOf(email.messages({}, {})), QStringLiteral("ok"));
        QCOMPARE(keyOf(email.message({}, seed.messages.first().id)), QStringLiteral("ok"));
        QCOMPARE(keyOf(email.suppressions({}, {})), QStringLiteral("ok"));
        QCOMPARE(keyOf(email.health({})), QStringLiteral("ok"));
        QCOMPARE(keyOf(email.templates({})), QStringLiteral("ok"));
        QCOMPARE(keyOf(email.exportMessages({}, {}, ports::ExportFormat::Csv, [](const QByteArray &) { return true; })),
                 QStringLiteral("ok"));
    }
};

REGISTER_SUITE(guarded_backend, TstGuardedBackend)
#include "tst_guarded_backend.moc"
