#pragma once
#include "app/server/request.h"
#include "app/server/response.h"
#include "services/ports/customer_service.h"

namespace server {

/// `/customers…`: list, sums, exports, detail, tier (spec 01 §2.3–§2.6). Thread-safe; the service outlives it.
class CustomersController {
public:
    explicit CustomersController(ports::CustomerService &customers) : m_customers(customers) {}

    void list(const Request &request, Responder responder) const;
    void sums(const Request &request, Responder responder) const;
    void exported(const Request &request, Responder responder) const;
    void detail(const Request &request, Responder responder) const;
    void previewTier(const Request &request, Responder responder) const;
    void changeTier(const Request &request, Responder responder) const;

private:
    ports::CustomerService &m_customers;
};

/// What an agent should tell its user after a tier change; keeps the rules of spec 04 §2.3.
QString tierChangeAction(const ports::TierChangeResult &result);

} // namespace server
