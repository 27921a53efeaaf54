#include "models/domain/format.h"
#include "tests/support/test_main.h"

#include <QTest>
#include <QTimeZone>

#include <limits>

using namespace domain;

namespace {

QString s(const char *text) {
    return QString::fromUtf8(text);
}

Money money(qint64 minor, const char *currency = "USD") {
    return {minor, QString::fromLatin1(currency)};
}

} // namespace

class TstFormat : public QObject {
    Q_OBJECT
private slots:
    void amounts() {
        QCOMPARE(moneyText(money(123450), Cents::WhenNeeded), s("$1,234.50"));
        QCOMPARE(moneyText(money(4900), Cents::WhenNeeded), s("$49"));
        QCOMPARE(moneyText(money(4900), Cents::Always), s("$49.00"), Cents::WhenNeeded);
        QCOMPARE(moneyText(money(5), Cents::WhenNeeded), s("$0.05"));
        QCOMPARE(moneyText(money(0), Cents::WhenNeeded), s("$0"));
        QCOMPARE(moneyText(money(-500), Cents::WhenNeeded), s("−$5"));
        QCOMPARE(moneyText(money(100000000), Cents::WhenNeeded), s("$1,000,000"));
        QCOMPARE(moneyText(money(900, "EUR"), Cents::WhenNeeded), s("€9"));
        QCOMPARE(moneyText(money(1250, "CHF"), Cents::WhenNeeded), s("CHF 12.50"));
        QCOMPARE(moneyText(money(1250, "JPY"), Cents::WhenNeeded), s("¥1,250"));
        QCOMPARE(moneyText(money(std::numeric_limits<qint64>::min())), s("−$92,233,720,368,547,758.08"));
    }

    void rupeesAreGroupedTheIndianWay() {
        QCOMPARE(moneyText(money(15000000, "INR"), Cents::WhenNeeded), s("₹1,50,000"));
        QCOMPARE(moneyText(money(99900, "INR"), Cents::WhenNeeded), s("₹999"));
        QCOMPARE(moneyText(money(100000, "INR"), Cents::WhenNeeded), s("₹1,000"));
        QCOMPARE(moneyText(money(10000050, "INR"), Cents::WhenNeeded), s("₹1,00,000.50"));
        QCOMPARE(moneyText(money(1234567800, "INR"), Cents::WhenNeeded), s("₹1,23,45,678"));
    }

    void sizes() {
        constexpr qint64 mb = 1024 * 1024, gb = 1024 * mb;
        QCOMPARE(bytesText(0), s("0 B"));
        QCOMPARE(bytesText(512), s("512 B"));
        QCOMPARE(bytesText(1024), s("1 KB"));
        QCOMPARE(bytesText(10 * mb), s("10 MB"));
        QCOMPARE(bytesText(500 * mb), s("500 MB"));
        QCOMPARE(bytesText(gb * 91 / 10), s("9.1 GB"));
        QCOMPARE(bytesText(10 * gb), s("10 GB"));
        QCOMPARE(bytesText(gb - 1), s("1 GB"));
        QCOMPARE(bytesText(150 * gb + gb / 2), s("151 GB"));
        QCOMPARE(bytesText(2048 * gb), s("2 TB"));
        QCOMPARE(bytesText(-1), noValue());
        QCOMPARE(byteLimitText(-1), s("unlimited"));
        QCOMPARE(byteLimitText(0), s("none"));
        QCOMPARE(byteLimitText(10 * gb), s("10 GB"));
    }

    void counts() {
        QCOMPARE(countText(0), s("0"));
        QCOMPARE(countText(999), s("999"));
        QCOMPARE(countText(1234567), s("1,234,567"));
        QCOMPARE(countText(-1000), s("−1,000"));
        QCOMPARE(countLimitText(-1), s("unlimited"));
        QCOMPARE(countLimitText(1000), s("1,000"));
    }

    void percentages() {
        QCOMPARE(percentText(0.123), s("12 %"));
        QCOMPARE(percentText(0.123, 1), s("12.3 %"));
        QCOMPARE(percentText(1.0), s("100 %"));
        QCOMPARE(percentText(-0.05), s("−5 %"));
        QCOMPARE(percentText(-0.0001), s("0 %"));
        QCOMPARE(percentText({}), noValue());
        QCOMPARE(percentText(std::numeric_limits<double>::quiet_NaN()), noValue());
    }

    void relativeTimes_data() {
        QTest::addColumn<qint64>("secondsAgo");
        QTest::addColumn<QString>("text");
        const auto row = [](qint64 secondsAgo, const char *text) {
            QTest::addRow("%lld", static_cast<long long>(secondsAgo)) << secondsAgo << s(text);
        };
        row(0, "just now");
        row(59, "just now");
        row(-59, "just now");
        row(60, "1 min ago");
        row(299, "4 min ago");
        row(3600, "1 h ago");
        row(86399, "23 h ago");
        row(86400, "1 d ago");
        row(29 * 86400, "29 d ago");
        row(30 * 86400, "1 mo ago");
        row(364 * 86400, "12 mo ago");
        row(800 * 86400, "2 y ago");
        row(-240, "in 4 min");
        row(-3 * 86400, "in 3 d");
    }
    void relativeTimes() {
        QFETCH(qint64, secondsAgo);
        QFETCH(QString, text);
        const QDateTime now = QDateTime::fromSecsSinceEpoch(1'790'000'000, Qt::UTC);
        QCOMPARE(relativeText(now.addSecs(-secondsAgo), now), text);
    }

    void timesThatDoNotExistAreADash() {
        const QDateTime now = QDateTime::fromSecsSinceEpoch(1'790'000'000, Qt::UTC);
        QCOMPARE(relativeText({}, now), noValue());
        QCOMPARE(relativeText(QDateTime(), now), noValue());
        QCOMPARE(formatUtc(QDateTime()), noValue());
    }

    void exactTimesAreUtc() {
        const QDateTime local(QDate(2026, 11, 22), QTime(7, 52, 15, 45), QTimeZone(7200));
        QCOMPARE(formatUtc(local), s("2026-11-22T05:52:15Z"));
        QCOMPARE(formatUtc(local, true), s("2026-11-22T05:52:15.045Z"));
    }
};

REGISTER_SUITE(format, TstFormat)
#include "tst_format.moc"
