#include "services/providers/mime_message.h"
#include "services/providers/smtp_provider.h"
#include "tests/support/test_main.h"

#include <QRegularExpression>
#include <QTest>

using namespace providers;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

MimeMessage sample()
{
    return {.from = s("noreply@instanode.dev"),
            .fromName = s("instanode"),
            .to = s("mira@example.dev"),
            .subject = s("Your deploy is live"),
            .html = s("<p>Live</p>"),
            .text = s("Live"),
            .messageId = "<abc@instanode.dev>",
            .date = QDateTime(QDate(2026, 3, 10), QTime(10, 20, 30), Qt::UTC)};
}

QByteArray head(const QByteArray &mail)
{
    return mail.first(mail.indexOf("\r\n\r\n") + 2);
}

/// The value of a header with its folding taken out; "missing" when it is not there exactly once.
QByteArray header(const QByteArray &mail, const QByteArray &name)
{
    QByteArray unfolded = "\r\n" + head(mail);
    unfolded.replace("\r\n ", " ");
    const QByteArray start = "\r\n" + name + ": ";
    if (unfolded.count(start) != 1)
        return "missing";
    const qsizetype from = unfolded.indexOf(start) + start.size();
    return unfolded.mid(from, unfolded.indexOf("\r\n", from) - from);
}

/// RFC 2047 words back to text.
QString decodedWords(const QByteArray &value)
{
    QByteArray bytes;
    for (const QByteArray &word : value.split(' ')) {
        if (!word.startsWith("=?UTF-8?B?") || !word.endsWith("?=") || word.size() > 75)
            return s("not an encoded word: ") + QString::fromLatin1(word);
        bytes += QByteArray::fromBase64(word.mid(10, word.size() - 12));
    }
    return QString::fromUtf8(bytes);
}

QByteArray decodedQuotedPrintable(QByteArray text)
{
    text.replace("=\r\n", "");
    QByteArray bytes;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == '=') {
            bytes += QByteArray::fromHex(text.mid(i + 1, 2));
            i += 2;
        } else {
            bytes += text.at(i);
        }
    }
    return bytes;
}

/// The bodies of a multipart/alternative, decoded.
QList<QByteArray> parts(const QByteArray &mail)
{
    static const QRegularExpression boundary(s("boundary=\"([^\"]+)\""));
    const QByteArray line = "--" + boundary.match(QString::fromLatin1(mail)).captured(1).toLatin1();
    QList<QByteArray> found;
    qsizetype at = mail.indexOf("\r\n" + line + "\r\n");
    while (at >= 0) {
        const qsizetype body = mail.indexOf("\r\n\r\n", at + 2) + 4;
        const qsizetype end = mail.indexOf("\r\n" + line, body - 2);
        found.append(decodedQuotedPrintable(mail.mid(body, end + 2 - body)));
        at = mail.mid(end + 2 + line.size(), 2) == "--" ? -1 : end;
    }
    return found;
}

} // namespace

class TstMimeMessage : public QObject {
    Q_OBJECT
private slots:
    void aPlainMail()
    {
        const QByteArray mail = mimeBytes(sample());
        QCOMPARE(header(mail, "Date"), QByteArray("10 Mar 2026 10:20:30 +0000"));
        QCOMPARE(header(mail, "From"), QByteArray("\"instanode\" <noreply@instanode.dev>"));
        QCOMPARE(header(mail, "To"), QByteArray("<mira@example.dev>"));
        QCOMPARE(header(mail, "Subject"), QByteArray("Your deploy is live"));
        QCOMPARE(header(mail, "Message-ID"), QByteArray("<abc@instanode.dev>"));
        QCOMPARE(header(mail, "MIME-Version"), QByteArray("1.0"));
        QVERIFY(header(mail, "Content-Type").startsWith("multipart/alternative;"));
        QCOMPARE(parts(mail), QList<QByteArray>({"Live\r\n", "<p>Live</p>\r\n"}));
        QVERIFY(mail.endsWith("--\r\n"));
    }

    void oneTextMakesOnePart()
    {
        MimeMessage message = sample();
        message.text.clear();
        QByteArray mail = mimeBytes(message);
        QCOMPARE(header(mail, "Content-Type"), QByteArray("text/html; charset=utf-8"));
        QVERIFY(mail.endsWith("\r\n\r\n<p>Live</p>\r\n"));
        message = sample();
        message.html.clear();
        mail = mimeBytes(message);
        QCOMPARE(header(mail, "Content-Type"), QByteArray("text/plain; charset=utf-8"));
    }

    void subjectsSurvive_data()
    {
        QTest::addColumn<QString>("subject");
        for (const char *subject :
             {"Zahlung überfällig",
              "日本語の件名がここに入りますので少し長くなりますがそれでも正しく折り返される必要があります",
              "=?utf-8?q?fake?=", "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀",
              "a rather long but plain subject that would not fit into one line of seventy-six characters at all"})
            QTest::addRow("%s", QByteArray(subject).left(20).toHex().constData()) << s(subject);
    }
    void subjectsSurvive()
    {
        QFETCH(QString, subject);
        MimeMessage message = sample();
        message.subject = subject;
        message.fromName = subject;
        const QByteArray mail = mimeBytes(message);
        QCOMPARE(decodedWords(header(mail, "Subject")), subject);
        const QByteArray from = header(mail, "From");
        QCOMPARE(decodedWords(from.first(from.lastIndexOf(' '))), subject);
        for (const QByteArray &line : head(mail).split('\n'))
            QVERIFY2(line.size() <= 100, line.constData());
    }

    void textsSurvive_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); ///< with CRLF
        QTest::addRow("line ends") << s("a\nb\r\nc\rd\n") << s("a\r\nb\r\nc\r\nd\r\n");
        QTest::addRow("no line end") << s("a") << s("a\r\n");
        QTest::addRow("dots") << s(".\n..\n.a\n") << s(".\r\n..\r\n.a\r\n");
        QTest::addRow("blanks at the end") << s("a \nb\t\n \nc ") << s("a \r\nb\t\r\n \r\nc \r\n");
        QTest::addRow("equals") << s("a=b =3D ==\n") << s("a=b =3D ==\r\n");
        QTest::addRow("umlauts and more") << s("Grüße — 日本 🚀\n") << s("Grüße — 日本 🚀\r\n");
        const QString wide = s("0123456789ü").repeated(200);
        QTest::addRow("long") << wide << wide + s("\r\n");
        QTest::addRow("control") << QString(QChar(0)) + QChar(7) + s("x\n")
                                 << QString(QChar(0)) + QChar(7) + s("x\r\n");
    }
    void textsSurvive()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        MimeMessage message = sample();
        message.text = text;
        message.html = text;
        const QByteArray mail = mimeBytes(message);
        QCOMPARE(parts(mail), QList<QByteArray>(2, expected.toUtf8()));
        for (const QByteArray &line : mail.split('\n')) {
            QVERIFY2(line.size() <= 78, line.constData());
            QVERIFY2(line.isEmpty() || line.endsWith('\r'), line.constData());
        }
        const QByteArray body = mail.sliced(mail.indexOf("\r\n\r\n"));
        QVERIFY(std::all_of(body.begin(), body.end(),
                            [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\r' || c == '\n' || c == '\t'; }));
    }

    void nothingAddsAHeader_data()
    {
        QTest::addColumn<QString>("poison");
        QTest::addRow("crlf") << s("Hi\r\nBcc: victim@example.org");
        QTest::addRow("lf") << s("Hi\nBcc: victim@example.org");
        QTest::addRow("cr") << s("Hi\rBcc: victim@example.org");
        QTest::addRow("body") << s("Hi\r\n\r\nother body");
        QTest::addRow("nul") << s("Hi") + QChar(0) + s("\nBcc: victim@example.org");
        QTest::addRow("line separators") << s("Hi") + QChar(0x2028) + QChar(0x2029) + QChar(0x85) +
                                                s("Bcc: v@example.org");
        QTest::addRow("folding") << s("Hi\r\n Bcc: victim@example.org");
        QTest::addRow("quotes") << s("Hi\" <evil@example.org>, \"\r\nBcc: v@example.org");
    }
    void nothingAddsAHeader()
    {
        QFETCH(QString, poison);
        MimeMessage message = sample();
        message.subject = poison;
        message.fromName = poison;
        message.to = poison;
        message.from = poison;
        const QByteArray mail = mimeBytes(message);
        QStringList names;
        for (const QByteArray &line : head(mail).split('\n')) {
            if (!line.trimmed().isEmpty() && !line.startsWith(' '))
                names.append(QString::fromLatin1(line.first(line.indexOf(':'))));
        }
        QCOMPARE(names.join(QLatin1Char(' ')),
                 s("Date From To Subject Message-ID Auto-Submitted MIME-Version Content-Type"));
        QCOMPARE(parts(mail).size(), 2);
    }

    void namesAreQuoted()
    {
        MimeMessage message = sample();
        message.fromName = s("Ops \"on\\call\", Inc.");
        QCOMPARE(header(mimeBytes(message), "From"),
                 QByteArray("\"Ops \\\"on\\\\call\\\", Inc.\" <noreply@instanode.dev>"));
    }

    void serversFromUrls()
    {
        const auto plain = SmtpServer::parse(s("smtp://mail.example.com"));
        QVERIFY(plain.ok());
        QCOMPARE(
            *plain,
            (SmtpServer{.implicitTls = false, .host = s("mail.example.com"), .port = 587, .user = {}, .password = {}}));
        const auto full = SmtpServer::parse(s(" smtps://mira%40x.dev:p%3Aw%2F%25@[::1]:2465/ "));
        QVERIFY(full.ok());
        QCOMPARE(
            *full,
            (SmtpServer{
                .implicitTls = true, .host = s("::1"), .port = 2465, .user = s("mira@x.dev"), .password = s("p:w/%")}));
        QCOMPARE(SmtpServer::parse(s("smtps://h"))->port, 465);
        for (const char *bad :
             {"", "mail.example.com", "http://h", "smtp://", "smtp://u:hunter2@", "smtp://u@h", "smtp://:hunter2@h",
              "smtp://h/path", "smtp://h?x=hunter2", "smtp://h#hunter2", "smtp://u:hunter2 x@h", "smtp://h:99999"}) {
            const auto server = SmtpServer::parse(s(bad));
            QVERIFY2(!server.ok(), bad);
            QCOMPARE(server.error().key, s("invalid_smtp_url"));
            QVERIFY2(!server.error().detail.contains(s("hunter2")), bad);
        }
    }
};

REGISTER_SUITE(mime_message, TstMimeMessage)
#include "tst_mime_message.moc"
