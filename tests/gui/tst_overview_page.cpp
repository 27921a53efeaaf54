#include "models/domain/audit_kind_names.h"
#include "tests/gui/page_fixture.h"
#include "tests/support/mail_seed.h"
#include "tests/support/test_main.h"
#include "views/pages/attention_list.h"
#include "views/pages/attention_target.h"
#include "views/pages/overview_page.h"
#include "views/widgets/badge.h"
#include "views/widgets/stat_tile.h"
#include "views/widgets/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

class TstOverviewPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::Theme::instance().apply(*qApp, widgets::Theme::Mode::Light); }

    void sixTilesEachExplained()
    {
        test::PageFixture fixture;
        pages::OverviewPage page(fixture);
        page.resize(1240, 760);
        static_cast<QWidget &>(page).show();
        page.show({QStringLiteral("overview"), {}, {}});
        QTRY_VERIFY(page.updatedAt().isValid());
        const auto tiles = page.findChildren<widgets::StatTile *>();
        QCOMPARE(tiles.size(), 6);
        for (widgets::StatTile *tile : tiles) {
            auto *explain = tile->findChild<QToolButton *>(tile->objectName() + QStringLiteral(".explain"));
            QVERIFY(explain && explain->isVisible());
            QVERIFY(explain->accessibleDescription().contains(QStringLiteral("Window:")));
            QVERIFY(explain->accessibleDescription().contains(QStringLiteral("As of 2026-06-15")));
            QVERIFY(!tile->accessibleName().isEmpty());
        }
        auto *mrr = page.findChild<widgets::StatTile *>(QStringLiteral("tile.mrr"));
        QVERIFY(mrr->accessibleName().contains(QStringLiteral("list")));
    }

    void attentionOpensTheCustomer()
    {
        test::PageFixture fixture;
        pages::OverviewPage page(fixture);
        page.resize(1240, 760);
        static_cast<QWidget &>(page).show();
        page.show({QStringLiteral("overview"), {}, {}});
        QPushButton *open = nullptr;
        QTRY_VERIFY((open = page.findChild<QPushButton *>(QStringLiteral("overview.attention.0.open"))));
        QVERIFY(open->accessibleName().startsWith(QStringLiteral("Open ")));
        QTest::mouseClick(open, Qt::LeftButton);
        QCOMPARE(fixture.opened.size(), 1);
        QVERIFY(fixture.opened.first().screen == QLatin1StringView("customer") ||
                fixture.opened.first().screen == QLatin1StringView("audit"));
    }

    void attentionMixesKindsAndCountsAlikeAlerts()
    {
        const QDateTime now = test::seedNow();
        using ports::AttentionKind;
        const QString kind(domain::kinds::billingChargeUndeliverable);
        const QString other(domain::kinds::propagationDeadLettered);
        const QList<ports::AttentionItem> items{
            {AttentionKind::OperatorAlert, 3, kind, QStringLiteral("older"), {}, now.addSecs(-60)},
            {AttentionKind::OperatorAlert, 3, kind, QStringLiteral("newer"), {}, now},
            {AttentionKind::OperatorAlert, 3, other, QStringLiteral("another"), {}, now},
            {AttentionKind::NearQuota, 2, QStringLiteral("Acme"), QStringLiteral("9.7 of 10 GB storage"), {}, now},
            {AttentionKind::FailedDeployment, 2, QStringLiteral("Bravo"), QStringLiteral("web failed"), {}, now}};
        const QList<pages::AttentionRow> rows = pages::attentionRows(items);
        QCOMPARE(rows.size(), 4);
        QCOMPARE(rows.at(0).count, 2);
        QCOMPARE(rows.at(0).item.detail, QStringLiteral("newer"));
        QCOMPARE(rows.at(1).item.subject, QStringLiteral("Acme"));
        QCOMPARE(rows.at(2).item.subject, QStringLiteral("Bravo"));
        QCOMPARE(rows.at(3).item.subject, other);

        pages::AttentionList list;
        list.setItems(items, now, QTimeZone::utc());
        QCOMPARE(list.findChild<QLabel *>(QStringLiteral("overview.attention.0.title"))->text(),
                 QStringLiteral("newer"));
        QCOMPARE(list.findChild<widgets::Badge *>(QStringLiteral("overview.attention.0.count"))->text(),
                 QStringLiteral("2 times"));
        QCOMPARE(list.findChild<QLabel *>(QStringLiteral("overview.attention.1.title"))->text(),
                 QStringLiteral("Acme"));
    }

    void tilesLeadToTheirRows()
    {
        test::PageFixture fixture;
        pages::OverviewPage page(fixture);
        page.resize(1240, 760);
        static_cast<QWidget &>(page).show();
        page.show({QStringLiteral("overview"), {}, {}});
        QTRY_VERIFY(page.updatedAt().isValid());
        auto *active = page.findChild<widgets::StatTile *>(QStringLiteral("tile.active"));
        QTest::keyClick(active, Qt::Key_Return);
        QCOMPARE(fixture.opened.size(), 1);
        QCOMPARE(fixture.opened.first().query.queryItemValue(QStringLiteral("q")), QStringLiteral("seen<7d"));
    }

    void deliveryTileHasBoundsAndAVerdict()
    {
        test::PageFixture fixture;
        fixture.fake.editMail([](storage::Connection &connection) { test::seedMail(connection); });
        pages::OverviewPage page(fixture);
        page.resize(1240, 760);
        static_cast<QWidget &>(page).show();
        page.show({QStringLiteral("overview"), {}, {}});
        QTRY_VERIFY(page.updatedAt().isValid());
        auto *tile = page.findChild<widgets::StatTile *>(QStringLiteral("tile.delivery"));
        QVERIFY2(tile->accessibleName().contains(QStringLiteral("below 95 %, bounds ")),
                 qPrintable(tile->accessibleName()));
        QVERIFY(tile->accessibleName().contains(QStringLiteral(" · n ")));
        QTest::keyClick(tile, Qt::Key_Return);
        QCOMPARE(fixture.opened.last().screen, QStringLiteral("email"));
        test::PageFixture quiet;
        pages::OverviewPage empty(quiet);
        static_cast<QWidget &>(empty).show();
        empty.show({QStringLiteral("overview"), {}, {}});
        QTRY_VERIFY(empty.updatedAt().isValid());
        tile = empty.findChild<widgets::StatTile *>(QStringLiteral("tile.delivery"));
        QVERIFY(tile->accessibleName().contains(QStringLiteral("—")));
    }

    void attentionLeadsToTheRowsItSpeaksOf()
    {
        using ports::AttentionKind;
        const auto target = [](AttentionKind kind) {
            const pages::Location at =
                pages::attentionTarget({kind, 2, QStringLiteral("x"), {}, {}, test::seedNow()}, 1);
            return at.screen + QLatin1Char(' ') + at.query.queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded);
        };
        QCOMPARE(target(AttentionKind::DeliveryRatio),
                 QStringLiteral("email outcome:bounced_later,hard,blocked,error,soft window:7d"));
        QCOMPARE(target(AttentionKind::UnknownRate), QStringLiteral("email outcome:unknown window:7d"));
        QCOMPARE(target(AttentionKind::ForwarderHolding), QStringLiteral("email class:intended window:30d"));
        QCOMPARE(target(AttentionKind::ReceiverSilent), QStringLiteral("webhooks provider:brevo"));
        QCOMPARE(target(AttentionKind::ParkedEvents), QStringLiteral("webhooks outcome:unmatched"));
        QCOMPARE(target(AttentionKind::UnauthorizedBurst),
                 QStringLiteral("audit kind:webhook.brevo.unauthorized after:24h"));
        QCOMPARE(target(AttentionKind::OperatorAlert), QStringLiteral("audit kind:x"));
    }

    void attentionEndsWithAWholeRow()
    {
        const QDateTime now = test::seedNow();
        QList<ports::AttentionItem> items;
        for (int i = 0; i < 12; ++i)
            items << ports::AttentionItem{
                ports::AttentionKind::NearQuota, 2, QStringLiteral("Team %1").arg(i), {}, {}, now};
        pages::AttentionList list;
        static_cast<QWidget &>(list).show();
        list.setItems(items, now, QTimeZone::utc());
        const QWidget *view = list.viewport();
        const auto bottomOf = [&](int row) {
            const auto *open = list.findChild<QPushButton *>(QStringLiteral("overview.attention.%1.open").arg(row));
            const QWidget *box = open->parentWidget();
            return box->mapTo(view, QPoint(0, box->height())).y();
        };
        const auto someRowEndsThere = [&] {
            for (int row = 0; row < items.size(); ++row)
                if (bottomOf(row) == view->height())
                    return true;
            return false;
        };
        for (int height = 150; height < 330; height += 7) {
            list.resize(600, height);
            QTRY_VERIFY2(someRowEndsThere(), qPrintable(QString::number(height)));
            QVERIFY(height - view->height() < height / pages::AttentionList::leastRowHeight);
        }
        list.resize(600, 900); // room for all
        QTRY_COMPARE(bottomOf(int(items.size()) - 1), 12 * (pages::AttentionList::leastRowHeight + 1) - 1);
    }

    void failedFirstThenRetryThenStale()
    {
        test::PageFixture fixture;
        fixture.fake.setGone(true);
        pages::OverviewPage page(fixture);
        static_cast<QWidget &>(page).show();
        page.show({QStringLiteral("overview"), {}, {}});
        auto *empty = page.findChild<QWidget *>(QStringLiteral("overview.empty"));
        QTRY_VERIFY(empty->accessibleName().contains(QStringLiteral("could not be loaded")));
        fixture.fake.setGone(false);
        QTest::mouseClick(empty->findChild<QPushButton *>(QStringLiteral("emptyState.retry")), Qt::LeftButton);
        QTRY_VERIFY(page.updatedAt().isValid());
        fixture.fake.setGone(true);
        page.refresh();
        QTRY_VERIFY([&] {
            for (QLabel *label : page.findChildren<QLabel *>())
                if (label->isVisible() && label->text().startsWith(QStringLiteral("These figures are from")))
                    return true;
            return false;
        }());
    }

    void allClear()
    {
        test::Dataset data = test::smallDataset();
        data.audit.clear();
        data.deployments.clear();
        data.resources.clear();
        data.graces.clear();
        for (test::SeedTeam &team : data.teams)
            team.status = QStringLiteral("active");
        test::PageFixture fixture(data);
        pages::OverviewPage page(fixture);
        static_cast<QWidget &>(page).show();
        page.show({QStringLiteral("overview"), {}, {}});
        QTRY_COMPARE(page.status(), QStringLiteral("All clear"));
        QVERIFY(page.findChild<QWidget *>(QStringLiteral("overview.attention"))
                    ->accessibleName()
                    .contains(QStringLiteral("all clear")));
    }
};

REGISTER_SUITE(overview_page, TstOverviewPage)
#include "tst_overview_page.moc"
