#include "models/items/change_listener.h"
#include "models/items/customer_table_model.h"
#include "models/items/export_text.h"
#include "models/items/query_text.h"
#include "models/items/roles.h"
#include "tests/support/fake_backend.h"
#include "tests/support/test_main.h"

#include <QAbstractItemModelTester>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

namespace {

using items::CustomerTableModel;
using items::LoadState;

ports::CallContext call()
{
    ports::CallContext context;
    context.requestId = QStringLiteral("req-unit");
    return context;
}

QStringList idsOf(const CustomerTableModel &model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids << model.index(row, 0).data(items::IdRole).toString();
    return ids;
}

void fetchAll(CustomerTableModel &model)
{
    while (model.canFetchMore({})) {
        model.fetchMore({});
        QTRY_VERIFY(!model.fetchingMore());
    }
}

const items::QueryClock clockAt{QDateTime(QDate(2026, 6, 15), QTime(12, 0), Qt::UTC), QTimeZone::utc()};

} // namespace

class TstCustomerItems : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pagesComeInOrderAndWithoutDoubles()
    {
        test::FakeBackend backend(test::largeDataset(450));
        CustomerTableModel model(backend.customers(), call);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.reload();
        QCOMPARE(model.state(), LoadState::Loading);
        QTRY_COMPARE(model.state(), LoadState::Ready);
        QCOMPARE(model.rowCount(), 100);
        fetchAll(model);
        QVERIFY(model.total().has_value());
        QCOMPARE(qint64(model.rowCount()), *model.total());
        const QStringList ids = idsOf(model);
        QCOMPARE(QSet<QString>(ids.cbegin(), ids.cend()).size(), ids.size());
        qint64 before = std::numeric_limits<qint64>::max();
        for (int row = 0; row < model.rowCount(); ++row) {
            const qint64 cents = model.index(row, CustomerTableModel::Mrr).data(items::CentsRole).toLongLong();
            QVERIFY(cents <= before);
            before = cents;
        }
    }

    void theLatestAnswerWins()
    {
        test::FakeBackend backend;
        CustomerTableModel model(backend.customers(), call);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        backend.hold(test::Method::ListCustomers);
        model.reload();
        QTRY_COMPARE(backend.waiting(test::Method::ListCustomers), 1);
        ports::CustomerFilter acme;
        acme.q = QStringLiteral("acme");
        model.setFilter(acme);
        model.setSortText(QStringLiteral("name:asc"));
        model.reload();
        backend.releaseAll();
        QTRY_COMPARE(model.state(), LoadState::Ready);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, 0).data(items::IdRole).toString(), test::teamId(test::seed::acme).toString());
        QTest::qWait(0);
        QCOMPARE(model.rowCount(), 1);
    }

    void memoryStaysBounded()
    {
        test::FakeBackend backend(test::largeDataset(3200));
        CustomerTableModel model(backend.customers(), call);
        model.reload();
        QTRY_COMPARE(model.state(), LoadState::Ready);
        model.fetchMore({});
        QTRY_COMPARE(model.rowCount(), 200);
        const QString id = model.index(150, 0).data(items::IdRole).toString();
        fetchAll(model);
        QVERIFY(model.rowCount() >= 3000);
        QVERIFY(model.residentRows() <= (CustomerTableModel::maxResidentPages + 1) * 100);
        QVERIFY(model.index(150, 0).data(items::PlaceholderRole).toBool());
        QCOMPARE(model.index(150, 0).data().toString(), QStringLiteral("…"));
        QTRY_COMPARE(model.index(150, 0).data(items::IdRole).toString(), id);
    }

    void changedRowsAreReplacedWhereTheyStand()
    {
        test::FakeBackend backend;
        CustomerTableModel model(backend.customers(), call);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.reload();
        QTRY_COMPARE(model.state(), LoadState::Ready);
        const QStringList before = idsOf(model);
        const QString id = test::teamId(test::seed::bravo).toString();
        const int row = model.rowOfId(id);
        QVERIFY(row >= 0);
        items::ChangeListener listener(backend.changes());
        connect(&listener, &items::ChangeListener::changed, &model, [&model](const QList<ports::Change> &changes) {
            for (const ports::Change &change : changes)
                model.refreshRows({change.id});
        });
        backend.edit(
            [&](test::Dataset &data) {
                for (test::SeedTeam &team : data.teams)
                    if (team.id.toString() == id)
                        team.tier = QStringLiteral("team");
            },
            {{QStringLiteral("team"), id}});
        QTRY_COMPARE(model.index(row, CustomerTableModel::Tier).data().toString(), QStringLiteral("team"));
        QCOMPARE(idsOf(model), before);
    }

    void cancelAndFailureAreStates()
    {
        test::FakeBackend backend;
        CustomerTableModel model(backend.customers(), call);
        backend.hold(test::Method::ListCustomers);
        model.reload();
        model.cancel();
        QCOMPARE(model.state(), LoadState::Failed);
        QCOMPARE(model.error().code, domain::ErrorCode::Cancelled);
        backend.releaseAll();
        backend.setGone(true);
        model.reload();
        QTRY_COMPARE(model.state(), LoadState::Failed);
        QCOMPARE(model.error().code, domain::ErrorCode::Unavailable);
        QCOMPARE(model.lastRequestId(), QStringLiteral("req-unit"));
        backend.setGone(false);
        model.reload();
        QTRY_COMPARE(model.state(), LoadState::Ready);
        QVERIFY(model.rowCount() > 0);
    }

    void sortNamesGoBothWays()
    {
        test::FakeBackend backend;
        CustomerTableModel model(backend.customers(), call);
        QCOMPARE(model.sortText(), QStringLiteral("mrr:desc"));
        QSet<ports::CustomerSort> sorts;
        for (int column = 0; column < CustomerTableModel::ColumnCount; ++column) {
            const QString name = model.sortName(column);
            if (name.isEmpty())
                continue;
            model.setSortText(name + QStringLiteral(":asc"));
            QCOMPARE(model.sortColumn(), column);
            QCOMPARE(model.sortText(), name + QStringLiteral(":asc"));
            sorts.insert(model.sortKey());
        }
        QCOMPARE(sorts.size(), 7);
        model.setSortText(QStringLiteral("users:asc"));
        QCOMPARE(model.sortText(), model.defaultSortText());
    }

    void queryTextGivesTheFilter()
    {
        const auto filter =
            items::customerFilter(QStringLiteral("tier:pro,growth mrr>=40 seen<30d created>7d acme inc"), clockAt);
        QVERIFY(filter);
        QCOMPARE(filter->tiers, QStringList({QStringLiteral("pro"), QStringLiteral("growth")}));
        QCOMPARE(filter->mrrAtLeastCents, std::optional<qint64>(4000));
        QCOMPARE(filter->lastSeenFrom, std::optional<QDateTime>(clockAt.nowUtc.addDays(-30)));
        QVERIFY(!filter->lastSeenUntil);
        QCOMPARE(filter->createdUntil, std::optional<QDateTime>(clockAt.nowUtc.addDays(-7)));
        QCOMPARE(filter->q, QStringLiteral("acme inc"));
    }

    void datesBeginAtTheViewersMidnight()
    {
        const items::QueryClock kolkata{clockAt.nowUtc, QTimeZone("Asia/Kolkata")};
        const auto filter = items::customerFilter(QStringLiteral("created>=2026-06-01 created<2026-06-02"), kolkata);
        QVERIFY(filter);
        QCOMPARE(*filter->createdFrom, QDateTime(QDate(2026, 5, 31), QTime(18, 30), Qt::UTC));
        QCOMPARE(*filter->createdUntil, QDateTime(QDate(2026, 6, 1), QTime(18, 30), Qt::UTC));
    }

    void filterGoesToTextAndBack()
    {
        ports::CustomerFilter filter;
        filter.q = QStringLiteral("50% off");
        filter.tiers = {QStringLiteral("hobby_plus")};
        filter.mrrAtLeastCents = 1950;
        filter.createdFrom = QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
        filter.lastSeenUntil = QDateTime(QDate(2026, 2, 3), QTime(4, 5, 6, 7), Qt::UTC);
        const QString text = items::customerQueryText(filter, QTimeZone::utc());
        const auto again = items::customerFilter(text, clockAt);
        QVERIFY2(again, qPrintable(text));
        QCOMPARE(*again, filter);
    }

    void wrongQueriesSaySo_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("unknown field") << QStringLiteral("teir:pro") << QStringLiteral("tier");
        QTest::newRow("amount") << QStringLiteral("mrr>=many") << QStringLiteral("mrr>=40");
        QTest::newRow("time") << QStringLiteral("seen<soon") << QStringLiteral("seen<30d");
        QTest::newRow("negated word") << QStringLiteral("-acme") << QStringLiteral("acme");
    }
    void wrongQueriesSaySo()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto filter = items::customerFilter(text, clockAt);
        QVERIFY(!filter);
        QVERIFY2(items::queryErrorText(filter.error()).contains(says),
                 qPrintable(items::queryErrorText(filter.error())));
    }

    void chipsAndFieldsAreEdited()
    {
        const QStringList &fields = items::customerQueryFields();
        const QString text = QStringLiteral("tier:pro mrr>=40 acme");
        const auto chips = items::queryChips(text, fields);
        QCOMPARE(chips.size(), 2);
        QCOMPARE(chips.first().label, QStringLiteral("Tier"));
        QCOMPARE(chips.last().value, QStringLiteral("≥ $40"));
        QCOMPARE(items::freeTextOf(text, fields), QStringLiteral("acme"));
        QCOMPARE(items::withoutTerm(text, chips.first().term, fields), QStringLiteral("mrr>=40 acme"));
        QCOMPARE(items::withField(text, QStringLiteral("tier"), QStringLiteral("tier:free"), fields),
                 QStringLiteral("tier:free mrr>=40 acme"));
    }

    void exportIsSafeForSpreadsheets()
    {
        QCOMPARE(items::csvCell(QStringLiteral("=SUM(A1)")), QByteArray("'=SUM(A1)"));
        QCOMPARE(items::csvCell(QStringLiteral("-1+2")), QByteArray("'-1+2"));
        QCOMPARE(items::csvCell(QStringLiteral("a,\"b\"")), QByteArray("\"a,\"\"b\"\"\""));
        ports::CustomerRow row;
        row.name = QStringLiteral("@evil");
        row.createdAt = clockAt.nowUtc;
        const QByteArray line = items::customerExportRow(ports::ExportFormat::Csv, row, QTimeZone("Asia/Kolkata"));
        QVERIFY(line.contains(",'@evil,"));
        QVERIFY(line.contains("2026-06-15T12:00:00.000Z,2026-06-15 17:30:00"));
    }
};

REGISTER_SUITE(customer_items, TstCustomerItems)
#include "tst_customer_items.moc"
