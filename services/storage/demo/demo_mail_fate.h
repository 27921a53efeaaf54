#pragma once
#include "services/storage/demo/demo_mail.h"
#include "services/storage/demo/demo_random.h"

/// What becomes of one accepted message.
namespace storage::demo {

enum class MailFate {
    Delivered,
    Deferred, ///< once or twice, then delivered
    Soft,
    Hard,
    Blocked,
    Error,
    Complaint,
    Unsubscribed,
    Inferred,     ///< opened, but nobody reported the delivery
    BouncedLater, ///< delivered, then returned
    Repaired,     ///< its webhooks were lost, gap repair asked for its events
    Lost,         ///< nothing is ever heard of it
    Refused,      ///< the provider does not take it
};

MailFate drawFate(const MailCalendar &calendar, const QString &domain, qint64 acceptedMs, Random &random);
/// Appends the events that are known by now.
void addEvents(MailRow &mail, MailFate fate, const MailCalendar &calendar, Random &random);
/// What provider and receivers say.
QString bounceReason(domain::DeliveryEvent event, const QString &domain, bool incident, Random &random);

} // namespace storage::demo
