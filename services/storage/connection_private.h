#pragma once
#include "services/storage/connection.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>

namespace storage {

/// A prepared statement; `inUse` while its rows are read, so that the same text inside the callback gets another one.
struct PreparedStatement {
    QSqlQuery query;
    bool inUse = false;
    quint64 lastUse = 0;
};
using StatementPtr = std::shared_ptr<PreparedStatement>;

struct Connection::Private {
    DatabaseConfig config;
    bool readOnly = false;
    QString name; ///< of the QSqlDatabase; empty while there is none

    bool inTransaction = false;
    bool doomed = false; ///< a statement of the running transaction failed
    bool lost = false;   ///< known to be broken; libpq itself may not have noticed yet
    QStringList announced, committed;

    QHash<QString, StatementPtr> statements;
    QList<StatementPtr> retired; ///< dropped inside a transaction, where freeing one on the server may fail
    quint64 useCounter = 0;

    domain::Result<domain::Done> openDriver();
    void closeDriver();
    QSqlDatabase database() const { return QSqlDatabase::database(name, false); }
    bool isOpen() const { return !lost && !name.isEmpty() && database().isOpen(); }

    /// Whether a statement may run now.
    domain::Result<domain::Done> admit(const QString &sql);
    /// Without bound values or the cache: BEGIN, COMMIT, settings, DDL; affected rows.
    domain::Result<qint64> direct(const QString &sql);
    domain::Result<StatementPtr> statement(const QString &sql);
    /// Binds and executes; on success the caller reads and then calls finish().
    domain::Result<StatementPtr> run(const QString &sql, const QVariantList &values);
    void finish(const StatementPtr &statement);
    void forget(const QString &sql);
    void freeRetired();
    domain::Error failed(const QSqlError &error);
};

} // namespace storage
