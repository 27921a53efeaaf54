#include "services/storage/email_ledger_repository.h"

namespace storage {

using domain::Result;

domain::Result<QStringList> SqlEmailLedgerRepository::insert(const QList<usecases::LedgerEntry> &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QList<domain::AuditEntry>> SqlEmailLedgerRepository::unledgered(const QStringList &, const QDateTime &,
                                                                               const QString &, const QDateTime &, int)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QList<usecases::DueMail>> SqlEmailLedgerRepository::due(const QDateTime &, int)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<std::optional<QDateTime>> SqlEmailLedgerRepository::nextDue()
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlEmailLedgerRepository::markAccepted(const QList<Accepted> &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlEmailLedgerRepository::markDropped(const QList<Dropped> &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlEmailLedgerRepository::markTransient(const QString &, const QString &,
                                                                     const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QList<usecases::FoldRow>> SqlEmailLedgerRepository::lockByMessageIds(const QString &,
                                                                                    const QStringList &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlEmailLedgerRepository::updateFolds(const QList<usecases::FoldRow> &,
                                                                   const std::optional<QDateTime> &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QList<usecases::EmailLedgerRepository::Open>>
SqlEmailLedgerRepository::withoutOutcome(const QString &, const QDateTime &, const QDateTime &, const QDateTime &,
                                         const QString &, int)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<std::optional<QDateTime>> SqlEmailLedgerRepository::lastSend(const QString &, const QString &,
                                                                            const QString &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QHash<QString, qint64>> SqlEmailLedgerRepository::countByClass()
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

} // namespace storage
