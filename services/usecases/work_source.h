#pragma once
#include "services/usecases/env.h"

#include <functional>

namespace usecases {

/// How background work reaches the database without knowing where it is: runs a use case on a thread that owns a
/// connection and waits for it. Callable from any thread but the GUI's and the database's own.
class WorkSource {
public:
    virtual ~WorkSource() = default;
    /// One unit of work that only reads.
    virtual domain::Result<domain::Done> read(const std::function<domain::Result<domain::Done>(const Env &)> &body) = 0;
    /// One unit of work that may write; body opens its own transaction.
    virtual domain::Result<domain::Done>
    write(const std::function<domain::Result<domain::Done>(const Env &)> &body) = 0;
};

} // namespace usecases
