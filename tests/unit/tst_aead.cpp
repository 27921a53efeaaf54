#include "services/security/aead.h"
#include "services/security/tokens.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace security;

namespace {

QByteArray keyOf(char fill)
{
    return QByteArray(aesKeyBytes, fill);
}

Keyring ring(QHash<int, QByteArray> keys, int active, std::optional<int> legacy = {})
{
    return *Keyring::create(std::move(keys), active, legacy);
}

} // namespace

class TstAead : public QObject {
    Q_OBJECT
private slots:
    /// NIST GCM, 256-bit key of zeroes, 96-bit nonce of zeroes, one block of zeroes.
    void opensAPublishedVector()
    {
        const QByteArray sealed = QByteArray(12, '\0') + QByteArray::fromHex("cea7403d4d606b6e074ec5d3baf39d18"
                                                                             "d0d1c8a799996bf0265b98b5d48ab919");
        const auto plain = aesGcmOpen(keyOf('\0'), sealed);
        QVERIFY(plain);
        QCOMPARE(*plain, QByteArray(16, '\0'));
    }

    void roundTripsEveryLength()
    {
        const QByteArray key = randomBytes(aesKeyBytes);
        for (const qsizetype length : {0, 1, 15, 16, 17, 4096, 1'000'003}) {
            const QByteArray text = randomBytes(length);
            const QByteArray sealed = aesGcmSeal(key, text, "row 7");
            QCOMPARE(sealed.size(), length + 28);
            const auto opened = aesGcmOpen(key, sealed, "row 7");
            QVERIFY(opened);
            QCOMPARE(*opened, text);
        }
        QVERIFY(aesGcmSeal(key, "x") != aesGcmSeal(key, "x"));
    }

    void everyFlippedBitIsNoticed()
    {
        const QByteArray key = keyOf('k'), sealed = aesGcmSeal(key, "postgres://u:p@h/db", "id");
        for (qsizetype i = 0; i < sealed.size(); ++i) {
            QByteArray damaged = sealed;
            damaged[i] = static_cast<char>(damaged.at(i) ^ 1);
            QVERIFY2(!aesGcmOpen(key, damaged, "id"), qPrintable(QString::number(i)));
        }
        QVERIFY(!aesGcmOpen(key, sealed, "other id"));
        QVERIFY(!aesGcmOpen(key, sealed));
        QVERIFY(!aesGcmOpen(keyOf('K'), sealed, "id"));
        QVERIFY(!aesGcmOpen("short", sealed, "id"));
        QVERIFY(!aesGcmOpen(key, sealed.chopped(1), "id"));
        QVERIFY(!aesGcmOpen(key, {}, "id"));
    }

    void keysFromHex()
    {
        QCOMPARE(aesKeyFromHex(QByteArray(64, 'a')), QByteArray(32, '\xaa'));
        QCOMPARE(aesKeyFromHex(QByteArray(64, 'A')), QByteArray(32, '\xaa'));
        for (const QByteArray &bad :
             {QByteArray(), QByteArray(63, 'a'), QByteArray(66, 'a'), QByteArray(64, 'g'), QByteArray(62, 'a') + " a"})
            QVERIFY2(!aesKeyFromHex(bad), bad.constData());
    }

    void ringsAreChecked()
    {
        const auto refused = [](QHash<int, QByteArray> keys, int active, std::optional<int> legacy = {}) {
            const auto made = Keyring::create(std::move(keys), active, legacy);
            return !made.ok() && made.error().key == QStringLiteral("invalid_keyring");
        };
        QVERIFY(refused({}, 1));
        QVERIFY(refused({{0, keyOf('a')}}, 0));
        QVERIFY(refused({{10, keyOf('a')}}, 10));
        QVERIFY(refused({{1, keyOf('a').chopped(1)}}, 1));
        QVERIFY(refused({{1, keyOf('a')}}, 2));
        QVERIFY(refused({{1, keyOf('a')}}, 1, 2));
        QVERIFY(!refused({{1, keyOf('a')}, {9, keyOf('b')}}, 9, 1));
    }

    void envelopesHaveTheReferencesForm()
    {
        const Keyring keys = ring({{1, keyOf('a')}, {2, keyOf('b')}}, 2);
        const QByteArray envelope = keys.seal("hello");
        QVERIFY(envelope.startsWith("v2."));
        QCOMPARE(envelope.size(), 3 + 44); // 12 + 5 + 16 bytes in padded base64
        QVERIFY(!envelope.contains('+') && !envelope.contains('/'));
        QCOMPARE(*keys.open(envelope), QByteArray("hello"));
        QCOMPARE(*keys.open(envelope, "ignored for an unbound envelope"), QByteArray("hello"));
    }

    void boundEnvelopesBelongToTheirOwner()
    {
        const Keyring keys = ring({{3, keyOf('c')}}, 3);
        const QByteArray envelope = keys.sealBound("hello", "team 1");
        QVERIFY(envelope.startsWith("v3b."));
        QCOMPARE(*keys.open(envelope, "team 1"), QByteArray("hello"));
        QCOMPARE(keys.open(envelope, "team 2").error().key, QStringLiteral("decrypt_failed"));
        QCOMPARE(keys.open(envelope).error().key, QStringLiteral("decrypt_failed"));
        QByteArray unbound = envelope;
        unbound.remove(2, 1);
        QCOMPARE(keys.open(unbound, "team 1").error().key, QStringLiteral("decrypt_failed"));
    }

    void rotationKeepsOldAndLegacyValues()
    {
        const Keyring before = ring({{1, keyOf('a')}}, 1);
        const QByteArray old = before.seal("secret"), legacy = old.sliced(3);
        const Keyring after = ring({{1, keyOf('a')}, {2, keyOf('b')}}, 2, 1);
        QCOMPARE(*after.open(old), QByteArray("secret"));
        QCOMPARE(*after.open(legacy), QByteArray("secret"));
        QVERIFY(!after.isCurrent(old));
        QVERIFY(!after.isCurrent(legacy));
        QVERIFY(!after.isCurrent(after.seal("x")));
        QVERIFY(after.isCurrent(after.sealBound("x", "id")));
        QVERIFY(!after.isCurrent(before.sealBound("x", "id")));

        const Keyring noLegacy = ring({{1, keyOf('a')}, {2, keyOf('b')}}, 2);
        QCOMPARE(noLegacy.open(legacy).error().key, QStringLiteral("no_legacy_key"));
        const Keyring dropped = ring({{2, keyOf('b')}}, 2);
        QCOMPARE(dropped.open(old).error().key, QStringLiteral("unknown_key_version"));
    }

    void garbageIsRefused_data()
    {
        QTest::addColumn<QByteArray>("envelope");
        QTest::addColumn<QString>("key");
        const auto row = [](const char *envelope, const char *key) {
            QTest::newRow(envelope) << QByteArray(envelope) << QString::fromLatin1(key);
        };
        row("", "malformed_envelope");
        row("v1.", "malformed_envelope");
        row("v1.AAAA", "malformed_envelope");
        row("v1.*not base64*", "malformed_envelope");
        row("v0.AAAA", "malformed_envelope");
        row("v1b.AAAA", "malformed_envelope");
        row("v2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "unknown_key_version");
        row("v1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "decrypt_failed");
        row("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "decrypt_failed");
    }
    void garbageIsRefused()
    {
        QFETCH(QByteArray, envelope);
        QFETCH(QString, key);
        const auto opened = ring({{1, keyOf('a')}}, 1, 1).open(envelope);
        QVERIFY(!opened.ok());
        QCOMPARE(opened.error().key, key);
        QVERIFY(envelope.isEmpty() || !opened.error().detail.contains(QString::fromLatin1(envelope)));
    }

    void derivedKeysDependOnBothInputs()
    {
        const QByteArray key = deriveKey("password", "salt");
        QCOMPARE(key.size(), aesKeyBytes);
        QCOMPARE(deriveKey("password", "salt"), key);
        QVERIFY(deriveKey("password", "Salt") != key);
        QVERIFY(deriveKey("Password", "salt") != key);
        // scrypt of RFC 7914 with this N, r, p: first bytes of the vector "pleaseletmein"/"SodiumChloride".
        QCOMPARE(deriveKey("pleaseletmein", "SodiumChloride").toHex(),
                 QByteArray("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"));
    }
};

REGISTER_SUITE(aead, TstAead)
#include "tst_aead.moc"
