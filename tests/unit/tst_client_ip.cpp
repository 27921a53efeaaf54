#include "app/server/middleware/client_ip.h"
#include "tests/support/test_main.h"

#include <QtTest>

namespace {

QList<platform::Cidr> networks(const QString &list)
{
    QList<platform::Cidr> all;
    for (const QString &part : list.split(QLatin1Char(','), Qt::SkipEmptyParts))
        all.append(platform::Cidr::parse(part).value());
    return all;
}

} // namespace

class TstClientIp final : public QObject {
    Q_OBJECT

private slots:
    void picks_data()
    {
        QTest::addColumn<QByteArray>("peer");
        QTest::addColumn<QByteArray>("forwarded");
        QTest::addColumn<QString>("trusted");
        QTest::addColumn<QByteArray>("client");
        const QString proxies = QStringLiteral("10.0.0.0/8, 2001:db8::/32");
        QTest::newRow("nobody trusted") << QByteArray("10.0.0.1") << QByteArray("1.2.3.4") << QString()
                                        << QByteArray("10.0.0.1");
        QTest::newRow("untrusted peer") << QByteArray("9.9.9.9") << QByteArray("1.2.3.4") << proxies
                                        << QByteArray("9.9.9.9");
        QTest::newRow("right-most") << QByteArray("10.0.0.1") << QByteArray("6.6.6.6, 1.2.3.4") << proxies
                                    << QByteArray("1.2.3.4");
        QTest::newRow("skips proxies") << QByteArray("10.0.0.1") << QByteArray("1.2.3.4, 10.9.9.9,10.8.8.8") << proxies
                                       << QByteArray("1.2.3.4");
        QTest::newRow("all proxies") << QByteArray("10.0.0.1") << QByteArray("10.1.1.1, 10.2.2.2") << proxies
                                     << QByteArray("10.1.1.1");
        QTest::newRow("no header") << QByteArray("10.0.0.1") << QByteArray() << proxies << QByteArray("10.0.0.1");
        QTest::newRow("garbage at the right")
            << QByteArray("10.0.0.1") << QByteArray("1.2.3.4, unknown") << proxies << QByteArray("10.0.0.1");
        QTest::newRow("garbage behind a proxy")
            << QByteArray("10.0.0.1") << QByteArray("1.2.3.4, x, 10.2.2.2") << proxies << QByteArray("10.2.2.2");
        QTest::newRow("with port") << QByteArray("10.0.0.1") << QByteArray("1.2.3.4:5678") << proxies
                                   << QByteArray("1.2.3.4");
        QTest::newRow("IPv6") << QByteArray("2001:db8::1") << QByteArray("[2A00:0:0::5]:443") << proxies
                              << QByteArray("2a00::5");
        QTest::newRow("mapped peer") << QByteArray("::ffff:10.0.0.1") << QByteArray("1.2.3.4") << proxies
                                     << QByteArray("1.2.3.4");
    }

    void picks()
    {
        QFETCH(QByteArray, peer);
        QFETCH(QByteArray, forwarded);
        QFETCH(QString, trusted);
        QFETCH(QByteArray, client);
        server::Headers headers;
        if (!forwarded.isEmpty())
            headers.append("x-forwarded-for", forwarded);
        QCOMPARE(server::clientIp(peer, headers, networks(trusted)), client);
    }

    void severalFieldsAreOneList()
    {
        server::Headers headers;
        headers.append("X-Forwarded-For", "6.6.6.6");
        headers.append("X-Forwarded-For", "1.2.3.4, 10.0.0.2");
        QCOMPARE(server::clientIp("10.0.0.1", headers, networks(QStringLiteral("10.0.0.0/8"))), QByteArray("1.2.3.4"));
    }
};

REGISTER_SUITE(client_ip, TstClientIp)
#include "tst_client_ip.moc"
