#include "services/security/tokens.h"
#include "tests/support/test_main.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace security;

class TstTokens : public QObject {
    Q_OBJECT
private slots:
    void operatorSecretsHaveTheirShape()
    {
        const QRegularExpression shape(QStringLiteral("^ink_[A-Za-z0-9_-]{43}$"));
        QSet<QString> seen;
        for (int i = 0; i < 200; ++i) {
            const QString secret = newOperatorSecret();
            QVERIFY2(shape.match(secret).hasMatch(), qPrintable(secret));
            QVERIFY(looksLikeOperatorSecret(secret));
            seen.insert(secret);
        }
        QCOMPARE(seen.size(), 200);
    }

    void otherTextsDoNotLookLikeSecrets()
    {
        const QString good = newOperatorSecret();
        for (const QString &bad :
             {QString(), good.chopped(1), good + QLatin1Char('x'), good.toUpper(),
              QStringLiteral("ink-") + good.sliced(4), good.chopped(1) + QLatin1Char('+'), QStringLiteral(" ") + good})
            QVERIFY2(!looksLikeOperatorSecret(bad), qPrintable(bad));
    }

    void randomBytesHaveTheirLength()
    {
        QCOMPARE(randomBytes(0).size(), 0);
        QCOMPARE(randomBytes(1).size(), 1);
        QCOMPARE(randomBytes(100'000).size(), 100'000);
        QVERIFY(randomBytes(32) != randomBytes(32));
    }

    void base64UrlHasNoPadding()
    {
        QCOMPARE(base64Url(QByteArray::fromHex("fbff")), QByteArray("-_8"));
        QCOMPARE(base64Url(QByteArray(32, '\0')).size(), 43);
        QCOMPARE(base64Url({}), QByteArray());
    }

    /// FIPS 180-4 and RFC 4231.
    void publishedVectors()
    {
        QCOMPARE(sha256Hex({}), QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(sha256Hex("abc"), QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256("abc").size(), 32);
        QCOMPARE(hmacSha256(QByteArray(20, '\x0b'), "Hi There").toHex(),
                 QByteArray("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
        QCOMPARE(hmacSha256("Jefe", "what do ya want for nothing?").toHex(),
                 QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
        QCOMPARE(hmacSha256(QByteArray(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First").toHex(),
                 QByteArray("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
        QCOMPARE(hmacSha256({}, {}).toHex(),
                 QByteArray("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));
    }

    void comparisonIsExact()
    {
        QVERIFY(constantTimeEqual("secret", "secret"));
        QVERIFY(!constantTimeEqual("secret", "secreT"));
        QVERIFY(!constantTimeEqual("secret", "secret1"));
        QVERIFY(!constantTimeEqual("secret", {}));
        QVERIFY(constantTimeEqual({}, {}));
        QVERIFY(!constantTimeEqual(QByteArray("a\0b", 3), QByteArray("a\0c", 3)));
    }
};

REGISTER_SUITE(tokens, TstTokens)
#include "tst_tokens.moc"
