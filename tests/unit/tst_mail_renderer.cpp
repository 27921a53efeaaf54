#include "models/domain/audit_kind_names.h"
#include "services/platform/resources.h"
#include "services/usecases/mail_renderer.h"
#include "tests/support/test_main.h"

#include <QRegularExpression>
#include <QTest>

using domain::MailParams;
using usecases::OutgoingMail;
namespace kinds = domain::kinds;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QStringList hrefs(const QString &html)
{
    QStringList found;
    static const QRegularExpression attribute(s("href=\"([^\"]*)\""));
    for (auto it = attribute.globalMatch(html); it.hasNext();)
        found.append(it.next().captured(1));
    return found;
}

/// The HTML with every tag and comment replaced: what is left is what a reader sees, still escaped.
QStringList tagsOf(const QString &html)
{
    QStringList found;
    static const QRegularExpression tag(s("<[^>]*>"));
    for (auto it = tag.globalMatch(html); it.hasNext();)
        found.append(it.next().captured(0));
    return found;
}

/// JSON with single quotes.
QByteArray j(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

} // namespace

class TstMailRenderer : public QObject {
    Q_OBJECT

    usecases::MailTemplates m_templates;

    OutgoingMail preview(const QString &kind) const
    {
        const auto mail = usecases::previewMail(m_templates, kind);
        if (!mail)
            qFatal("%s", qPrintable(mail.error().detail));
        return *mail;
    }
    OutgoingMail told(QLatin1StringView kind, const QByteArray &metadata) const
    {
        domain::AuditEntry entry = usecases::sampleMailEntry(*m_templates.find(kind));
        entry.metadata = metadata;
        entry.resourceType.clear();
        return *usecases::renderMailOf(m_templates, entry);
    }

private slots:
    void initTestCase()
    {
        platform::initResources();
        const auto loaded = usecases::loadMailTemplates();
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : qPrintable(loaded.error().detail));
        m_templates = *loaded;
    }

    void everyKindGivesAWholeMail()
    {
        for (const QString &kind : m_templates.kinds()) {
            const OutgoingMail mail = preview(kind);
            QCOMPARE(mail.kind, kind);
            QVERIFY(mail.recipient.isEmpty() && mail.idempotencyKey.isEmpty());
            QVERIFY2(mail.subject.size() >= 10 && mail.subject.size() <= 80, qPrintable(mail.subject));
            QVERIFY(!mail.subject.contains(QLatin1Char('\n')) && mail.subject == mail.subject.simplified());
            QVERIFY(mail.html.startsWith(s("<!DOCTYPE html>")) && mail.html.contains(s("</html>")));
            QVERIFY(mail.html.contains(s("<title>%1</title>").arg(mail.subject.toHtmlEscaped())));
            QVERIFY2(mail.html.toUtf8().size() < 50'000, "clients cut a mail over 100 KB");
            for (const QString &part : {mail.html, mail.text}) {
                QVERIFY2(!part.contains(s("{{")) && !part.contains(s("}}")), qPrintable(part));
                QVERIFY(part.contains(s("https://instanode.dev")));
            }
            QVERIFY2(!mail.text.contains(QLatin1Char('{')), qPrintable(mail.text));
        }
    }

    /// Without metadata, team and summary there is still a mail, and nothing in it is blank.
    void nothingKnownIsStillAMail()
    {
        for (const QString &kind : m_templates.kinds()) {
            domain::AuditEntry entry;
            entry.kind = kind;
            entry.metadata = "not json";
            const auto mail = usecases::renderMailOf(m_templates, entry);
            QVERIFY(mail.ok());
            QVERIFY2(mail->subject.size() >= 10, qPrintable(mail->subject));
            QVERIFY2(!mail->subject.contains(s(" ,")) && !mail->subject.endsWith(QLatin1Char(':')),
                     qPrintable(mail->subject));
            QVERIFY2(!mail->text.contains(QRegularExpression(s("(?m)^- [^:]+: *$"))), qPrintable(mail->text));
            QVERIFY2(mail->text.count(QLatin1Char('\n')) > 6, qPrintable(mail->text));
            QVERIFY2(!mail->text.contains(QRegularExpression(s("  |\\( *\\)| \\."))), qPrintable(mail->text));
        }
    }

    /// The property: whatever a param holds, the HTML has no other tag, attribute or link than the template's own.
    void everyParamIsEscaped()
    {
        const QString evil = s("<script>alert('x')</script> & \"quoted\" <img src=x onerror=y>");
        int inserted = 0;
        for (const QString &kind : m_templates.kinds()) {
            const QStringList names = usecases::mailParamNames(kind).all;
            MailParams harmless;
            for (const QString &name : names)
                harmless.insert(name, name.endsWith(s("_url")) ? s("https://instanode.dev") : s("harmless"));
            const OutgoingMail plain = *usecases::renderMail(m_templates, kind, harmless);
            for (const QString &name : names) {
                MailParams params = harmless;
                if (!name.endsWith(s("_url")))
                    params.insert(name, evil);
                const OutgoingMail mail = *usecases::renderMail(m_templates, kind, params);
                QCOMPARE(tagsOf(mail.html), tagsOf(plain.html));
                QVERIFY(!mail.html.contains(s("<script")) && !mail.html.contains(s("<img src=x")));
                static const QRegularExpression loneAmpersand(s("&(?!amp;|lt;|gt;|quot;|nbsp;|#39;)"));
                QVERIFY2(!mail.html.contains(loneAmpersand), qPrintable(kind + QLatin1Char(' ') + name));
                inserted += mail.html.contains(evil.toHtmlEscaped());
                if (mail.text != plain.text)
                    QVERIFY(mail.text.simplified().contains(s("<script>alert('x')</script> & \"quoted\"")));
            }
        }
        QVERIFY(inserted > 40);
    }

    void onlyWebAddressesBecomeLinks()
    {
        for (const char *wrong : {"javascript:alert(1)", "data:text/html,<script>", "https://x.example/\" onclick=\"y",
                                  "//x.example", "https://user:pw@x.example", " ", "vbscript:x"}) {
            for (const QString &kind : m_templates.kinds()) {
                MailParams params;
                for (const QString &name : usecases::mailParamNames(kind).all)
                    params.insert(name, s(wrong));
                const OutgoingMail mail = *usecases::renderMail(m_templates, kind, params);
                for (const QString &href : hrefs(mail.html))
                    QCOMPARE(href, s("https://instanode.dev")); // the footer's own
                QVERIFY(!mail.html.contains(s("onclick=\"y")));
            }
        }
    }

    void valuesInsideAddressesAreEncoded()
    {
        domain::MailTemplate mail = *m_templates.find(kinds::deployCreated);
        mail.buttons.first().url =
            domain::parseMailText(s("{dashboard_url}/app/{deploy_id}"), domain::MailSyntax::Param).text;
        const usecases::MailTemplates templates(m_templates.layout(), {mail});
        const auto made = usecases::renderMail(
            templates, mail.kind,
            {{s("dashboard_url"), s("https://instanode.dev")}, {s("deploy_id"), s("../a?b=\"c\"&d")}});
        QCOMPARE(hrefs(made->html).first(), s("https://instanode.dev/app/..%2Fa%3Fb%3D%22c%22%26d"));
    }

    void theFirstButtonThatFitsIsShown()
    {
        QCOMPARE(hrefs(told(kinds::deployHealthy, j("{'app_url': 'https://a.example/?x=1&y=2'}")).html).first(),
                 s("https://a.example/?x=1&amp;y=2"));
        QCOMPARE(hrefs(told(kinds::deployHealthy, j("{'app_url': 'ftp://a.example'}")).html).first(),
                 s("https://instanode.dev"));
        QVERIFY(told(kinds::deployHealthy, "{}").html.contains(s("Open your dashboard")));
        const OutgoingMail created = told(kinds::deployCreated, j("{'app_name': 'a', 'app_url': 'https://a.example'}"));
        QVERIFY(!created.html.contains(s("a.example")) && !created.text.contains(s("a.example")));
        QVERIFY(!created.subject.contains(s("a.example")));
    }

    void subjectsCannotCarryHeaders()
    {
        for (const QString &kind : m_templates.kinds()) {
            MailParams params;
            for (const QString &name : usecases::mailParamNames(kind).all)
                params.insert(name, s("x\r\nBcc: all@example.dev\r\n\r\n") + QString(400, u'y'));
            const OutgoingMail mail = *usecases::renderMail(m_templates, kind, params);
            QVERIFY(!mail.subject.isEmpty() && mail.subject.size() <= 150);
            for (const QChar c : mail.subject)
                QVERIFY2(c.isPrint(), qPrintable(mail.subject));
        }
    }

    void textPartIsPlainAndNarrow()
    {
        for (const QString &kind : m_templates.kinds()) {
            const QString text = preview(kind).text;
            QVERIFY2(!text.contains(QRegularExpression(s("</?[a-zA-Z!]|&[a-z]+;"))), qPrintable(text));
            for (const QString &line : text.split(QLatin1Char('\n'))) {
                QVERIFY2(line.size() <= 78 || line.startsWith(s("https://")), qPrintable(line));
                QVERIFY2(line == line.trimmed() || line.startsWith(s("  ")), qPrintable(line));
            }
        }
    }

    /// Both parts come from one source: every sentence, fact and link of the text is in the HTML.
    void bothPartsSayTheSame()
    {
        for (const QString &kind : m_templates.kinds()) {
            const OutgoingMail mail = preview(kind);
            QString html = mail.html.mid(mail.html.indexOf(s("<body")));
            html.replace(QRegularExpression(s("<[^>]*>")), s(" "));
            html.replace(s("&quot;"), s("\"")).replace(s("&lt;"), s("<")).replace(s("&gt;"), s(">"));
            html.replace(s("&nbsp;"), s(" ")).replace(s("&amp;"), s("&"));
            html = html.simplified();
            for (const QString &block : mail.text.split(s("\n\n"))) {
                if (block.startsWith(s("--")) || block.contains(s("https://")) || block.startsWith(s("- ")))
                    continue;
                QVERIFY2(html.contains(block.simplified()), qPrintable(kind + s(": ") + block));
            }
        }
    }

    void unknownKindsAreNotFound()
    {
        const auto mail = usecases::previewMail(m_templates, s("deploy.craeted"));
        QVERIFY(!mail.ok());
        QCOMPARE(mail.error().code, domain::ErrorCode::NotFound);
        QCOMPARE(mail.error().key, s("template_not_found"));
        QVERIFY(mail.error().detail.contains(s("'deploy.created'")));
        QVERIFY(!usecases::renderMail(m_templates, QString(kinds::deployDeletionRequested), {}).ok());
    }

    void cancellationsByTheTeamSayWhatIsTrue()
    {
        const auto text = [this](const QByteArray &metadata) {
            return told(kinds::subscriptionCanceledByAdmin, metadata).text.simplified();
        };
        QVERIFY(text(j("{'cancel_attempted': true, 'cancel_succeeded': true}")).contains(s("will not be charged")));
        const QString pending = text(j("{'cancel_attempted': true, 'cancel_succeeded': false}"));
        QVERIFY(!pending.contains(s("will not be charged")) && pending.contains(s("waiting for the confirmation")));
        const QString none = text(j("{'cancel_attempted': false, 'cancel_succeeded': false}"));
        QVERIFY(!none.contains(s("will not be charged")) && !none.contains(s("waiting for the confirmation")));
        QVERIFY(none.contains(s("support team")));
    }

    void linesAreWrapped()
    {
        QCOMPARE(usecases::wrapText(s("aa bb cc"), 5), s("aa bb\ncc"));
        QCOMPARE(usecases::wrapText(s("aa bb cc"), 5, 2), s("aa bb\n  cc"));
        QCOMPARE(usecases::wrapText(s("a https://long.example/x b"), 5), s("a\nhttps://long.example/x\nb"));
        QCOMPARE(usecases::wrapText(QString(), 5), QString());
    }
};

REGISTER_SUITE(mail_renderer, TstMailRenderer)
#include "tst_mail_renderer.moc"
