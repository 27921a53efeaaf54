#include "views/shell/deep_link.h"

#include "views/shell/screens.h"

#include <QUrl>

namespace shell {
namespace {

const QString scheme = QStringLiteral("console://");

QString encoded(const QString &part)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(part));
}

} // namespace

QString toText(const DeepLink &link)
{
    QString text = scheme + encoded(link.profile) + u'/' + encoded(link.location.screen);
    if (!link.location.id.isEmpty())
        text += u'/' + encoded(link.location.id);
    const QString query = link.location.query.toString(QUrl::FullyEncoded);
    return query.isEmpty() ? text : text + u'?' + query;
}

std::optional<DeepLink> parseDeepLink(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (!trimmed.startsWith(scheme))
        return std::nullopt;
    const QString rest = trimmed.mid(scheme.size());
    const auto mark = rest.indexOf(u'?');
    const QStringList parts = rest.left(mark < 0 ? rest.size() : mark).split(u'/');
    if (parts.size() < 2 || parts.size() > 3)
        return std::nullopt;
    const auto decoded = [](const QString &part) { return QUrl::fromPercentEncoding(part.toLatin1()); };
    DeepLink link;
    link.profile = decoded(parts[0]);
    link.location.screen = decoded(parts[1]);
    link.location.id = parts.size() == 3 ? decoded(parts[2]) : QString();
    if (mark >= 0)
        link.location.query = QUrlQuery(rest.mid(mark + 1));
    if (railKeyOf(link.location.screen).isEmpty())
        return std::nullopt;
    return link;
}

} // namespace shell
