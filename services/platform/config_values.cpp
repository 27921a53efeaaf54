#include "services/platform/config_values.h"

#include "services/platform/config.h"

#include <QUrl>

#include <algorithm>

namespace platform {
namespace values {
namespace {

bool isDigit(QChar c)
{
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

bool isAsciiAlphanumeric(QChar c)
{
    return isDigit(c) || (c >= QLatin1Char('a') && c <= QLatin1Char('z')) ||
           (c >= QLatin1Char('A') && c <= QLatin1Char('Z'));
}

} // namespace

QStringList commaList(const QString &text)
{
    QStringList parts;
    for (const QString &part : text.split(QLatin1Char(','))) {
        if (const QString trimmed = part.trimmed(); !trimmed.isEmpty())
            parts.append(trimmed);
    }
    return parts;
}

std::optional<int> integer(const QString &text, int lowest, int highest)
{
    const QString trimmed = text.trimmed();
    const bool digits = !trimmed.isEmpty() && std::all_of(trimmed.begin(), trimmed.end(), isDigit);
    bool ok = false;
    const int value = trimmed.toInt(&ok);
    if (!digits || !ok || value < lowest || value > highest)
        return std::nullopt;
    return value;
}

std::optional<std::pair<QString, quint16>> listenAddress(const QString &text)
{
    const QString trimmed = text.trimmed();
    const qsizetype colon = trimmed.lastIndexOf(QLatin1Char(':'));
    const auto port = integer(trimmed.sliced(colon + 1), 0, 65535);
    if (!port)
        return std::nullopt;
    QString host = colon < 0 ? QStringLiteral("127.0.0.1") : trimmed.first(colon);
    if (host.isEmpty())
        host = QStringLiteral("0.0.0.0");
    if (host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']'))) {
        host = host.sliced(1, host.size() - 2);
        if (QHostAddress(host).protocol() != QAbstractSocket::IPv6Protocol)
            return std::nullopt;
    } else if (std::any_of(host.begin(), host.end(), [](QChar c) {
                   return !isAsciiAlphanumeric(c) && c != QLatin1Char('.') && c != QLatin1Char('-') &&
                          c != QLatin1Char('_');
               })) {
        return std::nullopt;
    }
    return std::pair(host, static_cast<quint16>(*port));
}

QString prefixProblem(const QString &text)
{
    constexpr qsizetype shortest = 32;
    if (text.isEmpty())
        return {};
    if (!std::all_of(text.begin(), text.end(), isAsciiAlphanumeric))
        return QStringLiteral("ADMIN_PATH_PREFIX must be alphanumeric (A-Z, a-z, 0-9)");
    if (text.size() < shortest)
        return QStringLiteral("ADMIN_PATH_PREFIX must have at least 32 characters, it has %1").arg(text.size());
    return {};
}

QString originProblem(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1StringView("https") || url.scheme() == QLatin1StringView("http");
    if (!url.isValid() || !web || url.host().isEmpty())
        return QStringLiteral("'%1' is not an http or https address").arg(url.toDisplayString(QUrl::RemoveUserInfo));
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment() || !url.path().isEmpty())
        return QStringLiteral("'%1' must be scheme, host and port only")
            .arg(url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment));
    return {};
}

bool isLoopbackHost(QStringView host)
{
    if (host.compare(QLatin1StringView("localhost"), Qt::CaseInsensitive) == 0 || host == QLatin1StringView("::1"))
        return true;
    const auto octets = host.split(QLatin1Char('.'));
    const bool numeric = std::all_of(octets.begin(), octets.end(), [](QStringView octet) {
        return octet.size() <= 3 && integer(octet.toString(), 0, 255);
    });
    return octets.size() == 4 && numeric && octets.first() == QLatin1StringView("127");
}

QString providerUrlProblem(const QString &text)
{
    if (const QString problem = originProblem(text); !problem.isEmpty())
        return problem;
    const QUrl url(text, QUrl::StrictMode);
    if (url.scheme() == QLatin1StringView("https") || isLoopbackHost(url.host()))
        return {};
    return QStringLiteral("must be https, except to this machine");
}

QString smtpUrlProblem(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool mail = url.scheme() == QLatin1StringView("smtp") || url.scheme() == QLatin1StringView("smtps");
    if (!url.isValid() || !mail || url.host().isEmpty())
        return QStringLiteral(
            "must be smtp://user:password@host:587 or smtps://…:465, user and password percent-encoded");
    if (url.path().size() > 1 || url.hasQuery() || url.hasFragment())
        return QStringLiteral("must have nothing after its port");
    if (url.userName().isEmpty() != url.password().isEmpty())
        return QStringLiteral("must have both a user and a password, or neither");
    return {};
}

bool isAddress(QStringView text)
{
    constexpr qsizetype longest = 254;
    static const QString forbidden = QStringLiteral("<>()[]\",;:\\");
    const qsizetype at = text.indexOf(QLatin1Char('@'));
    return at > 0 && at == text.lastIndexOf(QLatin1Char('@')) && at + 1 < text.size() && text.size() <= longest &&
           std::none_of(text.begin(), text.end(),
                        [](QChar c) { return c.isSpace() || !c.isPrint() || forbidden.contains(c); });
}

} // namespace values

std::optional<qint64> parseDurationMs(const QString &text)
{
    if (text == QLatin1StringView("0"))
        return 0;
    double total = 0;
    qsizetype position = 0;
    if (text.isEmpty())
        return std::nullopt;
    while (position < text.size()) {
        qsizetype end = position;
        while (end < text.size() && (values::isDigit(text.at(end)) || text.at(end) == QLatin1Char('.')))
            ++end;
        bool ok = false;
        const double amount = text.sliced(position, end - position).toDouble(&ok);
        position = end;
        while (end < text.size() && text.at(end).isLetter())
            ++end;
        const QString unit = text.sliced(position, end - position);
        position = end;
        if (!ok)
            return std::nullopt;
        if (unit == QLatin1StringView("ms"))
            total += amount;
        else if (unit == QLatin1StringView("s"))
            total += amount * 1e3;
        else if (unit == QLatin1StringView("m"))
            total += amount * 6e4;
        else if (unit == QLatin1StringView("h"))
            total += amount * 3.6e6;
        else
            return std::nullopt;
    }
    constexpr double largest = 9e15;
    return total > largest ? std::nullopt : std::optional(static_cast<qint64>(total));
}

} // namespace platform
