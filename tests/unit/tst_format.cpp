#include "models/domain/format.h"
#include "tests/support/test_main.h"

#include <QTest>
#include <QTimeZone>

#include <limits>

using namespace domain;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

Money money(qint64 minor, const char *currency = "USD")
{
    return {minor, QString::fromLatin1(currency)};
}

} // namespace

class TstFormat : public QObject {
    Q_OBJECT
private slots:
    void amounts()
    {
        QCOMPARE(moneyText(money(123450), Cents::WhenNeeded), s("$1,234.50"));
        QCOMPARE(moneyText(money(4900), Cents::WhenNeeded), s("$49"));
        QCOMPARE(moneyText(money(4900)), s("$49.00"));
        QCOMPARE(moneyText(4900), s("$49.00"));
        QCOMPARE(moneyText(-817), s("−$8.17"));
        QCOMPARE(moneyText(money(5), Cents::WhenNeeded), s("$0.05"));
        QCOMPARE(moneyText(money(0), Cents::WhenNeeded), s("$0"));
        QCOMPARE(moneyText(money(-500), Cents::WhenNeeded), s("−$5"));
        QCOMPARE(moneyText(money(100000000), Cents::WhenNeeded), s("$1,000,000"));
        QCOMPARE(moneyText(money(900, "EUR"), Cents::WhenNeeded), s("€9"));
        QCOMPARE(moneyText(money(1250, "CHF"), Cents::WhenNeeded), s("CHF 12.50"));
        QCOMPARE(moneyText(money(1250, "JPY"), Cents::WhenNeeded), s("¥1,250"));
        QCOMPARE(moneyText(money(std::numeric_limits<qint64>::min())), s("−$92,233,720,368,547,758.08"));
    }

    void rupeesAreGroupedTheIndianWay()
    {
        QCOMPARE(moneyText(money(15000000, "INR"), Cents::WhenNeeded), s("₹1,50,000"));
        QCOMPARE(moneyText(money(99900, "INR"), Cents::WhenNeeded), s("₹999"));
        QCOMPARE(moneyText(money(100000, "INR"), Cents::WhenNeeded), s("₹1,000"));
        QCOMPARE(moneyText(money(10000050, "INR"), Cents::WhenNeeded), s("₹1,00,000.50"));
        QCOMPARE(moneyText(money(1234567800, "INR"), Cents::WhenNeeded), s("₹1,23,45,678"));
    }

    void sizes()
    {
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

    void counts()
    {
        QCOMPARE(countText(0), s("0"));
        QCOMPARE(countText(999), s("999"));
        QCOMPARE(countText(1234567), s("1,234,567"));
        QCOMPARE(countText(-1000), s("−1,000"));
        QCOMPARE(countLimitText(-1), s("unlimited"));
        QCOMPARE(countLimitText(1000), s("1,000"));
    }

    void percentages()
    {
        QCOMPARE(percentText(0.123), s("12 %"));
        QCOMPARE(percentText(0.123, 1), s("12.3 %"));
        QCOMPARE(percentText(1.0), s("100 %"));
        QCOMPARE(percentText(-0.05), s("−5 %"));
        QCOMPARE(percentText(-0.0001), s("0 %"));
        QCOMPARE(percentText({}), noValue());
        QCOMPARE(percentText(std::numeric_limits<double>::quiet_NaN()), noValue());
    }

    void relativeTimes_data()
    {
        QTest::addColumn<qint64>("secondsAgo");
        QTest::addColumn<QString>("text");
        const auto row = [](qint64 secondsAgo, const char *text) {
            QTest::addRow("%lld", static_cast<long long>(secondsAgo)) << secondsAgo << s(text);
        };
        row(0, "just now");
        row(4, "just now");
        row(-59, "just now");
        row(59, "59 s ago");
        row(60, "1 min ago");
        row(299, "4 min ago");
        row(3600, "1 h ago");
        row(86399, "23 h ago");
        row(86400, "1 day ago");
        row(59 * 86400, "59 days ago");
        row(93 * 86400, "20 Jun 2026");
        row(-240, "in 4 min");
        row(-3 * 86400, "in 3 days");
    }
    void relativeTimes()
    {
        QFETCH(qint64, secondsAgo);
        QFETCH(QString, text);
        const QDateTime now = QDateTime::fromSecsSinceEpoch(1'790'000'000, Qt::UTC);
        QCOMPARE(relativeText(now.addSecs(-secondsAgo), now), text);
    }

    void timesThatDoNotExistAreADash()
    {
        const QDateTime now = QDateTime::fromSecsSinceEpoch(1'790'000'000, Qt::UTC);
        const QDateTime none;
        QCOMPARE(relativeText(none, now), noValue());
        QCOMPARE(isoText(none), noValue());
        QCOMPARE(dayText(none, QTimeZone::utc()), noValue());
        QCOMPARE(exactText(none, QTimeZone::utc()), noValue());
        QCOMPARE(shortTimeText(none, QTimeZone::utc(), now), noValue());
        QCOMPARE(timeTip(none, now), QString());
    }

    void exactTimesAreUtc()
    {
        const QDateTime local(QDate(2026, 11, 22), QTime(7, 52, 15, 45), QTimeZone(7200));
        QCOMPARE(isoText(local), s("2026-11-22T05:52:15.045Z"));
        QCOMPARE(timeTip(local, local.addSecs(240)), s("2026-11-22T05:52:15.045Z · 4 min ago"));
    }

    void timesInAZone()
    {
        const QTimeZone india("Asia/Kolkata");
        const QDateTime now(QDate(2026, 11, 22), QTime(1, 0), Qt::UTC);
        const QDateTime late(QDate(2026, 11, 21), QTime(19, 0), Qt::UTC);
        QCOMPARE(shortTimeText(late, india, now), s("today 00:30"));
        QCOMPARE(shortTimeText(late, QTimeZone::utc(), now), s("yesterday 19:00"));
        QCOMPARE(shortTimeText(late.addDays(-3), india, now), s("19 Nov 00:30"));
        QCOMPARE(shortTimeText(late.addYears(-1), india, now), s("22 Nov 2025 00:30"));
        QCOMPARE(dayText(late, india), s("22 Nov 2026"));
        QCOMPARE(exactText(late, india), s("2026-11-22 00:30:00.000"));
        QCOMPARE(zoneText(QTimeZone::utc(), now), s("UTC"));
    }

    void usage()
    {
        constexpr qint64 mb = 1024 * 1024, gb = 1024 * mb;
        QCOMPARE(usageText(gb * 91 / 10, 10 * gb), s("9.1 / 10 GB"));
        QCOMPARE(usageText(3 * mb, 10 * gb), s("3 MB / 10 GB"));
        QCOMPARE(usageText(0, 10 * gb), s("0 / 10 GB"));
        QCOMPARE(usageText(5, -1), s("5 B"));
        QCOMPARE(usageText(gb * 97 / 10, 10 * gb, s(" of ")), s("9.7 of 10 GB"));
    }

    void words()
    {
        QCOMPARE(plural(1, s("note"), s("notes")), s("1 note"));
        QCOMPARE(plural(1200, s("note"), s("notes")), s("1,200 notes"));
        QCOMPARE(durationText(42), s("42 s"));
        QCOMPARE(durationText(12'000), s("3 h 20 min"));
        QCOMPARE(durationText(12 * 86400 + 4 * 3600), s("12 d 4 h"));
        QCOMPARE(durationText(-5), s("0 s"));
        QCOMPARE(wordText(s("deletion_requested")), s("deletion requested"));
        QCOMPARE(shortId(s("3f1c0000-0000-4000-8000-000000009a02")), s("3f1c…9a02"));
        QCOMPARE(resourceTypeText(s("postgres")), s("PostgreSQL"));
        QCOMPARE(resourceTypeText(s("cold_storage")), s("cold storage"));
        QCOMPARE(shortId(s("acme")), s("acme"));
    }
};

REGISTER_SUITE(format, TstFormat)
#include "tst_format.moc"
