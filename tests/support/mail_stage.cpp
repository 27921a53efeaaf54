#include "tests/support/mail_stage.h"

#include "models/domain/audit.h"
#include "services/platform/plan_loader.h"

#include <stdexcept>

namespace test {

using usecases::SendClass;
using usecases::SendResult;

SendResult ScriptedProvider::send(const usecases::OutgoingMail &mail, int)
{
    const QMutexLocker guard(&m_lock);
    m_mails.append(mail);
    if (!m_next.isEmpty())
        return m_next.takeFirst();
    SendResult accepted;
    accepted.result = SendClass::Accepted;
    accepted.provider = name();
    accepted.messageId = QStringLiteral("<%1@relay.example>").arg(m_mails.size());
    accepted.statusCode = 201;
    return accepted;
}

void ScriptedProvider::next(const QList<SendResult> &results)
{
    const QMutexLocker guard(&m_lock);
    m_next = results;
}

int ScriptedProvider::calls() const
{
    const QMutexLocker guard(&m_lock);
    return int(m_mails.size());
}

QHash<QString, int> ScriptedProvider::perKey() const
{
    const QMutexLocker guard(&m_lock);
    QHash<QString, int> counts;
    for (const usecases::OutgoingMail &mail : m_mails)
        ++counts[mail.idempotencyKey];
    return counts;
}

QList<usecases::OutgoingMail> ScriptedProvider::mails() const
{
    const QMutexLocker guard(&m_lock);
    return m_mails;
}

QStringList PlainComposer::kinds() const
{
    QStringList known;
    for (const domain::AuditKind &kind : domain::auditKinds()) {
        const QString name = QString::fromLatin1(kind.kind);
        if (kind.mailsCustomer && !without.contains(name))
            known.append(name);
    }
    return known;
}

std::optional<usecases::ComposedMail> PlainComposer::compose(const domain::AuditEntry &entry, const QString &) const
{
    if (!kinds().contains(entry.kind))
        return std::nullopt;
    return usecases::ComposedMail{entry.kind, QStringLiteral("<p>%1</p>").arg(entry.kind), entry.kind};
}

MailStage::MailStage(storage::Engine engine, storage::FaultHook faults)
    : database(engine)
    , clock(QDateTime::fromString(QStringLiteral("2026-05-20T12:00:00.000Z"), Qt::ISODateWithMs))
    , core(openCore(std::move(faults)))
{
    settings.sender.concurrency = 4;
}

std::unique_ptr<local::LocalCore> MailStage::openCore(storage::FaultHook faults)
{
    auto config = database.config();
    config.faults = std::move(faults);
    local::LocalOptions options;
    options.plans = *platform::loadEmbeddedPlans();
    options.clock = &clock;
    auto opened = local::LocalCore::open(config, std::move(options));
    if (!opened)
        throw std::runtime_error(opened.error().detail.toStdString());
    return std::move(opened).value();
}

std::unique_ptr<local::LocalCore> MailStage::anotherCore()
{
    return openCore({});
}

domain::TeamId MailStage::addTeam(const QString &email)
{
    const auto team = domain::TeamId::random();
    const auto c = database.connect();
    auto done = c->execute(QStringLiteral("INSERT INTO teams (id, name, plan_tier) VALUES (?, 'Kestrel', 'pro')"),
                           {team.toString()});
    if (done && !email.isEmpty())
        done = c->execute(QStringLiteral("INSERT INTO users (id, team_id, email, is_primary) VALUES (?, ?, ?, ?)"),
                          {domain::UserId::random().toString(), team.toString(), email, true});
    if (!done)
        throw std::runtime_error(done.error().detail.toStdString());
    return team;
}

QString MailStage::addEntry(std::optional<domain::TeamId> team, const QDateTime &at, const QString &kind,
                            const QString &metadata)
{
    const QString id = domain::AuditId::random().toString();
    const auto c = database.connect();
    const auto done =
        c->execute(QStringLiteral("INSERT INTO audit_log (id, team_id, actor, kind, summary, metadata, created_at) "
                                  "VALUES (?, ?, 'system', ?, 'Something happened', ?, ?)"),
                   {id, team ? QVariant(team->toString()) : QVariant(), kind,
                    metadata.isEmpty() ? QVariant() : QVariant(metadata), storage::toSqlTime(at)});
    if (!done)
        throw std::runtime_error(done.error().detail.toStdString());
    return id;
}

QString MailStage::run()
{
    if (!m_forwarder) {
        jobs::EmailForwarder::Observer observer;
        observer.missingTemplate = [this](const QString &kind) { missing.append(kind); };
        observer.failedOpen = [this](const QString &reason) { failedOpen.append(reason); };
        observer.authWall = [this] { ++authWalls; };
        m_forwarder = std::make_unique<jobs::EmailForwarder>(core->work(), provider, composer, clock, settings,
                                                             std::move(observer));
    }
    const std::atomic_bool stop{false};
    return m_forwarder->run(stop).text;
}

QString MailStage::ledger(const QString &id)
{
    return value(QStringLiteral("SELECT classification || '|' || provider || '|' || provider_id || '|' || attempts "
                                "FROM forwarder_sent WHERE audit_id = '%1'")
                     .arg(id));
}

QString MailStage::value(const QString &sql)
{
    const auto c = database.connect();
    QString found;
    const auto done = c->select(sql, {}, [&](const storage::Row &row) {
        found = row.text(0);
        return false;
    });
    return done ? found : done.error().key + QStringLiteral(": ") + done.error().detail;
}

} // namespace test
