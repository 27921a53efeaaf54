#include "models/domain/result.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace domain;

class TstResult : public QObject {
    Q_OBJECT
private slots:
    void holdsAValueOrAnError()
    {
        const Result<int> good(7), bad(makeError(ErrorCode::NotFound, QStringLiteral("team_not_found")));
        QVERIFY(good);
        QCOMPARE(*good, 7);
        QVERIFY(!bad);
        QCOMPARE(bad.error().key, QStringLiteral("team_not_found"));
    }

    void defaultIsAnInternalError()
    {
        const Result<QString> nothing;
        QVERIFY(!nothing.ok());
        QCOMPARE(nothing.error().code, ErrorCode::Internal);
    }

    void mapRunsOnlyOnSuccess()
    {
        int runs = 0;
        const auto twice = [&runs](int x) {
            ++runs;
            return QString::number(2 * x);
        };
        QCOMPARE(*Result<int>(4).map(twice), QStringLiteral("8"));
        const auto failed = Result<int>(unavailable(QStringLiteral("db_failed"))).map(twice);
        QCOMPARE(failed.error(), unavailable(QStringLiteral("db_failed")));
        QCOMPARE(runs, 1);
    }

    void andThenStopsAtTheFirstError()
    {
        const auto positive = [](int x) -> Result<int> {
            if (x <= 0)
                return invalidInput(QStringLiteral("invalid_limit"), QStringLiteral("limit"),
                                    QStringLiteral("too small"));
            return x - 1;
        };
        QCOMPARE(*Result<int>(2).andThen(positive).andThen(positive), 0);
        const auto stopped = Result<int>(1).andThen(positive).andThen(positive).andThen(positive);
        QCOMPARE(stopped.error().fields.value(QStringLiteral("limit")), QStringLiteral("too small"));
    }

    void valuesCanBeMovedOut()
    {
        Result<QStringList> list(QStringList{QStringLiteral("a"), QStringLiteral("b")});
        const QStringList taken = std::move(list).value();
        QCOMPARE(taken.size(), 2);
    }
};

REGISTER_SUITE(result, TstResult)
#include "tst_result.moc"
