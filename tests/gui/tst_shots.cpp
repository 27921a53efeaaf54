#include "services/platform/resources.h"
#include "tests/support/fake_backend.h"
#include "tests/support/mail_seed.h"
#include "tests/support/mail_traffic.h"
#include "tests/support/test_main.h"
#include "views/pages/page_factory.h"
#include "views/shell/shots.h"
#include "views/widgets/theme.h"

#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

std::shared_ptr<ports::Backend> failing()
{
    auto fake = std::make_shared<test::FakeBackend>(test::largeDataset(300));
    const domain::Error gone = domain::unavailable(QStringLiteral("db_failed"));
    fake->fail(test::Method::ListCustomers, gone, -1);
    fake->fail(test::Method::CustomerSums, gone, -1);
    fake->fail(test::Method::ChangeTier, gone, -1);
    return fake;
}

} // namespace

class TstShots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        platform::initResources();
        widgets::Theme::instance().apply(*qApp, widgets::Theme::Mode::Light);
    }
    void cleanupTestCase() { widgets::Theme::instance().setMode(widgets::Theme::Mode::Light); }

    /// INSTANODE_TEST_SHOTS keeps the pictures in that folder.
    void everyScreenInBothThemes()
    {
        QTemporaryDir temp;
        const QString kept = qEnvironmentVariable("INSTANODE_TEST_SHOTS");
        const QString folder = kept.isEmpty() ? temp.path() : kept;
        test::Dataset data = test::largeDataset(300);
        data.now = QDateTime::currentDateTimeUtc();
        const auto fake = std::make_shared<test::FakeBackend>(data);
        const test::MailSeed traffic = test::mailTraffic(data);
        bool written = false;
        fake->editMail([&](storage::Connection &connection) { written = test::writeMail(connection, traffic).ok(); });
        QVERIFY(written);
        shell::Shots shots(fake, {folder, pages::makePage, failing(), QSize(1440, 900), 60'000});
        QSignalSpy finished(&shots, &shell::Shots::finished);
        shots.start();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 120'000);
        QVERIFY2(finished.first().first().toBool(), qPrintable(finished.first().at(1).toString()));
        QCOMPARE(shots.written().size(), 64);
        for (const QString &file : shots.written()) {
            const QImage image(file);
            QVERIFY2(!image.isNull(), qPrintable(file));
            if (!file.contains(QLatin1StringView("chooser")) && !file.contains(QLatin1StringView("first-start")))
                QCOMPARE(image.size(), QSize(1440, 900));
        }
    }

    void aFolderThatCannotBeMade()
    {
        shell::Shots shots(std::make_shared<test::FakeBackend>(),
                           {QStringLiteral("/proc/none"), pages::makePage, nullptr, QSize(1440, 900), 1000});
        QSignalSpy finished(&shots, &shell::Shots::finished);
        shots.start();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!finished.first().first().toBool());
    }
};

REGISTER_SUITE(shots, TstShots)
#include "tst_shots.moc"
