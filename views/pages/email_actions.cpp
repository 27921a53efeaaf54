#include "services/ports/backend.h"
#include "views/dialogs/lift_suppression_dialog.h"
#include "views/dialogs/repair_dialog.h"
#include "views/dialogs/resend_dialog.h"
#include "views/dialogs/suppressions_dialog.h"
#include "views/dialogs/template_preview_dialog.h"
#include "views/pages/email_inspector.h"
#include "views/pages/email_page.h"
#include "views/pages/email_tiles.h"
#include "views/pages/page_parts.h"
#include "views/pages/query_bar.h"

#include <QDialog>

/// What an operator can do on the delivery screen; email_page.cpp has what it shows.
namespace pages {

namespace {
void open(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}
} // namespace

QList<PageAction> EmailPage::ownActions() const
{
    using domain::Permission;
    auto *self = const_cast<EmailPage *>(this);
    PageAction repair = guarded(QStringLiteral("repair"), tr("Repair gaps…"), {}, Permission::ManageEmail,
                                Needs::Nothing, [self] { self->repair(); });
    const auto &health = m_loader->shown().health;
    if (health && health->repairRunning)
        repair.text = tr("Repair asked for…");
    PageAction resend = guarded(QStringLiteral("resend"), tr("Resend…"), {}, Permission::ManageEmail, Needs::Row,
                                [self] { self->resend(); });
    PageAction lift = guarded(QStringLiteral("lift"), tr("Lift suppression…"), {}, Permission::ManageEmail, Needs::Row,
                              [self] { self->lift(); });
    // Only a message that is open says whether it can be done.
    if (resend.enabled && m_inspector->isVisibleTo(this) && m_inspector->detail()) {
        resend.whyDisabled = m_inspector->whyNoResend();
        lift.whyDisabled = m_inspector->whyNoLift();
    } else if (resend.enabled) {
        resend.whyDisabled = lift.whyDisabled = tr("Open the message first (Enter)");
    }
    resend.enabled = resend.enabled && resend.whyDisabled.isEmpty();
    lift.enabled = lift.enabled && lift.whyDisabled.isEmpty();
    return {repair,
            guarded(QStringLiteral("open"), tr("Open message"), QStringLiteral("Return"), Permission::ViewEmail,
                    Needs::Row, [self] { self->showInspector(true); }),
            resend,
            lift,
            guarded(QStringLiteral("suppressions"), tr("Suppressed addresses…"), {}, Permission::ViewEmail,
                    Needs::Nothing, [self] { self->openSuppressions(); }),
            guarded(QStringLiteral("previews"), tr("Template previews…"), {}, Permission::ViewEmail, Needs::Nothing,
                    [self] { self->openPreviews(); }),
            guarded(QStringLiteral("compare"), tr("Compare with the provider's figure"), {}, Permission::ViewEmail,
                    Needs::Nothing, [self] { self->m_tiles->compare(); })};
}

void EmailPage::resend()
{
    const auto message = m_inspector->detail();
    if (!message || !m_inspector->whyNoResend().isEmpty())
        return;
    auto *dialog = new dialogs::ResendDialog(host().backend().email(), calls(), *message, host().timeZone(), this);
    connect(dialog, &dialogs::ResendDialog::queued, this, [this, to = message->row.recipient] {
        host().toast({Toast::Kind::Good, tr("The mail to %1 waits to be sent").arg(to), tr("Show waiting"),
                      [this] { query().setQuery(QStringLiteral("class:intended")); }});
        refresh();
    });
    open(dialog);
}

void EmailPage::lift()
{
    const auto message = m_inspector->detail();
    if (!message || !message->suppression || !m_inspector->whyNoLift().isEmpty())
        return;
    auto *dialog = new dialogs::LiftSuppressionDialog(host().backend().email(), calls(), *message->suppression, this);
    connect(dialog, &dialogs::LiftSuppressionDialog::lifted, this, [this](const QString &email) {
        host().toast({Toast::Kind::Good, tr("Mail goes to %1 again").arg(email), {}, {}});
        m_inspector->reload();
    });
    open(dialog);
}

void EmailPage::repair()
{
    auto *dialog = new dialogs::RepairDialog(host().backend().email(), calls(), this);
    connect(dialog, &dialogs::RepairDialog::requested, this, [this] {
        host().toast({Toast::Kind::Good, tr("A gap repair is asked for; a headless server does it"), {}, {}});
        loadAside();
    });
    open(dialog);
}

void EmailPage::openSuppressions()
{
    auto *dialog = new dialogs::SuppressionsDialog(host().backend().email(), calls(), host().timeZone(),
                                                   whyNot(host(), domain::Permission::ManageEmail), this);
    connect(dialog, &dialogs::SuppressionsDialog::lifted, this, [this](const QString &email) {
        host().toast({Toast::Kind::Good, tr("Mail goes to %1 again").arg(email), {}, {}});
        m_inspector->reload();
    });
    open(dialog);
}

void EmailPage::openPreviews()
{
    auto *dialog = new dialogs::TemplatePreviewDialog(host().backend().email(), calls(), this);
    if (const auto message = m_inspector->detail())
        dialog->select(message->row.templateKind);
    open(dialog);
}

} // namespace pages
