#include "services/usecases/mail_words.h"

#include "models/domain/format.h"
#include "models/domain/tier.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>
#include <QUrl>

#include <cmath>
#include <optional>

namespace usecases::words {
namespace {

struct Word {
    QLatin1StringView name;
    const char *text;
};

template <size_t N>
QString lookUp(const QJsonValue &value, const Word (&list)[N])
{
    const QString name = value.toString();
    for (const Word &word : list) {
        if (word.name == name)
            return QString::fromUtf8(word.text);
    }
    return {};
}

using S = QLatin1StringView;
constexpr Word experiments[] = {{S("upgrade_button"), "the upgrade button"}};
constexpr Word variants[] = {{S("control"), "the plain wording"},
                             {S("urgent"), "the wording about running out of room"},
                             {S("value"), "the wording about what a larger plan brings"}};
constexpr Word actions[] = {{S("checkout_started"), "started a checkout"},
                            {S("checkout_completed"), "finished a checkout"},
                            {S("upgrade_clicked"), "looked at an upgrade"},
                            {S("pricing_viewed"), "looked at our plans"}};
constexpr Word permanentReasons[] = {{S("deploy_new"), "the choice made when it was deployed"},
                                     {S("make_permanent_endpoint"), "a request from your team"},
                                     {S("team_setting"), "your team's default setting"},
                                     {S("default_deployment_ttl_policy"), "your team's default setting"},
                                     {S("tier_upgrade"), "the upgrade of your plan"}};
constexpr Word downgradeReasons[] = {{S("customer_request"), "at your request"},
                                     {S("plan_change"), "a change of plan"},
                                     {S("payment_failed"), "a payment that failed"}};
constexpr Word failureStages[] = {{S("build"), "build"}, {S("rollout"), "rollout"}};
constexpr Word ttlPolicies[] = {{S("auto_24h"), "24 hours, unless made permanent"},
                                {S("custom"), "a time that your team chose"},
                                {S("permanent"), "no end"}};
constexpr Word axes[] = {{S("storage"), "storage"},
                         {S("connections"), "connections"},
                         {S("provisions"), "resources"},
                         {S("requests"), "stored requests"}};
constexpr Word promoKinds[] = {{S("percent_off"), "a percentage off"},
                               {S("amount_off"), "an amount off"},
                               {S("first_month_free"), "the first month free"}};

struct ResourceWord {
    QLatin1StringView name;
    const char *one, *many;
};
constexpr ResourceWord resourceWords[] = {{S("postgres"), "PostgreSQL database", "PostgreSQL databases"},
                                          {S("mongodb"), "MongoDB database", "MongoDB databases"},
                                          {S("redis"), "Redis cache", "Redis caches"},
                                          {S("queue"), "message queue", "message queues"},
                                          {S("storage"), "storage bucket", "storage buckets"},
                                          {S("vector"), "vector database", "vector databases"},
                                          {S("webhook"), "webhook inbox", "webhook inboxes"}};

QString resourceWord(const QString &type, bool many)
{
    for (const ResourceWord &word : resourceWords) {
        if (word.name == type)
            return QString::fromLatin1(many ? word.many : word.one);
    }
    return domain::wordText(type);
}

/// Also of a text: some producers write their numbers as texts (spec 03 §2.3, expiry_reminder).
std::optional<double> number(const QJsonValue &value)
{
    bool ok = value.isDouble();
    const double result = value.isString() ? value.toString().trimmed().toDouble(&ok) : value.toDouble();
    return ok && std::isfinite(result) ? std::optional<double>(result) : std::nullopt;
}

std::optional<qint64> count(const QJsonValue &value)
{
    const auto found = number(value);
    if (!found || *found < 0 || *found > 1e15)
        return std::nullopt;
    return static_cast<qint64>(std::floor(*found));
}

bool isControl(QChar c)
{
    return c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line ||
           c.category() == QChar::Separator_Paragraph;
}

/// Reorders what a reader sees; has no place in a name or an error text.
bool isDirectional(QChar c)
{
    const char16_t code = c.unicode();
    return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

} // namespace

QString clean(const QString &text, qsizetype maximum)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool pair = c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair)
            result += c, result += text[++i];
        else if (c.isSurrogate())
            result += QChar(QChar::ReplacementCharacter);
        else if (isControl(c))
            result += QLatin1Char(' ');
        else if (!isDirectional(c))
            result += c;
    }
    result = result.simplified();
    if (result.size() > maximum) {
        result.truncate(maximum - 1);
        if (result.back().isHighSurrogate())
            result.chop(1);
        result = result.trimmed() + QChar(0x2026);
    }
    return result;
}

QString plain(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    if (value.isString())
        return value.toString();
    if (!value.isDouble())
        return {};
    // toInteger() gives the fallback for what is no whole number.
    const qint64 whole = value.toInteger(1);
    if (whole == value.toInteger(2))
        return QString::number(whole);
    return QString::number(value.toDouble(), 'f', QLocale::FloatingPointShortest);
}

QString tier(const QJsonValue &value)
{
    const QString name = value.toString().trimmed().toLower(), base = domain::canonicalTierName(name);
    QStringList parts = domain::wordText(base).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (QString &part : parts)
        part[0] = part[0].toUpper();
    const QString words = parts.join(QLatin1Char(' '));
    return words.isEmpty() || base == name ? words : words + QStringLiteral(" (yearly)");
}

QString time(const QJsonValue &value)
{
    const QDateTime parsed = QDateTime::fromString(value.toString().trimmed(), Qt::ISODateWithMs);
    return parsed.timeSpec() == Qt::LocalTime ? QString() : time(parsed);
}

QString time(const QDateTime &value)
{
    if (!value.isValid())
        return {};
    return QLocale::c().toString(value.toUTC(), QStringLiteral("d MMM yyyy, HH:mm")) + QStringLiteral(" UTC");
}

QString hours(const QJsonValue &value)
{
    const auto found = number(value);
    if (!found || *found < 0 || *found > 1e6)
        return {};
    const qint64 all = std::max<qint64>(1, static_cast<qint64>(std::ceil(*found)));
    const qint64 full = all >= 48 ? all / 24 : 0, rest = all - full * 24;
    QStringList parts;
    if (full > 0)
        parts.append(domain::plural(full, QStringLiteral("day"), QStringLiteral("days")));
    if (rest > 0)
        parts.append(domain::plural(rest, QStringLiteral("hour"), QStringLiteral("hours")));
    return parts.join(QLatin1Char(' '));
}

QString days(const QJsonValue &value)
{
    const auto found = count(value);
    return found.value_or(0) > 0 ? domain::plural(*found, QStringLiteral("day"), QStringLiteral("days")) : QString();
}

QString seconds(const QJsonValue &value)
{
    const auto found = count(value);
    if (!found)
        return {};
    const qint64 rest = *found % 60;
    const bool both = *found > 60 && *found < 3600 && rest > 0;
    return domain::durationText(*found) + (both ? QStringLiteral(" %1 s").arg(rest) : QString());
}

QString paise(const QJsonValue &value)
{
    const qint64 amount = value.toInteger(0);
    return amount > 0 ? domain::moneyText(domain::Money{amount, QStringLiteral("INR")}) : QString();
}

QString url(const QJsonValue &value)
{
    const QUrl address(value.toString().trimmed(), QUrl::StrictMode);
    const QString scheme = address.scheme();
    if (!address.isValid() || (scheme != S("https") && scheme != S("http")) || address.host().isEmpty() ||
        !address.userInfo().isEmpty())
        return {};
    const QString text = address.toString(QUrl::FullyEncoded);
    return text.size() > 2000 ? QString() : text;
}

QString tokenPrefix(const QJsonValue &value)
{
    return plain(value).trimmed().left(8);
}

QString resourceType(const QJsonValue &value)
{
    return resourceWord(value.toString().trimmed(), false);
}

QString activeResources(const QJsonValue &value)
{
    const auto found = count(value);
    if (found.value_or(0) <= 0)
        return {};
    return domain::plural(*found, QStringLiteral("active resource"), QStringLiteral("active resources"));
}

QString breakdown(const QJsonValue &value)
{
    QStringList parts;
    if (value.isObject()) {
        const QJsonObject counts = value.toObject();
        for (auto it = counts.begin(); it != counts.end(); ++it) {
            if (const auto n = count(it.value()); n && *n > 0)
                parts.append(domain::plural(*n, resourceWord(it.key(), false), resourceWord(it.key(), true)));
        }
    } else if (value.isArray()) {
        for (const QJsonValue &item : value.toArray())
            parts.append(plain(item));
        parts.removeAll(QString());
    } else {
        return plain(value);
    }
    return parts.join(QStringLiteral(", "));
}

QString experiment(const QJsonValue &value)
{
    return lookUp(value, experiments);
}
QString variant(const QJsonValue &value)
{
    return lookUp(value, variants);
}
QString action(const QJsonValue &value)
{
    return lookUp(value, actions);
}
QString permanentBecause(const QJsonValue &value)
{
    return lookUp(value, permanentReasons);
}
QString downgradeReason(const QJsonValue &value)
{
    return lookUp(value, downgradeReasons);
}
QString failureStage(const QJsonValue &value)
{
    return lookUp(value, failureStages);
}
QString ttlPolicy(const QJsonValue &value)
{
    return lookUp(value, ttlPolicies);
}
QString quotaAxis(const QJsonValue &value)
{
    return lookUp(value, axes);
}
QString promoKind(const QJsonValue &value)
{
    return lookUp(value, promoKinds);
}

} // namespace usecases::words
