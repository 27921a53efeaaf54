#pragma once
#include "app/server/router.h"

namespace server {

/// Carries out a write with an `Idempotency-Key` once (spec 04 §6.4): the same caller's same key, route and body within
/// two minutes gets the first answer again (`X-Idempotent-Replay: true`), while that is running 409
/// `idempotency_key_in_progress`, with another body 409 `idempotency_key_conflict`. 5xx are not kept. The memory is
/// this process's, the last 1024 keys: it guards against clients that repeat a request whose connection broke.
Middleware answerRepetitions();

} // namespace server
