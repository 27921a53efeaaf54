#pragma once
#include "services/providers/http_client.h"
#include "services/usecases/mail_provider.h"

#include <functional>
#include <memory>

namespace providers {

/// spec 02 §3.3: 2xx accepted; 408, 425, 429, 401 and 403 transient; other 4xx permanent; everything else, 0 included,
/// transient.
usecases::SendClass sendClassOf(int httpStatus);
/// Milliseconds that the answer asks to wait (`Retry-After`, or Brevo's `x-sib-ratelimit-reset` with 429), at most a
/// day; 0 = it does not.
qint64 retryAfterMs(const HttpResponse &answer);

struct BrevoAccount {
    QString baseUrl = QStringLiteral("https://api.brevo.com"); ///< without a slash at its end
    QString apiKey;
};

/// Transactional mail through Brevo's HTTP API. Never uses its templates. A mail without a recipient or a subject is
/// permanent, one without HTML is skipped, both without a call.
class BrevoProvider final : public usecases::MailProvider {
public:
    struct Sender {
        QString address = QStringLiteral("noreply@instanode.dev");
        QString name = QStringLiteral("instanode");
    };
    /// Called on the sending thread for every call that was not accepted: the class and the HTTP status, 0 = no answer.
    using ErrorHook = std::function<void(usecases::SendClass result, int status)>;

    BrevoProvider(BrevoAccount account, Sender sender, std::shared_ptr<const HttpClient> http, ErrorHook onError = {});

    QString name() const override { return QStringLiteral("brevo"); }
    usecases::SendResult send(const usecases::OutgoingMail &mail, int timeoutMs) override;

private:
    usecases::SendResult judge(const HttpResponse &answer, const usecases::OutgoingMail &mail) const;

    BrevoAccount m_account;
    Sender m_sender;
    std::shared_ptr<const HttpClient> m_http;
    ErrorHook m_onError;
};

} // namespace providers
