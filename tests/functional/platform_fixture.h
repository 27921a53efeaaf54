#pragma once
#include "tests/functional/http_client.h"
#include "tests/functional/server_process.h"
#include "tests/support/temp_database.h"

#include <QTemporaryDir>

#include <memory>

namespace functional {

/// A database filled by the `demo` command, a token minted by `token mint`, and a running server on them: only what an
/// operator would type.
class PlatformFixture {
public:
    explicit PlatformFixture(storage::Engine engine);

    /// Fills `customers` sample customers and mints the two tokens; empty on success, else what went wrong.
    QString prepare(int customers = 60);
    /// Starts the server; empty on success.
    QString startServer();

    QProcessEnvironment environment() const;
    QString prefix() const { return QStringLiteral("/api/v1/") + m_prefix; }
    QString adminToken() const { return m_adminToken; }
    QString auditorToken() const { return m_auditorToken; }
    HttpClient admin() const { return HttpClient(m_server->port(), m_adminToken); }
    HttpClient auditor() const { return HttpClient(m_server->port(), m_auditorToken); }
    HttpClient anonymous() const { return HttpClient(m_server->port()); }
    ServerProcess &server() { return *m_server; }
    storage::DatabaseConfig database() const { return m_database.config(); }

    static constexpr const char *operatorEmail = "mira@console.example";

private:
    QString mint(const QString &scope, QString *token) const;
    QTemporaryDir m_home;
    test::TempDatabase m_database;
    QString m_prefix = QStringLiteral("Xq7LmP2vRt9KsW4yBn6ZcD8fGh3JkT5a");
    QString m_adminToken, m_auditorToken;
    std::unique_ptr<ServerProcess> m_server;
};

} // namespace functional
