#pragma once
#include "services/usecases/repositories.h"

namespace usecases {

/// The address that an entry's mail goes to, trimmed: the primary user's, else `metadata.email`, else empty (spec 02
/// §3.1). Whoever checks suppression asks about this same one.
QString recipientAddress(const RecipientRepository::Entry &entry);

/// Of the normalized address, hex; empty for an empty one. What forwarder_sent.recipient_sha256 holds.
QString addressSha256(QStringView address);

} // namespace usecases
