#include "models/items/query_text.h"

#include "models/domain/format.h"
#include "models/domain/tier.h"
#include "models/items/query_terms.h"

#include <QHash>

#include <cmath>

namespace items {

namespace {
using domain::QueryOp;
using domain::QueryTerm;

QStringList tiersOf(const QueryTerm &term)
{
    QStringList tiers;
    for (const QString &value : term.values)
        tiers << value.trimmed().toLower();
    if (!term.negated)
        return tiers;
    QStringList others;
    for (const domain::Tier tier : domain::allTiers())
        if (!tiers.contains(domain::tierName(tier)))
            others << domain::tierName(tier);
    return others;
}

std::optional<domain::Error> applyCustomerTerm(const QueryTerm &term, const QueryClock &clock,
                                               ports::CustomerFilter &filter)
{
    if (term.isFreeText()) {
        if (term.negated)
            return refuse(QStringLiteral("A word cannot be excluded: remove the minus in front of “%1”.")
                              .arg(term.values.first()));
        filter.q += (filter.q.isEmpty() ? QString() : QStringLiteral(" ")) + term.values.join(QLatin1Char(' '));
        return std::nullopt;
    }
    if (term.field == QLatin1StringView("tier")) {
        if (term.op != QueryOp::Is)
            return refuse(QStringLiteral("A tier is named, not compared: tier:pro,growth"));
        filter.tiers = tiersOf(term);
        return std::nullopt;
    }
    if (term.negated)
        return refuse(QStringLiteral("“%1” cannot be excluded; turn the comparison round.").arg(term.field));
    if (term.field == QLatin1StringView("mrr")) {
        const auto amount = domain::parseQueryNumber(term.values.first());
        if (!amount || (term.op != QueryOp::Greater && term.op != QueryOp::GreaterOrEqual))
            return refuse(QStringLiteral("MRR is filtered from an amount on: mrr>=40"));
        filter.mrrAtLeastCents = std::llround(*amount * 100) + (term.op == QueryOp::Greater ? 1 : 0);
        return std::nullopt;
    }
    const auto range = rangeOf(term, clock);
    if (!range)
        return refuse(QStringLiteral("“%1” needs an age or a date: %1<30d, %1>=2026-01-31").arg(term.field));
    if (term.field == QLatin1StringView("seen"))
        narrow(filter.lastSeenFrom, filter.lastSeenUntil, *range);
    else
        narrow(filter.createdFrom, filter.createdUntil, *range);
    return std::nullopt;
}

std::optional<domain::Error> applyAuditTerm(const QueryTerm &term, const QueryClock &clock, ports::AuditFilter &filter)
{
    if (term.negated)
        return refuse(QStringLiteral("The audit log cannot exclude: remove the minus."));
    const QString value = term.values.first();
    if (term.isFreeText()) {
        filter.text += (filter.text.isEmpty() ? QString() : QStringLiteral(" ")) + term.values.join(QLatin1Char(' '));
        return std::nullopt;
    }
    if (term.op != QueryOp::Is || term.values.size() != 1)
        return refuse(QStringLiteral("“%1” takes one value: %1:value").arg(term.field));
    if (term.field == QLatin1StringView("kind")) {
        filter.kind = value;
    } else if (term.field == QLatin1StringView("actor")) {
        filter.actor = value.toLower();
    } else if (term.field == QLatin1StringView("team")) {
        filter.team = domain::TeamId::parse(value);
        if (!filter.team)
            return refuse(QStringLiteral("“team” takes the whole id of a customer."));
    } else if (term.field == QLatin1StringView("faults")) {
        if (value.compare(QLatin1StringView("yes"), Qt::CaseInsensitive) != 0)
            return refuse(QStringLiteral("Faults alone are faults:yes; without the term every entry is shown."));
        filter.faults = true;
    } else if (term.field == QLatin1StringView("resource")) {
        const auto id = domain::ResourceId::parse(value);
        if (!id)
            return refuse(QStringLiteral("“resource” takes the whole id of a resource."));
        filter.resource = id->value();
    } else {
        const bool after = term.field == QLatin1StringView("after");
        const auto range = rangeOf(QueryTerm{term.field, QueryOp::GreaterOrEqual, {value}, false}, clock);
        if (!range)
            return refuse(QStringLiteral("“%1” needs a date or an age: %1:2026-11-01, %1:7d").arg(term.field));
        const QDateTime at = range->from ? *range->from : *range->until;
        (after ? filter.from : filter.until) = at;
    }
    return std::nullopt;
}

QString labelOf(const QString &field)
{
    static const QHash<QString, QString> labels{{QStringLiteral("tier"), QStringLiteral("Tier")},
                                                {QStringLiteral("mrr"), QStringLiteral("MRR")},
                                                {QStringLiteral("seen"), QStringLiteral("Last seen")},
                                                {QStringLiteral("created"), QStringLiteral("Created")},
                                                {QStringLiteral("kind"), QStringLiteral("Action")},
                                                {QStringLiteral("actor"), QStringLiteral("Actor")},
                                                {QStringLiteral("team"), QStringLiteral("Customer")},
                                                {QStringLiteral("resource"), QStringLiteral("Resource")},
                                                {QStringLiteral("after"), QStringLiteral("After")},
                                                {QStringLiteral("before"), QStringLiteral("Before")},
                                                {QStringLiteral("faults"), QStringLiteral("Only")},
                                                {QStringLiteral("to"), QStringLiteral("To")},
                                                {QStringLiteral("domain"), QStringLiteral("Domain")},
                                                {QStringLiteral("template"), QStringLiteral("Template")},
                                                {QStringLiteral("outcome"), QStringLiteral("Outcome")},
                                                {QStringLiteral("reason"), QStringLiteral("Reason")},
                                                {QStringLiteral("customer"), QStringLiteral("Customer")},
                                                {QStringLiteral("msgid"), QStringLiteral("Message id")},
                                                {QStringLiteral("provider"), QStringLiteral("Provider")},
                                                {QStringLiteral("class"), QStringLiteral("Class")},
                                                {QStringLiteral("window"), QStringLiteral("Window")},
                                                {QStringLiteral("event"), QStringLiteral("Event")},
                                                {QStringLiteral("signature"), QStringLiteral("Secret")},
                                                {QStringLiteral("duplicate"), QStringLiteral("Duplicate")}};
    return labels.value(field, field);
}

QString valueText(const QueryTerm &term)
{
    QString value;
    if (term.field == QLatin1StringView("tier")) {
        QStringList names;
        for (const QString &tier : term.values)
            names << domain::wordText(tier);
        value = names.join(QStringLiteral(", "));
    } else if (term.field == QLatin1StringView("outcome") || term.field == QLatin1StringView("class")) {
        value = domain::wordText(term.values.join(QStringLiteral(", ")));
    } else if (term.field == QLatin1StringView("team") || term.field == QLatin1StringView("resource") ||
               term.field == QLatin1StringView("customer")) {
        value = domain::shortId(term.values.first());
    } else if (term.field == QLatin1StringView("faults")) {
        value = QStringLiteral("alerts and failures");
    } else {
        value = term.values.join(QStringLiteral(", "));
    }
    const bool age = (term.field == QLatin1StringView("seen") || term.field == QLatin1StringView("created")) &&
                     domain::parseQueryDuration(term.values.first()).has_value();
    if (term.field == QLatin1StringView("mrr") && !value.startsWith(QLatin1Char('$')))
        value.prepend(QLatin1Char('$'));
    switch (term.op) {
    case QueryOp::Is:
        value = age ? QStringLiteral("within ") + value : value;
        break;
    case QueryOp::Less:
    case QueryOp::LessOrEqual:
        value = (age ? QStringLiteral("within ") : QStringLiteral("before ")) + value;
        break;
    case QueryOp::Greater:
        value = (age                                      ? QStringLiteral("over ")
                 : term.field == QLatin1StringView("mrr") ? QStringLiteral("> ")
                                                          : QStringLiteral("after ")) +
                value;
        break;
    case QueryOp::GreaterOrEqual:
        value = (age                                      ? QStringLiteral("over ")
                 : term.field == QLatin1StringView("mrr") ? QStringLiteral("≥ ")
                                                          : QStringLiteral("from ")) +
                value;
        break;
    }
    if (age && term.op != QueryOp::Is && term.op != QueryOp::Less && term.op != QueryOp::LessOrEqual)
        value += QStringLiteral(" ago");
    return term.negated ? QStringLiteral("not ") + value : value;
}

QList<QueryTerm> termsOf(const QString &text, const QStringList &fields)
{
    const auto terms = domain::parseQuery(text, fields);
    return terms ? *terms : QList<QueryTerm>();
}
} // namespace

const QStringList &customerQueryFields()
{
    static const QStringList fields{QStringLiteral("tier"), QStringLiteral("mrr"), QStringLiteral("seen"),
                                    QStringLiteral("created")};
    return fields;
}

const QStringList &auditQueryFields()
{
    static const QStringList fields{QStringLiteral("kind"),     QStringLiteral("actor"), QStringLiteral("team"),
                                    QStringLiteral("resource"), QStringLiteral("after"), QStringLiteral("before"),
                                    QStringLiteral("faults")};
    return fields;
}

QStringList customerQueryWords()
{
    QStringList words;
    for (const domain::Tier tier : domain::allTiers())
        words << QStringLiteral("tier:") + domain::tierName(tier);
    return words << QStringLiteral("mrr>=") << QStringLiteral("seen<7d") << QStringLiteral("seen<30d")
                 << QStringLiteral("seen>30d") << QStringLiteral("created<7d") << QStringLiteral("created<30d")
                 << QStringLiteral("created>=");
}

QStringList auditQueryWords()
{
    QStringList words;
    for (const domain::AuditKind &kind : domain::auditKinds())
        words << QStringLiteral("kind:") + QString::fromLatin1(kind.kind);
    for (const char *actor : {"agent", "user", "system", "cli", "admin"})
        words << QStringLiteral("actor:") + QLatin1StringView(actor);
    return words << QStringLiteral("team:") << QStringLiteral("resource:") << QStringLiteral("after:7d")
                 << QStringLiteral("before:") << QStringLiteral("faults:yes");
}

domain::Result<ports::CustomerFilter> customerFilter(const QString &text, const QueryClock &clock)
{
    return readTerms<ports::CustomerFilter>(text, customerQueryFields(), clock, applyCustomerTerm);
}

domain::Result<ports::AuditFilter> auditFilter(const QString &text, const QueryClock &clock)
{
    return readTerms<ports::AuditFilter>(text, auditQueryFields(), clock, applyAuditTerm);
}

QString customerQueryText(const ports::CustomerFilter &filter, const QTimeZone &zone)
{
    QList<QueryTerm> terms;
    const auto add = [&terms](const char *field, QueryOp op, const QString &value) {
        terms << QueryTerm{QString::fromLatin1(field), op, {value}, false};
    };
    if (!filter.tiers.isEmpty())
        terms << QueryTerm{QStringLiteral("tier"), QueryOp::Is, filter.tiers, false};
    if (filter.mrrAtLeastCents)
        add("mrr", QueryOp::GreaterOrEqual,
            QString::number(static_cast<double>(*filter.mrrAtLeastCents) / 100, 'f',
                            *filter.mrrAtLeastCents % 100 ? 2 : 0));
    if (filter.lastSeenFrom)
        add("seen", QueryOp::GreaterOrEqual, timeValue(*filter.lastSeenFrom, zone));
    if (filter.lastSeenUntil)
        add("seen", QueryOp::Less, timeValue(*filter.lastSeenUntil, zone));
    if (filter.createdFrom)
        add("created", QueryOp::GreaterOrEqual, timeValue(*filter.createdFrom, zone));
    if (filter.createdUntil)
        add("created", QueryOp::Less, timeValue(*filter.createdUntil, zone));
    if (!filter.q.isEmpty())
        terms << QueryTerm{{}, QueryOp::Is, {filter.q}, false};
    return domain::printQuery(terms);
}

QString auditQueryText(const ports::AuditFilter &filter, const QTimeZone &zone)
{
    QList<QueryTerm> terms;
    const auto add = [&terms](const char *field, const QString &value) {
        if (!value.isEmpty())
            terms << QueryTerm{QString::fromLatin1(field), QueryOp::Is, {value}, false};
    };
    add("kind", filter.kind);
    add("actor", filter.actor);
    add("team", filter.team ? filter.team->toString() : QString());
    add("resource", filter.resource ? filter.resource->toString(QUuid::WithoutBraces) : QString());
    add("after", filter.from ? timeValue(*filter.from, zone) : QString());
    add("before", filter.until ? timeValue(*filter.until, zone) : QString());
    add("faults", filter.faults ? QStringLiteral("yes") : QString());
    add("", filter.text);
    return domain::printQuery(terms);
}

QList<QueryChip> queryChips(const QString &text, const QStringList &fields)
{
    QList<QueryChip> chips;
    for (const QueryTerm &term : termsOf(text, fields))
        if (!term.isFreeText())
            chips << QueryChip{domain::printQuery({term}), labelOf(term.field), valueText(term)};
    return chips;
}

QString freeTextOf(const QString &text, const QStringList &fields)
{
    QList<QueryTerm> terms = termsOf(text, fields);
    terms.removeIf([](const QueryTerm &term) { return !term.isFreeText(); });
    return domain::printQuery(terms);
}

QString structuredOf(const QString &text, const QStringList &fields)
{
    QList<QueryTerm> terms = termsOf(text, fields);
    terms.removeIf([](const QueryTerm &term) { return term.isFreeText(); });
    return domain::printQuery(terms);
}

QString withoutTerm(const QString &text, const QString &term, const QStringList &fields)
{
    QList<QueryTerm> terms = termsOf(text, fields);
    terms.removeIf([&term](const QueryTerm &t) { return domain::printQuery({t}) == term; });
    return domain::printQuery(terms);
}

QString withField(const QString &text, const QString &field, const QString &term, const QStringList &fields)
{
    QList<QueryTerm> terms = termsOf(text, fields);
    terms.removeIf([&field](const QueryTerm &t) { return t.field == field; });
    QList<QueryTerm> fresh = termsOf(term, fields);
    return domain::printQuery(fresh + terms);
}

QString queryInWords(const QString &text, const QStringList &fields)
{
    QStringList words;
    for (const QueryTerm &term : termsOf(text, fields))
        words << (term.isFreeText() ? QStringLiteral("“%1”").arg(term.values.join(QLatin1Char(' ')))
                                    : labelOf(term.field) + QLatin1Char(' ') + valueText(term));
    return words.join(QStringLiteral(" · "));
}

QString queryErrorText(const domain::Error &error)
{
    if (error.key == QLatin1StringView("unknown_query_field")) {
        const QString suggestion = error.fields.value(QStringLiteral("suggestion"));
        const QString unknown =
            QStringLiteral("There is no field “%1”.").arg(error.fields.value(QStringLiteral("field")));
        return suggestion.isEmpty() ? unknown : unknown + QStringLiteral(" Did you mean “%1”?").arg(suggestion);
    }
    return error.detail;
}

} // namespace items
