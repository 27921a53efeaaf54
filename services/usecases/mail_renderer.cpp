#include "services/usecases/mail_renderer.h"

#include "models/domain/suggest.h"
#include "services/usecases/mail_words.h"

#include <QUrl>

#include <functional>
#include <optional>

namespace usecases {
namespace {

using domain::MailParams;
using domain::MailSkeleton;
using domain::MailText;
using domain::Result;

constexpr int maxSubject = 150;

/// What a mail says, before it is put into one of the two frames. Plain text.
struct Content {
    QString subject, preheader, heading;
    QStringList paragraphs;
    QList<std::pair<QString, QString>> facts;
    std::optional<std::pair<QString, QString>> button; ///< text, address
};

QString expand(const MailText &text, const std::function<QString(const QString &, qsizetype)> &valueOf)
{
    QString result;
    for (qsizetype i = 0; i < text.pieces.size(); ++i) {
        const domain::MailPiece &piece = text.pieces[i];
        result += piece.isParam ? valueOf(piece.text, i) : piece.text;
    }
    return result;
}

QString sentence(const MailText &text, const MailParams &params)
{
    return words::clean(expand(text, [&params](const QString &name, qsizetype) { return params.value(name); }), 2000);
}

QString sentence(const domain::MailVariants &variants, const MailParams &params)
{
    const MailText *text = domain::fittingVariant(variants, params);
    return text ? sentence(*text, params) : QString();
}

/// Empty unless it is a link that may be clicked.
QString address(const MailText &text, const MailParams &params)
{
    return words::url(expand(text, [&params](const QString &name, qsizetype position) {
        const QString value = params.value(name);
        return position == 0 ? value : QString::fromLatin1(QUrl::toPercentEncoding(value));
    }));
}

Content contentOf(const domain::MailTemplate &mail, const MailParams &params)
{
    Content content;
    content.subject = words::clean(sentence(mail.subject, params), maxSubject);
    content.preheader = sentence(mail.preheader, params);
    content.heading = sentence(mail.heading, params);
    for (const domain::MailParagraph &paragraph : mail.paragraphs) {
        const QString text = paragraph.conditions.hold(params) ? sentence(paragraph.text, params) : QString();
        if (!text.isEmpty())
            content.paragraphs.append(text);
    }
    for (const domain::MailFact &fact : mail.facts) {
        const QString value = fact.conditions.hold(params) ? sentence(fact.value, params) : QString();
        if (!value.isEmpty())
            content.facts.append({fact.label, value});
    }
    for (const domain::MailButton &button : mail.buttons) {
        if (!button.conditions.hold(params) || !button.text.fits(params) || !button.url.fits(params))
            continue;
        if (const QString target = address(button.url, params); !target.isEmpty()) {
            content.button = {sentence(button.text, params), target};
            break;
        }
    }
    return content;
}

using Slots = QHash<QString, QString>;

QString fill(const MailText &frame, const Slots &values)
{
    return expand(frame, [&values](const QString &slot, qsizetype) { return values.value(slot); });
}

/// How one of the two parts treats plain text.
struct PartStyle {
    QString (*text)(const QString &);            ///< a sentence or an address
    QString (*fact)(const QString &filled);      ///< a filled row
    QString (*paragraph)(const QString &filled); ///< a filled paragraph
    QString between;                             ///< blocks
    const MailSkeleton &frame;
};

QString part(const Content &content, const MailParams &params, const PartStyle &style)
{
    QStringList blocks;
    for (const QString &text : content.paragraphs)
        blocks.append(style.paragraph(fill(style.frame.paragraph, {{QStringLiteral("text"), style.text(text)}})));
    if (!content.facts.isEmpty()) {
        QStringList rows;
        for (const auto &[label, value] : content.facts)
            rows.append(style.fact(fill(style.frame.fact, {{QStringLiteral("label"), style.text(label)},
                                                           {QStringLiteral("value"), style.text(value)}})));
        blocks.append(fill(style.frame.facts, {{QStringLiteral("rows"), rows.join(QLatin1Char('\n'))}}));
    }
    if (content.button)
        blocks.append(fill(style.frame.button, {{QStringLiteral("text"), style.text(content.button->first)},
                                                {QStringLiteral("url"), style.text(content.button->second)}}));
    return fill(style.frame.page, {{QStringLiteral("subject"), style.text(content.subject)},
                                   {QStringLiteral("preheader"), style.text(content.preheader)},
                                   {QStringLiteral("heading"), style.paragraph(style.text(content.heading))},
                                   {QStringLiteral("content"), blocks.join(style.between)},
                                   {QStringLiteral("dashboard_url"),
                                    style.text(dashboardUrlOr(params.value(QStringLiteral("dashboard_url"))))}}) +
           QLatin1Char('\n');
}

QString same(const QString &text)
{
    return text;
}
QString escaped(const QString &text)
{
    return text.toHtmlEscaped();
}
QString wrapped(const QString &text)
{
    return wrapText(text);
}
QString wrappedRow(const QString &text)
{
    return wrapText(text, 78, 2);
}

domain::Error noTemplate(const MailTemplates &templates, const QString &kind)
{
    QString detail = QStringLiteral("there is no mail of the kind '%1'").arg(kind);
    if (const QString closest = domain::closestWord(kind, templates.kinds()); !closest.isEmpty())
        detail += QStringLiteral("; did you mean '%1'?").arg(closest);
    return domain::makeError(domain::ErrorCode::NotFound, QStringLiteral("template_not_found"), detail);
}

} // namespace

Result<OutgoingMail> renderMail(const MailTemplates &templates, const QString &kind, const MailParams &params)
{
    const domain::MailTemplate *mail = templates.find(kind);
    if (!mail)
        return noTemplate(templates, kind);
    const Content content = contentOf(*mail, params);
    OutgoingMail result;
    result.kind = kind;
    result.subject = content.subject;
    result.html = part(content, params, {escaped, same, same, QStringLiteral("\n"), templates.layout().html});
    result.text = part(content, params, {same, wrappedRow, wrapped, QStringLiteral("\n\n"), templates.layout().text});
    return result;
}

Result<OutgoingMail> renderMailOf(const MailTemplates &templates, const domain::AuditEntry &entry,
                                  const QString &dashboardUrl)
{
    const auto params = buildMailParams(entry, dashboardUrl);
    if (!params)
        return noTemplate(templates, entry.kind);
    return renderMail(templates, entry.kind, *params);
}

domain::AuditEntry sampleMailEntry(const domain::MailTemplate &mail)
{
    domain::AuditEntry entry;
    entry.id = domain::AuditId{QUuid(QStringLiteral("5a1c0d4e-7b39-4f62-9c15-2e8d6fb0a471"))};
    entry.team = domain::TeamId{QUuid(QStringLiteral("c4b7e2f1-0d68-4a93-b5e4-91f3a7d2c608"))};
    entry.actor = QStringLiteral("system");
    entry.kind = mail.kind;
    entry.resourceType = mail.sample.resourceType;
    entry.summary = mail.sample.summary;
    entry.metadata = mail.sample.metadata;
    entry.createdAt = QDateTime(QDate(2026, 11, 20), QTime(9, 14), Qt::UTC);
    return entry;
}

Result<OutgoingMail> previewMail(const MailTemplates &templates, const QString &kind, const QString &dashboardUrl)
{
    const domain::MailTemplate *mail = templates.find(kind);
    if (!mail)
        return noTemplate(templates, kind);
    return renderMailOf(templates, sampleMailEntry(*mail), dashboardUrl);
}

QString wrapText(const QString &text, int width, int indent)
{
    QString result;
    qsizetype column = 0;
    for (const QString &word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (column > 0 && column + 1 + word.size() > width) {
            result += QLatin1Char('\n') + QString(indent, QLatin1Char(' '));
            column = indent;
        } else if (column > 0) {
            result += QLatin1Char(' ');
            ++column;
        }
        result += word;
        column += word.size();
    }
    return result;
}

} // namespace usecases
