#pragma once
#include "services/platform/config.h"

#include <QList>
#include <QString>

#include <functional>

/// The table of the server's settings, apart from how they are gathered; used by config.cpp.
namespace platform {

/// What reading one value came to. A pool setting that is wrong falls back, a placeholder counts as not set, everything
/// else stops the start.
struct Outcome {
    enum class Kind { Fine, FellBack, NotSet, Wrong } kind = Kind::Fine;
    QString what;
};
struct Setting {
    const char *name;
    bool secret;
    const char *closedWithout;
    std::function<Outcome(ServerConfig &, const QString &)> apply;
    std::function<QString(const ServerConfig &)> shown; ///< empty when nothing is in force
};

/// Every setting, in the order of `doctor`.
const QList<Setting> &settings();
/// The part of them that is about mail and webhooks.
QList<Setting> mailSettings();
/// What mail needs as a whole; problems by variable name.
void checkMailTogether(const MailSettings &mail, QHash<QString, QString> &problems);

} // namespace platform
