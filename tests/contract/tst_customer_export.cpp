#include "tests/contract/contract_suite.h"
#include "tests/support/test_main.h"

#include "models/domain/audit_kind_names.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace contract;
using domain::AuditEntry;
using ports::CustomerFilter;

class TstCustomerExport : public ContractSuite {
    Q_OBJECT

    static QList<AuditEntry> written(BackendUnderTest &b)
    {
        ports::AuditQuery query;
        query.filter.kind = QString(domain::kinds::adminCustomersExported);
        const auto page = answer(b.backend(Role::Admin).audit().search(b.call(Role::Admin), query));
        return page ? page->rows : QList<AuditEntry>{};
    }
    static domain::Result<domain::Done> record(BackendUnderTest &b, const CustomerFilter &filter, qint64 rows,
                                               const char *format, Role role = Role::Admin)
    {
        return answer(
            b.backend(role).customers().recordExport(b.call(role), filter, rows, QString::fromLatin1(format)));
    }

private Q_SLOTS:
    void oneRowSaysWhatLeft()
    {
        BackendUnderTest &b = fresh();
        CustomerFilter filter;
        filter.q = QStringLiteral(" acme; \"x\" ");
        filter.tiers = {QStringLiteral("Pro"), QStringLiteral("hobby"), QStringLiteral("pro")};
        filter.createdFrom = test::seedNow().addDays(-30);
        filter.lastSeenUntil = test::seedNow();
        filter.mrrAtLeastCents = 4900;
        VERIFY_OK(record(b, filter, 17, "csv"));

        const QList<AuditEntry> rows = written(b);
        QCOMPARE(rows.size(), 1);
        const AuditEntry &row = rows.first();
        QCOMPARE(row.actor, QStringLiteral("admin"));
        QCOMPARE(row.team, std::nullopt);
        QCOMPARE(row.createdAt, test::seedNow());
        const QString iso = test::seedNow().toString(Qt::ISODateWithMs);
        const QString from = test::seedNow().addDays(-30).toString(Qt::ISODateWithMs);
        const QJsonObject expected{
            {QStringLiteral("format"), QStringLiteral("csv")},
            {QStringLiteral("rows"), 17},
            {QStringLiteral("by_admin_email"), adminEmail()},
            {QStringLiteral("filter"),
             QStringLiteral("text=acme; \"x\"; tier=hobby,pro; created_from=%1; last_seen_until=%2; mrr_at_least=4900")
                 .arg(from, iso)}};
        QCOMPARE(QJsonDocument::fromJson(row.metadata).object(), expected);
    }

    void anAuditorMayExportToo()
    {
        BackendUnderTest &b = fresh();
        VERIFY_OK(record(b, {}, 0, "jsonl", Role::Auditor));
        const QList<AuditEntry> rows = written(b);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().summary, QStringLiteral("0 customers exported as jsonl (all)"));
        QVERIFY(rows.first().metadata.contains(auditorEmail().toUtf8()));
    }

    void badRequestsWriteNothing()
    {
        BackendUnderTest &b = fresh();
        CustomerFilter withNul;
        withNul.q = QStringLiteral("a") + QChar(u'\0');
        QCOMPARE(keyOf(record(b, {}, 1, "xlsx")), QStringLiteral("invalid_format"));
        QCOMPARE(keyOf(record(b, {}, 1, "")), QStringLiteral("invalid_format"));
        QCOMPARE(keyOf(record(b, {}, -1, "csv")), QStringLiteral("invalid_value"));
        QCOMPARE(keyOf(record(b, withNul, 1, "csv")), QStringLiteral("invalid_text"));
        if (b.has(Role::Stranger))
            QCOMPARE(keyOf(record(b, {}, 1, "csv", Role::Stranger)), QStringLiteral("forbidden"));
        if (b.has(Role::ReadOnly))
            QCOMPARE(keyOf(record(b, {}, 1, "csv", Role::ReadOnly)), QStringLiteral("read_only_session"));
        QVERIFY(written(b).isEmpty());
    }

    void withoutTheRowThereIsNoExport()
    {
        BackendUnderTest &b = fresh();
        b.failAuditInsertsAfter(0);
        QCOMPARE(keyOf(record(b, {}, 3, "csv")), QStringLiteral("db_failed"));
        b.failAuditInsertsAfter(-1);
        QVERIFY(written(b).isEmpty());
    }
};

REGISTER_SUITE(customer_export, TstCustomerExport)
#include "tst_customer_export.moc"
