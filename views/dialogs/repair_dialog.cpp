#include "views/dialogs/repair_dialog.h"

#include "models/domain/format.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"

namespace dialogs {

RepairDialog::RepairDialog(ports::EmailService &service, NewCall newCall, QWidget *parent)
    : ReviewSheet(QStringLiteral("repair"), parent)
    , m_service(service)
    , m_newCall(std::move(newCall))
{
    setObject(tr("Repair gaps in the delivery events"), tr("Messages that were accepted and never heard of again"));
    setReasonRequired(false, 0);
    setReasonVisible(false);
    setVerb(tr("Ask for a repair"));
    setCommitBlocked(tr("Reading the state of the last repair"));
    connect(this, &ReviewSheet::committed, this, &RepairDialog::commit);
    load();
}

void RepairDialog::load()
{
    const ports::CallContext call = m_newCall();
    ports::whenDone(m_service.health(call), this, [this, call](const domain::Result<ports::EmailHealth> &result) {
        if (result) {
            draw(*result);
            return;
        }
        // The request itself may still go through: it does not need to know how the last one ended.
        setCommitBlocked({});
        showError(tr("The state of the last repair is not known. %1").arg(errorText(result.error())), call.requestId);
    });
}

void RepairDialog::draw(const ports::EmailHealth &health)
{
    using widgets::Tone;
    const QString last = health.repairAt
                             ? tr("%1, %2 got an outcome")
                                   .arg(domain::relativeText(*health.repairAt, health.asOf),
                                        domain::plural(health.repairRecovered, tr("message"), tr("messages")))
                             : tr("never");
    setEffects({{tr("What happens"),
                 tr("A headless server looks these messages up in the provider's event log and adds the events that "
                    "did not reach us. Recovered messages are marked as repaired."),
                 Tone::Accent},
                {tr("Nothing is sent"), tr("and nothing that is known is overwritten"), Tone::Neutral},
                {tr("Last finished"), last, Tone::Neutral},
                {tr("Now"), health.repairRunning ? tr("one is asked for and not finished") : tr("none is under way"),
                 health.repairRunning ? Tone::Warning : Tone::Neutral}});
    setCommitBlocked(health.repairRunning ? tr("A repair is asked for already and not finished") : QString());
}

void RepairDialog::commit()
{
    clearError();
    setBusy(true);
    const ports::CallContext call = m_newCall();
    ports::whenDone(m_service.requestRepair(call), this, [this, call](const domain::Result<domain::Done> &result) {
        setBusy(false);
        if (!result) {
            showError(errorText(result.error()), call.requestId);
            return;
        }
        Q_EMIT requested();
        accept();
    });
}

} // namespace dialogs
