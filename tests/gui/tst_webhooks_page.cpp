#include "models/items/roles.h"
#include "models/items/webhook_table_model.h"
#include "services/storage/connection.h"
#include "services/storage/webhook_inbox_repository.h"
#include "tests/gui/page_fixture.h"
#include "tests/support/mail_seed.h"
#include "tests/support/test_main.h"
#include "views/pages/body_text.h"
#include "views/pages/body_view.h"
#include "views/pages/replay_sheet.h"
#include "views/pages/webhook_inspector.h"
#include "views/pages/webhooks_page.h"
#include "views/widgets/badge.h"
#include "views/widgets/buttons.h"
#include "views/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QMessageAuthenticationCode>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <memory>

namespace {

using Model = items::WebhookTableModel;

/// The small data set at the time of now, so that ages read as they do in life.
test::Dataset today()
{
    test::Dataset data = test::smallDataset();
    data.now = QDateTime::currentDateTimeUtc();
    return data;
}

struct Inbox {
    explicit Inbox(test::Dataset data = today(), bool seeded = true) : fixture(std::move(data))
    {
        if (seeded)
            fixture.fake.editMail([this](storage::Connection &c) { test::seedMail(c, fixture.fake.data().now); });
    }
    void open(const QString &query = {}, const QString &id = {})
    {
        page = std::make_unique<pages::WebhooksPage>(fixture);
        page->resize(1240, 820);
        static_cast<QWidget &>(*page).show();
        pages::Location location{QStringLiteral("webhooks"), id, {}};
        location.query.addQueryItem(QStringLiteral("q"), query);
        page->show(location);
    }
    QTableView *table() const { return find<QTableView>("webhooks.table"); }
    int rows() const { return table()->model()->rowCount(); }
    template <typename W>
    W *find(const char *name) const
    {
        return page->findChild<W *>(QString::fromLatin1(name));
    }
    QString text(const char *name) const { return find<QLabel>(name)->text(); }
    QString body() const { return find<QPlainTextEdit>("webhooks.inspector.body.text")->toPlainText(); }
    void click(const char *name) const { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }
    void tab(const char *key) const
    {
        find<widgets::SegmentedTabs>("webhooks.inspector.body.tabs")->setCurrent(QString::fromLatin1(key));
    }
    /// Waits until the inspector has read the row's bytes.
    bool inspected() const
    {
        return QTest::qWaitFor([this] { return find<QPushButton>("webhooks.inspector.copyBody")->isEnabled(); }, 5000);
    }
    pages::ReplaySheet *sheet() const { return page->findChild<pages::ReplaySheet *>(); }

    test::PageFixture fixture;
    std::unique_ptr<pages::WebhooksPage> page;
};

test::SeedWebhook webhook(const QDateTime &at, quint32 number, const QByteArray &body)
{
    test::SeedWebhook made;
    made.entry.id = domain::WebhookId(test::uuid(0xD00000 + number));
    made.entry.provider = QStringLiteral("brevo");
    made.entry.receivedAt = at;
    made.entry.headers = {{QStringLiteral("Content-Type"), QStringLiteral("application/json")}};
    made.entry.body = body;
    made.entry.eventType = QStringLiteral("delivered");
    made.entry.eventCount = 1;
    made.entry.objectId = QStringLiteral("m%1@x").arg(number);
    made.entry.processingUs = 900;
    return made;
}

void receive(test::PageFixture &fixture, const QList<test::SeedWebhook> &webhooks)
{
    fixture.fake.editMail(
        [&](storage::Connection &connection) {
            QList<usecases::InboxEntry> entries;
            for (const test::SeedWebhook &webhook : webhooks)
                entries << webhook.entry;
            if (auto kept = storage::SqlWebhookInboxRepository(connection).insert(entries); !kept)
                throw std::runtime_error(kept.error().detail.toStdString());
        },
        {{QStringLiteral("webhook"), {}}});
}

/// What a POSIX shell makes of a command in which `curl` writes its arguments, one a line, and its input.
QByteArray runWithFakeCurl(const QString &command, const QByteArray &secret)
{
    const QString fake = QStringLiteral("curl() { for a in \"$@\"; do printf '%s\\037' \"$a\"; done; "
                                        "case \"$*\" in *@-) cat;; esac; }\n");
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SECRET"), QString::fromUtf8(secret));
    shell.setProcessEnvironment(environment);
    shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-s")});
    shell.write((fake + command + QLatin1Char('\n')).toUtf8());
    shell.closeWriteChannel();
    if (!shell.waitForFinished())
        return "did not finish";
    return shell.readAllStandardOutput() + shell.readAllStandardError();
}

} // namespace

class TstWebhooksPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::Theme::instance().apply(*qApp, widgets::Theme::Mode::Light); }

    void rowsSayWhatCameAndWhatBecameOfIt()
    {
        Inbox inbox;
        inbox.open();
        QTRY_VERIFY(inbox.rows() > 30);
        const auto *model = inbox.table()->model();
        static const QRegularExpression exact(QStringLiteral("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}$"));
        QDateTime before;
        for (int row = 0; row < inbox.rows(); ++row) {
            QVERIFY(exact.match(model->index(row, Model::Received).data().toString()).hasMatch());
            const QDateTime at = model->index(row, Model::Received).data(items::TimeRole).toDateTime();
            QVERIFY(!before.isValid() || at <= before);
            before = at;
        }
        const auto rowWith = [model](int column, const QString &text) {
            for (int row = 0; row < model->rowCount(); ++row)
                if (model->index(row, column).data().toString() == text)
                    return row;
            return -1;
        };
        const int batch = rowWith(Model::Event, QStringLiteral("12 events"));
        QVERIFY(batch >= 0);
        QCOMPARE(model->index(batch, Model::Changed).data().toString(), QStringLiteral("9 of 12"));
        QVERIFY(rowWith(Model::Signature, QStringLiteral("previous")) >= 0);
        const int duplicate = rowWith(Model::Duplicate, QStringLiteral("duplicate"));
        QVERIFY(duplicate >= 0);
        QCOMPARE(model->index(duplicate, Model::Outcome).data().toString(), QStringLiteral("no change"));
        QVERIFY(
            model->index(duplicate, Model::Duplicate).data(Qt::ToolTipRole).toString().contains(QStringLiteral("as ")));
        QVERIFY(rowWith(Model::Provider, QStringLiteral("Brevo suppression")) >= 0);
    }

    void newOnesWaitInAPillOrFollow()
    {
        Inbox inbox;
        inbox.open();
        QTRY_VERIFY(inbox.rows() > 0);
        const int before = inbox.rows();
        const QDateTime now = inbox.fixture.fake.data().now;
        QList<test::SeedWebhook> twelve;
        for (quint32 i = 0; i < 12; ++i)
            twelve << webhook(now.addSecs(60 + i), i, "{}");
        receive(inbox.fixture, twelve);
        auto *pill = inbox.find<QToolButton>("webhooks.pill");
        QTRY_VERIFY(pill->isVisible());
        QCOMPARE(pill->text(), QStringLiteral("12 new"));
        QCOMPARE(inbox.rows(), before);
        QTest::mouseClick(pill, Qt::LeftButton);
        QCOMPARE(inbox.rows(), before + 12);
        inbox.click("webhooks.follow");
        receive(inbox.fixture, {webhook(now.addSecs(600), 20, "{}"), webhook(now.addSecs(601), 21, "{}")});
        QTRY_COMPARE(inbox.rows(), before + 14);
    }

    void theQueryNarrows_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("every");
        QTest::newRow("outcome") << QStringLiteral("outcome:failed") << int(Model::Outcome) << QStringLiteral("failed");
        QTest::newRow("provider") << QStringLiteral("provider:ses") << int(Model::Provider)
                                  << QStringLiteral("Amazon SES");
        QTest::newRow("signature") << QStringLiteral("signature:previous") << int(Model::Signature)
                                   << QStringLiteral("previous");
        QTest::newRow("duplicate") << QStringLiteral("duplicate:yes") << int(Model::Duplicate)
                                   << QStringLiteral("duplicate");
        QTest::newRow("path") << QStringLiteral("payload.message-id:replayed@relay.example") << int(Model::Message)
                              << QStringLiteral("replayed@relay.example");
        QTest::newRow("text") << QStringLiteral("REPLAYED@relay") << int(Model::Message)
                              << QStringLiteral("replayed@relay.example");
    }
    void theQueryNarrows()
    {
        QFETCH(QString, query);
        QFETCH(int, column);
        QFETCH(QString, every);
        Inbox inbox;
        inbox.open(query);
        QTRY_VERIFY(inbox.rows() > 0);
        for (int row = 0; row < inbox.rows(); ++row)
            QCOMPARE(inbox.table()->model()->index(row, column).data().toString(), every);
    }

    void theInspectorExplains()
    {
        Inbox inbox;
        inbox.open(QStringLiteral("outcome:applied provider:brevo"));
        QTRY_VERIFY(inbox.rows() > 0);
        QVERIFY(inbox.inspected());
        QVERIFY(inbox.text("webhooks.inspector.verdict").contains(QStringLiteral("the current secret")));
        const QString effects = inbox.find<QWidget>("webhooks.inspector.effects")->accessibleName();
        QVERIFY2(effects.contains(QStringLiteral("classification, success → ")), qPrintable(effects));
        QVERIFY(inbox.body().contains(QStringLiteral("\n  \"email\": ")));
        inbox.tab("raw");
        QVERIFY(inbox.body().startsWith(QStringLiteral("{\"email\":")));
        inbox.tab("headers");
        QVERIFY(inbox.body().contains(QStringLiteral("content-type: application/json")));
        QVERIFY(inbox.body().contains(QStringLiteral("x-sib-signature: ▒")));
        QVERIFY(!inbox.body().contains(QStringLiteral("[redacted]")));
    }

    void linksLeadToTheMessageTheCustomerAndTheFirstOne()
    {
        Inbox inbox;
        inbox.open(QStringLiteral("duplicate:yes"));
        QTRY_COMPARE(inbox.rows(), 1);
        QVERIFY(inbox.inspected());
        inbox.click("webhooks.inspector.openTeam");
        QCOMPARE(inbox.fixture.opened.last().screen, QStringLiteral("customer"));
        inbox.click("webhooks.inspector.duplicateOf");
        const QString duplicate = inbox.page->ListPage::currentId();
        QTRY_VERIFY(inbox.page->currentId() != duplicate && inbox.inspected());
        const QString first = inbox.page->currentId();
        QCOMPARE(inbox.page->location().id, first);
        QPushButton *message = nullptr;
        QTRY_VERIFY((message = inbox.find<QPushButton>("webhooks.inspector.message.0")));
        QTest::mouseClick(message, Qt::LeftButton);
        const pages::Location at = inbox.fixture.opened.last();
        QCOMPARE(at.screen, QStringLiteral("email"));
        QVERIFY(at.query.queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded).startsWith(QStringLiteral("msgid:")));
        Inbox linked;
        linked.open({}, first);
        QTRY_VERIFY(linked.rows() > 1);
        QTRY_COMPARE(linked.find<pages::WebhookInspector>("webhooks.inspector")->shown()->id.toString(), first);
        linked.table()->selectRow(1);
        QTRY_VERIFY(linked.page->location().id.isEmpty());
    }

    void bytesThatAreNoTextAreShownAsBytes()
    {
        Inbox inbox;
        inbox.open(QStringLiteral("outcome:unparseable"));
        QTRY_COMPARE(inbox.rows(), 1);
        QVERIFY(inbox.inspected());
        QVERIFY(inbox.text("webhooks.inspector.error").contains(QStringLiteral("UTF-8")));
        inbox.tab("raw");
        QCOMPARE(inbox.body(), QStringLiteral("{\"event\":\"\\xff\\xfe delivered\\x00"));
        QVERIFY(inbox.text("webhooks.inspector.body.note").contains(QStringLiteral("2 bytes are not UTF-8")));
        inbox.click("webhooks.inspector.copyCurl");
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("base64 -d")));
    }

    void numbersKeepTheirDigitsAndLongBodiesAreCut()
    {
        pages::BodyView view(QStringLiteral("v"));
        static_cast<QWidget &>(view).show();
        auto *text = view.findChild<QPlainTextEdit *>(QStringLiteral("v.text"));
        auto *all = view.findChild<QPushButton *>(QStringLiteral("v.showAll"));
        view.setBody("{\"id\":12345678901234567890,\"r\":1.10}", {});
        QVERIFY(text->toPlainText().contains(QStringLiteral("12345678901234567890")));
        QVERIFY(text->toPlainText().contains(QStringLiteral("1.10")));
        QVERIFY(!all->isVisible());
        const QByteArray body = "[\"" + QByteArray("Łódź ").repeated(150'000) + "\"]";
        QElapsedTimer clock;
        clock.start();
        view.setBody(body, {});
        QVERIFY(all->isVisible());
        QVERIFY(all->text().contains(QStringLiteral("MB")));
        QVERIFY(text->toPlainText().size() < 2 * pages::BodyView::firstPart);
        view.findChild<widgets::SegmentedTabs *>(QStringLiteral("v.tabs"))->setCurrent(QStringLiteral("raw"));
        QVERIFY(!text->toPlainText().contains(QChar(QChar::ReplacementCharacter)));
        QVERIFY(!text->toPlainText().contains(QStringLiteral("\\x")));
        QTest::mouseClick(all, Qt::LeftButton);
        QVERIFY(!all->isVisible());
        QCOMPARE(text->toPlainText().remove(QLatin1Char('\n')), QString::fromUtf8(body));
        QVERIFY2(clock.elapsed() < 3000, qPrintable(QString::number(clock.elapsed())));
    }

    void bodyTextLosesNothing()
    {
        using pages::bodyText;
        QCOMPARE(bodyText("a\tb\nc\r\x1b").text, QStringLiteral("a\tb\nc\\x0d\\x1b"));
        QCOMPARE(bodyText("\xc3\x28\xe2\x82\xac\xed\xa0\x80\xf5").text, QStringLiteral("\\xc3(€\\xed\\xa0\\x80\\xf5"));
        QCOMPARE(bodyText("\xc3\x28\xe2\x82\xac\xed\xa0\x80\xf5").escaped, qsizetype(5));
        QCOMPARE(bodyText("\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf").escaped, qsizetype(9)); // overlong
        QCOMPARE(bodyText("x\xe2\x80\xaey").text, QStringLiteral("x\\u{202e}y"));
        const pages::BodyText cut = bodyText("ab\xe2\x82\xac", 4);
        QCOMPARE(cut.text, QStringLiteral("ab"));
        QCOMPARE(cut.shown, qsizetype(2));
        QVERIFY(!pages::isPlainText(QByteArray("a\0b", 3)));
        QVERIFY(pages::isPlainText("Łódź"));
    }

    void curlSendsTheBytesAndNothingElse_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("quotes") << QByteArray("{\"a\":\"it's $HOME `id` $(id) \\\\ \\\"\"}");
        QTest::newRow("at sign") << QByteArray("@/etc/passwd");
        QTest::newRow("newlines") << QByteArray("{\n\n}\n");
        QTest::newRow("no text") << QByteArray("\xff\xfe\0\x80", 4);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("long") << QByteArray("0123456789'").repeated(20'000);
    }
    void curlSendsTheBytesAndNothingElse()
    {
        QFETCH(QByteArray, body);
        const QList<std::pair<QString, QString>> headers{
            {QStringLiteral("Content-Type"), QStringLiteral("application/json; a='$(id)'")},
            {QStringLiteral("Host"), QStringLiteral("example.com")},
            {QStringLiteral("Content-Length"), QStringLiteral("3")},
            {QStringLiteral("X-Empty"), QString()},
            {QStringLiteral("@file"), QStringLiteral("x")},
            {QStringLiteral("Authorization"), QStringLiteral("[redacted]")}};
        const QString command = pages::curlCommand(QStringLiteral("brevo"), body, headers);
        QVERIFY(command.contains(QStringLiteral("$SECRET")));
        QList<QByteArray> said = runWithFakeCurl(command, "s3cret").split('\037');
        const QByteArray input = said.takeLast();
        QVERIFY(said.contains("http://localhost:8080/webhooks/brevo/s3cret"));
        QVERIFY(said.contains("Content-Type: application/json; a='$(id)'"));
        QVERIFY(said.contains("X-Empty;"));
        for (const QByteArray &argument : said)
            QVERIFY(!argument.contains("example.com") && !argument.contains("redacted") &&
                    !argument.startsWith("Content-Length") && !argument.contains("@file"));
        const qsizetype raw = said.indexOf("--data-raw");
        QCOMPARE(raw >= 0 ? said.at(raw + 1) : input, body);
    }

    void curlSignsWhatHasToBeSigned()
    {
        const QByteArray body("{\"event\":\"hard_bounce\",\"who\":\"it's\"}");
        const QString command = pages::curlCommand(QStringLiteral("brevo_suppression"), body,
                                                   {{QStringLiteral("X-Sib-Signature"), QStringLiteral("abc")}});
        const QByteArray said = runWithFakeCurl(command, "key");
        const QByteArray expected = QMessageAuthenticationCode::hash(body, "key", QCryptographicHash::Sha256).toHex();
        if (said.contains("openssl: not found"))
            QVERIFY(command.contains(QStringLiteral("openssl dgst -sha256 -hmac \"$SECRET\"")));
        else
            QVERIFY2(said.contains("X-Sib-Signature: " + expected), said.constData());
        QVERIFY(!said.contains("abc"));
        QVERIFY(said.contains("/api/v1/email/webhook/brevo"));
    }

    void replayIsRehearsedFirst()
    {
        Inbox inbox;
        inbox.open(QStringLiteral("outcome:failed"));
        QTRY_COMPARE(inbox.rows(), 1);
        QVERIFY(inbox.inspected());
        inbox.click("webhooks.inspector.replay");
        pages::ReplaySheet *sheet = nullptr;
        QTRY_VERIFY((sheet = inbox.sheet()) && sheet->isVisible());
        auto *commit = sheet->findChild<QPushButton *>(QStringLiteral("replay.commit"));
        QTRY_COMPARE(commit->text(), QStringLiteral("Replay and apply 1 change"));
        QVERIFY(commit->isEnabled());
        QVERIFY(sheet->findChild<QWidget *>(QStringLiteral("replay.diff"))
                    ->accessibleName()
                    .contains(QStringLiteral("classification, success → delivered")));
        QCOMPARE(inbox.fixture.fake.calls(test::Method::ReplayWebhook), 1);
        QCOMPARE(inbox.table()->model()->index(0, Model::Outcome).data().toString(), QStringLiteral("failed"));
        QTest::mouseClick(commit, Qt::LeftButton);
        QTRY_COMPARE(commit->text(), QStringLiteral("Done"));
        QCOMPARE(inbox.fixture.toasts.size(), 1);
        QVERIFY(inbox.fixture.toasts.first().kind == pages::Toast::Kind::Good);
        QTest::mouseClick(commit, Qt::LeftButton);
        QTRY_VERIFY(!inbox.sheet());
        inbox.open(QStringLiteral("outcome:failed"));
        QTRY_VERIFY(inbox.page->settled());
        QTRY_COMPARE(inbox.rows(), 0);
    }

    void aFailedReplayStaysWithItsReason()
    {
        Inbox inbox;
        inbox.open(QStringLiteral("outcome:failed"));
        QTRY_COMPARE(inbox.rows(), 1);
        QVERIFY(inbox.inspected());
        const domain::Error gone = domain::unavailable(QStringLiteral("db_failed"));
        inbox.fixture.fake.fail(test::Method::ReplayWebhook, gone);
        inbox.click("webhooks.inspector.replay");
        QTRY_VERIFY(inbox.sheet());
        auto *commit = inbox.sheet()->findChild<QPushButton *>(QStringLiteral("replay.commit"));
        auto *error = inbox.sheet()->findChild<QLabel *>(QStringLiteral("replay.error"));
        QTRY_VERIFY(error->isVisible());
        QCOMPARE(commit->text(), QStringLiteral("Repeat the dry run"));
        QTest::mouseClick(commit, Qt::LeftButton);
        QTRY_COMPARE(commit->text(), QStringLiteral("Replay and apply 1 change"));
        inbox.fixture.fake.fail(test::Method::ReplayWebhook, gone);
        QTest::mouseClick(commit, Qt::LeftButton);
        QTRY_VERIFY(error->isVisible());
        QCOMPARE(commit->text(), QStringLiteral("Retry the replay"));
        QVERIFY(inbox.fixture.toasts.isEmpty());
    }

    void anAuditorMayLookButNotReplay()
    {
        Inbox inbox;
        inbox.fixture.grants = domain::permissionsOf(domain::Scope::Auditor);
        inbox.open();
        QTRY_VERIFY(inbox.rows() > 0);
        auto *replay = inbox.find<QPushButton>("webhooks.inspector.replay");
        QVERIFY(!replay->isEnabled());
        QVERIFY(replay->toolTip().contains(QStringLiteral("role")));
        for (const pages::PageAction &action : inbox.page->actions())
            if (action.id == QLatin1StringView("webhooks.replay"))
                QVERIFY(!action.enabled && !action.whyDisabled.isEmpty());
        inbox.fixture.grants = domain::permissionsOf(domain::Scope::Admin);
        inbox.fixture.unlocked = false;
        inbox.open();
        QTRY_VERIFY(inbox.rows() > 0);
        QVERIFY(inbox.find<QPushButton>("webhooks.inspector.replay")->toolTip().contains(QStringLiteral("read-only")));
    }

    void theStripSaysHowEachProviderDoes()
    {
        Inbox inbox;
        inbox.open();
        QTRY_VERIFY(inbox.find<QWidget>("webhooks.receiver.brevo"));
        const auto *age = inbox.find<widgets::Badge>("webhooks.receiver.brevo.age");
        QVERIFY2(age->tone() == widgets::Tone::Good, qPrintable(age->text()));
        QVERIFY(inbox.text("webhooks.receiver.brevo.secret")
                    .contains(QStringLiteral("still used 1×: update the provider")));
        QCOMPARE(inbox.text("webhooks.receiver.brevo.refused"), QStringLiteral("7"));
        QVERIFY(inbox.text("webhooks.receiver.brevo.p99").contains(QStringLiteral("ms")));
        inbox.click("webhooks.receiver.brevo.failed");
        QTRY_VERIFY(inbox.page->location()
                        .query.queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded)
                        .contains(QStringLiteral("outcome:failed,unparseable")));
    }

    void silenceIsAnAlarmOnlyWhileMailGoesOut()
    {
        test::Dataset data = today();
        Inbox inbox(data, false);
        inbox.fixture.fake.editMail([&data](storage::Connection &connection) {
            test::MailSeed seed = test::mailSeed(data.now);
            seed.webhooks.removeIf(
                [&](const test::SeedWebhook &w) { return w.entry.receivedAt > data.now.addSecs(-7 * 3600); });
            if (auto written = test::writeMail(connection, seed); !written)
                throw std::runtime_error("seed");
        });
        inbox.open();
        QTRY_VERIFY(inbox.find<QWidget>("webhooks.receiver.brevo"));
        const auto *age = inbox.find<widgets::Badge>("webhooks.receiver.brevo.age");
        QVERIFY(age->tone() == widgets::Tone::Warning);
        QVERIFY(age->text().startsWith(QStringLiteral("silent for")));
        QVERIFY(age->toolTip().contains(QStringLiteral("accepted meanwhile")));
    }

    void fourEmptyStates()
    {
        Inbox inbox;
        inbox.fixture.fake.hold(test::Method::Webhooks);
        inbox.open(QStringLiteral("zzzzzz"));
        auto *empty = inbox.find<QWidget>("webhooks.empty");
        QTRY_VERIFY(empty->accessibleName().startsWith(QStringLiteral("Loading")));
        inbox.fixture.fake.releaseAll();
        QTRY_VERIFY(empty->accessibleName().startsWith(QStringLiteral("Nothing matches")));
        inbox.fixture.fake.setGone(true);
        inbox.page->refresh();
        QTRY_VERIFY(empty->accessibleName().contains(QStringLiteral("could not be loaded")));
        Inbox bare(today(), false);
        bare.open();
        empty = bare.find<QWidget>("webhooks.empty");
        QTRY_VERIFY(empty->accessibleName().startsWith(QStringLiteral("No webhooks yet")));
        QVERIFY(empty->accessibleName().contains(QStringLiteral("/webhooks/brevo/<secret>")));
        QVERIFY(!bare.find<QWidget>("webhooks.receivers")->isVisible());
        for (const pages::PageAction &action : bare.page->actions())
            QVERIFY(!action.id.contains(QStringLiteral("export")));
    }
};

REGISTER_SUITE(webhooks_page, TstWebhooksPage)
#include "tst_webhooks_page.moc"
