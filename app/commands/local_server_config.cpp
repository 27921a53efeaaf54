#include "app/commands/local_server_config.h"

#include "app/bootstrap/database.h"
#include "services/platform/paths.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSaveFile>

namespace commands {

namespace {
QByteArray randomPrefix()
{
    static const QByteArray alphabet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    QByteArray prefix;
    for (int i = 0; i < 40; ++i)
        prefix += alphabet.at(QRandomGenerator::system()->bounded(static_cast<int>(alphabet.size())));
    return prefix;
}
} // namespace

QString localServerConfigFile()
{
    return platform::configDir() + QStringLiteral("/server.yaml");
}

domain::Result<domain::Done> ensureLocalServerConfig()
{
    if (QFile::exists(localServerConfigFile()))
        return domain::Done{};
    if (const auto folder = platform::ensureFolder(platform::configDir()); !folder)
        return folder.error();
    QSaveFile file(localServerConfigFile());
    if (!file.open(QIODevice::WriteOnly))
        return domain::unavailable(QStringLiteral("config_unwritable"), file.errorString());
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write("# Made on the first start without a display. Every setting: instanode-console doctor\n"
               "admin_path_prefix: " +
               randomPrefix() + "\nadmin_emails: [\"" + bootstrap::localOperatorEmail().toUtf8() + "\"]\n");
    if (!file.commit())
        return domain::unavailable(QStringLiteral("config_unwritable"), file.errorString());
    return domain::Done{};
}

} // namespace commands
