#include "tests/contract/mail_suite.h"
#include "tests/support/test_main.h"

#include <QSet>

#include <algorithm>
#include <mutex>

using namespace contract;
using ports::SignatureVerdict;
using ports::WebhookFilter;
using ports::WebhookOutcome;
using ports::WebhookQuery;
using ports::WebhookRow;
using test::SeedWebhook;

class TstWebhookInbox : public MailSuite {
    Q_OBJECT

    static QList<WebhookRow> everyWebhook(BackendUnderTest &b, const WebhookFilter &filter, int limit = 500)
    {
        return everyPage(WebhookQuery{filter, limit, {}}, [&b](const WebhookQuery &query) {
            return answer(b.backend(Role::Admin).webhooks().list(b.call(Role::Admin), query));
        });
    }
    static domain::Result<ports::WebhookDetail> detail(BackendUnderTest &b, domain::WebhookId id)
    {
        return answer(b.backend(Role::Admin).webhooks().detail(b.call(Role::Admin), id));
    }
    static domain::Result<ports::WebhookReplay> replay(BackendUnderTest &b, domain::WebhookId id, bool dryRun,
                                                       Role role = Role::Admin)
    {
        return answer(b.backend(role).webhooks().replay(b.call(role), id, dryRun));
    }
    /// Newest first, as the list shows them.
    static QList<SeedWebhook> webhooksWhere(const std::function<bool(const usecases::InboxEntry &)> &wanted)
    {
        QList<SeedWebhook> found;
        for (const SeedWebhook &webhook : mail().webhooks) {
            if (wanted(webhook.entry))
                found.append(webhook);
        }
        std::sort(found.begin(), found.end(), [](const SeedWebhook &a, const SeedWebhook &b) {
            return a.entry.receivedAt != b.entry.receivedAt ? a.entry.receivedAt > b.entry.receivedAt
                                                            : a.entry.id.toString() > b.entry.id.toString();
        });
        return found;
    }
    static SeedWebhook firstOf(WebhookOutcome outcome)
    {
        return webhooksWhere([outcome](const usecases::InboxEntry &e) { return e.outcome == outcome; }).first();
    }

    /// The failed one says that message 17 was delivered; nobody else said anything about that.
    static ports::WebhookEffect delivery()
    {
        return {QStringLiteral("message ") + mail().messages.at(17).id, QStringLiteral("classification"),
                QStringLiteral("success"), QStringLiteral("delivered")};
    }
    static domain::DeliveryOutcome outcomeOfTheMessage(BackendUnderTest &b)
    {
        const auto message =
            answer(b.backend(Role::Admin).email().message(b.call(Role::Admin), mail().messages.at(17).id));
        return message ? message->row.outcome : domain::DeliveryOutcome::Rejected;
    }

private Q_SLOTS:
    void pagesAreCompleteAndNewestFirst_data()
    {
        QTest::addColumn<int>("limit");
        for (const int limit : {1, 7, 500})
            QTest::addRow("%d a page", limit) << limit;
    }
    void pagesAreCompleteAndNewestFirst()
    {
        QFETCH(int, limit);
        const QList<WebhookRow> rows = everyWebhook(shared(), {}, limit);
        const auto expected = webhooksWhere([](const usecases::InboxEntry &) { return true; });
        QCOMPARE(rows.size(), expected.size());
        QSet<QString> outcomes;
        for (qsizetype i = 0; i < rows.size(); ++i) {
            const WebhookRow &row = rows.at(i);
            const usecases::InboxEntry &entry = expected.at(i).entry;
            QCOMPARE(row.id.toString(), entry.id.toString());
            QCOMPARE(row.receivedAt, entry.receivedAt);
            QCOMPARE(row.provider, entry.provider);
            QCOMPARE(row.eventType, entry.eventType);
            QCOMPARE(row.eventCount, entry.eventCount);
            QCOMPARE(row.objectId, entry.objectId);
            QCOMPARE(row.team, entry.team);
            QCOMPARE(row.teamName.isEmpty(), !entry.team.has_value());
            QVERIFY(row.signature == entry.signature);
            QCOMPARE(row.duplicateOf, entry.duplicateOf);
            QVERIFY(row.outcome == entry.outcome);
            QCOMPARE(row.matched, entry.matched);
            QCOMPARE(row.changed, entry.changed);
            QCOMPARE(row.processingUs, entry.processingUs);
            QCOMPARE(row.bodyBytes, qint64(entry.body.size()));
            QCOMPARE(row.replays, expected.at(i).replays);
            outcomes.insert(ports::webhookOutcomeName(row.outcome));
        }
        QCOMPARE(outcomes.size(), ports::allWebhookOutcomes().size());
    }

    void filters_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *field, const char *value) {
            QTest::addRow("%s %s", field, value) << QString::fromLatin1(field) << QString::fromLatin1(value);
        };
        row("provider", "SES");
        row("event", "hard_bounce");
        row("outcome", "failed,unparseable");
        row("signature", "previous");
        row("duplicate", "yes");
        row("duplicate", "no");
        row("team", "acme");
        row("time", "the second day");
    }
    void filters()
    {
        QFETCH(QString, field);
        QFETCH(QString, value);
        const QDateTime from = test::seedNow().addDays(-2), until = test::seedNow().addDays(-1);
        WebhookFilter filter;
        std::function<bool(const usecases::InboxEntry &)> same;
        if (field == QLatin1String("provider")) {
            filter.providers = {value};
            same = [](const usecases::InboxEntry &e) { return e.provider == QLatin1String("ses"); };
        } else if (field == QLatin1String("event")) {
            filter.eventTypes = {value};
            same = [value](const usecases::InboxEntry &e) { return e.eventType == value; };
        } else if (field == QLatin1String("outcome")) {
            filter.outcomes = value.split(QLatin1Char(','));
            same = [](const usecases::InboxEntry &e) {
                return e.outcome == WebhookOutcome::Failed || e.outcome == WebhookOutcome::Unparseable;
            };
        } else if (field == QLatin1String("signature")) {
            filter.signature = SignatureVerdict::Previous;
            same = [](const usecases::InboxEntry &e) { return e.signature == SignatureVerdict::Previous; };
        } else if (field == QLatin1String("duplicate")) {
            filter.duplicate = value == QLatin1String("yes");
            same = [wanted = *filter.duplicate](const usecases::InboxEntry &e) {
                return e.duplicateOf.has_value() == wanted;
            };
        } else if (field == QLatin1String("team")) {
            filter.team = test::teamId(test::seed::acme);
            same = [](const usecases::InboxEntry &e) { return e.team == test::teamId(test::seed::acme); };
        } else {
            filter.from = from;
            filter.until = until;
            same = [=](const usecases::InboxEntry &e) { return e.receivedAt >= from && e.receivedAt < until; };
        }
        const auto expected = webhooksWhere(same);
        const auto rows = everyWebhook(shared(), filter, 3);
        QVERIFY(!expected.isEmpty());
        QCOMPARE(rows.size(), expected.size());
        for (qsizetype i = 0; i < rows.size(); ++i)
            QCOMPARE(rows.at(i).id.toString(), expected.at(i).entry.id.toString());
    }

    void payloadSearch_data()
    {
        QTest::addColumn<QString>("payload");
        QTest::addColumn<int>("rows");
        QTest::newRow("part of the body") << QStringLiteral("REPLAYED@relay") << 1;
        QTest::newRow("percent is literal") << QStringLiteral("%relay") << 0;
        QTest::newRow("in bytes that are no UTF-8") << QStringLiteral("{\"event\":\"") << -1;
        QTest::newRow("value at a path") << QStringLiteral("payload.message-id:replayed@relay.example") << 1;
        QTest::newRow("a part of the value does not do") << QStringLiteral("payload.message-id:replayed") << 0;
        QTest::newRow("deeper") << QStringLiteral("payload.meta.tag:lifecycle") << -2;
        QTest::newRow("no such path") << QStringLiteral("payload.meta.nothing:lifecycle") << 0;
    }
    void payloadSearch()
    {
        QFETCH(QString, payload);
        QFETCH(int, rows);
        WebhookFilter filter;
        filter.payload = payload;
        const auto found = everyWebhook(shared(), filter);
        if (rows == -1)
            rows = static_cast<int>(
                webhooksWhere([](const usecases::InboxEntry &e) { return e.body.contains("{\"event\":\""); }).size());
        // A batch is looked at by its first object.
        if (rows == -2)
            rows = static_cast<int>(
                webhooksWhere([](const usecases::InboxEntry &e) { return e.body.contains("lifecycle"); }).size());
        QCOMPARE(found.size(), rows);
    }

    void badQueries()
    {
        BackendUnderTest &b = shared();
        auto &webhooks = b.backend(Role::Admin).webhooks();
        const auto keyFor = [&](const WebhookFilter &filter, int limit = 50, const QString &cursor = {}) {
            return keyOf(answer(webhooks.list(b.call(Role::Admin), {filter, limit, cursor})));
        };
        for (const int limit : {0, 501})
            QCOMPARE(keyFor({}, limit), QStringLiteral("invalid_limit"));
        QCOMPARE(keyFor({}, 5, QStringLiteral("bm90IG91cnM")), QStringLiteral("invalid_cursor"));
        WebhookFilter filter;
        filter.outcomes = {QStringLiteral("eaten")};
        QCOMPARE(keyFor(filter), QStringLiteral("invalid_value"));
        filter.outcomes = {};
        for (const char *payload : {"payload.", "payload.a", "payload.:x", "payload.a..b:x",
                                    "payload.a:", "payload.a'b:x", "payload.a\"b:x", "payload.$[0]:x"}) {
            filter.payload = QString::fromLatin1(payload);
            QVERIFY2(keyFor(filter) == QLatin1String("invalid_payload_filter"), payload);
        }
        const auto first = answer(webhooks.list(b.call(Role::Admin), {{}, 2, {}}));
        VERIFY_OK(first);
        filter.payload = QStringLiteral("delivered");
        QCOMPARE(keyFor(filter, 2, first->next), QStringLiteral("invalid_cursor"));
    }

    void everyDetail()
    {
        BackendUnderTest &b = shared();
        for (const SeedWebhook &webhook : mail().webhooks) {
            const usecases::InboxEntry &entry = webhook.entry;
            const auto found = detail(b, entry.id);
            VERIFY_OK(found);
            QCOMPARE(found->row.id.toString(), entry.id.toString());
            QCOMPARE(found->body, entry.body);
            QCOMPARE(found->headers, entry.headers);
            QCOMPARE(found->error, entry.error);
            QCOMPARE(found->effects, entry.effects);
            QCOMPARE(found->requestId, entry.requestId);
            QCOMPARE(found->lastReplayedAt, webhook.lastReplayedAt);
            QVERIFY(found->verdict.endsWith(QLatin1Char('.')) && !found->verdict.contains(QLatin1String("..")));
        }
        const auto nowhere = detail(b, domain::WebhookId(test::uuid(0xdead)));
        QCOMPARE(keyOf(nowhere), QStringLiteral("webhook_not_found"));
        QCOMPARE(nowhere.error().code, domain::ErrorCode::NotFound);
    }

    void theVerdictSaysWhy()
    {
        BackendUnderTest &b = shared();
        const auto verdictOf = [&b](const SeedWebhook &webhook) { return detail(b, webhook.entry.id)->verdict; };
        const SeedWebhook &original = mail().webhooks.at(2);
        QCOMPARE(verdictOf(original),
                 QStringLiteral("Its address held the current secret; its event changed something."));
        const auto duplicates = webhooksWhere([](const usecases::InboxEntry &e) { return e.duplicateOf.has_value(); });
        QCOMPARE(verdictOf(duplicates.first()),
                 QStringLiteral("Its address held the current secret; its event told nothing new; the same bytes had "
                                "come as %1.")
                     .arg(original.entry.id.toString()));
        QCOMPARE(verdictOf(firstOf(WebhookOutcome::Skipped)),
                 QStringLiteral("Its address held the previous secret; its event called for no action."));
        QVERIFY(verdictOf(firstOf(WebhookOutcome::Unparseable)).contains(QLatin1String("refused with 400")));
        QVERIFY(verdictOf(firstOf(WebhookOutcome::Failed)).contains(QLatin1String("can be replayed")));
        QVERIFY(verdictOf(firstOf(WebhookOutcome::Unmatched)).contains(QLatin1String("nobody knew the message")));
        const auto batch = webhooksWhere([](const usecases::InboxEntry &e) { return e.eventCount == 12; }).first();
        QVERIFY(verdictOf(batch).contains(QLatin1String("9 of its 12 events changed something")));
        const auto hmac = webhooksWhere([](const usecases::InboxEntry &e) {
                              return e.provider == QLatin1String("brevo_suppression");
                          }).first();
        QVERIFY(verdictOf(hmac).startsWith(
            QStringLiteral("The HMAC over its %1 raw bytes matches the current secret").arg(hmac.entry.body.size())));
    }

    void whatMessagesItIsAbout()
    {
        BackendUnderTest &b = shared();
        const SeedWebhook &first = mail().webhooks.first();
        const auto found = detail(b, first.entry.id);
        VERIFY_OK(found);
        QCOMPARE(found->messages, QStringList{mail().messages.first().id});
    }

    void receivers()
    {
        BackendUnderTest &b = shared();
        const auto found = answer(b.backend(Role::Admin).webhooks().receivers(b.call(Role::Admin)));
        VERIFY_OK(found);
        const QDateTime since = test::seedNow().addDays(-1);
        QStringList names;
        for (const ports::WebhookReceiver &receiver : *found) {
            names.append(receiver.provider);
            const auto count = [&](const std::function<bool(const usecases::InboxEntry &)> &wanted) {
                return qint64(webhooksWhere([&](const usecases::InboxEntry &e) {
                                  return e.provider == receiver.provider && e.receivedAt >= since && wanted(e);
                              }).size());
            };
            QCOMPARE(receiver.received24h, count([](const auto &) { return true; }));
            QCOMPARE(receiver.unmatched24h,
                     count([](const auto &e) { return e.outcome == WebhookOutcome::Unmatched; }));
            QCOMPARE(receiver.duplicates24h, count([](const auto &e) { return e.duplicateOf.has_value(); }));
            QCOMPARE(receiver.currentSecret24h,
                     count([](const auto &e) { return e.signature == SignatureVerdict::Current; }));
            QCOMPARE(receiver.previousSecret24h,
                     count([](const auto &e) { return e.signature == SignatureVerdict::Previous; }));
            QCOMPARE(receiver.p99ProcessingUs.has_value(), receiver.received24h > 0);
        }
        for (const char *name : {"brevo", "brevo_suppression", "ses"})
            QVERIFY2(names.contains(QString::fromLatin1(name)), name);
        const auto brevo = std::find_if(found->begin(), found->end(), [](const ports::WebhookReceiver &receiver) {
            return receiver.provider == QLatin1String("brevo");
        });
        QVERIFY(brevo->failed24h >= 1);
        QCOMPARE(brevo->refused24h, qint64(7));
        QCOMPARE(brevo->lastAt.value_or(QDateTime()),
                 webhooksWhere([](const usecases::InboxEntry &e) { return e.provider == QLatin1String("brevo"); })
                     .first()
                     .entry.receivedAt);
    }

    void aDryRunWritesNothing()
    {
        BackendUnderTest &b = fresh();
        const domain::WebhookId id = firstOf(WebhookOutcome::Failed).entry.id;
        const auto before = detail(b, id);
        VERIFY_OK(before);
        const auto would = replay(b, id, true);
        VERIFY_OK(would);
        QVERIFY(would->dryRun && would->outcome == WebhookOutcome::Applied);
        QCOMPARE(would->effects.first(), delivery());
        const auto after = detail(b, id);
        VERIFY_OK(after);
        QVERIFY(*after == *before);
        QVERIFY(outcomeOfTheMessage(b) == domain::DeliveryOutcome::Pending);
        QCOMPARE(recorded(b, domain::kinds::adminWebhookReplayed).size(), 0);
    }

    void aReplayIsRecorded()
    {
        BackendUnderTest &b = fresh();
        const SeedWebhook failed = firstOf(WebhookOutcome::Failed);
        const auto done = replay(b, failed.entry.id, false);
        VERIFY_OK(done);
        QVERIFY(!done->dryRun && done->outcome == WebhookOutcome::Applied);
        QCOMPARE(done->effects.first(), delivery());
        QVERIFY(outcomeOfTheMessage(b) == domain::DeliveryOutcome::Delivered);
        const auto stored = detail(b, failed.entry.id);
        VERIFY_OK(stored);
        QVERIFY(stored->row.outcome == WebhookOutcome::Applied);
        QCOMPARE(stored->row.replays, 1);
        QCOMPARE(stored->lastReplayedAt.value_or(QDateTime()), test::seedNow());
        QCOMPARE(stored->effects, done->effects);
        const auto rows = recorded(b, domain::kinds::adminWebhookReplayed);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().team, failed.entry.team);
        const QJsonObject expected{{QStringLiteral("webhook_id"), failed.entry.id.toString()},
                                   {QStringLiteral("provider"), QStringLiteral("brevo")},
                                   {QStringLiteral("outcome"), QStringLiteral("applied")},
                                   {QStringLiteral("effects"), done->effects.size()},
                                   {QStringLiteral("by_admin_email"), adminEmail()}};
        QCOMPARE(metadataOf(rows.first()), expected);
        // Twice changes nothing, and what the first time did stays to be seen.
        const auto again = replay(b, failed.entry.id, false);
        VERIFY_OK(again);
        QVERIFY(again->outcome == WebhookOutcome::NoChange && again->effects.isEmpty());
        QVERIFY(detail(b, failed.entry.id)->row.outcome == WebhookOutcome::Applied);
        QCOMPARE(detail(b, failed.entry.id)->effects, done->effects);
        QCOMPARE(recorded(b, domain::kinds::adminWebhookReplayed).size(), 2);
    }

    void whatWasAppliedStaysAsItIs()
    {
        BackendUnderTest &b = fresh();
        const SeedWebhook &applied = mail().webhooks.first();
        const auto again = replay(b, applied.entry.id, false);
        VERIFY_OK(again);
        QString said = ports::webhookOutcomeName(again->outcome);
        for (const ports::WebhookEffect &effect : again->effects)
            said += QStringLiteral("; %1 %2: %3 -> %4").arg(effect.object, effect.field, effect.before, effect.after);
        QVERIFY2(again->outcome == WebhookOutcome::NoChange && again->effects.isEmpty(), qPrintable(said));
        QVERIFY(detail(b, applied.entry.id)->row.outcome == WebhookOutcome::Applied);
        const domain::WebhookId broken = firstOf(WebhookOutcome::Unparseable).entry.id;
        for (const bool dryRun : {true, false}) {
            const auto refused = replay(b, broken, dryRun);
            QCOMPARE(keyOf(refused), QStringLiteral("invalid_payload"));
            QCOMPARE(refused.error().code, domain::ErrorCode::InvalidInput);
        }
        QCOMPARE(detail(b, broken)->row.replays, 0);
        QCOMPARE(recorded(b, domain::kinds::adminWebhookReplayed).size(), 1);
    }

    void withoutItsRecordThereIsNoReplay()
    {
        BackendUnderTest &b = fresh();
        const domain::WebhookId id = firstOf(WebhookOutcome::Failed).entry.id;
        b.failAuditInsertsAfter(0);
        QCOMPARE(keyOf(replay(b, id, false)), QStringLiteral("db_failed"));
        QVERIFY(detail(b, id)->row.outcome == WebhookOutcome::Failed);
        QCOMPARE(detail(b, id)->row.replays, 0);
        QVERIFY(outcomeOfTheMessage(b) == domain::DeliveryOutcome::Pending);
        QCOMPARE(keyOf(replay(b, domain::WebhookId(test::uuid(0xdead)), true)), QStringLiteral("webhook_not_found"));
    }

    void whoMayDoWhat()
    {
        BackendUnderTest &b = shared();
        const domain::WebhookId id = firstOf(WebhookOutcome::Failed).entry.id;
        VERIFY_OK(answer(b.backend(Role::Auditor).webhooks().list(b.call(Role::Auditor), {})));
        VERIFY_OK(answer(b.backend(Role::Auditor).webhooks().detail(b.call(Role::Auditor), id)));
        for (const Role role : {Role::Auditor, Role::ReadOnly, Role::Stranger}) {
            if (!b.has(role))
                continue;
            const QString key =
                role == Role::ReadOnly ? QStringLiteral("read_only_session") : QStringLiteral("forbidden");
            for (const bool dryRun : {true, false})
                QCOMPARE(keyOf(replay(b, id, dryRun, role)), key);
        }
        if (b.has(Role::Stranger)) {
            auto &webhooks = b.backend(Role::Stranger).webhooks();
            QCOMPARE(keyOf(answer(webhooks.list(b.call(Role::Stranger), {}))), QStringLiteral("forbidden"));
            QCOMPARE(keyOf(answer(webhooks.detail(b.call(Role::Stranger), id))), QStringLiteral("forbidden"));
            QCOMPARE(keyOf(answer(webhooks.receivers(b.call(Role::Stranger)))), QStringLiteral("forbidden"));
        }
        QVERIFY(detail(b, id)->row.outcome == WebhookOutcome::Failed);
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
        const domain::WebhookId id = firstOf(WebhookOutcome::Failed).entry.id;
        const auto hears = [&] {
            const std::lock_guard guard(mutex);
            return told.contains(ports::Change{QStringLiteral("webhook"), id.toString()});
        };
        // A remote feed may not be connected yet when the first one is told.
        QTRY_VERIFY((replay(b, id, false).ok(), hears()));
    }
};

REGISTER_SUITE(webhook_inbox, TstWebhookInbox)
#include "tst_webhook_inbox.moc"
