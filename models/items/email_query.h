#pragma once
#include "models/items/query_text.h"
#include "services/ports/email_service.h"

/// The query text of the delivery screen (06-screens §2.7): `to: domain: template: outcome: reason: customer: after:
/// before: msgid: provider: class: window: faults:yes` and free text, which looks into reasons, or with an `@` into recipients.
/// `template`, `outcome`, `provider` and `class` take lists. `window:24h` says how far back the screen looks; without
/// one, and without `after` or `before`, these are the last seven days.
namespace items {

/// How far back the screen looks (05-formulas §2 "Windows").
struct EmailWindow {
    QString key;   ///< `7d`, as in `window:7d`
    QString title; ///< "7 d"
    QString words; ///< "7 days"
    qint64 seconds = 0;
};
const QList<EmailWindow> &emailWindows(); ///< 1 h … 90 d
const EmailWindow &defaultEmailWindow();  ///< 7 d
/// The window that a text names, else the default one.
const EmailWindow &emailWindowOf(const QString &text);

const QStringList &emailQueryFields();
QStringList emailQueryWords();
/// Errors of domain::parseQuery and InvalidInput `invalid_query` with a sentence in `detail`.
domain::Result<ports::MessageFilter> emailFilter(const QString &text, const QueryClock &clock);

/// The part of a filter that ratios may stand on: without what says how a message ended (outcome, class, reason, one
/// message id), because a ratio over "blocked only" would always be 0 %.
ports::MessageFilter withoutOutcome(ports::MessageFilter filter);

} // namespace items
