#pragma once
#include <QString>
#include <QStringList>

namespace providers {

/// What a provider said, made fit for logs and the ledger: one line, at most 300 characters, addresses replaced by
/// `(address)`, every one of `secrets` by `(hidden)`.
QString safeErrorText(const QString &text, const QStringList &secrets);

} // namespace providers
