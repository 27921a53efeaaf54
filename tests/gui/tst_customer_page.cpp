#include "tests/gui/page_fixture.h"
#include "tests/support/test_main.h"
#include "views/pages/customer_notes.h"
#include "views/pages/customer_page.h"
#include "views/pages/customer_timeline.h"
#include "views/widgets/copy_label.h"
#include "views/widgets/theme.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <memory>

namespace {

struct Shown {
    explicit Shown(test::PageFixture &fixture, quint32 customer, const QString &tab = {})
        : page(std::make_unique<pages::CustomerPage>(fixture))
    {
        page->resize(1240, 760);
        static_cast<QWidget &>(*page).show();
        page->activateWindow();
        open(test::teamId(customer).toString(), tab);
    }
    void open(const QString &id, const QString &tab = {})
    {
        pages::Location location{QStringLiteral("customer"), id, {}};
        if (!tab.isEmpty())
            location.query.addQueryItem(QStringLiteral("tab"), tab);
        page->show(location);
    }
    template <typename W>
    W *find(const char *name) const
    {
        return page->findChild<W *>(QString::fromLatin1(name));
    }
    std::unique_ptr<pages::CustomerPage> page;
};

int notesOf(test::FakeBackend &fake, quint32 customer)
{
    int n = 0;
    for (const domain::Note &note : fake.data().notes)
        n += note.team == test::teamId(customer) ? 1 : 0;
    return n;
}

} // namespace

class TstCustomerPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::Theme::instance().apply(*qApp, widgets::Theme::Mode::Light); }

    void headerAndTabs()
    {
        test::PageFixture fixture;
        Shown shown(fixture, test::seed::acme, QStringLiteral("users"));
        QTRY_VERIFY(shown.page->title().contains(QStringLiteral("Acme")));
        QCOMPARE(shown.find<widgets::CopyLabel>("customer.id")->value(), test::teamId(test::seed::acme).toString());
        auto *users = shown.find<QTableView>("customer.users.table");
        QVERIFY(users->isVisible());
        QVERIFY(users->model()->rowCount() > 0);
        QCOMPARE(shown.page->location().query.queryItemValue(QStringLiteral("tab")), QStringLiteral("users"));
        shown.open(test::teamId(test::seed::acme).toString(), QStringLiteral("resources"));
        QVERIFY(shown.find<QTableView>("customer.resources.table")->isVisible());
        QVERIFY(shown.find<QTableView>("customer.resources.table")->model()->rowCount() > 0);
        shown.open(test::teamId(test::seed::acme).toString(), QStringLiteral("audit"));
        QTRY_VERIFY(shown.find<QTableView>("customer.audit.table")->model()->rowCount() > 0);
    }

    void timelineHasNotesAndGroups()
    {
        test::PageFixture fixture;
        Shown shown(fixture, test::seed::acme);
        auto *timeline = shown.page->findChild<pages::CustomerTimeline *>();
        QTRY_VERIFY(timeline->shownCount() > 2);
        const int all = timeline->shownCount();
        auto *tier = shown.find<QToolButton>("customer.timeline.tier");
        QTest::mouseClick(tier, Qt::LeftButton);
        QCOMPARE(timeline->group(), pages::TimelineGroup::Tier);
        QVERIFY(timeline->shownCount() < all);
        QTest::mouseClick(shown.find<QToolButton>("customer.timeline.all"), Qt::LeftButton);
        QCOMPARE(timeline->shownCount(), all);
    }

    void noteIsAdded()
    {
        test::PageFixture fixture;
        Shown shown(fixture, test::seed::bravo, QStringLiteral("notes"));
        auto *text = shown.find<QPlainTextEdit>("customer.notes.text");
        auto *add = shown.find<QPushButton>("customer.notes.add");
        QTRY_VERIFY(text->isVisible());
        QVERIFY(!add->isEnabled());
        const int before = notesOf(fixture.fake, test::seed::bravo);
        text->setFocus();
        QTest::keyClicks(text, QStringLiteral("Asked for an invoice"));
        QTRY_VERIFY(add->isEnabled());
        fixture.fake.fail(test::Method::AddNote, domain::unavailable(QStringLiteral("db_failed")));
        QTest::mouseClick(add, Qt::LeftButton);
        auto *error = shown.find<QLabel>("customer.notes.error");
        QTRY_VERIFY(!error->text().isEmpty());
        QCOMPARE(text->toPlainText(), QStringLiteral("Asked for an invoice"));
        QTest::mouseClick(add, Qt::LeftButton);
        QTRY_COMPARE(notesOf(fixture.fake, test::seed::bravo), before + 1);
        QTRY_VERIFY(text->toPlainText().isEmpty());
    }

    void deletedNoteIsGoneAtOnceAndCanBeWrittenAgain()
    {
        test::PageFixture fixture;
        Shown shown(fixture, test::seed::acme, QStringLiteral("notes"));
        auto *notes = shown.page->findChild<pages::CustomerNotes *>();
        QTRY_VERIFY(notes->count() > 0);
        const int before = notesOf(fixture.fake, test::seed::acme);
        domain::Note note;
        for (const domain::Note &one : fixture.fake.data().notes)
            if (one.team == test::teamId(test::seed::acme))
                note = one;
        const QByteArray trash = "customer.notes." + note.id.toString().toLatin1() + ".delete";

        fixture.fake.fail(test::Method::DeleteNote, domain::unavailable(QStringLiteral("db_failed")));
        QTRY_VERIFY(shown.find<QToolButton>(trash));
        QTest::mouseClick(shown.find<QToolButton>(trash), Qt::LeftButton);
        QTRY_COMPARE(fixture.toasts.size(), 1);
        QVERIFY(fixture.toasts.last().kind == pages::Toast::Kind::Bad);
        QCOMPARE(notes->count(), before);

        QTRY_VERIFY(shown.find<QToolButton>(trash) && shown.find<QToolButton>(trash)->isVisible());
        for (QToolButton *button : shown.page->findChildren<QToolButton *>(QString::fromLatin1(trash)))
            if (button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(notes->count(), before - 1); // before the answer, and no second chance to ask
        QTRY_COMPARE(notesOf(fixture.fake, test::seed::acme), before - 1);
        QTRY_COMPARE(fixture.toasts.size(), 2);
        QCOMPARE(fixture.toasts.last().actionText, QStringLiteral("Undo"));
        QVERIFY(fixture.toasts.last().text.contains(QStringLiteral("as yours")));

        fixture.toasts.last().action();
        QTRY_COMPARE(fixture.toasts.size(), 3);
        QVERIFY2(fixture.toasts.last().kind == pages::Toast::Kind::Good, qPrintable(fixture.toasts.last().text));
        QCOMPARE(notesOf(fixture.fake, test::seed::acme), before);
        QCOMPARE(notes->count(), before);
        const QList<domain::Note> stored = fixture.fake.data().notes;
        QVERIFY(std::any_of(stored.cbegin(), stored.cend(), [&note](const domain::Note &n) {
            return n.id != note.id && n.body == note.body && n.authorEmail == QLatin1StringView("operator@example.com");
        }));
    }

    void theStatusShowsOnlyWhenItIsNotActive()
    {
        test::PageFixture fixture;
        Shown shown(fixture, test::seed::acme);
        QTRY_VERIFY(shown.page->title().contains(QStringLiteral("Acme")));
        auto *status = shown.find<QWidget>("customer.status");
        QVERIFY(!status->isVisible());
        fixture.fake.edit(
            [](test::Dataset &data) {
                for (test::SeedTeam &team : data.teams)
                    if (team.id == test::teamId(test::seed::acme))
                        team.status = QStringLiteral("deletion_pending");
            },
            {{QStringLiteral("team"), test::teamId(test::seed::acme).toString()}});
        QTRY_VERIFY(status->isVisible());
    }

    void unknownAndBrokenIds()
    {
        test::PageFixture fixture;
        Shown shown(fixture, 99999);
        auto *empty = shown.find<QWidget>("customer.empty");
        QTRY_VERIFY(empty->isVisible() && empty->accessibleName().contains(QStringLiteral("No such customer")));
        shown.open(QStringLiteral("not-an-id"));
        QVERIFY(empty->accessibleName().contains(QStringLiteral("No such customer")));
    }

    void failureThenRetry()
    {
        test::PageFixture fixture;
        fixture.fake.setGone(true);
        Shown shown(fixture, test::seed::acme);
        auto *empty = shown.find<QWidget>("customer.empty");
        auto *retry = empty->findChild<QPushButton *>(QStringLiteral("emptyState.retry"));
        QTRY_VERIFY(retry->isVisible());
        fixture.fake.setGone(false);
        QTest::mouseClick(retry, Qt::LeftButton);
        QTRY_VERIFY(shown.page->title().contains(QStringLiteral("Acme")));
    }

    void anotherOperatorsChangeArrives()
    {
        test::PageFixture fixture;
        Shown shown(fixture, test::seed::acme);
        QTRY_VERIFY(shown.page->title().contains(QStringLiteral("Acme")));
        fixture.fake.edit(
            [](test::Dataset &data) {
                for (test::SeedTeam &team : data.teams)
                    if (team.id == test::teamId(test::seed::acme))
                        team.name = QStringLiteral("Renamed elsewhere");
            },
            {{QStringLiteral("team"), test::teamId(test::seed::acme).toString()}});
        QTRY_COMPARE(shown.page->title(), QStringLiteral("Renamed elsewhere"));
    }
};

REGISTER_SUITE(customer_page, TstCustomerPage)
#include "tst_customer_page.moc"
