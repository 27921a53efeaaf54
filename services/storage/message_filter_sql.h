#pragma once
#include "services/ports/email_service.h"
#include "services/storage/connection.h"
#include "services/storage/sql_condition.h"

#include <optional>

/// ports::MessageFilter as SQL over `forwarder_sent f`.
///
/// A message has its place in time by acceptance, or by the decision when it never was accepted. Those are two columns
/// and two indexes, so every question is asked twice, once per part, and the answers are put together.
namespace storage {

enum class MessagePart {
    Accepted, ///< accepted_at is set: the outcomes of 05-formulas §2 but `rejected`
    Unsent,   ///< accepted_at is NULL: waiting, suppressed, expired, without a recipient, or dropped for good
};

/// `f.accepted_at` or `f.sent_at`.
QString messageTime(MessagePart part);

/// The messages of one part that the filter lets through at `now`; nullopt when none can be.
/// Outcome `rejected` is every row of class `permanent_drop` that was not accepted, whether the provider refused it or
/// there was no template to call it with: both are our failure, and nothing else would show the second. Rows that were
/// not meant to go out (suppressed, expired, no recipient) or still wait have no outcome; a filter on outcomes leaves
/// them out.
std::optional<SqlCondition> messageCondition(const Connection &connection, const ports::MessageFilter &filter,
                                             const QDateTime &now, MessagePart part);

/// The same filter for the rejected only; nullopt when it leaves them out.
std::optional<ports::MessageFilter> rejectedOnly(const ports::MessageFilter &filter);

/// domain::deliveryOutcomeName of an accepted row at `now` (domain::outcomeAt) as an expression.
SqlCondition outcomeExpression(const Connection &connection, const QDateTime &now);

/// The first moment of acceptance that is not settled yet at `now` (72 h, domain::settleMs).
QDateTime youngSince(const QDateTime &now);

/// True for `name@example.com`, which is looked up by its hash; false for a part of a masked address.
bool isWholeAddress(const QString &to);

/// For cursors: changes with everything that changes the list.
QByteArray messageFingerprint(const ports::MessageFilter &filter);

} // namespace storage
