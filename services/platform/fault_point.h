#pragma once

namespace platform {

/// A place where a test can kill the process without warning: when INSTANODE_FAULT_POINT is `name:n`, the n-th time
/// this name is reached the process sends itself SIGKILL. Otherwise nothing. Thread-safe.
void faultPoint(const char *name);

} // namespace platform
