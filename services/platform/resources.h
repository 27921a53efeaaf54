#pragma once

namespace platform {

/// Makes ":/resources/…" and ":/migrations/…" visible: they live in a static library. Call once per process, first.
void initResources();

} // namespace platform
