#include "views/pages/customer_actions.h"

#include "models/domain/audit_kind_names.h"
#include "models/domain/format.h"
#include "services/ports/backend.h"
#include "views/dialogs/note_dialog.h"
#include "views/dialogs/tier_change_dialog.h"
#include "views/pages/page.h"
#include "views/pages/page_parts.h"

namespace pages {

namespace {
bool refused(PageHost &host, domain::Permission permission)
{
    const QString reason = whyNot(host, permission);
    if (!reason.isEmpty())
        host.toast({Toast::Kind::Info, reason, {}, {}});
    return !reason.isEmpty();
}
} // namespace

QString customerTitle(const ports::CustomerRow &customer)
{
    if (!customer.name.isEmpty())
        return customer.name;
    return customer.primaryEmail.isEmpty() ? domain::shortId(customer.id.toString()) : customer.primaryEmail;
}

void openTierChange(PageHost &host, const ports::CustomerRow &customer, QWidget *page, std::function<void()> done)
{
    if (refused(host, domain::Permission::ChangeTier))
        return;
    auto *dialog = new dialogs::TierChangeDialog(
        host.backend().customers(), [&host] { return host.newCall(); }, customer, page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QString name = customerTitle(customer);
    QObject::connect(dialog, &dialogs::TierChangeDialog::changed, page,
                     [&host, name, id = customer.id, done = std::move(done)](const ports::TierChangeResult &result) {
                         Toast toast;
                         toast.kind = Toast::Kind::Good;
                         toast.text = QStringLiteral("%1 moved from %2 to %3")
                                          .arg(name, domain::wordText(result.from), domain::wordText(result.to));
                         toast.actionText = QStringLiteral("Show in audit log");
                         toast.action = [&host, id] {
                             Location audit{QStringLiteral("audit"), {}, {}};
                             audit.query.addQueryItem(
                                 QStringLiteral("q"),
                                 QStringLiteral("kind:%1 team:%2").arg(domain::kinds::adminTierChanged, id.toString()));
                             host.open(audit);
                         };
                         host.toast(toast);
                         done();
                     });
    dialog->open();
}

void openAddNote(PageHost &host, const ports::CustomerRow &customer, QWidget *page, std::function<void()> done)
{
    if (refused(host, domain::Permission::WriteNotes))
        return;
    auto *dialog = new dialogs::NoteDialog(
        host.backend().customers(), [&host] { return host.newCall(); }, customer.id, customerTitle(customer), page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &dialogs::NoteDialog::added, page, [&host, done = std::move(done)](const domain::Note &) {
        host.toast({Toast::Kind::Good, QStringLiteral("Note added"), {}, {}});
        done();
    });
    dialog->open();
}

} // namespace pages
