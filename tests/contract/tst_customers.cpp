#include "tests/contract/contract_suite.h"
#include "tests/support/test_main.h"

#include "models/domain/tier.h"

#include <QSet>

using namespace contract;
using ports::CustomerFilter;
using ports::CustomerQuery;
using ports::CustomerRow;
using ports::CustomerSort;

Q_DECLARE_METATYPE(ports::CustomerSort)

class TstCustomers : public ContractSuite {
    Q_OBJECT

    QList<CustomerRow> everyPage(BackendUnderTest &b, CustomerQuery query, int limit)
    {
        QList<CustomerRow> all;
        query.limit = limit;
        query.cursor.clear();
        for (int pages = 0; pages < 200; ++pages) {
            const auto page = answer(b.backend(Role::Admin).customers().list(b.call(Role::Admin), query));
            if (!page) {
                qWarning("%s", qPrintable(detailOf(page)));
                return {};
            }
            all += page->rows;
            query.cursor = page->next;
            if (query.cursor.isEmpty())
                return all;
        }
        qWarning("the pages do not end");
        return {};
    }

    static QStringList namesOf(const QList<CustomerRow> &rows)
    {
        QStringList names;
        for (const CustomerRow &row : rows)
            names.append(row.name);
        names.sort();
        return names;
    }

    QStringList found(BackendUnderTest &b, const CustomerFilter &filter)
    {
        CustomerQuery query;
        query.filter = filter;
        return namesOf(everyPage(b, query, 500));
    }

    /// −1, 0, 1 by the sort's key alone; never seen comes last in both directions.
    static int compare(const CustomerRow &a, const CustomerRow &b, CustomerSort sort, bool descending)
    {
        const auto order = [descending](auto x, auto y) {
            if (x == y)
                return 0;
            return (x < y) == !descending ? -1 : 1;
        };
        switch (sort) {
        case CustomerSort::Mrr:
            return order(a.mrrListCents, b.mrrListCents);
        case CustomerSort::Tier:
            return order(domain::tierRank(a.tier), domain::tierRank(b.tier));
        case CustomerSort::Storage:
            return order(a.storageBytes, b.storageBytes);
        case CustomerSort::Deployments:
            return order(a.deploymentsActive, b.deploymentsActive);
        case CustomerSort::LastSeen:
            if (!a.lastSeenAt || !b.lastSeenAt)
                return a.lastSeenAt.has_value() == b.lastSeenAt.has_value() ? 0 : (a.lastSeenAt ? -1 : 1);
            return order(*a.lastSeenAt, *b.lastSeenAt);
        case CustomerSort::Created:
            return order(a.createdAt, b.createdAt);
        case CustomerSort::Name:
            return order(a.name.toLower(), b.name.toLower());
        }
        return 0;
    }

private Q_SLOTS:
    void pagesAreCompleteAndOrdered_data()
    {
        QTest::addColumn<CustomerSort>("sort");
        QTest::addColumn<bool>("descending");
        QTest::addColumn<QString>("q");
        const std::pair<const char *, CustomerSort> sorts[] = {
            {"mrr", CustomerSort::Mrr},           {"tier", CustomerSort::Tier},
            {"storage", CustomerSort::Storage},   {"deployments", CustomerSort::Deployments},
            {"lastSeen", CustomerSort::LastSeen}, {"created", CustomerSort::Created},
            {"name", CustomerSort::Name}};
        for (const auto &[name, sort] : sorts) {
            for (const bool descending : {true, false}) {
                const QByteArray direction = descending ? " desc" : " asc";
                QTest::newRow(QByteArray(name) + direction) << sort << descending << QString();
                QTest::newRow(QByteArray(name) + direction + " with text")
                    << sort << descending << QStringLiteral("crowd");
            }
        }
    }
    void pagesAreCompleteAndOrdered()
    {
        QFETCH(CustomerSort, sort);
        QFETCH(bool, descending);
        QFETCH(QString, q);
        BackendUnderTest &b = shared();
        CustomerQuery query;
        query.sort = sort;
        query.descending = descending;
        query.filter.q = q;
        const qsizetype expected = q.isEmpty() ? test::smallDataset().teams.size() : 30;

        const QList<CustomerRow> whole = everyPage(b, query, 500);
        QCOMPARE(whole.size(), expected);
        for (qsizetype i = 1; i < whole.size(); ++i) {
            const CustomerRow &before = whole.at(i - 1);
            const CustomerRow &after = whole.at(i);
            const int byKey = compare(before, after, sort, descending);
            QVERIFY2(byKey <= 0, qPrintable(before.name + QStringLiteral(" before ") + after.name));
            if (byKey == 0) {
                QVERIFY(before.createdAt >= after.createdAt);
                if (before.createdAt == after.createdAt)
                    QVERIFY(before.id.toString() < after.id.toString());
            }
        }
        for (const int limit : {1, 7})
            QCOMPARE(everyPage(b, query, limit), whole);
    }

    void totalIsThatOfTheFilteredSet()
    {
        BackendUnderTest &b = shared();
        CustomerQuery query;
        query.limit = 3;
        query.filter.tiers = {QStringLiteral("hobby"), QStringLiteral("pro")};
        const auto page = answer(b.backend(Role::Admin).customers().list(b.call(Role::Admin), query));
        VERIFY_OK(page);
        QCOMPARE(page->rows.size(), 3);
        QCOMPARE(page->total.value_or(-1), qint64(everyPage(b, query, 500).size()));
        query.cursor = page->next;
        const auto second = answer(b.backend(Role::Admin).customers().list(b.call(Role::Admin), query));
        VERIFY_OK(second);
        QCOMPARE(second->total, page->total);
        for (const CustomerRow &row : everyPage(b, query, 500))
            QVERIFY(query.filter.tiers.contains(row.tier));
    }

    void anEmptyResultHasTotalZero()
    {
        BackendUnderTest &b = shared();
        for (const QString &q : {QStringLiteral("no such customer"), QString()}) {
            CustomerQuery query;
            query.filter.q = q;
            query.filter.tiers = {QStringLiteral("platinum")};
            const auto page = answer(b.backend(Role::Admin).customers().list(b.call(Role::Admin), query));
            VERIFY_OK(page);
            QVERIFY(page->rows.isEmpty());
            QVERIFY(page->next.isEmpty());
            QCOMPARE(page->total.value_or(-1), qint64(0));
        }
    }

    void textIsLiteralAndIgnoresCase_data()
    {
        QTest::addColumn<QString>("q");
        QTest::addColumn<QStringList>("names");
        const QStringList acme{QStringLiteral("Acme Robotics")};
        QTest::newRow("name") << QStringLiteral("aCME rob") << acme;
        QTest::newRow("any user's e-mail") << QStringLiteral("LIAM@acme") << acme;
        QTest::newRow("percent") << QStringLiteral("0%") << QStringList{QStringLiteral("100% Cotton")};
        QTest::newRow("underscore") << QStringLiteral("e_c") << QStringList{QStringLiteral("snake_case Ltd")};
        QTest::newRow("backslash") << QStringLiteral("\\") << QStringList{};
        QTest::newRow("quote") << QStringLiteral("' OR 1=1 --") << QStringList{};
        QTest::newRow("team id") << test::teamId(test::seed::acme).toString() << acme;
        QTest::newRow("team id in capitals") << test::teamId(test::seed::acme).toString().toUpper() << acme;
        QTest::newRow("user id") << test::uuid(0x100002).toString(QUuid::WithoutBraces) << acme;
        QTest::newRow("resource id") << test::uuid(0x200001).toString(QUuid::WithoutBraces) << acme;
        QTest::newRow("part of an id") << QStringLiteral("00000001-0000-4000-8000") << QStringList{};
        QTest::newRow("unknown id") << test::uuid(0xffff).toString(QUuid::WithoutBraces) << QStringList{};
        QTest::newRow("spaces around") << QStringLiteral("  acme  ") << acme;
    }
    void textIsLiteralAndIgnoresCase()
    {
        QFETCH(QString, q);
        QFETCH(QStringList, names);
        CustomerFilter filter;
        filter.q = q;
        QCOMPARE(found(shared(), filter), names);
    }

    void rangesAreHalfOpen()
    {
        BackendUnderTest &b = shared();
        const QDateTime created = test::seedNow().addDays(-50);
        CustomerFilter filter;
        filter.createdFrom = created;
        filter.createdUntil = created.addMSecs(1);
        const QStringList both{QStringLiteral("100% Cotton"), QStringLiteral("snake_case Ltd")};
        QCOMPARE(found(b, filter), both);
        filter.createdUntil = created;
        QCOMPARE(found(b, filter), QStringList{});

        CustomerFilter seen;
        seen.lastSeenUntil = test::seedNow().addYears(1);
        const auto rows = everyPage(b, CustomerQuery{seen, CustomerSort::Name, true, 500, {}, 0}, 500);
        QVERIFY(!rows.isEmpty());
        QVERIFY(rows.size() < test::smallDataset().teams.size());
        for (const CustomerRow &row : rows)
            QVERIFY(row.lastSeenAt.has_value());
        seen.lastSeenFrom = rows.first().lastSeenAt;
        seen.lastSeenUntil = rows.first().lastSeenAt->addMSecs(1);
        QVERIFY(found(b, seen).contains(rows.first().name));
    }

    void mrrFloorKeepsTheDearOnes()
    {
        CustomerFilter filter;
        filter.mrrAtLeastCents = 4900;
        CustomerQuery query;
        query.filter = filter;
        const auto rows = everyPage(shared(), query, 500);
        QVERIFY(!rows.isEmpty());
        for (const CustomerRow &row : rows)
            QVERIFY(row.mrrListCents >= 4900);
        filter.tiers = {QStringLiteral("free")};
        QCOMPARE(found(shared(), filter), QStringList{});
    }

    void rowsSayWhatTheTeamHas()
    {
        CustomerQuery query;
        query.filter.q = QStringLiteral("olivia@acme.test");
        const auto rows = everyPage(shared(), query, 10);
        QCOMPARE(rows.size(), 1);
        const CustomerRow &row = rows.first();
        constexpr qint64 mb = 1024 * 1024;
        QCOMPARE(row.primaryEmail, QStringLiteral("olivia@acme.test"));
        QCOMPARE(row.tier, QStringLiteral("pro"));
        QCOMPARE(row.status, QStringLiteral("active"));
        QCOMPARE(row.mrrListCents, qint64(4900));
        QCOMPARE(row.userCount, 3);
        QCOMPARE(row.resourceCount, 6);
        QCOMPARE(row.deploymentsActive, 2);
        QCOMPARE(row.storageBytes, (9000 + 100 + 6000 + 30) * mb + 4200);
        QCOMPARE(row.storageLimitBytes, (10240 + 512 + 5120 + 5120) * mb);
        QVERIFY(row.hasNotes);
        QCOMPARE(row.createdAt, test::seedNow().addDays(-400));
        // The operator's own row of five minutes ago does not count.
        QCOMPARE(row.lastSeenAt.value_or(QDateTime()), test::seedNow().addDays(-1));
    }

    void aTeamWithNothingIsListedToo()
    {
        CustomerQuery query;
        query.filter.q = test::teamId(test::seed::nobody).toString();
        const auto rows = everyPage(shared(), query, 10);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().name, QString());
        QCOMPARE(rows.first().primaryEmail, QString());
        QCOMPARE(rows.first().lastSeenAt, std::nullopt);
        QCOMPARE(rows.first().storageLimitBytes, qint64(0));
        query.filter.q = QStringLiteral("Tomb Stone");
        QCOMPARE(everyPage(shared(), query, 10).value(0).status, QStringLiteral("tombstoned"));
    }

    void sumsAreThoseOfTheList_data()
    {
        QTest::addColumn<QString>("q");
        QTest::addColumn<QStringList>("tiers");
        QTest::newRow("everything") << QString() << QStringList{};
        QTest::newRow("text") << QStringLiteral("crowd") << QStringList{};
        QTest::newRow("two tiers") << QString() << QStringList{QStringLiteral("hobby"), QStringLiteral("team")};
        QTest::newRow("nothing") << QStringLiteral("nothing like this") << QStringList{};
    }
    void sumsAreThoseOfTheList()
    {
        QFETCH(QString, q);
        QFETCH(QStringList, tiers);
        BackendUnderTest &b = shared();
        CustomerQuery query;
        query.filter.q = q;
        query.filter.tiers = tiers;
        ports::CustomerSums expected;
        QList<qint64> prices;
        for (const CustomerRow &row : everyPage(b, query, 500)) {
            ++expected.count;
            expected.paying += row.mrrListCents > 0 ? 1 : 0;
            expected.mrrListCents += row.mrrListCents;
            expected.storageBytes += row.storageBytes;
            expected.deploymentsActive += row.deploymentsActive;
            prices.append(row.mrrListCents);
        }
        std::sort(prices.begin(), prices.end());
        if (!prices.isEmpty())
            expected.medianMrrCents = (prices.at((prices.size() - 1) / 2) + prices.at(prices.size() / 2)) / 2;
        const auto sums = answer(b.backend(Role::Admin).customers().sums(b.call(Role::Admin), query.filter));
        VERIFY_OK(sums);
        QCOMPARE(sums->count, expected.count);
        QCOMPARE(sums->paying, expected.paying);
        QCOMPARE(sums->medianMrrCents, expected.medianMrrCents);
        QVERIFY(*sums == expected);
    }

    void aCursorBelongsToItsList()
    {
        BackendUnderTest &b = shared();
        CustomerQuery query;
        query.limit = 5;
        query.sort = CustomerSort::Name;
        auto &customers = b.backend(Role::Admin).customers();
        const auto first = answer(customers.list(b.call(Role::Admin), query));
        VERIFY_OK(first);
        QVERIFY(!first->next.isEmpty());
        query.cursor = first->next;
        CustomerQuery otherSort = query;
        otherSort.sort = CustomerSort::Storage;
        CustomerQuery otherDirection = query;
        otherDirection.descending = false;
        CustomerQuery otherFilter = query;
        otherFilter.filter.q = QStringLiteral("a");
        CustomerQuery garbage = query;
        garbage.cursor = QStringLiteral("garbage");
        CustomerQuery notBase64 = query;
        notBase64.cursor = QStringLiteral("%%%é");
        for (const CustomerQuery &wrong : {otherSort, otherDirection, otherFilter, garbage, notBase64}) {
            const auto refused = answer(customers.list(b.call(Role::Admin), wrong));
            QCOMPARE(keyOf(refused), QStringLiteral("invalid_cursor"));
            QCOMPARE(refused.error().code, domain::ErrorCode::InvalidInput);
        }
    }

    void limitsAndOffsets()
    {
        BackendUnderTest &b = shared();
        auto &customers = b.backend(Role::Admin).customers();
        for (const int limit : {0, -1, 501}) {
            CustomerQuery query;
            query.limit = limit;
            QCOMPARE(keyOf(answer(customers.list(b.call(Role::Admin), query))), QStringLiteral("invalid_limit"));
        }
        CustomerQuery negative;
        negative.offset = -1;
        QCOMPARE(keyOf(answer(customers.list(b.call(Role::Admin), negative))), QStringLiteral("invalid_offset"));
        for (const CustomerSort sort : {CustomerSort::Mrr, CustomerSort::LastSeen, CustomerSort::Name}) {
            CustomerQuery query;
            query.sort = sort;
            const auto whole = everyPage(b, query, 500);
            query.limit = 10;
            for (const int offset : {3, 17, 38, 1000}) {
                query.offset = offset;
                const auto page = answer(customers.list(b.call(Role::Admin), query));
                VERIFY_OK(page);
                QCOMPARE(page->rows, whole.mid(offset, 10));
                QCOMPARE(page->total.value_or(-1), qint64(whole.size()));
            }
        }
    }

    void textWithNulIsRefused()
    {
        BackendUnderTest &b = shared();
        CustomerQuery query;
        query.filter.q = QStringLiteral("a") + QChar(u'\0');
        const auto refused = answer(b.backend(Role::Admin).customers().list(b.call(Role::Admin), query));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, domain::ErrorCode::InvalidInput);
    }

    void permissions()
    {
        BackendUnderTest &b = shared();
        for (const Role role : {Role::Auditor, Role::ReadOnly, Role::Stranger}) {
            if (!b.has(role))
                continue;
            const QString expected = role == Role::Stranger ? QStringLiteral("forbidden") : QStringLiteral("ok");
            auto &customers = b.backend(role).customers();
            QCOMPARE(keyOf(answer(customers.list(b.call(role), {}))), expected);
            QCOMPARE(keyOf(answer(customers.sums(b.call(role), {}))), expected);
            QCOMPARE(keyOf(answer(customers.detail(b.call(role), test::teamId(test::seed::acme)))), expected);
            QCOMPARE(keyOf(answer(customers.notes(b.call(role), test::teamId(test::seed::acme)))), expected);
        }
    }
};

REGISTER_SUITE(customers, TstCustomers)
#include "tst_customers.moc"
