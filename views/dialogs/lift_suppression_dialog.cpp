#include "views/dialogs/lift_suppression_dialog.h"

#include "models/domain/customer.h"
#include "models/domain/format.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"

namespace dialogs {

LiftSuppressionDialog::LiftSuppressionDialog(ports::EmailService &service, NewCall newCall,
                                             const ports::Suppression &suppression, QWidget *parent)
    : ReviewSheet(QStringLiteral("liftSuppression"), parent)
    , m_service(service)
    , m_newCall(std::move(newCall))
    , m_suppression(suppression)
{
    using widgets::Tone;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    setObject(tr("Lift the suppression of %1").arg(suppression.email), tr("Mail to this address is held back now"));
    QList<Effect> effects{{tr("Because of"), domain::wordText(suppression.eventType), Tone::Warning},
                          {tr("Since"), domain::timeTip(suppression.since, now), Tone::Neutral},
                          {tr("Until"),
                           suppression.until ? domain::dayText(*suppression.until, QTimeZone::utc()) : tr("for ever"),
                           Tone::Neutral}};
    if (!suppression.reason.isEmpty())
        effects << Effect{tr("The receiver said"), suppression.reason, Tone::Neutral};
    effects << Effect{tr("Afterwards"),
                      suppression.liftable
                          ? tr("The next mail is sent. What bounced so far no longer counts; a new bounce suppresses "
                               "the address again.")
                          : tr("Nothing changes: the recipient unsubscribed, and only they can take that back."),
                      suppression.liftable ? Tone::Accent : Tone::Bad};
    setEffects(effects);
    setReasonRequired(true, static_cast<int>(domain::maxReasonChars));
    setReasonVisible(suppression.liftable);
    setVerb(tr("Send to %1 again").arg(suppression.email));
    if (!suppression.liftable)
        setCommitBlocked(tr("The recipient unsubscribed. That is their word, and only they can take it back"));
    connect(this, &ReviewSheet::committed, this, &LiftSuppressionDialog::commit);
}

void LiftSuppressionDialog::commit()
{
    clearError();
    setBusy(true);
    const ports::CallContext call = m_newCall();
    ports::whenDone(m_service.liftSuppression(call, m_suppression.email, reason()), this,
                    [this, call](const domain::Result<domain::Done> &result) {
                        setBusy(false);
                        if (!result) {
                            showError(errorText(result.error()), call.requestId);
                            return;
                        }
                        Q_EMIT lifted(m_suppression.email);
                        accept();
                    });
}

} // namespace dialogs
