#include "models/items/audit_table_model.h"
#include "models/items/list_table_model.h"
#include "models/items/query_text.h"
#include "models/items/roles.h"
#include "tests/support/fake_backend.h"
#include "tests/support/test_main.h"

#include <QAbstractItemModelTester>
#include <QSet>
#include <QTest>

namespace {

using items::AuditTableModel;
using items::LoadState;

ports::CallContext call()
{
    return {};
}

QString idAt(const AuditTableModel &model, int row)
{
    return model.index(row, 0).data(items::IdRole).toString();
}

void write(test::FakeBackend &backend, int count, const QString &summary, int afterSeconds = 60)
{
    backend.edit(
        [&](test::Dataset &data) {
            for (int i = 0; i < count; ++i) {
                domain::AuditEntry entry;
                entry.id = domain::AuditId::random();
                entry.actor = QStringLiteral("system");
                entry.kind = QStringLiteral("auth.login");
                entry.summary = summary;
                entry.createdAt = data.now.addSecs(afterSeconds + i);
                data.audit << entry;
            }
        },
        {{QStringLiteral("audit"), {}}});
}

} // namespace

class TstAuditItems : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowOnceThoughManyShareATime()
    {
        test::FakeBackend backend;
        AuditTableModel model(backend.audit(), call);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.reload();
        QTRY_COMPARE(model.state(), LoadState::Ready);
        while (model.canFetchMore({})) {
            model.fetchMore({});
            QTRY_VERIFY(!model.fetchingMore());
        }
        QSet<QString> ids;
        for (int row = 0; row < model.rowCount(); ++row)
            ids.insert(idAt(model, row));
        QCOMPARE(ids.size(), model.rowCount());
        QCOMPARE(model.rowCount(), static_cast<int>(backend.data().audit.size()));
    }

    void newRowsAreCountedUntilTheyAreWanted()
    {
        test::FakeBackend backend;
        AuditTableModel model(backend.audit(), call);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.reload();
        QTRY_COMPARE(model.state(), LoadState::Ready);
        const int rows = model.rowCount();
        const QString top = idAt(model, 0);
        write(backend, 3, QStringLiteral("late"));
        model.checkForNew();
        QTRY_COMPARE(model.waiting(), 3);
        QVERIFY(!model.waitingOverflow());
        QCOMPARE(model.rowCount(), rows);
        QCOMPARE(idAt(model, 0), top);
        model.showWaiting();
        QCOMPARE(model.waiting(), 0);
        QCOMPARE(model.rowCount(), rows + 3);
        QCOMPARE(idAt(model, 3), top);
        QCOMPARE(model.index(0, AuditTableModel::Summary).data().toString(), QStringLiteral("late"));
    }

    void followingPutsThemOnTop()
    {
        test::FakeBackend backend;
        AuditTableModel model(backend.audit(), call);
        model.setFollowing(true);
        model.reload();
        QTRY_COMPARE(model.state(), LoadState::Ready);
        const int rows = model.rowCount();
        write(backend, 2, QStringLiteral("followed"));
        model.checkForNew();
        QTRY_COMPARE(model.rowCount(), rows + 2);
        QCOMPARE(model.waiting(), 0);
    }

    void aRowThatWasCommittedLateIsNotMissed()
    {
        test::FakeBackend backend;
        write(backend, 1, QStringLiteral("first"), 300);
        AuditTableModel model(backend.audit(), call);
        model.reload();
        QTRY_COMPARE(model.state(), LoadState::Ready);
        write(backend, 1, QStringLiteral("late"), 100);
        model.checkForNew();
        QTRY_COMPARE(model.waiting(), 1);
        model.showWaiting();
        QTRY_COMPARE(model.index(1, AuditTableModel::Summary).data().toString(), QStringLiteral("late"));
        QCOMPARE(model.index(0, AuditTableModel::Summary).data().toString(), QStringLiteral("first"));
    }

    void moreNewRowsThanAPageStartOver()
    {
        test::FakeBackend backend;
        AuditTableModel model(backend.audit(), call);
        model.reload();
        QTRY_COMPARE(model.state(), LoadState::Ready);
        write(backend, 150, QStringLiteral("burst"));
        model.checkForNew();
        QTRY_VERIFY(model.waitingOverflow());
        model.showWaiting();
        QTRY_COMPARE(model.state(), LoadState::Ready);
        QTRY_COMPARE(model.waiting(), 0);
        QCOMPARE(model.index(99, AuditTableModel::Summary).data().toString(), QStringLiteral("burst"));
    }

    void queryTextGivesTheFilterAndBack()
    {
        const items::QueryClock clock{QDateTime(QDate(2026, 6, 15), QTime(12, 0), Qt::UTC), QTimeZone::utc()};
        const QString team = test::teamId(1).toString();
        const auto filter = items::auditFilter(
            QStringLiteral("kind:admin.* actor:Admin team:%1 after:2026-06-01 before:7d \"by hand\"").arg(team), clock);
        QVERIFY(filter);
        QCOMPARE(filter->kind, QStringLiteral("admin.*"));
        QCOMPARE(filter->actor, QStringLiteral("admin"));
        QCOMPARE(filter->team->toString(), team);
        QCOMPARE(*filter->from, QDateTime(QDate(2026, 6, 1), QTime(0, 0), Qt::UTC));
        QCOMPARE(*filter->until, clock.nowUtc.addDays(-7));
        QCOMPARE(filter->text, QStringLiteral("by hand"));
        const auto again = items::auditFilter(items::auditQueryText(*filter, QTimeZone::utc()), clock);
        QVERIFY(again);
        QCOMPARE(*again, *filter);
        const auto faults = items::auditFilter(QStringLiteral("faults:Yes mirror"), clock);
        QVERIFY(faults && faults->faults);
        QCOMPARE(items::auditQueryText(*faults, QTimeZone::utc()), QStringLiteral("faults:yes mirror"));
        QVERIFY(!items::auditFilter(QStringLiteral("faults:no"), clock));
        QVERIFY(!items::auditFilter(QStringLiteral("team:acme"), clock));
        QVERIFY(!items::auditFilter(QStringLiteral("-kind:admin.*"), clock));
    }

    void listsAreChangedInPlace()
    {
        using Model = items::ListTableModel<domain::User>;
        Model::Column email;
        email.title = QStringLiteral("E-mail");
        email.text = [](const domain::User &user) { return user.email; };
        Model model({email}, [](const domain::User &user) { return user.id.toString(); });
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        domain::User user;
        user.id = domain::UserId::random();
        user.email = QStringLiteral("a@example.test");
        model.setRows({user});
        const QPersistentModelIndex index = model.index(0, 0);
        user.email = QStringLiteral("b@example.test");
        model.setRows({user});
        QVERIFY(index.isValid());
        QCOMPARE(index.data().toString(), QStringLiteral("b@example.test"));
        model.setRows({});
        QVERIFY(!index.isValid());
    }
};

REGISTER_SUITE(audit_items, TstAuditItems)
#include "tst_audit_items.moc"
