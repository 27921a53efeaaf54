#include "services/platform/mail_layout_reader.h"

#include "models/domain/suggest.h"

#include <QHash>

#include <algorithm>
#include <array>

namespace platform {
namespace {

using domain::MailSkeleton;
using domain::MailText;
using domain::Result;

struct SectionRule {
    const char *name;
    MailText MailSkeleton::*member;
    std::initializer_list<const char *> required, optional;
};

const std::array<SectionRule, 5> &sectionRules()
{
    static const std::array<SectionRule, 5> rules{{
        {"page", &MailSkeleton::page, {"heading", "content"}, {"subject", "preheader", "dashboard_url"}},
        {"paragraph", &MailSkeleton::paragraph, {"text"}, {}},
        {"facts", &MailSkeleton::facts, {"rows"}, {}},
        {"fact", &MailSkeleton::fact, {"label", "value"}, {}},
        {"button", &MailSkeleton::button, {"text", "url"}, {}},
    }};
    return rules;
}

QStringList names(std::initializer_list<const char *> list)
{
    QStringList result;
    for (const char *name : list)
        result.append(QString::fromLatin1(name));
    return result;
}

struct Section {
    qint64 headLine = 0; ///< of its opening line
    QStringList lines;
};

/// The name in `<!-- section: NAME -->`; empty for any other line.
QString sectionName(const QString &line)
{
    const QString trimmed = line.trimmed();
    const QString head = QStringLiteral("<!-- section: "), tail = QStringLiteral(" -->");
    if (!trimmed.startsWith(head) || !trimmed.endsWith(tail))
        return {};
    return trimmed.sliced(head.size(), trimmed.size() - head.size() - tail.size());
}

Result<MailText> readSection(const QString &file, const SectionRule &rule, const Section &section)
{
    // Only the section's own text: the line break before the next section's head is not part of it.
    QString body = section.lines.join(QLatin1Char('\n'));
    while (body.endsWith(QLatin1Char('\n')))
        body.chop(1);
    const auto lineAt = [&section, &body](qsizetype position) {
        return section.headLine + 1 + QStringView(body).first(position).count(QLatin1Char('\n'));
    };
    const domain::ParsedMailText parsed = domain::parseMailText(body, domain::MailSyntax::Slot);
    if (parsed.badAt >= 0)
        return mailTemplateError(file, lineAt(parsed.badAt), QStringLiteral("a brace that belongs to no {{slot}}"));
    const QStringList used = parsed.text.params(), required = names(rule.required);
    const QStringList known = required + names(rule.optional);
    for (const QString &slot : used) {
        if (known.contains(slot))
            continue;
        const qsizetype at = body.indexOf(QStringLiteral("{{%1}}").arg(slot));
        return mailTemplateError(
            file, lineAt(at),
            withHint(QStringLiteral("the section '%1' has no slot '%2'").arg(QLatin1StringView(rule.name), slot), slot,
                     known));
    }
    for (const QString &slot : required) {
        if (!used.contains(slot))
            return mailTemplateError(
                file, section.headLine,
                QStringLiteral("the section '%1' lacks {{%2}}").arg(QLatin1StringView(rule.name), slot));
    }
    return parsed.text;
}

Result<QHash<QString, Section>> splitSections(const QString &file, const QString &content)
{
    QStringList known;
    for (const SectionRule &rule : sectionRules())
        known.append(QString::fromLatin1(rule.name));
    QHash<QString, Section> sections;
    QString current;
    qint64 line = 0;
    for (const QString &text : content.split(QLatin1Char('\n'))) {
        ++line;
        const QString name = sectionName(text);
        if (!name.isEmpty()) {
            if (!known.contains(name))
                return mailTemplateError(file, line,
                                         withHint(QStringLiteral("there is no section '%1'").arg(name), name, known));
            if (sections.contains(name))
                return mailTemplateError(file, line, QStringLiteral("the section '%1' is there twice").arg(name));
            current = name;
            sections.insert(name, {line, {}});
        } else if (!current.isEmpty()) {
            sections[current].lines.append(text);
        } else if (!text.trimmed().isEmpty()) {
            return mailTemplateError(file, line, QStringLiteral("text before the first section"));
        }
    }
    return sections;
}

} // namespace

domain::Error mailTemplateError(const QString &file, qint64 line, const QString &what)
{
    return domain::makeError(domain::ErrorCode::Internal, QStringLiteral("mail_template_invalid"),
                             QStringLiteral("%1:%2: %3").arg(file).arg(line).arg(what));
}

QString withHint(const QString &what, const QString &word, const QStringList &known)
{
    const QString closest = domain::closestWord(word, known);
    return closest.isEmpty() ? what : what + QStringLiteral("; did you mean '%1'?").arg(closest);
}

Result<MailSkeleton> readMailLayout(const QString &file, const QByteArray &content)
{
    const auto sections = splitSections(file, QString::fromUtf8(content));
    if (!sections)
        return sections.error();
    MailSkeleton skeleton;
    for (const SectionRule &rule : sectionRules()) {
        const auto section = sections->constFind(QString::fromLatin1(rule.name));
        if (section == sections->constEnd())
            return mailTemplateError(file, 1,
                                     QStringLiteral("the section '%1' is missing").arg(QLatin1StringView(rule.name)));
        auto text = readSection(file, rule, *section);
        if (!text)
            return text.error();
        skeleton.*rule.member = *text;
    }
    return skeleton;
}

} // namespace platform
