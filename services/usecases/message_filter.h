#pragma once
#include "services/usecases/env.h"

namespace usecases {

/// Trimmed texts; lists in lower case where their words are, sorted and once each; the domain without a leading `@`,
/// the message id without angle brackets. `invalid_text`; `invalid_value` for an outcome or class that does not exist.
domain::Result<ports::MessageFilter> normalisedMessageFilter(ports::MessageFilter filter);

/// `outcome=hard,soft; domain=example.com`, in a fixed order; `all` for an empty filter. Addresses are masked: the text
/// goes into audit rows and files.
QString describeMessageFilter(const ports::MessageFilter &filter);

/// Once each, sorted; blank ones are left out.
QStringList tidyWords(const QStringList &words, bool lowerCase);

} // namespace usecases
