#pragma once
#include "models/domain/result.h"
#include "services/local/local_core.h"
#include "services/platform/config.h"

#include <QObject>

#include <memory>

namespace bootstrap {

/// The headless server as a whole: core, routes, health, metrics, listener, and their orderly end. Main thread only.
class ServerHost : public QObject {
    Q_OBJECT
public:
    ServerHost(platform::ServerConfig config, std::unique_ptr<local::LocalCore> core, QObject *parent = nullptr);
    ~ServerHost() override; ///< runs the ladder if shutDown() was not called

    /// Binds and serves. The bound port; errors as server::Server::start() and registerRoutes().
    domain::Result<quint16> start();
    /// `http://127.0.0.1:8080`
    QString baseUrl() const;
    /// The shutdown ladder (ARCHITECTURE.md). Blocks; false when requests had to be cut off.
    bool shutDown();

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace bootstrap
