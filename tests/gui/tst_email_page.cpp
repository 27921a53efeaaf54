#include "models/domain/format.h"
#include "models/items/message_table_model.h"
#include "models/items/roles.h"
#include "services/storage/connection.h"
#include "tests/gui/page_fixture.h"
#include "tests/support/gui_app.h"
#include "tests/support/mail_traffic.h"
#include "tests/support/test_main.h"
#include "views/charts/heat_map.h"
#include "views/charts/segment_bar.h"
#include "views/charts/step_chart.h"
#include "views/pages/email_inspector.h"
#include "views/pages/email_notices.h"
#include "views/pages/email_page.h"
#include "views/pages/email_words.h"
#include "views/pages/message_timeline.h"
#include "views/widgets/data_table.h"
#include "views/widgets/notice_bar.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>

#include <memory>

namespace {

using Model = items::MessageTableModel;

/// The clock of the fake and of the desktop say the same: windows reach back from now.
test::Dataset dataset()
{
    test::Dataset data = test::smallDataset();
    data.now = QDateTime::currentDateTimeUtc();
    return data;
}

struct Fixture : test::PageFixture {
    enum class Mail { None, Seed, Traffic };
    explicit Fixture(Mail mail = Mail::Seed) : PageFixture(dataset())
    {
        const test::Dataset data = fake.data();
        if (mail == Mail::None)
            return;
        seed = mail == Mail::Seed ? test::mailSeed(data.now) : test::mailTraffic(data);
        fake.editMail([this](storage::Connection &connection) {
            if (const auto written = test::writeMail(connection, seed); !written)
                throw std::runtime_error(written.error().detail.toStdString());
        });
    }
    /// What the rules say about the messages of the last `seconds`.
    domain::OutcomeCounts expected(qint64 seconds) const
    {
        domain::OutcomeCounts counts;
        for (const test::SeedMessage &message : seed.messages)
            if (message.sentAt() >= seed.now.addSecs(-seconds) && message.acceptedAt)
                counts.add(message.outcome(seed.now), 1);
        return counts;
    }
    test::MailSeed seed;
};

struct Shown {
    explicit Shown(Fixture &fixture, const QString &query = {}, QSize size = {1240, 820})
        : page(std::make_unique<pages::EmailPage>(fixture))
    {
        page->resize(size);
        static_cast<QWidget &>(*page).show();
        page->activateWindow();
        pages::Location location{QStringLiteral("email"), {}, {}};
        if (!query.isEmpty())
            location.query.addQueryItem(QStringLiteral("q"), query);
        page->show(location);
    }
    widgets::DataTable *table() const { return find<widgets::DataTable>("email.table"); }
    int rows() const { return table()->model()->rowCount(); }
    QString cell(int row, int column) const { return table()->model()->index(row, column).data().toString(); }
    QString query() const { return page->location().query.queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded); }
    template <typename W>
    W *find(const char *name) const
    {
        return page->findChild<W *>(QString::fromLatin1(name));
    }
    QString spoken(const char *name) const { return find<QWidget>(name)->accessibleName(); }
    pages::PageAction action(const char *id) const
    {
        for (const pages::PageAction &one : page->actions())
            if (one.id == QLatin1StringView(id))
                return one;
        return {};
    }
    template <typename W>
    W *dialog(const char *name) const
    {
        for (W *one : page->findChildren<W *>(QString::fromLatin1(name)))
            if (one->isVisible())
                return one;
        return nullptr;
    }
    void press(const char *button) const { QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton); }
    pages::EmailInspector *inspector() const { return find<pages::EmailInspector>("email.inspector"); }
    void openFirst() const
    {
        table()->setFocus();
        table()->selectRow(0);
        QTest::keyClick(table(), Qt::Key_Return);
    }
    std::unique_ptr<pages::EmailPage> page;
};

QAbstractButton *in(QDialog *dialog, const char *name)
{
    return dialog->findChild<QAbstractButton *>(QString::fromLatin1(name));
}

void giveReason(QDialog *dialog)
{
    dialog->findChild<QPlainTextEdit *>(dialog->objectName() + QStringLiteral(".reason"))
        ->setPlainText(QStringLiteral("asked for by the customer"));
}

} // namespace

class TstEmailPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::prepareGui(); }

    void headlineIsWhatTheRulesSay()
    {
        Fixture fixture;
        Shown shown(fixture, QStringLiteral("window:30d"));
        QTRY_VERIFY(shown.page->settled());
        const domain::OutcomeCounts counts = fixture.expected(30 * 86'400);
        QVERIFY(counts.settled() >= domain::minimumForVerdict);
        const QString ratio = shown.spoken("email.tile.ratio");
        QVERIFY2(ratio.contains(pages::ratioText(domain::settledRatio(counts))), qPrintable(ratio));
        QVERIFY2(ratio.contains(pages::intervalText(domain::settledInterval(counts))), qPrintable(ratio));
        QVERIFY2(ratio.contains(pages::intervalText(domain::ratioBounds(counts))), qPrintable(ratio));
        QVERIFY2(ratio.contains(QStringLiteral("n %1").arg(counts.settled())), qPrintable(ratio));
        const QString unknown = shown.spoken("email.tile.unknown");
        QVERIFY2(unknown.contains(QStringLiteral("%1 %2").arg(domain::countText(counts.unknown),
                                                              pages::ratioText(domain::unknownRate(counts)))),
                 qPrintable(unknown));
        const QString failed = shown.spoken("email.tile.failed");
        const qint64 refused = counts.blocked + counts.hard + counts.soft + counts.bouncedLater;
        QVERIFY2(failed.contains(pages::ratioText(domain::ratioOf(refused, counts.settled()))), qPrintable(failed));
        const charts::ChartTable table = shown.find<charts::SegmentBar>("email.outcomes")->table();
        qint64 sum = 0;
        for (const QStringList &row : table.rows)
            sum += row.at(1).toLongLong();
        QCOMPARE(sum, counts.accepted());
        auto *explain = shown.find<QAbstractButton>("email.tile.ratio.explain");
        QVERIFY(explain->accessibleDescription().contains(QStringLiteral("Wilson")));
        QVERIFY(explain->accessibleDescription().contains(QStringLiteral("As of")));
    }

    void fewMessagesAreNotJudged()
    {
        Fixture fixture;
        Shown shown(fixture, QStringLiteral("window:24h"));
        QTRY_VERIFY(shown.page->settled());
        const domain::OutcomeCounts counts = fixture.expected(86'400);
        QVERIFY(counts.settled() > 0 && counts.settled() < domain::minimumForVerdict);
        QVERIFY(shown.spoken("email.tile.ratio").contains(QStringLiteral("too few to judge")));
        for (const QLabel *label : shown.find<QWidget>("email.tile.ratio")->findChildren<QLabel *>())
            QVERIFY(label->property("ink").toString() != QLatin1StringView("bad"));
    }

    void withoutMailThereIsADash()
    {
        Fixture fixture(Fixture::Mail::None);
        fixture.fake.hold(test::Method::EmailMessages);
        Shown shown(fixture);
        auto *empty = shown.find<QWidget>("email.empty");
        QTRY_VERIFY(empty->accessibleName().startsWith(QStringLiteral("Loading")));
        fixture.fake.releaseAll();
        QTRY_VERIFY(shown.page->settled());
        for (const char *tile : {"email.tile.ratio", "email.tile.unknown", "email.tile.failed", "email.tile.latency"})
            QVERIFY2(shown.spoken(tile).contains(QStringLiteral(", —")), qPrintable(shown.spoken(tile)));
        QVERIFY(!shown.spoken("email.tile.ratio").contains(QLatin1Char('%')));
        QTRY_VERIFY(empty->accessibleName().startsWith(QStringLiteral("No mail in the last 7 days")));
        Shown none(fixture, QStringLiteral("outcome:blocked"));
        QTRY_VERIFY(none.find<QWidget>("email.empty")->accessibleName().startsWith(QStringLiteral("Nothing matches")));
    }

    void theBarFilters()
    {
        Fixture fixture;
        Shown shown(fixture, QStringLiteral("window:30d"));
        QTRY_VERIFY(shown.page->settled());
        auto *bar = shown.find<charts::SegmentBar>("email.outcomes");
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->segmentRect(QStringLiteral("hard")).center());
        QTRY_VERIFY(shown.query().contains(QStringLiteral("outcome:hard")));
        QTRY_VERIFY(shown.page->settled());
        QTRY_COMPARE(qint64(shown.rows()), fixture.expected(30 * 86'400).hard);
        QCOMPARE(shown.cell(0, Model::Outcome), QStringLiteral("hard bounce"));
        // The ratio still speaks of all mail.
        QVERIFY(shown.spoken("email.tile.ratio")
                    .contains(pages::ratioText(domain::settledRatio(fixture.expected(30 * 86'400)))));
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->segmentRect(QStringLiteral("hard")).center());
        QTRY_VERIFY(!shown.query().contains(QStringLiteral("outcome")));
        bar->setFocus(Qt::TabFocusReason);
        QTest::keyClick(bar, Qt::Key_Right);
        QTest::keyClick(bar, Qt::Key_Return);
        QTRY_VERIFY(shown.query().contains(QStringLiteral("outcome:blocked")));
    }

    void aPointOfAChartOpensItsRows()
    {
        Fixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.page->settled());
        auto *chart = shown.find<charts::StepChart>("email.ratioChart");
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->stepRect(10).center().toPoint());
        QTRY_VERIFY(shown.query().contains(QStringLiteral("after:")) &&
                    shown.query().contains(QStringLiteral("before:")));
        QTRY_VERIFY(shown.page->settled());
        const QString row = chart->table().rows.at(chart->table().rows.size() - 11).first().left(10);
        QVERIFY(shown.rows() > 0);
        for (int i = 0; i < shown.rows(); ++i)
            QCOMPARE(shown.cell(i, Model::Accepted).left(10), row);
        QVERIFY(chart->table().rows.size() > 13); // the picture stays; only the range is marked
        QCOMPARE(shown.find<QAbstractButton>("email.window.7d")->isChecked(), false);
        auto *events = shown.find<charts::StepChart>("email.eventsChart");
        events->setFocus();
        QTest::keyClick(events, Qt::Key_Left);
        QTest::keyClick(events, Qt::Key_Return);
        const QString today = QDateTime::currentDateTimeUtc().date().toString(Qt::ISODate);
        QTRY_VERIFY(shown.query().contains(QStringLiteral("after:") + today));
    }

    void theWindowIsPartOfTheQuery()
    {
        Fixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.page->settled());
        QVERIFY(shown.find<QAbstractButton>("email.window.7d")->isChecked());
        shown.press("email.window.30d");
        QTRY_COMPARE(shown.query(), QStringLiteral("window:30d"));
        QTRY_VERIFY(shown.page->settled());
        QVERIFY(shown.spoken("email.tile.ratio").startsWith(QStringLiteral("Settled delivery, 30 d")));
        auto *month = shown.find<QAbstractButton>("email.window.30d");
        month->setFocus();
        QTest::keyClick(month, Qt::Key_Left);
        QTRY_COMPARE(shown.query(), QString());
        QTRY_VERIFY(shown.find<QAbstractButton>("email.window.7d")->isChecked());
        shown.press("email.window.24h");
        QTRY_VERIFY(shown.page->settled());
        QCOMPARE(shown.find<charts::StepChart>("email.ratioChart")->table().columns.first(),
                 QStringLiteral("Hour (UTC)"));
    }

    void theMapShowsWhereItHurtsAndFilters()
    {
        Fixture fixture(Fixture::Mail::Traffic);
        Shown shown(fixture);
        QTRY_VERIFY(shown.page->settled());
        auto *map = shown.find<charts::HeatMap>("email.heatMap");
        const charts::ChartTable table = map->table();
        const int column = static_cast<int>(table.columns.indexOf(test::traffic::blockingDomain));
        QVERIFY(column > 0);
        QVERIFY(map->accessibleDescription().contains(test::traffic::blockingDomain));
        const QString failed = shown.spoken("email.tile.failed");
        QVERIFY2(failed.contains(QStringLiteral("at ") + test::traffic::blockingDomain), qPrintable(failed));
        const QDateTime since = fixture.seed.now.addSecs(-3600 * test::traffic::blockingHours);
        const auto named = [&](int hours) {
            const QDateTime hour =
                QDateTime::fromSecsSinceEpoch(since.toSecsSinceEpoch() / 3600 * 3600 + 3600 * hours, Qt::UTC);
            return failed.contains(domain::shortTimeText(hour, QTimeZone::utc(), fixture.seed.now));
        };
        QVERIFY2(named(0) || named(1) || named(2), qPrintable(failed));
        QTest::mouseClick(map, Qt::LeftButton, {}, map->cellRect(0, column - 1).center());
        QTRY_VERIFY(shown.query().contains(QStringLiteral("domain:") + test::traffic::blockingDomain));
        QVERIFY(shown.query().contains(QStringLiteral("template:") + table.rows.first().first()));
        QTRY_VERIFY(shown.page->settled());
        QVERIFY(shown.rows() > 0);
        QVERIFY(shown.cell(0, Model::To).endsWith(test::traffic::blockingDomain));
        QCOMPARE(map->table().rows.size(), table.rows.size());
    }

    void whatHappenedToOneMessage()
    {
        Fixture fixture;
        Shown shown(fixture, QStringLiteral("msgid:\"2026.0011@relay.example\""));
        QTRY_COMPARE(shown.rows(), 1);
        QVERIFY(!shown.inspector()->isVisible());
        shown.openFirst();
        QVERIFY(shown.inspector()->isVisible());
        auto *timeline = shown.find<pages::MessageTimeline>("email.inspector.timeline");
        QTRY_COMPARE(timeline->count(), 4);
        QCOMPARE(timeline->accessibleName(), QStringLiteral("Timeline: Decided to send, Accepted by the provider, "
                                                            "Deferred × 2, Delivered"));
        QVERIFY(shown.spoken("email.inspector.timeline.2").contains(QStringLiteral("421 4.7.0 still busy")));
        QVERIFY(shown.spoken("email.inspector.timeline.2").contains(QStringLiteral("· deferred")));
        shown.press("email.inspector.audit");
        QCOMPARE(fixture.opened.last().screen, QStringLiteral("audit"));
    }

    void theWebhookOfAnEventIsALink()
    {
        Fixture fixture;
        Shown shown(fixture, QStringLiteral("msgid:\"2026.0000@relay.example\""));
        QTRY_COMPARE(shown.rows(), 1);
        shown.openFirst();
        auto *timeline = shown.find<pages::MessageTimeline>("email.inspector.timeline");
        QTRY_VERIFY(timeline->count() > 2);
        QAbstractButton *link = nullptr;
        for (QAbstractButton *button : timeline->findChildren<QAbstractButton *>())
            if (button->objectName().endsWith(QLatin1StringView(".webhook")))
                link = button;
        QVERIFY(link);
        link->click();
        QCOMPARE(fixture.opened.last().screen, QStringLiteral("webhooks"));
        QCOMPARE(fixture.opened.last().id, fixture.seed.messages.first().events.first().webhook->toString());
        shown.press("email.inspector.customer");
        QCOMPARE(fixture.opened.last().screen, QStringLiteral("customer"));
    }

    void aBounceIsLiftedWithAReason()
    {
        Fixture fixture;
        Shown shown(fixture, QStringLiteral("to:noah@snake.test"));
        QTRY_VERIFY(shown.rows() > 0);
        shown.openFirst();
        auto *lift = shown.find<QAbstractButton>("email.inspector.lift");
        QTRY_VERIFY(lift->isVisible() && lift->isEnabled());
        QVERIFY(!shown.find<QAbstractButton>("email.inspector.resend")->isEnabled());
        lift->click();
        QDialog *sheet = nullptr;
        QTRY_VERIFY((sheet = shown.dialog<QDialog>("liftSuppression")));
        QVERIFY(!in(sheet, "liftSuppression.commit")->isEnabled());
        giveReason(sheet);
        in(sheet, "liftSuppression.commit")->click();
        QTRY_COMPARE(fixture.toasts.size(), 1);
        QTRY_VERIFY(!lift->isVisible());
        QTRY_VERIFY(shown.find<QAbstractButton>("email.inspector.resend")->isEnabled());
    }

    void anUnsubscriptionStays()
    {
        Fixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.page->settled());
        shown.action("email.suppressions").trigger();
        QDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = shown.dialog<QDialog>("suppressions")));
        auto *table = dialog->findChild<widgets::DataTable *>(QStringLiteral("suppressions.table"));
        QTRY_VERIFY(table->model()->rowCount() > 5);
        dialog->findChild<QLineEdit *>(QStringLiteral("suppressions.search"))->setText(test::mail::unsubscribed);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QTRY_VERIFY(table->currentIndex().isValid());
        auto *lift = in(dialog, "suppressions.lift");
        QVERIFY(!lift->isEnabled());
        QVERIFY(lift->toolTip().contains(QStringLiteral("unsubscribed")));
        dialog->findChild<QLineEdit *>(QStringLiteral("suppressions.search"))->setText(test::mail::complained);
        QTRY_COMPARE(table->model()->index(0, 0).data().toString(), test::mail::complained);
        table->selectRow(0);
        QTRY_VERIFY(lift->isEnabled());
        lift->click();
        QDialog *sheet = nullptr;
        QTRY_VERIFY((sheet = shown.dialog<QDialog>("liftSuppression")));
        giveReason(sheet);
        in(sheet, "liftSuppression.commit")->click();
        QTRY_COMPARE(table->model()->rowCount(), 0);
        auto *empty = dialog->findChild<QWidget *>(QStringLiteral("suppressions.empty"));
        QTRY_VERIFY(empty->accessibleName().startsWith(QStringLiteral("Nothing matches")));
        fixture.fake.fail(test::Method::Suppressions, domain::unavailable(QStringLiteral("db_failed")));
        dialog->findChild<QLineEdit *>(QStringLiteral("suppressions.search"))->clear();
        QTRY_VERIFY(empty->accessibleName().contains(QStringLiteral("could not be loaded")));
    }

    void aRecentMailIsAskedAboutBeforeItGoesAgain()
    {
        Fixture fixture;
        Shown shown(fixture, QStringLiteral("msgid:\"2026.0000@relay.example\""));
        QTRY_COMPARE(shown.rows(), 1);
        shown.openFirst();
        auto *resend = shown.find<QAbstractButton>("email.inspector.resend");
        QTRY_VERIFY(resend->isEnabled());
        resend->click();
        QDialog *sheet = nullptr;
        QTRY_VERIFY((sheet = shown.dialog<QDialog>("resend")));
        auto *anyway = sheet->findChild<QCheckBox *>(QStringLiteral("resend.anyway"));
        QVERIFY(anyway->isVisible());
        giveReason(sheet);
        auto *commit = in(sheet, "resend.commit");
        QVERIFY(!commit->isEnabled());
        QVERIFY(commit->toolTip().contains(QStringLiteral("ten minutes")));
        anyway->setChecked(true);
        QVERIFY(commit->isEnabled());
        commit->click();
        QTRY_COMPARE(fixture.toasts.size(), 1);
        QVERIFY(!fixture.toasts.first().actionText.isEmpty());
        fixture.toasts.first().action();
        QTRY_VERIFY(shown.query().contains(QStringLiteral("class:intended")));
        QTRY_VERIFY(
            shown.rows() > 0 &&
            shown.table()->model()->index(0, 0).data(items::IdRole).toString().startsWith(QStringLiteral("resend-")));
    }

    void aRefusedResendStaysOpen()
    {
        Fixture fixture;
        Shown shown(fixture, QStringLiteral("msgid:\"2026.0036@relay.example\""));
        QTRY_COMPARE(shown.rows(), 1);
        shown.openFirst();
        auto *resend = shown.find<QAbstractButton>("email.inspector.resend");
        QTRY_VERIFY(resend->isEnabled());
        resend->click();
        QDialog *sheet = nullptr;
        QTRY_VERIFY((sheet = shown.dialog<QDialog>("resend")));
        auto *anyway = sheet->findChild<QCheckBox *>(QStringLiteral("resend.anyway"));
        QVERIFY(!anyway->isVisible());
        giveReason(sheet);
        fixture.fake.fail(test::Method::ResendEmail,
                          domain::makeError(domain::ErrorCode::Conflict, QStringLiteral("sent_recently")));
        in(sheet, "resend.commit")->click();
        QTRY_VERIFY(anyway->isVisible());
        QVERIFY(sheet->isVisible());
        QVERIFY(!in(sheet, "resend.commit")->isEnabled());
        anyway->setChecked(true);
        in(sheet, "resend.commit")->click();
        QTRY_COMPARE(fixture.toasts.size(), 1);
    }

    void aRepairIsAskedForOnce()
    {
        Fixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.page->settled());
        shown.action("email.repair").trigger();
        QDialog *sheet = nullptr;
        QTRY_VERIFY((sheet = shown.dialog<QDialog>("repair")));
        QTRY_VERIFY(in(sheet, "repair.commit")->isEnabled());
        in(sheet, "repair.commit")->click();
        QTRY_VERIFY(shown.spoken("email.tile.unknown").contains(QStringLiteral("gap repair is asked for")));
        QCOMPARE(shown.action("email.repair").text, QStringLiteral("Repair asked for…"));
        shown.action("email.repair").trigger();
        QTRY_VERIFY((sheet = shown.dialog<QDialog>("repair")));
        QTRY_VERIFY(in(sheet, "repair.commit")->toolTip().contains(QStringLiteral("already")));
    }

    void failuresAreSaidAndRetried()
    {
        Fixture fixture;
        fixture.fake.fail(test::Method::EmailFigures, domain::unavailable(QStringLiteral("db_failed")));
        fixture.fake.fail(test::Method::EmailMessages, domain::unavailable(QStringLiteral("db_failed")));
        Shown shown(fixture);
        auto *empty = shown.find<QWidget>("email.empty");
        QTRY_VERIFY(empty->accessibleName().contains(QStringLiteral("could not be loaded")));
        QTRY_VERIFY(shown.find<QAbstractButton>("email.notices.failed.action"));
        QVERIFY(shown.spoken("email.tile.ratio").contains(QStringLiteral("does not answer")));
        shown.press("email.notices.failed.action");
        QTRY_VERIFY(shown.rows() > 0);
        QTRY_VERIFY(!shown.find<QAbstractButton>("email.notices.failed.action"));
        QTRY_VERIFY(shown.spoken("email.tile.ratio").contains(QLatin1Char('%')));
        // A later failure keeps what is known and says from when it is.
        fixture.fake.fail(test::Method::EmailFigures, domain::unavailable(QStringLiteral("db_failed")));
        shown.page->refresh();
        QTRY_VERIFY(shown.find<QAbstractButton>("email.notices.failed.action"));
        QVERIFY(shown.spoken("email.notices.failed").contains(QStringLiteral("What you see is from")));
        QVERIFY(shown.spoken("email.tile.ratio").contains(QLatin1Char('%')));
        fixture.fake.fail(test::Method::EmailMessage, domain::unavailable(QStringLiteral("db_failed")));
        shown.openFirst();
        auto *retry = shown.find<QAbstractButton>("email.inspector.retry");
        QTRY_VERIFY(retry->isVisible());
        retry->click();
        QTRY_VERIFY(shown.inspector()->detail().has_value());
    }

    void noticesOfTheMachinery()
    {
        Fixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.page->settled());
        QVERIFY(shown.spoken("email.notices.parked").contains(QStringLiteral("4 events are parked")));
        QVERIFY(shown.spoken("email.notices.refused").contains(QStringLiteral("8 webhook calls were refused")));
        shown.press("email.notices.parked.action");
        QCOMPARE(fixture.opened.last().screen, QStringLiteral("webhooks"));
        shown.press("email.notices.refused.action");
        QCOMPARE(fixture.opened.last().screen, QStringLiteral("audit"));
    }

    void aSilentReceiverIsSaid()
    {
        ports::EmailHealth health;
        health.asOf = test::seedNow();
        health.lastEventAt = health.asOf.addSecs(-7 * 3600);
        health.forwarderAt = health.asOf;
        health.forwarderResult = QStringLiteral("ok");
        pages::EmailFigures shown;
        shown.health = health;
        shown.series = ports::DeliverySeries{};
        shown.series->stepSeconds = 3600;
        ports::DeliveryPoint point;
        point.start = health.asOf.addSecs(-3600);
        shown.series->cohorts = {point};
        QVERIFY(pages::emailNotices(shown, health.asOf).isEmpty()); // nothing was accepted meanwhile
        shown.series->cohorts.first().counts.pending = 3;
        QCOMPARE(pages::emailNotices(shown, health.asOf).first().key, QStringLiteral("silent"));
        shown.health->lastEventAt = health.asOf.addSecs(-5 * 3600);
        QVERIFY(pages::emailNotices(shown, health.asOf).isEmpty());
        shown.health->forwarderResult = QStringLiteral("suppression_lookup_failed");
        shown.health->waiting = 2;
        const auto held = pages::emailNotices(shown, health.asOf).first();
        QCOMPARE(held.key, QStringLiteral("forwarder"));
        QVERIFY(held.text.contains(QStringLiteral("suppression lookup failed")));
        QVERIFY(held.text.contains(QStringLiteral("2 messages wait")));
    }

    void anAuditorReadsOnly()
    {
        Fixture fixture;
        fixture.grants = domain::permissionsOf(domain::Scope::Auditor);
        Shown shown(fixture, QStringLiteral("to:noah@snake.test"));
        QTRY_VERIFY(shown.rows() > 0);
        shown.openFirst();
        QTRY_VERIFY(shown.inspector()->detail().has_value());
        for (const char *id : {"email.repair", "email.resend", "email.lift"}) {
            QVERIFY2(!shown.action(id).enabled, id);
            QVERIFY2(shown.action(id).whyDisabled.contains(QStringLiteral("role")), id);
        }
        auto *lift = shown.find<QAbstractButton>("email.inspector.lift");
        QVERIFY(!lift->isEnabled());
        QVERIFY(lift->toolTip().contains(QStringLiteral("role")));
        fixture.grants = domain::permissionsOf(domain::Scope::Admin);
        fixture.unlocked = false;
        shown.inspector()->updatePermissions();
        QVERIFY(lift->toolTip().contains(QStringLiteral("read-only")));
    }

    void everythingByKeys()
    {
        Fixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.page->settled());
        shown.page->focusFilter();
        auto *field = shown.find<QLineEdit>("email.filter");
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("outcome:hard window:30d"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(shown.query(), QStringLiteral("outcome:hard window:30d"));
        QTRY_VERIFY(shown.rows() > 0 && shown.page->settled());
        QStringList reached;
        for (QWidget *next = field->nextInFocusChain(); next && next != field; next = next->nextInFocusChain())
            if (next->focusPolicy() & Qt::TabFocus && next->isVisible() && !next->objectName().isEmpty())
                reached << next->objectName();
        for (const char *name : {"email.window.30d", "email.ratioChart", "email.eventsChart", "email.heatMap",
                                 "email.outcomes", "email.outcomes.asTable", "email.table", "email.tile.ratio.explain"})
            QVERIFY2(reached.contains(QString::fromLatin1(name)), name);
        QVERIFY(reached.indexOf(QStringLiteral("email.window.30d")) <
                reached.indexOf(QStringLiteral("email.ratioChart")));
        QVERIFY(reached.indexOf(QStringLiteral("email.outcomes")) < reached.indexOf(QStringLiteral("email.table")));
        shown.openFirst();
        QVERIFY(shown.inspector()->isVisible());
        const QList<pages::PageAction> actions = shown.page->actions();
        for (const pages::PageAction &action : actions) {
            if (action.id == QLatin1StringView("email.inspector"))
                action.trigger(); // its key is the window's
        }
        QVERIFY(!shown.inspector()->isVisible());
    }

    void newMailWaitsAndNothingMoves()
    {
        Fixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 5 && shown.page->settled());
        shown.table()->selectRow(3);
        const QString current = shown.page->currentId();
        const int before = shown.rows(), asked = fixture.fake.calls(test::Method::EmailFigures);
        test::MailSeed more;
        more.now = fixture.seed.now;
        more.forwarderAt = fixture.seed.forwarderAt;
        more.repairAt = fixture.seed.repairAt;
        test::SeedMessage fresh = fixture.seed.messages.first();
        fresh.id = QStringLiteral("fresh");
        fresh.audit.reset();
        fresh.providerId = QStringLiteral("fresh@relay.example");
        fresh.intendedAt = more.now.addSecs(-2);
        fresh.acceptedAt = more.now.addSecs(-1);
        fresh.events.clear();
        more.messages << fresh;
        fixture.fake.editMail(
            [&more](storage::Connection &connection) {
                for (const char *table : {"job_cursors", "job_leases", "job_requests"}) // a seed brings its own
                    QVERIFY(connection.execute(QStringLiteral("DELETE FROM ") + QLatin1StringView(table)).ok());
                const auto written = test::writeMail(connection, more);
                QVERIFY2(written.ok(), written ? "" : qPrintable(written.error().detail));
            },
            {{QStringLiteral("email"), fresh.id}});
        auto *pill = shown.find<QToolButton>("email.pill");
        QTRY_VERIFY(pill->isVisible());
        QCOMPARE(shown.rows(), before);
        QCOMPARE(shown.page->currentId(), current);
        QTRY_VERIFY(fixture.fake.calls(test::Method::EmailFigures) > asked); // the figures follow by themselves
        QTest::mouseClick(pill, Qt::LeftButton);
        QTRY_COMPARE(shown.rows(), before + 1);
    }

    void previewsStaySealed()
    {
        Fixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.page->settled());
        shown.action("email.previews").trigger();
        QDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = shown.dialog<QDialog>("templatePreview")));
        auto *kinds = dialog->findChild<QListWidget *>(QStringLiteral("templatePreview.kinds"));
        QTRY_VERIFY(kinds->count() > 0);
        auto *html = dialog->findChild<QTextBrowser *>(QStringLiteral("templatePreview.html"));
        QTRY_VERIFY(!html->toPlainText().isEmpty());
        QVERIFY(!html->openLinks() && !html->openExternalLinks());
        html->setHtml(QStringLiteral("<img src=\"file:///etc/hostname\"><p>x</p>"));
        QVERIFY(
            !html->loadResource(QTextDocument::ImageResource, QUrl(QStringLiteral("file:///etc/hostname"))).isValid());
        fixture.fake.fail(test::Method::EmailPreview, domain::unavailable(QStringLiteral("db_failed")));
        kinds->setCurrentRow(1);
        QAbstractButton *retry = nullptr;
        QTRY_VERIFY((retry = dialog->findChild<QAbstractButton *>(QStringLiteral("emptyState.retry"))) &&
                    retry->isVisible());
        retry->click();
        QTRY_VERIFY(html->isVisible());
        QVERIFY(!dialog->findChild<QPlainTextEdit *>(QStringLiteral("templatePreview.text"))->toPlainText().isEmpty());
    }

    void theProvidersFigureIsComparedInWords()
    {
        Fixture fixture;
        Shown shown(fixture, QStringLiteral("window:30d"));
        QTRY_VERIFY(shown.page->settled());
        shown.action("email.compare").trigger();
        QMenu *menu = nullptr;
        QTRY_VERIFY((menu = shown.page->findChild<QMenu *>(QStringLiteral("email.comparison"))));
        auto *text = menu->findChild<QLabel *>(QStringLiteral("email.comparison.text"));
        QVERIFY(text->text().contains(pages::ratioText(domain::settledRatio(fixture.expected(30 * 86'400)))));
        qint64 reported = 0;
        for (const test::SeedMessage &message : fixture.seed.messages)
            if (message.sentAt() >= fixture.seed.now.addDays(-30) && message.fold().delivered)
                ++reported;
        QVERIFY(text->text().contains(
            pages::ratioText(domain::ratioOf(reported, fixture.expected(30 * 86'400).accepted()))));
        menu->close();
    }

    void exportWritesWhatIsShown()
    {
        QTemporaryDir folder;
        Fixture fixture;
        Shown shown(fixture, QStringLiteral("outcome:hard window:30d"));
        QTRY_VERIFY(shown.rows() > 0 && shown.page->settled());
        shown.action("email.export").trigger();
        QDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = shown.page->findChild<QDialog *>()) && dialog->isVisible());
        const QString path = folder.filePath(QStringLiteral("mail.jsonl"));
        in(dialog, "export.jsonl")->click();
        dialog->findChild<QLineEdit *>(QStringLiteral("export.path"))->setText(path);
        for (QPushButton *button : dialog->findChildren<QPushButton *>())
            if (button->isVisible() && button->text().startsWith(QStringLiteral("Export")))
                QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(fixture.toasts.size(), 1);
        QVERIFY2(fixture.toasts.first().kind == pages::Toast::Kind::Good, qPrintable(fixture.toasts.first().text));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().count('\n') >= shown.rows());
    }

    void nothingIsCutWhereThereIsLittleRoom()
    {
        Fixture fixture;
        Shown shown(fixture, {}, QSize(860, 520));
        QTRY_VERIFY(shown.page->settled());
        shown.openFirst();
        QTRY_VERIFY(shown.inspector()->detail().has_value());
        auto *bar = shown.find<charts::SegmentBar>("email.outcomes");
        QTRY_COMPARE(bar->height(), bar->heightForWidth(bar->width()));
        QVERIFY(shown.table()->height() >= 264);
        auto *map = shown.find<QWidget>("email.heatMap"), *ratio = shown.find<QWidget>("email.ratioChart");
        QVERIFY(map->mapTo(shown.page.get(), QPoint()).y() > ratio->mapTo(shown.page.get(), QPoint()).y());
    }
};

REGISTER_SUITE(email_page, TstEmailPage)
#include "tst_email_page.moc"
