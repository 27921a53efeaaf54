#pragma once
#include <QByteArray>

/// The OpenAPI 3.1 documents, resources/openapi/*.json. platform::initResources() must have run.
namespace wire {

/// What `/openapi.json` serves: without a word of the admin surface (spec 01 §2.1).
QByteArray publicOpenApi();
/// The admin surface, for a command on the host; the prefix is a variable in it.
QByteArray adminOpenApi();

} // namespace wire
