#pragma once
#include "app/server/request.h"
#include "app/server/response.h"
#include "services/ports/customer_service.h"

namespace server {

/// `/customers/:team_id/notes`, `/notes/:note_id` (spec 01 §2.8). Thread-safe; the service outlives it.
class NotesController {
public:
    explicit NotesController(ports::CustomerService &customers) : m_customers(customers) {}

    void list(const Request &request, Responder responder) const;
    void add(const Request &request, Responder responder) const;
    void remove(const Request &request, Responder responder) const;

private:
    ports::CustomerService &m_customers;
};

} // namespace server
