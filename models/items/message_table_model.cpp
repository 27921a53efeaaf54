#include "models/items/message_table_model.h"

#include "models/domain/format.h"
#include "models/items/email_query.h"

namespace items {

namespace {
using Row = ports::MessageRow;
using domain::DeliveryOutcome;
using domain::LedgerClass;

QString orDash(const QString &text)
{
    return text.isEmpty() ? domain::noValue() : text;
}

QString latencyCell(const Row &row)
{
    if (row.outcome == DeliveryOutcome::Pending)
        return QStringLiteral("pending");
    return domain::latencyText(row.latencyMs);
}

/// The tooltip says in full what the cell may cut off.
TableColumn<Row> textColumn(const QString &title, QString (*text)(const Row &), QString (*state)(const Row &))
{
    return {title, text, Qt::AlignLeft, [=](const Row &row, int role) -> QVariant {
                if (role == Qt::ToolTipRole)
                    return text(row);
                return role == StateRole ? QVariant(state(row)) : QVariant();
            }};
}

QString stateOf(const Row &row)
{
    return isUnsent(row) ? row.ledgerClass : domain::deliveryOutcomeName(row.outcome);
}

TableColumn<Row> timeColumn(const QTimeZone &zone)
{
    return {QStringLiteral("Accepted (%1)").arg(domain::zoneText(zone, QDateTime::currentDateTimeUtc())),
            [zone](const Row &row) { return domain::exactText(row.sentAt, zone).left(19); }, Qt::AlignLeft,
            [](const Row &row, int role) -> QVariant {
                if (role == TimeRole)
                    return row.sentAt;
                if (role == StateRole)
                    return stateOf(row);
                if (role != Qt::ToolTipRole)
                    return {};
                const QString tip = domain::timeTip(row.sentAt, QDateTime::currentDateTimeUtc());
                return row.acceptedAt ? tip : QStringLiteral("Not accepted. Decided %1").arg(tip);
            },
            QStringLiteral("When the provider took the message; of one that it did not take, when it was decided")};
}

TableColumn<Row> outcomeColumn()
{
    return {QStringLiteral("Outcome"), messageOutcomeText, Qt::AlignLeft,
            [](const Row &row, int role) -> QVariant {
                if (role == StateRole)
                    return stateOf(row);
                if (role == SecondaryRole)
                    return messageMarks(row);
                if (role != Qt::ToolTipRole)
                    return {};
                const QString marks = messageMarks(row);
                return marks.isEmpty() ? messageOutcomeText(row)
                                       : messageOutcomeText(row) + QStringLiteral(" · ") + marks;
            },
            QStringLiteral("Delivered means that the receiving server took it, not that it is in the inbox")};
}

QList<TableColumn<Row>> columnsFor(const QTimeZone &zone)
{
    const auto to = [](const Row &row) { return orDash(row.recipient); };
    const auto kind = [](const Row &row) { return row.templateKind; };
    const auto reason = [](const Row &row) { return orDash(row.reason); };
    const auto attempts = [](const Row &row) { return domain::countText(row.attempts); };
    const auto customer = [](const Row &row) {
        return row.teamName.isEmpty() && row.team ? domain::shortId(row.team->toString()) : orDash(row.teamName);
    };
    TableColumn<Row> templates = textColumn(QStringLiteral("Template"), kind, stateOf);
    templates.extra = [](const Row &row, int role) -> QVariant {
        return role == Qt::ToolTipRole ? QVariant(row.subject.isEmpty() ? row.templateKind : row.subject) : QVariant();
    };
    return {timeColumn(zone),
            textColumn(QStringLiteral("To"), to, stateOf),
            templates,
            outcomeColumn(),
            textColumn(QStringLiteral("Reason"), reason, stateOf),
            {QStringLiteral("Attempts"), attempts, Qt::AlignRight},
            {QStringLiteral("Latency"), latencyCell, Qt::AlignRight, onRole<Row>(StateRole, stateOf),
             QStringLiteral("From acceptance to delivery")},
            textColumn(QStringLiteral("Customer"), customer, stateOf)};
}
} // namespace

QString outcomeText(DeliveryOutcome outcome)
{
    switch (outcome) {
    case DeliveryOutcome::Delivered:
        return QStringLiteral("delivered");
    case DeliveryOutcome::BouncedLater:
        return QStringLiteral("bounced later");
    case DeliveryOutcome::Hard:
        return QStringLiteral("hard bounce");
    case DeliveryOutcome::Blocked:
        return QStringLiteral("blocked");
    case DeliveryOutcome::Error:
        return QStringLiteral("error");
    case DeliveryOutcome::Soft:
        return QStringLiteral("soft bounce");
    case DeliveryOutcome::Pending:
        return QStringLiteral("pending");
    case DeliveryOutcome::Unknown:
        return QStringLiteral("unknown");
    case DeliveryOutcome::Rejected:
        return QStringLiteral("rejected");
    }
    Q_UNREACHABLE();
}

bool isUnsent(const Row &row)
{
    return row.outcome == DeliveryOutcome::Rejected;
}

QString messageOutcomeText(const Row &row)
{
    if (!isUnsent(row))
        return outcomeText(row.outcome);
    const auto known = domain::parseLedgerClass(row.ledgerClass);
    if (known == LedgerClass::Intended)
        return QStringLiteral("waiting");
    if (known == LedgerClass::PermanentDrop)
        return QStringLiteral("not sent");
    return known ? domain::wordText(row.ledgerClass) : outcomeText(row.outcome);
}

QString messageMarks(const Row &row)
{
    QStringList marks;
    if (row.ledgerClass == domain::ledgerClassName(LedgerClass::Deferred))
        marks << QStringLiteral("deferred");
    if (row.latencyMs && *row.latencyMs > domain::lateAfterMs)
        marks << QStringLiteral("late");
    if (row.inferred)
        marks << QStringLiteral("inferred");
    if (row.repaired)
        marks << QStringLiteral("repaired");
    return marks.join(QStringLiteral(" · "));
}

MessageTableModel::MessageTableModel(ports::EmailService &service, NewCall newCall, QObject *parent)
    : QueryTableModel({emailQueryFields(), emailQueryWords(), emailFilter}, columnsFor, std::move(newCall), parent)
    , m_service(service)
{
    setNewestFirst(QStringLiteral("accepted:desc"));
}

QFuture<MessageTableModel::PageResult> MessageTableModel::fetch(const ports::CallContext &call, const Request &request)
{
    return m_service.messages(call, {request.filter, request.limit, request.cursor});
}

} // namespace items
