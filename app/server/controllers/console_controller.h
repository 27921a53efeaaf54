#pragma once
#include "app/server/request.h"
#include "app/server/response.h"
#include "services/ports/backend.h"

namespace server {

/// The reads a console needs besides lists: `/overview`, `/session`, `/health`. Thread-safe; the backend outlives it.
class ConsoleController {
public:
    explicit ConsoleController(ports::Backend &backend) : m_backend(backend) {}

    void overview(const Request &request, Responder responder) const;
    void session(const Request &request, Responder responder) const;
    void health(const Request &request, Responder responder) const;

private:
    ports::Backend &m_backend;
};

} // namespace server
