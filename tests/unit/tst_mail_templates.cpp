#include "models/domain/audit_kind_names.h"
#include "models/domain/mail_template.h"
#include "services/platform/resources.h"
#include "services/usecases/mail_builder.h"
#include "services/usecases/mail_renderer.h"
#include "services/usecases/mail_template.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace domain;

namespace {

const QString embedded = QStringLiteral(":/resources/email");

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

/// A writable copy of the templates.
class TemplateFolder {
public:
    TemplateFolder()
    {
        QDir(m_dir.path()).mkpath(s("kinds"));
        for (QDirIterator it(embedded, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
            const QString name = it.next().sliced(embedded.size() + 1);
            write(name, read(embedded + QLatin1Char('/') + name));
        }
    }
    QString path() const { return m_dir.path(); }
    QString file(const QString &name) const { return m_dir.filePath(name); }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(path));
        return file.readAll();
    }
    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(m_dir.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
    }

private:
    QTemporaryDir m_dir;
};

QStringList mailedKinds()
{
    QStringList kinds;
    for (const AuditKind &row : auditKinds()) {
        if (row.mailsCustomer)
            kinds.append(QString::fromLatin1(row.kind));
    }
    return kinds;
}

QStringList placeholders(const MailTemplate &mail)
{
    QList<MailText> texts = mail.subject + mail.preheader + mail.heading;
    for (const MailParagraph &paragraph : mail.paragraphs)
        texts += paragraph.text;
    for (const MailFact &fact : mail.facts)
        texts += fact.value;
    for (const MailButton &button : mail.buttons)
        texts += {button.text, button.url};
    QStringList names;
    for (const MailText &text : texts)
        names += text.params();
    names.removeDuplicates();
    return names;
}

} // namespace

class TstMailTemplates : public QObject {
    Q_OBJECT

    usecases::MailTemplates m_templates;

private slots:
    void initTestCase()
    {
        platform::initResources();
        const auto loaded = usecases::loadMailTemplates();
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : qPrintable(loaded.error().detail));
        m_templates = *loaded;
    }

    void mailedKindsAndTemplatesAreTheSame()
    {
        QCOMPARE(m_templates.kinds(), mailedKinds());
        for (const AuditKind &row : auditKinds()) {
            const QString kind = QString::fromLatin1(row.kind);
            QVERIFY2(row.mailsCustomer == (m_templates.find(kind) != nullptr), row.kind);
            QVERIFY2(row.mailsCustomer == QFile::exists(embedded + QStringLiteral("/kinds/%1.yaml").arg(kind)),
                     row.kind);
        }
        QVERIFY(!m_templates.find(QString(kinds::deployDeletionRequested)));
    }

    void samplesGiveEveryPlaceholder()
    {
        for (const QString &kind : m_templates.kinds()) {
            const MailTemplate &mail = *m_templates.find(kind);
            const auto params = usecases::buildMailParams(usecases::sampleMailEntry(mail));
            QVERIFY(params);
            QVERIFY2(placeholders(mail).size() > 0, qPrintable(kind));
            for (const QString &name : placeholders(mail))
                QVERIFY2(params->contains(name), qPrintable(kind + QLatin1Char(' ') + name));
        }
    }

    void samplesAreEntriesOfTheirKind()
    {
        for (const QString &kind : m_templates.kinds()) {
            const MailSample &sample = m_templates.find(kind)->sample;
            const QJsonObject metadata = QJsonDocument::fromJson(sample.metadata).object();
            QVERIFY2(!metadata.isEmpty() && !sample.summary.isEmpty(), qPrintable(kind));
            QStringList known;
            for (const char *key : findAuditKind(kind)->keys)
                known.append(QString::fromLatin1(key));
            // The worker writes the type into the column and, for some kinds, into the metadata too.
            for (const QString &key : metadata.keys())
                QVERIFY2(known.contains(key), qPrintable(kind + QLatin1Char(' ') + key));
        }
    }

    void sampleValuesKeepTheirType()
    {
        const auto metadata = [this](QLatin1StringView kind) {
            return QJsonDocument::fromJson(m_templates.find(kind)->sample.metadata).object();
        };
        QCOMPARE(metadata(kinds::subscriptionUpgraded).value(s("mrr")), QJsonValue(49));
        QCOMPARE(metadata(kinds::anonExpiryWarning).value(s("reminder_index")), QJsonValue(s("2")));
        QCOMPARE(metadata(kinds::subscriptionCanceledByAdmin).value(s("cancel_attempted")), QJsonValue(true));
        QCOMPARE(metadata(kinds::paymentGraceReminder).value(s("hours_remaining")), QJsonValue(65.8));
        QCOMPARE(metadata(kinds::digestWeekly).value(s("resource_breakdown")).toObject().value(s("redis")),
                 QJsonValue(2));
    }

    void aliasSaysTheSame()
    {
        MailTemplate imminent = *m_templates.find(kinds::resourceExpiryImminent);
        const MailTemplate &warning = *m_templates.find(kinds::anonExpiryWarning);
        QVERIFY(imminent.sample != warning.sample);
        imminent.sample = warning.sample;
        imminent.kind = warning.kind;
        QVERIFY(imminent == warning);
    }

    void rulesOfTheKinds()
    {
        const auto button = [this](QLatin1StringView kind, qsizetype index) {
            QString text;
            for (const MailPiece &piece : m_templates.find(kind)->buttons.value(index).url.pieces)
                text += piece.isParam ? QLatin1Char('{') + piece.text + QLatin1Char('}') : piece.text;
            return text;
        };
        QCOMPARE(button(kinds::subscriptionCanceled, 0), s("{dashboard_url}/pricing"));
        QCOMPARE(button(kinds::nearQuotaWall, 0), s("{dashboard_url}/pricing"));
        QCOMPARE(button(kinds::deployCreated, 0), s("{dashboard_url}"));
        QCOMPARE(button(kinds::deployHealthy, 0), s("{app_url}"));
        QCOMPARE(button(kinds::deployHealthy, 1), s("{dashboard_url}"));
        for (const MailText &subject : m_templates.find(kinds::deployCreated)->subject)
            QVERIFY(subject.params().isEmpty());
    }

    void copyOfTheFolderLoads()
    {
        const TemplateFolder folder;
        const auto loaded = usecases::loadMailTemplates(folder.path());
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : qPrintable(loaded.error().detail));
        QCOMPARE(loaded->kinds(), m_templates.kinds());
    }

    void mistakesAreRefused_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("mention");
        const auto row = [](const char *name, const char *file, const char *from, const char *to, int line,
                            const char *mention) {
            QTest::newRow(name) << s(file) << QByteArray(from) << QByteArray(to) << line << s(mention);
        };
        const char *created = "kinds/deploy.created.yaml";
        row("unknown placeholder", created, "{app_name}", "{app_nam}", 5, "did you mean 'app_name'");
        row("placeholder of another kind", created, "{env}", "{from_tier}", 11, "no param of deploy.created");
        row("open brace", created, "{env}", "{env", 11, "brace");
        row("closing brace", created, "{env}", "env}", 11, "brace");
        row("brace with a space", created, "{env}", "{ env }", 11, "brace");
        row("unknown key", created, "preheader:", "preheadr:", 2, "did you mean 'preheader'");
        row("key twice", created, "preheader:", "subject:", 2, "twice");
        row("unknown key of a fact", created, "  - label: Environment", "  - labl: Environment", 10, "'labl'");
        row("no subject", created, "subject: Your deployment has started\n", "", 1, "lacks the key 'subject'");
        row("empty subject", created, "subject: Your deployment has started", "subject:", 1, "has no value");
        row("no heading", created, "heading: Your deployment has started\n", "", 1, "lacks the key 'heading'");
        row("no sample", created, "\nsample:", "\nsampel:", 19, "'sampel'");
        row("subject that may be empty", created, "subject: Your deployment has started", "subject: \"{app_name}\"", 1,
            "last variant");
        row("mail that may be empty", created,
            ", We are building your app now.]\n  - You get another mail as soon as it is live, or if it fails.", "]", 5,
            "always");
        row("condition on nothing known", created, "  - label: App\n", "  - label: App\n    when: app_nmae\n", 9,
            "app_name");
        row("condition without a value", created, "  - label: App\n", "  - label: App\n    when: env=\n", 9,
            "no value");
        row("address of another kind", created, "url: \"{dashboard_url}\"", "url: \"ftp://x.example\"", 18, "https://");
        row("facts are no list", "kinds/deploy.deletion_cancelled.yaml",
            "facts:\n  - label: Deployment\n    value: \"{resource_id}\"", "facts: none", 7, "must be a list");
        row("not YAML", created, "facts:\n", "facts: [\n", 8, "");
        row("alias of nothing", "kinds/resource.expiry_imminent.yaml", "like: anon.expiry_warning",
            "like: anon.expiry_warnin", 1, "anon.expiry_warnin");
        row("alias of itself", "kinds/resource.expiry_imminent.yaml", "like: anon.expiry_warning",
            "like: resource.expiry_imminent", 1, "no other template");
        row("alias with texts", "kinds/resource.expiry_imminent.yaml", "sample:", "heading: x\nsample:", 2, "heading");
        row("section missing", "layout.txt", "<!-- section: button -->\n{{text}}:\n{{url}}\n", "", 1,
            "'button' is missing");
        row("section misspelt", "layout.txt", "section: fact -->", "section: fct -->", 17, "did you mean 'fact'");
        row("slot misspelt", "layout.txt", "{{content}}", "{{contents}}", 4, "did you mean 'content'");
        row("slot missing", "layout.txt", "{{content}}", "", 1, "lacks {{content}}");
        row("half a slot", "layout.txt", "{{content}}", "{{content}", 4, "brace");
    }
    void mistakesAreRefused()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(int, line);
        QFETCH(QString, mention);
        const TemplateFolder folder;
        QByteArray content = TemplateFolder::read(folder.file(file));
        const qsizetype at = content.indexOf(from);
        QVERIFY2(at >= 0, "the template does not contain what the test changes");
        content.replace(at, from.size(), to);
        folder.write(file, content);
        const auto loaded = usecases::loadMailTemplates(folder.path());
        QVERIFY(!loaded.ok());
        QCOMPARE(loaded.error().key, s("mail_template_invalid"));
        const QString where = QStringLiteral("%1:%2: ").arg(folder.file(file)).arg(line);
        QVERIFY2(loaded.error().detail.startsWith(where), qPrintable(loaded.error().detail));
        QVERIFY2(loaded.error().detail.contains(mention), qPrintable(loaded.error().detail));
    }

    void missingFilesAreNamed()
    {
        for (const char *name : {"layout.html", "layout.txt", "kinds/digest.weekly.yaml"}) {
            const TemplateFolder folder;
            QVERIFY(QFile::remove(folder.file(s(name))));
            const auto loaded = usecases::loadMailTemplates(folder.path());
            QVERIFY2(!loaded.ok(), name);
            QVERIFY2(loaded.error().detail.startsWith(folder.file(s(name)) + QStringLiteral(":1: ")),
                     qPrintable(loaded.error().detail));
        }
    }

    void surplusFilesAreNamed_data()
    {
        QTest::addColumn<QString>("mention");
        QTest::newRow("kinds/deploy.deletion_requested.yaml") << s("sends no mail");
        QTest::newRow("kinds/deploy.craeted.yaml") << s("did you mean 'deploy.created'");
        QTest::newRow("kinds/notes.txt") << s("no mailed kind");
    }
    void surplusFilesAreNamed()
    {
        QFETCH(QString, mention);
        const TemplateFolder folder;
        const QString name = s(QTest::currentDataTag());
        folder.write(name, "subject: x\n");
        const auto loaded = usecases::loadMailTemplates(folder.path());
        QVERIFY(!loaded.ok());
        QVERIFY2(loaded.error().detail.startsWith(folder.file(name) + QStringLiteral(":1: ")),
                 qPrintable(loaded.error().detail));
        QVERIFY2(loaded.error().detail.contains(mention), qPrintable(loaded.error().detail));
    }

    void variantsAndConditions()
    {
        const auto text = [](const char *written) { return parseMailText(s(written), MailSyntax::Param).text; };
        const MailVariants variants{text("{a} and {b}"), text("{a}"), text("none")};
        QCOMPARE(fittingVariant(variants, {{s("a"), s("1")}, {s("b"), s("2")}}), &variants[0]);
        QCOMPARE(fittingVariant(variants, {{s("a"), s("1")}, {s("b"), QString()}}), &variants[1]);
        QCOMPARE(fittingVariant(variants, {}), &variants[2]);
        QCOMPARE(fittingVariant({variants[0]}, {}), nullptr);
        const MailParams params{{s("a"), s("1")}};
        const MailCondition hasA{s("a"), {}}, isA2{s("a"), s("2")}, isA1{s("a"), s("1")}, hasB{s("b"), {}};
        QVERIFY((MailConditions{{hasA, isA1}, {isA2, hasB}}.hold(params)));
        QVERIFY((!MailConditions{{hasA, isA2}, {}}.hold(params)));
        QVERIFY((!MailConditions{{}, {hasB, hasA}}.hold(params)));
        QVERIFY(MailConditions{}.hold({}));
        QCOMPARE(parseMailText(s("a {{b}} { c }"), MailSyntax::Slot).text.params(), QStringList{s("b")});
        QCOMPARE(parseMailText(s("x {Big}"), MailSyntax::Param).badAt, 2);
        QCOMPARE(parseMailText(s("x {a"), MailSyntax::Param).badAt, 2);
        QCOMPARE(parseMailText(s("{"), MailSyntax::Param).badAt, 0);
    }
};

REGISTER_SUITE(mail_templates, TstMailTemplates)
#include "tst_mail_templates.moc"
