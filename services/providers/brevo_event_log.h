#pragma once
#include "services/providers/brevo_provider.h"

namespace providers {

/// Brevo's own record of what became of each mail: GET /v3/smtp/statistics/events. Blocks for at most the time-out;
/// thread-safe.
class BrevoEventLog final : public usecases::MailEventLog {
public:
    /// The most rows that one page may have; a larger `limit` is cut down to it, so ask for no more.
    static constexpr int largestPage = 2500;

    BrevoEventLog(BrevoAccount account, std::shared_ptr<const HttpClient> http, int timeoutMs = 30'000);

    QString provider() const override { return QStringLiteral("brevo"); }
    domain::Result<QList<usecases::ProviderEvent>> events(const QDateTime &from, const QDateTime &until, int limit,
                                                          int offset) override;
    domain::Result<QList<usecases::ProviderEvent>> eventsOf(const QString &messageId) override;

private:
    using Query = QList<std::pair<QString, QString>>;
    domain::Result<QList<usecases::ProviderEvent>> ask(const Query &query) const;

    BrevoAccount m_account;
    std::shared_ptr<const HttpClient> m_http;
    int m_timeoutMs;
};

} // namespace providers
