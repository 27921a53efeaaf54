#pragma once
#include "services/ports/backend.h"

namespace commands {

/// For the pictures of failures: like the inner backend, but the customer list, its sums and a change of a tier answer
/// Unavailable `db_failed`.
std::shared_ptr<ports::Backend> makeFailingBackend(std::shared_ptr<ports::Backend> inner);

} // namespace commands
