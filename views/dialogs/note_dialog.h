#pragma once
#include "services/ports/customer_service.h"
#include "views/widgets/review_sheet.h"

#include <functional>

class QPlainTextEdit;

namespace dialogs {

/// Writes one note about a customer (spec 01 §2.8). Stays open with the text when it fails.
class NoteDialog : public widgets::ReviewSheet {
    Q_OBJECT
public:
    using NewCall = std::function<ports::CallContext()>;
    NoteDialog(ports::CustomerService &service, NewCall newCall, domain::TeamId team, const QString &customerName,
               QWidget *parent);

Q_SIGNALS:
    void added(const domain::Note &note);

private:
    void check();
    void commit();

    ports::CustomerService &m_service;
    NewCall m_newCall;
    domain::TeamId m_team;
    QPlainTextEdit *m_text;
};

} // namespace dialogs
