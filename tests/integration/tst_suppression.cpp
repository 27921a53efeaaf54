#include "services/storage/suppression_repository.h"
#include "tests/integration/mail_storage.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using ports::Suppression;
using storage::Connection;
using storage::Engine;
using test::after;
using test::failure;
using test::rowOf;
using test::rowsOf;
using test::TempDatabase;
using usecases::SuppressionEvent;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

SuppressionEvent eventOf(const char *type, const QString &address, const QDateTime &at,
                         const QString &message = QString())
{
    return {text("brevo"), text(type), address, text("why"), message, "{\"event\": \"x\"}", at};
}

struct Suppressions {
    explicit Suppressions(Engine engine) : database(engine), connection(database.connect()), rows(*connection) {}
    QStringList blocked(const QStringList &addresses, const QDateTime &now)
    {
        auto found = rows.bouncedOrComplained(addresses, now.addDays(-usecases::suppressionDays));
        if (!found)
            return {failure(found)};
        found->sort();
        return *found;
    }
    QString stored(const char *expression)
    {
        return rowOf(*connection, QStringLiteral("SELECT %1 FROM email_events").arg(text(expression)));
    }

    TempDatabase database;
    std::unique_ptr<Connection> connection;
    storage::SqlSuppressionRepository rows;
};

QStringList textsOf(const QList<Suppression> &rows)
{
    QStringList texts;
    for (const Suppression &row : rows)
        texts.append(row.email + QLatin1Char(' ') + row.eventType);
    return texts;
}

} // namespace

class TstSuppression : public QObject {
    Q_OBJECT
private slots:
    void aRepetitionIsLeftAlone_data() { test::addEngineRows(); }
    void aRepetitionIsLeftAlone()
    {
        QFETCH(Engine, engine);
        Suppressions s(engine);
        const QString a = text("a@x.com");
        const auto bounce = eventOf("bounce", a, after(0), text("<m>"));
        QCOMPARE(*s.rows.insert({bounce, bounce, eventOf("bounce", a, after(0), text("n"))}), 2);
        QCOMPARE(*s.rows.insert({bounce, eventOf("spam_complaint", a, after(1), text("m"))}), 1);
        // Without a message id nothing says that they are the same.
        QCOMPARE(*s.rows.insert({eventOf("bounce", a, after(0)), eventOf("bounce", a, after(0))}), 2);
        QCOMPARE(*s.rows.insert({}), 0);
        QCOMPARE(
            rowsOf(*s.connection, text("SELECT DISTINCT message_id FROM email_events ORDER BY 1")).filter(text("m")),
            QStringList({text("m")}));
    }

    void unsubscriptionsLastForEver_data() { test::addEngineRows(); }
    void unsubscriptionsLastForEver()
    {
        QFETCH(Engine, engine);
        Suppressions s(engine);
        QVERIFY(s.rows
                    .insert({eventOf("unsubscribe", text("Alice@X.com"), after(0).addYears(-9)),
                             eventOf("bounce", text("bob@x.com"), after(0))})
                    .ok());
        const auto found =
            s.rows.unsubscribed({text(" aLICE@x.COM"), text("bob@x.com"), text("nobody@x.com"), QString()});
        QCOMPARE(failure(found), QString());
        QCOMPARE(*found, QStringList({text("alice@x.com")}));
        QVERIFY(s.rows.lift(text("alice@x.com"), text("asked"), text("op@x.com"), after(1)).ok());
        QCOMPARE(*s.rows.unsubscribed({text("alice@x.com")}), QStringList({text("alice@x.com")}));
        QVERIFY(s.rows.unsubscribed({})->isEmpty());
    }

    void bouncesCountForAYear_data() { test::addEngineRows(); }
    void bouncesCountForAYear()
    {
        QFETCH(Engine, engine);
        Suppressions s(engine);
        const QString bounced = text("Bounced@x.com"), spam = text("spam@x.com"), soft = text("soft@x.com");
        QVERIFY(s.rows
                    .insert({eventOf("bounce", bounced, after(0)), eventOf("spam_complaint", spam, after(0)),
                             eventOf("soft_bounce", soft, after(0)), eventOf("unsubscribe", text("u@x.com"), after(0))})
                    .ok());
        const QStringList all{bounced, spam, soft, text("u@x.com"), text("never@x.com")};
        const QStringList both{text("bounced@x.com"), spam};
        QCOMPARE(s.blocked(all, after(0)), both);
        QCOMPARE(s.blocked(all, after(0).addDays(365)), both);
        QCOMPARE(s.blocked(all, after(1).addDays(365)), QStringList());
        QCOMPARE(s.blocked({soft}, after(0)), QStringList());
    }

    void aLiftCountsUntilTheNextEvent_data() { test::addEngineRows(); }
    void aLiftCountsUntilTheNextEvent()
    {
        QFETCH(Engine, engine);
        Suppressions s(engine);
        const QString a = text("A@x.com"), lower = text("a@x.com"), b = text("b@x.com");
        QVERIFY(s.rows.insert({eventOf("bounce", a, after(0)), eventOf("spam_complaint", b, after(0))}).ok());
        QVERIFY(s.rows.lift(text(" A@X.com"), text("mailbox is back"), text("op@x.com"), after(10)).ok());
        QCOMPARE(rowOf(*s.connection, text("SELECT email, reason, lifted_by FROM email_suppression_lifts"), 3),
                 text("a@x.com|mailbox is back|op@x.com"));
        QCOMPARE(s.blocked({a, b}, after(20)), QStringList({b}));
        QCOMPARE(s.rows.find(a, after(20)).value(), std::nullopt);
        QVERIFY(s.rows.insert({eventOf("bounce", a, after(15))}).ok());
        QCOMPARE(s.blocked({a, b}, after(20)), QStringList({lower, b}));
        QVERIFY(s.rows.lift(a, text("again"), text("op@x.com"), after(30)).ok());
        QCOMPARE(s.blocked({a, b}, after(40)), QStringList({b}));
    }

    /// Letters that SQLite's lower() does not know.
    void otherAlphabetsMatchInAnyCase_data() { test::addEngineRows(); }
    void otherAlphabetsMatchInAnyCase()
    {
        QFETCH(Engine, engine);
        Suppressions s(engine);
        const QString upper = QStringLiteral("ÜNAL@x.com"), lower = QStringLiteral("ünal@x.com");
        QVERIFY(s.rows.insert({eventOf("unsubscribe", upper, after(0)), eventOf("bounce", upper, after(0))}).ok());
        QCOMPARE(*s.rows.unsubscribed({lower}), QStringList({lower}));
        QCOMPARE(s.blocked({upper}, after(0)), QStringList({lower}));
        QVERIFY(s.rows.find(upper, after(0))->has_value());
    }

    void rawIsStorable_data() { test::addEngineRows(); }
    void rawIsStorable()
    {
        QFETCH(Engine, engine);
        Suppressions s(engine);
        const QString nul = QString(QChar(u'\0'));
        QList<SuppressionEvent> events;
        for (const QByteArray &raw :
             {QByteArray("{\"a\\u0000\": [\"\\u0000\", {\"b\": \"kept\"}], \"i\": 12345678901}"),
              QByteArray("{\"lone\": \"\\ud800\"}"), QByteArray("{\"s\": \"\xff\xfe\"}"),
              QByteArray("{\"huge\": 1e999999}"), QByteArray("not json \0 at all", 17), QByteArray("[1]"),
              QByteArray()}) {
            auto one = eventOf("bounce", text("a@x.com"), after(0), text("<m%1>").arg(events.size()) + nul);
            one.raw = raw;
            one.reason = nul;
            events.append(one);
        }
        auto added = s.rows.insert(events);
        QCOMPARE(failure(added), QString());
        QCOMPARE(*added, 7);
        const QStringList raws = rowsOf(*s.connection, text("SELECT CAST(raw AS text) FROM email_events"));
        QCOMPARE(raws.size(), 7);
        for (const QString &raw : raws) {
            const QJsonObject object = QJsonDocument::fromJson(raw.toUtf8()).object();
            QVERIFY2(object.value(QLatin1StringView("message_id")).toString().endsWith(QChar(0xFFFD)), qPrintable(raw));
            QVERIFY2(!raw.contains(text("\\u0000")), qPrintable(raw));
        }
        const QString whole = raws.filter(text("12345678901")).join(QString()).remove(QLatin1Char(' '));
        QVERIFY2(whole.contains(QStringLiteral("\"a\uFFFD\":[\"\uFFFD\",{\"b\":\"kept\"}]")), qPrintable(whole));
        QCOMPARE(raws.filter(text("lone")).size(), 1);
    }

    void anEmptyMessageIdIsNone_data() { test::addEngineRows(); }
    void anEmptyMessageIdIsNone()
    {
        QFETCH(Engine, engine);
        Suppressions s(engine);
        auto one = eventOf("bounce", text("a@x.com"), after(0));
        one.raw = "{\"message_id\": \"\"}";
        one.reason.clear();
        QCOMPARE(*s.rows.insert({one, one}), 2);
        QCOMPARE(s.stored("count(message_id)"), text("0"));
        QCOMPARE(s.stored("count(reason)"), text("0"));
    }

    void theStrongestInForceIsShown_data() { test::addEngineRows(); }
    void theStrongestInForceIsShown()
    {
        QFETCH(Engine, engine);
        Suppressions s(engine);
        QVERIFY(test::addTeam(*s.connection, 1).ok());
        QVERIFY(s.connection
                    ->execute(text("INSERT INTO users (id, team_id, email) VALUES (?, ?, 'A@x.COM')"),
                              {test::idText(50), test::idText(1)})
                    .ok());
        const QString a = text("a@x.com");
        QVERIFY(s.rows.insert({eventOf("bounce", a, after(0)), eventOf("bounce", text("A@X.com"), after(50))}).ok());
        auto found = s.rows.find(text(" A@x.com"), after(100));
        QCOMPARE(failure(found), QString());
        QVERIFY(found->has_value());
        QCOMPARE((*found)->email, a);
        QCOMPARE((*found)->eventType, text("bounce"));
        QCOMPARE((*found)->since, after(50));
        QCOMPARE((*found)->until, std::optional(after(50).addDays(365)));
        QCOMPARE((*found)->provider, text("brevo"));
        QCOMPARE((*found)->reason, text("why"));
        QCOMPARE((*found)->team, std::optional(test::teamId(1)));
        QVERIFY((*found)->liftable);
        // A complaint is stronger, but the later bounce keeps the address suppressed for longer.
        QVERIFY(s.rows.insert({eventOf("spam_complaint", a, after(20))}).ok());
        found = s.rows.find(a, after(100));
        QCOMPARE((*found)->eventType, text("spam_complaint"));
        QCOMPARE((*found)->since, after(20));
        QCOMPARE((*found)->until, std::optional(after(50).addDays(365)));
        QVERIFY(s.rows.insert({eventOf("unsubscribe", a, after(-9000))}).ok());
        found = s.rows.find(a, after(100));
        QCOMPARE((*found)->eventType, text("unsubscribe"));
        QCOMPARE((*found)->until, std::nullopt);
        QVERIFY(!(*found)->liftable);
        const auto page = s.rows.list({}, after(100));
        QCOMPARE(page->rows, QList<Suppression>({**found}));
        QCOMPARE(s.rows.find(text("other@x.com"), after(100)).value(), std::nullopt);
    }

    void listIsPagedLatestFirst_data() { test::addEngineRows(); }
    void listIsPagedLatestFirst()
    {
        QFETCH(Engine, engine);
        Suppressions s(engine);
        QList<SuppressionEvent> events;
        QStringList expected;
        for (int i = 0; i < 23; ++i) {
            const QString address = QStringLiteral("user%1@x.com").arg(i, 2, 10, QLatin1Char('0'));
            // Pairs share a time, and each address bounced before as well.
            events.append(eventOf("bounce", address, after(i / 2)));
            events.append(eventOf("bounce", address.toUpper(), after(-1000 - i)));
            expected.append(address);
        }
        events.append(eventOf("soft_bounce", text("soft@x.com"), after(0)));
        events.append(eventOf("bounce", text("old@x.com"), after(0).addDays(-400)));
        events.append(eventOf("bounce", text("lifted@x.com"), after(0)));
        events.append(eventOf("unsubscribe", text("100%_gone@x.com"), after(0).addDays(-4000)));
        QVERIFY(s.rows.insert(events).ok());
        QVERIFY(s.rows.lift(text("lifted@x.com"), text("r"), text("op"), after(1)).ok());
        ports::SuppressionQuery query;
        query.limit = 5;
        QList<Suppression> all;
        for (int page = 0; page < 10; ++page) {
            const auto part = s.rows.list(query, after(100));
            QCOMPARE(failure(part), QString());
            all += part->rows;
            query.cursor = part->next;
            if (query.cursor.isEmpty())
                break;
        }
        QCOMPARE(all.size(), 24);
        QStringList found = textsOf(all);
        QCOMPARE(found.last(), text("100%_gone@x.com unsubscribe"));
        for (qsizetype i = 1; i < all.size(); ++i)
            QVERIFY(all.at(i).since <= all.at(i - 1).since);
        found.removeLast();
        found.sort();
        for (qsizetype i = 0; i < expected.size(); ++i)
            QCOMPARE(found.at(i), expected.at(i) + text(" bounce"));

        query = {};
        query.text = text("USER1");
        QCOMPARE(s.rows.list(query, after(100))->rows.size(), 10);
        query.text = text("0%_g");
        QCOMPARE(textsOf(s.rows.list(query, after(100))->rows), QStringList({text("100%_gone@x.com unsubscribe")}));
        query.text = text("0%%");
        QVERIFY(s.rows.list(query, after(100))->rows.isEmpty());
    }

    void foreignCursorsAreRefused_data() { test::addEngineRows(); }
    void foreignCursorsAreRefused()
    {
        QFETCH(Engine, engine);
        Suppressions s(engine);
        QVERIFY(
            s.rows.insert({eventOf("bounce", text("a@x.com"), after(0)), eventOf("bounce", text("b@x.com"), after(1))})
                .ok());
        ports::SuppressionQuery query;
        query.limit = 1;
        const auto first = s.rows.list(query, after(2));
        query.cursor = first->next;
        QVERIFY(!query.cursor.isEmpty());
        query.text = text("x");
        QCOMPARE(s.rows.list(query, after(2)).error().key, text("invalid_cursor"));
        query.cursor = text("junk");
        QCOMPARE(s.rows.list(query, after(2)).error().key, text("invalid_cursor"));
    }
};

REGISTER_SUITE(suppression, TstSuppression)
#include "tst_suppression.moc"
