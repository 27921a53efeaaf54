#pragma once
#include "models/domain/delivery_figures.h"

#include <QDateTime>

/// When the machinery around the mail needs somebody (issue of silent failures: a provider that stops calling looks
/// like a provider with nothing to say). Pure.
namespace domain {

inline constexpr qint64 receiverSilentSeconds = 6 * 3600; ///< no webhook for longer, though mail was accepted
inline constexpr qint64 receiverDeadSeconds = 24 * 3600;  ///< the same, beyond doubt
inline constexpr qint64 firstEventSeconds = 15 * 60;      ///< a message this young need not have an event yet
inline constexpr qint64 parkedTooLongSeconds = 3600;      ///< an event without a message
inline constexpr qint64 backlogTooOldSeconds = 15 * 60;   ///< a mail that waits to be sent
inline constexpr qint64 unauthorizedBurst = 5;            ///< refused calls in 24 h

/// Amber from six hours without a webhook, red from a day or when there never was one; None while no message was
/// accepted in those hours (those of the last 15 minutes left out). accepted: messages accepted in the last six hours.
Verdict receiverVerdict(const std::optional<QDateTime> &lastEvent, qint64 accepted, const QDateTime &now);

} // namespace domain
