#include "tests/gui/window_fixture.h"
#include "tests/support/heartbeat.h"
#include "tests/support/test_main.h"
#include "views/widgets/theme.h"

#include <QApplication>
#include <QTableView>

namespace {
constexpr int longestGapMs = 100;
const QStringList &screens()
{
    static const QStringList all{QStringLiteral("overview"), QStringLiteral("customers"), QStringLiteral("customer"),
                                 QStringLiteral("email"),    QStringLiteral("webhooks"),  QStringLiteral("audit"),
                                 QStringLiteral("health")};
    return all;
}
void visit(const test::WindowFixture &fixture, const QString &screen)
{
    fixture.open(screen,
                 screen == QLatin1StringView("customer") ? test::teamId(test::seed::acme).toString() : QString());
}
/// Lets the loop run until it has beaten this often: a measure of turns, not of time.
void beats(const test::Heartbeat &heart, int count)
{
    const int until = heart.beats() + count;
    QTRY_VERIFY_WITH_TIMEOUT(heart.beats() >= until, 30'000);
}
} // namespace

/// The GUI thread never waits for the backend: the longest gap between two turns of its loop stays below 100 ms.
class TstHeartbeat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::Theme::instance().apply(*qApp, widgets::Theme::Mode::Light); }

    void slowBackend()
    {
        test::WindowFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
        warm(fixture);
        fixture.fake->setDelay(800);
        test::Heartbeat heart;
        beats(heart, 5);
        heart.reset();
        for (const QString &screen : screens()) {
            visit(fixture, screen);
            fixture.page()->refresh();
            beats(heart, 40);
        }
        QVERIFY2(heart.longestGapMs() < longestGapMs, qPrintable(QString::number(heart.longestGapMs())));
    }

    void backendHeldForEver()
    {
        test::WindowFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
        warm(fixture);
        fixture.fake->holdAll();
        test::Heartbeat heart;
        beats(heart, 5);
        heart.reset();
        for (const QString &screen : screens()) {
            visit(fixture, screen);
            fixture.page()->refresh();
            beats(heart, 30);
        }
        QVERIFY2(heart.longestGapMs() < longestGapMs, qPrintable(QString::number(heart.longestGapMs())));
        fixture.fake->releaseAll();
    }

    void backendGone()
    {
        test::WindowFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
        warm(fixture);
        fixture.fake->setGone(true);
        test::Heartbeat heart;
        beats(heart, 5);
        heart.reset();
        for (const QString &screen : screens()) {
            visit(fixture, screen);
            fixture.page()->refresh();
            beats(heart, 30);
        }
        QVERIFY2(heart.longestGapMs() < longestGapMs, qPrintable(QString::number(heart.longestGapMs())));
    }

private:
    /// Builds every page once: what is measured is waiting, not construction and first painting.
    static void warm(const test::WindowFixture &fixture)
    {
        for (const QString &screen : screens()) {
            visit(fixture, screen);
            QTRY_VERIFY(fixture.page() && fixture.page()->updatedAt().isValid());
        }
    }
};

REGISTER_SUITE(heartbeat, TstHeartbeat)
#include "tst_heartbeat.moc"
