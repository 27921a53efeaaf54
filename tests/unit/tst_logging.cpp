#include "services/platform/logging.h"
#include "tests/support/test_main.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace platform;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

const QDateTime stamp(QDate(2026, 11, 22), QTime(5, 52, 15, 45), Qt::UTC);

} // namespace

class TstLogging : public QObject {
    Q_OBJECT
private slots:
    void secretsAreReplaced_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("safe");
        const auto row = [](const char *text, const char *safe) { QTest::newRow(text) << s(text) << s(safe); };
        row("nothing secret here", "nothing secret here");
        row("cannot open postgres://app:hunter2@db:5432/x?sslmode=require",
            "cannot open postgres://app:***@db:5432/x?sslmode=require");
        row("redis://:hunter2@cache:6379", "redis://:***@cache:6379");
        row("postgres://app:p@ss:w@db/x", "postgres://app:***@db/x");
        row("mongodb+srv://u:hunter2@h/x and postgres://u:hunter2@h/y",
            "mongodb+srv://u:***@h/x and postgres://u:***@h/y");
        row("https://example.com:8080/a@b", "https://example.com:8080/a@b");
        row("host=db password=hunter2 user=x", "host=db password=*** user=x");
        row("PASSWORD='two words' x", "PASSWORD=*** x");
        row("?token=hunter2&page=2", "?token=***&page=2");
        row("Authorization: Bearer abc.def-ghi_123", "Authorization: Bearer ***");
        row("authorization: basic dXNlcjpwdw==", "authorization: basic ***");
        row("minted ink_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-AbCdE for x", "minted ink_*** for x");
        row("key xkeysib-0a1b-Zz9 and xsmtpsib-77", "key xkeysib-*** and xsmtpsib-***");
        row("POST /webhooks/brevo/s3cr3t?x=1", "POST /webhooks/brevo/***?x=1");
        row("POST /webhooks/brevo/:secret", "POST /webhooks/brevo/:secret");
        row("session eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOiIxIn0.c2ln ended", "session eyJ*** ended");
    }
    void secretsAreReplaced()
    {
        QFETCH(QString, text);
        QFETCH(QString, safe);
        QCOMPARE(redactSecrets(text), safe);
        QCOMPARE(redactSecrets(safe), safe);
    }

    void textLines()
    {
        QCOMPARE(formatLogLine(LogFormat::Text, QtWarningMsg, s("http"), s("two\r\nlines, ink_abcdefgh"), stamp),
                 QByteArray("2026-11-22T05:52:15.045Z warning http: two\\r\\nlines, ink_***"));
    }

    void jsonLines()
    {
        const QByteArray line =
            formatLogLine(LogFormat::Json, QtCriticalMsg, s("storage"), s("said \"no\"\nBearer abcdef"), stamp);
        QVERIFY(!line.contains('\n'));
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        QCOMPARE(object.value(s("time")).toString(), s("2026-11-22T05:52:15.045Z"));
        QCOMPARE(object.value(s("level")).toString(), s("error"));
        QCOMPARE(object.value(s("category")).toString(), s("storage"));
        QCOMPARE(object.value(s("message")).toString(), s("said \"no\"\nBearer ***"));
        QCOMPARE(object.size(), 4);
    }

    void levels()
    {
        QCOMPARE(logLevelFromName(s("debug")), QtDebugMsg);
        QCOMPARE(logLevelFromName(s(" INFO ")), QtInfoMsg);
        QCOMPARE(logLevelFromName(s("warning")), QtWarningMsg);
        QCOMPARE(logLevelFromName(s("error")), QtCriticalMsg);
        QCOMPARE(logLevelFromName(s("loud")), QtInfoMsg);
    }
};

REGISTER_SUITE(logging, TstLogging)
#include "tst_logging.moc"
