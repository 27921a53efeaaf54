#include "services/usecases/message_filter.h"

#include "models/domain/mask.h"

namespace usecases {

using domain::Done;
using domain::Result;

namespace {

template <typename Parse>
Result<Done> checkNames(const char *field, const QStringList &names, Parse parse)
{
    for (const QString &name : names) {
        if (!parse(name))
            return domain::invalidInput(QStringLiteral("invalid_value"), QString::fromLatin1(field),
                                        QStringLiteral("%1 does not exist").arg(name));
    }
    return Done{};
}

Result<Done> checkTexts(const ports::MessageFilter &filter)
{
    const std::pair<const char *, QString> texts[] = {
        {"outcome", filter.outcomes.join(QLatin1Char(','))},
        {"class", filter.classes.join(QLatin1Char(','))},
        {"template", filter.templates.join(QLatin1Char(','))},
        {"provider", filter.providers.join(QLatin1Char(','))},
        {"domain", filter.domain},
        {"to", filter.to},
        {"reason", filter.reason},
        {"message_id", filter.messageId},
    };
    for (const auto &[field, text] : texts) {
        if (auto checked = checkText(QString::fromLatin1(field), text); !checked)
            return checked;
    }
    return Done{};
}

} // namespace

QStringList tidyWords(const QStringList &words, bool lowerCase)
{
    QStringList tidy;
    for (const QString &word : words) {
        const QString trimmed = lowerCase ? word.trimmed().toLower() : word.trimmed();
        if (!trimmed.isEmpty())
            tidy.append(trimmed);
    }
    tidy.removeDuplicates();
    tidy.sort();
    return tidy;
}

Result<ports::MessageFilter> normalisedMessageFilter(ports::MessageFilter filter)
{
    if (auto checked = checkTexts(filter); !checked)
        return checked.error();
    filter.outcomes = tidyWords(filter.outcomes, true);
    filter.classes = tidyWords(filter.classes, true);
    filter.templates = tidyWords(filter.templates, false);
    filter.providers = tidyWords(filter.providers, true);
    if (auto known = checkNames("outcome", filter.outcomes, domain::parseDeliveryOutcome); !known)
        return known.error();
    if (auto known = checkNames("class", filter.classes, domain::parseLedgerClass); !known)
        return known.error();
    filter.domain = filter.domain.trimmed().toLower();
    if (filter.domain.startsWith(QLatin1Char('@')))
        filter.domain.remove(0, 1);
    filter.to = domain::normalizedAddress(filter.to);
    filter.reason = filter.reason.trimmed();
    filter.messageId = domain::normalizedMessageId(filter.messageId);
    return filter;
}

QString describeMessageFilter(const ports::MessageFilter &filter)
{
    QStringList parts;
    const auto add = [&parts](const char *name, const QString &value) {
        if (!value.isEmpty())
            parts.append(QString::fromLatin1(name) + QLatin1Char('=') + value);
    };
    const auto time = [](const std::optional<QDateTime> &at) {
        return at ? at->toUTC().toString(Qt::ISODateWithMs) : QString();
    };
    add("from", time(filter.from));
    add("until", time(filter.until));
    add("outcome", filter.outcomes.join(QLatin1Char(',')));
    add("class", filter.classes.join(QLatin1Char(',')));
    add("template", filter.templates.join(QLatin1Char(',')));
    add("provider", filter.providers.join(QLatin1Char(',')));
    add("domain", filter.domain);
    add("to", filter.to.contains(QLatin1Char('@')) ? domain::maskAuditEmail(filter.to) : filter.to);
    add("reason", filter.reason);
    add("message_id", filter.messageId);
    add("team", filter.team ? filter.team->toString() : QString());
    add("repaired", filter.repairedOnly ? QStringLiteral("yes") : QString());
    return parts.isEmpty() ? QStringLiteral("all") : parts.join(QStringLiteral("; "));
}

} // namespace usecases
