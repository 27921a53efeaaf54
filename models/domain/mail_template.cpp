#include "models/domain/mail_template.h"

#include <algorithm>

namespace domain {
namespace {

bool startsName(QChar c)
{
    return c >= QLatin1Char('a') && c <= QLatin1Char('z');
}

bool continuesName(QChar c)
{
    return startsName(c) || (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('_');
}

/// Just behind the name that begins at `from`; `from` itself when there is none.
qsizetype nameEnd(const QString &text, qsizetype from)
{
    if (from >= text.size() || !startsName(text[from]))
        return from;
    qsizetype end = from + 1;
    while (end < text.size() && continuesName(text[end]))
        ++end;
    return end;
}

} // namespace

QStringList MailText::params() const
{
    QStringList names;
    for (const MailPiece &piece : pieces) {
        if (piece.isParam && !names.contains(piece.text))
            names.append(piece.text);
    }
    return names;
}

bool MailText::fits(const MailParams &params) const
{
    return std::all_of(pieces.cbegin(), pieces.cend(), [&params](const MailPiece &piece) {
        return !piece.isParam || !params.value(piece.text).isEmpty();
    });
}

ParsedMailText parseMailText(const QString &text, MailSyntax syntax)
{
    const bool doubled = syntax == MailSyntax::Slot;
    const QString open = doubled ? QStringLiteral("{{") : QStringLiteral("{");
    const QString close = doubled ? QStringLiteral("}}") : QStringLiteral("}");
    ParsedMailText parsed;
    qsizetype from = 0;
    while (from < text.size()) {
        const qsizetype opened = text.indexOf(open, from);
        const qsizetype stray = text.indexOf(close, from);
        if (stray >= 0 && (opened < 0 || stray < opened)) {
            parsed.badAt = stray;
            return parsed;
        }
        const qsizetype end = opened < 0 ? text.size() : opened;
        if (end > from)
            parsed.text.pieces.append({false, text.sliced(from, end - from)});
        if (opened < 0)
            break;
        const qsizetype name = opened + open.size();
        const qsizetype after = nameEnd(text, name);
        if (after == name || QStringView(text).sliced(after, std::min(close.size(), text.size() - after)) != close) {
            parsed.badAt = opened;
            return parsed;
        }
        parsed.text.pieces.append({true, text.sliced(name, after - name)});
        from = after + close.size();
    }
    return parsed;
}

const MailText *fittingVariant(const MailVariants &variants, const MailParams &params)
{
    const auto found =
        std::find_if(variants.cbegin(), variants.cend(), [&params](const MailText &text) { return text.fits(params); });
    return found == variants.cend() ? nullptr : &*found;
}

bool MailCondition::holds(const MailParams &params) const
{
    const QString found = params.value(param);
    return value ? found == *value : !found.isEmpty();
}

bool MailConditions::hold(const MailParams &params) const
{
    const auto holds = [&params](const MailCondition &condition) { return condition.holds(params); };
    return std::all_of(when.cbegin(), when.cend(), holds) && std::none_of(unless.cbegin(), unless.cend(), holds);
}

} // namespace domain
