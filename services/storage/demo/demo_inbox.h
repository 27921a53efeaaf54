#pragma once
#include "services/storage/demo/demo_mail.h"
#include "services/usecases/email_repositories.h"

/// The webhook inbox of the sample data: the raw calls that brought the events of the last weeks.
namespace storage::demo {

struct Inbox {
    QList<usecases::InboxEntry> calls;
    QList<usecases::EventRow> parked; ///< events of messages that nobody here sent
    QUuid replayed;                   ///< one of the calls, replayed by an operator; null: none was fit
    qint64 replayedMs = 0;
};

/// Puts the events of these messages into calls, in the order in which they came; the events learn their webhook.
/// Effects and outcomes are those of the receiver (services/usecases/webhooks).
Inbox fillInbox(quint64 seed, const MailCalendar &calendar, QList<MailRow> &mails);

/// One event as Brevo sends it.
QByteArray brevoObject(const MailRow &mail, const MailEvent &event);

/// As it is stored, with the id that repetitions share.
usecases::EventRow eventRow(const MailRow &mail, const MailEvent &event);

} // namespace storage::demo
