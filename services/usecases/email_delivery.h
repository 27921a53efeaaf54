#pragma once
#include "services/usecases/env.h"
#include "services/usecases/mail_previews.h"

/// What the delivery screen reads. All of it needs ViewEmail; errors as ports::EmailService says, and those of
/// normalisedMessageFilter().
namespace usecases {

domain::Result<ports::DeliveryFigures> deliveryFigures(const Env &env, const ports::MessageFilter &filter);
domain::Result<ports::DeliverySeries> deliverySeries(const Env &env, const ports::MessageFilter &filter);
domain::Result<QList<ports::DeliveryGroup>> deliveryGroups(const Env &env, const ports::MessageFilter &filter,
                                                           ports::DeliveryDimension dimension, int limit);
domain::Result<ports::Page<ports::MessageRow>> listMessages(const Env &env, ports::MessageQuery query);
domain::Result<ports::MessageDetail> messageDetail(const Env &env, const QString &id);
domain::Result<ports::EmailHealth> emailHealth(const Env &env);

/// Unsupported `unsupported` without previews.
domain::Result<QList<ports::EmailTemplate>> mailTemplates(const Env &env, const MailPreviews *previews);
domain::Result<ports::EmailPreview> mailPreview(const Env &env, const MailPreviews *previews, const QString &kind);

/// An hour up to three days, else a UTC day; seconds.
qint64 seriesStep(const QDateTime &from, const QDateTime &until);
/// Whether resend() would send it again: its audit entry still exists, the kind is mailed, and it does not wait to be
/// sent already.
bool isResendable(const ports::MessageRow &row);

} // namespace usecases
