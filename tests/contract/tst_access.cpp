#include "tests/contract/contract_suite.h"
#include "tests/support/test_main.h"

#include "models/domain/audit_kind_names.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace contract;
using ports::MintToken;

/// Only where the implementation lets people in itself: local and fake.
class TstAccess : public ContractSuite {
    Q_OBJECT

    static MintToken request(const char *name = "laptop", domain::Scope scope = domain::Scope::Admin)
    {
        return {QString::fromLatin1(name), QStringLiteral(" Ada@Example.com "), scope, 30};
    }
    bool concerns(const QString &backend) const override { return doorOf(backend) == Door::Own; }

    QList<domain::AuditEntry> rowsOf(BackendUnderTest &b, QLatin1StringView kind)
    {
        ports::AuditQuery query;
        query.filter.kind = kind;
        const auto page = answer(b.backend(Role::Admin).audit().search(b.call(Role::Admin), query));
        return page ? page->rows : QList<domain::AuditEntry>{};
    }

private Q_SLOTS:
    void aTokenOpensTheDoorUntilItExpires()
    {
        BackendUnderTest &b = fresh();
        ports::AccessService *access = b.access();
        QVERIFY(access);
        const auto minted = answer(access->mint(b.call(Role::Admin), request()));
        VERIFY_OK(minted);
        QVERIFY(minted->secret.startsWith(QLatin1String("ink_")));
        QCOMPARE(minted->token.email, QStringLiteral("ada@example.com"));
        QCOMPARE(minted->token.expiresAt.value_or(QDateTime()), test::seedNow().addDays(30));

        const auto ada = answer(access->authenticate(b.call(Role::Stranger), minted->secret));
        VERIFY_OK(ada);
        QCOMPARE(ada->email, QStringLiteral("ada@example.com"));
        QCOMPARE(ada->kind, domain::PrincipalKind::OperatorToken);
        QVERIFY(ada->may(domain::Permission::ChangeTier));
        QCOMPARE(ada->token.value_or(domain::TokenId()).toString(), minted->token.id.toString());

        const QString wrong = minted->secret.chopped(1) + (minted->secret.endsWith(QLatin1Char('A')) ? u'B' : u'A');
        for (const QString &secret : {wrong, QString(), QStringLiteral("ink_"), QStringLiteral("' OR 1=1")}) {
            const auto refused = answer(access->authenticate(b.call(Role::Stranger), secret));
            QCOMPARE(keyOf(refused), QStringLiteral("unauthorized"));
            QCOMPARE(refused.error().code, domain::ErrorCode::Unauthenticated);
        }
        b.clock().advance(qint64(30) * 24 * 3600 * 1000 - 1);
        VERIFY_OK(answer(access->authenticate(b.call(Role::Stranger), minted->secret)));
        b.clock().advance(1);
        QCOMPARE(keyOf(answer(access->authenticate(b.call(Role::Stranger), minted->secret))),
                 QStringLiteral("unauthorized"));
    }

    void anAuditorsTokenOnlyReads()
    {
        BackendUnderTest &b = fresh();
        ports::AccessService *access = b.access();
        QVERIFY(access);
        const auto minted = answer(access->mint(b.call(Role::Admin), request("audit", domain::Scope::Auditor)));
        VERIFY_OK(minted);
        const auto auditor = answer(access->authenticate(b.call(Role::Stranger), minted->secret));
        VERIFY_OK(auditor);
        QVERIFY(auditor->may(domain::Permission::ViewAudit));
        QVERIFY(!auditor->may(domain::Permission::ChangeTier));
        QVERIFY(!auditor->may(domain::Permission::WriteNotes));
    }

    void theLastUseIsNoted()
    {
        BackendUnderTest &b = fresh();
        ports::AccessService *access = b.access();
        QVERIFY(access);
        const auto minted = answer(access->mint(b.call(Role::Admin), request()));
        VERIFY_OK(minted);
        const auto lastUse = [&] {
            const auto tokens = answer(access->tokens(b.call(Role::Admin)));
            return tokens && !tokens->isEmpty() ? tokens->first().lastUsedAt.value_or(QDateTime()) : QDateTime();
        };
        QVERIFY(!lastUse().isValid());
        VERIFY_OK(answer(access->authenticate(b.call(Role::Stranger), minted->secret)));
        QTRY_COMPARE(lastUse(), test::seedNow());
        // At most once a minute.
        b.clock().advance(59'000);
        VERIFY_OK(answer(access->authenticate(b.call(Role::Stranger), minted->secret)));
        b.clock().advance(2'000);
        VERIFY_OK(answer(access->authenticate(b.call(Role::Stranger), minted->secret)));
        QTRY_COMPARE(lastUse(), test::seedNow().addSecs(61));
    }

    void revoking()
    {
        BackendUnderTest &b = fresh();
        ports::AccessService *access = b.access();
        QVERIFY(access);
        const auto minted = answer(access->mint(b.call(Role::Admin), request()));
        VERIFY_OK(minted);
        const auto revoked = answer(access->revoke(b.call(Role::Admin), minted->token.id));
        VERIFY_OK(revoked);
        QCOMPARE(revoked->revokedAt.value_or(QDateTime()), test::seedNow());
        QCOMPARE(keyOf(answer(access->authenticate(b.call(Role::Stranger), minted->secret))),
                 QStringLiteral("unauthorized"));
        b.clock().advance(5000);
        const auto again = answer(access->revoke(b.call(Role::Admin), minted->token.id));
        VERIFY_OK(again);
        QCOMPARE(again->revokedAt.value_or(QDateTime()), test::seedNow());
        QCOMPARE(rowsOf(b, domain::kinds::adminTokenMinted).size(), 1);
        QCOMPARE(rowsOf(b, domain::kinds::adminTokenRevoked).size(), 1);
        for (const domain::AuditEntry &entry : rowsOf(b, domain::kinds::adminTokenMinted))
            QVERIFY(!entry.metadata.contains(minted->secret.toUtf8()));
        QCOMPARE(keyOf(answer(access->revoke(b.call(Role::Admin), domain::TokenId::random()))),
                 QStringLiteral("token_not_found"));
    }

    void badRequests()
    {
        BackendUnderTest &b = shared();
        ports::AccessService *access = b.access();
        QVERIFY(access);
        MintToken noName = request("  ");
        MintToken noMail = request();
        noMail.email = QStringLiteral("nobody");
        MintToken tooLong = request();
        tooLong.validDays = 367;
        QCOMPARE(keyOf(answer(access->mint(b.call(Role::Admin), noName))), QStringLiteral("invalid_name"));
        QCOMPARE(keyOf(answer(access->mint(b.call(Role::Admin), noMail))), QStringLiteral("invalid_email"));
        QCOMPARE(keyOf(answer(access->mint(b.call(Role::Admin), tooLong))), QStringLiteral("invalid_valid_days"));
        for (const Role role : {Role::Auditor, Role::Stranger}) {
            QCOMPARE(keyOf(answer(access->mint(b.call(role), request()))), QStringLiteral("forbidden"));
            QCOMPARE(keyOf(answer(access->tokens(b.call(role)))), QStringLiteral("forbidden"));
        }
        QCOMPARE(keyOf(answer(access->mint(b.call(Role::ReadOnly), request()))), QStringLiteral("read_only_session"));
    }

    void theWindowRolls()
    {
        BackendUnderTest &b = fresh();
        ports::AccessService *access = b.access();
        QVERIFY(access);
        const auto admitted = [&](const char *bucket) {
            const auto hit = answer(access->admitHit(b.call(Role::Stranger), QString::fromLatin1(bucket), 3, 60));
            return hit && *hit;
        };
        for (int i = 0; i < 3; ++i) {
            QVERIFY(admitted("a"));
            b.clock().advance(1000);
        }
        QVERIFY(!admitted("a"));
        QVERIFY(admitted("b"));
        // Refused hits count as well: at 57.5 s the first four still stand, at 62 s the fourth and the fifth.
        b.clock().advance(54'500);
        QVERIFY(!admitted("a"));
        b.clock().advance(4'500);
        QVERIFY(admitted("a"));
        QVERIFY(!admitted("a"));
        b.clock().advance(60'000);
        QVERIFY(admitted("a"));
    }

    void accessIsRecorded()
    {
        BackendUnderTest &b = fresh();
        ports::AccessService *access = b.access();
        QVERIFY(access);
        ports::AdminAccess hit;
        hit.email = QStringLiteral("Ada@Example.com");
        hit.ip = QStringLiteral("192.0.2.7");
        hit.pathSuffix = QStringLiteral("customers");
        hit.userAgent = QString(119, QLatin1Char('x')) + QStringLiteral("éé");
        hit.httpStatus = 200;
        hit.team = test::teamId(test::seed::acme);
        VERIFY_OK(answer(access->recordAccess(b.call(Role::Stranger), hit)));
        hit.email.clear();
        hit.deniedBy = QStringLiteral("rate_limit");
        hit.httpStatus = 403;
        hit.team = test::teamId(0xdead);
        b.clock().advance(1);
        VERIFY_OK(answer(access->recordAccess(b.call(Role::Stranger), hit)));

        const auto rows = rowsOf(b, domain::kinds::adminAccess);
        QCOMPARE(rows.size(), 2);
        const QJsonObject denied = QJsonDocument::fromJson(rows.at(0).metadata).object();
        QCOMPARE(rows.at(0).team, std::nullopt);
        QCOMPARE(rows.at(0).summary, QStringLiteral("anonymous denied (rate_limit) on customers"));
        QCOMPARE(denied.value(QStringLiteral("denied_by")).toString(), QStringLiteral("rate_limit"));
        const QJsonObject allowed = QJsonDocument::fromJson(rows.at(1).metadata).object();
        QCOMPARE(rows.at(1).summary, QStringLiteral("ada@example.com accessed customers"));
        QVERIFY(!allowed.contains(QStringLiteral("denied_by")));
        QCOMPARE(allowed.value(QStringLiteral("user_agent_brief")).toString(), QString(119, QLatin1Char('x')));
        QCOMPARE(allowed.value(QStringLiteral("http_status")).toInt(), 200);
    }
};

REGISTER_SUITE(access, TstAccess)
#include "tst_access.moc"
