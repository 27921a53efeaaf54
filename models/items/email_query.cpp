#include "models/items/email_query.h"

#include "models/domain/audit.h"
#include "models/items/query_terms.h"

#include <QHash>

namespace items {

namespace {
using domain::QueryOp;
using domain::QueryTerm;
using Filter = ports::MessageFilter;
using MaybeError = std::optional<domain::Error>;

/// Every value has to be one of `known`.
MaybeError takeNames(const QueryTerm &term, const QStringList &known, QStringList &into)
{
    for (const QString &value : term.values) {
        const QString name = value.trimmed().toLower();
        if (!known.contains(name))
            return refuse(QStringLiteral("“%1” takes one of: %2.").arg(term.field, known.join(QStringLiteral(", "))));
        into << name;
    }
    return std::nullopt;
}

QStringList outcomeNames()
{
    QStringList names;
    for (const domain::DeliveryOutcome outcome : domain::allDeliveryOutcomes())
        names << domain::deliveryOutcomeName(outcome);
    return names;
}

QStringList classNames()
{
    QStringList names;
    for (const domain::LedgerClass value : domain::allLedgerClasses())
        names << domain::ledgerClassName(value);
    return names;
}

/// Where somebody should look: what failed, and what nobody heard of.
QStringList faultOutcomes()
{
    using domain::DeliveryOutcome;
    QStringList names;
    for (const DeliveryOutcome outcome :
         {DeliveryOutcome::BouncedLater, DeliveryOutcome::Hard, DeliveryOutcome::Blocked, DeliveryOutcome::Error,
          DeliveryOutcome::Soft, DeliveryOutcome::Unknown})
        names << domain::deliveryOutcomeName(outcome);
    return names;
}

QStringList windowKeys()
{
    QStringList keys;
    for (const EmailWindow &window : emailWindows())
        keys << window.key;
    return keys;
}

MaybeError takeTeam(const QString &value, Filter &filter)
{
    filter.team = domain::TeamId::parse(value);
    if (!filter.team)
        return refuse(QStringLiteral("“customer” takes the whole id of a customer."));
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

void takeFreeText(const QueryTerm &term, Filter &filter)
{
    const QString text = term.values.join(QLatin1Char(' '));
    QString &into = text.contains(QLatin1Char('@')) ? filter.to : filter.reason;
    into += (into.isEmpty() ? QString() : QStringLiteral(" ")) + text;
}

/// Fields that take one value.
MaybeError takeValue(const QueryTerm &term, const QueryClock &clock, Filter &filter)
{
    static const QHash<QString, QString Filter::*> texts{{QStringLiteral("to"), &Filter::to},
                                                         {QStringLiteral("domain"), &Filter::domain},
                                                         {QStringLiteral("reason"), &Filter::reason},
                                                         {QStringLiteral("msgid"), &Filter::messageId}};
    if (term.values.size() != 1)
        return refuse(QStringLiteral("“%1” takes one value: %1:value").arg(term.field));
    if (QString Filter::*const text = texts.value(term.field, nullptr)) {
        filter.*text = term.values.first();
        return std::nullopt;
    }
    if (term.field == QLatin1StringView("customer"))
        return takeTeam(term.values.first(), filter);
    if (term.field == QLatin1StringView("faults")) {
        if (term.values.first().compare(QLatin1StringView("yes"), Qt::CaseInsensitive) != 0)
            return refuse(QStringLiteral("Faults alone are faults:yes; without the term every message is shown."));
        filter.outcomes += faultOutcomes();
        return std::nullopt;
    }
    if (term.field == QLatin1StringView("window")) {
        QStringList known;
        return takeNames(term, windowKeys(), known);
    }
    return takeTime(term, clock, filter);
}

MaybeError applyTerm(const QueryTerm &term, const QueryClock &clock, Filter &filter)
{
    if (term.negated)
        return refuse(QStringLiteral("This list cannot exclude: remove the minus."));
    if (term.isFreeText()) {
        takeFreeText(term, filter);
        return std::nullopt;
    }
    if (term.op != QueryOp::Is)
        return refuse(QStringLiteral("“%1” is named, not compared: %1:value").arg(term.field));
    if (term.field == QLatin1StringView("outcome"))
        return takeNames(term, outcomeNames(), filter.outcomes);
    if (term.field == QLatin1StringView("class"))
        return takeNames(term, classNames(), filter.classes);
    if (term.field == QLatin1StringView("template")) {
        filter.templates += term.values;
        return std::nullopt;
    }
    if (term.field == QLatin1StringView("provider")) {
        filter.providers += term.values;
        return std::nullopt;
    }
    return takeValue(term, clock, filter);
}
} // namespace

const QList<EmailWindow> &emailWindows()
{
    static const QList<EmailWindow> all{
        {QStringLiteral("1h"), QStringLiteral("1 h"), QStringLiteral("1 hour"), 3600},
        {QStringLiteral("24h"), QStringLiteral("24 h"), QStringLiteral("24 hours"), 86'400},
        {QStringLiteral("7d"), QStringLiteral("7 d"), QStringLiteral("7 days"), 7 * 86'400},
        {QStringLiteral("30d"), QStringLiteral("30 d"), QStringLiteral("30 days"), 30 * 86'400},
        {QStringLiteral("90d"), QStringLiteral("90 d"), QStringLiteral("90 days"), 90 * 86'400}};
    return all;
}

const EmailWindow &defaultEmailWindow()
{
    return emailWindows().at(2);
}

const EmailWindow &emailWindowOf(const QString &text)
{
    if (const auto terms = domain::parseQuery(text, emailQueryFields()))
        for (const QueryTerm &term : *terms)
            if (term.field == QLatin1StringView("window"))
                for (const EmailWindow &window : emailWindows())
                    if (window.key == term.values.first().toLower())
                        return window;
    return defaultEmailWindow();
}

const QStringList &emailQueryFields()
{
    static const QStringList fields{QStringLiteral("to"),       QStringLiteral("domain"), QStringLiteral("template"),
                                    QStringLiteral("outcome"),  QStringLiteral("reason"), QStringLiteral("customer"),
                                    QStringLiteral("after"),    QStringLiteral("before"), QStringLiteral("msgid"),
                                    QStringLiteral("provider"), QStringLiteral("class"),  QStringLiteral("window"),
                                    QStringLiteral("faults")};
    return fields;
}

QStringList emailQueryWords()
{
    QStringList words;
    for (const QString &outcome : outcomeNames())
        words << QStringLiteral("outcome:") + outcome;
    for (const domain::AuditKind &kind : domain::auditKinds())
        if (kind.mailsCustomer)
            words << QStringLiteral("template:") + QString::fromLatin1(kind.kind);
    for (const QString &name : classNames())
        words << QStringLiteral("class:") + name;
    for (const QString &key : windowKeys())
        words << QStringLiteral("window:") + key;
    for (const char *field : {"to:", "domain:", "reason:", "customer:", "after:7d",
                              "before:", "msgid:", "provider:brevo", "provider:smtp", "faults:yes"})
        words << QString::fromLatin1(field);
    return words;
}

domain::Result<Filter> emailFilter(const QString &text, const QueryClock &clock)
{
    auto filter = readTerms<Filter>(text, emailQueryFields(), clock, applyTerm);
    if (!filter)
        return filter;
    if (filter->from && filter->until && *filter->from >= *filter->until)
        return refuse(QStringLiteral("“before” is not later than “after”: nothing can lie between them."));
    if (!filter->from && !filter->until)
        filter->from = clock.nowUtc.addSecs(-emailWindowOf(text).seconds);
    return filter;
}

Filter withoutOutcome(Filter filter)
{
    filter.outcomes.clear();
    filter.classes.clear();
    filter.reason.clear();
    filter.messageId.clear();
    filter.repairedOnly = false;
    return filter;
}

} // namespace items
