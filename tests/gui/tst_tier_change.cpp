#include "tests/gui/page_fixture.h"
#include "tests/support/test_main.h"
#include "views/dialogs/tier_change_dialog.h"
#include "views/widgets/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace {

ports::CustomerRow rowOf(test::FakeBackend &fake, quint32 number)
{
    ports::CustomerRow row;
    for (const test::SeedTeam &team : fake.data().teams) {
        if (team.id != test::teamId(number))
            continue;
        row.id = team.id;
        row.name = team.name;
        row.tier = team.tier;
    }
    return row;
}

QString tierOf(test::FakeBackend &fake, quint32 number)
{
    return rowOf(fake, number).tier;
}

struct Sheet {
    Sheet(test::PageFixture &fixture, quint32 customer)
        : dialog(
              fixture.fake.customers(), [&fixture] { return fixture.newCall(); }, rowOf(fixture.fake, customer),
              &window)
    {
        window.show();
        dialog.open();
    }
    QPushButton *tier(const char *name)
    {
        return dialog.findChild<QPushButton *>(QStringLiteral("tierChange.tier.") + QLatin1StringView(name));
    }
    QPushButton *verb(const QString &begin)
    {
        for (QPushButton *button : dialog.findChildren<QPushButton *>())
            if (button->isVisible() && button->text().startsWith(begin))
                return button;
        return nullptr;
    }
    QString said()
    {
        QStringList all;
        for (QLabel *label : dialog.findChildren<QLabel *>())
            if (label->isVisible())
                all << label->text();
        return all.join(QLatin1Char('\n'));
    }
    void giveReason(const QString &text)
    {
        for (QPlainTextEdit *edit : dialog.findChildren<QPlainTextEdit *>())
            if (edit->isVisible()) {
                edit->setFocus();
                QTest::keyClicks(edit, text);
            }
    }
    QWidget window;
    dialogs::TierChangeDialog dialog;
};

} // namespace

class TstTierChange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::Theme::instance().apply(*qApp, widgets::Theme::Mode::Light); }

    void previewReasonCommitResult()
    {
        test::PageFixture fixture;
        Sheet sheet(fixture, test::seed::bravo);
        QSignalSpy changed(&sheet.dialog, &dialogs::TierChangeDialog::changed);
        QVERIFY(!sheet.tier("anonymous"));
        QVERIFY(!sheet.tier("free")->isEnabled());
        QTest::mouseClick(sheet.tier("pro"), Qt::LeftButton);
        QTRY_VERIFY(sheet.said().contains(QStringLiteral("$0.00 → $49.00")));
        QPushButton *verb = sheet.verb(QStringLiteral("Move "));
        QVERIFY(verb);
        QVERIFY(verb->text().endsWith(QStringLiteral("to Pro")));
        QVERIFY(!verb->isEnabled());
        sheet.giveReason(QStringLiteral("paid by invoice"));
        QTRY_VERIFY(verb->isEnabled());

        fixture.fake.hold(test::Method::ChangeTier);
        QTest::mouseClick(verb, Qt::LeftButton);
        QTRY_COMPARE(fixture.fake.waiting(test::Method::ChangeTier), 1);
        QCOMPARE(tierOf(fixture.fake, test::seed::bravo), QStringLiteral("free"));
        QCOMPARE(changed.count(), 0);
        QVERIFY(sheet.dialog.isVisible());
        fixture.fake.releaseAll();
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(tierOf(fixture.fake, test::seed::bravo), QStringLiteral("pro"));
        QVERIFY(sheet.said().contains(QStringLiteral("is on Pro now")));
        QPushButton *done = sheet.verb(QStringLiteral("Done"));
        QVERIFY(done);
        QTest::mouseClick(done, Qt::LeftButton);
        QTRY_VERIFY(!sheet.dialog.isVisible());
    }

    void demotionSaysWhatStaysLive()
    {
        test::PageFixture fixture;
        Sheet sheet(fixture, test::seed::acme);
        QTest::mouseClick(sheet.tier("free"), Qt::LeftButton);
        QTRY_VERIFY(sheet.said().contains(QStringLiteral("$49.00 → $0.00")));
        QVERIFY(sheet.said().contains(QStringLiteral("sub_acme")));
        QVERIFY(sheet.said().contains(QStringLiteral("Over quota")));
    }

    void failureStaysVisibleAndRetryWorks()
    {
        test::PageFixture fixture;
        Sheet sheet(fixture, test::seed::bravo);
        QSignalSpy changed(&sheet.dialog, &dialogs::TierChangeDialog::changed);
        QTest::mouseClick(sheet.tier("hobby"), Qt::LeftButton);
        QTRY_VERIFY(sheet.said().contains(QStringLiteral("→ $9.00")));
        sheet.giveReason(QStringLiteral("goodwill"));
        fixture.fake.fail(test::Method::ChangeTier, domain::unavailable(QStringLiteral("db_failed")));
        QTest::mouseClick(sheet.verb(QStringLiteral("Move ")), Qt::LeftButton);
        QTRY_VERIFY(sheet.verb(QStringLiteral("Retry")));
        QVERIFY(sheet.said().contains(QStringLiteral("The database does not answer")));
        QVERIFY(sheet.said().contains(QStringLiteral("req-")));
        QCOMPARE(sheet.dialog.reason(), QStringLiteral("goodwill"));
        QCOMPARE(tierOf(fixture.fake, test::seed::bravo), QStringLiteral("free"));
        QCOMPARE(changed.count(), 0);
        QTRY_VERIFY(sheet.verb(QStringLiteral("Retry"))->isEnabled());
        QTest::mouseClick(sheet.verb(QStringLiteral("Retry")), Qt::LeftButton);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(tierOf(fixture.fake, test::seed::bravo), QStringLiteral("hobby"));
    }

    void theLastPickedPreviewCounts()
    {
        test::PageFixture fixture;
        Sheet sheet(fixture, test::seed::bravo);
        fixture.fake.hold(test::Method::PreviewTierChange);
        QTest::mouseClick(sheet.tier("hobby"), Qt::LeftButton);
        QTest::mouseClick(sheet.tier("team"), Qt::LeftButton);
        fixture.fake.releaseAll();
        QTRY_VERIFY(sheet.said().contains(QStringLiteral("→ $199.00")));
        QVERIFY(!sheet.said().contains(QStringLiteral("→ $9.00")));
        QCOMPARE(sheet.dialog.picked(), QStringLiteral("team"));
    }

    void closingWithAnAnswerUnderWayIsSafe()
    {
        test::PageFixture fixture;
        {
            Sheet sheet(fixture, test::seed::bravo);
            fixture.fake.hold(test::Method::PreviewTierChange);
            QTest::mouseClick(sheet.tier("hobby"), Qt::LeftButton);
        }
        fixture.fake.releaseAll();
        QTRY_COMPARE(fixture.fake.waiting(test::Method::PreviewTierChange), 0);
        QCOMPARE(tierOf(fixture.fake, test::seed::bravo), QStringLiteral("free"));
    }
};

REGISTER_SUITE(tier_change, TstTierChange)
#include "tst_tier_change.moc"
