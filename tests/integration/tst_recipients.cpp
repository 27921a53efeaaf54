#include "services/storage/recipient_repository.h"
#include "tests/integration/mail_storage.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using domain::AuditId;
using storage::Connection;
using storage::Engine;
using test::after;
using test::failure;
using test::idText;
using test::TempDatabase;

namespace {

bool addUser(Connection &c, quint32 number, quint32 team, const char *email, bool primary, qint64 second)
{
    return c
        .execute(
            QStringLiteral("INSERT INTO users (id, team_id, email, is_primary, created_at) VALUES (?, ?, ?, ?, ?)"),
            {idText(number), idText(team), QString::fromLatin1(email), primary, storage::toSqlTime(after(second))})
        .ok();
}

} // namespace

class TstRecipients : public QObject {
    Q_OBJECT
private slots:
    void ownerOfEachEntry_data() { test::addEngineRows(); }
    void ownerOfEachEntry()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const QString kind = QStringLiteral("onboarding.claimed");
        for (const quint32 team : {1u, 2u, 3u})
            QVERIFY(test::addTeam(*c, team).ok());
        QVERIFY(addUser(*c, 21, 1, "first@x.com", false, 0) && addUser(*c, 22, 1, "Primary@x.com", true, 5));
        QVERIFY(addUser(*c, 23, 2, "younger@x.com", false, 9) && addUser(*c, 24, 2, "oldest@x.com", false, 1));
        QVERIFY(test::addAudit(*c, 11, after(1), kind, 1, QStringLiteral("{\"k\": 1}")).ok());
        QVERIFY(test::addAudit(*c, 12, after(2), kind, 2).ok());
        QVERIFY(test::addAudit(*c, 13, after(3), kind, 3).ok());
        QVERIFY(test::addAudit(*c, 14, after(4), kind).ok());
        QList<AuditId> ids;
        for (const quint32 number : {14u, 99u, 12u, 11u, 13u})
            ids.append(AuditId(test::uuid(number)));
        storage::SqlRecipientRepository rows(*c);
        const auto found = rows.resolve(ids);
        QCOMPARE(failure(found), QString());
        QStringList owners;
        for (const auto &entry : *found)
            owners.append(entry.audit.id.toString().left(8) + QLatin1Char(' ') + entry.ownerEmail);
        QCOMPARE(owners, QStringList({QStringLiteral("0000000e "), QStringLiteral("0000000c oldest@x.com"),
                                      QStringLiteral("0000000b Primary@x.com"), QStringLiteral("0000000d ")}));
        QCOMPARE(found->at(2).teamName, QStringLiteral("Team 1"));
        QCOMPARE(found->at(0).teamName, QString());
        QCOMPARE(found->at(2).audit.kind, kind);
        QCOMPARE(found->at(2).audit.createdAt, after(1));
        QVERIFY(found->at(2).audit.metadata.contains("\"k\""));
        QVERIFY(rows.resolve({})->isEmpty());
    }
};

REGISTER_SUITE(recipients, TstRecipients)
#include "tst_recipients.moc"
