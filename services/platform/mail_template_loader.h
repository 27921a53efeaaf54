#pragma once
#include "models/domain/mail_template.h"
#include "models/domain/result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace platform {

/// What the template of a kind may use.
struct MailTemplateRule {
    QString kind;
    QStringList params; ///< every param that its builder can give
    QStringList always; ///< those of them that are there whatever the entry holds
};

struct MailTemplateSet {
    domain::MailLayout layout;
    QList<domain::MailTemplate> templates; ///< in the order of the rules
};

/// Reads a folder of mail templates: `layout.html`, `layout.txt` and one `kinds/<kind>.yaml` per rule, with
///
///     subject, preheader, heading: a text, or a list of variants
///     paragraphs: list of texts, lists of variants, or {text, when, unless}
///     facts: list of {label, value, when, unless}                        (optional)
///     button: {text, url, when, unless}, or a list, the first that fits  (optional)
///     sample: {summary, resource_type, metadata}
///
/// or `like: <kind>` and `sample`: the same mail as another kind's. `{param}` is a placeholder; a text with a param
/// that has no value is not used; a condition is `param` or `param=value`, or a list of them.
///
/// A layout consists of sections, each opened by a line `<!-- section: NAME -->`: page, paragraph, facts, fact, button,
/// with `{{slot}}` placeholders as in domain::MailSkeleton.
///
/// The first mistake ends it: a file that is missing or has no rule, wrong YAML, an unknown, double or missing key, an
/// unknown placeholder, a brace out of place, a subject, preheader, heading or mail that could stay empty, an address
/// that is neither http nor https. Error (ErrorCode::Internal) `mail_template_invalid`; its detail begins with
/// `file:line: `. Thread-safe.
domain::Result<MailTemplateSet> readMailTemplates(const QString &folder, const QList<MailTemplateRule> &rules);

} // namespace platform
