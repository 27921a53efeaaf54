#include "models/items/query_table_model.h"
#include "models/items/query_terms.h"
#include "tests/support/test_main.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace {

struct Thing {
    int id = 0;
    QString text;
    bool operator==(const Thing &) const = default;
};

struct ThingFilter {
    QString text;
    std::optional<int> id;
};

domain::Result<ThingFilter> readThings(const QString &text, const items::QueryClock &clock)
{
    const auto apply = [](const domain::QueryTerm &term, const items::QueryClock &,
                          ThingFilter &filter) -> std::optional<domain::Error> {
        if (term.negated)
            return items::refuse(QStringLiteral("Things cannot be excluded."));
        filter.text = term.values.first();
        return std::nullopt;
    };
    return items::readTerms<ThingFilter>(text, {QStringLiteral("text")}, clock, apply);
}

QList<items::TableColumn<Thing>> thingColumns(const QTimeZone &zone)
{
    return {{QStringLiteral("Id (%1)").arg(QString::fromLatin1(zone.id())),
             [](const Thing &thing) { return QString::number(thing.id); },
             Qt::AlignRight,
             {},
             QStringLiteral("Counts up")},
            {QStringLiteral("Text"),
             [](const Thing &thing) { return thing.text; },
             Qt::AlignLeft,
             items::onRole<Thing>(items::StateRole, [](const Thing &thing) { return thing.text.size(); }),
             {},
             QStringLiteral("text")}};
}

ports::CallContext call()
{
    return {};
}

/// The least that a list needs, over rows that the test changes.
class ThingModel : public items::QueryTableModel<Thing, ThingFilter> {
public:
    explicit ThingModel(bool newestFirst)
        : QueryTableModel({{QStringLiteral("text")}, {}, readThings}, thingColumns, call, nullptr)
    {
        if (newestFirst)
            setNewestFirst(QStringLiteral("id:desc"));
        else
            setDefaultSort(QStringLiteral("text:asc"));
    }
    QList<Thing> things;  ///< in the order of the list
    QList<QString> asked; ///< sort and limit of every question

protected:
    QString idOf(const Thing &row) const override { return QString::number(row.id); }
    std::optional<ThingFilter> filterOf(const QString &id) const override { return ThingFilter{{}, id.toInt()}; }
    QFuture<PageResult> fetch(const ports::CallContext &, const Request &request) override
    {
        asked << QStringLiteral("%1 %2 %3").arg(request.sort).arg(request.descending).arg(request.limit);
        ports::Page<Thing> page;
        const qsizetype from = request.cursor.toLongLong();
        for (qsizetype i = from; i < things.size() && page.rows.size() < request.limit; ++i)
            if (things.at(i).text.contains(request.filter.text) &&
                request.filter.id.value_or(things.at(i).id) == things.at(i).id)
                page.rows << things.at(i);
        if (from + request.limit < things.size())
            page.next = QString::number(from + request.limit);
        return ports::ready(PageResult(page));
    }
};

QList<Thing> manyThings(int count)
{
    QList<Thing> things;
    for (int id = count; id > 0; --id)
        things << Thing{id, QStringLiteral("thing")};
    return things;
}

QString textAt(const ThingModel &model, int row)
{
    return model.index(row, 1).data().toString();
}

} // namespace

class TstQueryTableModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void columnsSayCellsAndHeaders()
    {
        ThingModel model(true);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.things = manyThings(3);
        model.reload();
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(model.columnCount(), 2);
        const QModelIndex id = model.index(0, 0), text = model.index(0, 1);
        QCOMPARE(id.data().toString(), QStringLiteral("3"));
        QCOMPARE(id.data(items::IdRole).toString(), QStringLiteral("3"));
        QVERIFY(id.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
        QVERIFY(!id.data(items::StateRole).isValid());
        QCOMPARE(text.data(items::StateRole).toInt(), 5);
        QCOMPARE(text.data(items::PlaceholderRole), QVariant(false));
        QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::ToolTipRole).toString(), QStringLiteral("Counts up"));
        QVERIFY(!model.headerData(1, Qt::Horizontal, Qt::ToolTipRole).isValid());
        QVERIFY(!model.headerData(2, Qt::Horizontal).isValid());
        QCOMPARE(model.valueAt(id), std::optional<Thing>(model.things.first()));
        QVERIFY(!model.valueAt({}));
    }

    void headersFollowTheTimeZone()
    {
        ThingModel model(true);
        model.things = manyThings(1);
        model.reload();
        QTRY_COMPARE(model.rowCount(), 1);
        QSignalSpy headers(&model, &QAbstractItemModel::headerDataChanged);
        QSignalSpy cells(&model, &QAbstractItemModel::dataChanged);
        model.setTimeZone(QTimeZone("Asia/Kolkata"));
        QCOMPARE(headers.size(), 1);
        QCOMPARE(cells.size(), 1);
        QCOMPARE(model.headerData(0, Qt::Horizontal).toString(), QStringLiteral("Id (Asia/Kolkata)"));
        model.setTimeZone(QTimeZone("Asia/Kolkata"));
        QCOMPARE(headers.size(), 1);
    }

    void aQueryThatCannotBeReadChangesNothing()
    {
        ThingModel model(true);
        model.setQueryText(QStringLiteral("text:blue"));
        QCOMPARE(model.filter().text, QStringLiteral("blue"));
        QVERIFY(!model.checkQuery(QStringLiteral("text:red")));
        const auto error = model.checkQuery(QStringLiteral("-text:red"));
        QVERIFY(error);
        QCOMPARE(error->key, QStringLiteral("invalid_query"));
        model.setQueryText(QStringLiteral("-text:red"));
        QCOMPARE(model.filter().text, QStringLiteral("blue"));
    }

    void sortsByNameOrNotAtAll()
    {
        ThingModel sorted(false), fixed(true);
        QCOMPARE(sorted.sortText(), QStringLiteral("text:asc"));
        QCOMPARE(sorted.sortColumn(), 1);
        sorted.setSort(1, true);
        QCOMPARE(sorted.sortText(), QStringLiteral("text:desc"));
        sorted.reload();
        QCOMPARE(sorted.asked, QList<QString>{QStringLiteral("text 1 100")});
        sorted.setSortText({});
        QCOMPARE(sorted.sortText(), QStringLiteral("text:asc"));
        QCOMPARE(fixed.sortText(), QStringLiteral("id:desc"));
        QCOMPARE(fixed.sortColumn(), -1);
        fixed.setSortText(QStringLiteral("size:asc"));
        QCOMPARE(fixed.sortText(), QStringLiteral("id:desc"));
    }

    void changedRowsOfASortedListAreReadAlone()
    {
        ThingModel model(false);
        model.things = manyThings(150);
        model.reload();
        QTRY_COMPARE(model.rowCount(), 100);
        model.asked.clear();
        model.things[60].text = QStringLiteral("other");
        model.refreshRows({QString::number(model.things.at(60).id), QStringLiteral("999")});
        QTRY_COMPARE(textAt(model, 60), QStringLiteral("other"));
        QCOMPARE(model.asked, QList<QString>{QStringLiteral("text 0 1")}); // 999 is not shown
        model.things[70].text = QStringLiteral("again");
        model.refreshRows({QString()});
        QTRY_COMPARE(textAt(model, 70), QStringLiteral("again"));
        QCOMPARE(model.asked.last(), QStringLiteral("text 0 100"));
        QCOMPARE(model.rowCount(), 100);
    }

    void changedAndNewRowsOfAFollowableList()
    {
        ThingModel model(true);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.things = manyThings(150);
        model.reload();
        QTRY_COMPARE(model.rowCount(), 100);
        model.fetchMore({});
        QTRY_COMPARE(model.rowCount(), 150);
        model.things[5].text = QStringLiteral("near");
        model.things[140].text = QStringLiteral("far");
        const QString far = QString::number(model.things.at(140).id);
        model.things.prepend(Thing{151, QStringLiteral("new")});
        model.refreshRows({QStringLiteral("151"), far});
        QTRY_COMPARE(model.waiting(), 1);
        QTRY_COMPARE(textAt(model, 5), QStringLiteral("near"));
        QTRY_COMPARE(textAt(model, 140), QStringLiteral("far"));
        QCOMPARE(model.rowCount(), 150);
        model.setFollowing(true);
        QCOMPARE(model.rowCount(), 151);
        QCOMPARE(textAt(model, 0), QStringLiteral("new"));
        QCOMPARE(model.waiting(), 0);
    }

    void theFirstRowOfAnEmptyListIsCounted()
    {
        ThingModel model(true);
        model.reload();
        QTRY_COMPARE(model.state(), items::LoadState::Ready);
        model.things = manyThings(1);
        model.refreshRows({QStringLiteral("1")});
        QTRY_COMPARE(model.waiting(), 1);
        QVERIFY(!model.waitingOverflow());
        model.showWaiting();
        QCOMPARE(model.rowCount(), 1);
    }
};

REGISTER_SUITE(query_table_model, TstQueryTableModel)
#include "tst_query_table_model.moc"
