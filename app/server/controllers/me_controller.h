#pragma once
#include "app/server/admin/authenticator.h"
#include "app/server/admin/gates.h"
#include "app/server/request.h"
#include "app/server/response.h"
#include "models/domain/plan.h"
#include "services/ports/customer_service.h"

#include <memory>

namespace server {

/// `/auth/me` (spec 01 §2.9, spec 04 §5.6): who the bearer is, never cached. The admin prefix is told to allow-listed
/// operators only; for everybody else the member is absent. Thread-safe; held by a shared pointer; the references
/// outlive it.
class MeController : public std::enable_shared_from_this<MeController> {
public:
    struct Needs {
        ports::CustomerService &customers;
        const domain::PlanRegistry &plans;
        const platform::Clock &clock;
        AdminConfig admin;
        SessionConfig session;
    };
    explicit MeController(Needs needs) : m_needs(std::move(needs)) {}

    void me(const Request &request, Responder responder) const;

private:
    void tellOperator(const Request &request, const Responder &responder) const;
    Response describeUser(const Request &request, const ports::CustomerDetail &detail) const;
    void addOperatorMembers(const QString &email, QJsonObject *body) const;

    Needs m_needs;
};

} // namespace server
