#include "services/providers/failover_provider.h"

#include <QStringList>

#include <algorithm>

namespace providers {

using usecases::MailProvider;
using usecases::OutgoingMail;
using usecases::SendClass;
using usecases::SendResult;

domain::Result<std::shared_ptr<FailoverProvider>>
FailoverProvider::make(std::vector<std::shared_ptr<MailProvider>> chain, OutcomeHook onOutcome)
{
    std::erase(chain, nullptr);
    if (chain.empty())
        return domain::invalidInput(QStringLiteral("email_chain_empty"), QStringLiteral("EMAIL_PROVIDER"),
                                    QStringLiteral("a chain of mail providers needs at least one"));
    return std::shared_ptr<FailoverProvider>(new FailoverProvider(std::move(chain), std::move(onOutcome)));
}

FailoverProvider::FailoverProvider(std::vector<std::shared_ptr<MailProvider>> chain, OutcomeHook onOutcome)
    : m_chain(std::move(chain))
    , m_onOutcome(std::move(onOutcome))
{
}

QString FailoverProvider::name() const
{
    QStringList names;
    for (const auto &member : m_chain)
        names.append(member->name());
    return QStringLiteral("failover(%1)").arg(names.join(QLatin1Char(',')));
}

SendResult FailoverProvider::send(const OutgoingMail &mail, int timeoutMs)
{
    SendResult last;
    bool heard = false, called = false, failed = false;
    for (std::size_t i = 0; i < m_chain.size(); ++i) {
        SendResult result = m_chain[i]->send(mail, timeoutMs);
        if (result.result == SendClass::Accepted) {
            if (m_onOutcome)
                m_onOutcome(i == 0 ? QStringLiteral("primary_ok") : QStringLiteral("fallback_ok"));
            return result;
        }
        const bool skipped = result.result == SendClass::SkippedNoTemplate;
        const bool paused = result.result == SendClass::Transient && !result.called;
        failed = failed || !(skipped || paused);
        called = called || result.called;
        // A skip says nothing about the mail: it must not take the place of an error that a retry can heal.
        if (!heard || !skipped) {
            last = std::move(result);
            heard = heard || !skipped;
        }
    }
    last.called = called;
    if (failed && m_onOutcome)
        m_onOutcome(QStringLiteral("all_failed"));
    return last;
}

} // namespace providers
