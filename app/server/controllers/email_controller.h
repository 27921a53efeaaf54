#pragma once
#include "app/server/request.h"
#include "app/server/response.h"
#include "services/ports/email_service.h"

namespace server {

/// `/email/…`: delivery figures, messages, suppressions, templates. Thread-safe; the service outlives it.
class EmailController {
public:
    explicit EmailController(ports::EmailService &email) : m_email(email) {}

    void figures(const Request &request, Responder responder) const;
    void series(const Request &request, Responder responder) const;
    void groups(const Request &request, Responder responder) const;
    void messages(const Request &request, Responder responder) const;
    void message(const Request &request, Responder responder) const;
    /// See answerExport().
    void exportMessages(const Request &request, Responder responder) const;
    void resend(const Request &request, Responder responder) const;
    void suppressions(const Request &request, Responder responder) const;
    void lift(const Request &request, Responder responder) const;
    void repair(const Request &request, Responder responder) const;
    void health(const Request &request, Responder responder) const;
    void templates(const Request &request, Responder responder) const;
    void preview(const Request &request, Responder responder) const;

private:
    ports::EmailService &m_email;
};

} // namespace server
