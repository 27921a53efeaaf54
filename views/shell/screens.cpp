#include "views/shell/screens.h"

#include <QCoreApplication>

namespace shell {

const QList<Screen> &screens()
{
    static const QList<Screen> all = [] {
        const auto tr = [](const char *text) { return QCoreApplication::translate("Screens", text); };
        return QList<Screen>{
            {QStringLiteral("overview"), tr("Overview"), QStringLiteral("overview"), {}},
            {QStringLiteral("customers"), tr("Customers"), QStringLiteral("customers"), {}},
            {QStringLiteral("email"), tr("E-mail"), QStringLiteral("mail"), tr("Delivery")},
            {QStringLiteral("webhooks"), tr("Webhook inbox"), QStringLiteral("inbox"), {}},
            {QStringLiteral("audit"), tr("Audit log"), QStringLiteral("audit"), tr("System")},
            {QStringLiteral("health"), tr("Server health"), QStringLiteral("health"), {}},
            {QStringLiteral("settings"), tr("Settings"), QStringLiteral("settings"), {}},
        };
    }();
    return all;
}

QString railKeyOf(const QString &screen)
{
    if (screen == QLatin1StringView("customer"))
        return QStringLiteral("customers");
    for (const Screen &s : screens()) {
        if (s.key == screen)
            return s.key;
    }
    return {};
}

} // namespace shell
