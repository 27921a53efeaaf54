#pragma once
#include "services/ports/email_service.h"
#include "views/widgets/review_sheet.h"

#include <QTimeZone>

#include <functional>

class QCheckBox;

namespace dialogs {

/// Sends one mail again: shows when the same mail last went to the same recipient, needs a reason, and a tick of its
/// own when that was less than ten minutes ago. Stays open when it fails.
class ResendDialog : public widgets::ReviewSheet {
    Q_OBJECT
public:
    using NewCall = std::function<ports::CallContext()>;
    ResendDialog(ports::EmailService &service, NewCall newCall, const ports::MessageDetail &message,
                 const QTimeZone &zone, QWidget *parent);

Q_SIGNALS:
    void queued(const QString &newId);

private:
    void warn(const QString &text); ///< asks for the tick
    void check();
    void commit();

    ports::EmailService &m_service;
    NewCall m_newCall;
    ports::MessageDetail m_message;
    QCheckBox *m_anyway;
};

} // namespace dialogs
