#include "models/domain/list_query.h"
#include "models/domain/suggest.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace domain;

namespace {

const QStringList fields{QStringLiteral("tier"), QStringLiteral("name"),    QStringLiteral("mrr"),
                         QStringLiteral("age"),  QStringLiteral("created"), QStringLiteral("last_seen")};

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QueryTerm term(const char *field, QStringList values, QueryOp op = QueryOp::Is, bool negated = false)
{
    return {s(field), op, std::move(values), negated};
}

} // namespace

Q_DECLARE_METATYPE(QList<domain::QueryTerm>)

class TstCustomerQuery : public QObject {
    Q_OBJECT
private slots:
    void parses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<QueryTerm>>("terms");
        const auto row = [](const char *text, QList<QueryTerm> terms) { QTest::newRow(text) << s(text) << terms; };
        row("", {});
        row("  ", {});
        row("acme", {term("", {s("acme")})});
        row("acme corp", {term("", {s("acme")}), term("", {s("corp")})});
        row("\"acme corp\"", {term("", {s("acme corp")})});
        row("-acme", {term("", {s("acme")}, QueryOp::Is, true)});
        row("-", {term("", {s("-")})});
        row("tier:pro", {term("tier", {s("pro")})});
        row("TIER:Pro", {term("tier", {s("Pro")})});
        row("tier:pro,team", {term("tier", {s("pro"), s("team")})});
        row("-tier:free", {term("tier", {s("free")}, QueryOp::Is, true)});
        row("name:\"two words\"", {term("name", {s("two words")})});
        row("name:\"a,b\",c", {term("name", {s("a,b"), s("c")})});
        row("name:\"say \\\"hi\\\" \\\\\"", {term("name", {s("say \"hi\" \\")})});
        row("age>7d", {term("age", {s("7d")}, QueryOp::Greater)});
        row("age<7d", {term("age", {s("7d")}, QueryOp::Less)});
        row("mrr>=1000", {term("mrr", {s("1000")}, QueryOp::GreaterOrEqual)});
        row("mrr<=1000", {term("mrr", {s("1000")}, QueryOp::LessOrEqual)});
        row("-mrr>5", {term("mrr", {s("5")}, QueryOp::Greater, true)});
        row("created:2026-01-01..2026-02-01", {term("created", {s("2026-01-01..2026-02-01")})});
        row("tier:pro acme mrr>5",
            {term("tier", {s("pro")}), term("", {s("acme")}), term("mrr", {s("5")}, QueryOp::Greater)});
        row("bob@example.com", {term("", {s("bob@example.com")})});
        row("100%", {term("", {s("100%")})});
        row("\"tier:pro\"", {term("", {s("tier:pro")})});
        row("naïve:x", {term("", {s("naïve:x")})});
        row("last_seen>30d\t\nacme", {term("last_seen", {s("30d")}, QueryOp::Greater), term("", {s("acme")})});
    }
    void parses()
    {
        QFETCH(QString, text);
        QFETCH(QList<QueryTerm>, terms);
        const auto parsed = parseQuery(text, fields);
        QVERIFY2(parsed.ok(), parsed ? "" : qPrintable(parsed.error().detail));
        QCOMPARE(*parsed, terms);
        const auto again = parseQuery(printQuery(*parsed), fields);
        QVERIFY2(again.ok(), qPrintable(printQuery(*parsed)));
        QCOMPARE(*again, terms);
    }

    void printsTheCanonicalForm()
    {
        QCOMPARE(printQuery(*parseQuery(s("  TIER:\"pro\",team   -name:\"x y\"  "), fields)),
                 s("tier:pro,team -name:\"x y\""));
    }

    void awkwardValuesSurviveARoundTrip()
    {
        for (const char *value : {"-a", "a b", "a,b", "\"", "\\", "a\\\"b", "x:y", "a>b", "--", "é ö", ":", ","}) {
            const QList<QueryTerm> terms{term("", {s(value)}), term("", {s(value)}, QueryOp::Is, true),
                                         term("name", {s(value), s("z")}, QueryOp::Is, true),
                                         term("mrr", {s(value)}, QueryOp::Less)};
            const auto parsed = parseQuery(printQuery(terms), fields);
            QVERIFY2(parsed.ok(), qPrintable(printQuery(terms)));
            QCOMPARE(*parsed, terms);
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("suggestion");
        const auto row = [](const char *text, const char *key, const char *suggestion = "") {
            QTest::newRow(text) << s(text) << s(key) << s(suggestion);
        };
        row("teir:pro", "unknown_query_field", "tier");
        row("tire:pro", "unknown_query_field", "tier");
        row("lastseen>3d", "unknown_query_field", "last_seen");
        row("Creatd:2026", "unknown_query_field", "created");
        row("zzzzzz:1", "unknown_query_field");
        row("http://example.com", "unknown_query_field");
        row("tier:", "invalid_query");
        row("tier:pro,", "invalid_query");
        row("tier:,pro", "invalid_query");
        row("mrr>", "invalid_query");
        row("mrr>1,2", "invalid_query");
        row("name:\"open", "invalid_query");
        row("\"open", "invalid_query");
        row("\"\"", "invalid_query");
        row("name:\"a\"b", "invalid_query");
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, key);
        QFETCH(QString, suggestion);
        const auto parsed = parseQuery(text, fields);
        QVERIFY(!parsed.ok());
        QCOMPARE(parsed.error().code, ErrorCode::InvalidInput);
        QCOMPARE(parsed.error().key, key);
        QCOMPARE(parsed.error().fields.value(s("suggestion")), suggestion);
        QVERIFY(!parsed.error().detail.isEmpty());
    }

    void durations()
    {
        QCOMPARE(parseQueryDuration(s("90s")), 90);
        QCOMPARE(parseQueryDuration(s("30min")), 1800);
        QCOMPARE(parseQueryDuration(s("12H")), 43200);
        QCOMPARE(parseQueryDuration(s("1.5d")), 129600);
        QCOMPARE(parseQueryDuration(s("2w")), 14 * 86400);
        QCOMPARE(parseQueryDuration(s("6mo")), 180 * 86400);
        QCOMPARE(parseQueryDuration(s("1y")), 365 * 86400);
        for (const char *bad : {"", "7", "d", "-7d", "7 d", "7dd", "1.2.3d", "99999999999999999999y"})
            QVERIFY2(!parseQueryDuration(s(bad)), bad);
    }

    void numbersAndSizes()
    {
        QCOMPARE(parseQueryNumber(s("1000")), 1000.0);
        QCOMPARE(parseQueryNumber(s("$12.50")), 12.5);
        QCOMPARE(parseQueryNumber(s("10k")), 10000.0);
        QCOMPARE(parseQueryNumber(s("2M")), 2e6);
        for (const char *bad : {"", "k", "$", "-5", "1,000", "five", "1e5"})
            QVERIFY2(!parseQueryNumber(s(bad)), bad);
        QCOMPARE(parseQueryBytes(s("100")), 100);
        QCOMPARE(parseQueryBytes(s("1.5GB")), 1610612736);
        QCOMPARE(parseQueryBytes(s("512mb")), 536870912);
        for (const char *bad : {"", "gb", "-1mb", "1 gb", "1gib", "9999999999tb"})
            QVERIFY2(!parseQueryBytes(s(bad)), bad);
    }

    void editDistanceCountsSwapsOnce()
    {
        QCOMPARE(editDistance(s("tier"), s("tier")), 0);
        QCOMPARE(editDistance(s("teir"), s("tier")), 1);
        QCOMPARE(editDistance(s(""), s("tier")), 4);
        QCOMPARE(editDistance(s("kitten"), s("sitting")), 3);
        QCOMPARE(editDistance(s("TIER"), s("tier")), 0);
        QCOMPARE(closestWord(s("databse_url"), {s("listen"), s("database_url")}), s("database_url"));
        QCOMPARE(closestWord(s("qqq"), {s("listen"), s("database_url")}), QString());
    }
};

REGISTER_SUITE(customer_query, TstCustomerQuery)
#include "tst_customer_query.moc"
