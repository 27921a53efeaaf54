#pragma once
#include "models/domain/result.h"
#include "services/usecases/mail_provider.h"

#include <functional>
#include <memory>
#include <vector>

namespace providers {

/// Asks providers in order until one accepts (spec 02 §3.3). Whatever is no success, refusals for good included, goes
/// to the next; the result names the provider that gave it. When none accepts, it is the last error; a skip only when
/// nothing else was heard. Thread-safe when the members are.
class FailoverProvider final : public usecases::MailProvider {
public:
    /// Gets `primary_ok`, `fallback_ok` or `all_failed` on the sending thread. Nothing when all members skipped or are
    /// paused: then nothing failed either.
    using OutcomeHook = std::function<void(const QString &outcome)>;

    /// Null members are left out. InvalidInput `email_chain_empty` when none is left.
    static domain::Result<std::shared_ptr<FailoverProvider>>
    make(std::vector<std::shared_ptr<usecases::MailProvider>> chain, OutcomeHook onOutcome = {});

    QString name() const override; ///< `failover(brevo,smtp)`
    /// Each member may take `timeoutMs`.
    usecases::SendResult send(const usecases::OutgoingMail &mail, int timeoutMs) override;

private:
    FailoverProvider(std::vector<std::shared_ptr<usecases::MailProvider>> chain, OutcomeHook onOutcome);

    std::vector<std::shared_ptr<usecases::MailProvider>> m_chain;
    OutcomeHook m_onOutcome;
};

} // namespace providers
