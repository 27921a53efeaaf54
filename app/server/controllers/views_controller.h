#pragma once
#include "app/server/request.h"
#include "app/server/response.h"
#include "services/ports/view_service.h"

namespace server {

/// `/views`: saved views of a list. Thread-safe; the service outlives it.
class ViewsController {
public:
    explicit ViewsController(ports::ViewService &views) : m_views(views) {}

    void list(const Request &request, Responder responder) const; ///< `?screen=customers|audit`
    void save(const Request &request, Responder responder) const;
    void remove(const Request &request, Responder responder) const;

private:
    ports::ViewService &m_views;
};

} // namespace server
