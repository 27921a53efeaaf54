#include "views/dialogs/error_text.h"

#include <QHash>

namespace dialogs {

namespace {
QString byKey(const QString &key)
{
    static const QHash<QString, QString> texts{
        {QStringLiteral("tier_unchanged"),
         QStringLiteral("The customer is on this tier already. Nothing was changed.")},
        {QStringLiteral("invalid_tier"), QStringLiteral("This tier cannot be set by an operator.")},
        {QStringLiteral("missing_reason"), QStringLiteral("A reason is required.")},
        {QStringLiteral("reason_too_long"), QStringLiteral("The reason is too long: 500 characters at most.")},
        {QStringLiteral("team_not_found"), QStringLiteral("This customer does not exist any more.")},
        {QStringLiteral("note_not_found"), QStringLiteral("This note does not exist any more.")},
        {QStringLiteral("missing_body"), QStringLiteral("The note is empty.")},
        {QStringLiteral("body_too_long"), QStringLiteral("The note is too long: 8 KB at most.")},
        {QStringLiteral("invalid_name"), QStringLiteral("A view needs a name of 1 to 80 characters.")},
        {QStringLiteral("invalid_query"), QStringLiteral("The filter of this view cannot be read.")},
        {QStringLiteral("view_not_found"), QStringLiteral("This view does not exist, or belongs to somebody else.")},
        {QStringLiteral("invalid_cursor"), QStringLiteral("The list changed meanwhile. Load it again.")},
        {QStringLiteral("profile_locked"),
         QStringLiteral("This connection is read only. Unlock it in the band at the top, then try again.")},
        {QStringLiteral("db_failed"),
         QStringLiteral("The database does not answer. Nothing was changed here; try again.")},
        {QStringLiteral("message_not_found"), QStringLiteral("This message does not exist any more.")},
        {QStringLiteral("not_suppressed"), QStringLiteral("This address is not suppressed any more.")},
        {QStringLiteral("unsubscribed"),
         QStringLiteral("The recipient unsubscribed. Only they can take that back; nothing was changed.")},
        {QStringLiteral("not_resendable"),
         QStringLiteral(
             "It cannot be sent again: its audit entry is gone, its kind is not mailed, or it waits already.")},
        {QStringLiteral("recipient_suppressed"),
         QStringLiteral("The recipient is suppressed: nothing is sent to this address.")},
        {QStringLiteral("sent_recently"),
         QStringLiteral("The same mail went to this recipient less than ten minutes ago. Nothing was sent.")},
        {QStringLiteral("template_not_found"), QStringLiteral("There is no template of this kind.")},
        {QStringLiteral("file_failed"), QStringLiteral("The file could not be written.")},
    };
    return texts.value(key);
}
} // namespace

QString errorText(const domain::Error &error)
{
    if (const QString text = byKey(error.key); !text.isEmpty())
        return text;
    switch (error.code) {
    case domain::ErrorCode::InvalidInput:
        return error.fields.isEmpty() ? QStringLiteral("The request was refused as invalid.")
                                      : error.fields.cbegin().value();
    case domain::ErrorCode::Unauthenticated:
        return QStringLiteral("You are not signed in any more. Sign in to this connection again.");
    case domain::ErrorCode::Forbidden:
        return QStringLiteral("Your role does not allow this.");
    case domain::ErrorCode::NotFound:
        return QStringLiteral("It does not exist any more.");
    case domain::ErrorCode::Conflict:
        return QStringLiteral("It changed meanwhile. Look at the current state and decide again.");
    case domain::ErrorCode::RateLimited:
        return QStringLiteral("Too many requests. Wait a moment and try again.");
    case domain::ErrorCode::PayloadTooLarge:
        return QStringLiteral("This is larger than the server accepts.");
    case domain::ErrorCode::Unavailable:
        return QStringLiteral("The server does not answer. It is tried again when you ask.");
    case domain::ErrorCode::Timeout:
        return QStringLiteral("No answer within the time limit. It may still have arrived: look before you repeat it.");
    case domain::ErrorCode::Cancelled:
        return QStringLiteral("Cancelled.");
    case domain::ErrorCode::Unsupported:
        return QStringLiteral("This connection cannot do that.");
    case domain::ErrorCode::Internal:
        return QStringLiteral("The program made a mistake. Please report the error id.");
    }
    return {};
}

} // namespace dialogs
