#include "tests/support/fake_store.h"

#include "models/domain/tier.h"
#include "services/storage/keyset.h"

#include <QJsonArray>

#include <algorithm>

namespace test {

using domain::Done;
using domain::ErrorCode;
using domain::Result;

namespace {

domain::Error notFound(const char *key)
{
    return domain::makeError(ErrorCode::NotFound, QString::fromLatin1(key));
}

/// As the repositories: not one that is gone for good.
bool isLasting(const domain::Deployment &deployment)
{
    return deployment.status != QLatin1String("stopped") && deployment.status != QLatin1String("expired") &&
           deployment.status != QLatin1String("deleted");
}

bool contains(const QString &text, const QString &part)
{
    return text.contains(part, Qt::CaseInsensitive);
}

QString timeText(const std::optional<QDateTime> &time)
{
    return time ? time->toString(Qt::ISODateWithMs) : QString();
}

/// Pages of a list that is already complete and sorted: the cursor names the last row.
template <typename T, typename IdOf>
Result<ports::Page<T>> pageOf(const QList<T> &rows, int limit, int offset, const QString &cursor,
                              const QByteArray &fingerprint, IdOf &&idOf)
{
    qsizetype start = offset;
    if (!cursor.isEmpty()) {
        auto position = storage::decodeCursor(cursor, fingerprint, 1);
        if (!position)
            return position.error();
        const QString last = position->at(0).toString();
        const auto found = std::find_if(rows.begin(), rows.end(), [&](const T &row) { return idOf(row) == last; });
        start = found == rows.end() ? rows.size() : std::distance(rows.begin(), found) + 1;
    }
    ports::Page<T> page;
    page.rows = rows.mid(start, limit);
    if (start + limit < rows.size())
        page.next = storage::encodeCursor(fingerprint, {idOf(page.rows.constLast())});
    return page;
}

} // namespace

Result<Done> FakeStore::transaction(const std::function<Result<Done>()> &body)
{
    const State before = m_state;
    m_pending.clear();
    const bool mailWasOpen = m_mail != nullptr;
    const auto copied = mailWasOpen ? m_mail->copied : decltype(Mail::copied){};
    auto done = mailWasOpen ? m_mail->work->transaction(body) : body();
    if (done) {
        m_announced += m_pending;
    } else {
        m_state = before;
        if (mailWasOpen)
            m_mail->copied = copied;
        else
            m_mail.reset(); // opened by this transaction: there was nothing in it before
    }
    m_pending.clear();
    return done;
}

Result<Done> FakeStore::announce(const QString &kind, const QString &id)
{
    m_pending.append({kind, id});
    return Done{};
}

QList<std::pair<QString, QString>> FakeStore::takeAnnouncements()
{
    return std::exchange(m_announced, {});
}

SeedTeam *FakeStore::teamOf(domain::TeamId id)
{
    for (SeedTeam &team : m_state.data.teams) {
        if (team.id == id)
            return &team;
    }
    return nullptr;
}

Result<usecases::TeamRecord> FakeStore::team(domain::TeamId id)
{
    const SeedTeam *team = teamOf(id);
    if (!team)
        return notFound("team_not_found");
    return usecases::TeamRecord{id, team->name, team->tier, team->status, team->subscriptionId, team->createdAt};
}

Result<Done> FakeStore::setTier(domain::TeamId id, const QString &tier)
{
    if (SeedTeam *team = teamOf(id))
        team->tier = tier;
    return Done{};
}

Result<usecases::ElevationCount> FakeStore::countElevatable(domain::TeamId id, const QDateTime &now)
{
    usecases::ElevationCount count;
    for (const SeedResource &r : m_state.data.resources) {
        const bool live = r.resource.status == QLatin1String("active") || r.resource.status == QLatin1String("paused");
        if (r.team == id && live && (!r.resource.expiresAt || *r.resource.expiresAt > now))
            ++count.resources;
    }
    for (const SeedDeployment &d : m_state.data.deployments) {
        if (d.team == id && isLasting(d.deployment))
            ++count.deployments;
    }
    return count;
}

Result<usecases::ElevationCount> FakeStore::elevate(domain::TeamId id, const QString &tier, const QDateTime &now)
{
    auto count = countElevatable(id, now);
    for (SeedResource &r : m_state.data.resources) {
        const bool live = r.resource.status == QLatin1String("active") || r.resource.status == QLatin1String("paused");
        if (r.team == id && live && (!r.resource.expiresAt || *r.resource.expiresAt > now)) {
            r.resource.tier = tier;
            r.resource.expiresAt.reset();
        }
    }
    for (SeedDeployment &d : m_state.data.deployments) {
        if (d.team == id && isLasting(d.deployment)) {
            d.deployment.tier = tier;
            d.deployment.expiresAt.reset();
        }
    }
    return count;
}

Result<QList<domain::User>> FakeStore::users(domain::TeamId id)
{
    QList<domain::User> users;
    for (const SeedUser &u : m_state.data.users) {
        if (u.team == id)
            users.append(u.user);
    }
    std::sort(users.begin(), users.end(), [](const domain::User &a, const domain::User &b) {
        return std::pair(a.createdAt, a.id.toString()) < std::pair(b.createdAt, b.id.toString());
    });
    return users;
}

Result<QList<domain::Resource>> FakeStore::resources(domain::TeamId id)
{
    QList<domain::Resource> resources;
    for (const SeedResource &r : m_state.data.resources) {
        if (r.team == id && r.resource.status != QLatin1String("deleted"))
            resources.append(r.resource);
    }
    std::sort(resources.begin(), resources.end(), [](const domain::Resource &a, const domain::Resource &b) {
        return a.createdAt != b.createdAt ? a.createdAt > b.createdAt : a.id.toString() < b.id.toString();
    });
    return resources;
}

Result<QList<domain::Deployment>> FakeStore::deployments(domain::TeamId id)
{
    QList<domain::Deployment> deployments;
    for (const SeedDeployment &d : m_state.data.deployments) {
        if (d.team == id)
            deployments.append(d.deployment);
    }
    std::sort(deployments.begin(), deployments.end(), [](const domain::Deployment &a, const domain::Deployment &b) {
        return a.createdAt != b.createdAt ? a.createdAt > b.createdAt : a.id.toString() < b.id.toString();
    });
    return deployments;
}

Result<QList<ports::ResourceUsage>> FakeStore::usage(domain::TeamId id)
{
    QMap<QString, ports::ResourceUsage> byType;
    for (const SeedResource &r : m_state.data.resources) {
        if (r.team != id || r.resource.status != QLatin1String("active"))
            continue;
        ports::ResourceUsage &usage = byType[r.resource.type];
        usage.type = r.resource.type;
        ++usage.count;
        usage.used += r.resource.storageBytes;
    }
    return byType.values();
}

Result<ports::Page<ports::CustomerRow>> FakeStore::list(const ports::CustomerQuery &query)
{
    using ports::CustomerRow;
    QList<CustomerRow> rows = matching(query.filter);
    const auto key = [&](const CustomerRow &row) -> std::pair<qint64, QString> {
        switch (query.sort) {
        case ports::CustomerSort::Mrr:
            return {row.mrrListCents, {}};
        case ports::CustomerSort::Tier:
            return {domain::tierRank(domain::canonicalTierName(row.tier)), {}};
        case ports::CustomerSort::Storage:
            return {row.storageBytes, {}};
        case ports::CustomerSort::Deployments:
            return {row.deploymentsActive, {}};
        case ports::CustomerSort::LastSeen:
            return {row.lastSeenAt ? row.lastSeenAt->toMSecsSinceEpoch() : 0, {}};
        case ports::CustomerSort::Created:
            return {row.createdAt.toMSecsSinceEpoch(), {}};
        case ports::CustomerSort::Name:
            return {0, row.name.toLower()};
        }
        Q_UNREACHABLE();
    };
    const bool bySeen = query.sort == ports::CustomerSort::LastSeen;
    std::sort(rows.begin(), rows.end(), [&](const CustomerRow &a, const CustomerRow &b) {
        if (bySeen && a.lastSeenAt.has_value() != b.lastSeenAt.has_value())
            return a.lastSeenAt.has_value();
        const auto ka = key(a);
        const auto kb = key(b);
        if (ka != kb)
            return query.descending ? ka > kb : ka < kb;
        if (a.createdAt != b.createdAt)
            return a.createdAt > b.createdAt;
        return a.id.toString() < b.id.toString();
    });
    const ports::CustomerFilter &f = query.filter;
    const QByteArray fingerprint = storage::listFingerprint(
        {QStringLiteral("customers"), f.q, QJsonArray::fromStringList(f.tiers), timeText(f.createdFrom),
         timeText(f.createdUntil), timeText(f.lastSeenFrom), timeText(f.lastSeenUntil), f.mrrAtLeastCents.value_or(-1),
         static_cast<int>(query.sort), query.descending});
    auto page = pageOf(rows, query.limit, query.offset, query.cursor, fingerprint,
                       [](const CustomerRow &row) { return row.id.toString(); });
    if (page)
        page.value().total = rows.size();
    return page;
}

Result<ports::CustomerRow> FakeStore::row(domain::TeamId id)
{
    const SeedTeam *team = teamOf(id);
    if (!team)
        return notFound("team_not_found");
    return rowOf(*team);
}

Result<QList<domain::Note>> FakeStore::newest(domain::TeamId id, int limit)
{
    QList<domain::Note> notes;
    for (const domain::Note &note : m_state.data.notes) {
        if (note.team == id)
            notes.append(note);
    }
    std::sort(notes.begin(), notes.end(), [](const domain::Note &a, const domain::Note &b) {
        return std::pair(a.createdAt, a.id.toString()) > std::pair(b.createdAt, b.id.toString());
    });
    return notes.mid(0, limit);
}

Result<Done> FakeStore::insert(const domain::Note &note)
{
    m_state.data.notes.append(note);
    return Done{};
}

Result<std::optional<domain::Note>> FakeStore::find(domain::NoteId id)
{
    for (const domain::Note &note : m_state.data.notes) {
        if (note.id == id)
            return std::optional(note);
    }
    return std::optional<domain::Note>();
}

Result<bool> FakeStore::remove(domain::NoteId id)
{
    return m_state.data.notes.removeIf([&](const domain::Note &note) { return note.id == id; }) > 0;
}

Result<Done> FakeStore::insert(const domain::AuditEntry &entry)
{
    if (m_auditInsertsLeft == 0)
        return domain::unavailable(QStringLiteral("db_failed"), QStringLiteral("the test asked for a failure"));
    if (m_auditInsertsLeft > 0)
        --m_auditInsertsLeft;
    if (entry.team && !teamOf(*entry.team))
        return domain::makeError(ErrorCode::Conflict, QStringLiteral("constraint_violation"));
    m_state.data.audit.append(entry);
    return Done{};
}

QList<domain::AuditEntry> FakeStore::auditMatching(const ports::AuditFilter &f) const
{
    const auto kindMatches = [&](const QString &kind) {
        if (f.kind.endsWith(QLatin1Char('*')))
            return kind.startsWith(f.kind.chopped(1));
        return f.kind.endsWith(QLatin1Char('.')) ? kind.startsWith(f.kind) : f.kind.isEmpty() || kind == f.kind;
    };
    QHash<domain::TeamId, QString> names;
    for (const SeedTeam &team : m_state.data.teams)
        names.insert(team.id, team.name);
    QList<domain::AuditEntry> rows;
    for (domain::AuditEntry entry : m_state.data.audit) {
        const bool wanted = kindMatches(entry.kind) && (!f.faults || domain::isFaultKind(entry.kind)) &&
                            (f.actor.isEmpty() || entry.actor == f.actor) && (!f.team || entry.team == f.team) &&
                            (!f.resource || entry.resource == f.resource) && (!f.from || entry.createdAt >= *f.from) &&
                            (!f.until || entry.createdAt < *f.until) &&
                            (f.text.isEmpty() || contains(entry.summary, f.text) ||
                             contains(QString::fromUtf8(entry.metadata), f.text));
        if (!wanted)
            continue;
        entry.teamName = entry.team ? names.value(*entry.team) : QString();
        rows.append(entry);
    }
    std::sort(rows.begin(), rows.end(), [](const domain::AuditEntry &a, const domain::AuditEntry &b) {
        return a.createdAt != b.createdAt ? a.createdAt > b.createdAt : a.id.toString() > b.id.toString();
    });
    return rows;
}

Result<ports::Page<domain::AuditEntry>> FakeStore::search(const ports::AuditQuery &query)
{
    const ports::AuditFilter &f = query.filter;
    const QByteArray fingerprint = storage::listFingerprint(
        {QStringLiteral("audit"), f.kind, f.actor, f.team ? f.team->toString() : QString(),
         f.resource ? f.resource->toString() : QString(), timeText(f.from), timeText(f.until), f.text, f.faults});
    return pageOf(auditMatching(f), query.limit, 0, query.cursor, fingerprint,
                  [](const domain::AuditEntry &entry) { return entry.id.toString(); });
}

Result<Done> FakeStore::each(const ports::AuditFilter &filter,
                             const std::function<bool(const domain::AuditEntry &)> &onRow)
{
    for (const domain::AuditEntry &entry : auditMatching(filter)) {
        if (!onRow(entry))
            break;
    }
    return Done{};
}

Result<QList<domain::AuditEntry>> FakeStore::newestOfTeam(domain::TeamId id, int limit, bool withOperatorRows)
{
    ports::AuditFilter filter;
    filter.team = id;
    QList<domain::AuditEntry> rows = auditMatching(filter);
    rows.removeIf([&](const domain::AuditEntry &e) { return !withOperatorRows && domain::isOperatorKind(e.kind); });
    return rows.mid(0, limit);
}

Result<Done> FakeStore::insert(const ports::OperatorToken &token, const QByteArray &sha256Hex)
{
    m_state.tokens.prepend({token, sha256Hex});
    return Done{};
}

Result<ports::OperatorToken> FakeStore::findByHash(const QByteArray &sha256Hex)
{
    for (const StoredToken &stored : m_state.tokens) {
        if (stored.hash == sha256Hex)
            return stored.token;
    }
    return notFound("token_not_found");
}

Result<ports::OperatorToken> FakeStore::find(domain::TokenId id)
{
    for (const StoredToken &stored : m_state.tokens) {
        if (stored.token.id == id)
            return stored.token;
    }
    return notFound("token_not_found");
}

Result<QList<ports::OperatorToken>> FakeStore::all()
{
    QList<ports::OperatorToken> tokens;
    for (const StoredToken &stored : m_state.tokens)
        tokens.append(stored.token);
    return tokens;
}

Result<Done> FakeStore::touch(domain::TokenId id, const QDateTime &usedAt)
{
    for (StoredToken &stored : m_state.tokens) {
        if (stored.token.id == id)
            stored.token.lastUsedAt = usedAt;
    }
    return Done{};
}

Result<Done> FakeStore::revoke(domain::TokenId id, const QDateTime &at)
{
    for (StoredToken &stored : m_state.tokens) {
        if (stored.token.id == id && !stored.token.revokedAt)
            stored.token.revokedAt = at;
    }
    return Done{};
}

Result<int> FakeStore::hit(const QString &bucket, const QDateTime &now, int windowSeconds)
{
    QList<QDateTime> &hits = m_state.hits[bucket];
    hits.removeIf([&](const QDateTime &at) { return at <= now.addSecs(-windowSeconds); });
    hits.append(now);
    return static_cast<int>(hits.size()) - 1;
}

Result<QList<ports::SavedView>> FakeStore::visibleTo(const QString &email, const QString &screen)
{
    QList<ports::SavedView> views;
    for (const ports::SavedView &view : m_state.views) {
        if (view.screen == screen && (view.shared || view.ownerEmail == email))
            views.append(view);
    }
    std::sort(views.begin(), views.end(), [](const ports::SavedView &a, const ports::SavedView &b) {
        return std::tuple(a.name.toLower(), a.name, a.ownerEmail) < std::tuple(b.name.toLower(), b.name, b.ownerEmail);
    });
    return views;
}

Result<ports::SavedView> FakeStore::upsert(const ports::SavedView &view)
{
    for (ports::SavedView &stored : m_state.views) {
        if (stored.ownerEmail == view.ownerEmail && stored.screen == view.screen && stored.name == view.name) {
            stored.query = view.query;
            stored.sort = view.sort;
            stored.shared = view.shared;
            return stored;
        }
    }
    m_state.views.append(view);
    return view;
}

Result<bool> FakeStore::remove(domain::ViewId id, const QString &ownerEmail)
{
    return m_state.views.removeIf(
               [&](const ports::SavedView &view) { return view.id == id && view.ownerEmail == ownerEmail; }) > 0;
}

storage::Connection &FakeStore::mailConnection()
{
    mail();
    return *m_mail->connection;
}

usecases::UnitOfWork &FakeStore::mail()
{
    if (!m_mail) {
        m_mail = std::make_unique<Mail>();
        m_mail->work = std::make_unique<storage::SqlUnitOfWork>(*m_mail->connection, m_plans);
    }
    copyPeople();
    return *m_mail->work;
}

void FakeStore::copyPeople()
{
    const Dataset &data = m_state.data;
    auto &copied = m_mail->copied;
    const bool first = copied.teams + copied.users + copied.audit == 0;
    Dataset fresh;
    fresh.teams = data.teams.mid(copied.teams);
    fresh.users = data.users.mid(copied.users);
    fresh.audit = data.audit.mid(copied.audit);
    copied = {data.teams.size(), data.users.size(), data.audit.size()};
    if (fresh.teams.isEmpty() && fresh.users.isEmpty() && fresh.audit.isEmpty())
        return;
    storage::Connection &connection = *m_mail->connection;
    // The first copy is many rows and never within a transaction of the caller; later ones may be. In one that failed
    // already nothing can be written, and nothing of it will stay.
    const auto written = first ? connection.inTransaction([&] { return writePeople(connection, fresh); })
                               : writePeople(connection, fresh);
    if (!written)
        qWarning("the mail database of the fake: %s", qPrintable(written.error().detail));
}

} // namespace test
