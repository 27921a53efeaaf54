#include "models/domain/ids.h"
#include "tests/support/test_main.h"

#include <QSet>
#include <QTest>

#include <type_traits>

using namespace domain;

static_assert(!std::is_convertible_v<TeamId, UserId>, "a team's id must not pass for a user's");
static_assert(!std::is_convertible_v<QUuid, TeamId>, "an id is made on purpose");

class TstIds : public QObject {
    Q_OBJECT
private slots:
    void printsLowerCaseAndReadsAnyCase()
    {
        const auto id = TeamId::parse(u"0F8FAD5B-D9CB-469F-A165-70867728950E");
        QVERIFY(id);
        QCOMPARE(id->toString(), QStringLiteral("0f8fad5b-d9cb-469f-a165-70867728950e"));
        QCOMPARE(TeamId::parse(id->toString()), id);
    }

    void readsTheZeroId()
    {
        const auto id = UserId::parse(u"00000000-0000-0000-0000-000000000000");
        QVERIFY(id);
        QVERIFY(id->isNull());
    }

    void refusesEverythingElse_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("braces") << QStringLiteral("{0f8fad5b-d9cb-469f-a165-70867728950e}");
        QTest::newRow("no dashes") << QStringLiteral("0f8fad5bd9cb469fa16570867728950e");
        QTest::newRow("short") << QStringLiteral("0f8fad5b-d9cb-469f-a165-70867728950");
        QTest::newRow("long") << QStringLiteral("0f8fad5b-d9cb-469f-a165-70867728950ee");
        QTest::newRow("not hex") << QStringLiteral("0f8fad5b-d9cb-469f-a165-70867728950g");
        QTest::newRow("36 other characters") << QString(36, QLatin1Char('x'));
        QTest::newRow("sql") << QStringLiteral("0f8fad5b-d9cb-469f-a165-7086772'; --");
    }
    void refusesEverythingElse()
    {
        QFETCH(QString, text);
        QVERIFY(!TeamId::parse(text));
    }

    void randomIdsDiffer()
    {
        QSet<NoteId> seen;
        for (int i = 0; i < 1000; ++i)
            seen.insert(NoteId::random());
        QCOMPARE(seen.size(), 1000);
    }
};

REGISTER_SUITE(ids, TstIds)
#include "tst_ids.moc"
