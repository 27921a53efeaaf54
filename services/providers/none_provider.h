#pragma once
#include "services/usecases/mail_provider.h"

namespace providers {

/// No mail at all: every send is skipped, so that rows are consumed and turning mail on later does not send them
/// after all (spec 02 §3.3).
class NoneProvider final : public usecases::MailProvider {
public:
    QString name() const override { return QStringLiteral("none"); }
    usecases::SendResult send(const usecases::OutgoingMail &, int) override
    {
        usecases::SendResult skipped;
        skipped.result = usecases::SendClass::SkippedNoTemplate;
        skipped.provider = name();
        skipped.error = QStringLiteral("no mail provider is configured");
        skipped.called = false;
        return skipped;
    }
};

} // namespace providers
