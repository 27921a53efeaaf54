#include "services/remote/remote_config.h"

#include <QHostAddress>

#include <algorithm>

namespace remote {

namespace {

bool isThisMachine(const QString &host)
{
    return host.compare(QLatin1StringView("localhost"), Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

} // namespace

domain::Result<domain::Done> checkConfig(const RemoteConfig &config)
{
    const QString scheme = config.url.scheme();
    const bool plain = scheme == QLatin1StringView("http");
    if (!config.url.isValid() || config.url.host().isEmpty() || (!plain && scheme != QLatin1StringView("https")) ||
        config.url.hasQuery() || config.url.hasFragment() || !config.url.userInfo().isEmpty())
        return domain::invalidInput(QStringLiteral("invalid_url"), QStringLiteral("url"),
                                    QStringLiteral("must be an https address such as https://console.example.com"));
    if (plain && !config.allowPlainHttp && !isThisMachine(config.url.host()))
        return domain::invalidInput(
            QStringLiteral("insecure_url"), QStringLiteral("url"),
            QStringLiteral("plain http would send the token readably to %1; use https").arg(config.url.host()));
    const bool printable = std::all_of(config.token.begin(), config.token.end(),
                                       [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; });
    if (config.token.isEmpty() || !printable)
        return domain::invalidInput(QStringLiteral("missing_token"), QStringLiteral("token"),
                                    QStringLiteral("must be an operator token"));
    return domain::Done{};
}

} // namespace remote
