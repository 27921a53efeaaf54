#include "services/storage/view_repository.h"

namespace storage {

using domain::Result;
using ports::SavedView;

Result<QList<SavedView>> SqlViewRepository::where(const QString &condition, const QVariantList &values)
{
    const QString sql = QStringLiteral("SELECT id, screen, name, query, sort, owner_email, shared, %1 FROM saved_views "
                                       "WHERE %2 ORDER BY lower(name), name, owner_email, id")
                            .arg(m_connection.millis(QStringLiteral("created_at")), condition);
    QList<SavedView> views;
    auto done = m_connection.select(sql, values, [&](const Row &row) {
        views.append({domain::ViewId(row.uuid(0)), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                      row.boolean(6), row.time(7)});
        return true;
    });
    if (!done)
        return done.error();
    return views;
}

Result<QList<SavedView>> SqlViewRepository::visibleTo(const QString &email, const QString &screen)
{
    const QString shared = m_connection.isSqlite() ? QStringLiteral("shared = 1") : QStringLiteral("shared");
    return where(QStringLiteral("screen = ? AND (owner_email = ? OR %1)").arg(shared), {screen, email});
}

Result<SavedView> SqlViewRepository::upsert(const SavedView &view)
{
    auto done = m_connection.execute(
        QStringLiteral("INSERT INTO saved_views (id, screen, name, query, sort, owner_email, shared, created_at) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (owner_email, screen, name) "
                       "DO UPDATE SET query = excluded.query, sort = excluded.sort, shared = excluded.shared"),
        {view.id.toString(), view.screen, view.name, view.query, view.sort, view.ownerEmail, view.shared,
         toSqlTime(view.createdAt)});
    if (!done)
        return done.error();
    auto stored =
        where(QStringLiteral("owner_email = ? AND screen = ? AND name = ?"), {view.ownerEmail, view.screen, view.name});
    if (!stored)
        return stored.error();
    if (stored->isEmpty())
        return domain::makeError(domain::ErrorCode::Internal, QStringLiteral("db_failed"),
                                 QStringLiteral("the saved view vanished"));
    return stored->first();
}

Result<bool> SqlViewRepository::remove(domain::ViewId view, const QString &ownerEmail)
{
    return m_connection
        .execute(QStringLiteral("DELETE FROM saved_views WHERE id = ? AND owner_email = ?"),
                 {view.toString(), ownerEmail})
        .map([](qint64 rows) { return rows > 0; });
}

} // namespace storage
