#include "app/server/middleware/subnet.h"
#include "app/server/webhooks/webhook_secrets.h"
#include "services/security/tokens.h"
#include "services/usecases/webhooks/refusal_log.h"
#include "tests/support/test_main.h"

#include <QTest>

using ports::SignatureVerdict;

namespace {

const QDateTime noon = QDateTime::fromString(QStringLiteral("2026-05-20T12:00:00.000Z"), Qt::ISODateWithMs);

ports::WebhookRefusal refusalFrom(const QString &subnet)
{
    return {QStringLiteral("brevo"), true, true, subnet};
}

} // namespace

/// Spec 02 §4.1.
class TstWebhookGuards : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void subnets_data()
    {
        QTest::addColumn<QString>("masked");
        QTest::newRow("203.0.113.77") << QStringLiteral("203.0.113.0/24");
        QTest::newRow(" 203.0.113.77 ") << QStringLiteral("203.0.113.0/24");
        QTest::newRow("203.0.113.77:4711") << QStringLiteral("203.0.113.0/24");
        QTest::newRow("::ffff:203.0.113.77") << QStringLiteral("203.0.113.0/24");
        QTest::newRow("2001:db8:aaaa:bbbb::1") << QStringLiteral("2001:db8:aaaa::/48");
        QTest::newRow("[2001:db8:aaaa:bbbb::1]:443") << QStringLiteral("2001:db8:aaaa::/48");
        QTest::newRow("[2001:db8:aaaa:bbbb::1]") << QStringLiteral("2001:db8:aaaa::/48");
        QTest::newRow("garbage") << QString();
        QTest::newRow("") << QString();
    }
    void subnets()
    {
        QFETCH(QString, masked);
        QCOMPARE(server::maskedSubnet(QByteArrayView(QTest::currentDataTag())), masked);
    }

    void twoSecretsAreLive()
    {
        const server::WebhookConfig config{"new-secret", "old-secret", {}};
        QVERIFY(server::matchToken(config, "new-secret") == SignatureVerdict::Current);
        QVERIFY(server::matchToken(config, "old-secret") == SignatureVerdict::Previous);
        QVERIFY(!server::matchToken(config, "new-secre"));
        QVERIFY(!server::matchToken(config, {}));
        QVERIFY(!server::matchToken({}, {}));
        QVERIFY(!server::matchToken({}, "anything"));
        const QByteArray body = "{\"event\":\"delivered\"}";
        const QByteArray hex = security::hmacSha256("old-secret", body).toHex();
        QVERIFY(server::matchSignature(config, body, hex) == SignatureVerdict::Previous);
        QVERIFY(server::matchSignature(config, body, hex.toUpper()) == SignatureVerdict::Previous);
        QVERIFY(!server::matchSignature(config, body + ' ', hex));
        QVERIFY(!server::matchSignature({}, body, security::hmacSha256({}, body).toHex()));
    }

    void credentialsAreNotKept()
    {
        server::Headers headers;
        headers.append("User-Agent", "Brevo");
        headers.append("AUTHORIZATION", "Bearer abc");
        headers.append("Cookie", "a=b");
        headers.append("Referer", "https://host/webhooks/brevo/new-secret");
        const auto kept = server::redactedHeaders(headers, {"new-secret", {}, {}});
        QCOMPARE(kept.size(), 4);
        QCOMPARE(kept.at(0).second, QStringLiteral("Brevo"));
        for (int i = 1; i < 4; ++i)
            QCOMPARE(kept.at(i).second, QStringLiteral("[redacted]"));
    }

    void aFloodIsTwoRowsAMinute()
    {
        usecases::RefusalLog log;
        QList<usecases::RefusalLog::Burst> told;
        for (int i = 0; i < 10'000; ++i) {
            if (auto first = log.note(refusalFrom(QStringLiteral("203.0.113.0/24")), noon.addMSecs(i)))
                told.append(*first);
        }
        QCOMPARE(told.size(), 1);
        QVERIFY(told.first().isFirstWord);
        QVERIFY(log.ended(noon.addMSecs(59'999)).isEmpty());
        const auto ended = log.ended(noon.addMSecs(60'000));
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended.first().count, 9'999);
        QCOMPARE(ended.first().lastAt, noon.addMSecs(9'999));
        QVERIFY(log.ended(noon.addDays(1), true).isEmpty());
    }

    void aLonelyCallIsOneRow()
    {
        usecases::RefusalLog log;
        QVERIFY(log.note(refusalFrom(QStringLiteral("203.0.113.0/24")), noon));
        QVERIFY(log.ended(noon.addDays(1)).isEmpty());
        QVERIFY(log.note(refusalFrom(QStringLiteral("203.0.113.0/24")), noon.addDays(1)));
    }

    void manySubnetsAreBounded()
    {
        usecases::RefusalLog log;
        int rows = 0;
        qint64 calls = 0;
        for (int i = 0; i < 5'000; ++i) {
            ++calls;
            const auto first = log.note(refusalFrom(QStringLiteral("10.%1.%2.0/24").arg(i / 250).arg(i % 250)), noon);
            rows += first ? 1 : 0;
            calls -= first ? 1 : 0;
        }
        QCOMPARE(rows, usecases::RefusalLog::maxSubnets + 1);
        qint64 summed = 0;
        const auto ended = log.ended(noon, true);
        for (const auto &burst : ended)
            summed += burst.count;
        QCOMPARE(ended.size(), 1);
        QCOMPARE(summed, calls);
        QCOMPARE(ended.first().refusal.subnet, QString());
    }
};

REGISTER_SUITE(webhook_guards, TstWebhookGuards)
#include "tst_webhook_guards.moc"
