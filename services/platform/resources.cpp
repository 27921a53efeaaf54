#include "services/platform/resources.h"

#include <QDir>
#include <QtGlobal>

// Q_INIT_RESOURCE declares a function: it must stand outside every namespace.
static void initCompiledResources()
{
    Q_INIT_RESOURCE(instanode_resources);
}

namespace platform {

void initResources()
{
    initCompiledResources();
}

} // namespace platform
