#include "tests/contract/mail_suite.h"
#include "tests/support/test_main.h"

#include <algorithm>

using namespace contract;
using domain::OutcomeCounts;
using ports::DeliveryDimension;
using ports::MessageFilter;
using test::SeedMessage;

Q_DECLARE_METATYPE(ports::MessageFilter)

class TstEmailFigures : public MailSuite {
    Q_OBJECT

    static domain::Result<ports::DeliveryFigures> figures(BackendUnderTest &b, const MessageFilter &filter = {},
                                                          Role role = Role::Admin)
    {
        return answer(b.backend(role).email().figures(b.call(role), filter));
    }
    static domain::Result<ports::DeliverySeries> series(BackendUnderTest &b, const MessageFilter &filter)
    {
        return answer(b.backend(Role::Admin).email().series(b.call(Role::Admin), filter));
    }
    static domain::Result<QList<ports::DeliveryGroup>> groups(BackendUnderTest &b, DeliveryDimension dimension,
                                                              int limit = 200, const MessageFilter &filter = {})
    {
        return answer(b.backend(Role::Admin).email().groups(b.call(Role::Admin), filter, dimension, limit));
    }
    static qint64 countWhere(const std::function<bool(const SeedMessage &)> &wanted)
    {
        return messagesWhere(wanted).size();
    }
    static MessageFilter window(const QDateTime &from, const QDateTime &until)
    {
        MessageFilter filter;
        filter.from = from;
        filter.until = until;
        return filter;
    }
    static void compare(const OutcomeCounts &actual, const OutcomeCounts &expected)
    {
        for (const domain::DeliveryOutcome outcome : domain::allDeliveryOutcomes()) {
            const QString what = QStringLiteral("%1: %2, not %3")
                                     .arg(domain::deliveryOutcomeName(outcome))
                                     .arg(actual.of(outcome))
                                     .arg(expected.of(outcome));
            QVERIFY2(actual.of(outcome) == expected.of(outcome), qPrintable(what));
        }
    }

private Q_SLOTS:
    void theHeadline()
    {
        const auto f = figures(shared());
        VERIFY_OK(f);
        const auto all = mail().messages;
        compare(f->counts, countsOf(all));
        for (const domain::DeliveryOutcome outcome : domain::allDeliveryOutcomes())
            QVERIFY2(f->counts.of(outcome) > 0, qPrintable(domain::deliveryOutcomeName(outcome)));
        QCOMPARE(f->counts.accepted(), countWhere([](const SeedMessage &m) { return m.acceptedAt.has_value(); }));
        QCOMPARE(f->asOf, test::seedNow());
        QCOMPARE(f->deliveredEvents, countWhere([](const SeedMessage &m) { return m.fold().delivered.has_value(); }));
        QCOMPARE(f->inferred, countWhere([](const SeedMessage &m) {
                     return m.acceptedAt && m.outcome(test::seedNow()) == domain::DeliveryOutcome::Delivered &&
                            m.fold().isInferred();
                 }));
        QVERIFY(f->inferred > 0);
        QCOMPARE(f->complaints, countWhere([](const SeedMessage &m) { return m.fold().complained.has_value(); }));
        QCOMPARE(f->deferredOnce, countWhere([](const SeedMessage &m) { return m.fold().deferred.has_value(); }));
        QCOMPARE(f->repaired, countWhere([](const SeedMessage &m) { return m.repairedAt.has_value(); }));
        const auto heldBack = [](domain::LedgerClass value) {
            return countWhere([value](const SeedMessage &m) { return m.ledgerClass() == value; });
        };
        QCOMPARE(f->suppressed, heldBack(domain::LedgerClass::Suppressed));
        QCOMPARE(f->expired, heldBack(domain::LedgerClass::Expired));
        QCOMPARE(f->noRecipient, heldBack(domain::LedgerClass::NoRecipient));
        QCOMPARE(f->waiting, heldBack(domain::LedgerClass::Intended));
        QVERIFY(f->suppressed > 0 && f->expired > 0 && f->noRecipient > 0 && f->waiting > 0);
    }

    void latency()
    {
        const auto f = figures(shared());
        VERIFY_OK(f);
        QList<qint64> all, slow;
        for (const SeedMessage &m : mail().messages) {
            const domain::DeliveryFold fold = m.fold();
            if (!m.acceptedAt || !fold.delivered)
                continue;
            all.append(m.acceptedAt->msecsTo(*fold.delivered));
            if (fold.deferred)
                slow.append(all.constLast());
        }
        const auto percentile = [](QList<qint64> values, qsizetype percent) {
            std::sort(values.begin(), values.end());
            return values.at((values.size() * percent + 99) / 100 - 1);
        };
        QCOMPARE(f->latency.p50.value_or(-1), percentile(all, 50));
        QCOMPARE(f->latency.p95.value_or(-1), percentile(all, 95));
        QCOMPARE(f->latencyDeferred.p50.value_or(-1), percentile(slow, 50));
        QCOMPARE(f->latencyDeferred.p95.value_or(-1), percentile(slow, 95));
    }

    void withoutTrafficThereIsNoRatio()
    {
        const auto f = figures(shared(), window(test::seedNow().addYears(-2), test::seedNow().addYears(-1)));
        VERIFY_OK(f);
        QCOMPARE(f->counts, OutcomeCounts{});
        QVERIFY(!domain::settledRatio(f->counts));
        QVERIFY(!f->latency.p50 && !f->latencyDeferred.p95);
    }

    void filters_data()
    {
        QTest::addColumn<MessageFilter>("filter");
        QTest::addColumn<int>("which");
        const auto row = [](const char *name, int which, const std::function<void(MessageFilter &)> &set) {
            MessageFilter filter;
            set(filter);
            QTest::newRow(name) << filter << which;
        };
        row("template", 0, [](MessageFilter &f) { f.templates = {QString(domain::kinds::digestWeekly)}; });
        row("two templates", 1, [](MessageFilter &f) {
            f.templates = {QString(domain::kinds::digestWeekly), QString(domain::kinds::deployFailed)};
        });
        row("domain in any case", 2, [](MessageFilter &f) { f.domain = QStringLiteral(" Acme.TEST "); });
        row("domain is not a part", 3, [](MessageFilter &f) { f.domain = QStringLiteral("acme"); });
        row("provider", 4, [](MessageFilter &f) { f.providers = {QStringLiteral("smtp")}; });
        row("outcome", 5, [](MessageFilter &f) { f.outcomes = {QStringLiteral("unknown"), QStringLiteral("soft")}; });
        row("class", 6, [](MessageFilter &f) { f.classes = {QStringLiteral("complaint")}; });
        row("team", 7, [](MessageFilter &f) { f.team = test::teamId(test::seed::bravo); });
        row("address", 8, [](MessageFilter &f) { f.to = QStringLiteral("Olivia@Acme.test"); });
        row("repaired", 9, [](MessageFilter &f) { f.repairedOnly = true; });
        row("reason, literally", 10, [](MessageFilter &f) { f.reason = QStringLiteral("100% OF_policy"); });
        row("message id", 11, [](MessageFilter &f) { f.messageId = QStringLiteral("<2026.0001@relay.example>"); });
        row("time", 12, [](MessageFilter &f) {
            f.from = test::seedNow().addDays(-5);
            f.until = test::seedNow().addDays(-2);
        });
        row("part of the masked address", 13, [](MessageFilter &f) { f.to = QStringLiteral("M***@cotton"); });
    }
    void filters()
    {
        QFETCH(MessageFilter, filter);
        QFETCH(int, which);
        const QDateTime now = test::seedNow();
        const std::function<bool(const SeedMessage &)> same[] = {
            [](const SeedMessage &m) { return m.templateKind == domain::kinds::digestWeekly; },
            [](const SeedMessage &m) {
                return m.templateKind == domain::kinds::digestWeekly || m.templateKind == domain::kinds::deployFailed;
            },
            [](const SeedMessage &m) { return m.address.endsWith(QLatin1String("@acme.test")) && !m.ofReference; },
            [](const SeedMessage &) { return false; },
            [](const SeedMessage &m) { return m.provider == QLatin1String("smtp"); },
            [now](const SeedMessage &m) {
                return m.outcome(now) == domain::DeliveryOutcome::Unknown ||
                       m.outcome(now) == domain::DeliveryOutcome::Soft;
            },
            [](const SeedMessage &m) { return m.ledgerClass() == domain::LedgerClass::Complaint; },
            [](const SeedMessage &m) { return m.team == test::teamId(test::seed::bravo); },
            [](const SeedMessage &m) { return m.address == QLatin1String("olivia@acme.test") && !m.ofReference; },
            [](const SeedMessage &m) { return m.repairedAt.has_value(); },
            [](const SeedMessage &m) { return m.reason.contains(QLatin1String("of_policy")); },
            [](const SeedMessage &m) { return m.providerId == QLatin1String("2026.0001@relay.example"); },
            [now](const SeedMessage &m) { return m.sentAt() >= now.addDays(-5) && m.sentAt() < now.addDays(-2); },
            [](const SeedMessage &m) { return m.address.startsWith(QLatin1String("mia@")); }};
        const auto expected = countsOf(messagesWhere(same[which]));
        const auto f = figures(shared(), filter);
        VERIFY_OK(f);
        compare(f->counts, expected);
        QVERIFY(which == 3 || f->counts.accepted() > 0);
    }

    void badFilters()
    {
        BackendUnderTest &b = shared();
        MessageFilter filter;
        filter.outcomes = {QStringLiteral("vanished")};
        QCOMPARE(keyOf(figures(b, filter)), QStringLiteral("invalid_value"));
        filter.outcomes = {};
        filter.classes = {QStringLiteral("vanished")};
        QCOMPARE(keyOf(figures(b, filter)), QStringLiteral("invalid_value"));
        filter.classes = {};
        filter.reason = QString(QChar(u'\0'));
        const QString key = keyOf(figures(b, filter)); // a front end refuses it with the whole address
        QVERIFY2(key == QLatin1String("invalid_text") || key == QLatin1String("invalid_target"), qPrintable(key));
    }

    void daysHaveNoGaps()
    {
        const QDateTime from = test::seedNow().addDays(-30), until = test::seedNow();
        const auto s = series(shared(), window(from, until));
        VERIFY_OK(s);
        QCOMPARE(s->stepSeconds, qint64(86400));
        QCOMPARE(s->cohorts.size(), s->events.size());
        QCOMPARE(s->cohorts.first().start, QDateTime(from.date(), QTime(0, 0), Qt::UTC));
        OutcomeCounts sum;
        for (qsizetype i = 0; i < s->cohorts.size(); ++i) {
            QCOMPARE(s->cohorts.at(i).start, s->cohorts.first().start.addDays(i));
            QCOMPARE(s->events.at(i).start, s->cohorts.at(i).start);
            sum += s->cohorts.at(i).counts;
        }
        QCOMPARE(s->cohorts.last().start.date(), until.date());
        compare(sum, countsOf(mail().messages));
    }

    void eventsByTheirOwnTime()
    {
        const QDateTime from = test::seedNow().addDays(-30), until = test::seedNow();
        const auto s = series(shared(), window(from, until));
        VERIFY_OK(s);
        QHash<QString, qint64> seen, expected;
        for (const ports::EventPoint &point : s->events) {
            for (auto it = point.events.begin(); it != point.events.end(); ++it)
                seen[it.key()] += it.value();
        }
        for (const SeedMessage &m : mail().messages) {
            for (const usecases::EventRow &event : m.events)
                expected[domain::deliveryEventName(event.event)] += event.at >= from && event.at < until ? 1 : 0;
        }
        // Parked events belong to no message, but they did happen.
        for (const QString &name : {QStringLiteral("hard_bounce"), QStringLiteral("soft_bounce"),
                                    QStringLiteral("complaint"), QStringLiteral("deferred"), QStringLiteral("click")})
            QVERIFY2(seen.value(name) == expected.value(name) && seen.value(name) > 0, qPrintable(name));
        QVERIFY(seen.value(QStringLiteral("delivered")) >= expected.value(QStringLiteral("delivered")));
    }

    void anIncidentIsSeenByTheHour()
    {
        const QDateTime until = test::seedNow();
        const auto s = series(shared(), window(until.addDays(-3), until));
        VERIFY_OK(s);
        QCOMPARE(s->stepSeconds, qint64(3600));
        QCOMPARE(s->cohorts.size(), 72);
        OutcomeCounts sum;
        for (const ports::DeliveryPoint &point : s->cohorts)
            sum += point.counts;
        compare(sum, countsOf(messagesWhere(
                         [&](const SeedMessage &m) { return m.sentAt() >= until.addDays(-3) && m.sentAt() < until; })));
        const auto longer = series(shared(), window(until.addDays(-3).addMSecs(-1), until));
        VERIFY_OK(longer);
        QCOMPARE(longer->stepSeconds, qint64(86400));
    }

    void badRanges()
    {
        BackendUnderTest &b = shared();
        const QDateTime now = test::seedNow();
        MessageFilter open;
        QCOMPARE(keyOf(series(b, open)), QStringLiteral("invalid_range"));
        open.from = now;
        QCOMPARE(keyOf(series(b, open)), QStringLiteral("invalid_range"));
        QCOMPARE(keyOf(series(b, window(now, now))), QStringLiteral("invalid_range"));
        QCOMPARE(keyOf(series(b, window(now, now.addDays(-1)))), QStringLiteral("invalid_range"));
        QCOMPARE(keyOf(series(b, window(now.addDays(-400).addMSecs(-1), now))), QStringLiteral("invalid_range"));
        VERIFY_OK(series(b, window(now.addDays(-400), now)));
    }

    void groupsOfEveryDimension_data()
    {
        QTest::addColumn<int>("dimension");
        QTest::newRow("template") << int(DeliveryDimension::Template);
        QTest::newRow("domain") << int(DeliveryDimension::Domain);
        QTest::newRow("provider") << int(DeliveryDimension::Provider);
        QTest::newRow("template and domain") << int(DeliveryDimension::TemplateAndDomain);
    }
    void groupsOfEveryDimension()
    {
        QFETCH(int, dimension);
        const auto wanted = static_cast<DeliveryDimension>(dimension);
        const auto found = groups(shared(), wanted);
        VERIFY_OK(found);
        OutcomeCounts sum;
        QSet<QString> keys;
        for (qsizetype i = 0; i < found->size(); ++i) {
            const ports::DeliveryGroup &group = found->at(i);
            sum += group.counts;
            keys.insert(group.key + QLatin1Char('|') + group.second);
            if (wanted != DeliveryDimension::TemplateAndDomain)
                QCOMPARE(group.second, QString());
            const auto size = [](const OutcomeCounts &counts) { return counts.accepted() + counts.rejected; };
            if (i > 0)
                QVERIFY(size(found->at(i - 1).counts) >= size(group.counts));
            const auto same = messagesWhere([&](const SeedMessage &m) {
                const QString domainName = m.ofReference ? QString() : domain::addressDomain(m.address);
                switch (wanted) {
                case DeliveryDimension::Template:
                    return m.templateKind == group.key;
                case DeliveryDimension::Domain:
                    return domainName == group.key;
                case DeliveryDimension::Provider:
                    return m.provider == group.key;
                case DeliveryDimension::TemplateAndDomain:
                    return m.templateKind == group.key && domainName == group.second;
                }
                Q_UNREACHABLE();
            });
            compare(group.counts, countsOf(same));
        }
        QCOMPARE(keys.size(), found->size());
        compare(sum, countsOf(mail().messages));
    }

    void theLargestGroupsComeFirst()
    {
        BackendUnderTest &b = shared();
        const auto all = groups(b, DeliveryDimension::TemplateAndDomain),
                   three = groups(b, DeliveryDimension::Template, 3);
        VERIFY_OK(all);
        VERIFY_OK(three);
        QCOMPARE(three->size(), 3);
        for (const int limit : {0, 201, -1})
            QCOMPARE(keyOf(groups(b, DeliveryDimension::Template, limit)), QStringLiteral("invalid_limit"));
    }

    void health()
    {
        BackendUnderTest &b = shared();
        const auto h = answer(b.backend(Role::Admin).email().health(b.call(Role::Admin)));
        VERIFY_OK(h);
        QCOMPARE(h->asOf, test::seedNow());
        QCOMPARE(h->forwarderAt, mail().forwarderAt);
        QCOMPARE(h->forwarderResult, QStringLiteral("ok"));
        QCOMPARE(h->cursorAt.value_or(QDateTime()), test::seedNow().addSecs(-60));
        QCOMPARE(h->waiting, qint64(1));
        QCOMPARE(h->oldestWaiting.value_or(QDateTime()), mail().messages.at(19).intendedAt);
        QCOMPARE(h->parked, qint64(mail().parked.size()));
        QCOMPARE(h->oldestParked.value_or(QDateTime()), mail().parked.last().receivedAt);
        QCOMPARE(h->refusals24h, qint64(8));
        QCOMPARE(h->lastRefusalAt.value_or(QDateTime()), test::seedNow().addSecs(-3600));
        QCOMPARE(h->repairAt, mail().repairAt);
        QCOMPARE(h->repairRecovered, qint64(1));
        QVERIFY(!h->repairRunning);
        QDateTime lastEvent;
        for (const test::SeedWebhook &webhook : mail().webhooks) {
            if (webhook.entry.provider == QLatin1String("brevo") &&
                webhook.entry.outcome != ports::WebhookOutcome::Unparseable &&
                (!lastEvent.isValid() || webhook.entry.receivedAt > lastEvent))
                lastEvent = webhook.entry.receivedAt;
        }
        QCOMPARE(h->lastEventAt.value_or(QDateTime()), lastEvent);
    }

    void healthOfANewDatabase()
    {
        BackendUnderTest &b = fresh();
        b.editDatabase([](storage::Connection &c) {
            for (const char *table : {"email_delivery_events", "forwarder_sent", "webhook_inbox", "webhook_refusals",
                                      "job_leases", "job_cursors", "job_requests"})
                QVERIFY(c.execute(QStringLiteral("DELETE FROM ") + QString::fromLatin1(table)).ok());
        });
        const auto h = answer(b.backend(Role::Admin).email().health(b.call(Role::Admin)));
        VERIFY_OK(h);
        QVERIFY(!h->lastEventAt && !h->forwarderAt && !h->cursorAt && !h->oldestParked && !h->repairAt);
        QCOMPARE(h->forwarderResult, QString());
        QCOMPARE(h->waiting + h->parked + h->refusals24h + h->repairRecovered, qint64(0));
    }

    void whoMayLook()
    {
        BackendUnderTest &b = shared();
        VERIFY_OK(figures(b, {}, Role::Auditor));
        if (!b.has(Role::Stranger))
            return;
        ports::EmailService &email = b.backend(Role::Stranger).email();
        const ports::CallContext call = b.call(Role::Stranger);
        QCOMPARE(keyOf(figures(b, {}, Role::Stranger)), QStringLiteral("forbidden"));
        QCOMPARE(keyOf(answer(email.series(call, {}))), QStringLiteral("forbidden"));
        QCOMPARE(keyOf(answer(email.groups(call, {}, DeliveryDimension::Domain, 5))), QStringLiteral("forbidden"));
        QCOMPARE(keyOf(answer(email.health(call))), QStringLiteral("forbidden"));
        VERIFY_OK(figures(b, {}, Role::ReadOnly));
    }

    void aDatabaseThatIsGone()
    {
        BackendUnderTest &b = fresh();
        b.goAway();
        const auto f = figures(b);
        QCOMPARE(keyOf(f), QStringLiteral("db_failed"));
        QCOMPARE(f.error().code, domain::ErrorCode::Unavailable);
    }
};

REGISTER_SUITE(email_figures, TstEmailFigures)
#include "tst_email_figures.moc"
