#include "app/server/health/health_routes.h"
#include "app/server/routes.h"
#include "app/server/webhooks/webhook_routes.h"
#include "services/ports/when_done.h"
#include "services/wire/openapi.h"
#include "tests/support/fake_backend.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

const QString prefix = QStringLiteral("Tg7x2KqLm9Vr4Bn8Wc3Zp6Yd1Hf5Js0A");

QJsonObject document(const QByteArray &text)
{
    QJsonParseError problem;
    const QJsonObject object = QJsonDocument::fromJson(text, &problem).object();
    return problem.error == QJsonParseError::NoError ? object : QJsonObject();
}

/// "GET /customers/{team_id}" of every operation.
QSet<QString> operations(const QJsonObject &document)
{
    QSet<QString> all;
    const QJsonObject paths = document.value(QLatin1StringView("paths")).toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        const QStringList methods = path.value().toObject().keys();
        for (const QString &method : methods)
            all.insert(method.toUpper() + QLatin1Char(' ') + path.key());
    }
    return all;
}

/// Takes nothing: the routes are only listed.
class NoIntake final : public ports::WebhookIntake {
public:
    QFuture<domain::Result<ports::WebhookReceipt>> receive(ports::CallContext, ports::IncomingWebhook) override
    {
        return ports::ready(domain::Result<ports::WebhookReceipt>(domain::unavailable(QStringLiteral("db_failed"))));
    }
    void refused(const ports::WebhookRefusal &) override {}
};

/// Every route as the operation a document would show; those behind the prefix without it.
void registered(const QString &adminPrefix, QSet<QString> *publicOnes, QSet<QString> *adminOnes)
{
    test::FakeBackend fake;
    server::Router router;
    server::AdminConfig admin;
    admin.prefix = adminPrefix;
    QVERIFY(server::addHealthRoutes(router, {}, std::make_shared<server::Readiness>()).ok());
    QVERIFY(server::registerRoutes(router, {fake,
                                            fake.access(),
                                            fake.plans(),
                                            fake.clock(),
                                            admin,
                                            {},
                                            std::make_shared<server::AccessAuditor>(fake.access())})
                .ok());
    NoIntake intake;
    platform::Metrics metrics;
    QVERIFY(server::addWebhookRoutes(router, {intake, metrics, fake.clock(), {}, {}}).ok());
    static const QRegularExpression parameter(QStringLiteral(":([a-z_]+)"));
    const QString base = QStringLiteral("/api/v1/") + adminPrefix;
    for (const server::Route *route : router.routes()) {
        const QString method = QString::fromLatin1(server::methodName(route->method).toByteArray());
        QString path = QString::fromUtf8(route->path);
        const bool isAdmin = route->access == server::Access::Admin;
        if (isAdmin) {
            QVERIFY(path.startsWith(base));
            QVERIFY2(!route->label.contains(adminPrefix.toLatin1()), "a label must not show the prefix");
            path.remove(0, base.size());
        }
        path.replace(parameter, QStringLiteral("{\\1}"));
        (isAdmin ? adminOnes : publicOnes)->insert(method + QLatin1Char(' ') + path);
    }
}

void collectReferences(const QJsonValue &value, QSet<QString> *references)
{
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array)
            collectReferences(item, references);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member) {
            if (member.key() == QLatin1StringView("$ref"))
                references->insert(member.value().toString());
            else
                collectReferences(member.value(), references);
        }
    }
}

} // namespace

class TstOpenapi : public QObject {
    Q_OBJECT
private slots:
    void everyRouteIsInExactlyOneDocument()
    {
        QSet<QString> publicRoutes, adminRoutes;
        registered(prefix, &publicRoutes, &adminRoutes);
        QVERIFY(!publicRoutes.isEmpty() && !adminRoutes.isEmpty());
        QCOMPARE(operations(document(wire::publicOpenApi())), publicRoutes);
        QCOMPARE(operations(document(wire::adminOpenApi())), adminRoutes);
        QVERIFY(!publicRoutes.intersects(adminRoutes));
    }

    void withoutAPrefixThereIsNoAdminRoute()
    {
        QSet<QString> publicRoutes, adminRoutes;
        registered({}, &publicRoutes, &adminRoutes);
        QVERIFY(adminRoutes.isEmpty());
        QVERIFY(publicRoutes.contains(QStringLiteral("GET /auth/me")));
    }

    void thePublicDocumentDoesNotMentionTheAdminSurface()
    {
        const QString text = QString::fromUtf8(wire::publicOpenApi()).toLower();
        QVERIFY(!text.isEmpty());
        for (const char *word : {"admin", "operator", "ink_", "/customers", "/audit", "/notes", "/views", "/overview",
                                 "impersonation", "customer"})
            QVERIFY2(!text.contains(QLatin1StringView(word)), word);
    }

    void documentsAreCompleteInThemselves_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("public") << wire::publicOpenApi();
        QTest::newRow("admin") << wire::adminOpenApi();
    }
    void documentsAreCompleteInThemselves()
    {
        QFETCH(QByteArray, text);
        const QJsonObject root = document(text);
        QCOMPARE(root.value(QLatin1StringView("openapi")).toString(), QStringLiteral("3.1.0"));
        QSet<QString> references;
        collectReferences(root, &references);
        QVERIFY(!references.isEmpty());
        for (const QString &reference : std::as_const(references)) {
            QJsonValue target = root;
            const QStringList steps = reference.mid(2).split(QLatin1Char('/'));
            for (const QString &step : steps)
                target = target.toObject().value(step);
            QVERIFY2(target.isObject(), qPrintable(reference));
        }
    }

    void operationIdsAreUnique()
    {
        QStringList ids;
        for (const QByteArray &text : {wire::publicOpenApi(), wire::adminOpenApi()}) {
            const QJsonObject paths = document(text).value(QLatin1StringView("paths")).toObject();
            for (const QJsonValue &path : paths) {
                const QJsonObject methods = path.toObject();
                for (const QJsonValue &operation : methods)
                    ids << operation.toObject().value(QLatin1StringView("operationId")).toString();
            }
        }
        QVERIFY(!ids.contains(QString()));
        QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), ids.size());
    }
};

REGISTER_SUITE(openapi, TstOpenapi)
#include "tst_openapi.moc"
