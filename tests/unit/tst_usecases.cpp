#include "services/platform/plan_loader.h"
#include "services/storage/keyset.h"
#include "services/usecases/access_audit.h"
#include "services/usecases/audit_export.h"
#include "services/usecases/change_tier.h"
#include "services/usecases/customers.h"
#include "services/usecases/notes.h"
#include "services/usecases/overview.h"
#include "services/usecases/tokens.h"
#include "services/usecases/views.h"
#include "tests/support/fake_store.h"
#include "tests/support/test_main.h"

#include <QJsonDocument>
#include <QTest>

using namespace usecases;
using ports::ExportFormat;

/// The rules that need no database: formats, texts, arithmetic. What needs data is in the contract suite.
class TstUsecases : public QObject {
    Q_OBJECT

    domain::PlanRegistry m_plans;

    static domain::AuditEntry entry()
    {
        domain::AuditEntry e;
        e.id = domain::AuditId(test::uuid(1));
        e.team = test::teamId(2);
        e.teamName = QStringLiteral("=cmd|' /C calc'!A0");
        e.actor = QStringLiteral("admin");
        e.kind = QStringLiteral("some.kind");
        e.summary = QStringLiteral("said \"hello\",\nthen left");
        e.metadata = "{\"n\": 12345678901234567890,\n \"x\":1.10}";
        e.createdAt = test::seedNow();
        return e;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto plans = platform::loadEmbeddedPlans();
        QVERIFY(plans.ok());
        m_plans = *plans;
    }

    void csvCells_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("cell");
        QTest::newRow("plain") << QStringLiteral("plain") << QByteArray("plain");
        QTest::newRow("empty") << QString() << QByteArray();
        QTest::newRow("equals") << QStringLiteral("=1+1") << QByteArray("'=1+1");
        QTest::newRow("plus") << QStringLiteral("+1") << QByteArray("'+1");
        QTest::newRow("minus") << QStringLiteral("-1") << QByteArray("'-1");
        QTest::newRow("at") << QStringLiteral("@x") << QByteArray("'@x");
        QTest::newRow("tab") << QStringLiteral("\t=1") << QByteArray("'\t=1");
        QTest::newRow("not at the start") << QStringLiteral("a=1") << QByteArray("a=1");
        QTest::newRow("comma") << QStringLiteral("a,b") << QByteArray("\"a,b\"");
        QTest::newRow("quote") << QStringLiteral("a\"b") << QByteArray("\"a\"\"b\"");
        QTest::newRow("line") << QStringLiteral("a\nb") << QByteArray("\"a\nb\"");
        QTest::newRow("both") << QStringLiteral("=A1,\"x\"") << QByteArray("\"'=A1,\"\"x\"\"\"");
    }
    void csvCells()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, cell);
        QCOMPARE(csvCell(text), cell);
    }

    void csvRow()
    {
        const QByteArray row = auditExportRow(entry(), ExportFormat::Csv);
        QCOMPARE(row, QByteArray("00000001-0000-4000-8000-000000000001,2026-06-15T12:00:00.000Z,admin,some.kind,"
                                 "00000002-0000-4000-8000-000000000002,'=cmd|' /C calc'!A0,,,,"
                                 "\"said \"\"hello\"\",\nthen left\","
                                 "\"{\"\"n\"\": 12345678901234567890,\n \"\"x\"\":1.10}\"\r\n"));
    }

    void csvHeadCannotBreakOut()
    {
        ports::AuditFilter filter;
        filter.text = QStringLiteral("a\r\nid,evil");
        const QByteArray head = auditExportHead(filter, ExportFormat::Csv, test::seedNow());
        QCOMPARE(head.count('\n'), 2);
        QVERIFY(head.startsWith("# audit export; filter: text=a  id,evil; as of: 2026-06-15T12:00:00.000Z\r\n"));
    }

    void jsonLineKeepsTheStoredNumbers()
    {
        const QByteArray line = auditExportRow(entry(), ExportFormat::JsonLines);
        QCOMPARE(line.count('\n'), 1);
        QVERIFY(line.endsWith("}\n"));
        QVERIFY(line.contains("\"metadata\":{\"n\": 12345678901234567890,  \"x\":1.10}"));
        QVERIFY(line.contains("\"user_id\":null"));
        QVERIFY(!QJsonDocument::fromJson(line).isNull());
        domain::AuditEntry bare = entry();
        bare.metadata.clear();
        QVERIFY(auditExportRow(bare, ExportFormat::JsonLines).contains("\"metadata\":null}"));
    }

    void filtersInWords()
    {
        ports::AuditFilter filter;
        QCOMPARE(describeAuditFilter(filter), QStringLiteral("all"));
        filter.kind = QStringLiteral("admin.");
        filter.team = test::teamId(1);
        filter.until = test::seedNow();
        QCOMPARE(
            describeAuditFilter(filter),
            QStringLiteral("kind=admin.; team=00000001-0000-4000-8000-000000000001; until=2026-06-15T12:00:00.000Z"));
        ports::AuditFilter faults;
        faults.faults = true;
        QCOMPARE(describeAuditFilter(faults), QStringLiteral("faults=yes"));
    }

    void quotaTexts_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<qint64>("used");
        QTest::addColumn<qint64>("limit");
        QTest::addColumn<QString>("text");
        constexpr qint64 mb = 1024 * 1024;
        QTest::newRow("gigabytes") << QStringLiteral("postgres") << 9933 * mb << 10240 * mb
                                   << QStringLiteral("9.7 of 10 GB postgres");
        QTest::newRow("megabytes") << QStringLiteral("redis") << 49 * mb << 50 * mb
                                   << QStringLiteral("49 of 50 MB redis");
        QTest::newRow("requests") << QStringLiteral("webhook") << qint64(990) << qint64(1000)
                                  << QStringLiteral("990 of 1000 stored webhook requests");
    }
    void quotaTexts()
    {
        QFETCH(QString, type);
        QFETCH(qint64, used);
        QFETCH(qint64, limit);
        QFETCH(QString, text);
        QCOMPARE(quotaText(type, used, limit), text);
    }

    void graceIsUrgentInItsLastTwoDays()
    {
        const QDateTime now = test::seedNow();
        QCOMPARE(graceSeverity(now.addDays(2), now), 3);
        QCOMPARE(graceSeverity(now.addDays(2).addSecs(1), now), 2);
        QCOMPARE(graceText(now.addDays(3), now), QStringLiteral("payment grace ends in 3 days"));
        QCOMPARE(graceText(now.addSecs(5 * 3600), now), QStringLiteral("payment grace ends in 5 hours"));
        QCOMPARE(graceText(now.addSecs(-7200), now), QStringLiteral("payment grace has ended"));
    }

    void attentionIsRankedAndCut()
    {
        QList<ports::AttentionItem> items;
        for (int i = 0; i < 30; ++i)
            items.append({ports::AttentionKind::NearQuota,
                          1 + i % 3,
                          QStringLiteral("t%1").arg(i),
                          {},
                          {},
                          test::seedNow().addSecs(i)});
        rankAttention(items);
        QCOMPARE(items.size(), maxAttentionItems);
        QCOMPARE(items.first().severity, 3);
        QCOMPARE(items.first().subject, QStringLiteral("t29"));
        QCOMPARE(items.last().severity, 2);
    }

    void aFloodOfOneKindLeavesRoomForTheOthers()
    {
        QList<ports::AttentionItem> items;
        for (int i = 0; i < 30; ++i)
            items.append({ports::AttentionKind::OperatorAlert,
                          3,
                          QStringLiteral("a%1").arg(i),
                          {},
                          {},
                          test::seedNow().addSecs(i)});
        for (int i = 0; i < 5; ++i)
            items.append(
                {ports::AttentionKind::NearQuota, 2, QStringLiteral("q%1").arg(i), {}, {}, test::seedNow().addSecs(i)});
        items.append({ports::AttentionKind::DeletionPending, 1, QStringLiteral("d"), {}, {}, test::seedNow()});
        rankAttention(items);
        QCOMPARE(items.size(), maxAttentionItems);
        const auto of = [&items](ports::AttentionKind kind) {
            return std::count_if(items.cbegin(), items.cend(),
                                 [kind](const ports::AttentionItem &i) { return i.kind == kind; });
        };
        QCOMPARE(of(ports::AttentionKind::NearQuota), reservedPerKind);
        QCOMPARE(of(ports::AttentionKind::DeletionPending), 1);
        QCOMPARE(items.first().subject, QStringLiteral("a29"));
        QCOMPARE(items.last().subject, QStringLiteral("d"));
    }

    void seriesFillGaps()
    {
        const QDate today(2026, 3, 1);
        const auto days = thirtyDays({{QDate(2026, 2, 28), 4}, {QDate(2025, 1, 1), 9}}, today);
        QCOMPARE(days.size(), 30);
        QCOMPARE(days.first().day, QDate(2026, 1, 31));
        QCOMPARE(days.at(28).value, qint64(4));
        QCOMPARE(days.at(29).value, qint64(0));
    }

    void storageLimits()
    {
        constexpr qint64 mb = 1024 * 1024;
        const QString pro = QStringLiteral("pro");
        QCOMPARE(storageLimitOf(m_plans, pro, {}), qint64(0));
        QCOMPARE(storageLimitOf(m_plans, pro, {QStringLiteral("redis"), QStringLiteral("webhook")}), 512 * mb);
        QCOMPARE(storageLimitOf(m_plans, pro, {QStringLiteral("redis"), QStringLiteral("abacus")}), qint64(-1));
    }

    void usageOfUnknownTypesIsKept()
    {
        const auto usage = usageAgainst(m_plans, QStringLiteral("pro"), {{QStringLiteral("abacus"), 1, 5, 0}});
        QCOMPARE(usage.size(), 8);
        QCOMPARE(usage.first().type, QStringLiteral("abacus"));
        QCOMPARE(usage.first().limit, qint64(-1));
        QCOMPARE(usage.first().used, qint64(5));
    }

    void cursorsAreBound()
    {
        const QByteArray mine = storage::listFingerprint({QStringLiteral("a"), 1});
        const QByteArray other = storage::listFingerprint({QStringLiteral("a"), 2});
        QVERIFY(mine != other);
        const QString cursor = storage::encodeCursor(mine, {QStringLiteral("x"), QJsonValue()});
        const auto back = storage::decodeCursor(cursor, mine, 2);
        QVERIFY(back.ok());
        QCOMPARE(back->at(0).toString(), QStringLiteral("x"));
        QVERIFY(back->at(1).isNull());
        QVERIFY(!storage::decodeCursor(cursor, other, 2).ok());
        QVERIFY(!storage::decodeCursor(cursor, mine, 3).ok());
        QVERIFY(!storage::decodeCursor(cursor + u'!', mine, 2).ok());
        QVERIFY(!storage::decodeCursor(QString(5000, u'A'), mine, 2).ok());
        QCOMPARE(storage::decodeCursor(QString(), mine, 2).error().key, QStringLiteral("invalid_cursor"));
    }

    void timesInCursors_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("RFC 3339") << QStringLiteral("2026-06-15T12:00:00.123Z") << true;
        QTest::newRow("PostgreSQL") << QStringLiteral("2026-06-15 12:00:00.123456+00") << true;
        QTest::newRow("half-hour zone") << QStringLiteral("2026-06-15 12:00:00+05:30") << true;
        QTest::newRow("no zone") << QStringLiteral("2026-06-15T12:00:00.123") << false;
        QTest::newRow("month 13") << QStringLiteral("2026-13-15T12:00:00Z") << false;
        QTest::newRow("hour 25") << QStringLiteral("2026-06-15T25:00:00Z") << false;
        QTest::newRow("words") << QStringLiteral("yesterday") << false;
        QTest::newRow("injection") << QStringLiteral("2026-06-15T12:00:00Z' OR 1=1") << false;
    }
    void timesInCursors()
    {
        QFETCH(QString, text);
        QFETCH(bool, good);
        QCOMPARE(storage::looksLikeTime(text), good);
    }

    void readOnlyBeatsForbidden()
    {
        test::FakeStore store(test::smallDataset(), m_plans);
        platform::FixedClock clock(test::seedNow());
        ports::CallContext call;
        call.principal.readOnlySession = true;
        const Env env{store, m_plans, clock, call};
        QCOMPARE(mayWrite(env, domain::Permission::WriteNotes).error().key, QStringLiteral("read_only_session"));
        QCOMPARE(mayRead(env, domain::Permission::ViewAudit).error().key, QStringLiteral("forbidden"));
        QCOMPARE(addNote(env, test::teamId(1), QStringLiteral("x")).error().key, QStringLiteral("read_only_session"));
        QCOMPARE(saveView(env, {}).error().key, QStringLiteral("read_only_session"));
        QCOMPARE(revokeToken(env, domain::TokenId::random()).error().key, QStringLiteral("read_only_session"));
    }
};

REGISTER_SUITE(usecases, TstUsecases)
#include "tst_usecases.moc"
