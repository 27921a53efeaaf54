#pragma once
#include "services/usecases/env.h"

/// What operators do about mail. Each write is one transaction with its audit row, whose addresses are masked.
namespace usecases {

/// ViewEmail. `invalid_limit`, `invalid_text`, `invalid_cursor`.
domain::Result<ports::Page<ports::Suppression>> listSuppressions(const Env &env, ports::SuppressionQuery query);

/// ManageEmail and a writable session for these; errors as ports::EmailService says.
domain::Result<domain::Done> liftSuppression(const Env &env, const QString &email, const QString &reason);
/// Writes a ledger row `resend-<uuid>` of class `intended` that stands on the same audit entry; the forwarder of a
/// headless server sends it to the address that the entry gives then. A copy that waits already counts as sent
/// recently.
domain::Result<QString> resendMessage(const Env &env, const ports::Resend &resend);
domain::Result<domain::Done> requestRepair(const Env &env);

using domain::recentSendMs;
/// InvalidInput `invalid_email`: an address of at most 254 characters, without blanks, with something on both sides of
/// its last `@`; the result is normalized.
domain::Result<QString> checkedAddress(const QString &text);

} // namespace usecases
