#include "views/dialogs/note_dialog.h"

#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"

#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace dialogs {

NoteDialog::NoteDialog(ports::CustomerService &service, NewCall newCall, domain::TeamId team,
                       const QString &customerName, QWidget *parent)
    : ReviewSheet(QStringLiteral("note"), parent)
    , m_service(service)
    , m_newCall(std::move(newCall))
    , m_team(team)
    , m_text(new QPlainTextEdit(this))
{
    setWindowTitle(QStringLiteral("Add a note to %1").arg(customerName));
    setObject(QStringLiteral("Add a note to %1").arg(customerName), QStringLiteral("Only operators see notes"));
    setReasonRequired(false, 0);
    setReasonVisible(false);
    setVerb(QStringLiteral("Add note"));
    m_text->setObjectName(QStringLiteral("note.text"));
    m_text->setAccessibleName(QStringLiteral("Note text"));
    m_text->setTabChangesFocus(true);
    m_text->setMinimumHeight(120);
    m_text->setPlaceholderText(QStringLiteral("What should the next operator know?"));
    body()->addWidget(m_text);
    connect(m_text, &QPlainTextEdit::textChanged, this, &NoteDialog::check);
    connect(this, &ReviewSheet::committed, this, &NoteDialog::commit);
    check();
    setFocusProxy(m_text);
}

void NoteDialog::check()
{
    const QString text = m_text->toPlainText().trimmed();
    if (text.isEmpty())
        setCommitBlocked(QStringLiteral("Write something first"));
    else if (text.toUtf8().size() > domain::maxNoteBytes)
        setCommitBlocked(QStringLiteral("Too long: 8 KB at most"));
    else
        setCommitBlocked({});
}

void NoteDialog::commit()
{
    clearError();
    setBusy(true);
    const ports::CallContext call = m_newCall();
    ports::whenDone(m_service.addNote(call, m_team, m_text->toPlainText().trimmed()), this,
                    [this, call](const domain::Result<domain::Note> &result) {
                        setBusy(false);
                        if (!result) {
                            showError(errorText(result.error()), call.requestId);
                            return;
                        }
                        Q_EMIT added(*result);
                        accept();
                    });
}

} // namespace dialogs
