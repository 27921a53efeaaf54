#include "services/platform/profiles.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace platform;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

ConnectionProfile headless()
{
    ConnectionProfile profile;
    profile.id = s("7d0c2c62-5d29-4a3f-9f4d-1f4f0d0b8b11");
    profile.name = s("Production — Frankfurt");
    profile.kind = ProfileKind::Headless;
    profile.url = s("https://console.example.com:8443");
    profile.caFile = s("/etc/ca.pem");
    profile.colour = ProfileColour::Red;
    profile.environment = ProfileEnvironment::Production;
    profile.safeMode = SafeMode::ReadOnlyUntilUnlocked;
    profile.unlockMinutes = 5;
    profile.timeZone = s("Europe/Berlin");
    return profile;
}

ConnectionProfile postgres()
{
    ConnectionProfile profile;
    profile.id = s("b");
    profile.name = s("Staging");
    profile.kind = ProfileKind::Postgres;
    profile.host = s("db.internal");
    profile.port = 6432;
    profile.database = s("platform");
    profile.user = s("console");
    profile.options = s("sslmode=require");
    profile.environment = ProfileEnvironment::Staging;
    profile.safeMode = SafeMode::Off;
    return profile;
}

} // namespace

class TstProfiles : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_file;

    QByteArray content() const
    {
        QFile file(m_file);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }
    void setContent(const QByteArray &bytes) const
    {
        QFile file(m_file);
        if (!QDir().mkpath(QFileInfo(m_file).path()) || !file.open(QIODevice::WriteOnly) ||
            file.write(bytes) != bytes.size())
            qFatal("cannot write the test's file");
    }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_file = m_dir->filePath(s("config/profiles.json"));
    }

    void noFileIsNoProfiles()
    {
        ProfileStore store(m_file);
        const auto loaded = store.load();
        QVERIFY(loaded.ok());
        QVERIFY(loaded->isEmpty());
        QVERIFY(!QFile::exists(m_file));
    }

    void everyFieldSurvives()
    {
        ConnectionProfile sqlite;
        sqlite.id = newProfileId();
        sqlite.name = s("This machine");
        sqlite.sqliteFile = s("/srv/console/console.sqlite");
        const QList<ConnectionProfile> profiles{headless(), postgres(), sqlite};
        QVERIFY(ProfileStore(m_file).save(profiles).ok());
        ProfileStore store(m_file);
        const auto loaded = store.load();
        QVERIFY(loaded.ok());
        QCOMPARE(*loaded, profiles);
        QCOMPARE(store.keptAside(), 0);
        QCOMPARE(QFile::permissions(m_file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void namesCoverEveryValue()
    {
        QCOMPARE(allProfileColours().size(), 6);
        for (const ProfileColour colour : allProfileColours()) {
            ConnectionProfile profile = postgres();
            profile.colour = colour;
            QVERIFY(ProfileStore(m_file).save({profile}).ok());
            QCOMPARE(ProfileStore(m_file).load()->first().colour, colour);
        }
        QCOMPARE(safeModeName(SafeMode::ReadOnlyUntilUnlocked), s("readOnlyUntilUnlocked"));
        QCOMPARE(profileEnvironmentName(ProfileEnvironment::Production), s("production"));
        QCOMPARE(profileKindName(ProfileKind::Headless), s("headless"));
    }

    void fieldsOfANewerVersionAreKept()
    {
        setContent(R"({"version": 7, "theme": "dark", "profiles": [
            {"id": "a", "name": "A", "kind": "sqlite", "favourite": true, "tags": ["x"]},
            {"id": "b", "name": "B", "kind": "teleport", "port": 1}, "nonsense", {"name": "no id"}]})");
        ProfileStore store(m_file);
        auto loaded = store.load();
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->size(), 1);
        QCOMPARE(store.keptAside(), 3);
        QVERIFY(loaded->first().unknown.value(s("favourite")).toBool());
        loaded->first().name = s("Renamed");
        QVERIFY(store.save(*loaded).ok());
        const QJsonObject root = QJsonDocument::fromJson(content()).object();
        QCOMPARE(root.value(s("version")).toInt(), 7);
        QCOMPARE(root.value(s("theme")).toString(), s("dark"));
        const QJsonArray entries = root.value(s("profiles")).toArray();
        QCOMPARE(entries.size(), 4);
        QCOMPARE(entries.at(0).toObject().value(s("name")).toString(), s("Renamed"));
        QVERIFY(entries.at(0).toObject().contains(s("tags")));
        QCOMPARE(entries.at(1).toObject().value(s("kind")).toString(), s("teleport"));
    }

    void damagedFilesAreKeptAside_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut off") << QByteArray("{\"profiles\": [{\"id\": \"a\"");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("no profiles") << QByteArray("{}");
        QTest::newRow("profiles is text") << QByteArray("{\"profiles\": \"x\"}");
        QTest::newRow("binary") << QByteArray("\0\1\2\xff", 4);
    }
    void damagedFilesAreKeptAside()
    {
        QFETCH(QByteArray, bytes);
        setContent(bytes);
        ProfileStore store(m_file);
        const auto loaded = store.load();
        QVERIFY(!loaded.ok());
        QCOMPARE(loaded.error().key, s("profiles_corrupt"));
        QFile aside(loaded.error().detail);
        QVERIFY(aside.fileName().startsWith(m_file + s(".corrupt-")));
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), bytes);
        QVERIFY(store.load().ok());
        QVERIFY(store.save({postgres()}).ok());
        QVERIFY(QFile::exists(aside.fileName()));
        QCOMPARE(store.load()->size(), 1);
    }

    void aFailedSaveLeavesTheOldFile()
    {
        ProfileStore store(m_file);
        QVERIFY(store.save({postgres()}).ok());
        const QByteArray before = content();
        // A folder in the file's place fails for every user, root included.
        ProfileStore blocked(m_dir->filePath(s("config")));
        const auto failed = blocked.save({headless()});
        QVERIFY(!failed.ok());
        QCOMPARE(failed.error().key, s("profiles_unwritable"));
        QCOMPARE(content(), before);
        QCOMPARE(QDir(m_dir->filePath(s("config"))).entryList(QDir::Files), QStringList{s("profiles.json")});
    }

    void secretsHaveTheirOwnPlace()
    {
        QCOMPARE(postgres().secretKey(), s("profile/b"));
        QVERIFY(ProfileStore(m_file).save({postgres(), headless()}).ok());
        QVERIFY(!content().toLower().contains("password"));
        QVERIFY(!content().toLower().contains("token"));
        QVERIFY(newProfileId() != newProfileId());
    }

    void validation_data()
    {
        QTest::addColumn<ConnectionProfile>("profile");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *name, ConnectionProfile profile, auto change, const char *field) {
            change(profile);
            QTest::newRow(name) << profile << s(field);
        };
        using P = ConnectionProfile &;
        row(
            "headless", headless(), [](P) {}, "");
        row(
            "postgres", postgres(), [](P) {}, "");
        row(
            "default database", postgres(), [](P p) { p.kind = ProfileKind::Sqlite; }, "");
        row(
            "no name", headless(), [](P p) { p.name = s("  "); }, "name");
        row(
            "long name", headless(), [](P p) { p.name = QString(81, QLatin1Char('n')); }, "name");
        row(
            "no id", headless(), [](P p) { p.id.clear(); }, "id");
        row(
            "no url", headless(), [](P p) { p.url.clear(); }, "url");
        row(
            "other scheme", headless(), [](P p) { p.url = s("ftp://x"); }, "url");
        row(
            "password in the url", headless(), [](P p) { p.url = s("https://a:b@x"); }, "url");
        row(
            "plain http elsewhere", headless(), [](P p) { p.url = s("http://example.com"); }, "url");
        row(
            "plain http here", headless(), [](P p) { p.url = s("http://127.0.0.1:8080"); }, "");
        row(
            "no host", postgres(), [](P p) { p.host.clear(); }, "host");
        row(
            "no database", postgres(), [](P p) { p.database.clear(); }, "database");
        row(
            "port 0", postgres(), [](P p) { p.port = 0; }, "port");
        row(
            "port too large", postgres(), [](P p) { p.port = 65536; }, "port");
        row(
            "password in the options", postgres(), [](P p) { p.options = s("Password=x"); }, "options");
        row(
            "relative file", postgres(),
            [](P p) {
                p.kind = ProfileKind::Sqlite;
                p.sqliteFile = s("x.db");
            },
            "sqliteFile");
        row(
            "never unlocked", headless(), [](P p) { p.unlockMinutes = 0; }, "unlockMinutes");
        row(
            "odd time zone", headless(), [](P p) { p.timeZone = s("Mars/Olympus"); }, "timeZone");
    }
    void validation()
    {
        QFETCH(ConnectionProfile, profile);
        QFETCH(QString, field);
        const auto checked = validateProfile(profile);
        if (field.isEmpty()) {
            QVERIFY2(checked.ok(), checked ? "" : qPrintable(checked.error().fields.keys().join(QLatin1Char(','))));
            return;
        }
        QVERIFY(!checked.ok());
        QCOMPARE(checked.error().key, s("invalid_profile"));
        QCOMPARE(checked.error().fields.keys(), QStringList{field});
    }
};

REGISTER_SUITE(profiles, TstProfiles)
#include "tst_profiles.moc"
