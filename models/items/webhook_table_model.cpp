#include "models/items/webhook_table_model.h"

#include "models/domain/format.h"
#include "models/items/webhook_query.h"

namespace items {

namespace {
using Row = ports::WebhookRow;

TableColumn<Row> receivedColumn(const QTimeZone &zone)
{
    return {QStringLiteral("Received (%1)").arg(domain::zoneText(zone, QDateTime::currentDateTimeUtc())),
            [zone](const Row &row) { return domain::exactText(row.receivedAt, zone); }, Qt::AlignRight,
            [](const Row &row, int role) -> QVariant {
                if (role == Qt::ToolTipRole)
                    return domain::timeTip(row.receivedAt, QDateTime::currentDateTimeUtc());
                return role == TimeRole ? QVariant(row.receivedAt) : QVariant();
            }};
}

TableColumn<Row> messageColumn()
{
    return {QStringLiteral("Message · customer"),
            [](const Row &row) { return row.objectId.isEmpty() ? domain::noValue() : row.objectId; }, Qt::AlignLeft,
            [](const Row &row, int role) -> QVariant {
                const QString team =
                    row.team ? (row.teamName.isEmpty() ? domain::shortId(row.team->toString()) : row.teamName)
                             : QString();
                if (role == Qt::ToolTipRole)
                    return team.isEmpty() ? row.objectId : row.objectId + QLatin1Char('\n') + team;
                return role == SecondaryRole ? QVariant(team) : QVariant();
            }};
}

TableColumn<Row> signatureColumn()
{
    return {QStringLiteral("Signature"), [](const Row &row) { return ports::signatureVerdictName(row.signature); },
            Qt::AlignLeft,
            [](const Row &row, int role) -> QVariant {
                const bool current = row.signature == ports::SignatureVerdict::Current;
                if (role == IconRole)
                    return current ? QStringLiteral("check") : QStringLiteral("clock");
                if (role == Qt::ToolTipRole)
                    return current
                               ? QStringLiteral("Signed with the current secret")
                               : QStringLiteral("Signed with the previous secret: the provider still uses the old one");
                return role == StateRole ? QVariant(ports::signatureVerdictName(row.signature)) : QVariant();
            },
            QStringLiteral("Which of the two live secrets the call carried")};
}

TableColumn<Row> duplicateColumn()
{
    return {
        QStringLiteral("Dup."),
        [](const Row &row) { return row.duplicateOf ? QStringLiteral("duplicate") : QString(); }, Qt::AlignLeft,
        [](const Row &row, int role) -> QVariant {
            if (!row.duplicateOf)
                return {};
            if (role == IconRole)
                return QStringLiteral("copy");
            return role == Qt::ToolTipRole
                       ? QVariant(
                             QStringLiteral("The same bytes had come before, as %1").arg(row.duplicateOf->toString()))
                       : QVariant();
        },
        QStringLiteral("Marked where the same bytes had come before")};
}

QList<TableColumn<Row>> columnsFor(const QTimeZone &zone)
{
    const auto outcome = [](const Row &row) { return domain::wordText(ports::webhookOutcomeName(row.outcome)); };
    return {
        receivedColumn(zone),
        {QStringLiteral("Provider"), [](const Row &row) { return webhookProviderText(row.provider); }},
        {QStringLiteral("Event"), webhookEventText, Qt::AlignLeft,
         [](const Row &row, int role) {
             return role == Qt::ToolTipRole && row.eventCount > 1
                        ? QVariant(QStringLiteral("The first of %1 is %2").arg(row.eventCount).arg(row.eventType))
                        : QVariant();
         }},
        messageColumn(),
        signatureColumn(),
        duplicateColumn(),
        {QStringLiteral("Outcome"), outcome, Qt::AlignLeft,
         onRole<Row>(StateRole, [](const Row &row) { return ports::webhookOutcomeName(row.outcome); })},
        {QStringLiteral("Changed"),
         webhookChangedText,
         Qt::AlignRight,
         {},
         QStringLiteral("How many of its events changed something")},
        {QStringLiteral("Processing"), [](const Row &row) { return processingText(row.processingUs); }, Qt::AlignRight},
        {QStringLiteral("Size"), [](const Row &row) { return domain::bytesText(row.bodyBytes); }, Qt::AlignRight,
         [](const Row &row, int role) {
             return role == Qt::ToolTipRole ? QVariant(QStringLiteral("%1 bytes").arg(domain::countText(row.bodyBytes)))
                                            : QVariant();
         }}};
}
} // namespace

QString webhookEventText(const ports::WebhookRow &row)
{
    if (row.eventCount > 1)
        return QStringLiteral("%1 events").arg(domain::countText(row.eventCount));
    return row.eventType.isEmpty() ? domain::noValue() : domain::wordText(row.eventType);
}

QString webhookChangedText(const ports::WebhookRow &row)
{
    return row.eventCount == 0
               ? domain::noValue()
               : QStringLiteral("%1 of %2").arg(domain::countText(row.changed), domain::countText(row.eventCount));
}

QString processingText(qint64 us)
{
    const double ms = static_cast<double>(us) / 1000;
    return QStringLiteral("%1 ms").arg(ms, 0, 'f', ms < 1 ? 2 : ms < 10 ? 1 : 0);
}

WebhookTableModel::WebhookTableModel(ports::WebhookInboxService &service, NewCall newCall, QObject *parent)
    : QueryTableModel({webhookQueryFields(), webhookQueryWords(), webhookFilter}, columnsFor, std::move(newCall),
                      parent)
    , m_service(service)
{
    setNewestFirst(QStringLiteral("received:desc"));
}

QFuture<WebhookTableModel::PageResult> WebhookTableModel::fetch(const ports::CallContext &call, const Request &request)
{
    return m_service.list(call, {request.filter, request.limit, request.cursor});
}

} // namespace items
