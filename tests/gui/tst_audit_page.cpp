#include "models/items/audit_table_model.h"
#include "tests/gui/page_fixture.h"
#include "tests/support/test_main.h"
#include "views/pages/audit_page.h"
#include "views/pages/json_text.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

namespace {

struct Shown {
    explicit Shown(test::PageFixture &fixture, const QString &query = {})
        : page(std::make_unique<pages::AuditPage>(fixture))
    {
        page->resize(1240, 760);
        static_cast<QWidget &>(*page).show();
        pages::Location location{QStringLiteral("audit"), {}, {}};
        location.query.addQueryItem(QStringLiteral("q"), query);
        page->show(location);
    }
    QTableView *table() const { return page->findChild<QTableView *>(QStringLiteral("audit.table")); }
    int rows() const { return table()->model()->rowCount(); }
    template <typename W>
    W *find(const char *name) const
    {
        return page->findChild<W *>(QString::fromLatin1(name));
    }
    std::unique_ptr<pages::AuditPage> page;
};

void write(test::PageFixture &fixture, int count, int afterSeconds = 60)
{
    fixture.fake.edit(
        [count, afterSeconds](test::Dataset &data) {
            for (int i = 0; i < count; ++i) {
                domain::AuditEntry entry;
                entry.id = domain::AuditId::random();
                entry.actor = QStringLiteral("system");
                entry.kind = QStringLiteral("auth.login");
                entry.summary = QStringLiteral("written later");
                entry.metadata = "{\"amount\":12345678901234567890,\"ratio\":1.10}";
                entry.createdAt = data.now.addSecs(afterSeconds + i);
                data.audit << entry;
            }
        },
        {{QStringLiteral("audit"), {}}});
}

} // namespace

class TstAuditPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::Theme::instance().apply(*qApp, widgets::Theme::Mode::Light); }

    void exactTimesInTheViewersZone()
    {
        test::PageFixture fixture;
        fixture.zone = QTimeZone("Asia/Kolkata");
        Shown shown(fixture, QStringLiteral("kind:admin.tier_changed"));
        QTRY_VERIFY(shown.rows() > 0);
        const QModelIndex time = shown.table()->model()->index(0, items::AuditTableModel::Time);
        static const QRegularExpression exact(QStringLiteral("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}$"));
        QVERIFY(exact.match(time.data().toString()).hasMatch());
        const QFont digits = widgets::Theme::instance().font(widgets::TextRole::Base13, 400, true);
        QVERIFY(widgets::tabularWidth(digits, time.data().toString()) + 2 * widgets::space::m <=
                shown.table()->columnWidth(time.column()));
        QVERIFY(time.data(Qt::ToolTipRole).toString().contains(QLatin1Char('Z')));
        QVERIFY(shown.table()->model()->headerData(0, Qt::Horizontal).toString().contains(QStringLiteral("IST")));
    }

    void newEntriesWaitInAPillOrFollow()
    {
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 0);
        const int before = shown.rows();
        write(fixture, 12);
        auto *pill = shown.find<QToolButton>("audit.pill");
        QTRY_VERIFY(pill->isVisible());
        QCOMPARE(pill->text(), QStringLiteral("12 new"));
        QCOMPARE(shown.rows(), before);
        QTest::mouseClick(pill, Qt::LeftButton);
        QCOMPARE(shown.rows(), before + 12);
        QVERIFY(!pill->isVisible());
        QTest::mouseClick(shown.find<QToolButton>("audit.follow"), Qt::LeftButton);
        write(fixture, 2, 600);
        QTRY_COMPARE(shown.rows(), before + 14);
    }

    void metadataKeepsEveryDigit()
    {
        QCOMPARE(
            pages::prettyJson("{\"n\":12345678901234567890,\"r\":1.10,\"e\":{},\"a\":[1,\"x, {y}\"]}"),
            QStringLiteral(
                "{\n  \"n\": 12345678901234567890,\n  \"r\": 1.10,\n  \"e\": {},\n  \"a\": [\n    1,\n    \"x, {y}\"\n  ]\n}"));
        QCOMPARE(pages::prettyJson("not json"), QStringLiteral("not json"));
        test::PageFixture fixture;
        write(fixture, 1);
        Shown shown(fixture, QStringLiteral("\"written later\""));
        QTRY_COMPARE(shown.rows(), 1);
        QTRY_VERIFY(shown.find<QPlainTextEdit>("audit.inspector.metadata")
                        ->toPlainText()
                        .contains(QStringLiteral("12345678901234567890")));
    }

    void inspectorNarrowsAndOpens()
    {
        test::PageFixture fixture;
        Shown shown(fixture, QStringLiteral("kind:admin.tier_changed"));
        QTRY_VERIFY(shown.rows() > 0);
        QTRY_VERIFY(shown.find<QPushButton>("audit.inspector.openTeam")->isVisible());
        QTest::mouseClick(shown.find<QPushButton>("audit.inspector.openTeam"), Qt::LeftButton);
        QCOMPARE(fixture.opened.size(), 1);
        QCOMPARE(fixture.opened.first().screen, QStringLiteral("customer"));
        QTest::mouseClick(shown.find<QPushButton>("audit.inspector.sameTeam"), Qt::LeftButton);
        QTRY_VERIFY(shown.page->location().query.queryItemValue(QStringLiteral("q")).contains(QStringLiteral("team:")));
    }

    void exportStreamsTheFilter()
    {
        QTemporaryDir folder;
        test::PageFixture fixture;
        Shown shown(fixture);
        QTRY_VERIFY(shown.rows() > 0);
        shown.page->actions().first().trigger();
        QDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = shown.page->findChild<QDialog *>()) && dialog->isVisible());
        const QString path = folder.filePath(QStringLiteral("audit.jsonl"));
        dialog->findChild<QAbstractButton *>(QStringLiteral("export.jsonl"))->click();
        dialog->findChild<QLineEdit *>(QStringLiteral("export.path"))->setText(path);
        for (QPushButton *button : dialog->findChildren<QPushButton *>())
            if (button->isVisible() && button->text().startsWith(QStringLiteral("Export")))
                QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(fixture.toasts.size(), 1);
        QVERIFY2(fixture.toasts.first().kind == pages::Toast::Kind::Good, qPrintable(fixture.toasts.first().text));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().count('\n') >= fixture.fake.data().audit.size());
    }

    void fourEmptyStates()
    {
        test::PageFixture fixture;
        fixture.fake.hold(test::Method::SearchAudit);
        Shown shown(fixture, QStringLiteral("zzzzzz"));
        auto *empty = shown.find<QWidget>("audit.empty");
        QTRY_VERIFY(empty->accessibleName().startsWith(QStringLiteral("Loading")));
        fixture.fake.releaseAll();
        QTRY_VERIFY(empty->accessibleName().startsWith(QStringLiteral("Nothing matches")));
        fixture.fake.setGone(true);
        shown.page->refresh();
        QTRY_VERIFY(empty->accessibleName().contains(QStringLiteral("could not be loaded")));
        test::Dataset none;
        none.now = test::seedNow();
        test::PageFixture bare(none);
        Shown nothing(bare);
        QTRY_VERIFY(
            nothing.find<QWidget>("audit.empty")->accessibleName().startsWith(QStringLiteral("No audit entries yet")));
    }
};

REGISTER_SUITE(audit_page, TstAuditPage)
#include "tst_audit_page.moc"
