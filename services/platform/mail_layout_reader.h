#pragma once
#include "models/domain/mail_template.h"
#include "models/domain/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace platform {

/// A mistake in a mail template, as every reader of them reports it: `mail_template_invalid`, `file:line: what`.
domain::Error mailTemplateError(const QString &file, qint64 line, const QString &what);
/// `what; did you mean 'closest'?`, if one of the known words is near enough.
QString withHint(const QString &what, const QString &word, const QStringList &known);

/// Reads one layout file (see mail_template_loader.h). `file` is its name in messages.
domain::Result<domain::MailSkeleton> readMailLayout(const QString &file, const QByteArray &content);

} // namespace platform
