#include "app/server/router.h"
#include "tests/support/test_main.h"

#include <QtTest>

using server::Method;
using server::Route;
using server::Router;

class TstRouter final : public QObject {
    Q_OBJECT

private:
    static void nothing(const server::Request &, const server::Responder &) {}
    static Router sample()
    {
        Router router;
        for (const char *path : {"/", "/a", "/a/:id", "/a/:id/notes", "/a/fixed", "/a/fixed/notes/:note"})
            Q_UNUSED(router.add(Route{.path = path, .handler = nothing}));
        Q_UNUSED(router.add(Route{.method = Method::Post, .path = "/a", .handler = nothing}));
        Q_UNUSED(router.add(Route{.method = Method::Delete, .path = "/a/:id", .handler = nothing}));
        return router;
    }

private slots:
    void finds_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("label");
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("root") << QByteArray("/") << QByteArray("/") << QByteArray();
        QTest::newRow("literal") << QByteArray("/a") << QByteArray("/a") << QByteArray();
        QTest::newRow("parameter") << QByteArray("/a/7") << QByteArray("/a/:id") << QByteArray("7");
        QTest::newRow("literal wins") << QByteArray("/a/fixed") << QByteArray("/a/fixed") << QByteArray();
        QTest::newRow("falls back") << QByteArray("/a/fixed/notes") << QByteArray("/a/:id/notes")
                                    << QByteArray("fixed");
        QTest::newRow("decoded") << QByteArray("/a/x%20y%2Fz") << QByteArray("/a/:id") << QByteArray("x y/z");
        QTest::newRow("escaped literal") << QByteArray("/%61") << QByteArray("/a") << QByteArray();
        QTest::newRow("none") << QByteArray("/b") << QByteArray() << QByteArray();
        QTest::newRow("too deep") << QByteArray("/a/7/notes/9") << QByteArray() << QByteArray();
        QTest::newRow("empty parameter") << QByteArray("/a/") << QByteArray() << QByteArray();
        QTest::newRow("double slash") << QByteArray("//a") << QByteArray() << QByteArray();
        QTest::newRow("case") << QByteArray("/A") << QByteArray() << QByteArray();
    }

    void finds()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, label);
        QFETCH(QByteArray, id);
        const Router router = sample();
        const Router::Match match = router.match(Method::Get, path.toStdString());
        QCOMPARE(match.knownPath, !label.isEmpty());
        QCOMPARE(match.route ? match.route->label : QByteArray(), label);
        QCOMPARE(match.params.isEmpty() ? QByteArray() : match.params.first().second, id);
    }

    void severalParameters()
    {
        Router router;
        QVERIFY(router.add(Route{.path = "/t/:team/notes/:note", .handler = nothing}).ok());
        const Router::Match match = router.match(Method::Get, "/t/1/notes/2");
        QCOMPARE(match.params, (server::NamedValues{{"team", "1"}, {"note", "2"}}));
    }

    void methods()
    {
        const Router router = sample();
        QCOMPARE(router.match(Method::Head, "/a").route, router.match(Method::Get, "/a").route);
        const Router::Match wrong = router.match(Method::Put, "/a");
        QVERIFY(wrong.knownPath && !wrong.route);
        QCOMPARE(wrong.allow, QByteArray("GET, HEAD, POST, OPTIONS"));
        QCOMPARE(router.match(Method::Other, "/a/1").allow, QByteArray("GET, HEAD, DELETE, OPTIONS"));
        QVERIFY(!router.match(Method::Other, "/a/1").route);
    }

    void refusesBadRoutes()
    {
        Router router = sample();
        QVERIFY(!router.add(Route{.path = "no/slash", .handler = nothing}).ok());
        QVERIFY(!router.add(Route{.path = "/x//y", .handler = nothing}).ok());
        QVERIFY(!router.add(Route{.path = "/x/:", .handler = nothing}).ok());
        QVERIFY(!router.add(Route{.path = "/x"}).ok());
        QCOMPARE(router.add(Route{.path = "/a/:other", .handler = nothing}).error().key,
                 QStringLiteral("route_invalid"));
        QVERIFY(router.add(Route{.method = Method::Put, .path = "/a/:other", .handler = nothing}).ok());
    }

    void middlewareOrderAndAccess()
    {
        Router router;
        QByteArray trace;
        const auto named = [&trace](char name) {
            return [&trace, name](const Route &, server::Handler next) -> server::Handler {
                return [&trace, name, next](const server::Request &request, const server::Responder &respond) {
                    trace += name;
                    next(request, respond);
                };
            };
        };
        const server::Handler end = [&trace](const server::Request &, const server::Responder &) { trace += '.'; };
        router.use(server::Access::Admin, named('1'));
        QVERIFY(router.add(Route{.path = "/admin", .access = server::Access::Admin, .handler = end}).ok());
        QVERIFY(router.add(Route{.path = "/open", .handler = end}).ok());
        router.use(server::Access::Admin, named('2'));
        (*router.match(Method::Get, "/admin").handler)({}, {});
        (*router.match(Method::Get, "/open").handler)({}, {});
        QCOMPARE(trace, QByteArray("12.."));
        QCOMPARE(router.routes().size(), std::size_t(2));
    }
};

REGISTER_SUITE(router, TstRouter)
#include "tst_router.moc"
