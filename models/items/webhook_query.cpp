#include "models/items/webhook_query.h"

#include "models/domain/delivery.h"
#include "models/domain/format.h"
#include "models/items/query_terms.h"

namespace items {

namespace {
using domain::QueryOp;
using domain::QueryTerm;
using Filter = ports::WebhookFilter;
using MaybeError = std::optional<domain::Error>;

constexpr QLatin1StringView payloadPrefix("payload.");

QStringList outcomeNames()
{
    QStringList names;
    for (const ports::WebhookOutcome outcome : ports::allWebhookOutcomes())
        names << ports::webhookOutcomeName(outcome);
    return names;
}

MaybeError takeNames(const QueryTerm &term, const QStringList &known, QStringList &into)
{
    QStringList named;
    for (const QString &value : term.values) {
        const QString name = value.trimmed().toLower();
        if (!known.contains(name))
            return refuse(QStringLiteral("“%1” takes one of: %2.").arg(term.field, known.join(QStringLiteral(", "))));
        named << name;
    }
    for (const QString &name : known)
        if (named.contains(name) != term.negated && !into.contains(name))
            into << name;
    return std::nullopt;
}

MaybeError takeFaults(const QueryTerm &term, Filter &filter)
{
    if (term.values != QStringList{QStringLiteral("yes")})
        return refuse(QStringLiteral("“faults” takes yes."));
    if (!filter.outcomes.isEmpty())
        return refuse(QStringLiteral("“faults” and “outcome” ask for the same: keep one of them."));
    filter.outcomes = {ports::webhookOutcomeName(ports::WebhookOutcome::Failed),
                       ports::webhookOutcomeName(ports::WebhookOutcome::Unparseable)};
    return std::nullopt;
}

MaybeError takePayload(const QString &text, Filter &filter)
{
    if (!filter.payload.isEmpty())
        return refuse(QStringLiteral("The body is searched for one text or one path at a time."));
    filter.payload = text;
    return std::nullopt;
}

MaybeError takeTime(const QueryTerm &term, const QueryClock &clock, Filter &filter)
{
    const auto range = rangeOf(QueryTerm{term.field, QueryOp::GreaterOrEqual, term.values, false}, clock);
    if (!range)
        return refuse(QStringLiteral("“%1” needs a date or an age: %1:2026-11-01, %1:7d").arg(term.field));
    const QDateTime at = range->from ? *range->from : *range->until;
    (term.field == QLatin1StringView("after") ? filter.from : filter.until) = at;
    return std::nullopt;
}

MaybeError takeOne(const QueryTerm &term, const QueryClock &clock, Filter &filter)
{
    if (term.values.size() != 1)
        return refuse(QStringLiteral("“%1” takes one value: %1:value").arg(term.field));
    const QString value = term.values.first().trimmed();
    if (term.field.startsWith(payloadPrefix))
        return takePayload(term.field + QLatin1Char(':') + value, filter);
    if (term.field == QLatin1StringView("customer")) {
        filter.team = domain::TeamId::parse(value);
        return filter.team ? std::nullopt
                           : MaybeError(refuse(QStringLiteral("“customer” takes the whole id of a customer.")));
    }
    if (term.field == QLatin1StringView("signature")) {
        filter.signature = ports::parseSignatureVerdict(value.toLower());
        return filter.signature ? std::nullopt
                                : MaybeError(refuse(QStringLiteral("“signature” takes one of: current, previous.")));
    }
    if (term.field == QLatin1StringView("duplicate")) {
        const QString said = value.toLower();
        if (said != QLatin1StringView("yes") && said != QLatin1StringView("no"))
            return refuse(QStringLiteral("“duplicate” takes yes or no."));
        filter.duplicate = said == QLatin1StringView("yes");
        return std::nullopt;
    }
    return takeTime(term, clock, filter);
}

MaybeError applyTerm(const QueryTerm &term, const QueryClock &clock, Filter &filter)
{
    const bool outcome = term.field == QLatin1StringView("outcome");
    if (term.negated && !outcome)
        return refuse(QStringLiteral("Only outcomes can be excluded here: -outcome:applied"));
    if (term.isFreeText())
        return takePayload(term.values.join(QLatin1Char(' ')), filter);
    if (term.op != QueryOp::Is)
        return refuse(QStringLiteral("“%1” is named, not compared: %1:value").arg(term.field));
    if (term.field == QLatin1StringView("faults"))
        return takeFaults(term, filter);
    if (outcome)
        return takeNames(term, outcomeNames(), filter.outcomes);
    if (term.field == QLatin1StringView("provider"))
        return takeNames(term, webhookProviders(), filter.providers);
    if (term.field == QLatin1StringView("event")) {
        for (const QString &value : term.values)
            filter.eventTypes << value.trimmed().toLower();
        return std::nullopt;
    }
    return takeOne(term, clock, filter);
}

/// Words next to each other are one text to look for, as they stand.
domain::Result<QString> joinedWords(const QString &text)
{
    const auto terms = domain::parseQuery(text, webhookQueryFields());
    if (!terms)
        return terms.error();
    QList<QueryTerm> joined;
    QStringList words;
    for (const QueryTerm &term : *terms) {
        if (term.isFreeText() && !term.negated)
            words << term.values;
        else
            joined << term;
    }
    if (!words.isEmpty())
        joined << QueryTerm{{}, QueryOp::Is, {words.join(QLatin1Char(' '))}, false};
    return domain::printQuery(joined);
}
} // namespace

const QStringList &webhookProviders()
{
    static const QStringList names{QStringLiteral("brevo"), QStringLiteral("brevo_suppression"), QStringLiteral("ses")};
    return names;
}

QString webhookProviderText(const QString &provider)
{
    if (provider == QLatin1StringView("brevo"))
        return QStringLiteral("Brevo");
    if (provider == QLatin1StringView("brevo_suppression"))
        return QStringLiteral("Brevo suppression");
    if (provider == QLatin1StringView("ses"))
        return QStringLiteral("Amazon SES");
    return domain::wordText(provider);
}

const QStringList &webhookQueryFields()
{
    static const QStringList fields{
        QStringLiteral("provider"),  QStringLiteral("event"),    QStringLiteral("outcome"), QStringLiteral("signature"),
        QStringLiteral("duplicate"), QStringLiteral("customer"), QStringLiteral("after"),   QStringLiteral("before"),
        QStringLiteral("payload.*"), QStringLiteral("faults")};
    return fields;
}

QStringList webhookQueryWords()
{
    QStringList words;
    for (const QString &provider : webhookProviders())
        words << QStringLiteral("provider:") + provider;
    for (const QString &outcome : outcomeNames())
        words << QStringLiteral("outcome:") + outcome;
    for (const domain::DeliveryEvent event : domain::allDeliveryEvents())
        words << QStringLiteral("event:") + domain::deliveryEventName(event);
    for (const char *field : {"signature:current", "signature:previous", "duplicate:yes", "duplicate:no", "customer:",
                              "after:24h", "before:", "payload.email:", "payload.message-id:", "faults:yes"})
        words << QString::fromLatin1(field);
    return words;
}

domain::Result<Filter> webhookFilter(const QString &text, const QueryClock &clock)
{
    const auto whole = joinedWords(text);
    if (!whole)
        return whole.error();
    auto filter = readTerms<Filter>(*whole, webhookQueryFields(), clock, applyTerm);
    if (filter && filter->from && filter->until && *filter->from >= *filter->until)
        return refuse(QStringLiteral("“before” is not later than “after”: nothing can lie between them."));
    return filter;
}

} // namespace items
