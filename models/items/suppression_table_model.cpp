#include "models/items/suppression_table_model.h"

#include "models/domain/format.h"

namespace items {

namespace {
using Row = ports::Suppression;

TableColumn<Row> textColumn(const QString &title, QString (*text)(const Row &))
{
    return {title, text, Qt::AlignLeft, [text](const Row &row, int role) -> QVariant {
                if (role == Qt::ToolTipRole)
                    return text(row);
                return role == StateRole ? QVariant(row.eventType) : QVariant();
            }};
}

QList<TableColumn<Row>> columnsFor(const QTimeZone &zone)
{
    const auto why = [](const Row &row) { return domain::wordText(row.eventType); };
    const auto reason = [](const Row &row) { return row.reason.isEmpty() ? domain::noValue() : row.reason; };
    return {
        textColumn(QStringLiteral("Address"), [](const Row &row) { return row.email; }),
        textColumn(QStringLiteral("Because of"), why),
        {QStringLiteral("Since"), [zone](const Row &row) { return domain::dayText(row.since, zone); }, Qt::AlignLeft,
         onRole<Row>(Qt::ToolTipRole,
                     [](const Row &row) { return domain::timeTip(row.since, QDateTime::currentDateTimeUtc()); })},
        {QStringLiteral("Until"),
         [zone](const Row &row) { return row.until ? domain::dayText(*row.until, zone) : QStringLiteral("for ever"); }},
        textColumn(QStringLiteral("The receiver said"), reason)};
}

domain::Result<QString> readAll(const QString &text, const QueryClock &)
{
    return text.trimmed();
}
} // namespace

SuppressionTableModel::SuppressionTableModel(ports::EmailService &service, NewCall newCall, QObject *parent)
    : QueryTableModel({{}, {}, readAll}, columnsFor, std::move(newCall), parent)
    , m_service(service)
{
    setDefaultSort(QStringLiteral("since:desc"));
}

QFuture<SuppressionTableModel::PageResult> SuppressionTableModel::fetch(const ports::CallContext &call,
                                                                        const Request &request)
{
    return m_service.suppressions(call, {request.filter, request.limit, request.cursor});
}

} // namespace items
