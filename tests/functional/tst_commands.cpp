#include "services/storage/migrator.h"
#include "test_paths.h"
#include "tests/functional/platform_fixture.h"
#include "tests/support/test_main.h"

#include <QDirIterator>
#include <QFile>
#include <QSize>
#include <QtEndian>
#include <QtTest>

using functional::cleanEnvironment;
using functional::CommandResult;
using functional::PlatformFixture;
using functional::runBinary;

namespace {
/// From the header; this program has no pictures otherwise.
QSize sizeOfPng(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray head = file.read(24);
    if (head.size() < 24 || !head.startsWith("\x89PNG"))
        return {};
    return {qFromBigEndian<qint32>(head.constData() + 16), qFromBigEndian<qint32>(head.constData() + 20)};
}
} // namespace

/// What an operator types on the host.
class TstCommands : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void unknownCommandIsNamed();
    void helpNamesEveryCommand();
    void migrateIsRepeatable_data();
    void migrateIsRepeatable();
    void demoRefusesAFullDatabase();
    void tokensAreListedAndRevoked();
    void doctorHidesSecretsAndNamesWhatIsClosed();
    void doctorReadsTheMailTemplates();
    void emailPreviewsArePrinted();
    void emailPreviewsAreWritten();
    void emailPreviewRefusesWhatItDoesNotKnow();
    void doctorTouchesNothing_data();
    void doctorTouchesNothing();
    void shortPrefixStopsTheServer();
    void unreachableDatabaseIsAClearLine();
    void healthcheckFollowsTheServer();
    void withoutADisplayTheServerStarts();
    void theDesktopFillsItsFirstDatabase();
    void benchStartSaysFilledAndEnds();
    void shotsAreScaled();
    void shotsRefuseAWrongScale_data();
    void shotsRefuseAWrongScale();
};

void TstCommands::unknownCommandIsNamed()
{
    QTemporaryDir home;
    const CommandResult result = runBinary({QStringLiteral("serbe")}, cleanEnvironment(home.path()));
    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.err.contains(QStringLiteral("serbe")));
}

void TstCommands::helpNamesEveryCommand()
{
    QTemporaryDir home;
    const CommandResult result = runBinary({QStringLiteral("help")}, cleanEnvironment(home.path()));
    QCOMPARE(result.exitCode, 0);
    for (const char *name :
         {"serve", "migrate", "demo", "doctor", "token", "openapi", "healthcheck", "email-preview", "shots"})
        QVERIFY2(result.out.contains(QString::fromLatin1(name)), name);
}

void TstCommands::migrateIsRepeatable_data()
{
    test::addEngineRows();
}

void TstCommands::migrateIsRepeatable()
{
    QFETCH(storage::Engine, engine);
    PlatformFixture platform(engine);
    for (int round = 0; round < 2; ++round) {
        const CommandResult result = runBinary({QStringLiteral("migrate")}, platform.environment());
        QVERIFY2(result.exitCode == 0, qPrintable(result.err));
        QVERIFY(result.out.contains(storage::embeddedMigrations(engine).constLast().filename.left(4)));
    }
}

void TstCommands::demoRefusesAFullDatabase()
{
    PlatformFixture platform(storage::Engine::Sqlite);
    QCOMPARE(platform.prepare(20), QString());
    const CommandResult again = runBinary({QStringLiteral("demo"), QStringLiteral("--customers"), QStringLiteral("20")},
                                          platform.environment());
    QCOMPARE(again.exitCode, 1);
    QVERIFY(again.err.contains(QStringLiteral("--force")));
    QCOMPARE(runBinary({QStringLiteral("demo"), QStringLiteral("--customers"), QStringLiteral("many")},
                       platform.environment())
                 .exitCode,
             2);
}

void TstCommands::tokensAreListedAndRevoked()
{
    PlatformFixture platform(storage::Engine::Sqlite);
    QCOMPARE(platform.prepare(20), QString());
    QCOMPARE(platform.startServer(), QString());
    QCOMPARE(platform.admin().get(QStringLiteral("/auth/me")).status, 200);
    const CommandResult list = runBinary({QStringLiteral("token"), QStringLiteral("list")}, platform.environment());
    QCOMPARE(list.exitCode, 0);
    QVERIFY(!list.out.contains(platform.adminToken()));
    QString id;
    const QStringList lines = list.out.split(QLatin1Char('\n'));
    for (const QString &line : lines) {
        if (line.contains(QStringLiteral("admin")) &&
            line.contains(QString::fromLatin1(PlatformFixture::operatorEmail)) &&
            line.contains(QStringLiteral("valid")))
            id = line.section(QLatin1Char(' '), 0, 0);
    }
    QVERIFY2(!id.isEmpty(), qPrintable(list.out));
    QCOMPARE(runBinary({QStringLiteral("token"), QStringLiteral("revoke"), id}, platform.environment()).exitCode, 0);
    QCOMPARE(platform.admin().get(QStringLiteral("/auth/me")).status, 401);
    QCOMPARE(platform.auditor().get(QStringLiteral("/auth/me")).status, 200);
    QCOMPARE(platform.server().terminate(), 0);
}

void TstCommands::doctorHidesSecretsAndNamesWhatIsClosed()
{
    QTemporaryDir home;
    QProcessEnvironment environment = cleanEnvironment(home.path());
    environment.insert(QStringLiteral("METRICS_TOKEN"), QStringLiteral("sehr-geheim-4711"));
    environment.insert(QStringLiteral("DATABASE_URL"),
                       QStringLiteral("postgresql://console:pw-geheim@127.0.0.1:1/none"));
    const CommandResult result = runBinary({QStringLiteral("doctor")}, environment);
    QVERIFY(!result.out.contains(QStringLiteral("geheim")));
    QVERIFY(!result.err.contains(QStringLiteral("geheim")));
    QVERIFY(result.out.contains(QStringLiteral("METRICS_TOKEN")));
    QVERIFY(result.out.contains(QStringLiteral("ADMIN_PATH_PREFIX")));
    QCOMPARE(result.exitCode, 1);
}

void TstCommands::doctorReadsTheMailTemplates()
{
    QTemporaryDir home;
    const CommandResult result = runBinary({QStringLiteral("doctor")}, cleanEnvironment(home.path()));
    QVERIFY2(result.out.contains(QStringLiteral("mail templates: 31 kinds, all sound")), qPrintable(result.out));
}

void TstCommands::emailPreviewsArePrinted()
{
    QTemporaryDir home;
    const QProcessEnvironment environment = cleanEnvironment(home.path());
    const QString command = QStringLiteral("email-preview"), kind = QStringLiteral("deploy.healthy");
    const CommandResult list = runBinary({command}, environment);
    QCOMPARE(list.exitCode, 0);
    QCOMPARE(list.out.trimmed().count(QLatin1Char('\n')) + 1, 31);
    const CommandResult text = runBinary({command, kind}, environment);
    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.out.startsWith(QStringLiteral("[deploy.healthy] Subject: orders-api is live\n")),
             qPrintable(text.out));
    const CommandResult html =
        runBinary({command, kind, QStringLiteral("--format"), QStringLiteral("html")}, environment);
    QCOMPARE(html.exitCode, 0);
    QVERIFY(html.out.startsWith(QStringLiteral("<!DOCTYPE html>")));
    const CommandResult all = runBinary({command, QStringLiteral("--all")}, environment);
    QCOMPARE(all.exitCode, 0);
    QCOMPARE(all.out.count(QStringLiteral("] Subject: ")), 31);
}

void TstCommands::emailPreviewsAreWritten()
{
    QTemporaryDir home;
    const QProcessEnvironment environment = cleanEnvironment(home.path());
    const QString folder = home.filePath(QStringLiteral("new/mails"));
    const CommandResult all = runBinary(
        {QStringLiteral("email-preview"), QStringLiteral("--all"), QStringLiteral("--out"), folder}, environment);
    QVERIFY2(all.exitCode == 0, qPrintable(all.err));
    QCOMPARE(QDir(folder).entryList({QStringLiteral("*.html")}, QDir::Files).size(), 31);
    QCOMPARE(QDir(folder).entryList({QStringLiteral("*.txt")}, QDir::Files).size(), 31);
    const QString other = home.filePath(QStringLiteral("one"));
    QCOMPARE(runBinary({QStringLiteral("email-preview"), QStringLiteral("digest.weekly"), QStringLiteral("--out"),
                        other, QStringLiteral("--format"), QStringLiteral("text")},
                       environment)
                 .exitCode,
             0);
    QCOMPARE(QDir(other).entryList(QDir::Files), QStringList{QStringLiteral("digest.weekly.txt")});
    QFile occupied(home.filePath(QStringLiteral("file")));
    QVERIFY(occupied.open(QIODevice::WriteOnly));
    const CommandResult blocked = runBinary({QStringLiteral("email-preview"), QStringLiteral("--all"),
                                             QStringLiteral("--out"), occupied.fileName() + QStringLiteral("/x")},
                                            environment);
    QCOMPARE(blocked.exitCode, 1);
    QVERIFY(blocked.err.contains(QStringLiteral("cannot make the folder")));
}

void TstCommands::emailPreviewRefusesWhatItDoesNotKnow()
{
    QTemporaryDir home;
    const QProcessEnvironment environment = cleanEnvironment(home.path());
    const auto refusal = [&environment](const QStringList &arguments) {
        const CommandResult result = runBinary(QStringList{QStringLiteral("email-preview")} + arguments, environment);
        return result.exitCode == 2 && result.out.isEmpty() ? result.err : QString();
    };
    QVERIFY(refusal({QStringLiteral("deploy.craeted")}).contains(QStringLiteral("did you mean 'deploy.created'?")));
    QVERIFY(refusal({QStringLiteral("deploy.deletion_requested")}).contains(QStringLiteral("there is no mail")));
    QVERIFY(refusal({QStringLiteral("--all"), QStringLiteral("--format"), QStringLiteral("pdf")})
                .contains(QStringLiteral("html or text")));
    QVERIFY(refusal({QStringLiteral("--all"), QStringLiteral("digest.weekly")}).contains(QStringLiteral("one kind")));
    QVERIFY(refusal({QStringLiteral("--out"), QStringLiteral("x")}).contains(QStringLiteral("--all")));
}

void TstCommands::doctorTouchesNothing_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("this user's database") << QString();
    QTest::newRow("a file elsewhere") << QStringLiteral("sqlite:%1/not/there/x.sqlite");
}

void TstCommands::doctorTouchesNothing()
{
    QFETCH(QString, url);
    QTemporaryDir home;
    QProcessEnvironment environment = cleanEnvironment(home.path());
    if (!url.isEmpty())
        environment.insert(QStringLiteral("DATABASE_URL"), url.arg(home.path()));
    const auto contents = [&home] {
        QStringList found;
        for (QDirIterator it(home.path(), QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                             QDirIterator::Subdirectories);
             it.hasNext();)
            found << it.next();
        found.sort();
        return found;
    };
    const QStringList before = contents();
    const CommandResult result = runBinary({QStringLiteral("doctor")}, environment);
    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.out.contains(QStringLiteral("not there yet (serve and migrate create it)")),
             qPrintable(result.out));
    QCOMPARE(contents(), before);
}

void TstCommands::shortPrefixStopsTheServer()
{
    QTemporaryDir home;
    QProcessEnvironment environment = cleanEnvironment(home.path());
    environment.insert(QStringLiteral("DATABASE_URL"),
                       QStringLiteral("sqlite:") + home.filePath(QStringLiteral("x.sqlite")));
    environment.insert(QStringLiteral("ADMIN_PATH_PREFIX"), QStringLiteral("short"));
    const CommandResult result = runBinary({QStringLiteral("serve")}, environment);
    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.err.contains(QStringLiteral("ADMIN_PATH_PREFIX")));
    QVERIFY(result.err.contains(QStringLiteral("32")));
}

void TstCommands::unreachableDatabaseIsAClearLine()
{
    QTemporaryDir home;
    QProcessEnvironment environment = cleanEnvironment(home.path());
    environment.insert(QStringLiteral("DATABASE_URL"),
                       QStringLiteral("postgresql://console:pw-geheim@127.0.0.1:1/none"));
    const CommandResult result = runBinary({QStringLiteral("migrate")}, environment);
    QCOMPARE(result.exitCode, 1);
    QVERIFY(result.err.contains(QStringLiteral("127.0.0.1")));
    QVERIFY(!result.err.contains(QStringLiteral("geheim")));
}

void TstCommands::healthcheckFollowsTheServer()
{
    PlatformFixture platform(storage::Engine::Sqlite);
    QCOMPARE(platform.startServer(), QString());
    const QString url = QStringLiteral("http://127.0.0.1:%1").arg(platform.server().port());
    QCOMPARE(runBinary({QStringLiteral("healthcheck"), url}, platform.environment()).exitCode, 0);
    QCOMPARE(platform.server().terminate(), 0);
    QCOMPARE(runBinary({QStringLiteral("healthcheck"), url}, platform.environment()).exitCode, 1);
}

void TstCommands::withoutADisplayTheServerStarts()
{
    QTemporaryDir home;
    QProcess process;
    process.setProcessEnvironment(cleanEnvironment(home.path()));
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(INSTANODE_BINARY),
                  {QStringLiteral("--demo"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
    QByteArray said;
    while (!said.contains("token mint") && process.state() != QProcess::NotRunning && process.waitForReadyRead(60'000))
        said += process.readAll();
    QVERIFY2(said.contains("no display"), said.constData());
    QVERIFY2(said.contains("http://127.0.0.1:"), said.constData());
    QVERIFY2(said.contains("token mint"), said.constData());
    process.terminate();
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 0);
}

void TstCommands::benchStartSaysFilledAndEnds()
{
    QTemporaryDir home;
    QProcessEnvironment environment = cleanEnvironment(home.path());
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    const QString file = home.filePath(QStringLiteral("bench.sqlite"));
    QVERIFY(runBinary({QStringLiteral("--bench-start"), QStringLiteral("--database"), file}, environment).exitCode ==
            2); // no file yet
    environment.insert(QStringLiteral("DATABASE_URL"), QStringLiteral("sqlite:") + file);
    CommandResult result = runBinary({QStringLiteral("migrate")}, environment);
    QVERIFY2(result.exitCode == 0, qPrintable(result.err));
    result = runBinary({QStringLiteral("--bench-start"), QStringLiteral("--database"), file}, environment);
    QVERIFY2(result.exitCode == 0, qPrintable(result.err));
    QCOMPARE(result.out.trimmed(), QStringLiteral("filled"));
    QStringList kept;
    QDirIterator it(home.path(), {QStringLiteral("profiles.json"), QStringLiteral("desktop.ini")}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext())
        kept << it.next();
    QCOMPARE(kept, QStringList());
}

void TstCommands::theDesktopFillsItsFirstDatabase()
{
    QTemporaryDir home;
    QProcessEnvironment environment = cleanEnvironment(home.path());
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    QProcess desktop;
    desktop.setProcessEnvironment(environment);
    desktop.start(QStringLiteral(INSTANODE_BINARY), {QStringLiteral("--demo")});
    QVERIFY(desktop.waitForStarted());
    storage::DatabaseConfig database;
    database.sqliteFile = home.filePath(QStringLiteral(".local/share/instanode-console/console.sqlite"));
    const auto customers = [&] {
        qint64 count = 0;
        if (!QFile::exists(database.sqliteFile))
            return count;
        const auto connection = storage::Connection::open(database, true);
        if (connection)
            (void)(*connection)->select(QStringLiteral("SELECT count(*) FROM teams"), {}, [&](const storage::Row &row) {
                count = row.integer(0);
                return true;
            });
        return count;
    };
    QTRY_COMPARE_WITH_TIMEOUT(customers(), 1000, 60'000);
    desktop.terminate();
    QVERIFY(desktop.waitForFinished(60'000));
    QCOMPARE(desktop.exitStatus(), QProcess::NormalExit);
    QCOMPARE(desktop.exitCode(), 0);
}

void TstCommands::shotsAreScaled()
{
    QTemporaryDir home;
    const auto sizes = [&home](const QStringList &options) {
        QProcessEnvironment environment = cleanEnvironment(home.path());
        environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("3")); // the caller's screen is no matter
        QTemporaryDir folder;
        const CommandResult result =
            runBinary(QStringList{QStringLiteral("shots"), folder.path()} + options, environment);
        QMap<QString, QSize> found;
        if (result.exitCode == 0)
            for (QDirIterator it(folder.path(), {QStringLiteral("*.png")}, QDir::Files); it.hasNext();) {
                const QString file = it.next();
                found.insert(QFileInfo(file).fileName(), sizeOfPng(file));
            }
        return found;
    };
    const QMap<QString, QSize> plain = sizes({});
    QCOMPARE(plain.value(QStringLiteral("customers-light.png")), QSize(1440, 900));
    QMap<QString, QSize> twice = plain;
    for (QSize &size : twice)
        size *= 2;
    QCOMPARE(sizes({QStringLiteral("--scale"), QStringLiteral("2")}), twice);
}

void TstCommands::shotsRefuseAWrongScale_data()
{
    QTest::addColumn<QString>("scale");
    for (const char *scale : {"0", "0.5", "3.1", "-2", "two", "nan", "inf", ""})
        QTest::newRow(*scale ? scale : "empty") << QString::fromLatin1(scale);
}

void TstCommands::shotsRefuseAWrongScale()
{
    QFETCH(QString, scale);
    QTemporaryDir home;
    const QString folder = home.filePath(QStringLiteral("pictures"));
    const CommandResult result =
        runBinary({QStringLiteral("shots"), folder, QStringLiteral("--scale=") + scale}, cleanEnvironment(home.path()));
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains(QStringLiteral("--scale needs a number from 1 to 3")), qPrintable(result.err));
    QVERIFY(!QFile::exists(folder));
}

REGISTER_SUITE(commands, TstCommands)
#include "tst_commands.moc"
