#include "views/dialogs/save_view_dialog.h"

#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace dialogs {

namespace {
constexpr int maxNameChars = 80;
}

SaveViewDialog::SaveViewDialog(ports::ViewService &service, NewCall newCall, const ports::SavedView &view,
                               QWidget *parent)
    : ReviewSheet(QStringLiteral("saveView"), parent)
    , m_service(service)
    , m_newCall(std::move(newCall))
    , m_view(view)
    , m_name(new QLineEdit(view.name, this))
    , m_shared(new QCheckBox(QStringLiteral("Share with every operator"), this))
{
    setWindowTitle(QStringLiteral("Save view"));
    setObject(QStringLiteral("Save view"), QStringLiteral("Filter and sort of this list, stored on the server"));
    setReasonRequired(false, 0);
    setReasonVisible(false);
    setVerb(QStringLiteral("Save view"));
    m_name->setObjectName(QStringLiteral("saveView.name"));
    m_name->setAccessibleName(QStringLiteral("Name of the view"));
    m_name->setPlaceholderText(QStringLiteral("Name, e.g. Paying, at risk first"));
    m_name->setMaxLength(maxNameChars);
    m_shared->setObjectName(QStringLiteral("saveView.shared"));
    m_shared->setAccessibleName(QStringLiteral("Share the view with every operator"));
    m_shared->setChecked(view.shared);
    body()->addWidget(m_name);
    body()->addWidget(m_shared);
    setEffects(
        {{QStringLiteral("Filter"), view.query.isEmpty() ? QStringLiteral("none") : view.query, widgets::Tone::Neutral},
         {QStringLiteral("Sort"), view.sort, widgets::Tone::Neutral}});
    connect(m_name, &QLineEdit::textChanged, this, &SaveViewDialog::check);
    connect(this, &ReviewSheet::committed, this, &SaveViewDialog::commit);
    check();
}

void SaveViewDialog::check()
{
    setCommitBlocked(m_name->text().trimmed().isEmpty() ? QStringLiteral("The view needs a name") : QString());
}

void SaveViewDialog::commit()
{
    clearError();
    setBusy(true);
    m_view.name = m_name->text().trimmed();
    m_view.shared = m_shared->isChecked();
    const ports::CallContext call = m_newCall();
    ports::whenDone(m_service.saveView(call, m_view), this,
                    [this, call](const domain::Result<ports::SavedView> &result) {
                        setBusy(false);
                        if (!result) {
                            showError(errorText(result.error()), call.requestId);
                            return;
                        }
                        Q_EMIT saved(*result);
                        accept();
                    });
}

} // namespace dialogs
