#pragma once
#include "models/domain/result.h"

#include <QDateTime>
#include <QString>
#include <QUuid>
#include <QVariantList>

#include <functional>
#include <memory>
#include <optional>

class QObject;
class QSqlQuery;

namespace storage {

enum class Engine { Sqlite, PostgreSql };

/// Where a test may make a connection fail without a real fault. `sql` is empty for Open.
enum class FaultPoint { Open, Statement, Commit };
/// Called on the connection's thread before the step; an error is answered instead of doing it.
using FaultHook = std::function<std::optional<domain::Error>(FaultPoint point, const QString &sql)>;

/// What to open. Exactly one of the two shapes: `sqliteFile`, or the PostgreSQL fields.
struct DatabaseConfig {
    Engine engine = Engine::Sqlite;
    QString sqliteFile; ///< absolute path; ":memory:" is not supported (several connections)
    QString host;       ///< name, address, or the folder of a Unix socket
    int port = 5432;
    QString database, user, password, options; ///< options: libpq `sslmode=require` …
    int poolSize = 15; ///< PostgreSQL connections; SQLite: 1 writer + min(poolSize, 4) readers (spec 03 §3.5)
    /// PostgreSQL only (spec 03 §3.5), 0 = no limit: connections that wait for work, and how old a connection gets,
    /// since its last job and since it was opened.
    int maxIdleConnections = 0;
    qint64 maxIdleMs = 0, maxLifetimeMs = 0;
    int connectTimeoutSeconds = 5;
    int statementTimeoutMs = 30'000;
    int busyTimeoutMs = 5'000; ///< how long a statement waits for somebody else's lock
    FaultHook faults;          ///< tests only; empty in production

    /// "PostgreSQL db@host" or "SQLite /path": for people, holds no secret.
    QString describe() const;
    /// `postgres://user:pw@host:port/db?sslmode=…`, `postgresql://…`, `sqlite:/path`, or a plain path.
    /// InvalidInput `invalid_database_url`; the message never repeats the password.
    static domain::Result<DatabaseConfig> fromUrl(const QString &url);
};

/// One result row, valid only during the callback.
class Row {
public:
    explicit Row(const QSqlQuery &query) : m_query(query) {}
    bool isNull(int column) const;
    QString text(int column) const;
    QByteArray bytes(int column) const;
    qint64 integer(int column) const;
    double real(int column) const;
    bool boolean(int column) const;
    QUuid uuid(int column) const;
    /// Column holds epoch milliseconds (bigint, see millis()) or RFC 3339 text (SQLite); UTC.
    QDateTime time(int column) const;
    std::optional<QDateTime> optionalTime(int column) const;
    std::optional<QUuid> optionalUuid(int column) const;

private:
    const QSqlQuery &m_query;
};

/// A database connection of one thread. Made, used and destroyed in the thread that owns it; never shared.
/// Every failure is a Result: full disk, lock time-out, statement time-out → Unavailable `db_failed`; lost connection →
/// Unavailable `db_connection_lost` (the executor answers it as `db_failed`); a broken constraint → Conflict
/// `constraint_violation` with the constraint's name in `detail`; anything else → Internal `db_failed`.
/// The placeholder is `?` on both engines. Bind times with toSqlTime(), ids as 36-character text, JSON as text. NULL is
/// `QVariant()`: a null QString is bound as empty text. Text with U+0000 → InvalidInput `invalid_characters`.
class Connection {
public:
    /// Opens at once; Unavailable with what the driver said (no password) if it cannot.
    static domain::Result<std::unique_ptr<Connection>> open(const DatabaseConfig &config, bool readOnly = false);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    Engine engine() const;
    bool isSqlite() const { return engine() == Engine::Sqlite; }

    /// Runs one statement; affected rows. The prepared statement is kept and reused per SQL text.
    domain::Result<qint64> execute(const QString &sql, const QVariantList &values = {});
    /// Calls onRow for each row until it returns false. Forward-only, constant memory on SQLite.
    domain::Result<domain::Done> select(const QString &sql, const QVariantList &values,
                                        const std::function<bool(const Row &)> &onRow);
    /// Several statements without parameters (a migration file): split respecting quotes, $$ bodies, comments and
    /// SQLite's CREATE TRIGGER … BEGIN … END.
    domain::Result<domain::Done> executeScript(const QString &script);

    /// BEGIN (SQLite: BEGIN IMMEDIATE) … COMMIT; ROLLBACK when body's Result is an error or it throws. Not nestable.
    /// On both engines a statement that failed dooms its transaction: nothing more runs in it and it cannot commit.
    template <typename F>
    auto inTransaction(F &&body) -> decltype(body())
    {
        if (auto begun = begin(); !begun)
            return begun.error();
        Rollback guard{*this};
        auto result = body();
        if (!result)
            return result;
        guard.armed = false;
        if (auto done = commit(); !done)
            return done.error();
        return result;
    }

    /// Closes and opens again when the connection is broken; a no-op while it is healthy.
    domain::Result<domain::Done> ensureOpen();
    bool isOpen() const;
    /// A round trip that shows whether the server is still there; opens again if not.
    domain::Result<domain::Done> ping();
    /// For a step that may take long (a migration): limit of one statement and of one wait for a lock from now on.
    domain::Result<domain::Done> setPatience(int milliseconds);
    /// Back to the limits of the configuration.
    domain::Result<domain::Done> resetPatience();
    const DatabaseConfig &config() const;

    /// SQL expression for a time column as epoch milliseconds (PostgreSQL) or the column itself (SQLite text).
    QString millis(const QString &column) const;
    /// SQL condition "contains the text, in any case" with one `?` for textPattern(). `lowered` is an expression that
    /// the engine's lower() made. SQLite's lower() and LIKE fold ASCII only, so there other letters match either case
    /// by GLOB.
    QString containsText(const QString &lowered) const;
    /// The value for it; nothing in `text` is a wildcard.
    QString textPattern(const QString &text) const;
    /// ` FOR UPDATE` on PostgreSQL, empty on SQLite (whose write transaction is exclusive).
    QString forUpdate() const;
    /// Remembered and handed out by takeNotifications(); on PostgreSQL also a NOTIFY in the running transaction, for
    /// the other processes.
    domain::Result<domain::Done> notify(const QString &kind, const QString &id);
    /// PostgreSQL: LISTEN; onPayload runs from this thread's event loop while `context` lives and the connection is not
    /// reopened. Unsupported on SQLite.
    domain::Result<domain::Done> listen(const QString &channel, QObject *context,
                                        std::function<void(const QString &payload)> onPayload);
    /// What this connection announced in transactions that committed since the last call (`kind:id`).
    QStringList takeNotifications();

private:
    struct Rollback {
        Connection &connection;
        bool armed = true;
        ~Rollback()
        {
            if (armed)
                connection.rollback();
        }
    };
    struct Private;
    explicit Connection(std::unique_ptr<Private> d);
    domain::Result<domain::Done> begin();
    domain::Result<domain::Done> commit();
    void rollback();
    std::unique_ptr<Private> m_d;
};

/// RFC 3339, UTC, milliseconds, `Z`: what SQLite stores and PostgreSQL accepts.
QString toSqlTime(const QDateTime &time);
/// NULL when empty.
QVariant toSqlTime(const std::optional<QDateTime> &time);
/// `%`, `_` and `\` made literal, wrapped in `%…%`, lower-cased: for `LIKE ? ESCAPE '\'`.
QString likePattern(const QString &text);
/// `*`, `?` and `[` made literal, wrapped in `*…*`; ASCII letters lower-cased, others as a class of both cases: for
/// GLOB.
QString globPattern(const QString &text);

} // namespace storage
