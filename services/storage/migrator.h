#pragma once
#include "models/domain/result.h"
#include "services/storage/connection.h"

#include <QList>
#include <QString>

namespace storage {

struct Migration {
    QString filename; ///< `0001_core.sql`
    QString sql;
    QByteArray sha256Hex;
};

/// The embedded ladder of one engine (":/migrations/postgresql" or ":/migrations/sqlite"), in order.
QList<Migration> embeddedMigrations(Engine engine);

struct MigrationReport {
    QStringList applied; ///< by this run
    int total = 0;       ///< rows of the ladder that the database has now
    QString version;     ///< numeric prefix of the newest: "0004"; empty for an empty database
};

/// Applies what is missing: each file once, in order, each in its own transaction, the whole run under a lock that a
/// second process waits for (advisory lock / BEGIN IMMEDIATE). Conflict, with nothing touched, when: a recorded
/// checksum differs (`migration_changed`), the record has a gap (`migration_gap`), or the database knows a file that
/// this program does not (`database_newer`). Rows of other naming schemes (the reference's own) are left alone.
domain::Result<MigrationReport> migrate(Connection &connection, const QList<Migration> &ladder);
/// What migrate() would find, changing nothing.
domain::Result<MigrationReport> migrationState(Connection &connection);

} // namespace storage
