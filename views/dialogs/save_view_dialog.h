#pragma once
#include "services/ports/view_service.h"
#include "views/widgets/review_sheet.h"

#include <functional>

class QCheckBox;
class QLineEdit;

namespace dialogs {

/// Saves filter and sort of a list under a name (06-screens §1 "Saved filters").
class SaveViewDialog : public widgets::ReviewSheet {
    Q_OBJECT
public:
    using NewCall = std::function<ports::CallContext()>;
    /// view: screen, query and sort; a name is offered when it has one.
    SaveViewDialog(ports::ViewService &service, NewCall newCall, const ports::SavedView &view, QWidget *parent);

Q_SIGNALS:
    void saved(const ports::SavedView &view);

private:
    void check();
    void commit();

    ports::ViewService &m_service;
    NewCall m_newCall;
    ports::SavedView m_view;
    QLineEdit *m_name;
    QCheckBox *m_shared;
};

} // namespace dialogs
