#include "app/bootstrap/database.h"
#include "app/commands/all.h"
#include "app/commands/command.h"
#include "services/usecases/mail_renderer.h"

#include <QCommandLineParser>
#include <QDir>
#include <QSaveFile>

namespace commands {

namespace {

struct PreviewRequest {
    QStringList kinds;
    QStringList formats; ///< `html`, `text`
    QString folder;      ///< empty: to standard output
};

QString bodyOf(const usecases::OutgoingMail &mail, const QString &format)
{
    return format == QLatin1StringView("html") ? mail.html : mail.text;
}

/// What is wrong with it; empty = written.
QString write(const QString &path, const QString &body)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(body.toUtf8()) >= 0 && file.commit())
        return {};
    return QStringLiteral("cannot write %1: %2").arg(path, file.errorString());
}

int show(const usecases::MailTemplates &templates, const PreviewRequest &request)
{
    if (!request.folder.isEmpty() && !QDir().mkpath(request.folder)) {
        printError(QStringLiteral("cannot make the folder ") + request.folder);
        return 1;
    }
    for (const QString &kind : request.kinds) {
        const auto mail = usecases::previewMail(templates, kind);
        if (!mail) {
            printError(bootstrap::explain(mail.error()));
            return 1;
        }
        for (const QString &format : request.formats) {
            if (request.folder.isEmpty()) {
                if (request.kinds.size() > 1 || format == QLatin1StringView("text"))
                    printLine(QStringLiteral("[%1] Subject: %2\n").arg(kind, mail->subject));
                printLine(bodyOf(*mail, format));
                continue;
            }
            const QString suffix = format == QLatin1StringView("html") ? QStringLiteral("html") : QStringLiteral("txt");
            const QString path = QDir(request.folder).filePath(kind + QLatin1Char('.') + suffix);
            if (const QString wrong = write(path, bodyOf(*mail, format)); !wrong.isEmpty()) {
                printError(wrong);
                return 1;
            }
        }
    }
    if (!request.folder.isEmpty())
        printLine(QStringLiteral("%1 mails in %2").arg(request.kinds.size()).arg(request.folder));
    return 0;
}

void listKinds(const usecases::MailTemplates &templates)
{
    for (const QString &kind : templates.kinds()) {
        const auto mail = usecases::previewMail(templates, kind);
        printLine(QStringLiteral("%1 %2").arg(kind, -30).arg(mail ? mail->subject : QString()));
    }
}

int usage(const QString &what)
{
    printError(what);
    return 2;
}

} // namespace

int runEmailPreview(QCoreApplication &, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addPositionalArgument(QStringLiteral("kind"),
                                 QStringLiteral("The audit kind; without one the kinds and subjects are listed."));
    parser.addOption({QStringLiteral("all"), QStringLiteral("Every kind.")});
    parser.addOption({QStringLiteral("format"),
                      QStringLiteral("html or text; default: text, or both when they go to a folder."),
                      QStringLiteral("format")});
    parser.addOption({QStringLiteral("out"), QStringLiteral("Writes KIND.html and KIND.txt there; made when missing."),
                      QStringLiteral("dir")});
    int exitCode = 0;
    if (!parse(parser, "email-preview", arguments, exitCode))
        return exitCode;
    const QStringList named = parser.positionalArguments();
    const bool all = parser.isSet(QStringLiteral("all"));
    if (named.size() > 1 || (all && !named.isEmpty()))
        return usage(QStringLiteral("email-preview takes one kind, or --all"));
    PreviewRequest request;
    request.folder = parser.value(QStringLiteral("out"));
    if (parser.isSet(QStringLiteral("out")) && request.folder.isEmpty())
        return usage(QStringLiteral("--out needs a folder"));
    const QString format = parser.value(QStringLiteral("format"));
    if (parser.isSet(QStringLiteral("format")) && format != QLatin1StringView("html") &&
        format != QLatin1StringView("text"))
        return usage(QStringLiteral("--format is html or text, not '%1'").arg(format));
    if (!format.isEmpty())
        request.formats = {format};
    else if (request.folder.isEmpty())
        request.formats = {QStringLiteral("text")};
    else
        request.formats = {QStringLiteral("html"), QStringLiteral("text")};

    const auto templates = usecases::loadMailTemplates();
    if (!templates) {
        printError(bootstrap::explain(templates.error()));
        return 1;
    }
    if (named.isEmpty() && !all) {
        if (!request.folder.isEmpty() || !format.isEmpty())
            return usage(QStringLiteral("which mail? name a kind, or say --all"));
        listKinds(*templates);
        return 0;
    }
    if (!all && !templates->find(named.constFirst()))
        return usage(usecases::previewMail(*templates, named.constFirst()).error().detail);
    request.kinds = all ? templates->kinds() : named;
    return show(*templates, request);
}

} // namespace commands
