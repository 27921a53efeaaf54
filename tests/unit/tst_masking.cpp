#include "models/domain/mask.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace domain;

class TstMasking : public QObject {
    Q_OBJECT
private slots:
    void twoRules_data()
    {
        QTest::addColumn<QString>("email");
        QTest::addColumn<QString>("audit");
        QTest::addColumn<QString>("ledger");
        const auto row = [](const char *email, const char *audit, const char *ledger) {
            QTest::newRow(email) << QString::fromUtf8(email) << QString::fromUtf8(audit) << QString::fromUtf8(ledger);
        };
        row("alice@example.com", "a***@example.com", "a***@example.com");
        row("a@example.com", "a***@example.com", "a@example.com");
        row("nobody", "n***", "nobody");
        row("", "", "");
        row("\"a@b\"@example.com", "\"***@b\"@example.com", "\"***@example.com");
        row("al@b@example.com", "a***@b@example.com", "a***@example.com");
        row("@example.com", "***@example.com", "@example.com");
        row("ab", "a***", "ab");
        row("éva@example.com", "é***@example.com", "é***@example.com");
        row("😀x@example.com", "😀***@example.com", "😀***@example.com");
        row("😀@example.com", "😀***@example.com", "😀@example.com");
    }
    void twoRules()
    {
        QFETCH(QString, email);
        QFETCH(QString, audit);
        QFETCH(QString, ledger);
        QCOMPARE(maskAuditEmail(email), audit);
        QCOMPARE(maskLedgerEmail(email), ledger);
    }
};

REGISTER_SUITE(masking, TstMasking)
#include "tst_masking.moc"
