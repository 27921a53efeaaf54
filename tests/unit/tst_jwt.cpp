#include "services/security/jwt.h"
#include "services/security/tokens.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace security;

namespace {

constexpr qint64 now = 1'790'000'000;
const QByteArray secret("0123456789abcdef0123456789abcdef");

QString s(const char *text)
{
    return QString::fromLatin1(text);
}

JwtRules rulesAt(qint64 time = now)
{
    JwtRules rules;
    rules.nowSeconds = time;
    return rules;
}

QJsonObject session()
{
    return {{s("uid"), s("u")}, {s("exp"), now + 60}, {s("iat"), now - 5}};
}

QString outcome(const QByteArray &token, const JwtRules &rules = rulesAt(), const QByteArray &key = secret)
{
    const auto claims = verifyJwt(token, key, rules);
    return claims ? s("ok") : claims.error().key;
}

/// A token with any header, correctly signed.
QByteArray withHeader(const QByteArray &header, const QByteArray &payload)
{
    const QByteArray signedPart = base64Url(header) + '.' + base64Url(payload);
    return signedPart + '.' + base64Url(hmacSha256(secret, signedPart));
}

} // namespace

class TstJwt : public QObject {
    Q_OBJECT
private slots:
    void roundTrip()
    {
        const auto claims = verifyJwt(signJwt(session(), secret), secret, rulesAt());
        QVERIFY(claims.ok());
        QCOMPARE(*claims, session());
    }

    /// RFC 7515 appendix A.1: an independent token with this key.
    void verifiesAPublishedToken()
    {
        const QByteArray key = QByteArray::fromBase64(
            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
            QByteArray::Base64UrlEncoding);
        const QByteArray token =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        QCOMPARE(outcome(token, rulesAt(1300819379), key), s("ok"));
        QCOMPARE(outcome(token, rulesAt(1300819380), key), s("token_expired"));
    }

    void onlyHs256()
    {
        const QByteArray payload = QJsonDocument(session()).toJson(QJsonDocument::Compact);
        QCOMPARE(outcome(withHeader("{\"alg\":\"HS256\"}", payload)), s("ok"));
        for (const char *alg : {"none", "None", "HS384", "HS512", "RS256", "hs256", ""})
            QCOMPARE(outcome(withHeader(QByteArray("{\"alg\":\"") + alg + "\"}", payload)), s("wrong_algorithm"));
        QCOMPARE(outcome(withHeader("{\"typ\":\"JWT\"}", payload)), s("wrong_algorithm"));
        QCOMPARE(outcome(base64Url("{\"alg\":\"none\"}") + '.' + base64Url(payload) + '.'), s("wrong_algorithm"));
    }

    void signatureMustMatch()
    {
        const QByteArray token = signJwt(session(), secret);
        QCOMPARE(outcome(token, rulesAt(), "another secret, also long enough"), s("bad_signature"));
        QCOMPARE(outcome(token, rulesAt(), {}), s("bad_signature"));
        QCOMPARE(outcome(token.chopped(1)), s("bad_signature"));
        const QList<QByteArray> parts = token.split('.');
        QCOMPARE(outcome(parts[0] + '.' + base64Url("{\"uid\":\"root\",\"exp\":9999999999}") + '.' + parts[2]),
                 s("bad_signature"));
        QCOMPARE(outcome(parts[0] + '.' + parts[1] + '.'), s("bad_signature"));
    }

    void malformedTokens_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("dots") << QByteArray("..");
        QTest::newRow("two parts") << QByteArray("a.b");
        QTest::newRow("four parts") << signJwt(session(), secret) + ".x";
        QTest::newRow("header is no json") << withHeader("nonsense", "{}");
        QTest::newRow("claims are no json") << withHeader("{\"alg\":\"HS256\"}", "nonsense");
        QTest::newRow("claims are a list") << withHeader("{\"alg\":\"HS256\"}", "[]");
        QTest::newRow("no expiry") << signJwt({{s("uid"), s("u")}}, secret);
        QTest::newRow("expiry is text") << signJwt({{s("exp"), s("tomorrow")}}, secret);
        QTest::newRow("expiry is endless") << withHeader("{\"alg\":\"HS256\"}", "{\"exp\":1e300}");
        QTest::newRow("padding") << signJwt(session(), secret).replace('.', "=.");
    }
    void malformedTokens()
    {
        QFETCH(QByteArray, token);
        QCOMPARE(outcome(token), s("malformed_token"));
    }

    void timesAreChecked()
    {
        QJsonObject claims = session();
        claims[s("exp")] = now;
        QCOMPARE(outcome(signJwt(claims, secret)), s("token_expired"));
        claims[s("exp")] = now + 1;
        QCOMPARE(outcome(signJwt(claims, secret)), s("ok"));
        claims[s("iat")] = now + 3600;
        QCOMPARE(outcome(signJwt(claims, secret)), s("ok"));
        claims[s("nbf")] = now + 1;
        QCOMPARE(outcome(signJwt(claims, secret)), s("token_not_yet_valid"));
        claims[s("nbf")] = now;
        QCOMPARE(outcome(signJwt(claims, secret)), s("ok"));
    }

    void issueTimeWindow()
    {
        JwtRules rules = rulesAt();
        rules.issuedWithinSeconds = 60;
        rules.requireExpiry = false;
        const auto issued = [](qint64 at) { return signJwt({{s("iat"), at}}, secret); };
        QCOMPARE(outcome(issued(now - 60), rules), s("ok"));
        QCOMPARE(outcome(issued(now + 60), rules), s("ok"));
        QCOMPARE(outcome(issued(now - 61), rules), s("token_too_old"));
        QCOMPARE(outcome(issued(now + 61), rules), s("token_not_yet_valid"));
        QCOMPARE(outcome(signJwt({{s("uid"), s("u")}}, secret), rules), s("malformed_token"));
    }

    void audience()
    {
        JwtRules rules = rulesAt();
        rules.audience = s("https://api.example.com");
        const auto with = [](const QJsonValue &audience) {
            QJsonObject claims = session();
            if (!audience.isUndefined())
                claims[s("aud")] = audience;
            return signJwt(claims, secret);
        };
        const QJsonValue mine(rules.audience), other(s("https://evil.example.com"));
        QCOMPARE(outcome(with(QJsonValue::Undefined), rules), s("ok"));
        QCOMPARE(outcome(with(mine), rules), s("ok"));
        QCOMPARE(outcome(with(QJsonArray{other, mine}), rules), s("ok"));
        QCOMPARE(outcome(with(other), rules), s("audience_mismatch"));
        QCOMPARE(outcome(with(QJsonArray{}), rules), s("audience_mismatch"));
        QCOMPARE(outcome(with(other)), s("ok"));
        rules.requireAudience = true;
        QCOMPARE(outcome(with(QJsonValue::Undefined), rules), s("audience_mismatch"));
    }

    void errorsNeverRepeatTheToken()
    {
        const QByteArray token = signJwt(session(), secret);
        const auto refused = verifyJwt(token, "other", rulesAt());
        QCOMPARE(refused.error().code, domain::ErrorCode::Unauthenticated);
        QVERIFY(!refused.error().detail.contains(QString::fromLatin1(token.left(20))));
    }
};

REGISTER_SUITE(jwt, TstJwt)
#include "tst_jwt.moc"
