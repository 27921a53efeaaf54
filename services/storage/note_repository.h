#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

namespace storage {

/// Table admin_customer_notes.
class SqlNoteRepository final : public usecases::NoteRepository {
public:
    explicit SqlNoteRepository(Connection &connection) : m_connection(connection) {}

    domain::Result<QList<domain::Note>> newest(domain::TeamId team, int limit) override;
    domain::Result<domain::Done> insert(const domain::Note &note) override;
    domain::Result<std::optional<domain::Note>> find(domain::NoteId note) override;
    domain::Result<bool> remove(domain::NoteId note) override;

private:
    Connection &m_connection;
};

} // namespace storage
