#include "models/domain/audit_kind_names.h"
#include "models/items/customer_table_model.h"
#include "models/items/roles.h"
#include "services/local/local_core.h"
#include "services/platform/plan_loader.h"
#include "tests/support/gui_app.h"
#include "tests/support/heartbeat.h"
#include "tests/support/seed.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_host.h"
#include "tests/support/test_main.h"
#include "views/dialogs/tier_change_dialog.h"
#include "views/pages/page_factory.h"
#include "views/shell/main_window.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QThread>

#include <stdexcept>

using test::await;
using Column = items::CustomerTableModel::Column;

namespace {

template <typename T>
T orThrow(domain::Result<T> result)
{
    if (!result)
        throw std::runtime_error((result.error().key + QLatin1Char(' ') + result.error().detail).toStdString());
    return std::move(result).value();
}

std::unique_ptr<local::LocalCore> openCore(const test::TempDatabase &database, const platform::Clock &clock)
{
    storage::DatabaseConfig config = database.config();
    config.poolSize = 4;
    return orThrow(local::LocalCore::open(
        config, {true, QStringLiteral("desk@example.com"), orThrow(platform::loadEmbeddedPlans()), &clock}));
}

/// Everything between a click and the file: window, client, HTTP, host, core, SQLite. A second client is somebody else.
class RemoteWindow {
public:
    RemoteWindow()
    {
        window.resize(1440, 900);
        window.show();
        window.activateWindow();
    }

    /// The host ends while the window's event loop runs, as it does when it is another process.
    void hostGoes()
    {
        elsewhere([this] { host.stop(); });
    }
    void hostReturns()
    {
        elsewhere([this] { host.restart(); });
    }

    template <typename W>
    W *find(const QString &name) const
    {
        return window.findChild<W *>(name);
    }
    QTableView *table() const { return find<QTableView>(QStringLiteral("customers.table")); }
    QWidget *empty() const { return find<QWidget>(QStringLiteral("customers.empty")); }
    QPushButton *retry() const { return empty()->findChild<QPushButton *>(QStringLiteral("emptyState.retry")); }
    QString connection() const { return find<QLabel>(QStringLiteral("statusLine.connection"))->text(); }
    QModelIndex rowOf(domain::TeamId team) const
    {
        const QAbstractItemModel *model = table()->model();
        return model->match(model->index(0, 0), items::IdRole, team.toString(), 1, Qt::MatchExactly).value(0);
    }
    QString cell(domain::TeamId team, Column column) const
    {
        return rowOf(team).siblingAtColumn(column).data().toString();
    }
    QString screen() const { return window.currentPage() ? window.currentPage()->screen() : QString(); }
    void openCustomer(domain::TeamId team) { window.open({QStringLiteral("customer"), team.toString(), {}}); }
    void trigger(const QString &action) const
    {
        for (const pages::PageAction &offered : window.currentPage()->actions())
            if (offered.id == action && offered.enabled)
                return offered.trigger();
        throw std::runtime_error((QLatin1StringView("not offered: ") + action).toStdString());
    }

    domain::Result<ports::TierChangeResult> otherMoves(domain::TeamId team, const char *tier)
    {
        return await(
            other->customers().changeTier({}, {team, QString::fromLatin1(tier), QStringLiteral("by another")}));
    }
    qsizetype tierChangesOf(domain::TeamId team)
    {
        ports::AuditQuery query;
        query.filter.team = team;
        query.filter.kind = domain::kinds::adminTierChanged;
        return orThrow(await(other->audit().search({}, query))).rows.size();
    }

    test::Dataset data = test::smallDataset();
    platform::FixedClock clock{data.now};
    test::TempDatabase database{storage::Engine::Sqlite};
    domain::Done seeded = orThrow(test::writeDataset(*database.connect(), data));
    std::unique_ptr<local::LocalCore> core = openCore(database, clock);
    test::TestHost host{{core->backend(), core->access(), core->plans(), clock}};
    std::unique_ptr<remote::RemoteBackend> other = host.client(host.token());
    shell::MainWindow window{std::shared_ptr<ports::Backend>(host.client(host.token())), options()};

private:
    static shell::WindowOptions options()
    {
        shell::WindowOptions options;
        options.makePage = pages::makePage;
        return options;
    }
    static void elsewhere(const std::function<void()> &work)
    {
        std::exception_ptr failure;
        const std::unique_ptr<QThread> thread(QThread::create([&] {
            try {
                work();
            } catch (...) {
                failure = std::current_exception();
            }
        }));
        QSignalSpy finished(thread.get(), &QThread::finished);
        thread->start();
        if (!thread->isFinished())
            finished.wait(60'000);
        thread->wait();
        if (failure)
            std::rethrow_exception(failure);
    }
};

/// What the labels of a widget say to whoever looks at it.
QString saidBy(const QWidget *widget)
{
    QStringList all;
    for (const QLabel *label : widget->findChildren<QLabel *>())
        if (label->isVisible())
            all << label->text();
    return all.join(QLatin1Char('\n'));
}

const domain::TeamId acme = test::teamId(test::seed::acme);
const domain::TeamId bravo = test::teamId(test::seed::bravo);

/// The bar of the product: a slow or lost host must not be felt.
constexpr qint64 feltMs = 100;

} // namespace

/// The window of the desktop on a headless host that goes away and comes back.
class TstRemoteHost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::prepareGui(); }

    void theListFillsAndACustomerOpens()
    {
        RemoteWindow w;
        w.window.open({QStringLiteral("customers"), {}, {}});
        QTRY_VERIFY(w.table() && w.table()->model()->rowCount() > 10);
        QCOMPARE(w.table()->model()->rowCount(), orThrow(await(w.other->customers().list({}, {}))).rows.size());
        QCOMPARE(w.cell(acme, Column::Name), QStringLiteral("Acme Robotics"));
        QTRY_VERIFY(w.find<QLabel>(QStringLiteral("statusLine.text"))->text().contains(QStringLiteral("customers")));
        QVERIFY(QTest::qWaitForWindowActive(&w.window));

        w.table()->setFocus();
        w.table()->setCurrentIndex(w.rowOf(acme));
        QTest::keyClick(w.table(), Qt::Key_Return);
        QCOMPARE(w.screen(), QStringLiteral("customer"));
        QTRY_VERIFY(w.window.currentPage()->settled());
        QCOMPARE(w.window.currentPage()->title(), QStringLiteral("Acme Robotics"));
        QVERIFY(saidBy(w.window.currentPage()).contains(QStringLiteral("$49.00")));
    }

    void theOutageIsSaidAndNotFelt()
    {
        RemoteWindow w;
        w.openCustomer(acme);
        QTRY_VERIFY(w.window.currentPage()->settled());
        w.window.open({QStringLiteral("customers"), {}, {}});
        QTRY_VERIFY(w.table()->model()->rowCount() > 10);
        QTRY_COMPARE(w.host.server().figures().streams, 1);
        QVERIFY(QTest::qWaitForWindowActive(&w.window));

        test::Heartbeat heart;
        w.hostGoes();
        QTest::keyClick(&w.window, Qt::Key_F5);
        QTRY_VERIFY(w.retry()->isVisible());
        QVERIFY(w.empty()->accessibleName().contains(QStringLiteral("Customers could not be loaded")));
        QVERIFY(saidBy(w.empty()).contains(QStringLiteral("The server does not answer")));
        QTRY_VERIFY(w.connection().contains(QStringLiteral("Not reachable since")));
        QTest::mouseClick(w.retry(), Qt::LeftButton);
        QVERIFY(!w.retry()->isVisible()); // asked again, and told again
        QTRY_VERIFY(w.retry()->isVisible());

        QTest::keyClick(&w.window, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(w.screen(), QStringLiteral("customer"));
        auto *stale = w.find<QLabel>(QStringLiteral("customer.stale"));
        QTRY_VERIFY(stale->isVisible());
        QVERIFY(stale->text().contains(QStringLiteral("The server does not answer")));
        QCOMPARE(w.window.currentPage()->title(), QStringLiteral("Acme Robotics"));
        QVERIFY2(heart.longestGapMs() < feltMs, qPrintable(QString::number(heart.longestGapMs())));
    }

    void theSameWindowLivesOnWhenTheHostReturns()
    {
        RemoteWindow w;
        w.window.open({QStringLiteral("customers"), {}, {}});
        QTRY_VERIFY(w.table()->model()->rowCount() > 10);
        QTRY_COMPARE(w.host.server().figures().streams, 1);
        QVERIFY(QTest::qWaitForWindowActive(&w.window));
        const int rows = w.table()->model()->rowCount();
        const quint16 port = w.host.server().port();
        w.hostGoes();
        QTest::keyClick(&w.window, Qt::Key_F5);
        QTRY_VERIFY(w.retry()->isVisible());
        QTRY_VERIFY(!w.connection().isEmpty());

        test::Heartbeat heart;
        w.hostReturns();
        QCOMPARE(w.host.server().port(), port);
        QTest::mouseClick(w.retry(), Qt::LeftButton);
        QTRY_VERIFY(!w.empty()->isVisible());
        QCOMPARE(w.table()->model()->rowCount(), rows);
        QTRY_COMPARE(w.host.server().figures().streams, 1);
        QTRY_VERIFY(w.connection().isEmpty()); // by itself: the change feed is back

        // The first change may still be seen by catching up after the break; the second only by the feed itself.
        for (const char *tier : {"hobby", "team"}) {
            QVERIFY(w.otherMoves(bravo, tier).ok());
            QTRY_COMPARE(w.cell(bravo, Column::Tier), QString::fromLatin1(tier));
        }
        QVERIFY2(heart.longestGapMs() < feltMs, qPrintable(QString::number(heart.longestGapMs())));
    }

    void anOpenCustomerCatchesUp()
    {
        RemoteWindow w;
        w.openCustomer(bravo);
        QTRY_VERIFY(w.window.currentPage()->settled());
        QTRY_COMPARE(w.host.server().figures().streams, 1);
        QVERIFY(QTest::qWaitForWindowActive(&w.window));
        w.hostGoes();
        QTest::keyClick(&w.window, Qt::Key_F5);
        auto *stale = w.find<QLabel>(QStringLiteral("customer.stale"));
        QTRY_VERIFY(stale->isVisible());

        // While the host is away somebody works on the database itself.
        ports::CallContext call;
        call.principal.email = QStringLiteral("desk@example.com");
        call.principal.permissions = domain::permissionsOf(domain::Scope::Admin);
        QVERIFY(await(w.core->backend().customers().addNote(call, bravo, QStringLiteral("asked for a refund"))).ok());
        w.hostReturns();
        QTRY_VERIFY(!stale->isVisible());
        QTest::mouseClick(w.find<QPushButton>(QStringLiteral("customer.tabs.notes")), Qt::LeftButton);
        const auto *notes = w.find<QWidget>(QStringLiteral("customer.notes"));
        QTRY_VERIFY(saidBy(notes).contains(QStringLiteral("asked for a refund")));
        QVERIFY(await(w.other->customers().addNote({}, bravo, QStringLiteral("refunded in full"))).ok());
        QTRY_VERIFY(saidBy(notes).contains(QStringLiteral("refunded in full")));
    }

    void aTierChangeWithoutAHostIsKeptAndDoneOnce()
    {
        RemoteWindow w;
        w.openCustomer(bravo);
        QTRY_VERIFY(w.window.currentPage()->settled());
        w.trigger(QStringLiteral("customer.changeTier"));
        auto *dialog = w.window.findChild<dialogs::TierChangeDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("tierChange.tier.hobby")), Qt::LeftButton);
        QTRY_VERIFY(saidBy(dialog).contains(QStringLiteral("→ $9.00")));
        auto *reason = dialog->findChild<QPlainTextEdit *>(QStringLiteral("tierChange.reason"));
        reason->setFocus();
        QTest::keyClicks(reason, QStringLiteral("goodwill after the outage"));
        auto *verb = dialog->findChild<QPushButton *>(QStringLiteral("tierChange.commit"));
        QTRY_VERIFY(verb->isEnabled());

        test::Heartbeat heart;
        w.hostGoes();
        QSignalSpy changed(dialog, &dialogs::TierChangeDialog::changed);
        QTest::mouseClick(verb, Qt::LeftButton);
        const auto *error = dialog->findChild<QLabel *>(QStringLiteral("tierChange.error"));
        QTRY_VERIFY(error->isVisible());
        QVERIFY(error->text().contains(QStringLiteral("The server does not answer")));
        QVERIFY(saidBy(dialog).contains(QStringLiteral("Your reason is kept")));
        QCOMPARE(reason->toPlainText(), QStringLiteral("goodwill after the outage"));
        QTRY_VERIFY(verb->isEnabled());
        QVERIFY(verb->text().startsWith(QStringLiteral("Retry")));
        QCOMPARE(changed.count(), 0);

        w.hostReturns();
        QCOMPARE(w.tierChangesOf(bravo), 0);
        QTest::mouseClick(verb, Qt::LeftButton);
        QTRY_COMPARE(changed.count(), 1);
        QVERIFY(saidBy(dialog).contains(QStringLiteral("is on Hobby now")));
        QVERIFY2(heart.longestGapMs() < feltMs, qPrintable(QString::number(heart.longestGapMs())));
        QCOMPARE(w.tierChangesOf(bravo), 1);
        QCOMPARE(orThrow(await(w.other->customers().detail({}, bravo))).row.tier, QStringLiteral("hobby"));
        QTest::mouseClick(verb, Qt::LeftButton); // "Done"
        QTRY_VERIFY(!w.window.findChild<dialogs::TierChangeDialog *>());
        QTRY_VERIFY(saidBy(w.window.currentPage()).contains(QStringLiteral("$9.00")));
    }
};

REGISTER_SUITE(remote_host, TstRemoteHost)
#include "tst_remote_host.moc"
