#pragma once
#include <QByteArray>

namespace server {

/// The block of header lines that every answer carries (spec 04 §6.5); HSTS only in production.
QByteArray securityHeaderLines(bool production);

} // namespace server
