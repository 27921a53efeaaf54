#include "services/providers/provider_factory.h"

#include "services/providers/breaker_provider.h"
#include "services/providers/brevo_event_log.h"
#include "services/providers/brevo_provider.h"
#include "services/providers/failover_provider.h"
#include "services/providers/none_provider.h"
#include "services/providers/smtp_provider.h"

namespace providers {

namespace {

using ProviderResult = domain::Result<std::shared_ptr<usecases::MailProvider>>;

struct Parts {
    const platform::MailSettings &settings;
    const platform::Clock &clock;
    const MailHooks &hooks;
    std::shared_ptr<const HttpClient> http;
    QString extraCaFile;
};

BrevoAccount accountOf(const platform::MailSettings &settings)
{
    return {.baseUrl = settings.brevoBaseUrl, .apiKey = settings.brevoApiKey};
}

domain::Error incomplete(const QString &provider, const QString &missing)
{
    return domain::invalidInput(QStringLiteral("email_provider_incomplete"), missing,
                                QStringLiteral("%1 is missing: the mail provider %2 needs it").arg(missing, provider));
}

ProviderResult makeSmtp(const Parts &parts)
{
    const platform::MailSettings &settings = parts.settings;
    if (settings.smtpUrl.isEmpty())
        return incomplete(QStringLiteral("smtp"), QStringLiteral("SMTP_URL"));
    const auto server = SmtpServer::parse(settings.smtpUrl);
    if (!server)
        return server.error();
    // The mail server of this machine seldom has a certificate for "localhost", and nobody listens in between.
    SmtpProvider::Options options;
    options.server = *server;
    options.from = settings.from;
    options.fromName = settings.fromName;
    options.plainToLoopback = true;
    options.extraCaFile = parts.extraCaFile;
    return std::shared_ptr<usecases::MailProvider>(std::make_shared<SmtpProvider>(options, parts.clock));
}

ProviderResult makeOne(const QString &name, const Parts &parts)
{
    const platform::MailSettings &settings = parts.settings;
    if (name == QLatin1StringView("smtp"))
        return makeSmtp(parts);
    if (name != QLatin1StringView("brevo"))
        return domain::invalidInput(QStringLiteral("email_provider_unknown"), QStringLiteral("EMAIL_PROVIDER"),
                                    QStringLiteral("there is no mail provider '%1': brevo, smtp or none").arg(name));
    if (settings.brevoApiKey.isEmpty())
        return incomplete(name, QStringLiteral("BREVO_API_KEY"));
    return std::shared_ptr<usecases::MailProvider>(std::make_shared<BrevoProvider>(
        accountOf(settings), BrevoProvider::Sender{.address = settings.from, .name = settings.fromName}, parts.http,
        parts.hooks.brevoError));
}

} // namespace

MailHooks metricHooks(platform::Metrics &metrics)
{
    return {
        .brevoError = [&metrics](usecases::SendClass result,
                                 int status) { metrics.countBrevoSendError(usecases::sendClassName(result), status); },
        .failover = [&metrics](const QString &outcome) { metrics.countFailover(outcome); },
        .breaker = [&metrics](const QString &provider,
                              BreakerState state) { metrics.setProviderBreaker(provider, static_cast<int>(state)); }};
}

domain::Result<MailProviders> makeMailProviders(const platform::MailSettings &settings, const platform::Clock &clock,
                                                const MailHooks &hooks, BreakerRules rules, const QString &extraCaFile)
{
    const auto http = std::make_shared<const HttpClient>(extraCaFile);
    const Parts parts{settings, clock, hooks, http, extraCaFile};
    MailProviders made;
    if (!settings.brevoApiKey.isEmpty())
        made.eventLog = std::make_shared<BrevoEventLog>(accountOf(settings), http);

    std::vector<std::shared_ptr<usecases::MailProvider>> chain;
    for (const QString &name : settings.chain()) {
        const ProviderResult provider = makeOne(name, parts);
        if (!provider)
            return provider.error();
        CircuitBreaker::ChangeHook onChange;
        if (hooks.breaker)
            onChange = [report = hooks.breaker, name](BreakerState state) { report(name, state); };
        chain.push_back(std::make_shared<BreakerProvider>(*provider, clock, rules, onChange));
    }
    if (chain.empty()) {
        made.sender = std::make_shared<NoneProvider>();
    } else if (chain.size() == 1) {
        made.sender = chain.front();
    } else {
        const auto failover = FailoverProvider::make(std::move(chain), hooks.failover);
        if (!failover)
            return failover.error();
        made.sender = *failover;
    }
    return made;
}

} // namespace providers
