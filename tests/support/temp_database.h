#pragma once
#include "services/storage/connection.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace test {

enum class Content { Migrated, Empty };

/// A database of its own for one test, gone when the object is destroyed (open connections are ended by force).
/// PostgreSQL: copied from a template that the cluster migrates once; SQLite: a file copied the same way.
/// Throws std::runtime_error when it cannot be made.
class TempDatabase {
public:
    explicit TempDatabase(storage::Engine engine, Content content = Content::Migrated);
    ~TempDatabase();
    TempDatabase(const TempDatabase &) = delete;
    TempDatabase &operator=(const TempDatabase &) = delete;

    const storage::DatabaseConfig &config() const;
    /// For DATABASE_URL of a child process.
    QString url() const;
    /// A new connection of the calling thread; throws when it cannot be opened.
    std::unique_ptr<storage::Connection> connect() const;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

/// Both engines as rows of a QtTest data table: column `engine` (storage::Engine).
void addEngineRows();

} // namespace test

Q_DECLARE_METATYPE(storage::Engine)
