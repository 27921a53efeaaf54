#include "services/platform/paths.h"

#include <QDir>
#include <QFileInfo>

#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace platform {
namespace {

/// A relative path in an XDG variable is to be ignored (XDG Base Directory Specification).
QString xdgFolder(const char *variable, const QString &underHome)
{
    const QString value = qEnvironmentVariable(variable);
    const QString base =
        QDir::isAbsolutePath(value) ? QDir::cleanPath(value) : QDir::homePath() + QLatin1Char('/') + underHome;
    return base + QStringLiteral("/instanode-console");
}

domain::Error folderError(const QString &path, int code)
{
    return domain::unavailable(QStringLiteral("folder_unavailable"),
                               QStringLiteral("%1: %2").arg(path, QString::fromLocal8Bit(std::strerror(code))));
}

} // namespace

QString dataDir()
{
    return xdgFolder("XDG_DATA_HOME", QStringLiteral(".local/share"));
}

QString configDir()
{
    return xdgFolder("XDG_CONFIG_HOME", QStringLiteral(".config"));
}

QString stateDir()
{
    return xdgFolder("XDG_STATE_HOME", QStringLiteral(".local/state"));
}

QString defaultDatabaseFile()
{
    return dataDir() + QStringLiteral("/console.sqlite");
}

domain::Result<QString> ensureFolder(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return path;
    const QString parent = info.path();
    if (parent != path && !QFileInfo(parent).isDir()) {
        if (auto made = ensureFolder(parent); !made)
            return made;
    }
    // Another process may make it at the same time.
    if (::mkdir(path.toLocal8Bit().constData(), S_IRWXU) != 0 && !(errno == EEXIST && QFileInfo(path).isDir()))
        return folderError(path, errno);
    return path;
}

} // namespace platform
