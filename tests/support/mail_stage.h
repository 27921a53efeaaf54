#pragma once
#include "services/jobs/email_forwarder.h"
#include "services/local/local_core.h"
#include "services/usecases/mail/mail_composer.h"
#include "tests/support/temp_database.h"

#include <QHash>
#include <QMutex>

#include <memory>

namespace test {

/// A provider that does what the test says and remembers who got what. Thread-safe.
class ScriptedProvider final : public usecases::MailProvider {
public:
    QString name() const override { return QStringLiteral("brevo"); }
    usecases::SendResult send(const usecases::OutgoingMail &mail, int timeoutMs) override;

    /// Answers of the next calls, in order; after them every mail is accepted with the id `<n@relay.example>`.
    void next(const QList<usecases::SendResult> &results);
    int calls() const;
    QHash<QString, int> perKey() const; ///< calls per idempotency key
    QList<usecases::OutgoingMail> mails() const;

private:
    mutable QMutex m_lock;
    QList<usecases::SendResult> m_next;
    QList<usecases::OutgoingMail> m_mails;
};

/// Subject and bodies made of the kind; knows every mailed kind but those that were taken away.
class PlainComposer final : public usecases::MailComposer {
public:
    QStringList kinds() const override;
    std::optional<usecases::ComposedMail> compose(const domain::AuditEntry &entry,
                                                  const QString &teamName) const override;
    QStringList without;
};

/// A database, a clock and a forwarder over it.
class MailStage {
public:
    explicit MailStage(storage::Engine engine, storage::FaultHook faults = {});
    /// A second process on the same database.
    std::unique_ptr<local::LocalCore> anotherCore();

    domain::TeamId addTeam(const QString &email);
    /// A mailed audit entry at this time; its id.
    QString addEntry(std::optional<domain::TeamId> team, const QDateTime &at,
                     const QString &kind = QStringLiteral("subscription.upgraded"), const QString &metadata = {});
    /// One run of the forwarder; the text of its result.
    QString run();
    /// `classification|provider|provider_id|attempts` of a ledger row, empty when there is none.
    QString ledger(const QString &id);
    QString value(const QString &sql);

    TempDatabase database;
    platform::FixedClock clock;
    std::unique_ptr<local::LocalCore> core;
    ScriptedProvider provider;
    PlainComposer composer;
    jobs::EmailForwarder::Settings settings;
    QStringList missing, failedOpen;
    int authWalls = 0;

private:
    std::unique_ptr<local::LocalCore> openCore(storage::FaultHook faults);
    std::unique_ptr<jobs::EmailForwarder> m_forwarder;
};

} // namespace test
