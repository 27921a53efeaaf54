#include "tests/contract/mail_suite.h"
#include "tests/support/test_main.h"

#include <QSet>

#include <mutex>

using namespace contract;
using domain::DeliveryOutcome;
using ports::Suppression;
using ports::SuppressionQuery;
using test::SeedMessage;

/// What operators do about mail: every write with its audit row or not at all.
class TstEmailActions : public MailSuite {
    Q_OBJECT

    static QList<Suppression> suppressions(BackendUnderTest &b, const QString &text = {}, int limit = 500)
    {
        return everyPage(SuppressionQuery{text, limit, {}}, [&b](const SuppressionQuery &query) {
            return answer(b.backend(Role::Admin).email().suppressions(b.call(Role::Admin), query));
        });
    }
    static std::optional<Suppression> suppressionOf(BackendUnderTest &b, const QString &email)
    {
        const auto found = suppressions(b, email);
        return found.size() == 1 ? std::optional(found.first()) : std::nullopt;
    }
    static domain::Result<domain::Done> lift(BackendUnderTest &b, const QString &email,
                                             const QString &reason = QStringLiteral("the mailbox works again"),
                                             Role role = Role::Admin)
    {
        return answer(b.backend(role).email().liftSuppression(b.call(role), email, reason));
    }
    static domain::Result<QString> resend(BackendUnderTest &b, const QString &message, bool evenIfRecent = false,
                                          const QString &reason = QStringLiteral("they asked for it"),
                                          Role role = Role::Admin)
    {
        return answer(b.backend(role).email().resend(b.call(role), {message, reason, evenIfRecent}));
    }
    static domain::Result<domain::Done> repair(BackendUnderTest &b, Role role = Role::Admin)
    {
        return answer(b.backend(role).email().requestRepair(b.call(role)));
    }
    static domain::Result<ports::MessageDetail> detail(BackendUnderTest &b, const QString &id)
    {
        return answer(b.backend(Role::Admin).email().message(b.call(Role::Admin), id));
    }
    static QList<ports::MessageRow> waiting(BackendUnderTest &b)
    {
        ports::MessageQuery query;
        query.filter.classes = {QStringLiteral("intended")};
        const auto page = answer(b.backend(Role::Admin).email().messages(b.call(Role::Admin), query));
        return page ? page->rows : QList<ports::MessageRow>{};
    }
    static const SeedMessage &message(int i) { return mail().messages.at(i); }
    /// A message to Bob that can be sent again at once.
    static const SeedMessage &toBob() { return message(61); }

private Q_SLOTS:
    void whoIsSuppressedNow()
    {
        BackendUnderTest &b = shared();
        const QList<Suppression> all = suppressions(b);
        QSet<QString> addresses;
        for (qsizetype i = 0; i < all.size(); ++i) {
            addresses.insert(all.at(i).email);
            if (i > 0)
                QVERIFY(all.at(i - 1).since >= all.at(i).since);
        }
        QCOMPARE(addresses.size(), all.size());
        QCOMPARE(all.size(), 17);
        for (const QString &free : {QStringLiteral("sam@soft.test"), test::mail::bouncedLongAgo, test::mail::lifted})
            QVERIFY2(!addresses.contains(free), qPrintable(free));
        const auto noah = suppressionOf(b, test::mail::bounced);
        QVERIFY(noah.has_value());
        QCOMPARE(noah->eventType, QStringLiteral("bounce"));
        QCOMPARE(noah->since, test::seedNow().addDays(-3));
        QCOMPARE(noah->until.value_or(QDateTime()), test::seedNow().addDays(-3).addDays(365));
        QCOMPARE(noah->team.value_or(domain::TeamId()), test::teamId(test::seed::underscore));
        QCOMPARE(noah->reason, QStringLiteral("550 5.1.1 no such user"));
        QVERIFY(noah->liftable);
        const auto una = suppressionOf(b, test::mail::unsubscribed);
        QVERIFY(una.has_value() && !una->until && !una->liftable);
        QCOMPARE(una->eventType, QStringLiteral("unsubscribe"));
        const auto both = suppressionOf(b, QStringLiteral("both@example.org"));
        QVERIFY(both.has_value());
        QCOMPARE(both->eventType, QStringLiteral("unsubscribe"));
        QCOMPARE(suppressionOf(b, test::mail::bouncedAgain).value_or(Suppression()).reason,
                 QStringLiteral("bounced again"));
        QCOMPARE(suppressionOf(b, test::mail::complained).value_or(Suppression()).eventType,
                 QStringLiteral("spam_complaint"));
    }

    void suppressionPages_data()
    {
        QTest::addColumn<int>("limit");
        for (const int limit : {1, 5, 500})
            QTest::addRow("%d a page", limit) << limit;
    }
    void suppressionPages()
    {
        QFETCH(int, limit);
        BackendUnderTest &b = shared();
        const QList<Suppression> crowd = suppressions(b, QStringLiteral("CROWD_"), limit);
        QSet<QString> addresses;
        for (const Suppression &suppression : crowd)
            addresses.insert(suppression.email);
        QCOMPARE(crowd.size(), 12);
        QCOMPARE(addresses.size(), 12);
        QCOMPARE(suppressions(b, QStringLiteral("crowd%"), limit).size(), 0);
        for (const int bad : {0, 501})
            QCOMPARE(
                keyOf(answer(b.backend(Role::Admin).email().suppressions(b.call(Role::Admin), {QString(), bad, {}}))),
                QStringLiteral("invalid_limit"));
        QCOMPARE(keyOf(answer(b.backend(Role::Admin)
                                  .email()
                                  .suppressions(b.call(Role::Admin), {{}, 5, QStringLiteral("bm90IG91cnM")}))),
                 QStringLiteral("invalid_cursor"));
    }

    void liftingASuppression()
    {
        BackendUnderTest &b = fresh();
        VERIFY_OK(lift(b, QStringLiteral(" NOAH@snake.test "), QStringLiteral("  mailbox repaired  ")));
        QVERIFY(!suppressionOf(b, test::mail::bounced));
        QCOMPARE(suppressions(b).size(), 16);
        const auto rows = recorded(b, domain::kinds::adminSuppressionLifted);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().team.value_or(domain::TeamId()), test::teamId(test::seed::underscore));
        QCOMPARE(rows.first().actor, QStringLiteral("admin"));
        const QJsonObject expected{{QStringLiteral("recipient"), QStringLiteral("n***@snake.test")},
                                   {QStringLiteral("event_type"), QStringLiteral("bounce")},
                                   {QStringLiteral("provider"), QStringLiteral("brevo")},
                                   {QStringLiteral("reason"), QStringLiteral("mailbox repaired")},
                                   {QStringLiteral("by_admin_email"), adminEmail()}};
        QCOMPARE(metadataOf(rows.first()), expected);
        QVERIFY(!rows.first().summary.contains(QLatin1String("noah")));
        QCOMPARE(keyOf(lift(b, test::mail::bounced)), QStringLiteral("not_suppressed"));
        QCOMPARE(recorded(b, domain::kinds::adminSuppressionLifted).size(), 1);
    }

    void whatCannotBeLifted()
    {
        BackendUnderTest &b = shared();
        const auto unsubscribed = lift(b, test::mail::unsubscribed);
        QCOMPARE(keyOf(unsubscribed), QStringLiteral("unsubscribed"));
        QCOMPARE(unsubscribed.error().code, domain::ErrorCode::Conflict);
        QCOMPARE(keyOf(lift(b, QStringLiteral("both@example.org"))), QStringLiteral("unsubscribed"));
        for (const QString &free : {QStringLiteral("stranger@example.org"), test::mail::lifted,
                                    test::mail::bouncedLongAgo, QStringLiteral("sam@soft.test")}) {
            const auto result = lift(b, free);
            QCOMPARE(keyOf(result), QStringLiteral("not_suppressed"));
            QCOMPARE(result.error().code, domain::ErrorCode::NotFound);
        }
        QCOMPARE(keyOf(lift(b, test::mail::bounced, QStringLiteral("  "))), QStringLiteral("missing_reason"));
        QCOMPARE(keyOf(lift(b, test::mail::bounced, QString(501, QLatin1Char('x')))),
                 QStringLiteral("reason_too_long"));
        for (const QString &address :
             {QString(), QStringLiteral("nobody"), QStringLiteral("@snake.test"), QStringLiteral("noah@"),
              QStringLiteral("no ah@snake.test"), QString(250, QLatin1Char('a')) + QStringLiteral("@b.test")})
            QCOMPARE(keyOf(lift(b, address)), QStringLiteral("invalid_email"));
        QVERIFY(suppressionOf(b, test::mail::bounced).has_value());
        QCOMPARE(recorded(b, domain::kinds::adminSuppressionLifted).size(), 0);
    }

    void aMailIsQueuedAgain()
    {
        BackendUnderTest &b = fresh();
        const auto id = resend(b, toBob().id, false, QStringLiteral(" it got lost "));
        VERIFY_OK(id);
        QVERIFY(id->startsWith(QLatin1String("resend-")));
        const auto again = detail(b, *id);
        VERIFY_OK(again);
        QCOMPARE(again->row.ledgerClass, QStringLiteral("intended"));
        QCOMPARE(again->row.audit, toBob().audit);
        QCOMPARE(again->row.team, toBob().team);
        QCOMPARE(again->row.templateKind, toBob().templateKind);
        QCOMPARE(again->row.subject, toBob().subject);
        QCOMPARE(again->row.recipient, QStringLiteral("b***@bravo.test"));
        QCOMPARE(again->row.recipientDomain, QStringLiteral("bravo.test"));
        QCOMPARE(again->row.sentAt, test::seedNow());
        QVERIFY(!again->row.acceptedAt && again->row.attempts == 0);
        const auto rows = recorded(b, domain::kinds::adminEmailResent);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().team, toBob().team);
        const QJsonObject expected{{QStringLiteral("message_id"), toBob().id},
                                   {QStringLiteral("new_message_id"), *id},
                                   {QStringLiteral("template"), toBob().templateKind},
                                   {QStringLiteral("recipient"), QStringLiteral("b***@bravo.test")},
                                   {QStringLiteral("even_if_recent"), false},
                                   {QStringLiteral("reason"), QStringLiteral("it got lost")},
                                   {QStringLiteral("by_admin_email"), adminEmail()}};
        QCOMPARE(metadataOf(rows.first()), expected);
        // The message itself is as it was.
        QCOMPARE(detail(b, toBob().id)->row.ledgerClass, domain::ledgerClassName(toBob().ledgerClass()));
    }

    void aRecipientInTheMetadata()
    {
        BackendUnderTest &b = fresh();
        const auto eves = messagesWhere([](const SeedMessage &m) {
            return m.address == QLatin1String("eve@example.org") && m.audit && m.acceptedAt;
        });
        const auto id = resend(b, eves.last().id);
        VERIFY_OK(id);
        QCOMPARE(detail(b, *id)->row.recipient, QStringLiteral("e***@example.org"));
        QCOMPARE(recorded(b, domain::kinds::adminEmailResent).first().team, std::nullopt);
    }

    void asksBeforeItDoubles()
    {
        BackendUnderTest &b = fresh();
        // Message 0 was accepted five minutes ago.
        const auto recent = resend(b, message(0).id);
        QCOMPARE(keyOf(recent), QStringLiteral("sent_recently"));
        QCOMPARE(recent.error().code, domain::ErrorCode::Conflict);
        VERIFY_OK(resend(b, message(0).id, true));
        // A copy that waits is as good as sent.
        VERIFY_OK(resend(b, toBob().id));
        QCOMPARE(keyOf(resend(b, toBob().id)), QStringLiteral("sent_recently"));
        b.clock().advance(11 * 60 * 1000);
        QCOMPARE(keyOf(resend(b, toBob().id)), QStringLiteral("sent_recently"));
        VERIFY_OK(resend(b, toBob().id, true));
        QCOMPARE(waiting(b).size(), 4);
        QCOMPARE(recorded(b, domain::kinds::adminEmailResent).size(), 3);
    }

    void tenMinutesAreEnough()
    {
        BackendUnderTest &b = fresh();
        b.clock().advance(5 * 60 * 1000 - 1);
        QCOMPARE(keyOf(resend(b, message(0).id)), QStringLiteral("sent_recently"));
        b.clock().advance(1);
        VERIFY_OK(resend(b, message(0).id));
    }

    void whatCannotBeSentAgain()
    {
        BackendUnderTest &b = shared();
        for (const int i : {49, 70, 110, 19}) {
            const auto result = resend(b, message(i).id, true);
            QCOMPARE(keyOf(result), QStringLiteral("not_resendable"));
            QCOMPARE(result.error().code, domain::ErrorCode::Conflict);
        }
        const auto suppressed = resend(b, message(3).id, true);
        QCOMPARE(keyOf(suppressed), QStringLiteral("recipient_suppressed"));
        QCOMPARE(suppressed.error().code, domain::ErrorCode::Conflict);
        QCOMPARE(keyOf(resend(b, QStringLiteral("nobody"))), QStringLiteral("message_not_found"));
        QCOMPARE(keyOf(resend(b, toBob().id, false, QStringLiteral(" "))), QStringLiteral("missing_reason"));
        QCOMPARE(keyOf(resend(b, toBob().id, false, QString(501, QLatin1Char('x')))),
                 QStringLiteral("reason_too_long"));
        QCOMPARE(waiting(b).size(), 1);
        QCOMPARE(recorded(b, domain::kinds::adminEmailResent).size(), 0);
    }

    void aLiftedRecipientCanBeWrittenTo()
    {
        BackendUnderTest &b = fresh();
        const auto noahs = messagesWhere(
            [](const SeedMessage &m) { return m.address == test::mail::bounced && m.audit && m.acceptedAt; });
        QCOMPARE(keyOf(resend(b, noahs.last().id)), QStringLiteral("recipient_suppressed"));
        VERIFY_OK(lift(b, test::mail::bounced));
        VERIFY_OK(resend(b, noahs.last().id));
        QVERIFY(!detail(b, noahs.last().id)->suppression);
    }

    void aRepairIsAskedForOnce()
    {
        BackendUnderTest &b = fresh();
        VERIFY_OK(repair(b));
        VERIFY_OK(repair(b));
        QVERIFY(answer(b.backend(Role::Admin).email().health(b.call(Role::Admin)))->repairRunning);
        const auto rows = recorded(b, domain::kinds::adminEmailRepairRequested);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(metadataOf(rows.first()), (QJsonObject{{QStringLiteral("by_admin_email"), adminEmail()}}));
        int open = 0;
        b.editDatabase([&open](storage::Connection &c) {
            const auto counted = c.select(QStringLiteral("SELECT requested_by FROM job_requests "
                                                         "WHERE finished_at IS NULL"),
                                          {}, [&open](const storage::Row &row) {
                                              open += row.text(0) == adminEmail() ? 1 : 100;
                                              return true;
                                          });
            QVERIFY(counted.ok());
        });
        QCOMPARE(open, 1);
    }

    void withoutItsRecordNothingHappens()
    {
        BackendUnderTest &b = fresh();
        b.failAuditInsertsAfter(0);
        QCOMPARE(keyOf(lift(b, test::mail::bounced)), QStringLiteral("db_failed"));
        QCOMPARE(keyOf(resend(b, toBob().id)), QStringLiteral("db_failed"));
        QCOMPARE(keyOf(repair(b)), QStringLiteral("db_failed"));
        QVERIFY(suppressionOf(b, test::mail::bounced).has_value());
        QCOMPARE(waiting(b).size(), 1);
        QVERIFY(!answer(b.backend(Role::Admin).email().health(b.call(Role::Admin)))->repairRunning);
        b.failAuditInsertsAfter(-1);
        VERIFY_OK(lift(b, test::mail::bounced));
        VERIFY_OK(resend(b, toBob().id));
        VERIFY_OK(repair(b));
    }

    void whoMayWrite()
    {
        BackendUnderTest &b = shared();
        for (const Role role : {Role::Auditor, Role::ReadOnly, Role::Stranger}) {
            if (!b.has(role))
                continue;
            const QString key =
                role == Role::ReadOnly ? QStringLiteral("read_only_session") : QStringLiteral("forbidden");
            QCOMPARE(keyOf(lift(b, test::mail::bounced, QStringLiteral("x"), role)), key);
            QCOMPARE(keyOf(resend(b, toBob().id, false, QStringLiteral("x"), role)), key);
            QCOMPARE(keyOf(repair(b, role)), key);
        }
        VERIFY_OK(answer(b.backend(Role::Auditor).email().suppressions(b.call(Role::Auditor), {})));
        if (b.has(Role::Stranger))
            QCOMPARE(keyOf(answer(b.backend(Role::Stranger).email().suppressions(b.call(Role::Stranger), {}))),
                     QStringLiteral("forbidden"));
        QCOMPARE(waiting(b).size(), 1);
    }

    void othersAreTold()
    {
        BackendUnderTest &b = fresh();
        std::mutex mutex;
        QList<ports::Change> told;
        const auto subscription = b.backend(Role::Admin).changes().subscribe([&](const ports::Change &change) {
            const std::lock_guard guard(mutex);
            told.append(change);
        });
        const auto hears = [&](const QString &beginning) {
            const std::lock_guard guard(mutex);
            return std::any_of(told.cbegin(), told.cend(), [&](const ports::Change &change) {
                return change.kind == QLatin1String("email") && change.id.startsWith(beginning);
            });
        };
        // A remote feed may not be connected yet when the first one is told.
        QTRY_VERIFY((resend(b, toBob().id, true).ok(), hears(QStringLiteral("resend-"))));
        {
            const std::lock_guard guard(mutex);
            told.clear();
        }
        VERIFY_OK(lift(b, test::mail::bounced));
        QTRY_VERIFY(hears(QString()));
    }
};

REGISTER_SUITE(email_actions, TstEmailActions)
#include "tst_email_actions.moc"
