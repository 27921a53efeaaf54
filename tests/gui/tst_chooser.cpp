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
        const auto field = [editor](const char *name) { return editor->findChild<QLineEdit *>(QString::fromLatin1(name)); };
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
