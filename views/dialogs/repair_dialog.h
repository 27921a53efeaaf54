#pragma once
#include "services/ports/email_service.h"
#include "views/widgets/review_sheet.h"

#include <functional>

namespace dialogs {

/// Asks for a gap repair: what it does, how the last one ended, whether one is under way.
class RepairDialog : public widgets::ReviewSheet {
    Q_OBJECT
public:
    using NewCall = std::function<ports::CallContext()>;
    RepairDialog(ports::EmailService &service, NewCall newCall, QWidget *parent);

Q_SIGNALS:
    void requested();

private:
    void load();
    void draw(const ports::EmailHealth &health);
    void commit();
    ports::EmailService &m_service;
    NewCall m_newCall;
};

} // namespace dialogs
