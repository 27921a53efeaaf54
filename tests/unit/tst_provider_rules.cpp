#include "services/platform/config_values.h"
#include "services/providers/brevo_provider.h"
#include "services/providers/error_text.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace providers;
using usecases::SendClass;

namespace {

using Headers = QList<std::pair<QByteArray, QByteArray>>;

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

class TstProviderRules : public QObject {
    Q_OBJECT
private slots:
    void everyStatusHasItsClass()
    {
        for (int status = 0; status <= 999; ++status) {
            SendClass expected = SendClass::Transient;
            if (status >= 200 && status <= 299)
                expected = SendClass::Accepted;
            else if (status >= 400 && status <= 499 && !QList<int>{401, 403, 408, 425, 429}.contains(status))
                expected = SendClass::Permanent;
            QVERIFY2(sendClassOf(status) == expected, qPrintable(QString::number(status)));
        }
    }

    void classesHaveTheLedgersNames()
    {
        QCOMPARE(usecases::sendClassName(SendClass::Accepted), s("accepted"));
        QCOMPARE(usecases::sendClassName(SendClass::Transient), s("transient"));
        QCOMPARE(usecases::sendClassName(SendClass::Permanent), s("permanent"));
        QCOMPARE(usecases::sendClassName(SendClass::SkippedNoTemplate), s("skipped_no_template"));
    }

    void waits_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<Headers>("headers");
        QTest::addColumn<qint64>("ms");
        QTest::addRow("seconds") << 429 << Headers{{"retry-after", "17"}} << qint64{17'000};
        QTest::addRow("503 too") << 503 << Headers{{"retry-after", "2"}} << qint64{2'000};
        QTest::addRow("brevo's own") << 429 << Headers{{"x-sib-ratelimit-reset", "9"}} << qint64{9'000};
        QTest::addRow("the standard one first")
            << 429 << Headers{{"x-sib-ratelimit-reset", "9"}, {"retry-after", "3"}} << qint64{3'000};
        QTest::addRow("brevo's own says nothing elsewhere")
            << 500 << Headers{{"x-sib-ratelimit-reset", "9"}} << qint64{0};
        QTest::addRow("a date") << 429
                                << Headers{{"date", "Tue, 10 Mar 2026 10:00:00 GMT"},
                                           {"retry-after", "Tue, 10 Mar 2026 10:01:30 GMT"}}
                                << qint64{90'000};
        QTest::addRow("a date gone by") << 503
                                        << Headers{{"date", "Tue, 10 Mar 2026 10:00:00 GMT"},
                                                   {"retry-after", "Tue, 10 Mar 2026 09:00:00 GMT"}}
                                        << qint64{0};
        QTest::addRow("a date alone") << 503 << Headers{{"retry-after", "Tue, 10 Mar 2026 10:01:30 GMT"}} << qint64{0};
        QTest::addRow("negative") << 429 << Headers{{"retry-after", "-5"}} << qint64{0};
        QTest::addRow("nonsense") << 429 << Headers{{"retry-after", "soon"}} << qint64{0};
        QTest::addRow("for ever") << 429 << Headers{{"retry-after", "99999999999"}} << qint64{86'400'000};
        QTest::addRow("nothing") << 429 << Headers{} << qint64{0};
    }
    void waits()
    {
        QFETCH(int, status);
        QFETCH(Headers, headers);
        QFETCH(qint64, ms);
        HttpResponse answer;
        answer.status = status;
        answer.headers = headers;
        QCOMPARE(retryAfterMs(answer), ms);
    }

    void errorTextsHideWhatTheyMust()
    {
        const QString text =
            safeErrorText(s("550 <mira.o'x@example.dev> refused\r\nkey XKEYSIB-abc for\tbob@sub.example.org; see log"),
                          {s("xkeysib-abc")});
        QCOMPARE(text, s("550 <(address)> refused key (hidden) for (address); see log"));
        QCOMPARE(safeErrorText(s("plain"), {QString(), s("absent")}), s("plain"));
        const QString longText = safeErrorText(s("x").repeated(5000), {});
        QCOMPARE(longText.size(), 300);
        const QString control = safeErrorText(QString(QChar(0)) + s("a") + QChar(7) + QChar(0xD800) + s("b"), {});
        QCOMPARE(control, s("a b"));
    }

    void onlyThisMachineIsLoopback()
    {
        for (const char *host : {"localhost", "LocalHost", "127.0.0.1", "127.255.1.2", "::1"})
            QVERIFY2(platform::values::isLoopbackHost(s(host)), host);
        for (const char *host : {"", "127.0.0.1.example.com", "localhost.example.com", "128.0.0.1", "127.1",
                                 "127.0.0.256", "0127.0.0.1", "::2", "10.0.0.1", "127.0.0.1e0", "127.0.0.-1"})
            QVERIFY2(!platform::values::isLoopbackHost(s(host)), host);
    }

    void addresses()
    {
        for (const char *good : {"a@b", "mira.o'neil+tag@example.dev", "jürgen@example.dev", "x_y-z%w@sub.example.org"})
            QVERIFY2(platform::values::isAddress(s(good)), good);
        for (const char *bad : {"", "@", "a@", "@b", "a", "a@b@c", "a b@c", "a@b\r\nBcc: c@d", "<a@b>", "a@b,c@d",
                                "a@b>", "\"a\"@b", "a@b;c", "a\t@b", "a:b@c", "a\\@b", "a@b "})
            QVERIFY2(!platform::values::isAddress(s(bad)), bad);
        QVERIFY(!platform::values::isAddress(s("a@b") + QChar(0)));
        QVERIFY(!platform::values::isAddress(s("a").repeated(250) + s("@b.dev")));
    }
};

REGISTER_SUITE(provider_rules, TstProviderRules)
#include "tst_provider_rules.moc"
