#include "services/usecases/mail_provider.h"

namespace usecases {

QString sendClassName(SendClass value)
{
    switch (value) {
    case SendClass::Accepted:
        return QStringLiteral("accepted");
    case SendClass::Transient:
        return QStringLiteral("transient");
    case SendClass::Permanent:
        return QStringLiteral("permanent");
    case SendClass::SkippedNoTemplate:
        return QStringLiteral("skipped_no_template");
    }
    Q_UNREACHABLE();
}

} // namespace usecases
