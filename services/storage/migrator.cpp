#include "services/storage/migrator.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QRegularExpression>

namespace storage {

using domain::Done;
using domain::Error;
using domain::ErrorCode;
using domain::Result;

namespace {

struct Applied {
    QString filename;
    QString sha256;
};

/// Names of our ladder; the reference's own rows look different and are none of our business.
bool isOurs(const QString &filename)
{
    static const QRegularExpression ours(QStringLiteral("^\\d{4}_.*\\.sql$"));
    return ours.match(filename).hasMatch();
}

Error refused(const QString &key, const QString &detail)
{
    return domain::makeError(ErrorCode::Conflict, key, detail);
}

/// Names of the columns of schema_migrations; empty when there is no such table.
Result<QStringList> recordColumns(Connection &connection)
{
    const QString sql =
        connection.isSqlite()
            ? QStringLiteral("SELECT name FROM pragma_table_info('schema_migrations')")
            : QStringLiteral("SELECT column_name::text FROM information_schema.columns "
                             "WHERE table_schema = current_schema() AND table_name = 'schema_migrations'");
    QStringList names;
    auto read = connection.select(sql, {}, [&names](const Row &row) {
        names << row.text(0);
        return true;
    });
    return read.map([&names](const Done &) { return names; });
}

Result<QList<Applied>> readRecord(Connection &connection)
{
    const auto columns = recordColumns(connection);
    if (!columns)
        return columns.error();
    QList<Applied> applied;
    if (columns->isEmpty())
        return applied;
    const QString sum =
        columns->contains(QStringLiteral("sha256")) ? QStringLiteral("coalesce(sha256, '')") : QStringLiteral("''");
    auto read =
        connection.select(QStringLiteral("SELECT filename, %1 FROM schema_migrations ORDER BY filename").arg(sum), {},
                          [&applied](const Row &row) {
                              if (isOurs(row.text(0)))
                                  applied << Applied{row.text(0), row.text(1)};
                              return true;
                          });
    return read.map([&applied](const Done &) { return applied; });
}

/// Ok when the record is a prefix of the ladder with the same checksums.
Result<Done> verify(const QList<Applied> &applied, const QList<Migration> &ladder)
{
    for (const Applied &row : applied) {
        const auto known = std::find_if(ladder.cbegin(), ladder.cend(),
                                        [&row](const Migration &m) { return m.filename == row.filename; });
        if (known == ladder.cend())
            return refused(QStringLiteral("database_newer"),
                           QStringLiteral("the database has the migration %1, which this program does not know: "
                                          "use a newer program")
                               .arg(row.filename));
        if (row.sha256 != QString::fromLatin1(known->sha256Hex))
            return refused(QStringLiteral("migration_changed"),
                           QStringLiteral("the migration %1 was applied with another content").arg(row.filename));
    }
    for (qsizetype i = 0; i < applied.size(); ++i) {
        if (applied.at(i).filename != ladder.at(i).filename)
            return refused(QStringLiteral("migration_gap"),
                           QStringLiteral("the migration %1 is missing although %2 was applied")
                               .arg(ladder.at(i).filename, applied.at(i).filename));
    }
    return Done{};
}

Result<Done> prepareRecord(Connection &connection)
{
    const auto columns = recordColumns(connection);
    if (!columns)
        return columns.error();
    if (columns->isEmpty()) {
        return connection.executeScript(
            connection.isSqlite()
                ? QStringLiteral(
                      "CREATE TABLE schema_migrations (filename TEXT PRIMARY KEY NOT NULL, applied_at TEXT NOT "
                      "NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), sha256 TEXT) STRICT")
                : QStringLiteral("CREATE TABLE schema_migrations (filename text PRIMARY KEY, "
                                 "applied_at timestamptz NOT NULL DEFAULT now(), sha256 text)"));
    }
    if (!columns->contains(QStringLiteral("sha256")))
        return connection.executeScript(QStringLiteral("ALTER TABLE schema_migrations ADD COLUMN sha256 text"));
    return Done{};
}

/// BEGIN IMMEDIATE is the lock on SQLite; here the one of PostgreSQL, freed with the transaction.
Result<Done> lockLadder(Connection &connection)
{
    if (connection.isSqlite())
        return Done{};
    return connection.select(QStringLiteral("SELECT pg_advisory_xact_lock(4710230711932650)"), {},
                             [](const Row &) { return true; });
}

Result<Done> apply(Connection &connection, const Migration &migration)
{
    if (auto done = connection.executeScript(migration.sql); !done) {
        Error error = done.error();
        error.detail = migration.filename + QStringLiteral(": ") + error.detail;
        return error;
    }
    return connection
        .execute(QStringLiteral("INSERT INTO schema_migrations (filename, sha256) VALUES (?, ?)"),
                 {migration.filename, QString::fromLatin1(migration.sha256Hex)})
        .map([](qint64) { return Done{}; });
}

/// Applies the first missing file; its name, or empty when nothing is missing. Under the lock, so that of two
/// processes each sees what the other has done.
Result<QString> applyNext(Connection &connection, const QList<Migration> &ladder)
{
    return connection.inTransaction([&]() -> Result<QString> {
        if (auto locked = lockLadder(connection); !locked)
            return locked.error();
        const auto applied = readRecord(connection);
        if (!applied)
            return applied.error();
        if (auto ok = verify(*applied, ladder); !ok)
            return ok.error();
        if (applied->size() == ladder.size())
            return QString();
        if (auto ready = prepareRecord(connection); !ready)
            return ready.error();
        const Migration &next = ladder.at(applied->size());
        return apply(connection, next).map([&next](const Done &) { return next.filename; });
    });
}

Result<MigrationReport> report(Connection &connection, const QStringList &applied)
{
    return readRecord(connection).map([&applied](const QList<Applied> &rows) {
        MigrationReport r;
        r.applied = applied;
        r.total = int(rows.size());
        r.version = rows.isEmpty() ? QString() : rows.constLast().filename.left(4);
        return r;
    });
}

Result<MigrationReport> climb(Connection &connection, const QList<Migration> &ladder)
{
    QStringList applied;
    for (;;) {
        const auto next = applyNext(connection, ladder);
        if (!next)
            return next.error();
        if (next->isEmpty())
            return report(connection, applied);
        applied << *next;
    }
}

} // namespace

QList<Migration> embeddedMigrations(Engine engine)
{
    const QDir folder(engine == Engine::Sqlite ? QStringLiteral(":/migrations/sqlite")
                                               : QStringLiteral(":/migrations/postgresql"));
    QList<Migration> ladder;
    for (const QString &name : folder.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray content = file.readAll();
        ladder << Migration{name, QString::fromUtf8(content),
                            QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex()};
    }
    return ladder;
}

Result<MigrationReport> migrate(Connection &connection, const QList<Migration> &ladder)
{
    constexpr int tenMinutes = 600'000;
    if (auto patient = connection.setPatience(tenMinutes); !patient)
        return patient.error();
    auto result = climb(connection, ladder);
    if (auto back = connection.resetPatience(); !back && result)
        return back.error();
    return result;
}

Result<MigrationReport> migrationState(Connection &connection)
{
    return report(connection, {});
}

} // namespace storage
