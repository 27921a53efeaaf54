#pragma once
#include "models/domain/result.h"
#include "services/platform/clock.h"
#include "services/providers/curl_pool.h"
#include "services/usecases/mail_provider.h"

#include <memory>

namespace providers {

/// Where mail is handed in. `smtp://` encrypts with STARTTLS, `smtps://` from the first byte.
struct SmtpServer {
    bool implicitTls = false;
    QString host;
    quint16 port = 587;     ///< 465 with smtps
    QString user, password; ///< empty: no AUTH
    bool operator==(const SmtpServer &) const = default;

    /// `smtp://user:pass@host:587`, user and password percent-encoded. InvalidInput `invalid_smtp_url`; no part of the
    /// text is repeated.
    static domain::Result<SmtpServer> parse(const QString &url);
};

/// Submission by SMTP. 250 accepts; a 4xx reply is transient, a 5xx reply to the recipient or the message permanent;
/// no reply is transient with status 0. A 5xx reply before that (greeting, STARTTLS, AUTH, sender) is about us and not
/// about this mail: transient and `authWall`. The Message-ID is made from the idempotency key, so that a repetition
/// can be recognised, and is the result's messageId.
class SmtpProvider final : public usecases::MailProvider {
public:
    struct Options {
        SmtpServer server;
        QString from = QStringLiteral("noreply@instanode.dev");
        QString fromName = QStringLiteral("instanode");
        /// smtp:// to this machine goes without TLS; to every other host TLS is required all the same.
        bool plainToLoopback = false;
        QString extraCaFile; ///< PEM, trusted beside the system's
    };
    SmtpProvider(Options options, const platform::Clock &clock);

    QString name() const override { return QStringLiteral("smtp"); }
    usecases::SendResult send(const usecases::OutgoingMail &mail, int timeoutMs) override;

private:
    Options m_options;
    const platform::Clock &m_clock;
    CurlPool m_pool;
};

} // namespace providers
