#pragma once
#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

/// Parsed templates of the lifecycle mails (spec 02 §3.6), as plain values. A kind has one source for both parts of its
/// mail, so the HTML and the text cannot say different things. services/platform/mail_template_loader reads them.
namespace domain {

/// What a mail says about its audit entry: param name → text for a person. What is not known is absent, never blank.
using MailParams = QMap<QString, QString>;

/// A stretch of a text: literal, or the value of a param.
struct MailPiece {
    bool isParam = false;
    QString text; ///< the literal, or the param's name
    bool operator==(const MailPiece &) const = default;
};

struct MailText {
    QList<MailPiece> pieces;
    QStringList params() const;
    /// Every param has a value.
    bool fits(const MailParams &params) const;
    bool operator==(const MailText &) const = default;
};

/// `{name}` in the texts of a kind; `{{name}}` in a layout, where single braces belong to its style sheet.
enum class MailSyntax { Param, Slot };
struct ParsedMailText {
    MailText text;
    qsizetype badAt = -1; ///< where a brace is that belongs to no placeholder; −1 = nowhere
};
ParsedMailText parseMailText(const QString &text, MailSyntax syntax);

/// Wordings of the same thing, best first: the first whose params all have a value is used.
using MailVariants = QList<MailText>;
const MailText *fittingVariant(const MailVariants &variants, const MailParams &params); ///< nullptr: none fits

struct MailCondition {
    QString param;
    std::optional<QString> value; ///< nullopt: the param only has to be there
    bool holds(const MailParams &params) const;
    bool operator==(const MailCondition &) const = default;
};

/// All of `when` hold and none of `unless` does.
struct MailConditions {
    QList<MailCondition> when, unless;
    bool hold(const MailParams &params) const;
    bool operator==(const MailConditions &) const = default;
};

/// An item none of whose wordings fits is left out.
struct MailParagraph {
    MailConditions conditions;
    MailVariants text;
    bool operator==(const MailParagraph &) const = default;
};
struct MailFact {
    MailConditions conditions;
    QString label;
    MailVariants value;
    bool operator==(const MailFact &) const = default;
};
struct MailButton {
    MailConditions conditions;
    MailText text, url;
    bool operator==(const MailButton &) const = default;
};

/// The entry that previews are made of.
struct MailSample {
    QString summary, resourceType;
    QByteArray metadata; ///< a JSON object
    bool operator==(const MailSample &) const = default;
};

struct MailTemplate {
    QString kind;
    MailVariants subject, preheader, heading; ///< the last variant of each fits always
    QList<MailParagraph> paragraphs;          ///< at least one is there always
    QList<MailFact> facts;
    QList<MailButton> buttons; ///< the first one that fits is shown
    MailSample sample;
    bool operator==(const MailTemplate &) const = default;
};

/// The frame of one part: slots are filled with what is ready for that part.
struct MailSkeleton {
    MailText page;      ///< subject, preheader, heading, content, dashboard_url
    MailText paragraph; ///< text
    MailText facts;     ///< rows
    MailText fact;      ///< label, value
    MailText button;    ///< text, url
    bool operator==(const MailSkeleton &) const = default;
};
struct MailLayout {
    MailSkeleton html, text;
    bool operator==(const MailLayout &) const = default;
};

} // namespace domain
