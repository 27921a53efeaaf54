#include "services/platform/fault_point.h"

#include <QByteArray>

#include <atomic>
#include <csignal>

namespace platform {

namespace {

struct Fault {
    QByteArray name;
    int left = 0;

    static Fault fromEnvironment()
    {
        const QByteArray text = qgetenv("INSTANODE_FAULT_POINT");
        const qsizetype colon = text.lastIndexOf(':');
        if (colon <= 0)
            return {};
        return {text.left(colon), text.mid(colon + 1).toInt()};
    }
};

} // namespace

void faultPoint(const char *name)
{
    static const Fault fault = Fault::fromEnvironment();
    static std::atomic<int> left{fault.left};
    if (!fault.name.isEmpty() && fault.name == name && left.fetch_sub(1) == 1)
        std::raise(SIGKILL);
}

} // namespace platform
