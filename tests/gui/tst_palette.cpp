#include "tests/support/fake_backend.h"
#include "tests/support/gui_app.h"
#include "tests/support/test_main.h"
#include "views/pages/page_factory.h"
#include "views/shell/deep_link.h"
#include "views/shell/fuzzy.h"
#include "views/shell/main_window.h"
#include "views/shell/palette.h"
#include "views/shell/palette_sources.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace shell;

namespace {

struct Window {
    std::shared_ptr<test::FakeBackend> fake = std::make_shared<test::FakeBackend>();
    std::unique_ptr<MainWindow> window;

    Window()
    {
        WindowOptions options;
        options.makePage = pages::makePage;
        window = std::make_unique<MainWindow>(fake, std::move(options));
        QSignalSpy known(window.get(), &MainWindow::sessionKnown);
        window->show();
        QTRY_COMPARE(known.count(), 1);
        window->open({QStringLiteral("overview"), {}, {}});
    }
    QLineEdit *field() const { return window->findChild<QLineEdit *>(QStringLiteral("palette.field")); }
};

} // namespace

class TstPalette : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::prepareGui(); }

    void fuzzy()
    {
        QVERIFY(fuzzyScore(QStringLiteral("aud"), QStringLiteral("Audit log")) > 0);
        QVERIFY(fuzzyScore(QStringLiteral("log aud"), QStringLiteral("Audit log")) > 0);
        QCOMPARE(fuzzyScore(QStringLiteral("xyz"), QStringLiteral("Audit log")), -1);
        QCOMPARE(fuzzyScore({}, QStringLiteral("anything")), 0);
        QVERIFY(fuzzyScore(QStringLiteral("cust"), QStringLiteral("Customers")) >
                fuzzyScore(QStringLiteral("cust"), QStringLiteral("Accustomed")));
        QVERIFY(fuzzyScore(QStringLiteral("sh"), QStringLiteral("Server health")) > 0);
    }

    void sniff_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::newRow("uuid") << QStringLiteral(" 00000001-0000-4000-8000-000000000000 ") << int(PastedKind::Uuid);
        QTest::newRow("e-mail") << QStringLiteral("ops@northwind.example") << int(PastedKind::Email);
        QTest::newRow("subscription") << QStringLiteral("sub_ABC123xyz") << int(PastedKind::ProviderId);
        QTest::newRow("link") << QStringLiteral("console://Production/customers") << int(PastedKind::DeepLink);
        QTest::newRow("word") << QStringLiteral("northwind") << int(PastedKind::None);
        QTest::newRow("no mail") << QStringLiteral("a@b") << int(PastedKind::None);
    }
    void sniff()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QCOMPARE(int(sniffPasted(text)), kind);
    }

    void deepLinks()
    {
        DeepLink link{QStringLiteral("Prod / EU"),
                      {QStringLiteral("customer"), QStringLiteral("00000001-0000-4000-8000-000000000000"), {}}};
        link.location.query.addQueryItem(QStringLiteral("q"), QStringLiteral("tier:pro a&b=c"));
        const auto back = parseDeepLink(toText(link));
        QVERIFY(back.has_value());
        QCOMPARE(back->profile, link.profile);
        QCOMPARE(back->location.id, link.location.id);
        QCOMPARE(back->location.query.queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded),
                 QStringLiteral("tier:pro a&b=c"));
        for (const char *bad :
             {"", "http://x/customers", "console://p", "console://p/nowhere", "console://p/customer/a/b"})
            QVERIFY2(!parseDeepLink(QString::fromLatin1(bad)), bad);
    }

    void keysOpenAScreen()
    {
        Window w;
        QTest::keyClick(w.window.get(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(w.window->commandPalette().isOpen());
        QTest::keyClicks(w.field(), QStringLiteral("health"));
        QTRY_COMPARE(w.window->commandPalette().shownIds().value(0), QStringLiteral("go.health"));
        QTest::keyClick(w.field(), Qt::Key_Return);
        QVERIFY(!w.window->commandPalette().isOpen());
        QCOMPARE(w.window->currentPage()->screen(), QStringLiteral("health"));
    }

    void findsCustomersWhileTyping()
    {
        Window w;
        w.window->openPalette();
        QTest::keyClicks(w.field(), QStringLiteral("acme"));
        const QString id = QStringLiteral("customer.") + test::teamId(test::seed::acme).toString();
        QTRY_VERIFY(w.window->commandPalette().shownIds().contains(id));
    }

    void theLatestAnswerWins()
    {
        Window w;
        w.window->openPalette();
        Palette &palette = w.window->commandPalette();
        QSignalSpy asked(&palette, &Palette::queryChanged);
        QTest::keyClicks(w.field(), QStringLiteral("ac"));
        QTRY_COMPARE(asked.count(), 1);
        const auto old = asked.first().at(1).toULongLong();
        QTest::keyClicks(w.field(), QStringLiteral("me"));
        palette.addResults(old, QStringLiteral("customers"),
                           {{QStringLiteral("stale"), QStringLiteral("Stale"), {}, {}, {}, {}, {}, {}}});
        QVERIFY(!palette.shownIds().contains(QStringLiteral("stale")));
    }

    void pastedIdIsOfferedFirst()
    {
        Window w;
        w.window->openPalette(QStringLiteral("sub_acme"));
        QTRY_COMPARE(w.window->commandPalette().shownIds().value(0), QStringLiteral("pasted.audit"));
    }

    void disabledEntriesDoNothingAndEscapeCloses()
    {
        Window w;
        int ran = 0;
        w.window->commandPalette().open({{QStringLiteral("x"),
                                          QStringLiteral("Forbidden"),
                                          {},
                                          {},
                                          {},
                                          QStringLiteral("g"),
                                          QStringLiteral("not for auditors"),
                                          [&ran] { ++ran; }}});
        QTest::keyClick(w.field(), Qt::Key_Return);
        QCOMPARE(ran, 0);
        QVERIFY(w.window->commandPalette().isOpen());
        QTest::keyClick(w.field(), Qt::Key_Escape);
        QVERIFY(!w.window->commandPalette().isOpen());
    }
};

REGISTER_SUITE(palette, TstPalette)
#include "tst_palette.moc"
