#include "tests/contract/contract_suite.h"
#include "tests/support/test_main.h"

#include "models/domain/audit_kind_names.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

using namespace contract;
using domain::AuditEntry;
using ports::AuditFilter;
using ports::AuditQuery;
using ports::ExportFormat;

class TstAudit : public ContractSuite {
    Q_OBJECT

    QList<AuditEntry> everyPage(BackendUnderTest &b, const AuditFilter &filter, int limit)
    {
        QList<AuditEntry> all;
        AuditQuery query{filter, limit, {}};
        for (int pages = 0; pages < 300; ++pages) {
            const auto page = answer(b.backend(Role::Admin).audit().search(b.call(Role::Admin), query));
            if (!page) {
                qWarning("%s", qPrintable(detailOf(page)));
                return {};
            }
            all += page->rows;
            query.cursor = page->next;
            if (query.cursor.isEmpty())
                return all;
        }
        qWarning("the pages do not end");
        return {};
    }
    domain::Result<ports::ExportSummary> exported(BackendUnderTest &b, const AuditFilter &filter, ExportFormat format,
                                                  QByteArray &into, Role role = Role::Admin)
    {
        return answer(
            b.backend(role).audit().exportRows(b.call(role), filter, format, [&into](const QByteArray &piece) {
                into += piece;
                return true;
            }));
    }

private Q_SLOTS:
    void pagesAreCompleteAndNewestFirst_data()
    {
        QTest::addColumn<int>("limit");
        for (const int limit : {1, 7, 60, 500})
            QTest::addRow("%d a page", limit) << limit;
    }
    void pagesAreCompleteAndNewestFirst()
    {
        QFETCH(int, limit);
        const QList<AuditEntry> rows = everyPage(shared(), {}, limit);
        // Sixty rows share one timestamp: none may be lost or doubled at a page's edge.
        QCOMPARE(rows.size(), test::smallDataset().audit.size());
        QSet<QString> ids;
        for (qsizetype i = 0; i < rows.size(); ++i) {
            ids.insert(rows.at(i).id.toString());
            if (i > 0) {
                QVERIFY(rows.at(i - 1).createdAt >= rows.at(i).createdAt);
                if (rows.at(i - 1).createdAt == rows.at(i).createdAt)
                    QVERIFY(rows.at(i - 1).id.toString() > rows.at(i).id.toString());
            }
        }
        QCOMPARE(ids.size(), rows.size());
    }

    void filters_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("actor");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("rows");
        const auto row = [](const char *name, const QString &kind, const char *actor, const char *text, int rows) {
            QTest::newRow(name) << kind << QString::fromLatin1(actor) << QString::fromLatin1(text) << rows;
        };
        row("exact kind", QString(domain::kinds::vaultRead), "", "", 60);
        row("kind is not a prefix", QStringLiteral("vault"), "", "", 0);
        row("prefix with a dot", QStringLiteral("vault."), "", "", 60);
        row("prefix with a star", QStringLiteral("vault.r*"), "", "", 60);
        row("prefix is literal", QStringLiteral("vau_t*"), "", "", 0);
        row("prefix minds case", QStringLiteral("Vault.*"), "", "", 0);
        row("star alone", QStringLiteral("*"), "", "", 111);
        row("actor", QString(), "agent", "", 60);
        row("percent is literal", QString(), "", "50%_OFF", 60);
        row("underscore is literal", QString(), "", "50__off", 0);
        row("text in the metadata", QString(), "", "key_59", 1);
        row("text in the summary", QString(), "", "HOBBY TO PRO", 2);
        row("all together", QStringLiteral("vault."), "agent", "key_5", 11);
    }
    void filters()
    {
        QFETCH(QString, kind);
        QFETCH(QString, actor);
        QFETCH(QString, text);
        QFETCH(int, rows);
        AuditFilter filter;
        filter.kind = kind;
        filter.actor = actor;
        filter.text = text;
        if (kind == QLatin1String("*"))
            rows = static_cast<int>(test::smallDataset().audit.size());
        QCOMPARE(everyPage(shared(), filter, 500).size(), rows);
    }

    void faults_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QStringList>("kinds");
        const QString alert = domain::kinds::webhookBrevoUnauthorized, failure = domain::kinds::backupFailed,
                      unknown = QStringLiteral("mirror.failed");
        QTest::newRow("alone") << QString() << QStringList{alert, failure, unknown};
        QTest::newRow("with a prefix") << QStringLiteral("mirror.*") << QStringList{unknown};
        QTest::newRow("with a star") << QStringLiteral("*") << QStringList{alert, failure, unknown};
        QTest::newRow("with a fault's kind") << failure << QStringList{failure};
        QTest::newRow("with a kind that is none") << QString(domain::kinds::vaultRead) << QStringList{};
    }
    void faults()
    {
        QFETCH(QString, kind);
        QFETCH(QStringList, kinds);
        BackendUnderTest &b = shared();
        AuditFilter filter;
        filter.faults = true;
        filter.kind = kind;
        QStringList found;
        for (const AuditEntry &entry : everyPage(b, filter, 2))
            found << entry.kind;
        QCOMPARE(found, kinds); // newest first, as they were seeded
    }

    void aCursorBelongsToItsFaults()
    {
        BackendUnderTest &b = shared();
        auto &audit = b.backend(Role::Admin).audit();
        AuditFilter filter;
        filter.faults = true;
        const auto first = answer(audit.search(b.call(Role::Admin), {filter, 1, {}}));
        VERIFY_OK(first);
        QCOMPARE(keyOf(answer(audit.search(b.call(Role::Admin), {{}, 1, first->next}))),
                 QStringLiteral("invalid_cursor"));
    }

    void faultsAreExported()
    {
        BackendUnderTest &b = fresh();
        AuditFilter filter;
        filter.faults = true;
        QByteArray text;
        const auto summary = exported(b, filter, ExportFormat::Csv, text);
        VERIFY_OK(summary);
        QCOMPARE(summary->rows, qint64(3));
        QVERIFY(text.startsWith("# audit export; filter: faults=yes; "));
    }

    void teamAndTime()
    {
        BackendUnderTest &b = shared();
        AuditFilter filter;
        filter.team = test::teamId(test::seed::acme);
        const auto ofAcme = everyPage(b, filter, 4);
        QCOMPARE(ofAcme.size(), 27);
        for (const AuditEntry &entry : ofAcme)
            QCOMPARE(entry.teamName, QStringLiteral("Acme Robotics"));
        filter.from = test::seedNow().addDays(-2);
        filter.until = test::seedNow().addDays(-1);
        QCOMPARE(everyPage(b, filter, 4).size(), 1);
        filter.until = test::seedNow().addDays(-1).addMSecs(1);
        QCOMPARE(everyPage(b, filter, 4).size(), 2);
        filter.team = test::teamId(0xdead);
        QCOMPARE(everyPage(b, filter, 4).size(), 0);
    }

    void rowsWithoutATeamAreSeen()
    {
        AuditFilter filter;
        filter.kind = domain::kinds::webhookBrevoUnauthorized;
        const auto rows = everyPage(shared(), filter, 10);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().team, std::nullopt);
        QCOMPARE(rows.first().metadata, QByteArray());
        QCOMPARE(rows.first().createdAt, test::seedNow().addDays(-1));
    }

    void badQueries()
    {
        BackendUnderTest &b = shared();
        auto &audit = b.backend(Role::Admin).audit();
        for (const int limit : {0, 501})
            QCOMPARE(keyOf(answer(audit.search(b.call(Role::Admin), {{}, limit, {}}))),
                     QStringLiteral("invalid_limit"));
        const auto first = answer(audit.search(b.call(Role::Admin), {{}, 5, {}}));
        VERIFY_OK(first);
        AuditFilter other;
        other.actor = QStringLiteral("user");
        QCOMPARE(keyOf(answer(audit.search(b.call(Role::Admin), {other, 5, first->next}))),
                 QStringLiteral("invalid_cursor"));
        QCOMPARE(keyOf(answer(audit.search(b.call(Role::Admin), {{}, 5, QStringLiteral("bm90IG91cnM")}))),
                 QStringLiteral("invalid_cursor"));
    }

    void csvExport()
    {
        BackendUnderTest &b = fresh();
        AuditFilter filter;
        filter.kind = QStringLiteral("vault.");
        QByteArray text;
        const auto summary = exported(b, filter, ExportFormat::Csv, text);
        VERIFY_OK(summary);
        QCOMPARE(summary->rows, qint64(60));
        const QList<QByteArray> lines = text.trimmed().split('\n');
        QCOMPARE(lines.size(), 62);
        QVERIFY(lines.at(0).startsWith("# "));
        QVERIFY(lines.at(0).contains("kind=vault."));
        QVERIFY(lines.at(0).contains("2026-06-15T12:00:00.000Z"));
        QVERIFY(lines.at(1).startsWith("id,created_at,actor,kind,"));
        QVERIFY(lines.at(2).contains("2026-05-13T12:00:00.000Z"));
        filter.kind = domain::kinds::adminAuditExported;
        QCOMPARE(everyPage(b, filter, 10).size(), 1);
    }

    void jsonLinesExport()
    {
        BackendUnderTest &b = fresh();
        QByteArray text;
        const auto summary = exported(b, {}, ExportFormat::JsonLines, text);
        VERIFY_OK(summary);
        // The row that says that this export was opened is part of it.
        QCOMPARE(summary->rows, qint64(test::smallDataset().audit.size() + 1));
        const QList<QByteArray> lines = text.trimmed().split('\n');
        QCOMPARE(qint64(lines.size()), summary->rows);
        QSet<QString> ids;
        for (const QByteArray &line : lines) {
            QJsonParseError error;
            const QJsonObject object = QJsonDocument::fromJson(line, &error).object();
            QCOMPARE(error.error, QJsonParseError::NoError);
            QVERIFY(object.contains(QStringLiteral("metadata")));
            ids.insert(object.value(QStringLiteral("id")).toString());
        }
        QCOMPARE(ids.size(), lines.size());
    }

    void anExportCanBeStopped()
    {
        BackendUnderTest &b = fresh();
        int pieces = 0;
        const auto stopped =
            answer(b.backend(Role::Admin)
                       .audit()
                       .exportRows(b.call(Role::Admin), {}, ExportFormat::Csv, [&pieces](const QByteArray &) {
                           ++pieces;
                           return false;
                       }));
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, domain::ErrorCode::Cancelled);
        QCOMPARE(pieces, 1);
    }

    void withoutItsRecordThereIsNoExport()
    {
        BackendUnderTest &b = fresh();
        b.failAuditInsertsAfter(0);
        QByteArray text;
        QCOMPARE(keyOf(exported(b, {}, ExportFormat::Csv, text)), QStringLiteral("db_failed"));
        QVERIFY(text.isEmpty());
    }

    void permissions()
    {
        BackendUnderTest &b = fresh();
        VERIFY_OK(answer(b.backend(Role::Auditor).audit().search(b.call(Role::Auditor), {})));
        QByteArray text;
        VERIFY_OK(exported(b, {}, ExportFormat::Csv, text, Role::Auditor));
        if (b.has(Role::Stranger)) {
            QCOMPARE(keyOf(answer(b.backend(Role::Stranger).audit().search(b.call(Role::Stranger), {}))),
                     QStringLiteral("forbidden"));
            text.clear();
            QCOMPARE(keyOf(exported(b, {}, ExportFormat::Csv, text, Role::Stranger)), QStringLiteral("forbidden"));
            QVERIFY(text.isEmpty());
        }
    }
};

REGISTER_SUITE(audit, TstAudit)
#include "tst_audit.moc"
