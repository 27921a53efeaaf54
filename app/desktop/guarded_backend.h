#pragma once
#include "services/ports/backend.h"

#include <atomic>
#include <memory>

namespace desktop {

/// Shared by the window, which locks and unlocks, and the guard, which is called on any thread.
using WriteLock = std::shared_ptr<std::atomic_bool>;

/// A connection whose writing calls answer Forbidden `profile_locked` while the lock is set, whoever makes them: safe
/// mode does not depend on a page asking first. Reads, previews and the record of an export pass. Everything else is
/// the inner backend's.
class GuardedBackend final : public ports::Backend {
public:
    GuardedBackend(std::shared_ptr<ports::Backend> inner, WriteLock locked);
    ~GuardedBackend() override;
    ports::SessionService &session() override;
    ports::CustomerService &customers() override;
    ports::AuditService &audit() override;
    ports::OverviewService &overview() override;
    ports::HealthService &health() override;
    ports::ViewService &views() override;
    ports::EmailService &email() override;
    ports::WebhookInboxService &webhooks() override;
    ports::ChangeFeed &changes() override;

private:
    class Customers;
    class Views;
    class Email;
    class Webhooks;
    std::shared_ptr<ports::Backend> m_inner;
    std::unique_ptr<Customers> m_customers;
    std::unique_ptr<Views> m_views;
    std::unique_ptr<Email> m_email;
    std::unique_ptr<Webhooks> m_webhooks;
};

} // namespace desktop
