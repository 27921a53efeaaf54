#include "services/platform/config_settings.h"
#include "services/platform/config_values.h"

#include <algorithm>

namespace platform {
namespace {

Outcome wrong(const QString &what)
{
    return {Outcome::Kind::Wrong, what};
}

/// What example files carry in place of a secret. As a value it once let every mail fail unseen.
bool isPlaceholder(const QString &text)
{
    return text.compare(QLatin1StringView("CHANGE_ME"), Qt::CaseInsensitive) == 0;
}

using Reader = std::function<Outcome(ServerConfig &, const QString &)>;

/// A secret of one word; `keep` stores it.
Reader secretWord(std::function<void(ServerConfig &, const QString &)> keep)
{
    return [keep = std::move(keep)](ServerConfig &config, const QString &text) -> Outcome {
        const QString value = text.trimmed();
        if (isPlaceholder(value))
            return {Outcome::Kind::NotSet, QStringLiteral("is still the placeholder")};
        if (std::any_of(value.begin(), value.end(), [](QChar c) { return c.isSpace() || !c.isPrint(); }))
            return wrong(QStringLiteral("must not have spaces or control characters"));
        keep(config, value);
        return {};
    };
}

template <typename Part>
Setting number(const char *name, Part ServerConfig::*part, int Part::*member, int lowest, int highest)
{
    return {name, false, "",
            [=](ServerConfig &config, const QString &text) -> Outcome {
                const auto value = values::integer(text, lowest, highest);
                if (!value)
                    return wrong(QStringLiteral("must be a whole number from %1 to %2").arg(lowest).arg(highest));
                config.*part.*member = *value;
                return {};
            },
            [=](const ServerConfig &config) { return QString::number(config.*part.*member); }};
}

/// `noop` is the reference's name of `none`.
std::optional<QString> providerName(const QString &text)
{
    const QString name = text.trimmed().toLower();
    if (name == QLatin1StringView("noop"))
        return QStringLiteral("none");
    static const QStringList known{QStringLiteral("brevo"), QStringLiteral("smtp"), QStringLiteral("none")};
    return known.contains(name) ? std::optional(name) : std::nullopt;
}

Outcome applyProvider(ServerConfig &config, const QString &text)
{
    const auto name = providerName(text);
    if (!name)
        return wrong(QStringLiteral("must be one of brevo, smtp, none"));
    config.mail.provider = *name;
    return {};
}

Outcome applyFallback(ServerConfig &config, const QString &text)
{
    QStringList names;
    for (const QString &part : values::commaList(text)) {
        const auto name = providerName(part);
        if (!name)
            return wrong(QStringLiteral("must be a list of brevo, smtp, none"));
        names.append(*name);
    }
    config.mail.fallback = names;
    return {};
}

Outcome applyBrevoUrl(ServerConfig &config, const QString &text)
{
    QString url = text.trimmed();
    while (url.endsWith(QLatin1Char('/')))
        url.chop(1);
    if (const QString problem = values::providerUrlProblem(url); !problem.isEmpty())
        return wrong(problem);
    config.mail.brevoBaseUrl = url;
    return {};
}

Outcome applyFrom(ServerConfig &config, const QString &text)
{
    if (!values::isAddress(text.trimmed()))
        return wrong(QStringLiteral("must be one e-mail address without a name"));
    config.mail.from = text.trimmed();
    return {};
}

Outcome applyFromName(ServerConfig &config, const QString &text)
{
    const QString name = text.trimmed();
    if (std::any_of(name.begin(), name.end(), [](QChar c) { return !c.isPrint(); }))
        return wrong(QStringLiteral("must not have control characters"));
    config.mail.fromName = name;
    return {};
}

Outcome applySmtpUrl(ServerConfig &config, const QString &text)
{
    const QString url = text.trimmed();
    if (isPlaceholder(url))
        return {Outcome::Kind::NotSet, QStringLiteral("is still the placeholder")};
    if (const QString problem = values::smtpUrlProblem(url); !problem.isEmpty())
        return wrong(problem);
    config.mail.smtpUrl = url;
    return {};
}

Outcome applyTopic(ServerConfig &config, const QString &text)
{
    const QStringList parts = text.trimmed().split(QLatin1Char(':'));
    if (parts.size() != 6 || parts.at(0) != QLatin1StringView("arn") || parts.at(2) != QLatin1StringView("sns"))
        return wrong(QStringLiteral("must be arn:aws:sns:region:account:topic"));
    config.webhooks.sesTopicArn = text.trimmed();
    return {};
}

} // namespace

QStringList MailSettings::chain() const
{
    QStringList names{provider};
    names.append(fallback);
    names.removeAll(QString());
    names.removeAll(QStringLiteral("none"));
    names.removeDuplicates();
    return names;
}

void checkMailTogether(const MailSettings &mail, QHash<QString, QString> &problems)
{
    const auto missing = [&problems](const char *name, const char *why) {
        const QString key = QString::fromLatin1(name);
        if (!problems.contains(key))
            problems.insert(key, QStringLiteral("%1 is missing: %2").arg(key, QString::fromLatin1(why)));
    };
    const QStringList chain = mail.chain();
    const bool primary = !mail.provider.isEmpty() && mail.provider != QLatin1StringView("none");
    if (!primary && !chain.isEmpty())
        missing("EMAIL_PROVIDER", "EMAIL_PROVIDER_FALLBACK is nothing without a provider before it");
    if (chain.contains(QLatin1StringView("brevo")) && mail.brevoApiKey.isEmpty())
        missing("BREVO_API_KEY", "mail through Brevo needs it");
    if (chain.contains(QLatin1StringView("smtp")) && mail.smtpUrl.isEmpty())
        missing("SMTP_URL", "mail through SMTP needs it");
}

QList<Setting> mailSettings()
{
    const auto brevoKey = [](ServerConfig &c, const QString &v) { c.mail.brevoApiKey = v; };
    const auto secret = [](ServerConfig &c, const QString &v) { c.webhooks.brevoSecret = v.toUtf8(); };
    const auto previous = [](ServerConfig &c, const QString &v) { c.webhooks.brevoPreviousSecret = v.toUtf8(); };
    return {
        {"EMAIL_PROVIDER", false, "no mail is sent: every mail is recorded as dropped, and stays so", applyProvider,
         [](const ServerConfig &c) { return c.mail.provider; }},
        {"EMAIL_PROVIDER_FALLBACK", false, "", applyFallback,
         [](const ServerConfig &c) { return c.mail.fallback.join(QStringLiteral(", ")); }},
        {"EMAIL_FROM", false, "", applyFrom, [](const ServerConfig &c) { return c.mail.from; }},
        {"EMAIL_FROM_NAME", false, "", applyFromName, [](const ServerConfig &c) { return c.mail.fromName; }},
        number("EMAIL_TIMEOUT_MS", &ServerConfig::mail, &MailSettings::timeoutMs, 100, 120'000),
        number("EMAIL_CONCURRENCY", &ServerConfig::mail, &MailSettings::concurrency, 1, 64),
        {"BREVO_API_KEY", true, "no mail through Brevo, and gaps in the delivery events cannot be repaired",
         secretWord(brevoKey), [](const ServerConfig &c) { return c.mail.brevoApiKey; }},
        {"BREVO_BASE_URL", false, "", applyBrevoUrl, [](const ServerConfig &c) { return c.mail.brevoBaseUrl; }},
        {"SMTP_URL", true, "no mail through SMTP", applySmtpUrl, [](const ServerConfig &c) { return c.mail.smtpUrl; }},
        {"BREVO_WEBHOOK_SECRET", true, "Brevo's webhooks answer 401: no delivery and no bounce is ever seen",
         secretWord(secret), [](const ServerConfig &c) { return QString::fromUtf8(c.webhooks.brevoSecret); }},
        {"BREVO_WEBHOOK_SECRET_PREVIOUS", true, "", secretWord(previous),
         [](const ServerConfig &c) { return QString::fromUtf8(c.webhooks.brevoPreviousSecret); }},
        {"SES_TOPIC_ARN", false, "the SES webhook refuses every notification", applyTopic,
         [](const ServerConfig &c) { return c.webhooks.sesTopicArn; }},
        number("WEBHOOK_RETENTION_DAYS", &ServerConfig::webhooks, &WebhookSettings::retentionDays, 1, 3650),
        number("WEBHOOK_INBOX_MAX_ROWS", &ServerConfig::webhooks, &WebhookSettings::inboxMaxRows, 1000, 100'000'000),
    };
}

} // namespace platform
