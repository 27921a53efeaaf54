#include "services/storage/migrator.h"
#include "tests/functional/platform_fixture.h"
#include "tests/support/test_main.h"

#include <QtTest>

#include <future>

using functional::CommandResult;
using functional::PlatformFixture;
using functional::runBinary;

/// Several hosts that start on the same empty database at the same moment.
class TstMigrateRace : public QObject {
    Q_OBJECT
private slots:
    void everyProcessSucceedsAndEachFileRunsOnce_data() { test::addEngineRows(); }
    void everyProcessSucceedsAndEachFileRunsOnce()
    {
        QFETCH(storage::Engine, engine);
        const PlatformFixture platform(engine);
        std::vector<std::future<CommandResult>> runs;
        for (int i = 0; i < 4; ++i) {
            runs.push_back(std::async(std::launch::async, [environment = platform.environment()] {
                return runBinary({QStringLiteral("migrate")}, environment);
            }));
        }
        QStringList applied, expected;
        for (auto &run : runs) {
            const CommandResult result = run.get();
            QVERIFY2(result.exitCode == 0, qPrintable(result.err));
            const QStringList lines = result.out.split(QLatin1Char('\n'));
            for (const QString &line : lines) {
                if (line.startsWith(QStringLiteral("applied ")))
                    applied << line.mid(8).trimmed();
            }
        }
        for (const auto &migration : storage::embeddedMigrations(engine))
            expected << migration.filename;
        applied.sort();
        QCOMPARE(applied, expected);
    }
};

REGISTER_SUITE(migrate_race, TstMigrateRace)
#include "tst_migrate_race.moc"
