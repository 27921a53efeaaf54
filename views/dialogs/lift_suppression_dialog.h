#pragma once
#include "services/ports/email_service.h"
#include "views/widgets/review_sheet.h"

#include <functional>

namespace dialogs {

/// Lets mail go to an address again that bounced or complained (spec 02 §3.7). An unsubscription cannot be lifted; the
/// sheet says why. Stays open with the reason when it fails.
class LiftSuppressionDialog : public widgets::ReviewSheet {
    Q_OBJECT
public:
    using NewCall = std::function<ports::CallContext()>;
    LiftSuppressionDialog(ports::EmailService &service, NewCall newCall, const ports::Suppression &suppression,
                          QWidget *parent);

Q_SIGNALS:
    void lifted(const QString &email);

private:
    void commit();
    ports::EmailService &m_service;
    NewCall m_newCall;
    ports::Suppression m_suppression;
};

} // namespace dialogs
