#pragma once
#include "services/usecases/mail_previews.h"
#include "services/usecases/webhook_inbox.h"

/// Stand-ins for the renderer of mail and for what applies a webhook, for tests of what lies around them.
namespace test {

/// Every mailed kind with a small mail that shows markup, a table and letters beyond Latin-1.
class SamplePreviews final : public usecases::MailPreviews {
public:
    QStringList kinds() const override;
    domain::Result<ports::EmailPreview> preview(const QString &kind) const override;
};

/// A failed webhook that was not replayed yet changes its message's classification; every other one changes nothing.
usecases::WebhookApply sampleApply();

} // namespace test
