#include "services/storage/webhook_payload_sql.h"

#include <algorithm>

namespace storage {

using domain::Result;

namespace {

constexpr QLatin1StringView prefix("payload.");

domain::Error invalidPayload(const QString &what)
{
    return domain::invalidInput(QStringLiteral("invalid_payload_filter"), QStringLiteral("payload"), what);
}

bool isName(const QString &step)
{
    return !step.isEmpty() && std::all_of(step.begin(), step.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('-');
    });
}

bool isNumber(const QString &step)
{
    return std::all_of(step.begin(), step.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// `$."a"[0]."b"`
QString sqlitePath(const QStringList &steps)
{
    QString path(QLatin1Char('$'));
    for (const QString &step : steps)
        path += isNumber(step) ? QLatin1Char('[') + step + QLatin1Char(']') : QStringLiteral(".\"%1\"").arg(step);
    return path;
}

/// `{"a","0","b"}`
QString postgresPath(const QStringList &steps)
{
    return QStringLiteral("{\"%1\"}").arg(steps.join(QStringLiteral("\",\"")));
}

/// CASE keeps the order in which its branches are looked at, so nothing reads JSON from what is none.
SqlCondition valueAt(const Connection &connection, const QStringList &steps, const QString &value)
{
    if (!connection.isSqlite())
        return {QStringLiteral("(SELECT CASE WHEN jsonb_typeof(v) IN ('object', 'array') THEN NULL ELSE v #>> '{}' END "
                               "FROM (SELECT CASE jsonb_typeof(j) WHEN 'array' THEN j -> 0 ELSE j END #> "
                               "CAST(? AS text[]) AS v FROM (SELECT webhook_body_json(w.body) AS j) b) d) = ?"),
                {postgresPath(steps), value}};
    const QString path = sqlitePath(steps);
    const QString inArray = QStringLiteral("$[0]") + path.sliced(1);
    const QString at = QStringLiteral("CASE json_type(%1) WHEN 'array' THEN ? ELSE ? END");
    const QString body = QStringLiteral("CAST(w.body AS TEXT)");
    const QString place = at.arg(body);
    // The arrow gives true, false and numbers as they are written.
    return {QStringLiteral("CASE WHEN json_valid(%1) THEN CASE json_type(%1, %2) WHEN 'text' THEN json_extract(%1, %2) "
                           "WHEN 'object' THEN NULL WHEN 'array' THEN NULL WHEN 'null' THEN NULL "
                           "ELSE %1 -> (%2) END END = ?")
                .arg(body, place),
            {inArray, path, inArray, path, inArray, path, value}};
}

} // namespace

Result<SqlCondition> payloadCondition(const Connection &connection, const QString &payload)
{
    if (payload.isEmpty())
        return SqlCondition{};
    if (!payload.startsWith(prefix)) {
        const QString text = connection.isSqlite() ? QStringLiteral("lower(CAST(w.body AS TEXT))")
                                                   : QStringLiteral("lower(webhook_body_text(w.body))");
        return SqlCondition{connection.containsText(text), {connection.textPattern(payload)}};
    }
    const qsizetype colon = payload.indexOf(QLatin1Char(':'));
    if (colon < 0 || colon + 1 == payload.size())
        return invalidPayload(QStringLiteral("needs a value: payload.<path>:<value>"));
    const QStringList steps = payload.sliced(prefix.size(), colon - prefix.size()).split(QLatin1Char('.'));
    if (!std::all_of(steps.begin(), steps.end(), isName))
        return invalidPayload(QStringLiteral("may hold letters, digits, _ and - between the dots"));
    return valueAt(connection, steps, payload.sliced(colon + 1));
}

} // namespace storage
