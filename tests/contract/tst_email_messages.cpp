#include "tests/contract/mail_suite.h"
#include "tests/support/test_main.h"

#include "models/domain/mask.h"

#include <QSet>

using namespace contract;
using domain::LedgerClass;
using ports::ExportFormat;
using ports::MessageFilter;
using ports::MessageQuery;
using ports::MessageRow;
using test::SeedMessage;

class TstEmailMessages : public MailSuite {
    Q_OBJECT

    static QList<MessageRow> everyMessage(BackendUnderTest &b, const MessageFilter &filter, int limit)
    {
        return everyPage(MessageQuery{filter, limit, {}}, [&b](const MessageQuery &query) {
            return answer(b.backend(Role::Admin).email().messages(b.call(Role::Admin), query));
        });
    }
    static domain::Result<ports::MessageDetail> detail(BackendUnderTest &b, const QString &id, Role role = Role::Admin)
    {
        return answer(b.backend(role).email().message(b.call(role), id));
    }
    static domain::Result<ports::ExportSummary> exported(BackendUnderTest &b, const MessageFilter &filter,
                                                         ExportFormat format, QByteArray &into, Role role = Role::Admin)
    {
        return answer(
            b.backend(role).email().exportMessages(b.call(role), filter, format, [&into](const QByteArray &piece) {
                into += piece;
                return true;
            }));
    }
    static QStringList namesOf(const QList<ports::MessageEvent> &timeline)
    {
        QStringList names;
        for (const ports::MessageEvent &event : timeline)
            names.append(event.event);
        return names;
    }
    static const SeedMessage &message(int i) { return mail().messages.at(i); }

private Q_SLOTS:
    void pagesAreCompleteAndNewestFirst_data()
    {
        QTest::addColumn<int>("limit");
        for (const int limit : {1, 7, 200, 500})
            QTest::addRow("%d a page", limit) << limit;
    }
    void pagesAreCompleteAndNewestFirst()
    {
        QFETCH(int, limit);
        const QList<MessageRow> rows = everyMessage(shared(), {}, limit);
        QCOMPARE(rows.size(), mail().messages.size());
        for (qsizetype i = 0; i < rows.size(); ++i)
            QCOMPARE(rows.at(i).id, mail().messages.at(i).id);
    }

    void oneInstantLosesAndDoublesNone()
    {
        BackendUnderTest &b = fresh();
        b.editDatabase([](storage::Connection &c) {
            const QString same = storage::toSqlTime(test::seedNow().addDays(-1));
            QVERIFY(c.execute(QStringLiteral("UPDATE forwarder_sent SET accepted_at = ?, sent_at = ? "
                                             "WHERE accepted_at IS NOT NULL"),
                              {same, same})
                        .ok());
            QVERIFY(c.execute(QStringLiteral("UPDATE forwarder_sent SET sent_at = ?"), {same}).ok());
        });
        QSet<QString> ids;
        const QList<MessageRow> rows = everyMessage(b, {}, 9);
        for (const MessageRow &row : rows)
            ids.insert(row.id);
        QCOMPARE(rows.size(), mail().messages.size());
        QCOMPARE(ids.size(), rows.size());
    }

    void aRowTellsWhatTheLedgerKnows()
    {
        const QList<MessageRow> rows = everyMessage(shared(), {}, 500);
        QSet<QString> classes, outcomes;
        for (qsizetype i = 0; i < rows.size(); ++i) {
            const MessageRow &row = rows.at(i);
            const SeedMessage &m = mail().messages.at(i);
            const domain::DeliveryFold fold = m.fold();
            QCOMPARE(row.sentAt, m.sentAt());
            QCOMPARE(row.acceptedAt, m.acceptedAt);
            QCOMPARE(row.deliveredAt, fold.deliveredAt());
            QCOMPARE(row.recipient, domain::maskLedgerEmail(m.address));
            QCOMPARE(row.templateKind, m.templateKind);
            QCOMPARE(row.subject, m.ofReference ? QString() : m.subject);
            QCOMPARE(row.provider, m.provider);
            QCOMPARE(row.providerId, m.providerId);
            QCOMPARE(row.ledgerClass, domain::ledgerClassName(m.ledgerClass()));
            QCOMPARE(row.outcome, m.outcome(test::seedNow()));
            QCOMPARE(row.repaired, m.repairedAt.has_value());
            QCOMPARE(row.reason, m.acceptedAt ? m.reason : m.lastError);
            QCOMPARE(row.attempts, m.attempts);
            QCOMPARE(row.team, m.team);
            QCOMPARE(row.audit, m.audit);
            if (row.inferred)
                QVERIFY(fold.isInferred());
            classes.insert(row.ledgerClass);
            outcomes.insert(domain::deliveryOutcomeName(row.outcome));
        }
        QCOMPARE(classes.size(), domain::allLedgerClasses().size());
        QCOMPARE(outcomes.size(), domain::allDeliveryOutcomes().size());
        QCOMPARE(rows.at(0).teamName, QStringLiteral("Acme Robotics"));
        QCOMPARE(rows.at(4).teamName, QString());
        QCOMPARE(rows.at(0).latencyMs.value_or(-1), qint64(20'000));
        QVERIFY(!rows.at(17).latencyMs);
    }

    void addressesAreNeverShown()
    {
        const QList<MessageRow> rows = everyMessage(shared(), {}, 500);
        for (const MessageRow &row : rows)
            QVERIFY2(!row.recipient.contains(QLatin1String("olivia")), qPrintable(row.id));
    }

    void filters_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *field, const char *value) {
            QTest::addRow("%s %s", field, value) << QString::fromLatin1(field) << QString::fromLatin1(value);
        };
        row("outcome", "rejected");
        row("class", "intended");
        row("class", "suppressed");
        row("to", "dana@mail.example");
        row("to", "d***@");
        row("reason", "MISSING_renderer");
        row("message_id", "<2026.0002@relay.example>");
        row("message_id", "2026.0002@relay.example");
        row("domain", "nowhere.test");
    }
    void filters()
    {
        QFETCH(QString, field);
        QFETCH(QString, value);
        MessageFilter filter;
        if (field == QLatin1String("outcome"))
            filter.outcomes = {value};
        if (field == QLatin1String("class"))
            filter.classes = {value};
        if (field == QLatin1String("to"))
            filter.to = value;
        if (field == QLatin1String("reason"))
            filter.reason = value;
        if (field == QLatin1String("message_id"))
            filter.messageId = value;
        if (field == QLatin1String("domain"))
            filter.domain = value;
        const auto expected = messagesWhere([&](const SeedMessage &m) {
            if (field == QLatin1String("outcome"))
                return !m.acceptedAt && m.unsent == LedgerClass::PermanentDrop;
            if (field == QLatin1String("class"))
                return domain::ledgerClassName(m.ledgerClass()) == value;
            if (field == QLatin1String("to"))
                return m.address.startsWith(QLatin1String("dana@"));
            if (field == QLatin1String("reason"))
                return m.lastError == QLatin1String("missing_renderer");
            if (field == QLatin1String("message_id"))
                return m.providerId == QLatin1String("<2026.0002@relay.example>");
            return false;
        });
        const QList<MessageRow> rows = everyMessage(shared(), filter, 3);
        QCOMPARE(rows.size(), expected.size());
        QVERIFY(field == QLatin1String("domain") || !rows.isEmpty());
        for (qsizetype i = 0; i < rows.size(); ++i)
            QCOMPARE(rows.at(i).id, expected.at(i).id);
    }

    void badQueries()
    {
        BackendUnderTest &b = shared();
        auto &email = b.backend(Role::Admin).email();
        for (const int limit : {0, 501, -3})
            QCOMPARE(keyOf(answer(email.messages(b.call(Role::Admin), {{}, limit, {}}))),
                     QStringLiteral("invalid_limit"));
        const auto first = answer(email.messages(b.call(Role::Admin), {{}, 5, {}}));
        VERIFY_OK(first);
        MessageFilter other;
        other.domain = QStringLiteral("acme.test");
        QCOMPARE(keyOf(answer(email.messages(b.call(Role::Admin), {other, 5, first->next}))),
                 QStringLiteral("invalid_cursor"));
        QCOMPARE(keyOf(answer(email.messages(b.call(Role::Admin), {{}, 5, QStringLiteral("bm90IG91cnM")}))),
                 QStringLiteral("invalid_cursor"));
        other.outcomes = {QStringLiteral("eaten")};
        QCOMPARE(keyOf(answer(email.messages(b.call(Role::Admin), {other, 5, {}}))), QStringLiteral("invalid_value"));
    }

    void theTimeline()
    {
        BackendUnderTest &b = shared();
        const auto slow = detail(b, message(11).id);
        VERIFY_OK(slow);
        QCOMPARE(namesOf(slow->timeline).join(QLatin1Char(' ')),
                 QStringLiteral("intended accepted deferred deferred delivered"));
        QCOMPARE(slow->timeline.at(0).at, message(11).intendedAt);
        QCOMPARE(slow->timeline.at(1).at, message(11).acceptedAt.value());
        QCOMPARE(slow->timeline.at(2).reason, QStringLiteral("421 4.7.0 try again later"));
        QCOMPARE(slow->timeline.at(2).receivedAt, slow->timeline.at(2).at.addSecs(3));
        QCOMPARE(slow->timeline.at(2).webhook, message(11).events.at(0).webhook);
        QVERIFY(slow->timeline.at(2).webhook.has_value());
        const auto refused = detail(b, message(16).id);
        VERIFY_OK(refused);
        QCOMPARE(namesOf(refused->timeline).join(QLatin1Char(' ')),
                 QStringLiteral("intended accepted delivered hard_bounce"));
        QVERIFY(refused->row.outcome == domain::DeliveryOutcome::BouncedLater);
        const auto repaired = detail(b, message(10).id);
        VERIFY_OK(repaired);
        QVERIFY(repaired->timeline.last().repaired && repaired->row.repaired);
        const auto waiting = detail(b, message(19).id);
        VERIFY_OK(waiting);
        QCOMPARE(namesOf(waiting->timeline).join(QLatin1Char(' ')), QStringLiteral("intended failed_attempt"));
        QCOMPARE(waiting->timeline.last().reason, QStringLiteral("429 too many requests"));
    }

    void whatBelongsToAMessage()
    {
        BackendUnderTest &b = shared();
        const auto olivia = detail(b, message(0).id);
        VERIFY_OK(olivia);
        QVERIFY(!olivia->suppression);
        QVERIFY(olivia->resendable);
        QCOMPARE(olivia->lastSendToSame, message(0).acceptedAt);
        QCOMPARE(olivia->row.id, message(0).id);
        // Noah bounced at the suppression feed.
        const auto noah = detail(b, message(3).id);
        VERIFY_OK(noah);
        QVERIFY(noah->suppression.has_value());
        QCOMPARE(noah->suppression->email, QStringLiteral("noah@snake.test"));
        QCOMPARE(noah->suppression->eventType, QStringLiteral("bounce"));
        QVERIFY(noah->suppression->liftable);
        // The last send of the same template to the same recipient may be another message.
        const auto older = messagesWhere([](const SeedMessage &m) {
            return m.acceptedAt && m.address == message(0).address && m.templateKind == message(0).templateKind &&
                   m.id != message(0).id && !m.ofReference;
        });
        QVERIFY(!older.isEmpty());
        const auto same = detail(b, older.last().id);
        VERIFY_OK(same);
        QCOMPARE(same->lastSendToSame, message(0).acceptedAt);
    }

    void whatCannotBeSentAgain()
    {
        BackendUnderTest &b = shared();
        QVERIFY(!detail(b, message(49).id)->resendable);  // its audit entry was deleted
        QVERIFY(!detail(b, message(70).id)->resendable);  // it never had one
        QVERIFY(!detail(b, message(110).id)->resendable); // nobody knows its template
        QVERIFY(!detail(b, message(19).id)->resendable);  // it waits to be sent
        QVERIFY(detail(b, message(59).id)->resendable);   // it expired
        QVERIFY(detail(b, message(150).id)->resendable);  // a row of the reference
    }

    void unknownMessages()
    {
        BackendUnderTest &b = shared();
        for (const QString &id : {QStringLiteral("nobody"), QStringLiteral("a/b?c=d&e"), QStringLiteral(".."),
                                  QString(), QStringLiteral("export"), QString(test::uuid(77).toString())}) {
            const auto found = detail(b, id);
            QCOMPARE(keyOf(found), QStringLiteral("message_not_found"));
            QCOMPARE(found.error().code, domain::ErrorCode::NotFound);
        }
    }

    void csvExport()
    {
        BackendUnderTest &b = fresh();
        b.editDatabase([](storage::Connection &c) {
            QVERIFY(c.execute(
                         QStringLiteral("UPDATE forwarder_sent SET subject = ?, reason = ? WHERE audit_id = ?"),
                         {QStringLiteral("=cmd|' /C calc'!A0"), QStringLiteral("a, \"quoted\"\nreason"), message(0).id})
                        .ok());
        });
        MessageFilter filter;
        filter.to = QStringLiteral("olivia@acme.test");
        QByteArray text;
        const auto summary = exported(b, filter, ExportFormat::Csv, text);
        VERIFY_OK(summary);
        const auto expected = messagesWhere(
            [](const SeedMessage &m) { return m.address == QLatin1String("olivia@acme.test") && !m.ofReference; });
        QCOMPARE(summary->rows, qint64(expected.size()));
        const QList<QByteArray> lines = text.split('\n');
        QVERIFY(lines.at(0).startsWith("# e-mail export; filter: to=o***@acme.test; as of: 2026-06-15T12:00:00.000Z"));
        QVERIFY(lines.at(1).startsWith("id,sent_at,accepted_at,delivered_at,recipient,"));
        QVERIFY2(lines.at(2).contains("2026-06-15T11:55:00.000Z") && lines.at(2).contains("'=cmd|"),
                 lines.at(2).constData());
        QVERIFY(text.contains("\"a, \"\"quoted\"\"\nreason\""));
        QVERIFY2(!text.contains("olivia"), "an address left the house");
        const auto rows = recorded(b, domain::kinds::adminEmailExported);
        QCOMPARE(rows.size(), 1);
        const QJsonObject expectedMetadata{{QStringLiteral("filter"), QStringLiteral("to=o***@acme.test")},
                                           {QStringLiteral("format"), QStringLiteral("csv")},
                                           {QStringLiteral("by_admin_email"), adminEmail()}};
        QCOMPARE(metadataOf(rows.first()), expectedMetadata);
    }

    void jsonLinesExport()
    {
        BackendUnderTest &b = fresh();
        QByteArray text;
        const auto summary = exported(b, {}, ExportFormat::JsonLines, text);
        VERIFY_OK(summary);
        QCOMPARE(summary->rows, qint64(mail().messages.size()));
        const QList<QByteArray> lines = text.trimmed().split('\n');
        QCOMPARE(lines.size(), mail().messages.size());
        for (qsizetype i = 0; i < lines.size(); ++i) {
            QJsonParseError error;
            const QJsonObject object = QJsonDocument::fromJson(lines.at(i), &error).object();
            QCOMPARE(error.error, QJsonParseError::NoError);
            QCOMPARE(object.value(QLatin1StringView("id")).toString(), mail().messages.at(i).id);
            QVERIFY(object.value(QLatin1StringView("attempts")).isDouble());
            QVERIFY(object.value(QLatin1StringView("repaired")).isBool());
        }
    }

    void anExportCanBeStopped()
    {
        BackendUnderTest &b = fresh();
        int pieces = 0;
        const auto stopped =
            answer(b.backend(Role::Admin)
                       .email()
                       .exportMessages(b.call(Role::Admin), {}, ExportFormat::Csv, [&pieces](const QByteArray &) {
                           ++pieces;
                           return false;
                       }));
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, domain::ErrorCode::Cancelled);
        QCOMPARE(pieces, 1);
    }

    void withoutItsRecordThereIsNoExport()
    {
        BackendUnderTest &b = fresh();
        b.failAuditInsertsAfter(0);
        QByteArray text;
        QCOMPARE(keyOf(exported(b, {}, ExportFormat::Csv, text)), QStringLiteral("db_failed"));
        QVERIFY(text.isEmpty());
        b.failAuditInsertsAfter(-1);
        MessageFilter filter;
        filter.classes = {QStringLiteral("eaten")};
        QCOMPARE(keyOf(exported(b, filter, ExportFormat::Csv, text)), QStringLiteral("invalid_value"));
        QCOMPARE(recorded(b, domain::kinds::adminEmailExported).size(), 0);
    }

    void templatesAndTheirPreviews()
    {
        BackendUnderTest &b = shared();
        auto &email = b.backend(Role::Admin).email();
        const auto templates = answer(email.templates(b.call(Role::Admin)));
        VERIFY_OK(templates);
        QStringList kinds, mailed;
        for (const ports::EmailTemplate &mail : *templates) {
            kinds.append(mail.kind);
            QVERIFY2(!mail.subject.isEmpty(), qPrintable(mail.kind));
        }
        for (const domain::AuditKind &kind : domain::auditKinds()) {
            if (kind.mailsCustomer)
                mailed.append(QString::fromLatin1(kind.kind));
        }
        QCOMPARE(kinds, mailed);
        for (const ports::EmailTemplate &mail : *templates) {
            const auto preview = answer(email.preview(b.call(Role::Admin), mail.kind));
            VERIFY_OK(preview);
            QCOMPARE(preview->kind, mail.kind);
            QCOMPARE(preview->subject, mail.subject);
            QVERIFY2(preview->html.contains(QLatin1String("</html>")), qPrintable(mail.kind));
            QVERIFY2(!preview->text.isEmpty() && !preview->text.contains(QLatin1String("</")), qPrintable(mail.kind));
        }
        for (const QString &kind : {QStringLiteral("auth.login"), QString(), QStringLiteral("a/b")})
            QCOMPARE(keyOf(answer(email.preview(b.call(Role::Admin), kind))), QStringLiteral("template_not_found"));
    }

    void permissions()
    {
        BackendUnderTest &b = shared();
        VERIFY_OK(detail(b, message(0).id, Role::Auditor));
        QByteArray text;
        VERIFY_OK(exported(b, {}, ExportFormat::Csv, text, Role::Auditor));
        if (!b.has(Role::Stranger))
            return;
        text.clear();
        QCOMPARE(keyOf(exported(b, {}, ExportFormat::Csv, text, Role::Stranger)), QStringLiteral("forbidden"));
        QVERIFY(text.isEmpty());
        ports::EmailService &email = b.backend(Role::Stranger).email();
        const ports::CallContext call = b.call(Role::Stranger);
        QCOMPARE(keyOf(detail(b, message(0).id, Role::Stranger)), QStringLiteral("forbidden"));
        QCOMPARE(keyOf(answer(email.messages(call, {}))), QStringLiteral("forbidden"));
        QCOMPARE(keyOf(answer(email.templates(call))), QStringLiteral("forbidden"));
        QCOMPARE(keyOf(answer(email.preview(call, QString(domain::kinds::digestWeekly)))), QStringLiteral("forbidden"));
    }
};

REGISTER_SUITE(email_messages, TstEmailMessages)
#include "tst_email_messages.moc"
