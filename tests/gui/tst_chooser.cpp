#include "app/desktop/bench_start.h"
#include "app/desktop/startup.h"
#include "services/ports/when_done.h"
#include "tests/support/fake_backend.h"
#include "tests/support/gui_app.h"
#include "tests/support/test_main.h"
#include "views/dialogs/connection_chooser.h"
#include "views/dialogs/profile_editor.h"
#include "views/shell/main_window.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace dialogs;

namespace {

class MemorySecrets final : public platform::SecretStore {
public:
    QFuture<domain::Result<std::optional<QByteArray>>> read(QString key) override
    {
        std::optional<QByteArray> found;
        if (values.contains(key))
            found = values.value(key);
        return ports::ready(domain::Result<std::optional<QByteArray>>(found));
    }
    QFuture<domain::Result<domain::Done>> write(QString key, QByteArray secret) override
    {
        values.insert(key, secret);
        return ports::ready(domain::Result<domain::Done>(domain::Done{}));
    }
    QFuture<domain::Result<domain::Done>> remove(QString key) override
    {
        values.remove(key);
        return ports::ready(domain::Result<domain::Done>(domain::Done{}));
    }
    QString describe() const override { return QStringLiteral("memory"); }
    QHash<QString, QByteArray> values;
};

/// The start-up over a folder of its own; every connection opens the fake, or answers `error`.
struct Start {
    QTemporaryDir folder;
    std::shared_ptr<MemorySecrets> secrets = std::make_shared<MemorySecrets>();
    std::optional<domain::Error> error;
    QStringList prepared, secretsSeen;
    std::unique_ptr<desktop::Startup> startup;

    void begin(bool demo = false)
    {
        desktop::DesktopOptions options;
        options.profilesFile = folder.filePath(QStringLiteral("profiles.json"));
        options.settingsFile = folder.filePath(QStringLiteral("desktop.ini"));
        options.databaseFile = folder.filePath(QStringLiteral("console.sqlite"));
        options.secrets = secrets;
        options.demo = demo;
        options.openBackend = [this](const platform::ConnectionProfile &, const QString &secret) {
            secretsSeen.append(secret);
            using Opened = domain::Result<std::shared_ptr<ports::Backend>>;
            if (error)
                return ports::ready(Opened(*error));
            return ports::ready(Opened(std::make_shared<test::FakeBackend>()));
        };
        options.prepareLocal = [this](const QString &file, bool sample) {
            prepared.append(file + (sample ? QStringLiteral(" sample") : QStringLiteral(" empty")));
            return ports::ready(domain::Result<domain::Done>(domain::Done{}));
        };
        startup = std::make_unique<desktop::Startup>(std::move(options));
        startup->begin();
    }
    QAbstractButton *button(const char *name) const
    {
        return startup->chooser()->findChild<QAbstractButton *>(QString::fromLatin1(name));
    }
};

} // namespace

class TstChooser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::prepareGui(); }

    void problems()
    {
        ConnectionProfile p;
        QVERIFY(problemsOf(p).contains(QStringLiteral("name")));
        p.name = QStringLiteral("x");
        QVERIFY(problemsOf(p).isEmpty());
        p.kind = ConnectionKind::Headless;
        for (const char *bad : {"", "example.dev", "ftp://example.dev", "https://", "https://user:pw@example.dev"}) {
            p.url = QString::fromLatin1(bad);
            QVERIFY2(problemsOf(p).contains(QStringLiteral("url")), bad);
        }
        p.url = QStringLiteral("https://example.dev:8443");
        QVERIFY(problemsOf(p).isEmpty());
        p.kind = ConnectionKind::Postgres;
        QCOMPARE(problemsOf(p).size(), 2);
    }

    void firstStartWithSampleData()
    {
        Start s;
        s.begin();
        QVERIFY(s.startup->chooser()->isVisible());
        QSignalSpy opened(s.startup.get(), &desktop::Startup::windowOpened);
        QTest::mouseClick(s.button("chooser.sample"), Qt::LeftButton);
        QTRY_COMPARE(opened.count(), 1);
        QVERIFY(s.prepared.value(0).endsWith(QStringLiteral(" sample")));
        QVERIFY(!s.startup->chooser()->isVisible());
        QTRY_VERIFY(s.startup->window()->currentPage());
        // The next start goes straight to the same connection.
        s.begin();
        QTRY_VERIFY(s.startup->window());
        QCOMPARE(s.prepared.size(), 1);
    }

    void demoDoesNotAsk()
    {
        Start s;
        s.begin(true);
        QTRY_VERIFY(s.startup->window());
        QVERIFY(s.prepared.value(0).endsWith(QStringLiteral(" sample")));
    }

    void aServerIsSavedWithItsSecretAndOpened()
    {
        Start s;
        s.begin();
        QTest::mouseClick(s.button("chooser.server"), Qt::LeftButton);
        auto *editor = s.startup->chooser()->findChild<ProfileEditor *>();
        QVERIFY(editor);
        const auto field = [editor](const char *name) {
            return editor->findChild<QLineEdit *>(QString::fromLatin1(name));
        };
        auto *save = editor->findChild<QAbstractButton *>(QStringLiteral("profile.save"));
        QTest::mouseClick(save, Qt::LeftButton);
        QVERIFY(editor->isVisible()); // nothing filled in yet
        field("profile.name")->setText(QStringLiteral("Live"));
        field("profile.url")->setText(QStringLiteral("https://console.example.dev"));
        field("profile.secret")->setText(QStringLiteral("ink_secret"));
        QVERIFY(editor->profile().safeMode); // production by default
        s.error = domain::unavailable(QStringLiteral("host_unreachable"));
        QTest::mouseClick(editor->findChild<QAbstractButton *>(QStringLiteral("profile.test")), Qt::LeftButton);
        auto *result = editor->findChild<QLabel *>(QStringLiteral("profile.result"));
        QTRY_VERIFY(result->text().startsWith(u'✕'));
        s.error.reset();
        QTest::mouseClick(editor->findChild<QAbstractButton *>(QStringLiteral("profile.test")), Qt::LeftButton);
        QTRY_VERIFY(result->text().startsWith(u'✓'));
        QTest::mouseClick(save, Qt::LeftButton);
        QTRY_COMPARE(s.secrets->values.size(), 1);
        QFile stored(s.folder.filePath(QStringLiteral("profiles.json")));
        QVERIFY(stored.open(QIODevice::ReadOnly));
        QVERIFY(!stored.readAll().contains("ink_secret"));
        QTest::mouseClick(s.button("chooser.connect"), Qt::LeftButton);
        QTRY_VERIFY(s.startup->window());
        QCOMPARE(s.secretsSeen.last(), QStringLiteral("ink_secret"));
        QVERIFY(!s.startup->window()->writesUnlocked());
    }

    void safeModeRefusesWritesBelowThePages()
    {
        Start s;
        platform::ProfileStore store(s.folder.filePath(QStringLiteral("profiles.json")));
        platform::ConnectionProfile profile;
        profile.id = platform::newProfileId();
        profile.name = QStringLiteral("Production");
        profile.safeMode = platform::SafeMode::ReadOnlyUntilUnlocked;
        QVERIFY(store.save({profile}).ok());
        s.begin();
        QTRY_VERIFY(s.startup->window());
        shell::MainWindow &window = *s.startup->window();
        ports::Backend &backend = window.backend();
        const auto team = test::smallDataset().teams.first().id;
        const auto addNote = [&] {
            auto note = backend.customers().addNote(window.newCall(), team, QStringLiteral("called"));
            [&] { QTRY_VERIFY(note.isFinished()); }();
            return note.result();
        };
        ports::SavedView view;
        view.screen = QStringLiteral("customers");
        view.name = QStringLiteral("mine");
        const QList<QString> keys{addNote().error().key,
                                  backend.customers()
                                      .changeTier(window.newCall(), {team, QStringLiteral("pro"), QStringLiteral("x")})
                                      .result()
                                      .error()
                                      .key,
                                  backend.customers().deleteNote(window.newCall(), {}).result().error().key,
                                  backend.views().saveView(window.newCall(), view).result().error().key,
                                  backend.views().deleteView(window.newCall(), {}).result().error().key};
        QCOMPARE(keys, QList<QString>(5, QStringLiteral("profile_locked")));
        auto sums = backend.customers().sums(window.newCall(), {});
        QTRY_VERIFY(sums.isFinished());
        QVERIFY(sums.result().ok()); // reading is free
        window.unlockWrites();
        QVERIFY(addNote().ok());
        window.lockWrites();
        QCOMPARE(addNote().error().key, QStringLiteral("profile_locked"));
    }

    void keysAndPinsAreKeptInTheSettings()
    {
        Start s;
        s.begin(true);
        QTRY_VERIFY(s.startup->window());
        const QString refresh = QStringLiteral("console.refresh");
        ports::SavedView view;
        view.id = domain::ViewId::random();
        view.screen = QStringLiteral("customers");
        view.name = QStringLiteral("mine");
        QVERIFY(s.startup->window()->keyBindings().bind(refresh, {QKeySequence(Qt::Key_F6), QKeySequence(u'!')}));
        s.startup->window()->setPinned(view, true);
        s.begin();
        QTRY_VERIFY(s.startup->window());
        QCOMPARE(s.startup->window()->keyBindings().texts(refresh), QStringLiteral("F6, !"));
        QVERIFY(s.startup->window()->isPinned(view.id));
        s.startup->window()->keyBindings().restore({});
        s.begin();
        QTRY_VERIFY(s.startup->window());
        QVERIFY(s.startup->window()->keyBindings().allDefault());
    }

    void theBenchStartNeedsNoProfile()
    {
        Start s;
        desktop::DesktopOptions options;
        options.openBackend = [](const platform::ConnectionProfile &, const QString &) {
            return ports::ready(domain::Result<std::shared_ptr<ports::Backend>>(std::make_shared<test::FakeBackend>()));
        };
        QStringList answers;
        options.firstPageFilled = [&answers](const QString &problem) { answers << problem; };
        desktop::BenchStart bench(options);
        bench.begin();
        QTRY_COMPARE(answers, QStringList{QString()});
        options.openBackend = [](const platform::ConnectionProfile &, const QString &) {
            return ports::ready(
                domain::Result<std::shared_ptr<ports::Backend>>(domain::unavailable(QStringLiteral("db_failed"))));
        };
        desktop::BenchStart broken(options);
        broken.begin();
        QTRY_COMPARE(answers.size(), 2);
        QVERIFY(!answers.last().isEmpty());
    }

    void theWindowIsAsHighAsWhatItShows()
    {
        ConnectionChooser chooser({}, QStringLiteral("memory"));
        chooser.show();
        const int first = chooser.height();
        const auto *last = chooser.findChild<QAbstractButton *>(QStringLiteral("chooser.server"));
        QVERIFY(chooser.height() - last->mapTo(&chooser, last->rect().bottomLeft()).y() < 110);
        ConnectionProfile one;
        one.id = QStringLiteral("1");
        one.name = QStringLiteral("One");
        chooser.setProfiles({one});
        QVERIFY2(chooser.height() < first, qPrintable(QStringLiteral("%1, before %2, minimum %3")
                                                          .arg(chooser.height())
                                                          .arg(first)
                                                          .arg(chooser.minimumHeight())));
        chooser.setProfiles({one, one, one, one});
        const auto *connectButton = chooser.findChild<QAbstractButton *>(QStringLiteral("chooser.connect"));
        QVERIFY(chooser.height() - connectButton->mapTo(&chooser, connectButton->rect().bottomLeft()).y() < 60);
    }

    void aFailureIsShownAndNothingOpens()
    {
        Start s;
        s.error = domain::unavailable(QStringLiteral("db_failed"));
        s.begin(true);
        auto *message = s.startup->chooser()->findChild<QLabel *>(QStringLiteral("chooser.message"));
        QTRY_VERIFY(!message->text().isEmpty() && s.button("chooser.connect")->isEnabled());
        QVERIFY(!s.startup->window());
    }
};

REGISTER_SUITE(chooser, TstChooser)
#include "tst_chooser.moc"
