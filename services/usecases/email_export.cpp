#include "services/usecases/email_export.h"

#include "services/usecases/message_filter.h"

namespace usecases {

using domain::Done;
using domain::Permission;
using domain::Result;
using ports::ExportFormat;

namespace {

enum class Shape { Text, Number, Flag };

struct Column {
    const char *name;
    Shape shape;
    QString value;
};

QString numberText(const std::optional<qint64> &number)
{
    return number ? QString::number(*number) : QString();
}

QString flagText(bool flag)
{
    return flag ? QStringLiteral("true") : QStringLiteral("false");
}

QList<Column> columnsOf(const ports::MessageRow &row)
{
    return {{"id", Shape::Text, row.id},
            {"sent_at", Shape::Text, exportTime(row.sentAt)},
            {"accepted_at", Shape::Text, exportTime(row.acceptedAt)},
            {"delivered_at", Shape::Text, exportTime(row.deliveredAt)},
            {"recipient", Shape::Text, row.recipient},
            {"domain", Shape::Text, row.recipientDomain},
            {"template", Shape::Text, row.templateKind},
            {"subject", Shape::Text, row.subject},
            {"provider", Shape::Text, row.provider},
            {"message_id", Shape::Text, row.providerId},
            {"class", Shape::Text, row.ledgerClass},
            {"outcome", Shape::Text, domain::deliveryOutcomeName(row.outcome)},
            {"inferred", Shape::Flag, flagText(row.inferred)},
            {"repaired", Shape::Flag, flagText(row.repaired)},
            {"reason", Shape::Text, row.reason},
            {"attempts", Shape::Number, QString::number(row.attempts)},
            {"latency_ms", Shape::Number, numberText(row.latencyMs)},
            {"team_id", Shape::Text, row.team ? row.team->toString() : QString()},
            {"team_name", Shape::Text, row.teamName},
            {"audit_id", Shape::Text, row.audit ? row.audit->toString() : QString()}};
}

QByteArray jsonValue(const Column &column)
{
    if (column.shape == Shape::Text)
        return jsonTextOrNull(column.value);
    return column.value.isEmpty() ? QByteArrayLiteral("null") : column.value.toLatin1();
}

Result<ports::MessageFilter> exportable(const Env &env, const ports::MessageFilter &filter)
{
    for (const Permission wanted : {Permission::ViewEmail, Permission::ExportData}) {
        if (auto allowed = mayRead(env, wanted); !allowed)
            return allowed.error();
    }
    return normalisedMessageFilter(filter);
}

} // namespace

QByteArray messageExportHead(const ports::MessageFilter &filter, ExportFormat format, const QDateTime &asOf)
{
    switch (format) {
    case ExportFormat::Csv: {
        QByteArrayList names;
        for (const Column &column : columnsOf({}))
            names.append(column.name);
        return csvComment(QStringLiteral("e-mail"), describeMessageFilter(filter), asOf) + names.join(',') + "\r\n";
    }
    case ExportFormat::JsonLines:
        return {};
    }
    Q_UNREACHABLE();
}

QByteArray messageExportRow(const ports::MessageRow &row, ExportFormat format)
{
    QByteArrayList cells;
    switch (format) {
    case ExportFormat::Csv:
        for (const Column &column : columnsOf(row))
            cells.append(csvCell(column.value));
        return cells.join(',') + "\r\n";
    case ExportFormat::JsonLines:
        for (const Column &column : columnsOf(row))
            cells.append('"' + QByteArray(column.name) + "\":" + jsonValue(column));
        return '{' + cells.join(',') + "}\n";
    }
    Q_UNREACHABLE();
}

Result<Done> openMessageExport(const Env &env, const ports::MessageFilter &filter, ExportFormat format)
{
    auto clean = exportable(env, filter);
    if (!clean)
        return clean.error();
    const QString what = describeMessageFilter(*clean);
    const auto entry =
        operatorEntry(env, domain::kinds::adminEmailExported, std::nullopt,
                      QStringLiteral("E-mail messages exported as %1 (%2)").arg(exportFormatName(format), what),
                      {{QStringLiteral("filter"), what},
                       {QStringLiteral("format"), exportFormatName(format)},
                       {QStringLiteral("by_admin_email"), env.call.principal.email}});
    return env.work.transaction([&] { return writeAudit(env, entry); });
}

Result<ports::ExportSummary> streamMessages(const Env &env, const ports::MessageFilter &filter, ExportFormat format,
                                            const ports::ExportSink &sink)
{
    auto clean = exportable(env, filter);
    if (!clean)
        return clean.error();
    ExportPieces pieces(sink, messageExportHead(*clean, format, env.clock.now()));
    auto done = env.work.delivery().eachMessage(*clean, env.clock.now(), [&](const ports::MessageRow &row) {
        return pieces.add(messageExportRow(row, format));
    });
    if (!done)
        return done.error();
    return pieces.finish();
}

} // namespace usecases
