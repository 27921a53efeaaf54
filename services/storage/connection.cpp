#include "services/storage/connection_private.h"
#include "services/storage/script_splitter.h"
#include "services/storage/sql_errors.h"

#include <QSqlError>
#include <QUuid>

namespace storage {

using domain::Done;
using domain::ErrorCode;
using domain::Result;

namespace {

constexpr qsizetype maxStatements = 64;

/// The value as both drivers store it alike; nullopt for text that PostgreSQL cannot hold (U+0000).
std::optional<QVariant> bindable(const QVariant &value)
{
    if (value.isNull())
        return QVariant();
    switch (value.typeId()) {
    case QMetaType::QString: {
        const QString text = value.toString();
        if (text.contains(QChar(u'\0')))
            return std::nullopt;
        // The drivers turn a null QString into NULL, which a NOT NULL column then refuses.
        return text.isNull() ? QVariant(QLatin1String("").toString()) : value;
    }
    case QMetaType::QUuid:
        return value.toUuid().toString(QUuid::WithoutBraces);
    case QMetaType::QDateTime:
        return value.toDateTime().isValid() ? QVariant(toSqlTime(value.toDateTime())) : QVariant();
    default:
        return value;
    }
}

domain::Error invalidCharacters()
{
    return domain::makeError(ErrorCode::InvalidInput, QStringLiteral("invalid_characters"),
                             QStringLiteral("text must not contain U+0000"));
}

/// PostgreSQL can prepare these only; DDL, settings and EXPLAIN are sent as they are.
bool isPreparable(const QString &sql)
{
    const QStringView text = QStringView(sql).trimmed();
    for (const char *word : {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "VALUES", "MERGE"}) {
        if (text.startsWith(QLatin1StringView(word), Qt::CaseInsensitive))
            return true;
    }
    return false;
}

domain::Error misuse(const QString &what)
{
    return domain::makeError(ErrorCode::Internal, QStringLiteral("db_failed"), what);
}

} // namespace

domain::Error Connection::Private::failed(const QSqlError &error)
{
    doomed = doomed || inTransaction;
    const domain::Error meaning = fromSqlError(config.engine, error, isOpen());
    lost = lost || meaning.key == connectionLostKey();
    return meaning;
}

Result<Done> Connection::Private::admit(const QString &sql)
{
    if (inTransaction && doomed)
        return misuse(QStringLiteral("the transaction has failed already"));
    if (auto fault = config.faults ? config.faults(FaultPoint::Statement, sql) : std::nullopt) {
        doomed = doomed || inTransaction;
        return *fault;
    }
    if (!isOpen())
        return domain::unavailable(connectionLostKey(), QStringLiteral("the connection is closed"));
    return Done{};
}

Result<qint64> Connection::Private::direct(const QString &sql)
{
    if (!isOpen())
        return domain::unavailable(connectionLostKey(), QStringLiteral("the connection is closed"));
    QSqlQuery query(database());
    query.setForwardOnly(config.engine == Engine::Sqlite);
    if (!query.exec(sql))
        return failed(query.lastError());
    return qint64(query.numRowsAffected());
}

Result<StatementPtr> Connection::Private::statement(const QString &sql)
{
    if (const auto found = statements.constFind(sql); found != statements.constEnd() && !(*found)->inUse) {
        (*found)->lastUse = ++useCounter;
        return *found;
    }
    auto made = std::make_shared<PreparedStatement>(PreparedStatement{QSqlQuery(database()), false, ++useCounter});
    // On PostgreSQL forward-only would forbid another statement while the rows are read.
    made->query.setForwardOnly(config.engine == Engine::Sqlite);
    if (!made->query.prepare(sql))
        return failed(made->query.lastError());
    if (statements.contains(sql))
        return made;
    if (statements.size() >= maxStatements) {
        QString oldest;
        quint64 oldestUse = useCounter;
        for (auto it = statements.cbegin(); it != statements.cend(); ++it) {
            if (!it.value()->inUse && it.value()->lastUse < oldestUse) {
                oldest = it.key();
                oldestUse = it.value()->lastUse;
            }
        }
        forget(oldest);
    }
    statements.insert(sql, made);
    return made;
}

void Connection::Private::forget(const QString &sql)
{
    if (StatementPtr dropped = statements.take(sql))
        retired << dropped;
    freeRetired();
}

void Connection::Private::freeRetired()
{
    if (!inTransaction)
        retired.clear();
}

Result<StatementPtr> Connection::Private::run(const QString &sql, const QVariantList &values)
{
    if (auto admitted = admit(sql); !admitted)
        return admitted.error();
    QVariantList bound;
    bound.reserve(values.size());
    for (const QVariant &value : values) {
        auto fitting = bindable(value);
        if (!fitting) {
            doomed = doomed || inTransaction;
            return invalidCharacters();
        }
        bound << *std::move(fitting);
    }
    const bool asText = bound.isEmpty() && config.engine == Engine::PostgreSql && !isPreparable(sql);
    auto prepared = asText ? std::make_shared<PreparedStatement>(PreparedStatement{QSqlQuery(database()), false, 0})
                           : statement(sql);
    if (!prepared)
        return prepared;
    QSqlQuery &query = (*prepared)->query;
    for (int i = 0; i < bound.size(); ++i)
        query.bindValue(i, bound.at(i));
    if (asText ? !query.exec(sql) : !query.exec()) {
        const domain::Error error = failed(query.lastError());
        query.finish();
        if (error.code != ErrorCode::Conflict)
            forget(sql);
        return error;
    }
    (*prepared)->inUse = true;
    return prepared;
}

void Connection::Private::finish(const StatementPtr &statement)
{
    statement->query.finish();
    statement->inUse = false;
}

Result<qint64> Connection::execute(const QString &sql, const QVariantList &values)
{
    auto statement = m_d->run(sql, values);
    if (!statement)
        return statement.error();
    const qint64 affected = (*statement)->query.numRowsAffected();
    m_d->finish(*statement);
    return affected;
}

Result<Done> Connection::select(const QString &sql, const QVariantList &values,
                                const std::function<bool(const Row &)> &onRow)
{
    auto statement = m_d->run(sql, values);
    if (!statement)
        return statement.error();
    struct Finisher {
        Private &d;
        const StatementPtr &statement;
        ~Finisher() { d.finish(statement); }
    } const finisher{*m_d, *statement};
    QSqlQuery &query = (*statement)->query;
    const Row row(query);
    while (query.next()) {
        if (!onRow(row))
            return Done{};
    }
    // A busy database or a broken disk may show up only while stepping.
    if (query.lastError().isValid())
        return m_d->failed(query.lastError());
    return Done{};
}

Result<Done> Connection::executeScript(const QString &script)
{
    const auto statements = splitScript(script, engine());
    if (!statements)
        return statements.error();
    for (const QString &sql : *statements) {
        if (auto admitted = m_d->admit(sql); !admitted)
            return admitted;
        if (auto done = m_d->direct(sql); !done)
            return done.error();
    }
    // Statements prepared against the old schema may no longer fit.
    for (const QString &sql : m_d->statements.keys())
        m_d->forget(sql);
    return Done{};
}

Result<Done> Connection::begin()
{
    if (m_d->inTransaction)
        return misuse(QStringLiteral("transactions do not nest"));
    if (auto begun = m_d->direct(isSqlite() ? QStringLiteral("BEGIN IMMEDIATE") : QStringLiteral("BEGIN")); !begun)
        return begun.error();
    m_d->inTransaction = true;
    m_d->doomed = false;
    m_d->announced.clear();
    return Done{};
}

Result<Done> Connection::commit()
{
    Result<Done> done = Done{};
    if (m_d->doomed)
        done = misuse(QStringLiteral("a statement of the transaction failed, so it cannot be committed"));
    else if (auto fault = m_d->config.faults ? m_d->config.faults(FaultPoint::Commit, {}) : std::nullopt)
        done = *fault;
    else if (auto committed = m_d->direct(QStringLiteral("COMMIT")); !committed)
        done = committed.error();
    if (!done) {
        rollback();
        return done;
    }
    m_d->inTransaction = false;
    m_d->committed << std::exchange(m_d->announced, {});
    m_d->freeRetired();
    return done;
}

void Connection::rollback()
{
    // SQLite ends some failed transactions by itself, and a lost connection has none: then there is nothing to undo.
    if (m_d->isOpen()) {
        QSqlQuery query(m_d->database());
        query.exec(QStringLiteral("ROLLBACK"));
    }
    m_d->inTransaction = m_d->doomed = false;
    m_d->announced.clear();
    m_d->freeRetired();
}

QString Connection::millis(const QString &column) const
{
    return isSqlite() ? column : QStringLiteral("floor(extract(epoch from %1) * 1000)::bigint").arg(column);
}

QString Connection::containsText(const QString &lowered) const
{
    return lowered + (isSqlite() ? QStringLiteral(" GLOB ?") : QStringLiteral(" LIKE ? ESCAPE '\\'"));
}

QString Connection::textPattern(const QString &text) const
{
    return isSqlite() ? globPattern(text) : likePattern(text);
}

QString Connection::forUpdate() const
{
    return isSqlite() ? QString() : QStringLiteral(" FOR UPDATE");
}

Result<Done> Connection::notify(const QString &kind, const QString &id)
{
    const QString payload = kind + QLatin1Char(':') + id;
    (m_d->inTransaction ? m_d->announced : m_d->committed) << payload;
    if (isSqlite())
        return Done{};
    return select(QStringLiteral("SELECT pg_notify('instanode_changes', ?)"), {payload},
                  [](const Row &) { return true; });
}

QStringList Connection::takeNotifications()
{
    return std::exchange(m_d->committed, {});
}

} // namespace storage
