#include "services/platform/secret_store.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QFutureWatcher>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QPromise>
#include <QTemporaryDir>
#include <QTest>

using namespace platform;
using domain::Done;
using domain::Result;
using Found = std::optional<QByteArray>;

namespace {

QString s(const char *text)
{
    return QString::fromLatin1(text);
}

template <typename T>
QFuture<T> readyNow(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

struct FakeState {
    QHash<QString, QByteArray> entries;
    bool broken = false;
    int calls = 0;
};

class FakeStore final : public SecretStore {
public:
    FakeStore(std::shared_ptr<FakeState> state, QString name) : m_state(std::move(state)), m_name(std::move(name)) {}

    QFuture<Result<Found>> read(QString key) override
    {
        if (auto error = failure())
            return readyNow<Result<Found>>(*error);
        const auto it = m_state->entries.constFind(key);
        return readyNow<Result<Found>>(it == m_state->entries.constEnd() ? Found() : Found(*it));
    }
    QFuture<Result<Done>> write(QString key, QByteArray secret) override
    {
        if (auto error = failure())
            return readyNow<Result<Done>>(*error);
        m_state->entries.insert(key, secret);
        return readyNow<Result<Done>>(Done{});
    }
    QFuture<Result<Done>> remove(QString key) override
    {
        if (auto error = failure())
            return readyNow<Result<Done>>(*error);
        m_state->entries.remove(key);
        return readyNow<Result<Done>>(Done{});
    }
    QString describe() const override { return m_name; }

private:
    std::optional<domain::Error> failure()
    {
        ++m_state->calls;
        if (!m_state->broken)
            return std::nullopt;
        return domain::unavailable(QStringLiteral("secret_store_unavailable"));
    }

    std::shared_ptr<FakeState> m_state;
    QString m_name;
};

} // namespace

class TstSecretStore : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    SecretStoreOptions m_options;

    /// Waits in the event loop, as the desktop does.
    template <typename T>
    static Result<T> await(QFuture<Result<T>> future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000) || future.resultCount() == 0)
            return domain::makeError(domain::ErrorCode::Timeout, QStringLiteral("never_answered"));
        return future.resultAt(0);
    }

    QByteArray secretsFile() const
    {
        QFile file(m_options.secretsFile);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void overwrite(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the test's file");
    }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_options.service = s("instanode-console-test");
        m_options.secretsFile = m_dir->filePath(s("config/secrets.json"));
        m_options.keyFile = m_dir->filePath(s("state/secrets.key"));
        m_options.timeoutMs = 500;
        // Never the keychain of whoever runs the tests.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + m_dir->filePath(s("no-bus")).toLocal8Bit());
        qputenv("XDG_RUNTIME_DIR", m_dir->path().toLocal8Bit());
    }

    void fileStoreRoundTrip()
    {
        const auto store = makeFileStore(m_options);
        QCOMPARE(*await(store->read(s("profile/a"))), Found());
        const QByteArray secret("p\0ss w\xc3\xb6rd", 11);
        QVERIFY(await(store->write(s("profile/a"), secret)).ok());
        QVERIFY(await(store->write(s("profile/b"), "other")).ok());
        QCOMPARE(*await(store->read(s("profile/a"))), Found(secret));
        const auto reopened = makeFileStore(m_options);
        QCOMPARE(*await(reopened->read(s("profile/b"))), Found("other"));
        QVERIFY(await(reopened->remove(s("profile/a"))).ok());
        QVERIFY(await(reopened->remove(s("profile/a"))).ok());
        QCOMPARE(*await(store->read(s("profile/a"))), Found());
        QCOMPARE(*await(store->read(s("profile/b"))), Found("other"));
    }

    void secretsAreNotReadableInTheFiles()
    {
        const auto store = makeFileStore(m_options);
        QVERIFY(await(store->write(s("profile/a"), "hunter2-hunter2")).ok());
        QVERIFY(!secretsFile().contains("hunter2"));
        QVERIFY(!secretsFile().contains(QByteArray("hunter2-hunter2").toBase64()));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QCOMPARE(QFile::permissions(m_options.secretsFile) & others, QFile::Permissions());
        QCOMPARE(QFile::permissions(m_options.keyFile) & others, QFile::Permissions());
    }

    void entriesCannotBeSwapped()
    {
        const auto store = makeFileStore(m_options);
        QVERIFY(await(store->write(s("profile/staging"), "s")).ok());
        QVERIFY(await(store->write(s("profile/production"), "p")).ok());
        QJsonObject root = QJsonDocument::fromJson(secretsFile()).object();
        QJsonObject entries = root.value(s("entries")).toObject();
        entries.insert(s("profile/staging"), entries.value(s("profile/production")));
        root.insert(s("entries"), entries);
        overwrite(m_options.secretsFile, QJsonDocument(root).toJson());
        QCOMPARE(await(store->read(s("profile/staging"))).error().key, s("secret_store_corrupt"));
        QCOMPARE(*await(store->read(s("profile/production"))), Found("p"));
    }

    void damageIsReportedAndNothingIsOverwritten()
    {
        const auto store = makeFileStore(m_options);
        QVERIFY(await(store->write(s("a"), "x")).ok());
        overwrite(m_options.secretsFile, "{\"entries\": ");
        QCOMPARE(await(store->read(s("a"))).error().key, s("secret_store_corrupt"));
        QCOMPARE(await(store->write(s("a"), "y")).error().key, s("secret_store_corrupt"));
        QCOMPARE(secretsFile(), QByteArray("{\"entries\": "));
    }

    void aLostOrDamagedKeyFileIsReported()
    {
        QVERIFY(await(makeFileStore(m_options)->write(s("a"), "x")).ok());
        const QByteArray before = secretsFile();
        overwrite(m_options.keyFile, "not a key");
        QCOMPARE(await(makeFileStore(m_options)->read(s("a"))).error().key, s("secret_store_corrupt"));
        QVERIFY(QFile::remove(m_options.keyFile));
        QCOMPARE(await(makeFileStore(m_options)->read(s("a"))).error().key, s("secret_store_corrupt"));
        QCOMPARE(secretsFile(), before);
    }

    void anUnusableFolderIsAnError()
    {
        overwrite(m_dir->filePath(s("file")), "x");
        m_options.secretsFile = m_dir->filePath(s("file/secrets.json"));
        QCOMPARE(await(makeFileStore(m_options)->write(s("a"), "x")).error().key, s("secret_store_unavailable"));
    }

    void manyWritesAtOnceLoseNothing()
    {
        const auto one = makeFileStore(m_options), two = makeFileStore(m_options);
        QList<QFuture<Result<Done>>> writes;
        for (int i = 0; i < 20; ++i)
            writes.append((i % 2 ? one : two)->write(QString::number(i), QByteArray::number(i)));
        for (const auto &write : writes)
            QVERIFY(await(write).ok());
        for (int i = 0; i < 20; ++i)
            QCOMPARE(*await(one->read(QString::number(i))), Found(QByteArray::number(i)));
    }

    void withoutABusTheKeychainSaysSoAtOnce()
    {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        const auto keychain = makeKeychainStore(m_options);
        QVERIFY(keychain->read(s("a")).isFinished());
        QCOMPARE(await(keychain->read(s("a"))).error().key, s("secret_store_unavailable"));
        QCOMPARE(await(keychain->write(s("a"), "x")).error().key, s("secret_store_unavailable"));
        QCOMPARE(await(keychain->remove(s("a"))).error().key, s("secret_store_unavailable"));
    }

    void withoutABusTheFileIsUsed()
    {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        const auto store = makeSecretStore(m_options);
        QVERIFY(await(store->write(s("a"), "x")).ok());
        QCOMPARE(*await(store->read(s("a"))), Found("x"));
        QVERIFY(store->describe().startsWith(s("encrypted file")));
    }

    /// Last of the keychain's cases: it leaves the keychain's thread behind, stuck in the dead bus.
    void aBusThatNeverAnswersDoesNotHangAnything()
    {
        QLocalServer deadBus;
        QVERIFY(deadBus.listen(m_dir->filePath(s("dead-bus"))));
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + deadBus.fullServerName().toLocal8Bit());
        const auto store = makeSecretStore(m_options);
        QVERIFY(await(store->write(s("a"), "x")).ok());
        QCOMPARE(*await(store->read(s("a"))), Found("x"));
        QVERIFY(store->describe().startsWith(s("encrypted file")));
    }

    void fallbackPrefersTheKeychain()
    {
        auto first = std::make_shared<FakeState>(), second = std::make_shared<FakeState>();
        second->entries.insert(s("a"), "stale");
        const auto store = makeFallbackStore(std::make_unique<FakeStore>(first, s("first")),
                                             std::make_unique<FakeStore>(second, s("second")));
        QVERIFY(await(store->write(s("a"), "new")).ok());
        QCOMPARE(first->entries.value(s("a")), QByteArray("new"));
        QVERIFY(second->entries.isEmpty());
        QCOMPARE(*await(store->read(s("a"))), Found("new"));
        QCOMPARE(*await(store->read(s("b"))), Found());
        QCOMPARE(store->describe(), s("first"));
        QVERIFY(await(store->remove(s("a"))).ok());
        QVERIFY(first->entries.isEmpty());
    }

    void aFailedKeychainIsAskedOnce()
    {
        auto first = std::make_shared<FakeState>(), second = std::make_shared<FakeState>();
        first->broken = true;
        const auto store = makeFallbackStore(std::make_unique<FakeStore>(first, s("first")),
                                             std::make_unique<FakeStore>(second, s("second")));
        QCOMPARE(*await(store->read(s("a"))), Found());
        QVERIFY(await(store->write(s("a"), "x")).ok());
        QCOMPARE(*await(store->read(s("a"))), Found("x"));
        QVERIFY(await(store->remove(s("a"))).ok());
        QCOMPARE(first->calls, 1);
        QCOMPARE(store->describe(), s("second"));
    }

    void whatEitherHoldsIsFound()
    {
        auto first = std::make_shared<FakeState>(), second = std::make_shared<FakeState>();
        first->entries.insert(s("k"), "keychain");
        second->entries.insert(s("f"), "file");
        const auto store = makeFallbackStore(std::make_unique<FakeStore>(first, s("first")),
                                             std::make_unique<FakeStore>(second, s("second")));
        QCOMPARE(*await(store->read(s("k"))), Found("keychain"));
        QCOMPARE(*await(store->read(s("f"))), Found("file"));
        second->broken = true;
        QCOMPARE(*await(store->read(s("k"))), Found("keychain"));
        QCOMPARE(await(store->read(s("nowhere"))).error().key, s("secret_store_unavailable"));
    }

    void destroyingTheStoreEndsOpenCalls()
    {
        auto first = std::make_shared<FakeState>(), second = std::make_shared<FakeState>();
        QFuture<Result<Found>> open;
        {
            const auto store = makeFallbackStore(std::make_unique<FakeStore>(first, s("first")),
                                                 std::make_unique<FakeStore>(second, s("second")));
            open = store->read(s("a"));
        }
        QTRY_VERIFY(open.isFinished());
        QVERIFY(open.isCanceled());
    }
};

REGISTER_SUITE(secret_store, TstSecretStore)
#include "tst_secret_store.moc"
